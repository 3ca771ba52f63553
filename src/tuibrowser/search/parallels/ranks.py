"""Ranks: how many significant characters of its document stand before a position, so that punctuation moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_WORD: Final = 64
"""Bits of a word of the bitmap."""
_PART: Final = 1 << 22
"""Positions looked at together, a multiple of the bits of a word."""


class Ranks:
    """A bit for each position of a segment, set where it is significant, and how many are before each word of bits.

    It takes 1.5 bits a position.
    """

    def __init__(self, segment: Segment) -> None:
        significant = ~segment.gap
        significant[0] = False
        parts = (segment.codes[at : at + _PART] for at in range(0, len(segment), _PART))
        packed = np.concatenate([np.packbits(significant.take(part), bitorder="little") for part in parts])
        self._bits = np.pad(packed, (0, -len(packed) % 8)).view(np.uint64)
        counts = np.bitwise_count(self._bits)
        self._before = np.cumsum(counts, dtype=np.uint32) - counts
        self._firsts = self._of(segment.docs - np.uint32(1))

    @property
    def lengths(self) -> Array:
        """uint32: how many significant characters each document has."""
        return np.diff(self._firsts)

    def of(self, positions: Array, documents: Array) -> Array:
        """uint32: the ranks of some positions in documents of the segment, given by their places in it."""
        ranks: Array = self._of(positions) - self._firsts.take(documents)
        return ranks

    def _of(self, positions: Array) -> Array:
        """uint32: how many significant characters of the segment stand before each of some positions."""
        words = positions // np.uint32(_WORD)
        below = (np.uint64(1) << (positions % np.uint32(_WORD)).astype(np.uint64)) - np.uint64(1)
        ranks: Array = self._before.take(words) + np.bitwise_count(self._bits.take(words) & below)
        return ranks


def ranks_of(segment: Segment) -> Ranks:
    """The ranks of a segment, made once."""
    if (known := segment.at_hand.get("ranks")) is None:
        known = segment.at_hand["ranks"] = Ranks(segment)
    ranks: Ranks = known
    return ranks
