"""Occurrences: every match of a query in reading order, for stepping from one to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from tuibrowser.search.index.arrays import changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.phrase import Found

    Array = npt.NDArray[Any]

_NONE = np.empty(0, np.int64)


class Occurrences:
    """A sequence of `(document, raw start, raw end)`, in reading order; offsets are code points of the raw text.

    What is held are the places in the index: only those that are asked for are led back to the raw texts, since a
    query of one letter has millions.
    """

    def __init__(self, found: Sequence[tuple[Segment, Found]] = ()) -> None:
        self._places: list[tuple[Segment, Array, Array]] = []
        by_segment: dict[int, tuple[Segment, list[Found]]] = {}
        for segment, matches in found:
            by_segment.setdefault(id(segment), (segment, []))[1].append(matches)
        numbers, parts, lows, counts = [_NONE], [_NONE], [_NONE], [_NONE]
        for at, (segment, held) in enumerate(by_segment.values()):
            starts, ends = _merged(held)
            bounds = np.searchsorted(starts, segment.docs)
            some = np.flatnonzero(np.diff(bounds))
            self._places.append((segment, starts, ends))
            numbers.append(segment.numbers[some].astype(np.int64))
            parts.append(np.full(len(some), at))
            lows.append(bounds[some])
            counts.append(np.diff(bounds)[some])
        order = np.argsort(np.concatenate(numbers))
        self._numbers, self._parts, self._lows, held_counts = (
            np.concatenate(column)[order].tolist() for column in (numbers, parts, lows, counts)
        )
        self._before: list[int] = list(accumulate(held_counts, initial=0))
        """For each document with a match how many there are in those before it; at last, the number of all."""

    def __len__(self) -> int:
        return self._before[-1]

    @overload
    def __getitem__(self, index: int) -> tuple[int, int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[int, int, int]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int, int] | list[tuple[int, int, int]]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            if step != 1:
                return [self[at] for at in range(start, stop, step)]
            return self._between(start, stop)
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return self._between(at, at + 1)[0]

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        for at, number in enumerate(self._numbers):
            yield from ((number, start, end) for start, end in self._spans(at, 0, self._count(at)))

    def after(self, document: int, offset: int) -> int:
        """The index of the first occurrence that begins at or after a place; the length where there is none."""
        at = bisect_left(self._numbers, document)
        if at == len(self._numbers) or self._numbers[at] != document:
            return self._before[at]
        return self._before[at] + bisect_left(
            range(self._count(at)), offset, key=lambda index: self._spans(at, index, index + 1)[0][0]
        )

    def before(self, document: int, offset: int) -> int:
        """The index of the last occurrence that begins before a place; -1 where there is none."""
        return self.after(document, offset) - 1

    def in_document(self, document: int) -> list[tuple[int, int]]:
        """The spans of the occurrences in one document."""
        at = bisect_left(self._numbers, document)
        held = at < len(self._numbers) and self._numbers[at] == document
        return self._spans(at, 0, self._count(at)) if held else []

    def _count(self, at: int) -> int:
        return self._before[at + 1] - self._before[at]

    def _between(self, start: int, stop: int) -> list[tuple[int, int, int]]:
        found: list[tuple[int, int, int]] = []
        at = bisect_right(self._before, start) - 1
        while start < stop:
            low, high = start - self._before[at], min(stop - self._before[at], self._count(at))
            found += [(self._numbers[at], *span) for span in self._spans(at, low, high)]
            start, at = self._before[at] + high, at + 1
        return found

    def _spans(self, at: int, low: int, high: int) -> list[tuple[int, int]]:
        """The raw spans of some of the matches in one of the documents."""
        segment, starts, ends = self._places[self._parts[at]]
        held = slice(self._lows[at] + low, self._lows[at] + high)
        _, raw_starts, raw_ends = segment.source_spans(starts[held], ends[held])
        return list(zip(raw_starts.tolist(), raw_ends.tolist(), strict=True))


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
