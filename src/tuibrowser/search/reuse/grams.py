"""Grams: a hash of each so many characters in a row of a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import expand
from tuibrowser.search.reuse.stream import END

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

NONE: Final = 0
"""The hash where a document ends within the characters."""

_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_HALF: Final = np.uint64(32)
_LESS: Final = np.uint64(29)
_PART: Final = 1 << 16
"""Hashes worked on at a time, so that intermediate arrays stay in the processor's cache."""


def grams(ids: Array, size: int, step: int = 1) -> Array:
    """uint64: the hash of the `size` characters from each rank on that is a multiple of `step`; NONE across an end."""
    count = max(0, len(ids) - size) // step + 1 if len(ids) >= size else 0
    hashes = np.empty(count, np.uint64)
    for first in range(0, count, _PART):
        last = min(first + _PART, count)
        _hash(ids[first * step : (last - 1) * step + size], size, step, hashes[first:last])
    ends = np.flatnonzero(ids == END)
    across = expand(-(np.maximum(ends - size + 1, 0) // -step), np.minimum(ends // step + 1, count))
    hashes[across] = NONE
    return hashes


def _hash(ids: Array, size: int, step: int, hashes: Array) -> None:
    """Write the hashes of some ids; the lowest bit is set."""
    wide = ids.astype(np.uint64)
    span = (len(hashes) - 1) * step + 1
    hashes[:] = wide[:span:step]
    for at in range(1, size):
        hashes *= _FACTOR
        hashes += wide[at : at + span : step]
    hashes ^= hashes >> _HALF
    hashes *= _FACTOR
    hashes ^= hashes >> _LESS
    hashes |= np.uint64(1)
