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
_ZERO: Final = 1 << 13
"""Added to diagonals, so that none is below 0; more than the characters of a passage."""


@dataclass(frozen=True)
class Bands:
    """The bands of a segment that weigh more than those they overlap.

    `weights` are in bits. The seeds of a band are `order[starts[i]:ends[i]]`.
    """

    seeds: Seeds
    weights: Array
    order: Array
    starts: Array
    ends: Array

    def __len__(self) -> int:
        return len(self.weights)

    def members(self, band: int) -> Array:
        """int64: the seeds of a band."""
        return self.order[int(self.starts[band]) : int(self.ends[band])]


def bands_of(seeds: Seeds) -> Bands:
    """The bands of seeds."""
    diagonals = seeds.ranks + np.uint32(_ZERO) - seeds.places
    order = ascending(diagonals)
    diagonals = diagonals.take(order)
    reached = np.concatenate((np.zeros(1), np.cumsum(seeds.weights.take(order), dtype=np.float64)))
    ends = diagonals.searchsorted(diagonals + np.uint32(WIDTH), "right")
    weights = reached.take(ends) - reached[:-1]
    starts = _heaviest(diagonals, weights)
    return Bands(seeds, weights.take(starts), order, starts, ends.take(starts))


def _heaviest(diagonals: Array, weights: Array) -> Array:
    """int64: the bands, by their first seed, that no overlapping one outweighs."""
    if not len(diagonals):
        return np.empty(0, np.int64)
    blocks = diagonals // np.uint32(WIDTH)
    first = np.flatnonzero(changes(blocks))
    most = np.repeat(np.maximum.reduceat(weights, first), np.diff(np.append(first, len(weights))))
    best = np.flatnonzero(weights == most)
    best = best[changes(blocks.take(best))]
    here, weight = diagonals.take(best).astype(np.int64), weights.take(best)
    near = np.diff(here) <= WIDTH
    beaten = np.zeros(len(best), bool)
    beaten[:-1] |= near & (weight[:-1] < weight[1:])
    beaten[1:] |= near & (weight[1:] <= weight[:-1])
    return best[~beaten]
