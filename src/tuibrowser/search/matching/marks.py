"""Marks: tell roughly, but fast, beside which positions of a segment some others stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

_SPARSE: Final = 16
"""Blocks for each position, about: so few of them are marked that hardly any is in vain."""

_NARROWEST, _WIDEST = 3, 12
"""Bits by which the positions of a block differ."""


class Marks:
    """The blocks of a segment that hold some positions.

    A table of them stays in the processor's cache, as the text does not, where each look waits for the memory.
    """

    def __init__(self, length: int, positions: Array) -> None:
        wide = length // (_SPARSE * max(1, len(positions)))
        self._bits = min(max(wide.bit_length() - 1, _NARROWEST), _WIDEST)
        self._marked = np.zeros((length >> self._bits) + 1, bool)
        self._marked[positions >> positions.dtype.type(self._bits)] = True

    def are_near(self, positions: Array, first: int, last: int) -> Array:
        """Whether one may stand from `first` to `last` after each int64 position; of few that is said in vain.

        The two are no farther apart than positions of the narrowest block, eight: so none is passed over.
        """
        low, high = positions + first, positions + last
        low >>= self._bits
        high >>= self._bits
        near: Array = self._marked.take(low, mode="clip")
        near |= self._marked.take(high, mode="clip")
        return near
