"""Candidates: the paragraphs of a segment that hold what every match of a pattern holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import among, distinct, expand

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.patterns.requirements import Cover, Part

    Array = npt.NDArray[Any]

_MOST_SHARE: Final = 0.25
"""The share of all places from which on it is quicker to look at all paragraphs."""
_MORE: Final = 3
"""Further covers that narrow the paragraphs down."""
_FEW: Final = 500
"""Paragraphs that need not be narrowed down,"""
_TIMES: Final = 30
"""nor by a cover with so many times as many places."""


def paragraphs_of(segment: Segment, part: Part | None) -> Array | None:
    """int64, ascending: the paragraphs in which a match may begin; None for all of them."""
    if part is None or not len(segment.keys):
        return None
    held = sorted((_places(segment, cover) for cover in part.covers), key=lambda each: each[0])
    if not held or held[0][0] > _MOST_SHARE * len(segment.post):
        return None
    found = _paragraphs(segment, held[0][1])
    for count, ranges in held[1 : 1 + _MORE]:
        if len(found) < _FEW or count > _TIMES * len(found):
            break
        found = found.compress(among(found, _paragraphs(segment, ranges)))
    return found


def _places(segment: Segment, cover: Cover) -> tuple[int, Array]:
    """How many places a cover has, and int64 where in `post` they begin and end."""
    pairs = np.array([first << 16 | second for first, second in cover if second is not None], np.uint32)
    singles = np.array([first for first, second in cover if second is None], np.int64)
    at = segment.keys.searchsorted(pairs)
    at = at[segment.keys.take(at, mode="clip") == pairs]
    rows = np.concatenate((np.stack((at, at + 1), 1), segment.rows.take(np.stack((singles, singles + 1), 1))))
    ranges = segment.offs.take(rows)
    return int((ranges[:, 1] - ranges[:, 0]).sum()), ranges


def _paragraphs(segment: Segment, ranges: Array) -> Array:
    positions = segment.post.take(expand(ranges[:, 0], ranges[:, 1])) >> np.uint32(segment.hint_bits)
    return distinct(segment.paragraph_index(positions))
