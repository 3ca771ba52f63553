"""Stretches: parts of a segment in which alone matches are looked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import expand

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

_BITS: Final = 6
"""Positions of a block share all but so many bits."""


class Stretches:
    """Whole paragraphs by their int64 starts and ends, sorted and disjoint, of a segment that is so long."""

    def __init__(self, length: int, starts: Array, ends: Array) -> None:
        self._length, self._starts, self._ends = length, starts, ends

    def __len__(self) -> int:
        """How many positions there are in all."""
        return int((self._ends - self._starts).sum())

    def positions(self) -> Array:
        """int64, ascending: all of them."""
        return expand(self._starts, self._ends)

    def hold(self, positions: Array) -> Array:
        """A bool for each of some positions: whether it is one of them."""
        held = np.zeros(len(positions), bool)
        if len(self._starts):
            near = self._blocks.take(positions >> positions.dtype.type(_BITS)).nonzero()[0]
            found = positions.take(near).astype(np.int64)
            at = np.maximum(self._starts.searchsorted(found, "right") - 1, 0)
            held[near] = (found >= self._starts.take(at)) & (found < self._ends.take(at))
        return held

    @cached_property
    def _blocks(self) -> Array:
        """Whether a block holds any: a table that stays in the processor's cache."""
        blocks = np.zeros((self._length >> _BITS) + 1, bool)
        blocks[expand(self._starts >> _BITS, (self._ends - 1 >> _BITS) + 1)] = True
        return blocks
