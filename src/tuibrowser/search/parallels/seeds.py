"""Seeds: the places of the rarest pairs of a passage in a segment, from which parallels are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.parallels.ranks import ranks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.parallels.passage import Passage

    Array = npt.NDArray[Any]

_SEEDS: Final = 400_000
"""Places of pairs that are looked at in each `_SIZE` postings of a corpus; this bounds the time."""
_SIZE: Final = 30_000_000
_STEPS: Final = 256
"""Steps in a bit of a weight: sums of such weights are exact, in whatever order."""
_FEWEST: Final = 4
"""Pairs that are looked at however common they are."""


@dataclass(frozen=True)
class Pairs:
    """The pairs of a passage that are looked for, rarest first: their places in it, and what each weighs, in bits.

    They are chosen by what the whole corpus has, so that they do not hang on how it is cut into segments.
    """

    places: Array
    weights: Array
    is_whole: bool
    """Whether no pair that the corpus has was left out."""
    most: int
    """Places of pairs up to which they are looked at."""


@dataclass(frozen=True)
class Seeds:
    """Places of pairs in a segment: positions, documents, ranks in these, the pair's place in the passage, its weight.

    A document goes by its place in the segment; `lengths` are the significant characters of each.
    """

    positions: Array
    documents: Array
    ranks: Array
    places: Array
    weights: Array
    lengths: Array

    def __len__(self) -> int:
        return len(self.positions)


def pairs_of(passage: Passage, segments: Sequence[Segment]) -> Pairs:
    """The pairs of a passage that are looked for in some segments."""
    counts = sum((counts_of(passage, segment) for segment in segments), np.zeros(len(passage.keys), np.int64))
    return pairs_by(counts, sum(len(segment.post) for segment in segments))


def pairs_by(counts: Array, size: int) -> Pairs:
    """The same, by how often each pair occurs, and how many places of pairs there are."""
    held = np.flatnonzero(counts)
    held = held[np.argsort(counts[held], kind="stable")]
    most = int(_SEEDS * max(1.0, size / _SIZE))
    kept = np.cumsum(counts[held]) <= most
    kept[:_FEWEST] = True
    places = held[kept]
    weights = np.round(np.log2(size / counts[places]) * _STEPS) / _STEPS
    return Pairs(places, weights.astype(np.float32), bool(kept.all()), most)


def seeds_of(passage: Passage, pairs: Pairs, segment: Segment, inside: Callable[[Array], Array] | None) -> Seeds:
    """The places of pairs in a segment; `inside` tells of positions whether they are looked at."""
    low, high = _bounds(passage.keys[pairs.places], segment)
    counts = high - low
    post = [segment.post[start:end] for start, end in zip(low.tolist(), high.tolist(), strict=True)]
    positions = np.concatenate([np.empty(0, np.uint32), *post]) >> np.uint32(segment.hint_bits)
    places = np.repeat(pairs.places.astype(np.uint32), counts)
    weights = np.repeat(pairs.weights, counts)
    if inside is not None:
        kept = inside(positions)
        positions, places, weights = (column.compress(kept) for column in (positions, places, weights))
    documents, ranks = segment.document_index(positions), ranks_of(segment)
    return Seeds(positions, documents, ranks.of(positions, documents), places, weights, ranks.lengths)


def inside(documents: Array | None, segment: Segment) -> Callable[[Array], Array] | None:
    """What tells of positions of a segment whether they are looked at; None where all are.

    `documents` has a bool for each document of the corpus, or is None for all. Furniture and apparatus are left out.
    """
    starts, ends = segment.aside
    kept = None if documents is None else documents.take(segment.numbers)
    if (kept is None or kept.all()) and not len(starts):
        return None

    def are_inside(positions: Array) -> Array:
        held = np.ones(len(positions), bool) if kept is None else kept.take(segment.document_index(positions))
        if len(starts):
            at = np.searchsorted(ends, positions, "right")
            held &= (at == len(ends)) | (starts.take(at, mode="clip") > positions)
        return held

    return are_inside


def counts_of(passage: Passage, segment: Segment) -> Array:
    """int64: how often each pair of a passage occurs in a segment."""
    low, high = _bounds(passage.keys, segment)
    return np.asarray(high - low)


def _bounds(keys: Array, segment: Segment) -> tuple[Array, Array]:
    """int64: where in `post` the places of each key begin and end."""
    if not len(segment.keys):
        return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    at = np.minimum(segment.keys.searchsorted(keys), len(segment.keys) - 1)
    low, high = segment.offs.take(at), segment.offs.take(at + 1)
    return low, np.where(segment.keys.take(at) == keys, high, low)
