"""Windows: the stretches of text beside matches, each place of them once, and the matches that a place is near."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.host.stopping import check
from tuibrowser.search.counting.places import NOWHERE, Places
from tuibrowser.search.counting.units import from_starts
from tuibrowser.search.index.arrays import changes, distinct, expand, in_parts, ranks
from tuibrowser.search.index.segment import BMP

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_BLOCK: Final = 1 << 15
"""Stretches whose text is looked at together, so that intermediate arrays stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Windows:
    """How the windows around matches are cut: units on either side, characters of a unit, layers of the text."""

    left: int
    right: int
    size: int
    layers: frozenset[Layer]


class Surroundings:
    """The windows around the matches of a segment, which are given by ascending starts.

    Matches that overlap make one node. Between two nodes lies a gap, of which the first part may be in windows to the
    right of matches and the last part in windows to the left.
    """

    def __init__(self, segment: Segment, starts: Array, ends: Array, windows: Windows) -> None:
        self.segment, self.size = segment, windows.size
        self.places = Places(segment, windows.layers)
        self._lows, self._highs = in_parts(partial(_edges, self.places, windows), starts, ends)
        reach = np.maximum.accumulate(ends)
        first = np.flatnonzero(starts >= np.append(0, reach[:-1])) if len(starts) else np.empty(0, np.int64)
        self._starts = starts.take(first)
        self._ends = reach.take(np.append(first[1:], len(starts))[: len(first)] - 1)
        highs = np.maximum.accumulate(np.maximum.reduceat(self._highs, first)) if len(first) else first
        self._rights = np.clip(highs, self._ends, np.append(self._starts[1:], len(segment))[: len(first)])
        """Where the windows to the right of a node, and of those before it, end in the gap after it."""
        self._lefts = np.maximum(self._lows.take(first), np.append(0, self._ends[:-1])[: len(first)])
        """Where the windows to the left of a node, and of those after it, begin in the gap before it."""

    def beside(self) -> Iterator[list[Array]]:
        """The units in the windows that overlap no match, each once: the positions of their characters, by blocks."""
        low, high = self._stretches()
        for at in range(0, len(low), _BLOCK):
            check()
            ends = high[at : at + _BLOCK]
            starts = self.places.among(low[at : at + _BLOCK], ends)
            yield [starts] if self.size == 1 else self._outside(self._pairs(starts, ends))

    def _outside(self, columns: list[Array]) -> list[Array]:
        """Those of some pairs whose second place is in no match."""
        outside = ~self.in_nodes(columns[1])
        return [column.compress(outside) for column in columns]

    def inside(self) -> list[Array]:
        """The units that overlap a match: the positions of their characters."""
        starts = self.places.among(self._starts, self._ends)
        if self.size == 1:
            return [starts]
        before = self.places.next(self._starts, -1)
        between = (before != NOWHERE) & (before >= np.append(0, self._ends[:-1])[: len(before)])
        # A match may run from one paragraph into the next, and no unit does.
        within = from_starts(self.places, starts, self.size)
        outer = from_starts(self.places, before.compress(between), self.size)
        held = self.in_nodes(outer[1])
        return [np.concatenate((inner, each.compress(held))) for inner, each in zip(within, outer, strict=True)]

    def _pairs(self, starts: Array, ends: Array) -> list[Array]:
        """Two places in a row, the first of which is one of all in stretches of one paragraph that end at `ends`."""
        following = np.append(starts[1:], NOWHERE)[: len(starts)]
        last = np.searchsorted(starts, ends) - 1
        last = last.compress((last >= 0) & changes(last))
        following[last] = self.places.next(starts.take(last), 1)
        whole = following != NOWHERE
        return [starts.compress(whole), following.compress(whole)]

    def of(self, codes: Array, keep: Array) -> Iterator[tuple[Array, Array]]:
        """The places in the windows whose code is one of some, by blocks: their positions and what `codes` has for
        their codes; `keep` says for which codes."""
        low, high = self._stretches()
        for at in range(0, len(low), _BLOCK):
            check()
            positions = expand(low[at : at + _BLOCK], high[at : at + _BLOCK])
            written = self.segment.codes.take(positions)
            held = np.flatnonzero(keep.take(written))
            positions = positions.take(held)
            places = self.places.are(positions)
            yield positions.compress(places), codes.take(written.take(held)).compress(places)

    def _stretches(self) -> tuple[Array, Array]:
        """Where the stretches beside nodes begin and end, ascending: left of the first node, right of it, and so on."""
        left = np.maximum(self._lefts, np.append(0, self._rights[:-1])[: len(self._lefts)])
        low = np.stack((left, self._ends), axis=1).ravel()
        return low, np.stack((self._starts, self._rights), axis=1).ravel()

    def in_nodes(self, positions: Array) -> Array:
        """A bool for each position, which ascend: whether it is in a match."""
        at = ranks(self._starts, positions, "right") - 1
        return np.asarray((at >= 0) & (positions < self._ends.take(np.maximum(at, 0))))

    def sides(self, positions: Array) -> tuple[Array, Array]:
        """Two bools for each position, which ascend, beside matches: whether it is left, and right, of one near it."""
        gap = ranks(self._starts, positions, "right")
        lefts = np.append(self._lefts, len(self.segment))
        rights = np.append(0, self._rights)
        return positions >= lefts.take(gap), positions < rights.take(gap)

    def matches_near(self, positions: Array, group: Array) -> Array:
        """int64: how many matches have one of some positions in their window, for each group of positions.

        The positions ascend and are in no match; each has the number of its group.
        """
        first, after = self._near(positions)
        if self._is_nested():
            rows, matches = self._held(positions, first, after)
            pairs = distinct(group.take(rows) * np.int64(len(self._lows)) + matches)
            return np.bincount(pairs // len(self._lows))
        order = np.argsort(group.astype(np.uint16) if group.max(initial=0) < BMP else group, kind="stable")
        group, first, after = (each.take(order) for each in (group, first, after))
        same = ~changes(group)
        first = np.maximum(first, np.where(same, np.append(0, after[:-1])[: len(after)], 0))
        return np.bincount(group, np.maximum(after - first, 0)).astype(np.int64)

    def holding(self, positions: Array) -> Array:
        """int64: the matches, ascending, that have one of some ascending positions in their window."""
        return distinct(self._held(positions, *self._near(positions))[1])

    def _near(self, positions: Array) -> tuple[Array, Array]:
        """The first match whose window, or that of one before it, reaches beyond each position; the one after the last
        match whose window begins before it."""
        reach = np.maximum.accumulate(self._highs)
        after = ranks(self._lows, positions, "right")
        return np.minimum(ranks(reach, positions, "right"), after), after

    def _held(self, positions: Array, first: Array, after: Array) -> tuple[Array, Array]:
        """Indices of positions, and matches of the ranges given for them whose window holds them, as pairs."""
        rows = np.repeat(np.arange(len(positions)), after - first)
        matches = expand(first, after)
        held = self._highs.take(matches) > positions.take(rows)
        return rows.compress(held), matches.compress(held)

    def _is_nested(self) -> bool:
        """Whether a match ends before one that begins before it."""
        return bool((self._highs[1:] < self._highs[:-1]).any())


def _edges(places: Places, windows: Windows, starts: Array, ends: Array) -> tuple[Array, Array]:
    """Where the first unit of the window of each match begins, and the end of the first character of its last unit."""
    low = _edge(places, starts, -1, windows.left + windows.size - 1 if windows.left else 0)
    return low, _edge(places, ends - 1, 1, windows.right) + 1


def _edge(places: Places, positions: Array, step: int, count: int) -> Array:
    """The last of so many places from each position on."""
    edge = positions
    for _ in range(count):
        positions = places.next(positions, step)
        edge = np.where(positions == NOWHERE, edge, positions)
    return edge
