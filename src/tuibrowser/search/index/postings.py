"""Postings: read where pairs of neighbouring characters stand in a segment, and skip those whose hint excludes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import PART, expand

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Array = npt.NDArray[Any]

HINT_BITS: Final = 6
"""Bits of a posting that are left for the hint, as long as a segment is no longer than the others can say."""

_HINT = np.uint32((1 << HINT_BITS) - 1)

_HINTED = 2048
"""Postings from which on their hints are looked at."""

_FEW, _LONG = 64, 128
"""Ranges of postings up to which, and the length of one from which on copying it is faster than gathering."""


class Postings:
    """Ranges of a segment's postings `post`, whose lowest `hint_bits` bits are the hint."""

    def __init__(self, post: Array, hint_bits: int, low: Array, high: Array) -> None:
        self._post, self._hint_bits = post, hint_bits
        kept = high > low
        self._low: Array = low[kept].astype(np.int64)
        self._high: Array = high[kept].astype(np.int64)
        self._length = int((self._high - self._low).sum())

    def __len__(self) -> int:
        return self._length

    def positions(self, then: Array | None = None) -> Array:
        """uint32: ascending within each range only.

        `then` says of every sound group whether the next significant character after the two of a pair may be of it:
        postings whose hint is another one are left out, where they are many.
        """
        bits = self._hint_bits
        if then is None or not bits or self._length < _HINTED:
            return self._gathered(self._low, self._high) >> np.uint32(bits)

        def hinted(low: Array, high: Array) -> Array:
            found = self._gathered(low, high)
            return found.compress(then.take(found & _HINT)) >> np.uint32(bits)

        parts = [hinted(*part) for part in self._parts()]
        return np.concatenate(parts) if parts else np.empty(0, np.uint32)

    def _parts(self) -> Iterator[tuple[Array, Array]]:
        """The ranges, so many at a time that their postings stay in the processor's cache."""
        ends = np.cumsum(self._high - self._low)
        at = 0
        while at < len(ends):
            before = int(ends[at - 1]) if at else 0
            stop = max(at + 1, int(ends.searchsorted(before + PART, "right")))
            yield self._low[at:stop], self._high[at:stop]
            at = stop

    def _gathered(self, low: Array, high: Array) -> Array:
        post = self._post
        if len(low) == 1:
            return post[low[0] : high[0]]
        copied: Array = np.full(len(low), True) if len(low) < _FEW else high - low >= _LONG
        bounds = zip(low.compress(copied).tolist(), high.compress(copied).tolist(), strict=True)
        pieces = [post[start:end] for start, end in bounds]
        if len(pieces) < len(low):
            pieces.append(post[expand(low.compress(~copied), high.compress(~copied))])
        return np.concatenate(pieces) if pieces else np.empty(0, np.uint32)
