"""Damaged: passages that have □, the mark of a lost character, where a text that is looked for has any other one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.fold import LOST
from tuibrowser.search.index.arrays import expand
from tuibrowser.search.index.walk import following, preceding
from tuibrowser.search.matching.match import frequency, places_of, single_postings

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
    if not _FEWEST_KEPT < len(places) <= _LONGEST:
        return _NONE, _NONE, _NONE
    lost, count = _lost().single, frequency(segment, _lost())
    singles = [place.single for place in places if place.character is None]
    if not count or len(singles) < len(places) or None in singles or lost in singles:
        return _NONE, _NONE, _NONE
    ids, mark = np.array(singles, np.uint16), np.uint16(lost or 0)
    if count <= _MOST_KEPT and not _may_stand(segment, ids, mark):
        return _NONE, _NONE, _NONE
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


@cache
def _lost() -> CharacterSet:
    (lost,) = places_of(LOST)
    return lost


def _may_stand(segment: Segment, ids: Array, mark: Any) -> bool:
    """Whether the two characters before or behind a lost one are those of a text, where it has them.

    That leaves out nearly all texts in a fraction of the time. A run of lost characters has two of the text before it
    or behind it: else it is all of the text but its ends, and no longer than these.
    """
    keys: Array | None = segment.at_hand.get("lost")
    if keys is None:
        keys = segment.at_hand["lost"] = _keys_of_lost(segment)
    inner, lost = ids[1:-1], np.full(len(ids) - 2, mark)
    end = len(ids) <= _ENDS_ALONE
    first = ids[:-2], lost, inner, inner, ids[:end]
    second = inner, inner, ids[2:], lost, (ids[2:] if len(inner) == 1 else lost)[:end]
    kinds = np.repeat((_BEFORE, _BEFORE, _BEHIND, _BEHIND, _AROUND), list(map(len, first)))
    wanted = _keys(kinds, np.concatenate(first), np.concatenate(second))
    return bool((keys.take(keys.searchsorted(wanted), mode="clip") == wanted).any())


_ENDS_ALONE: Final = 4
"""Characters of the longest text of which all but both ends may be lost."""

_AROUND, _BEHIND, _BEFORE = 0, 1, 2
"""Which two characters a key is of: those on both sides of a lost one, two behind it, two before it."""

_MOST_KEPT: Final = 1 << 18
"""Lost characters of a segment up to which the keys of what stands around them are kept."""


def _keys_of_lost(segment: Segment) -> Array:
    """uint64, sorted: the keys of what stands around each lost character."""
    at = single_postings(segment, _lost()).positions().astype(np.int64)
    codes = segment.codes.take(at)
    ids = []
    for step in (preceding, following):
        here, there = step(segment, at, codes)
        _, further = step(segment, here, there)
        ids.append((segment.fold.take(there), segment.fold.take(further)))
    (before, before_that), (after, after_that) = ids
    keys = _keys(_AROUND, before, after), _keys(_BEHIND, after, after_that), _keys(_BEFORE, before_that, before)
    return np.sort(np.concatenate(keys))


def _keys(which: Array | int, first: Array, second: Array) -> Array:
    """uint64: a key of two ids each."""
    keys = np.asarray(which, np.uint64) << np.uint64(32) | first.astype(np.uint64) << np.uint64(16) | second
    return np.asarray(keys)


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
