"""Neighbours: which units stand in the windows around matches, each place counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.counting.holding import Windows, within
from tuibrowser.search.counting.places import NOWHERE, Places
from tuibrowser.search.counting.tables import forms_of
from tuibrowser.search.counting.units import (
    DOCUMENT_BITS,
    from_starts,
    in_documents,
    keys_at,
    looked_up,
    merged,
    summed,
    written_at,
)
from tuibrowser.search.index.arrays import distinct, expand
from tuibrowser.search.searcher import Neighbour, Neighbours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_BLOCK: Final = 1 << 18
"""Matches whose windows are looked at together, and those more that stand in the same paragraphs."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """Ascending keys with numbers for each: what was counted of the units of some matches."""

    keys: Array
    numbers: Sequence[Array]

    def of(self, keys: Array) -> list[Array]:
        """The numbers of wanted keys, 0 where there are none."""
        return [looked_up(self.keys, each, keys) for each in self.numbers]


def neighbours(parts: Sequence[tuple[Segment, Array, Array]], windows: Windows, minimum: int) -> Neighbours:
    """The units in the windows of matches, given by segment, ascending start and end; those that are there `minimum`
    times at least, most first."""
    tallies = [_tally(segment, starts, ends, windows) for segment, starts, ends in parts]
    keys = distinct(np.concatenate([np.empty(0, np.uint64), *(tally.beside.keys for tally in tallies)]))
    together, documents, left, right = _added(keys, [tally.beside for tally in tallies], 4)
    places = int(together.sum())
    (inside,) = _added(keys, [tally.inside for tally in tallies], 1)
    kept = np.flatnonzero(together >= minimum)
    kept = kept[np.lexsort((keys.take(kept), -together.take(kept)))]
    forms = forms_of(*merged([tally.written for tally in tallies]), keys.take(kept))
    columns = zip(*(each.take(kept).tolist() for each in (together, left, right, documents, inside)), strict=True)
    return Neighbours(
        tuple(Neighbour(written, *row) for written, row in zip(forms, columns, strict=True)),
        places,
        sum(int(tally.inside.numbers[0].sum()) for tally in tallies),
    )


def _added(keys: Array, counts: Sequence[_Counts], width: int) -> list[Array]:
    total = [np.zeros(len(keys), np.int64) for _ in range(width)]
    for each in counts:
        total = [one + other for one, other in zip(total, each.of(keys), strict=True)]
    return total


@dataclass(frozen=True, slots=True)
class _Tally:
    """The counts of a segment: units beside matches (together, documents, left, right), as they are written, and
    units that overlap matches."""

    beside: _Counts
    written: tuple[Array, Array]
    inside: _Counts


def _tally(segment: Segment, starts: Array, ends: Array, windows: Windows) -> _Tally:
    pairs, lefts, rights, written, inside = [], [], [], [], []
    for block in _blocks(segment, starts, ends):
        seen = _Block(segment, starts[block], ends[block], windows)
        pairs.append(summed(in_documents(segment, seen.together)))
        written.append(summed(written_at(segment, seen.together)))
        lefts.append(summed(keys_at(segment, seen.left)))
        rights.append(summed(keys_at(segment, seen.right)))
        inside.append(summed(keys_at(segment, seen.inside)))
    keyed, counts = merged(pairs)
    keys, together = summed(keyed >> DOCUMENT_BITS, counts)
    _, documents = summed(keyed >> DOCUMENT_BITS)
    sides = [looked_up(*merged(side), keys) for side in (lefts, rights)]
    node, node_counts = merged(inside)
    return _Tally(_Counts(keys, (together, documents, *sides)), merged(written), _Counts(node, (node_counts,)))


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


class _Block:
    """The units beside and inside some matches, each as its positions, once."""

    def __init__(self, segment: Segment, starts: Array, ends: Array, windows: Windows) -> None:
        self._segment = segment
        self._starts, self._ends = starts, ends
        self._places = Places(segment, windows.layers)
        self._size = windows.size
        left = self._steps(starts, -1, windows.left + windows.size - 1)[windows.size - 1 :]
        right = self._steps(ends - 1, 1, windows.right)
        self.left, self.right = (self._units(side) for side in (left, right))
        self.together = self._units([self.left[0], self.right[0]])
        self.inside = self._overlapping(starts)

    def _steps(self, positions: Array, step: int, count: int) -> list[Array]:
        """The next places from positions on, one after another."""
        found = []
        for _ in range(count):
            positions = self._places.next(positions, step)
            positions = positions.compress(positions != NOWHERE)
            found.append(positions)
        return found

    def _units(self, starts: Sequence[Array]) -> list[Array]:
        """The units that begin at some places and overlap no match."""
        columns = from_starts(self._places, distinct(np.concatenate([np.empty(0, np.int64), *starts])), self._size)
        outside = ~np.any([self._within(column) for column in columns], axis=0)
        return [column.compress(outside) for column in columns]

    def _overlapping(self, starts: Array) -> list[Array]:
        """The units that overlap a match."""
        reach = np.maximum.accumulate(self._ends)
        spans = expand(np.maximum(starts, np.append(0, reach[:-1])), reach)
        held = spans.compress(self._places.are(spans))
        before = self._steps(starts, -1, self._size - 1)
        columns = from_starts(self._places, distinct(np.concatenate([held, *before])), self._size)
        inside = np.any([self._within(column) for column in columns], axis=0)
        return [column.compress(inside) for column in columns]

    def _within(self, places: Array) -> Array:
        """Whether places are in matches."""
        return within(self._starts, self._ends, places)
