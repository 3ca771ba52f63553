"""Occurrences: every match of a query in reading order, for stepping from one to the next."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, overload

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.phrase import Found
    from tuibrowser.search.segment import Segment

    Array = npt.NDArray[Any]

_NONE = np.empty(0, np.int64)


class Occurrences:
    """A sequence of `(document, raw start, raw end)`, in reading order; offsets are code points of the raw text."""

    def __init__(self, found: Sequence[tuple[Segment, Found]] = ()) -> None:
        documents, starts, ends = [_NONE], [_NONE], [_NONE]
        for segment, matches in found:
            indices, raw_starts, raw_ends = segment.source_spans(*matches.first_spans())
            documents.append(segment.numbers[indices].astype(np.int64))
            starts.append(raw_starts)
            ends.append(raw_ends)
        columns = [np.concatenate(column) for column in (documents, starts, ends)]
        keys = columns[0] << 32 | columns[1]
        if len(keys) > 1 and not (keys[1:] > keys[:-1]).all():
            keys, order = np.unique(keys, return_index=True)
            columns = [column[order] for column in columns]
        self._keys: Array = keys
        self._documents, self._starts, self._ends = columns

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, index: int) -> tuple[int, int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[int, int, int]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int, int] | list[tuple[int, int, int]]:
        if isinstance(index, slice):
            columns = (self._documents[index], self._starts[index], self._ends[index])
            return list(zip(*(column.tolist() for column in columns), strict=True))
        return int(self._documents[index]), int(self._starts[index]), int(self._ends[index])

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        return iter(self[:])

    def after(self, document: int, offset: int) -> int:
        """The index of the first occurrence that begins at or after a place; the length where there is none."""
        return bisect_left(self._keys, document << 32 | offset)

    def before(self, document: int, offset: int) -> int:
        """The index of the last occurrence that begins before a place; -1 where there is none."""
        return bisect_left(self._keys, document << 32 | offset) - 1

    def in_document(self, document: int) -> list[tuple[int, int]]:
        """The spans of the occurrences in one document."""
        low, high = bisect_left(self._keys, document << 32), bisect_left(self._keys, (document + 1) << 32)
        return [(start, end) for _, start, end in self[low:high]]
