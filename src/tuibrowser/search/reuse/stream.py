"""Stream: the significant characters of texts in a row, so that nothing that is passed over parts equal ones.

A character of a stream goes by its *rank*. Characters that search counts as the same have the same number. Each
document ends with 0, and one stands before the first.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.fold import code_points, fold_table, told_apart
from tuibrowser.search.index.arrays import expand
from tuibrowser.search.index.bitmap import Bitmap

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

END: Final = 0
"""What ends a document in a stream; in a text that is asked for the character U+0000 does."""

_PART: Final = 1 << 16
"""Positions worked on at a time, so that intermediate arrays stay in the processor's cache."""


class SegmentStream:
    """The stream of some documents of a segment, all or those for which a bool is set, without furniture and apparatus.

    `low` and `high` are the positions from which and up to which the segment is looked at.
    """

    def __init__(self, segment: Segment, chosen: Array | None = None, low: int = 0, high: int | None = None) -> None:
        self.segment = segment
        self._low, self._high = low, len(segment) if high is None else high
        self._outside = _outside(segment, chosen)

    def read(self) -> Array:
        """uint16, or uint32 where there are characters that share their id: the numbers of the characters."""
        parts = [self._numbers(at) for at in range(self._low, self._high, _PART)]
        return np.concatenate(parts) if parts else np.zeros(1, np.uint16)

    def positions(self, ranks: Array) -> Array:
        """int64: where the characters of some ranks stand in the segment."""
        return self._bits.positions(ranks) + self._low

    @cached_property
    def _bits(self) -> Bitmap:
        """A bit for each position that is looked at, set where the stream has its character."""
        return Bitmap(map(self._held, range(self._low, self._high, _PART)))

    def _numbers(self, at: int) -> Array:
        """The numbers of the characters of the part that begins at a position."""
        codes = self.segment.codes[at : min(at + _PART, self._high)].compress(self._held(at))
        return _numbers(self.segment.fold.take(codes), lambda: self.segment.points(codes))

    def _held(self, at: int) -> Array:
        """A bool for each position of the part that begins at one: whether the stream has its character."""
        high = min(at + _PART, self._high)
        held = ~self.segment.gap.take(self.segment.codes[at:high])
        starts, ends = self._outside
        first, last = np.searchsorted(ends, at, "right"), np.searchsorted(starts, high)
        if first < last:
            held[expand(np.maximum(starts[first:last] - at, 0), np.minimum(ends[first:last], high) - at)] = False
        return held


class TextStream:
    """The stream of a text, and where each of its characters stands in it, in code points."""

    def __init__(self, text: str) -> None:
        points = code_points(text)
        ids = fold_table().table[points]
        at = np.flatnonzero((ids >= fold_table().gap_end) | (points == END))
        ids, points = ids.take(at), points.take(at)
        ids[points == END] = END
        end = np.zeros(1, ids.dtype)
        self.ids = np.concatenate((end, _numbers(ids, lambda: points), end))
        self.at = np.concatenate(([0], at, [len(text)]))


def _numbers(ids: Array, points: Any) -> Array:
    """Ids, or where some are those of unlike characters, a number for each of these too; `points` gives code points."""
    table = fold_table()
    if bool(((ids >= table.bucket_start) & (ids < table.bucket_end)).any()):
        return told_apart(ids, points())
    return ids


def _outside(segment: Segment, chosen: Array | None) -> tuple[Array, Array]:
    """int64: where the stretches begin and end that are left out, ascending."""
    starts, ends = segment.aside
    if chosen is None or bool(chosen.all()):
        return starts, ends
    bounds = segment.docs.astype(np.int64)
    kept = chosen.take(segment.document_index(starts)) if len(starts) else np.zeros(0, bool)
    # The end of a document that is left out stays: it parts those on either side of it.
    starts = np.concatenate((starts.compress(kept), bounds[:-1].compress(~chosen)))
    ends = np.concatenate((ends.compress(kept), bounds[1:].compress(~chosen) - 1))
    order = np.argsort(starts, kind="stable")
    return starts.take(order), ends.take(order)
