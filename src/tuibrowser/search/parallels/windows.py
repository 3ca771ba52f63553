"""Windows: the stretches of a segment in which the passage of a band can stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import expand
from tuibrowser.search.index.segment import LONGEST_GAP

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.parallels.bands import Bands

    Array = npt.NDArray[Any]

MARGIN: Final = 12
"""Positions beyond where the passage is expected to begin or end."""
_STRETCH: Final = 1.3
"""Positions for each significant character, with punctuation and what was added."""
_PAIR: Final = 2


@dataclass(frozen=True)
class Windows:
    """Stretches, each within a document, given by its place in the segment."""

    documents: Array
    lows: Array
    highs: Array


def windows_of(segment: Segment, bands: Bands, chosen: Array, length: int) -> Windows:
    """The window of each of some bands of a passage of so many significant characters."""
    members = bands.order.take(expand(bands.starts.take(chosen), bands.ends.take(chosen)))
    begins = np.append(0, np.cumsum(bands.ends.take(chosen) - bands.starts.take(chosen)))[:-1]
    positions = bands.seeds.positions.take(members).astype(np.int64)
    places = bands.seeds.places.take(members).astype(np.int64)
    first, last = np.minimum.reduceat(positions, begins), np.maximum.reduceat(positions, begins)
    before = np.minimum.reduceat(places, begins)
    after = length - _PAIR - np.maximum.reduceat(places, begins)
    documents = bands.documents.take(chosen)
    lows = np.where(before > 0, first - (before * _STRETCH).astype(np.int64) - MARGIN, first)
    highs = np.where(after > 0, last + (after * _STRETCH).astype(np.int64) + 2 * MARGIN, _after_next(segment, last))
    bounds = segment.docs.astype(np.int64)
    lows = np.maximum(lows, bounds.take(documents))
    highs = np.minimum(highs, bounds.take(documents + 1) - 1)
    return Windows(documents, lows, highs)


def _after_next(segment: Segment, positions: Array) -> Array:
    """The position after the next significant character from each of some positions on."""
    steps = np.arange(1, LONGEST_GAP + 2)
    codes = segment.codes.take(positions[:, None] + steps, mode="clip")
    return np.asarray(positions + steps.take(np.argmax(~segment.gap.take(codes), axis=1)) + 1)
