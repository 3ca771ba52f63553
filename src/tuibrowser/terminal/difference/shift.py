"""Shift: find the rows that only moved up or down, and what would be saved by letting the terminal move them."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from operator import itemgetter, ne
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.terminal.cells.screen import Row, Screen

FEWEST_ROWS = 3
"""Changed rows from which on a shift is looked for."""

NARROWEST = 8
"""Columns of a band that is worth comparing."""

MOST_GAP = 2
"""Rows between two that moved which may be something else and still belong to the same region."""

SAMPLED = 3
"""Of so many cells one is compared where the cost of a row is estimated; it is odd, since wide characters are even."""

# Bytes, estimated: a cell of text (a wide character of two cells is three bytes), getting to a run of cells and
# setting a pen, scrolling a region, and scrolling one with margins.
_CELL, _RUN, _SCROLL, _MARGINS = 1.5, 9, 18, 45

_first = itemgetter(0)


class Shift(NamedTuple):
    """Rows `top` to `bottom`, both included, columns `left` to before `right`, move up `by` rows (down if negative)."""

    by: int
    top: int
    bottom: int
    left: int
    right: int


class Finder:
    """Compares what the terminal has with what is wanted."""

    def __init__(self, have: Screen, want: Screen, cuts: Sequence[set[int]], margins: bool) -> None:
        """`cuts` are the columns at which the strips of each wanted row begin and end."""
        self._have = have
        self._want = want
        self._cuts = cuts
        self._margins = margins
        self._costs: dict[tuple[int, int, int, int], float] = {}

    def best(self, changed: Sequence[int]) -> Shift | None:
        """The shift of the band with most changes that saves the most bytes, or None if none saves any."""
        if len(changed) < FEWEST_ROWS:
            return None
        for band in self._bands(changed):
            shifts = set(self._shifts(changed, band))
            gain, shift = max(((self._gain(each), each) for each in shifts), key=_first, default=(0.0, None))
            if gain > 0:
                return shift
        return None

    def _bands(self, changed: Sequence[int]) -> list[tuple[int, int]]:
        """The columns most of the changed rows have in common, by the strips they consist of."""
        areas: Counter[tuple[int, int]] = Counter()
        for row in changed:
            edges = sorted(self._cuts[row] | {0, self._want.width})
            for left, right in pairwise(edges):
                if right - left >= NARROWEST:
                    areas[left, right] += right - left
        return [band for band, _ in areas.most_common(2)]

    def _shifts(self, changed: Sequence[int], band: tuple[int, int]) -> Iterator[Shift]:
        by = self._most_voted(changed, band)
        if by is None:
            return
        moved = [row for row in changed if self._moved(row, by, band)]
        for first, last in {(moved[0], moved[-1]), _longest(moved)}:
            for left, right in self._columns(band):
                yield self._region(by, *self._extended(first, last, by, left, right), left, right)

    def _most_voted(self, changed: Sequence[int], band: tuple[int, int]) -> int | None:
        """The distance at which the most changed rows are found again."""
        places: dict[str, list[int]] = {}
        for row, line in enumerate(self._have.rows):
            places.setdefault(_joined(line, band), []).append(row)
        votes: Counter[int] = Counter()
        for row in changed:
            text = _joined(self._want.rows[row], band)
            if text and not text.isspace():
                votes.update(place - row for place in places.get(text, ()) if place != row)
        (by, count), *_ = votes.most_common(1) or [(0, 0)]
        return by if count else None

    def _moved(self, row: int, by: int, band: tuple[int, int]) -> bool:
        if not 0 <= row + by < self._want.height:
            return False
        return self._want.rows[row].text[slice(*band)] == self._have.rows[row + by].text[slice(*band)]

    def _columns(self, band: tuple[int, int]) -> list[tuple[int, int]]:
        full = (0, self._want.width)
        return [full, band] if self._margins and band != full else [full]

    def _extended(self, first: int, last: int, by: int, left: int, right: int) -> tuple[int, int]:
        """More rows on either side, as long as moving them is cheaper than leaving them."""
        while self._cheaper_moved(first - 1, by, left, right):
            first -= 1
        while self._cheaper_moved(last + 1, by, left, right):
            last += 1
        return first, last

    def _cheaper_moved(self, row: int, by: int, left: int, right: int) -> bool:
        height = self._want.height
        if not (0 <= row < height and 0 <= row + by < height):
            return False
        return self._cost(row, row + by, left, right) < self._cost(row, row, left, right)

    def _region(self, by: int, first: int, last: int, left: int, right: int) -> Shift:
        return Shift(by, first, last + by, left, right) if by > 0 else Shift(by, first + by, last, left, right)

    def _gain(self, shift: Shift) -> float:
        """Bytes saved, estimated; below nothing where a wide character would be cut."""
        left, right = shift.left, shift.right
        margins = (left, right) != (0, self._want.width)
        if (margins and self._would_cut(shift)) or self._would_disturb(shift):
            return -1
        gain = float(-(_MARGINS if margins else _SCROLL))
        for row in range(shift.top, shift.bottom + 1):
            source = row + shift.by
            gain += self._cost(row, row, left, right)
            if shift.top <= source <= shift.bottom:
                gain -= self._cost(row, source, left, right)
            else:
                gain -= _cost_on_blank(self._want.rows[row], left, right)
        return gain

    def _would_cut(self, shift: Shift) -> bool:
        """Whether a margin lies within a wide character, or might, on a terminal that has other widths."""
        edges = [edge for edge in (shift.left, shift.right) if 0 < edge < self._want.width]
        lines = self._have.rows[shift.top : shift.bottom + 1]
        return any(line.may_cut(edge) for line in lines for edge in edges) or (
            shift.right < self._want.width and any(line.unsure < shift.right for line in lines)
        )

    def _would_disturb(self, shift: Shift) -> bool:
        """Whether cells would move that are not to be touched.

        They are those nobody painted, and rows with characters of disputed width that would have to be mended then.
        """
        for source in range(shift.top, shift.bottom + 1):
            if None in self._want.rows[source].text[shift.left : shift.right]:
                return True
            line = self._have.rows[source]
            if line.disputed < self._want.width:
                row = source - shift.by
                if shift.top <= row <= shift.bottom and not line.same(self._want.rows[row]):
                    return True
        return False

    def _cost(self, row: int, source: int, left: int, right: int) -> float:
        """Bytes that make a wanted row of what the terminal has in the row `source`."""
        key = (row, source, left, right)
        known = self._costs.get(key)
        if known is None:
            known = self._costs[key] = _cost(self._want.rows[row], self._have.rows[source], left, right)
        return known


def _longest(rows: Sequence[int]) -> tuple[int, int]:
    """The first and the last of the longest sequence of rows without great gaps."""
    first = last = start = rows[0]
    previous = start
    for row in rows[1:]:
        if row - previous > MOST_GAP + 1:
            start = row
        previous = row
        if row - start > last - first:
            first, last = start, row
    return first, last


def _joined(line: Row, band: tuple[int, int]) -> str:
    """What stands there, empty where that is not known."""
    text = line.text[slice(*band)]
    return "" if None in text else "".join(text)  # type: ignore[arg-type]  # no None among them


def _cost(want: Row, have: Row, left: int, right: int) -> float:
    one, other = want.text[left:right], have.text[left:right]
    if one == other:
        one, other = want.pens[left:right], have.pens[left:right]  # type: ignore[assignment]  # compared alike
        if one == other:
            return 0
    changed = SAMPLED * sum(map(ne, one[::SAMPLED], other[::SAMPLED])) or 1
    return changed * _CELL + _RUN


def _cost_on_blank(want: Row, left: int, right: int) -> float:
    filled = right - left - want.text[left:right].count(" ")
    return filled * _CELL + _RUN if filled else 0
