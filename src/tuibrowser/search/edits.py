"""Edits: passages that differ from a text by one or two characters, wrong, missing or too many.

Of a text cut into `k + 1` pieces a passage within `k` edits keeps one as it is (Wu and Manber 1992). The pieces are
cut around rare pairs of neighbours, and the windows around their occurrences verified at once by the automaton of Myers
(1999) in the form of Hyyrö (2003), one NumPy operation a column. Gaps do not count as characters.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.match import pair_postings, spaced
from tuibrowser.search.parts import in_parts
from tuibrowser.search.walk import after_breaks, following, preceding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.match import Place
    from tuibrowser.search.segment import Segment

    Array = npt.NDArray[Any]
    Step = Callable[[Segment, Array, Array], tuple[Array, Array]]

SHORTEST = 4
"""Characters from which on one edit is allowed."""
TWO_EDITS_FROM = 7
LONGEST = 60
"""Characters that the automaton holds in one word of 64 bits, edits allowed for."""


def allowed_edits(length: int) -> int:
    """How many edits a text of so many significant characters may have."""
    return 0 if length < SHORTEST else 1 if length < TWO_EDITS_FROM else 2


def near(segment: Segment, places: Sequence[Place], most: int) -> tuple[Array, Array, Array]:
    """int64 starts, ends and distances (1 to `most`) of all passages near the places."""
    ids = [place.ranges[0][0] for place in places[:LONGEST]]
    positions, behind = _candidates(segment, places[:LONGEST], most)
    starts, ends, distances = in_parts(partial(_verify, segment, ids, most), positions, behind)
    order = np.argsort(ends, kind="stable")
    return _best_of_overlapping(starts[order], ends[order], distances[order], len(ids), most)


def _candidates(segment: Segment, places: Sequence[Place], most: int) -> tuple[Array, Array]:
    """Positions of pieces that a near passage holds, and how many characters of the text stand before each."""
    counts = [len(pair_postings(segment, places[at], places[at + 1])) for at in range(len(places) - 1)]
    bounds = _pieces(counts, most + 1)
    found = [spaced(segment, places[start:end])[0] for start, end in pairwise(bounds)]
    positions = np.concatenate(found)
    return positions, np.repeat(bounds[:-1], [len(each) for each in found])


def _pieces(counts: Sequence[int], number: int) -> list[int]:
    """Bounds of pieces of a text, each with one of so many pairs that do not overlap and whose sum is least."""
    none = (float("inf"), ())
    best: list[list[tuple[float, tuple[int, ...]]]] = [[(0.0, ()), *[none] * number]] * 2
    for at, count in enumerate(counts):
        row = list(best[-1])
        for chosen in range(1, number + 1):
            cost, before = best[-2][chosen - 1]
            row[chosen] = min(row[chosen], (cost + count, (*before, at)))
        best.append(row)
    _, pairs = best[-1][number]
    return [0, *pairs[1:], len(counts) + 1]


def _verify(
    segment: Segment, ids: Sequence[int], most: int, positions: Array, behind: Array
) -> tuple[Array, Array, Array]:
    """The starts, ends and distances of the best match in the window around each position."""
    length = len(ids)
    start, codes, left = positions.copy(), segment.codes.take(positions), behind + most
    for _ in range(int(left.max(initial=0))):
        moving = left.nonzero()[0]
        start[moving], codes[moving] = preceding(segment, start.take(moving), codes.take(moving))
        left[moving] -= 1
    start, codes = after_breaks(segment, start, codes)
    if len(start) > _FEW:
        kept = _holds_enough(segment, ids, most, start, codes)
        start, codes = start.compress(kept), codes.compress(kept)
    best, last = _automaton(segment, ids, (start, codes), length + 3 * most, following, anchored=False)
    kept = best <= most
    best, last = best.compress(kept), last.compress(kept)
    if not len(best):
        return last, last, best.astype(np.int64)
    end = last, segment.codes.take(last)
    _, first = _automaton(segment, ids[::-1], end, length + most, preceding, anchored=True)
    return first, last + 1, best.astype(np.int64)


_FEW = 256
"""Windows up to which it is quicker to run the automaton on all."""


def _masks(ids: Sequence[int], kind: Any) -> Array:
    """For every id a bit for each place of the text in which it stands."""
    table = np.zeros(1 << 16, kind)
    for at, identity in enumerate(ids):
        table[identity] |= kind(1 << at)
    return table


def _holds_enough(segment: Segment, ids: Sequence[int], most: int, start: Array, codes: Array) -> Array:
    """Whether the window from each position on holds the characters of all places of the text but `most`."""
    kind: Any = np.uint64 if len(ids) > 31 else np.uint32
    table = _masks(ids, kind)
    held, here = np.zeros(len(start), kind), start
    for _ in range(len(ids) + 3 * most):
        held |= table.take(segment.fold.take(codes))
        here, codes = following(segment, here, codes)
    return np.asarray(np.bitwise_count(held) >= len(ids) - most)


def _automaton(
    segment: Segment, ids: Sequence[int], begin: tuple[Array, Array], columns: int, step: Step, *, anchored: bool
) -> tuple[Array, Array]:
    """The least distance of the ids to what is read from each position on, and the first place where it is reached.

    The positions come with their codes.

    What is read begins at the position where it is `anchored`, else anywhere after it.
    """
    length = len(ids)
    here, codes = begin
    kind: Any = np.uint64 if length > 31 else np.uint32
    one, mask, top = kind(1), kind((1 << length) - 1), kind(length - 1)
    table = _masks(ids, kind)
    positive, negative = np.full(len(here), mask, kind), np.zeros(len(here), kind)
    distance = np.full(len(here), length, np.int16)
    best, reached = distance.copy(), here.copy()
    for _ in range(columns):
        equal = table.take(segment.fold.take(codes))
        x = equal | negative
        diagonal = (((positive + (equal & positive)) & mask) ^ positive) | x
        down = positive & diagonal
        up = negative | (~(positive | diagonal) & mask)
        distance += ((up >> top) & one).astype(np.int16)
        distance -= ((down >> top) & one).astype(np.int16)
        shifted = (up << one) & mask
        if anchored:
            shifted |= one
        negative = shifted & diagonal
        positive = ((down << one) & mask) | (~(shifted | diagonal) & mask)
        better = (distance < best).nonzero()[0]
        if len(better):
            best[better] = distance.take(better)
            reached[better] = here.take(better)
        here, codes = step(segment, here, codes)
    return best, reached


def _best_of_overlapping(
    starts: Array, ends: Array, distances: Array, length: int, most: int
) -> tuple[Array, Array, Array]:
    """Of the matches that end within `most` characters of one another the best.

    Where one after another does so, as in a text that repeats itself, the best of each stretch so short that all
    matches which end in it overlap.
    """
    if not len(ends):
        return starts, ends, distances
    first = np.concatenate(([True], np.diff(ends) > most))
    begun = ends[first][np.cumsum(first) - 1]
    stretch = begun + (ends - begun) // (length - most) * (length - most)
    order = np.lexsort((starts, distances, stretch))
    fresh = order[np.concatenate(([True], np.diff(stretch[order]) > 0))]
    near = fresh[distances[fresh] > 0]  # what stands there exactly is not near
    return starts[near], ends[near], distances[near]
