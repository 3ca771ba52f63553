"""Notes: matches that pass over notes in brackets, as 學而時習之 is found in 學而（音）時習之."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.notes import print_of
from tuibrowser.search.index.segment import unsigned
from tuibrowser.search.index.walk import following, preceding
from tuibrowser.search.matching.blanks import only_blanks
from tuibrowser.search.matching.found import Found
from tuibrowser.search.matching.match import Checker
from tuibrowser.search.matching.phrase import GAP_COST, SPACED_COST
from tuibrowser.search.model import HitKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.match import CharacterSet
    from tuibrowser.search.matching.phrase import Phrase

    Array = npt.NDArray[Any]

_NOTE_COST: Final = 8 * GAP_COST
"""Cost of passing over notes, beside that of gaps."""


class Notes:
    """The notes in brackets of a segment, in order."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self.opened, self.closed = segment.note_starts, segment.note_ends
        """uint32: where the first bracket of each stands, and the last."""

    def __len__(self) -> int:
        return len(self.opened)

    def left(self, notes: Array) -> Array:
        """int64: the significant characters before some notes."""
        opened = self.opened.take(notes).astype(np.int64)
        return preceding(self._segment, opened, self._segment.codes.take(opened))[0]

    def right(self, notes: Array) -> Array:
        """int64: the significant characters after some notes."""
        closed = self.closed.take(notes).astype(np.int64)
        return following(self._segment, closed, self._segment.codes.take(closed))[0]

    def between(self, places: Sequence[CharacterSet]) -> Iterator[tuple[int, Array]]:
        """Yield the number of each place that notes may precede, with the notes that may stand before it."""
        ids = np.array([place.ranges[0][0] for place in places], np.uint16)
        prints, wanted = self._segment.note_prints, print_of(ids[:-1], ids[1:])
        low, high = prints.searchsorted(wanted, "left"), prints.searchsorted(wanted, "right")
        for at in np.flatnonzero(high > low).tolist():
            yield at + 1, self._segment.note_order[low[at] : high[at]]

    def after(self, positions: Array) -> Array:
        """The next significant character after each position, beyond the note that stands between."""
        note = np.minimum(self.opened.searchsorted(unsigned(positions)), len(self) - 1)
        there = self.left(note) == positions
        moved, _ = following(self._segment, positions.copy(), self._segment.codes.take(positions))
        return np.where(there, self.right(note), moved)

    def before(self, positions: Array) -> Array:
        """The last significant character before each position, beyond the note that stands between."""
        note = np.maximum(self.closed.searchsorted(unsigned(positions)) - 1, 0)
        there = self.right(note) == positions
        moved, _ = preceding(self._segment, positions.copy(), self._segment.codes.take(positions))
        return np.where(there, self.left(note), moved)

    def within(self, start: int, end: int) -> range:
        """The notes that a match passes over."""
        return range(int(self.opened.searchsorted(np.uint32(start))), int(self.closed.searchsorted(np.uint32(end))))


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
    passed = np.array(notes.within(start, end), np.int64)
    starts = [start, *notes.right(passed).tolist()]
    ends = [*(notes.left(passed) + 1).tolist(), end]
    return list(zip(starts, ends, strict=True))


def around_notes(segment: Segment, phrase: Phrase, *, quoted: bool) -> list[AroundNotes]:
    """Return the matches of a phrase that pass over notes; if `quoted`, only those whose other gaps are blanks."""
    notes, places = Notes(segment), phrase.places
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


def _around(
    notes: Notes, check: Checker, places: Sequence[CharacterSet], cut: int, found: Array
) -> set[tuple[int, int]]:
    """The matches that pass over some of these notes before the place of a number, and perhaps over others."""
    starts, ends = notes.left(found), notes.right(found)
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
    passed = np.array(notes.within(start, end), np.int64)
    edges = [
        np.stack((notes.left(passed), notes.opened.take(passed)), axis=1),
        np.stack((notes.closed.take(passed) + np.uint32(1), notes.right(passed) + 1), axis=1),
    ]
    pieces = np.concatenate((np.array(stretches(notes, start, end), np.int64), *edges))
    return bool(only_blanks(segment, pieces[:, 0], pieces[:, 1]).all())
