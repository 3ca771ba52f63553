"""Passages: the steps by which a host looks for the parallels of a text, and what it tells of those it has found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.parallels.answer import raw_places, row_of, words_of
from tuibrowser.search.parallels.find import BANDS_BOUND, Finder, heaviest
from tuibrowser.search.parallels.found import parallels_found
from tuibrowser.search.parallels.passage import passage_of
from tuibrowser.search.parallels.seeds import Pairs, counts_of, inside
from tuibrowser.search.planning.holder import Holder, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.parallels.find import Loose, Place
    from tuibrowser.search.parallels.model import Parallel
    from tuibrowser.search.parallels.passage import Passage
    from tuibrowser.search.planning.held import Shares

    Array = npt.NDArray[Any]

_DIGEST = 16
"""Bytes that tell a text from others."""


@dataclass(frozen=True, slots=True)
class Told:
    """A parallel as a host tells of it: where it stands in the raw text, its score, and a digest of its words."""

    document: int
    start: int
    end: int
    score: int
    words: bytes


class Passages(Holder):
    """Looks for the parallels of one text in the segments of a host, step by step."""

    _passage: Passage
    _pairs: Pairs
    _finder: Finder
    _loose: Sequence[Loose]
    _places: Sequence[Place]

    def pair_counts(self, text: str) -> tuple[Array, int]:
        """How often each pair of a passage occurs in all segments, and how many places of pairs these have."""
        passage = passage_of(text)
        none = np.zeros(len(passage.keys), np.int64)
        return sum((counts_of(passage, segment) for segment in self.segments), none), sum(
            len(segment.post) for segment in self.segments
        )

    def begin(self, text: str, pairs: Pairs) -> Shares:
        """Begin to look for the pairs of a passage; return at how many places of each segment all of it stands."""
        self._passage, self._pairs = passage_of(text), pairs
        self._finder = Finder(self._passage, self.chosen, partial(inside, self.looked_at))
        names = map(name_of, self.chosen)
        return dict(zip(names, self._finder.counts(), strict=True))

    def bands(self, shares: Shares) -> tuple[Array, Array]:
        """Add so many places of each segment; return the weights and the documents' numbers of the heaviest bands."""
        counts = [shares[name_of(segment)] for segment in self.chosen]
        self._finder.add_whole(counts, sum(counts))
        weights, numbers = self._finder.look(self._pairs)
        kept = heaviest(weights, self._pairs)[: BANDS_BOUND.limit + 1]
        return weights.take(kept), numbers.take(kept)

    def stretches(self, count: int) -> list[tuple[bytes, bytes]]:
        """What tells the text, and the folded text, of the stretch of each of the first bands from others."""
        self._held = self._finder.stretches(np.arange(count))
        return [(_digest(text), _digest(ids)) for text, ids in self._finder.texts_of(self._held)]

    def align(self, chosen: Sequence[int]) -> list[tuple[float, int, int]]:
        """Add the blocks of some of these; return the stretches that may hold the passage in another order."""
        self._finder.add_all([self._held[at] for at in chosen])
        self._loose = sorted(self._finder.loose(self._pairs))
        return [(weight, number, first) for weight, number, first, *_ in self._loose]

    def tile(self, count: int) -> int:
        """Add the blocks of the first of these; return the number of all parallels."""
        self._finder.tile(self._loose[:count])
        self._places = self._finder.places()
        return len(self._places)

    def keep_parallels(self) -> None:
        """Keep the parallels as matches."""
        for segment, each in parallels_found(self._passage, self._places, self.chosen):
            self.add(segment, each)

    def told(self) -> list[Told]:
        """The parallels."""
        raw = raw_places(self._places, self.chosen)
        return [
            Told(*place, each.joined.score, _digest(repr(words_of(each, self.chosen)).encode()))
            for each, place in zip(self._places, raw, strict=True)
        ]

    def parallel(self, at: int) -> Parallel:
        """One of the parallels in full."""
        place = self._places[at]
        return row_of(self._passage, place, self.chosen, raw_places([place], self.chosen)[0])


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()
