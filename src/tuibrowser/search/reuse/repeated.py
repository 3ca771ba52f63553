"""Repeated: the grams of a stream that stand in several places, found range by range of their hashes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import changes
from tuibrowser.search.reuse.grams import NONE, grams

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Array = npt.NDArray[Any]

_MOST: Final = 16_000_000
"""Grams that are sorted together, 8 bytes each: this bounds the memory."""
_PART: Final = 1 << 20
_BITS: Final = 64


@dataclass(frozen=True)
class Repeated:
    """Grams of a range of hashes: the ranks at which they stand, ascending in each, and where each of them begins.

    Hashes are cut: few of them stand for two different grams.
    """

    ranks: Array
    firsts: Array

    @property
    def counts(self) -> Array:
        """int64: in how many places each of them stands."""
        return np.diff(np.append(self.firsts, len(self.ranks)))


def repeated(ids: Array, size: int) -> Iterator[Repeated]:
    """The grams of `size` characters that stand in several places, range by range of their hashes."""
    range_bits = max(0, (len(ids) - 1) // _MOST).bit_length()
    rank_bits = np.uint64(max(1, len(ids)).bit_length())
    for number in range(1 << range_bits):
        keys = np.concatenate([_keys(ids, size, at, number, range_bits, rank_bits) for at in range(0, len(ids), _PART)])
        keys.sort()
        begins = changes(keys >> rank_bits)
        again = ~begins
        # Those that stand in one place are neither begun before nor again.
        several = again | np.append(again[1:], False)
        ranks = (keys.compress(several) & ((np.uint64(1) << rank_bits) - np.uint64(1))).astype(np.uint32)
        yield Repeated(ranks, np.flatnonzero(begins.compress(several)))


def range_count(length: int) -> int:
    """How many ranges the hashes of a stream of so many characters are divided into."""
    return 1 << max(0, (length - 1) // _MOST).bit_length()


def _keys(ids: Array, size: int, at: int, number: int, range_bits: int, rank_bits: np.uint64) -> Array:
    """uint64: the hashes of one range in a part of a stream, with the rank in the lower bits."""
    hashes = grams(ids[at : at + _PART + size - 1], size)
    if range_bits:
        held = np.flatnonzero((hashes >> np.uint64(_BITS - range_bits) == number) & (hashes != NONE))
        hashes = hashes.take(held) << np.uint64(range_bits)
    else:
        held = np.flatnonzero(hashes != NONE)
        hashes = hashes.take(held)
    return (hashes >> rank_bits << rank_bits) | (held + at).astype(np.uint64)
