"""Sheet: two collated texts in columns of one character of each, cut into the lines of both, to be set in rows.

Nothing but the lines that are looked at is set. A column is a place in the sequence of stretches: the characters of a
stretch stand side by side from its beginning, and where one text has fewer of them there is a gap.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from tuibrowser.hanzi.fold import code_points
from tuibrowser.study.collating.collation import DifferenceKind
from tuibrowser.study.collating.stretches import NONE, Stretch, significant_spans, stretches_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.study.collating.collation import Collation

    Array = npt.NDArray[Any]

_LONGEST: Final = 1_500
"""Columns of a line that is set at once."""
_OPENING: Final = "「『（《〈【〔“‘([{"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a sheet: where its significant characters stand, and the stretch of it that is shown."""

    text: str
    at: Array
    """int64"""
    extent: tuple[int, int]

    def around(self, number: int) -> tuple[str, str, str]:
        """What stands before a significant character, or behind all: what goes with the one before, with none, with it.

        With none goes what has lines of its own, such as furniture, which is not compared.
        """
        start = int(self.at[number - 1]) + 1 if number else self.extent[0]
        end = int(self.at[number]) if number < len(self.at) else self.extent[1]
        between = self.text[start:end]
        if "\n" in between:
            first, last = between.index("\n"), between.rindex("\n")
        else:
            first = last = next((at for at, each in enumerate(between) if each in _OPENING), len(between))
        first, last = first if number else 0, last if number < len(self.at) else len(between)
        return between[:first], between[first:last].strip(), between[last:].removeprefix("\n")

    def line_starts(self) -> Array:
        """int64: the significant characters before which a line ends."""
        ends = np.flatnonzero(code_points(self.text) == ord("\n"))
        numbers = np.unique(np.searchsorted(self.at, ends[(ends >= self.extent[0]) & (ends < self.extent[1])]))
        return numbers[numbers < len(self.at)]


class Column(NamedTuple):
    """A significant character of each text, None where a text has none.

    The marks of a text that are shown behind it stand before its character `one_next` or `other_next`: those of the
    shorter side of a change stand at its end.
    """

    one: int | None
    other: int | None
    one_next: int | None
    other_next: int | None
    stretch: Stretch


