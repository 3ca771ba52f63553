"""Excerpt: the text around a hit and the lines it stands on, from the index alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import starmap
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.model import LAYERS, fingerprint_of
from tuibrowser.hanzi.alignment import Side
from tuibrowser.search.index.making.lengths import MORE
from tuibrowser.search.model import Excerpt
from tuibrowser.search.values import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]


REACH: Final = 20_000
"""Code points of the text that an excerpt holds before its first span and after, where its paragraphs are longer."""


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
        first = spans[0][0] if spans else start
        last = max(first, spans[0][1] if spans else first)
        held = max(start, first - REACH), min(end, last + REACH)
        raw_start = raw_spans[0][0] if raw_spans else self.raw_offset(start)
        return Excerpt(
            start=start,
            first_end=first_end,
            end=end,
            spans=spans,
            raw_spans=raw_spans,
            paragraphs=holder - number + 1,
            raw_start=raw_start,
            line=self.line_of(raw_start),
            lines=(self.line_of(self.raw_offset(start)), self.line_of(self.raw_offset(max(start, end - 1)))),
            layer=self.layer_at(first),
            held=held,
            _text=segment.text(origin + held[0], origin + held[1]),
        )

    def around(self, raw_span: tuple[int, int]) -> Excerpt:
        """The excerpt of the paragraph in which a span of the raw text begins."""
        start, _ = self._sides[0].span(*raw_span)
        first, holder = self.segment.paragraph_index(np.array([self.origin, self.origin + start])).tolist()
        return self.excerpt(holder - first, [raw_span])

    @cached_property
    def _lines_before(self) -> Array:
        """How many lines end in so many of the first lengths."""
        return np.concatenate([[0], np.cumsum(self._lengths != MORE)])

    def places(self, raw_spans: Sequence[tuple[int, int]]) -> list[Place]:
        """Where spans of the raw text begin."""
        to_repaired, segment = self._sides[0], self.segment
        spans = self.origin + np.array([to_repaired.span(*span) for span in raw_spans], np.int64).reshape(-1, 2)
        starts, ends = spans.T
        first = segment.paragraph_index(starts)
        last = np.maximum(segment.paragraph_index(np.maximum(ends - 1, starts)), first)
        raw_starts = [start for start, _ in raw_spans]
        lines = 1 + self._lines_before[np.searchsorted(self._ends, raw_starts, "right")]
        offsets = starts - segment.para[first].astype(np.int64)
        columns = lines, offsets, ends - starts, last - first + 1
        return list(starmap(Place, zip(*(column.tolist() for column in columns), strict=True)))

    @cached_property
    def fingerprint(self) -> str:
        """That of the text that was indexed, as `DocumentText.fingerprint` has it."""
        return fingerprint_of(self.segment.text(self.origin, int(self.segment.docs[self.at + 1]) - 1))

    def layer_at(self, offset: int) -> Layer:
        """The layer of the character at an offset into the repaired text."""
        return LAYERS[int(self.segment.layers_at(np.array([self.origin + offset]))[0])]

    def raw_offset(self, offset: int) -> int:
        """Where the character at an offset into the repaired text stands in the raw text."""
        return self._sides[1].character(offset)


def places_of(
    spans: Sequence[tuple[int, int, int]], indexed: Callable[[int], IndexedDocument | None]
) -> list[Place | None]:
    """Where spans begin, each a document and a start and an end in its raw text; each document is looked up once."""
    found: list[Place | None] = [None] * len(spans)
    together: dict[int, list[int]] = {}
    for at, (document, _, _) in enumerate(spans):
        together.setdefault(document, []).append(at)
    for document, indices in together.items():
        if (held := indexed(document)) is not None:
            for at, place in zip(indices, held.places([spans[at][1:] for at in indices]), strict=True):
                found[at] = place
    return found
