"""Occurrences: every match of a query in reading order, for stepping from one to the next."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from tuibrowser.search.answering.reading_order import reading_order
from tuibrowser.search.index.arrays import changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found

    Array = npt.NDArray[Any]


class LocalOccurrences:
    """The `Occurrences` of a query in segments of this process.

    What is held are the places in the index: only those that are asked for are led back to the raw texts, since a
    query of one letter has millions.
    """

    def __init__(self, found: Sequence[tuple[Segment, Found]] = ()) -> None:
        by_segment: dict[int, tuple[Segment, list[Found]]] = {}
        for segment, matches in found:
            by_segment.setdefault(id(segment), (segment, []))[1].append(matches)
        self._parts = [(segment, *_merged(held)) for segment, held in by_segment.values()]
        self.order = reading_order([(segment, starts) for segment, starts, _ in self._parts])

    def __len__(self) -> int:
        return len(self.order)

    @overload
    def __getitem__(self, index: int) -> tuple[int, int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[int, int, int]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int, int] | list[tuple[int, int, int]]:
        if isinstance(index, slice):
            return self.of(np.arange(*index.indices(len(self))))
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return self.of(np.array([at]))[0]

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        for start in range(0, len(self), _BATCH):
            yield from self[start : start + _BATCH]

    def after(self, document: int, offset: int) -> int:
        """The index of the first occurrence that begins at or after a place; the length where there is none."""
        first, end = self.order.bounds(document)
        return bisect_left(range(end), offset, first, key=lambda index: self[index][1])

    def before(self, document: int, offset: int) -> int:
        """The index of the last occurrence that begins before a place; -1 where there is none."""
        return self.after(document, offset) - 1

    def in_document(self, document: int) -> list[tuple[int, int]]:
        """The spans of the occurrences in one document."""
        return [(start, end) for _, start, end in self[slice(*self.order.bounds(document))]]

    def of(self, indices: Array) -> list[tuple[int, int, int]]:
        """The occurrences of these numbers."""
        rows = np.empty((len(indices), 3), np.int64)
        for part, here, at in self.order.places(indices):
            segment, starts, ends = self._parts[part]
            documents, raw_starts, raw_ends = segment.source_spans(starts[at], ends[at])
            rows[here] = np.stack((segment.numbers[documents], raw_starts, raw_ends), axis=1)
        return [(document, start, end) for document, start, end in rows.tolist()]


_BATCH = 500
"""Occurrences led back to the raw texts at a time."""


def _merged(held: Sequence[Found]) -> tuple[Array, Array]:
    """Starts and ends of matches of several kinds, each as one stretch, in ascending order, each start once."""
    extents = [matches.extents() for matches in held]
    if len(extents) == 1:
        return extents[0]
    starts = np.concatenate([starts for starts, _ in extents])
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], np.concatenate([ends for _, ends in extents])[order]
    first = changes(starts)
    return starts[first], ends[first]
