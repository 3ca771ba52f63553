"""Layers: keep the matches that begin in the layers of the text that a query asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tuibrowser.corpus.model import LAYERS, Layer
from tuibrowser.search.query import ALL_LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found


class ChosenLayers:
    """The layers in which a match may begin."""

    def __init__(self, layers: frozenset[Layer]) -> None:
        self.are_all = layers == ALL_LAYERS
        self._chosen = np.array([layer in layers for layer in LAYERS])

    def only(self, segment: Segment, found: Found) -> Found:
        """Those matches that begin in one of them."""
        if self.are_all or not len(found):
            return found
        return found.only(self._chosen.take(segment.layers_at(found.starts)))

    def are_in(self, segments: Iterable[Segment]) -> bool:
        """Whether a match could begin in one of them, as far as the documents tell their layers apart."""
        if self._chosen[LAYERS.index(Layer.TEXT)]:
            return True
        return any(self._chosen.take(segment.layers[:, 2]).any() for segment in segments)
