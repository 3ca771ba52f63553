"""Sides: from the ranks of a stream back to where the runs stand in documents, or in the text that was asked for."""

from __future__ import annotations

import re
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from tuibrowser.corpus.model import LAYERS, Layer
from tuibrowser.search.reuse.model import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.reuse.stream import SegmentStream, TextStream

    Array = npt.NDArray[Any]

AROUND: Final = 200
"""Code points of its paragraphs that are given before and after a passage at most."""

PASSED: Final = "\x01"
"""Stands in a text that was asked for where furniture or apparatus stood; it is not shown."""

_FURNITURE: Final = LAYERS.index(Layer.FURNITURE)
_PASSED: Final = re.compile(f"{PASSED}+")


class Side(Protocol):
    """The streams of one side, whose ranks go on from one to the next."""

    def standings(self, firsts: Array, ends: Array, bounds: Sequence[int]) -> list[Standing]:
        """Where passages stand: the ranks from which and up to which their runs go; `bounds` divide the runs."""


class Others(Side, Protocol):
    """The side of the documents that a text, or documents, share passages with."""

    def numbers(self, ranks: Array) -> Array:
        """int64: the numbers of the documents that some ranks are in."""

    def offsets(self, ranks: Array) -> Array:
        """int64: the offsets into the raw texts of their documents at some ranks."""


class Documents:
    """The documents of some streams of segments that have been read; each begins at a rank of its own."""

    def __init__(self, streams: Sequence[SegmentStream], firsts: Sequence[int]) -> None:
        self._streams = streams
        self._firsts = np.asarray(firsts, np.int64)

    def numbers(self, ranks: Array) -> Array:
        """int64: the numbers of the documents that some ranks are in."""
        numbers = np.zeros(len(ranks), np.int64)
        for rows, segment, positions in self._positions(ranks):
            numbers[rows] = segment.numbers.take(segment.document_index(positions))
        return numbers

    def offsets(self, ranks: Array) -> Array:
        """int64: the offsets into the raw texts of their documents at some ranks."""
        offsets = np.zeros(len(ranks), np.int64)
        for rows, segment, positions in self._positions(ranks):
            _, offsets[rows], _ = segment.source_spans(positions, positions + 1)
        return offsets

    def standings(self, firsts: Array, ends: Array, bounds: Sequence[int]) -> list[Standing]:
        """Where passages stand, with the text around them."""
        lows, highs = np.zeros(len(firsts), np.int64), np.zeros(len(ends), np.int64)
        found: list[Standing | None] = [None] * (len(bounds) - 1)
        begins = np.asarray(bounds[:-1], np.int64)
        for rows, stream, inside in self._by_stream(firsts):
            lows[rows] = self._streams[stream].positions(inside)
            highs[rows] = self._streams[stream].positions(ends.take(rows) - 1 - self._firsts[stream]) + 1
        lasts = np.maximum.reduceat(highs, begins) if len(begins) else highs
        for rows, stream, _ in self._by_stream(firsts.take(begins)):
            segment = self._streams[stream].segment
            furniture = segment.layers[segment.layers[:, 2] == _FURNITURE].astype(np.int64)
            for row, extent in zip(rows.tolist(), _extents(segment, lows[begins[rows]], lasts[rows]), strict=True):
                runs = slice(bounds[row], bounds[row + 1])
                document, start, end, low, high = extent
                held = furniture[np.searchsorted(furniture[:, 1], low, "right") :]
                left_out = held[: np.searchsorted(held[:, 0], high), :2] - low
                text, spans = _cut(segment.text(low, high), left_out.tolist(), lows[runs] - low, highs[runs] - low)
                found[row] = Standing(document, start, end, text, spans)
        return [each for each in found if each is not None]

    def _positions(self, ranks: Array) -> list[tuple[Array, Segment, Array]]:
        """The rows of ranks of each stream, its segment, and the positions there."""
        return [
            (rows, self._streams[stream].segment, self._streams[stream].positions(inside))
            for rows, stream, inside in self._by_stream(ranks)
        ]

    def _by_stream(self, ranks: Array) -> list[tuple[Array, int, Array]]:
        """The rows of ranks of each stream, its number, and their ranks in it."""
        whose = self._firsts.searchsorted(ranks, "right") - 1
        held = [(np.flatnonzero(whose == stream), int(stream)) for stream in np.unique(whose)]
        return [(rows, stream, ranks.take(rows) - self._firsts[stream]) for rows, stream in held]


class Text:
    """A text that was asked for."""

    def __init__(self, text: str, stream: TextStream) -> None:
        self._text = text.replace("\0", "\n")
        self._at = stream.at

    def standings(self, firsts: Array, ends: Array, bounds: Sequence[int]) -> list[Standing]:
        """Where passages stand in the text."""
        lows, highs = self._at.take(firsts), self._at.take(ends - 1) + 1
        return [self._standing(lows[first:last], highs[first:last]) for first, last in pairwise(bounds)]

    def _standing(self, lows: Array, highs: Array) -> Standing:
        start, end = int(lows[0]), int(highs.max())
        before = self._text[max(0, start - AROUND) : start]
        low = start - len(before) + before.rfind("\n") + 1
        after = self._text[end : end + AROUND]
        high = end + (after.find("\n") if "\n" in after else len(after))
        shown = self._text[low:high]
        left_out = [each.span() for each in _PASSED.finditer(shown)]
        return Standing(None, start, end, *_cut(shown, left_out, lows - low, highs - low))


def _extents(segment: Segment, lows: Array, highs: Array) -> list[tuple[int, int, int, int, int]]:
    """The documents of stretches, where they begin and end in the raw text, and the positions of the text around."""
    documents, starts, ends = segment.source_spans(lows, highs)
    first, last = segment.paragraph_index(lows), segment.paragraph_index(highs - 1)
    after = np.append(segment.para[1:], len(segment)).astype(np.int64) - 1
    columns = (
        segment.numbers.take(documents),
        starts,
        ends,
        np.maximum(segment.para.take(first).astype(np.int64), lows - AROUND),
        np.minimum(after.take(last), highs + AROUND),
    )
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _cut(
    text: str, left_out: Iterable[Sequence[int]], lows: Array, highs: Array
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text without some stretches and the ends of their lines, and the runs in it."""
    kept = np.ones(len(text), bool)
    for start, end in left_out:
        kept[max(0, start) : end + text.startswith("\n", end)] = False
    if not kept.all():
        before = np.concatenate(([0], np.cumsum(kept)))
        text = "".join(compress(text, kept.tolist()))
        lows, highs = before.take(lows), before.take(highs)
    return text, tuple(zip(lows.tolist(), highs.tolist(), strict=True))
