"""Neighbours: which characters stand in the windows around matches, each place counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import distinct
from tuibrowser.search.index.segment import PARAGRAPH
from tuibrowser.search.searcher import Neighbour

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_BLOCK: Final = 1 << 16
"""Matches whose windows are looked at together, and those more that stand in the same paragraphs."""

_BREAK: Final = 0
"""The code before the first document and after each."""


class Tally:
    """Counts of characters in several segments, whose codes may stand for other characters."""

    def __init__(self) -> None:
        self._counts: dict[int, list[int]] = {}

    def add(self, side: int, points: Array, counts: Array) -> None:
        """Count code points, each once: 0 together, 1 left, 2 right."""
        for point, count in zip(points.tolist(), counts.tolist(), strict=True):
            self._counts.setdefault(point, [0, 0, 0])[side] += count

    def neighbours(self) -> dict[str, Neighbour]:
        """The characters counted, the commonest first."""
        rows = sorted(self._counts.items(), key=lambda row: (-row[1][0], row[0]))
        return {chr(point): Neighbour(*counts) for point, counts in rows}


def count_beside(segment: Segment, starts: Array, ends: Array, window: tuple[int, int], tally: Tally) -> None:
    """Count the significant characters in the windows of matches, whose starts ascend."""
    for block in _blocks(segment, starts, ends):
        lefts, rights = _windows(segment, starts[block], ends[block], window)
        for side, positions in enumerate((np.concatenate((lefts, rights)), lefts, rights)):
            places = distinct(positions)
            outside = places.compress(~_inside(places, starts[block], ends[block]))
            codes, counts = np.unique(segment.codes.take(outside), return_counts=True)
            tally.add(side, segment.points(codes), counts)


def _blocks(segment: Segment, starts: Array, ends: Array) -> Iterator[slice]:
    """Runs of matches of which no two have a paragraph in common, so that their windows do not overlap."""
    begin = 0
    while begin < len(starts):
        stop = begin + _BLOCK
        while stop < len(starts):
            last = int(segment.paragraph_index(ends[begin:stop].max(keepdims=True) - 1)[0])
            further = int(starts.searchsorted(segment.paragraph_end(last)))
            if further <= stop:
                break
            stop = further
        yield slice(begin, stop)
        begin = stop


def _windows(segment: Segment, starts: Array, ends: Array, window: tuple[int, int]) -> tuple[Array, Array]:
    """The places left and right of matches, some of them several times."""
    left, right = window
    return _walked(segment, starts, -1, left), _walked(segment, ends - 1, 1, right)


def _walked(segment: Segment, positions: Array, step: int, count: int) -> Array:
    """The next significant characters from positions on, so many of each, up to the end of its paragraph."""
    reached = [np.empty(0, np.int64)]
    for _ in range(count):
        positions = _next(segment, positions, step)
        reached.append(positions)
    return np.concatenate(reached)


def _next(segment: Segment, positions: Array, step: int) -> Array:
    """The next significant character from each position that has one in its paragraph."""
    positions = positions + step
    found = [np.empty(0, np.int64)]
    while len(positions):
        codes = segment.codes.take(positions, mode="clip")
        gaps = segment.gap.take(codes)
        found.append(positions.compress(~gaps & (codes != _BREAK)))
        positions = positions.compress(gaps & (codes != PARAGRAPH)) + step
    return np.concatenate(found)


def _inside(places: Array, starts: Array, ends: Array) -> Array:
    """Whether places are in matches."""
    at = np.searchsorted(starts, places, "right") - 1
    reach = np.maximum.accumulate(ends)
    return np.asarray((at >= 0) & (places < reach.take(np.maximum(at, 0))))
