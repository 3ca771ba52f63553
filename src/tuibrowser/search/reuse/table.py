"""Table: the grams of a text, to find those of other texts among."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import changes, expand
from tuibrowser.search.reuse.grams import NONE, grams

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Array = npt.NDArray[Any]

_FEWEST_BITS: Final = 16
_MOST_BITS: Final = 27
"""Bits of the hashes by which most grams of other texts are told to be none of these."""
_SPARE_BITS: Final = 5
_PART: Final = 1 << 20
"""Characters of another text that are looked at together."""


class Table:
    """The grams of so many characters of a stream."""

    def __init__(self, ids: Array, size: int) -> None:
        hashes = grams(ids, size)
        self._size = size
        order = np.argsort(hashes, kind="stable")
        hashes = hashes.take(order)
        first = int(hashes.searchsorted(NONE, "right"))
        self._ranks, hashes = order[first:], hashes[first:]
        firsts = np.flatnonzero(changes(hashes))
        self._hashes = hashes.take(firsts)
        self._bounds = np.append(firsts, len(hashes))
        bits = min(max(len(firsts).bit_length() + _SPARE_BITS, _FEWEST_BITS), _MOST_BITS)
        self._shift = np.uint64(64 - bits)
        self._may_be = np.zeros(1 << bits, bool)
        self._may_be[self._hashes >> self._shift] = True

    def __len__(self) -> int:
        return len(self._hashes)

    def find(self, others: Array, step: int, cancelled: Callable[[], bool]) -> tuple[Array, Array]:
        """int64: which grams stand in another stream at ranks that are multiples of `step`, and these ranks.

        Fewer where it was cancelled.
        """
        if not len(self):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        found: list[tuple[Array, Array]] = []
        part = _PART - _PART % step
        for at in range(0, len(others), part):
            if cancelled():
                break
            hashes = grams(others[at : at + part - step + self._size], self._size, step)
            held = np.flatnonzero(self._may_be.take(hashes >> self._shift))
            wanted = hashes.take(held)
            places = self._hashes.searchsorted(wanted)
            equal = self._hashes.take(places, mode="clip") == wanted
            found.append((places.compress(equal), held.compress(equal) * step + at))
        nothing = np.zeros(0, np.int64)
        which = np.concatenate([nothing, *(each for each, _ in found)])
        return which, np.concatenate([nothing, *(each for _, each in found)])

    def counts(self, which: Array) -> Array:
        """int64: in how many places of the text some grams stand."""
        counts: Array = self._bounds.take(which + 1) - self._bounds.take(which)
        return counts

    def seeds(self, which: Array, ranks: Array) -> tuple[Array, Array]:
        """int64: each place of some grams in the text with the rank at which the gram stands in the other."""
        own = self._ranks.take(expand(self._bounds.take(which), self._bounds.take(which + 1)))
        return own, np.repeat(ranks, self.counts(which))
