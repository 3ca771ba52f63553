"""Bands: seeds on nearly the same diagonal, which stand in a text as far from one another as in the passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import ascending, changes

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.parallels.seeds import Seeds

    Array = npt.NDArray[Any]

WIDTH: Final = 12
"""Diagonals of a band: how far missing and added characters may move a passage."""
_HALF: Final = 1 << 32


@dataclass(frozen=True)
class Bands:
    """The bands of a segment that weigh more than those they overlap, in the order of the text.

    `weights` are in bits. The seeds of a band are `order[starts[i]:ends[i]]`.
    """

    seeds: Seeds
    weights: Array
    order: Array
    starts: Array
    ends: Array

    def __len__(self) -> int:
        return len(self.weights)

    @property
    def documents(self) -> Array:
        """The document of each band, by its place in the segment."""
        return self.seeds.documents.take(self.order.take(self.starts))


def bands_of(seeds: Seeds, length: int) -> Bands:
    """The bands of seeds of a passage of so many significant characters; no band is in two documents."""
    diagonals = seeds.ranks + _zeros(seeds.lengths, length).take(seeds.documents) - seeds.places
    few = not len(diagonals) or int(diagonals.max()) < _HALF
    order = ascending(diagonals) if few else np.argsort(diagonals, kind="stable")
    diagonals = diagonals.take(order)
    reached = np.concatenate((np.zeros(1), np.cumsum(seeds.weights.take(order), dtype=np.float64)))
    ends = diagonals.searchsorted(diagonals + WIDTH, "right")
    weights = reached.take(ends) - reached[:-1]
    starts = _heaviest(diagonals, weights)
    return Bands(seeds, weights.take(starts), order, starts, ends.take(starts))


def _zeros(lengths: Array, length: int) -> Array:
    """int64: the diagonal of each document on which the passage begins with it, a whole number of bands from the first.

    Diagonals of two documents are further apart than a band is wide, and none is below 0.
    """
    before = -(-length // WIDTH)
    bands = -(-lengths.astype(np.int64) // WIDTH) + before + 1
    return (np.cumsum(bands) - bands + before) * WIDTH


def _heaviest(diagonals: Array, weights: Array) -> Array:
    """int64: the bands, by their first seed, that no overlapping one outweighs."""
    if not len(diagonals):
        return np.empty(0, np.int64)
    blocks = diagonals // WIDTH
    first = np.flatnonzero(changes(blocks))
    most = np.repeat(np.maximum.reduceat(weights, first), np.diff(np.append(first, len(weights))))
    best = np.flatnonzero(weights == most)
    best = best[changes(blocks.take(best))]
    here, weight = diagonals.take(best), weights.take(best)
    near = np.diff(here) <= WIDTH
    beaten = np.zeros(len(best), bool)
    beaten[:-1] |= near & (weight[:-1] < weight[1:])
    beaten[1:] |= near & (weight[1:] <= weight[:-1])
    return best[~beaten]
