"""Ranks: how many significant characters of its document stand before a position, so that punctuation moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.bitmap import Bitmap

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_PART: Final = 1 << 22
"""Positions looked at together."""


class Ranks:
    """A bit for each position of a segment, set where it is significant."""

    def __init__(self, segment: Segment) -> None:
        significant = ~segment.gap
        significant[0] = False
        self._bits = Bitmap(significant.take(segment.codes[at : at + _PART]) for at in range(0, len(segment), _PART))
        self._firsts = self._bits.ranks(segment.docs - np.uint32(1))

    @property
    def lengths(self) -> Array:
        """uint32: how many significant characters each document has."""
        return np.diff(self._firsts)

    def of(self, positions: Array, documents: Array) -> Array:
        """uint32: the ranks of some positions in documents of the segment, given by their places in it."""
        ranks: Array = self._bits.ranks(positions) - self._firsts.take(documents)
        return ranks


def ranks_of(segment: Segment) -> Ranks:
    """The ranks of a segment, made once."""
    if (known := segment.at_hand.get("ranks")) is None:
        known = segment.at_hand["ranks"] = Ranks(segment)
    ranks: Ranks = known
    return ranks
