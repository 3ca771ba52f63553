"""Damaged: passages that have □, the mark of a lost character, where a text that is looked for has any other one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.fold import LOST
from tuibrowser.search.index.arrays import expand
from tuibrowser.search.index.walk import following, preceding
from tuibrowser.search.matching.match import frequency, places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.match import CharacterSet

    Array = npt.NDArray[Any]
    Step = Callable[[Segment, Array, Array], tuple[Array, Array]]

_FEWEST_KEPT: Final = 2
"""Characters that are not lost in a match; there are also as many of them as of lost ones at least."""

_LONGEST: Final = 60
"""Significant characters of a text that is looked for; a longer one is a passage, of which parallels are found."""

_NONE: Final = np.empty(0, np.int64)


def damaged(segment: Segment, places: Sequence[CharacterSet]) -> tuple[Array, Array, Array]:
    """int64 starts, ends and numbers of lost characters of passages in which some are, with gaps between or without."""
    (lost,) = places_of(LOST)
    is_other = all(place.single is not None and place.character is None and place != lost for place in places)
    if not is_other or not _FEWEST_KEPT < len(places) <= _LONGEST or not frequency(segment, lost):
        return _NONE, _NONE, _NONE
    ids, mark = np.array([place.single for place in places], np.uint16), np.uint16(lost.single or 0)
    starts, at = _beside_lost(segment, ids, mark)
    ends, starts, at = _walked(segment, following, (ids, mark), starts, starts, at, len(ids) - 1 - at)
    starts, ends, _ = _walked(segment, preceding, (ids, mark), starts, ends, at, at)
    starts, first = np.unique(starts, return_index=True)
    ends = ends.take(first) + 1
    if not len(starts):
        return _NONE, _NONE, _NONE
    is_lost = segment.fold.take(segment.codes.take(expand(starts, ends))) == mark
    counts = np.add.reduceat(is_lost, np.append(0, np.cumsum(ends - starts)[:-1]), dtype=np.int64)
    kept = len(ids) - counts >= np.maximum(counts, _FEWEST_KEPT)
    return starts.compress(kept), ends.compress(kept), counts.compress(kept)


def _beside_lost(segment: Segment, ids: Array, mark: Any) -> tuple[Array, Array]:
    """Where a lost character and one of the text stand side by side, and the index of the first of both, int64.

    Each match has such a pair.
    """
    half, wide, lost = np.uint32(16), ids.astype(np.uint32), np.uint32(mark)
    keys = np.concatenate((lost << half | wide[1:], wide[:-1] << half | lost))
    at = segment.keys.searchsorted(keys)
    there = np.flatnonzero(segment.keys.take(at, mode="clip") == keys)
    low, high = segment.offs.take(at.take(there)), segment.offs.take(at.take(there) + 1)
    positions = segment.post.take(expand(low, high)) >> np.uint32(segment.hint_bits)
    return positions.astype(np.int64), np.repeat(there % (len(ids) - 1), high - low)


def _walked(
    segment: Segment, step: Step, text: tuple[Array, Any], here: Array, other: Array, at: Array, left: Array
) -> tuple[Array, Array, Array]:
    """Go on from positions of an index in the text for so many characters, while these are the text's or lost ones.

    Return where that leads, with the other ends and the indices of those that came so far.
    """
    ids, mark = text
    begun, here = left, here.copy()
    direction = 1 if step is following else -1
    while len(moving := np.flatnonzero(left)):
        reached, codes = step(segment, here.take(moving), segment.codes.take(here.take(moving)))
        here[moving] = reached
        left = left - (left > 0)
        found = segment.fold.take(codes)
        wanted = ids.take((at + direction * (begun - left)).take(moving))
        kept = np.ones(len(here), bool)
        kept[moving] = (found == wanted) | (found == mark)
        here, other, at, left, begun = (column.compress(kept) for column in (here, other, at, left, begun))
    return here, other, at
