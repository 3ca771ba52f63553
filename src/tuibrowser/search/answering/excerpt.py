"""Excerpt: the text around a hit and the lines it stands on, from the index alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.corpus.model import LAYERS
from tuibrowser.hanzi.alignment import Side
from tuibrowser.search.index.lengths import MORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The paragraphs that a hit stands in: mostly one, more where a match runs on into the next.

    `start`, `end` and `spans` are code points of the document's repaired text, `first_end` is where the first of the
    paragraphs ends, `raw_spans` are the spans in its raw text.
    """

    start: int
    first_end: int
    end: int
    spans: tuple[tuple[int, int], ...]
    raw_spans: Sequence[tuple[int, int]]
    paragraphs: int
    """How many these are."""
    _document: IndexedDocument

    def text(self, start: int, end: int) -> str:
        """A stretch of the repaired text, in code points of that; a newline divides paragraphs."""
        origin = self._document.origin
        return self._document.segment.text(origin + start, origin + end)

    @property
    def raw_start(self) -> int:
        """Where the first span, else the first paragraph, begins in the raw text."""
        return self.raw_spans[0][0] if self.raw_spans else self._document.raw_offset(self.start)

    @property
    def layer(self) -> Layer:
        """The layer of the text in which the first span, else the first paragraph, begins."""
        first = self.spans[0][0] if self.spans else self.start
        return self._document.layer_at(first)

    @property
    def line(self) -> int:
        """The line of the raw text, from 1, on which the first span, else the first paragraph, begins."""
        return self._document.line_of(self.raw_start)

    @property
    def lines(self) -> tuple[int, int]:
        """The first and last line of the paragraphs in the raw text, from 1."""
        offsets = self.start, max(self.start, self.end - 1)
        first, last = (self._document.line_of(self._document.raw_offset(offset)) for offset in offsets)
        return first, last


@dataclass(frozen=True)
class IndexedDocument:
    """A document as the index has it: `at` is its place among the documents of the segment."""

    segment: Segment
    at: int

    @cached_property
    def origin(self) -> int:
        """Where the document begins in the segment."""
        return int(self.segment.docs[self.at])

    @cached_property
    def _lengths(self) -> Array:
        low, high = self.segment.first_line[self.at : self.at + 2].tolist()
        return self.segment.lines[low:high]

    @cached_property
    def _ends(self) -> Array:
        return np.cumsum(self._lengths, dtype=np.int64)

    def line_of(self, raw_offset: int) -> int:
        """The line, from 1, that holds an offset into the raw text, as `DocumentText.line_of` has it."""
        before = int(np.searchsorted(self._ends, raw_offset, "right"))
        return 1 + int(np.count_nonzero(self._lengths[:before] != MORE))

    @cached_property
    def _sides(self) -> tuple[Side, Side]:
        """From the raw to the repaired text, and back."""
        low, high = self.segment.first_edit[self.at : self.at + 2].tolist()
        rows = self.segment.edits[low:high].astype(np.int64)
        rows[:, :2] -= self.origin
        starts, ends, raw_starts, raw_ends = (column.tolist() for column in rows.T)
        return Side(raw_starts, raw_ends, starts, ends), Side(starts, ends, raw_starts, raw_ends)

    def excerpt(self, paragraph: int, raw_spans: Sequence[tuple[int, int]]) -> Excerpt:
        """The excerpt of a paragraph, by its number in the document, and of spans of the raw text in and after it."""
        segment, origin = self.segment, self.origin
        to_repaired, _ = self._sides
        spans = tuple(to_repaired.span(*span) for span in raw_spans)
        number = int(np.searchsorted(segment.para, np.uint32(origin))) + paragraph
        start = int(segment.para[number]) - origin
        first_end = segment.paragraph_end(number) - origin
        end, holder = first_end, number
        if spans and spans[-1][1] > first_end:
            holder = int(segment.paragraph_index(np.array([origin + max(spans[-1][1] - 1, start)]))[0])
            end = max(first_end, segment.paragraph_end(holder) - origin)
        return Excerpt(start, first_end, end, spans, raw_spans, holder - number + 1, self)

    def around(self, raw_span: tuple[int, int]) -> Excerpt:
        """The excerpt of the paragraph in which a span of the raw text begins."""
        start, _ = self._sides[0].span(*raw_span)
        first, holder = self.segment.paragraph_index(np.array([self.origin, self.origin + start])).tolist()
        return self.excerpt(holder - first, [raw_span])

    def holds(self, repaired: str) -> bool:
        """Whether a repaired text is the one that was indexed."""
        end = int(self.segment.docs[self.at + 1]) - 1
        return len(repaired) == end - self.origin and repaired.replace("\0", "\ufffd") == self.segment.text(
            self.origin, end
        )

    def layer_at(self, offset: int) -> Layer:
        """The layer of the character at an offset into the repaired text."""
        return LAYERS[int(self.segment.layers_at(np.array([self.origin + offset]))[0])]

    def raw_offset(self, offset: int) -> int:
        """Where the character at an offset into the repaired text stands in the raw text."""
        return self._sides[1].character(offset)
