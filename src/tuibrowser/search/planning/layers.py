"""Layers: keep the matches that stand in the layers of the text that a query asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.model import LAYERS, Layer
from tuibrowser.search.index.arrays import distinct, expand
from tuibrowser.search.query import LAYERS_ASIDE, READ_LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found

    Array = npt.NDArray[Any]


class ChosenLayers:
    """The layers in which a match may begin; a match does not end in furniture or an apparatus either."""

    def __init__(self, layers: frozenset[Layer]) -> None:
        self.are_read = layers == READ_LAYERS
        """Whether these are the layers that are searched unless a query says otherwise."""
        self._chosen = np.array([layer in layers for layer in LAYERS])
        self._are_aside = not layers.isdisjoint(LAYERS_ASIDE)

    def only(self, segment: Segment, found: Found) -> Found:
        """Those matches that stand in one of them."""
        if not len(found):
            return found
        if not self.are_read:
            found = found.only(self._chosen.take(segment.layers_at(found.starts)))
        return found if self._are_aside else _outside(found, *segment.aside)

    def are_in(self, segments: Iterable[Segment]) -> bool:
        """Whether a match could begin in one of them, as far as the documents tell their layers apart."""
        if self._chosen[LAYERS.index(Layer.TEXT)]:
            return True
        return any(self._chosen.take(segment.layers[:, 2]).any() for segment in segments)


def _outside(found: Found, starts: Array, ends: Array) -> Found:
    """Those matches that neither begin nor end in some stretches, which are sorted and disjoint."""
    if not len(starts) or not len(found):
        return found
    if _FEW * len(starts) < len(found):
        # Matches ascend by their starts: those that may end in a stretch begin shortly before it.
        longest = int((found.ends - found.starts).max())
        near = distinct(expand(found.starts.searchsorted(starts - longest), found.starts.searchsorted(ends)))
    else:
        near = np.arange(len(found))
    begins, stops = found.starts.take(near), found.ends.take(near) - 1
    out = near.compress(_inside(begins, starts, ends) | _inside(stops, starts, ends))
    if not len(out):
        return found
    kept = np.ones(len(found), bool)
    kept[out] = False
    return found.only(kept)


def _inside(positions: Array, starts: Array, ends: Array) -> Array:
    """A bool for each position: whether it stands in one of some stretches."""
    at = ends.searchsorted(positions, "right")
    begins: Array = starts.take(at, mode="clip") <= positions
    return begins & (at < len(ends))


_FEW: Final = 8
"""Matches for each stretch from which on it is quicker to look up the stretches."""