class Sheet:
    """The columns of a collation. May be made in any thread."""

    def __init__(self, one: Text, other: Text, stretches: Sequence[Stretch]) -> None:
        self.one = one
        self.other = other
        self.stretches = stretches
        lengths = np.array([each.length for each in stretches], np.int64)
        self._begins: list[int] = np.append(0, np.cumsum(lengths)).tolist()
        self.cuts: list[int] = self._cuts()
        """The columns at which lines begin, and the number of all columns."""

    def __len__(self) -> int:
        return len(self.cuts) - 1

    def line_at(self, column: int) -> int:
        """The line that a column is in."""
        return max(0, min(bisect_right(self.cuts, column) - 1, len(self) - 1))

    def columns(self, line: int) -> Iterator[Column]:
        """The columns of a line."""
        low, high = self.cuts[line], self.cuts[line + 1]
        number = bisect_right(self._begins, low) - 1
        while number < len(self.stretches) and self._begins[number] < high:
            stretch, begin = self.stretches[number], self._begins[number]
            is_whole = begin + stretch.length <= high
            for at in range(max(low, begin) - begin, min(high, begin + stretch.length) - begin):
                is_last = is_whole and at + 1 == stretch.length
                one, one_next = _character(stretch.start, stretch.end, at, is_whole, is_last)
                other, other_next = _character(stretch.other_start, stretch.other_end, at, is_whole, is_last)
                yield Column(one, other, one_next, other_next, stretch)
            number += 1

    def opening(self, line: int) -> Stretch | None:
        """The first stretch of a moved passage, if the line begins with it."""
        low = self.cuts[line]
        number = bisect_right(self._begins, low) - 1
        stretch = self.stretches[number]
        before = self.stretches[number - 1] if number else None
        is_new = before is None or (before.moved, before.is_arrival) != (stretch.moved, stretch.is_arrival)
        return stretch if stretch.moved != NONE and self._begins[number] == low and is_new else None

    def begins(self) -> dict[int, int]:
        """The column at which each difference begins, by its number, what moved where the first text has it."""
        found: dict[int, int] = {}
        for begin, stretch in zip(self._begins, self.stretches, strict=False):
            if stretch.moved != NONE and not stretch.is_arrival:
                found.setdefault(stretch.moved, begin)
            if not stretch.is_equal and not stretch.is_arrival:
                found.setdefault(stretch.number, begin)
        return found

    def arrivals(self) -> dict[int, int]:
        """The column at which the second text has what moved, by the number of the difference."""
        pairs = zip(self._begins, self.stretches, strict=False)
        return {stretch.number: begin for begin, stretch in pairs if stretch.is_arrival}

    def columns_of(self, numbers: Array) -> Array:
        """int64: the columns of some significant characters of the first text."""
        starts = np.array([each.start for each in self.stretches], np.int64)
        return self._placed(starts, np.arange(len(starts)), numbers)

    def columns_of_second(self, numbers: Array) -> Array:
        """int64: the columns of some significant characters of the second text, in its own order."""
        own = np.array([each.is_arrival or each.moved == NONE for each in self.stretches])
        second = np.flatnonzero(own)
        starts = np.array([self.stretches[number].other_start for number in second.tolist()], np.int64)
        return self._placed(starts, second, numbers)

    def stretch_at(self, column: int) -> Stretch:
        """The stretch that a column is in."""
        return self.stretches[bisect_right(self._begins, column, hi=len(self.stretches)) - 1]

    def characters_at(self, column: int) -> tuple[int, int]:
        """The significant characters of both texts at a column, or those that follow."""
        stretch = self.stretch_at(column)
        at = column - self._begins[bisect_right(self._begins, column, hi=len(self.stretches)) - 1]
        return min(stretch.start + at, stretch.end), min(stretch.other_start + at, stretch.other_end)

    def _placed(self, starts: Array, stretches: Array, numbers: Array) -> Array:
        at = np.searchsorted(starts, numbers, "right") - 1
        begins: Array = np.array(self._begins, np.int64).take(stretches.take(at)) + numbers - starts.take(at)
        return begins

    def _cuts(self) -> list[int]:
        if not self.stretches:
            return [0]
        one, other = self._line_starts()
        keys = [(each.moved, each.is_arrival) for each in self.stretches]
        moved = [begin for begin, key, before in zip(self._begins[1:], keys[1:], keys, strict=False) if key != before]
        return list(_divided(sorted(one | other | {0, *moved, self._begins[-1]})))

    def _line_starts(self) -> tuple[set[int], set[int]]:
        """The columns at which lines of the first text begin, and of the second.

        Where a line begins with what only one text has, the line of the other begins with it too, and not behind it.
        """
        one = set(self.columns_of(self.one.line_starts()).tolist())
        other = set(self.columns_of_second(self.other.line_starts()).tolist())
        for begin, stretch in zip(self._begins, self.stretches, strict=False):
            end = begin + stretch.length
            if stretch.other_start == stretch.other_end and begin in one and end not in one:
                other.discard(end)
            elif stretch.start == stretch.end and begin in other and end not in other:
                one.discard(end)
        return one, other


def _character(start: int, end: int, at: int, is_whole: bool, is_last: bool) -> tuple[int | None, int | None]:
    """The character of a side at a place in a stretch, and the one before which the marks behind it stand."""
    character = start + at if start + at < end else None
    if is_last:
        return character, end if start < end else None
    if character is None or (is_whole and character + 1 == end):
        return character, None
    return character, character + 1


def _divided(cuts: Sequence[int]) -> Iterator[int]:
    """Cuts, and more of them where they stand far apart."""
    last = 0
    for cut in cuts:
        while cut - last > _LONGEST:
            last += _LONGEST
            yield last
        yield cut
        last = cut


def sheet_of(made: Collation) -> Sheet:
    """The sheet of a collation."""
    one, other = (Text(each.text.repaired, each.at, each.extent) for each in (made.a, made.b))
    return Sheet(one, other, stretches_of(made))


def stops_of(sheet: Sheet, made: Collation) -> tuple[list[int], list[int]]:
    """The differences in the order of the sheet: the column of each, and its number."""
    found = list(sheet.begins().items())
    spans = significant_spans(made)
    variants = [number for number, each in enumerate(made.differences) if each.kind is DifferenceKind.VARIANT]
    if variants:
        columns = sheet.columns_of(np.array([spans[number][0] for number in variants], np.int64))
        found += zip(variants, columns.tolist(), strict=True)
    found.sort(key=lambda each: (each[1], each[0]))
    return [column for _, column in found], [number for number, _ in found]
