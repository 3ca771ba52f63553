"""Bitmap: a bit for each position, and how many are set before each word of bits: 1.5 bits a position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import in_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    Array = npt.NDArray[Any]

WORD: Final = 64
"""Bits of a word. All parts but the last are as long as so many words."""


class Bitmap:
    """Made of bools part by part; the rank of a position is how many positions before it are set."""

    def __init__(self, parts: Iterable[Array]) -> None:
        packed = [np.packbits(part, bitorder="little") for part in parts]
        joined = np.concatenate([np.zeros(0, np.uint8), *packed])
        self._bits = np.pad(joined, (0, -len(joined) % 8)).view(np.uint64)
        counts = np.bitwise_count(self._bits)
        self._before = np.cumsum(counts, dtype=np.uint32) - counts

    def ranks(self, positions: Array) -> Array:
        """uint32: how many positions are set before each of some positions."""
        words = positions // np.uint32(WORD)
        below = (np.uint64(1) << (positions % np.uint32(WORD)).astype(np.uint64)) - np.uint64(1)
        ranks: Array = self._before.take(words) + np.bitwise_count(self._bits.take(words) & below)
        return ranks

    def positions(self, ranks: Array) -> Array:
        """int64: the set positions of some ranks."""
        return in_parts(self._positions, ranks)[0]

    def _positions(self, ranks: Array) -> tuple[Array]:
        words = self._before.searchsorted(ranks.astype(np.uint32), "right") - 1
        bits = np.unpackbits(self._bits.take(words).view(np.uint8), bitorder="little").reshape(-1, WORD)
        reached = bits.cumsum(axis=1, dtype=np.uint8)
        wanted = (ranks - self._before.take(words) + 1).astype(np.uint8)
        return (words * WORD + (reached == wanted[:, None]).argmax(axis=1),)
