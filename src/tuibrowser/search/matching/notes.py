"""Notes: matches that pass over notes in brackets, as 學而時習之 is found in 學而（音）時習之."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import distinct, expand
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

    def between(self, places: Sequence[CharacterSet]) -> Iterator[tuple[int, Array, Array]]:
        """Yield the number of each place that notes precede, and, int64, the characters before and after these."""
        segment, ids = self._segment, np.array([place.ranges[0][0] for place in places], np.uint16)
        prints, wanted = segment.note_prints, print_of(ids[:-1], ids[1:])
        low, high = prints.searchsorted(wanted, "left"), prints.searchsorted(wanted, "right")
        counts = high - low
        if not counts.any():
            return
        notes, cuts = segment.note_order.take(expand(low, high)), np.repeat(np.arange(len(counts)), counts)
        # A print may be that of other characters.
        starts = self.left(notes)
        same = segment.fold.take(segment.codes.take(starts)) == ids.take(cuts)
        starts, cuts = starts.compress(same), cuts.compress(same)
        ends = self.right(notes.compress(same))
        same = segment.fold.take(segment.codes.take(ends)) == ids.take(cuts + 1)
        starts, ends, cuts = starts.compress(same), ends.compress(same), cuts.compress(same)
        for cut in distinct(cuts).tolist():
            here = cuts == cut
            yield cut + 1, starts.compress(here), ends.compress(here)

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

    def within(self, starts: Array, ends: Array) -> tuple[Array, Array]:
        """The notes that matches pass over: from which one to which."""
        return self.opened.searchsorted(unsigned(starts)), self.closed.searchsorted(unsigned(ends))


@dataclass(frozen=True)
class AroundNotes(Found):
    """Matches that pass over notes, which they do not mark."""

    notes: Notes

    def only(self, kept: Array | slice) -> AroundNotes:
        """Those that a bool each, indices or a slice choose."""
        return AroundNotes(self.kind, self.starts[kept], self.ends[kept], self.costs[kept], self.notes)

    def spans(self, rows: Array) -> list[list[tuple[int, int]]]:
        """Return the stretches of some matches, without the notes in them."""
        starts, ends = self.starts[rows], self.ends[rows]
        spans: list[list[tuple[int, int]]] = [[] for _ in range(len(starts))]
        for row, start, end in zip(*(each.tolist() for each in stretches(self.notes, starts, ends)), strict=True):
            spans[row].append((start, end))
        return spans


def stretches(notes: Notes, starts: Array, ends: Array) -> tuple[Array, Array, Array]:
    """The stretches of matches, without the notes in them: int64, whose they are, their starts and ends."""
    first, last = notes.within(starts, ends)
    passed, of = expand(first, last), np.repeat(np.arange(len(starts)), last - first)
    whose = np.concatenate((np.arange(len(starts)), of))
    begins, stops = np.concatenate((starts, notes.right(passed))), np.concatenate((notes.left(passed) + 1, ends))
    # The first stretch of a match begins where it does, the last one ends where it does.
    before, after = np.argsort(whose, kind="stable"), np.argsort(np.roll(whose, len(of)), kind="stable")
    return whose.take(before), begins.take(before), stops.take(after)


def around_notes(segment: Segment, phrase: Phrase, *, quoted: bool) -> list[AroundNotes]:
    """Return the matches of a phrase that pass over notes; if `quoted`, only those whose other gaps are blanks."""
    notes, places = Notes(segment), phrase.places
    spans: set[tuple[int, int]] = set()
    if len(notes) and len(places) > 1 and not phrase.literal:
        for cut, starts, ends in notes.between(places):
            spans |= _around(notes, Checker(segment), places, cut, (starts, ends))
    if not spans:
        return []
    starts, ends = np.array(sorted(spans), np.int64).T
    if quoted and not phrase.has_inner_gaps:
        kept = _are_blank(segment, notes, starts, ends)
        starts, ends = starts.compress(kept), ends.compress(kept)
    costs = np.full(len(starts), SPACED_COST + _NOTE_COST, np.float32)
    return [AroundNotes(HitKind.SPACED, starts, ends, costs, notes)]


def _around(
    notes: Notes, check: Checker, places: Sequence[CharacterSet], cut: int, beside: tuple[Array, Array]
) -> set[tuple[int, int]]:
    """The matches that pass over notes, beside which some characters stand, before a place, and perhaps over others."""
    starts, ends = beside
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


def _are_blank(segment: Segment, notes: Notes, starts: Array, ends: Array) -> Array:
    """Whether each match has no gaps but notes and blanks."""
    first, last = notes.within(starts, ends)
    passed, of = expand(first, last), np.repeat(np.arange(len(starts)), last - first)
    whose, begins, stops = stretches(notes, starts, ends)
    whose = np.concatenate((whose, of, of))
    begins = np.concatenate((begins, notes.left(passed), notes.closed.take(passed).astype(np.int64) + 1))
    stops = np.concatenate((stops, notes.opened.take(passed).astype(np.int64), notes.right(passed) + 1))
    order = np.argsort(whose, kind="stable")  # the blanks at the edge of a piece stand between its words and the next
    out = ~only_blanks(segment, begins.take(order), stops.take(order))
    kept = np.ones(len(starts), bool)
    kept[whose.take(order).compress(out)] = False
    return kept
