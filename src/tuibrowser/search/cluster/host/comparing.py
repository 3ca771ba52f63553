"""Comparing: the steps by which a host tells what of its documents stands in several places, and gives its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.cluster.host.passages import Passages
from tuibrowser.search.cluster.host.reuse import addresses
from tuibrowser.search.index.arrays import changes
from tuibrowser.search.reuse.find import others_in
from tuibrowser.search.reuse.grams import NONE, grams
from tuibrowser.search.reuse.stream import SegmentStream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Array = npt.NDArray[Any]

WINDOW: Final = 1 << 24
"""Characters of a segment whose stretches are given together: an answer has 128 MB at most."""

_PART: Final = 1 << 20
_HALF: Final = np.uint64(32)
_BITS: Final = np.uint64(64)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of documents: the addresses at which they begin, their lengths, and their characters in a row.

    `more` says whether there are some in a later window of the segment.
    """

    addresses: Array
    lengths: Array
    ids: Array
    more: bool


class Comparing(Passages):
    """Finds which grams of the documents of a host stand in several places, some of which are on other hosts."""

    _marked: _Marked

    def grams_in(self, minimum: int, bits: int, number: int) -> Array:
        """uint32, ascending: 32 bits of the hash of each gram of a range, of which there are 2 ** `bits`.

        Ranges are asked for one after another, from the first on; `mark` comes between.
        """
        if number == 0:
            streams = [SegmentStream(each, others_in(each, None, self.looked_at)) for each in self.chosen]
            self._marked = _Marked(streams, minimum)
        return self._marked.grams_in(bits, number)

    def mark(self, shared: Array) -> None:
        """Know which of the grams given last other hosts have as well: a bit for each."""
        self._marked.mark(shared)

    def shared_stretches(self, segment: int, window: int) -> Stretches:
        """The stretches of grams that stand in several places.

        They are those of a window of one of the segments that are looked at, by its place; none of one that is not.
        """
        return self._marked.stretches(segment, window)


class _Marked:
    """The characters of some streams, and at which of them a gram begins that stands in several places."""

    def __init__(self, streams: Sequence[SegmentStream], size: int) -> None:
        self._streams = streams
        self._size = size
        self._marks: list[Array] = []
        """By stream a bool for each character."""
        self._keys = np.empty(0, np.uint64)
        self._begins = np.empty(0, bool)

    def grams_in(self, bits: int, number: int) -> Array:
        """Keep the grams of a range of hashes, in order, and return 32 bits of each."""
        self._keys = np.concatenate([np.empty(0, np.uint64), *self._keys_in(bits, number)])
        self._keys.sort()
        self._begins = changes(self._keys >> _HALF)
        return (self._keys.compress(self._begins) >> _HALF).astype(np.uint32)

    def _keys_in(self, bits: int, number: int) -> Iterator[Array]:
        """uint64: by part of a stream, bits of the hashes of a range and below them ranks among all streams."""
        first = 0
        for at, stream in enumerate(self._streams):
            ids = stream.read()
            if len(self._marks) == at:
                self._marks.append(np.zeros(len(ids), bool))
            for low in range(0, len(ids), _PART):
                hashes = grams(ids[low : low + _PART + self._size - 1], self._size)
                held = hashes != NONE
                if bits:
                    held &= hashes >> (_BITS - np.uint64(bits)) == number
                ranks = np.flatnonzero(held)
                values = hashes.take(ranks) << np.uint64(bits) >> _HALF
                yield values << _HALF | (ranks + (first + low)).astype(np.uint64)
            first += len(ids)

    def mark(self, shared: Array) -> None:
        """Mark the grams of the range that stand in several places, here or elsewhere."""
        firsts = np.flatnonzero(self._begins)
        counts = np.diff(np.append(firsts, len(self._keys)))
        several = np.repeat((counts > 1) | np.unpackbits(shared, count=len(firsts)).astype(bool), counts)
        ranks = np.sort(self._keys.compress(several).astype(np.uint32))
        self._keys, self._begins = self._keys[:0], self._begins[:0]
        first = 0
        for marks in self._marks:
            here = slice(*ranks.searchsorted((first, first + len(marks))).tolist())
            marks[ranks[here] - first] = True
            first += len(marks)

    def stretches(self, segment: int, window: int) -> Stretches:
        """The stretches of a window of one of the streams."""
        if segment >= len(self._streams):
            nothing = np.empty(0, np.int64)
            return Stretches(nothing, nothing, np.empty(0, np.uint16), more=False)
        stream, marks = self._streams[segment], self._marks[segment]
        ids, low = stream.read(), window * WINDOW
        covered = self._covered(marks, low)
        edges = np.diff(covered.astype(np.int8), prepend=0, append=0)
        firsts, lasts = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
        whole = ids[low : low + WINDOW].compress(covered)
        return Stretches(
            addresses(stream.segment, ids, firsts + low), lasts - firsts, whole, more=low + WINDOW < len(ids)
        )

    def _covered(self, marks: Array, low: int) -> Array:
        """A bool for each character of a window: whether it is in a marked gram."""
        high = min(low + WINDOW, len(marks))
        start = max(0, low - self._size + 1)
        at = np.flatnonzero(marks[start:high]) + (start - low)
        edges = np.zeros(high - low + 1, np.int8)
        firsts, lasts = np.maximum(at, 0), np.minimum(at + self._size, high - low)
        parted = np.flatnonzero(firsts[1:] > lasts[:-1])
        edges[np.concatenate((firsts[:1], firsts[parted + 1]))] = 1
        edges[np.concatenate((lasts[parted], lasts[-1:]))] -= 1
        return np.cumsum(edges[:-1], dtype=np.int8).astype(bool)
