"""Edits: passages that differ from a text by one or two characters, wrong, missing or too many.

The windows around pieces of the text are verified at once by the automaton of Myers (1999) in the form of Hyyrö (2003),
one NumPy operation a column. Gaps do not count as characters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.hanzi.fold import BREAK
from tuibrowser.search.index.arrays import changes, in_parts, least_of_each
from tuibrowser.search.index.walk import after_breaks, following, preceding
from tuibrowser.search.matching.pieces import candidates, word_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.match import CharacterSet

    Array = npt.NDArray[Any]

SHORTEST = 4
"""Characters from which on one edit is allowed."""
TWO_EDITS_FROM = 7
LONGEST = 60
"""Characters that the automaton holds in one word of 64 bits, edits allowed for."""


def allowed_edits(length: int) -> int:
    """How many edits a text of so many significant characters may have."""
    return 0 if length < SHORTEST else 1 if length < TWO_EDITS_FROM else 2


def near(segment: Segment, places: Sequence[CharacterSet], most: int) -> tuple[Array, Array, Array]:
    """int64 starts, ends and distances (1 to `most`) of all passages near the places."""
    ids = [place.ranges[0][0] for place in places[:LONGEST]]
    positions, behind = candidates(segment, places[:LONGEST], most)
    starts, ends, distances = in_parts(partial(_verify, segment, ids, most), positions, behind)
    order = np.argsort(ends, kind="stable")
    return _best_of_overlapping(starts[order], ends[order], distances[order], len(ids), most)


def _verify(
    segment: Segment, ids: Sequence[int], most: int, positions: Array, behind: Array
) -> tuple[Array, Array, Array]:
    """The starts, ends and distances of the best match in the window around each position."""
    rows = _Rows.read(segment, positions, behind + most, len(ids) + 3 * most)
    masks = _masks(ids)
    rows = rows.only(_enough(_or(masks, rows.ids), len(ids) - most))
    best, last = _automaton(masks, len(ids), rows.ids[1:], anchored=False)
    kept = (best <= most).nonzero()[0]
    rows, best, last = rows.only(kept), best.take(kept), last.take(kept) + 1
    backwards = np.maximum(last - np.arange(len(ids) + most)[:, None], 0)
    _, first = _automaton(_masks(ids[::-1]), len(ids), rows.in_columns(rows.ids, backwards), anchored=True)
    starts = rows.in_columns(rows.places, np.maximum(last - first, 1)[None])[0]
    return starts, rows.in_columns(rows.places, last[None])[0] + 1, best.astype(np.int64)


@dataclass(frozen=True)
class _Rows:
    """The characters from some positions on, without gaps, a column for each position; breaks precede the first row."""

    ids: Array
    """uint16, of the characters."""
    places: Array
    """int64: where they stand."""

    @classmethod
    def read(cls, segment: Segment, positions: Array, left: Array, length: int) -> _Rows:
        """Read from `left` characters before each position on, or from the break between; each place once."""
        start, codes = positions.copy(), segment.codes.take(positions)
        for _ in range(int(left.max(initial=0))):
            moving = left.nonzero()[0]
            start[moving], codes[moving] = preceding(segment, start.take(moving), codes.take(moving))
            left[moving] -= 1
        here, codes = after_breaks(segment, start, codes)
        order = np.argsort(here, kind="stable")  # some ascending stretches, one after another
        here = here.take(order)
        once = changes(here).nonzero()[0]
        here, codes = here.take(once), codes.take(order.take(once))
        ids = np.full((length + 1, len(here)), BREAK, np.uint16)
        places = np.empty((length + 1, len(here)), np.int64)
        for row in range(1, length + 1):
            ids[row], places[row] = segment.fold.take(codes), here
            here, codes = following(segment, here, codes)
        return cls(ids, places)

    def only(self, kept: Array) -> _Rows:
        """Those columns that a bool each, or indices, choose."""
        kept = kept.nonzero()[0] if kept.dtype == bool else kept
        if len(kept) == self.ids.shape[1]:
            return self
        return _Rows(self.ids.take(kept, axis=1), self.places.take(kept, axis=1))

    def in_columns(self, of: Array, rows: Array) -> Array:
        """Return the value of each column in the row given for it."""
        return np.asarray(of.ravel().take(rows * of.shape[1] + np.arange(of.shape[1])))


def _masks(ids: Sequence[int]) -> Array:
    """Return, for every id, a bit for each place of the text that holds it."""
    kind = word_of(len(ids))
    table = np.zeros(1 << 16, kind)
    for at, identity in enumerate(ids):
        table[identity] |= kind(1 << at)
    return table


def _or(masks: Array, ids: Array) -> Array:
    """The bits of all ids in each column."""
    bits: Array = np.bitwise_or.reduce(masks.take(ids), axis=0)
    return bits


def _enough(bits: Array, least: int) -> Array:
    return np.asarray(np.bitwise_count(bits) >= least)


def _automaton(masks: Array, length: int, ids: Array, *, anchored: bool) -> tuple[Array, Array]:
    """Return, for each column of ids, the least distance of a text to a part of it, and the first row that reaches it.

    The text is as long as said and has these masks. What is compared with it begins in the first row where it is
    `anchored`, else in any. The bits of the text are moved to the top of the word: below it nothing ever matches, so
    that nothing has to be masked.
    """
    kind: Any = masks.dtype.type
    one, top = kind(1), kind(8 * masks.itemsize - 1)
    lowest = kind(8 * masks.itemsize - length)
    first = one << lowest
    equals = masks.take(ids) << lowest
    distances = np.empty_like(equals)
    distance = np.full(ids.shape[1], length, kind)
    positive, negative = ~np.zeros(ids.shape[1], kind), np.zeros(ids.shape[1], kind)
    for equal, row in zip(equals, distances, strict=True):
        x = equal | negative
        diagonal = ((positive + (equal & positive)) ^ positive) | x
        down = positive & diagonal
        up = negative | ~(positive | diagonal)
        distance = np.subtract(distance + (up >> top), down >> top, out=row)
        shifted = up << one
        if anchored:
            shifted |= first
        negative = shifted & diagonal
        positive = (down << one) | ~(shifted | diagonal)
    reached = distances.argmin(axis=0)
    return distances.min(axis=0), reached


def _best_of_overlapping(
    starts: Array, ends: Array, distances: Array, length: int, most: int
) -> tuple[Array, Array, Array]:
    """Return the best of each group of matches that end within `most` characters of one another.

    In a text that repeats itself, groups have no end: then return the best of each stretch so short that all
    matches which end in it overlap.
    """
    if not len(ends):
        return starts, ends, distances
    first = np.concatenate(([True], np.diff(ends) > most))
    begun = ends[first][np.cumsum(first) - 1]
    stretch = begun + (ends - begun) // (length - most) * (length - most)
    fresh = least_of_each(stretch, distances, starts)
    near = fresh[distances[fresh] > 0]  # what stands there exactly is not near
    return starts[near], ends[near], distances[near]
