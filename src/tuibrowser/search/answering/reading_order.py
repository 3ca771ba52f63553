"""Reading order: the matches of several segments numbered as a reader comes to them, document after document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.index.arrays import expand

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_NONE = np.empty(0, np.int64)


def reading_order(parts: Sequence[tuple[Segment, Array]]) -> ReadingOrder:
    """The order of matches of some parts; a part is a segment and the ascending starts of matches in it."""
    columns = []
    for segment, starts in parts:
        bounds = np.searchsorted(starts, segment.docs)
        held = np.diff(bounds)
        some = np.flatnonzero(held)
        columns.append((segment.numbers[some].astype(np.int64), bounds[some], held[some]))
    return ReadingOrder(columns)


class ReadingOrder:
    """Numbers the matches of some parts from 0.

    Of each part is given in which documents it has matches, the index of the first of each, and how many these are. A
    document is in one part only. `documents` are the numbers of those with a match, ascending.
    """

    def __init__(self, parts: Sequence[tuple[Array, Array, Array]]) -> None:
        columns = zip((_NONE, _NONE, _NONE), *parts, strict=True)
        numbers, lows, counts = (np.concatenate(column) for column in columns)
        whose = np.repeat(np.arange(len(parts)), np.array([len(part[0]) for part in parts], np.int64))
        order = np.argsort(numbers)
        self.documents, self._parts, self._lows, self.counts = (
            column.take(order) for column in (numbers, whose, lows, counts)
        )
        self._before = np.concatenate((np.zeros(1, np.int64), np.cumsum(self.counts)))

    def __len__(self) -> int:
        return int(self._before[-1])

    def bounds(self, document: int) -> tuple[int, int]:
        """The first match of a document and the first one after it; the same number where it has none."""
        low, high = np.searchsorted(self.documents, (document, document + 1))
        return int(self._before[low]), int(self._before[high])

    def of_documents(self, documents: Collection[int]) -> Array:
        """int64: the matches of some documents, ascending."""
        rows = np.flatnonzero(np.isin(self.documents, np.fromiter(documents, np.int64, len(documents))))
        return expand(self._before[rows], self._before[rows + 1])

    def places(self, matches: Array) -> Iterator[tuple[int, Array | slice, Array]]:
        """Each part with some of the given matches: its index, which of them these are, and their indices in it."""
        rows = np.searchsorted(self._before, matches, "right") - 1
        at = self._lows.take(rows) + matches - self._before.take(rows)
        whose = self._parts.take(rows)
        if len(whose) and (whose == whose[0]).all():
            yield int(whose[0]), slice(None), at
            return
        for part in np.unique(whose).tolist():
            here = np.flatnonzero(whose == part)
            yield part, here, at[here]
