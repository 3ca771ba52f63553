"""Notes: matches that pass over notes in brackets, as 學而時習之 is found in 學而（音）時習之."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.fold import fold
from tuibrowser.search.matching.blanks import only_blanks
from tuibrowser.search.matching.found import Found
from tuibrowser.search.matching.match import Checker
from tuibrowser.search.matching.phrase import GAP_COST, SPACED_COST
from tuibrowser.search.matching.walk import following, preceding
from tuibrowser.search.model import HitKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.match import CharacterSet
    from tuibrowser.search.matching.phrase import Phrase

    Array = npt.NDArray[Any]

_OPENING: Final = "([{〔【〖"
_CLOSING: Final = ")]}〕】〗"
"""The closing bracket of each opening one; full-width forms share their classes."""

_LONGEST: Final = 1_000
"""Characters of a note."""

_SCANNED: Final = 1 << 18
"""Codes looked through at a time."""

_NOTE_COST: Final = 8 * GAP_COST
"""Cost of passing over notes, beside that of gaps."""


class Notes:
    """The notes in brackets of a segment, in order; notes side by side count as one, and so does one in another."""

    def __init__(self, segment: Segment) -> None:
        positions, kinds = _brackets(segment)
        opened, closed = _outermost(positions, kinds, segment.document_index(positions))
        left, _ = preceding(segment, opened, segment.codes.take(opened))
        right, _ = following(segment, closed, segment.codes.take(closed))
        apart = right[:-1] <= opened[1:]
        first, last = np.append(True, apart), np.append(apart, True)
        if not len(opened):
            first = last = np.empty(0, bool)
        self._segment = segment
        self.opened, self.closed = opened.compress(first), closed.compress(last)
        """Where the first bracket of each stands, and the last."""
        self.left, self.right = left.compress(first), right.compress(last)
        """The significant characters before and after each."""

    def __len__(self) -> int:
        return len(self.opened)

    @cached_property
    def _pairs(self) -> tuple[Array, Array]:
        """Return the ids around each note as sorted keys, and the notes in the order of the keys."""
        ids = [
            self._segment.fold.take(self._segment.codes.take(at)).astype(np.uint32) for at in (self.left, self.right)
        ]
        keys = ids[0] << np.uint32(16) | ids[1]
        order = np.argsort(keys, kind="stable")
        return keys.take(order), order

    def between(self, places: Sequence[CharacterSet]) -> Iterator[tuple[int, Array]]:
        """Yield the number of each place that notes precede, with the notes between it and the place before."""
        ids = np.array([place.ranges[0][0] for place in places], np.uint32)
        keys, order = self._pairs
        wanted = ids[:-1] << np.uint32(16) | ids[1:]
        low, high = keys.searchsorted(wanted, "left"), keys.searchsorted(wanted, "right")
        for at in np.flatnonzero(high > low).tolist():
            yield at + 1, order[low[at] : high[at]]

    def after(self, positions: Array) -> Array:
        """The next significant character after each position, beyond the note that stands between."""
        at = self.left.searchsorted(positions)
        there = self.left.take(at, mode="clip") == positions
        moved, _ = following(self._segment, positions.copy(), self._segment.codes.take(positions))
        return np.where(there, self.right.take(at, mode="clip"), moved)

    def before(self, positions: Array) -> Array:
        """The last significant character before each position, beyond the note that stands between."""
        at = self.right.searchsorted(positions)
        there = self.right.take(at, mode="clip") == positions
        moved, _ = preceding(self._segment, positions.copy(), self._segment.codes.take(positions))
        return np.where(there, self.left.take(at, mode="clip"), moved)

    def within(self, start: int, end: int) -> range:
        """The notes that a match passes over."""
        return range(int(self.opened.searchsorted(start)), int(self.closed.searchsorted(end)))


@dataclass(frozen=True)
class AroundNotes(Found):
    """Matches that pass over notes, which they do not mark."""

    notes: Notes

    def only(self, kept: Array | slice) -> AroundNotes:
        """Those that a bool each, indices or a slice choose."""
        return AroundNotes(self.kind, self.starts[kept], self.ends[kept], self.costs[kept], self.notes)

    def spans(self, rows: Array) -> list[list[tuple[int, int]]]:
        """Return the stretches of some matches, without the notes in them."""
        bounds = zip(self.starts[rows].tolist(), self.ends[rows].tolist(), strict=True)
        return [stretches(self.notes, start, end) for start, end in bounds]


def stretches(notes: Notes, start: int, end: int) -> list[tuple[int, int]]:
    """Return the stretches of a match, without the notes in it."""
    passed = notes.within(start, end)
    starts = [start, *(int(notes.right[note]) for note in passed)]
    ends = [*(int(notes.left[note]) + 1 for note in passed), end]
    return list(zip(starts, ends, strict=True))


def around_notes(segment: Segment, phrase: Phrase, *, quoted: bool) -> list[AroundNotes]:
    """Return the matches of a phrase that pass over notes; if `quoted`, only those whose other gaps are blanks."""
    notes, places = notes_of(segment), phrase.places
    spans: set[tuple[int, int]] = set()
    if len(notes) and len(places) > 1 and not phrase.literal:
        for cut, found in notes.between(places):
            spans |= _around(notes, Checker(segment), places, cut, found)
    if not spans:
        return []
    held = sorted(span for span in spans if not quoted or phrase.has_inner_gaps or _are_blank(segment, notes, *span))
    starts, ends = np.array(held, np.int64).reshape(-1, 2).T
    costs = np.full(len(held), SPACED_COST + _NOTE_COST, np.float32)
    return [AroundNotes(HitKind.SPACED, starts, ends, costs, notes)]


def notes_of(segment: Segment) -> Notes:
    """The notes of a segment, which are looked for once."""
    known = segment.at_hand.get("notes")
    if known is None:
        known = segment.at_hand["notes"] = Notes(segment)
    return known


def _around(
    notes: Notes, check: Checker, places: Sequence[CharacterSet], cut: int, found: Array
) -> set[tuple[int, int]]:
    """The matches that pass over some of these notes before the place of a number, and perhaps over others."""
    starts, ends = notes.left.take(found), notes.right.take(found)
    kept = check(places[cut - 1], starts) & check(places[cut], ends)
    starts, ends = starts.compress(kept), ends.compress(kept)
    for place in places[cut + 1 :]:
        if not len(ends):
            break
        ends = notes.after(ends)
        kept = check(place, ends)
        starts, ends = starts.compress(kept), ends.compress(kept)
    for place in reversed(places[: cut - 1]):
        if not len(starts):
            break
        starts = notes.before(starts)
        kept = check(place, starts)
        starts, ends = starts.compress(kept), ends.compress(kept)
    return set(zip(starts.tolist(), (ends + 1).tolist(), strict=True))


def _are_blank(segment: Segment, notes: Notes, start: int, end: int) -> bool:
    """Whether a match has no gaps but notes and blanks."""
    passed = notes.within(start, end)
    edges = [(int(notes.left[note]), int(notes.opened[note])) for note in passed]
    edges += [(int(notes.closed[note]) + 1, int(notes.right[note]) + 1) for note in passed]
    pieces = np.array([*stretches(notes, start, end), *edges], np.int64)
    return bool(only_blanks(segment, pieces[:, 0], pieces[:, 1]).all())


def _brackets(segment: Segment) -> tuple[Array, Array]:
    """Return the positions of brackets, int64, and their kinds, int8; those of closing ones are negative."""
    kinds = np.zeros(1 << 16, np.int8)
    for number, pair in enumerate(zip(fold(_OPENING).tolist(), fold(_CLOSING).tolist(), strict=True), 1):
        kinds[list(pair)] = number, -number
    of_codes = kinds.take(segment.fold)
    is_bracket = of_codes != 0
    found = [
        is_bracket.take(segment.codes[start : start + _SCANNED]).nonzero()[0] + start
        for start in range(0, len(segment), _SCANNED)
    ]
    positions = np.concatenate([np.empty(0, np.int64), *found])
    return positions, of_codes.take(segment.codes.take(positions))


def _outermost(positions: Array, kinds: Array, documents: Array) -> tuple[Array, Array]:
    """Return where notes open and close, sorted; notes inside another are left out."""
    opened, closed = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for _ in range(_DEPTH):
        closes = (kinds[:-1] > 0) & (kinds[1:] == -kinds[:-1]) & (documents[1:] == documents[:-1])
        pairs = np.flatnonzero(closes)
        opened.append(positions.take(pairs))
        closed.append(positions.take(pairs + 1))
        left = np.ones(len(positions), bool)
        left[pairs] = left[pairs + 1] = False
        positions, kinds, documents = (column.compress(left) for column in (positions, kinds, documents))
    starts, ends = np.concatenate(opened), np.concatenate(closed)
    fit = ends - starts <= _LONGEST
    starts, ends = starts.compress(fit), ends.compress(fit)
    order = np.argsort(starts, kind="stable")
    starts, ends = starts.take(order), ends.take(order)
    outer = np.maximum.accumulate(np.append(-1, ends))[:-1] < ends
    return starts.compress(outer), ends.compress(outer)


_DEPTH: Final = 3
"""Notes within notes that are looked at."""
