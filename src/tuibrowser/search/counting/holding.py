"""Holding: the windows around matches, and which matches have a unit in theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.counting.places import NOWHERE, Places
from tuibrowser.search.counting.units import keys_at

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Windows:
    """How the windows around matches are cut: units on either side, characters of a unit, layers of the text."""

    left: int
    right: int
    size: int
    layers: frozenset[Layer]


def holding(segment: Segment, starts: Array, ends: Array, windows: Windows, key: int) -> Array:
    """A bool for each match, by ascending starts: whether its window has a unit of that key that overlaps no match."""
    places = Places(segment, windows.layers)
    held = np.zeros(len(starts), bool)
    for positions, step, count in ((starts, -1, windows.left), (ends - 1, 1, windows.right)):
        for columns in _units(places, positions, step, count, windows.size):
            same = keys_at(segment, columns) == np.uint64(key)
            same &= np.all([column != NOWHERE for column in columns], axis=0)
            rows = np.flatnonzero(same)
            beside = ~np.any([within(starts, ends, column.take(rows)) for column in columns], axis=0)
            held[rows.compress(beside)] = True
    return held


def _units(places: Places, positions: Array, step: int, count: int, size: int) -> list[list[Array]]:
    """The units on one side of each match, the nearest first: the positions of their characters in reading order."""
    columns = []
    for _ in range(count + size - 1 if count else 0):
        positions = places.next(positions, step)
        columns.append(positions)
    return [columns[at : at + size][::step] for at in range(count)]


def within(starts: Array, ends: Array, positions: Array) -> Array:
    """Whether positions are in matches, of which the starts ascend."""
    reach = np.maximum.accumulate(ends)
    at = np.searchsorted(starts, positions, "right") - 1
    return np.asarray((at >= 0) & (positions < reach.take(np.maximum(at, 0))))
