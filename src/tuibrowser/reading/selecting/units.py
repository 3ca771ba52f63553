"""Units: what a motion steps over in a viewed text, one after another in both directions.

A point is a paragraph's number and an offset into its shown text; it is where a grapheme begins that is neither a
line's end nor folded away. A long paragraph is worked through in blocks, so that a step costs what a page costs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.hanzi.grapheme import grapheme_starts
from tuibrowser.reading.selecting.sentence import next_end, sentence_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tuibrowser.corpus.model import Heading
    from tuibrowser.reading.views.render import ViewedText

Span = tuple[int, int]

_BLOCK: Final = 2_000
"""Code points after which a block ends with the next sentence."""
_LONGEST_BLOCK: Final = 4_000
_KEPT: Final = 64
"""Blocks whose units are kept."""
_KEPT_BLOCKS: Final = 8
"""Paragraphs whose blocks are kept."""


class Unit(StrEnum):
    """A unit of text that a motion steps over."""

    CHARACTER = "character"
    WORD = "word"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SECTION = "section"


class Point(NamedTuple):
    """A paragraph, and an offset into its shown text in code points; points are ordered as they are read."""

    paragraph: int
    offset: int


class Stretch(NamedTuple):
    """A unit: the point where it begins, and the one after its end, which may be the end of a paragraph."""

    start: Point
    end: Point


class Units:
    """The units of a document as a view shows it."""

    def __init__(self, text: ViewedText, headings: Sequence[Heading], words: Callable[[str], Sequence[Span]]) -> None:
        """`headings` are sorted by start; `words` finds the words of a text."""
        self.text = text
        self._headings = headings
        self._words = words
        self._kept: Kept[tuple[Unit, int, int], Sequence[Span]] = Kept(_KEPT)
        self._kept_blocks: Kept[int, list[int]] = Kept(_KEPT_BLOCKS)

    # Points

    def point_of(self, raw_offset: int) -> Point | None:
        """The point that shows a raw offset, or the nearest after it, else before it; None where nothing is shown."""
        if not len(self.text):
            return None
        number = self.text.paragraph_at(raw_offset)
        if self.text.is_shown(number):
            point = self._at(number, self.text[number].from_raw(raw_offset))
            if point is not None:
                return point
            number += 1
        return self._first_from(number) or self._last_until(number)

    def raw_of(self, point: Point) -> int:
        """The raw offset of a point."""
        return self.text[point.paragraph].to_raw(point.offset)

    def end_of(self, point: Point) -> int:
        """Where the grapheme at a point ends, in code points of its paragraph's shown text."""
        _, block_end, spans = self._block(Unit.CHARACTER, point.paragraph, point.offset)
        at = bisect_right(spans, point.offset, key=_start) - 1
        return spans[at][1] if 0 <= at < len(spans) else block_end

    def last_before(self, end: Point) -> Point | None:
        """The last point before the end of a stretch; None where nothing comes before it."""
        for stretch in self.before(Unit.CHARACTER, end):
            if stretch.start < end:
                return stretch.start
        return None

    def _at(self, number: int, offset: int) -> Point | None:
        """The point in a paragraph that holds an offset, or the nearest after it, else before it."""
        start = min(offset, max(0, len(self.text[number].text) - 1))
        following = next((unit.start for unit in self._within_forward(Unit.CHARACTER, number, start)), None)
        if following is not None:
            return following
        return next((unit.start for unit in self._within_back(Unit.CHARACTER, number, start)), None)

    def _first_from(self, number: int) -> Point | None:
        return next((unit.start for unit in self.after(Unit.CHARACTER, Point(number, 0))), None)

    def _last_until(self, number: int) -> Point | None:
        return next((unit.start for unit in self.before(Unit.CHARACTER, Point(number, 0))), None)

    # Units

    def after(self, unit: Unit, point: Point) -> Iterator[Stretch]:
        """The units that end after a point, in order; the first may hold it."""
        if unit is Unit.SECTION:
            yield from self._sections_after(point)
            return
        for number in range(max(0, point.paragraph), len(self.text)):
            if self.text.is_shown(number):
                offset = point.offset if number == point.paragraph else 0
                yield from (each for each in self._within_forward(unit, number, offset) if each.end > point)

    def before(self, unit: Unit, point: Point) -> Iterator[Stretch]:
        """The units that begin before a point, the nearest first; the first may hold it."""
        if unit is Unit.SECTION:
            yield from self._sections_before(point)
            return
        for number in range(min(point.paragraph, len(self.text) - 1), -1, -1):
            if self.text.is_shown(number):
                offset = point.offset if number == point.paragraph else None
                yield from (each for each in self._within_back(unit, number, offset) if each.start < point)

    def _within_forward(self, unit: Unit, number: int, offset: int) -> Iterator[Stretch]:
        length = len(self.text[number].text)
        while offset < length:
            _, end, spans = self._block(unit, number, offset)
            for start, last in spans[bisect_right(spans, offset, key=_end) :]:
                yield Stretch(Point(number, start), Point(number, last))
            offset = end

    def _within_back(self, unit: Unit, number: int, offset: int | None) -> Iterator[Stretch]:
        """The units of a paragraph that begin at or before an offset, all of them for None, the last first."""
        at = len(self.text[number].text) - 1 if offset is None else offset
        while at >= 0:
            begin, _, spans = self._block(unit, number, at)
            for start, last in reversed(spans[: bisect_right(spans, at, key=_start)]):
                yield Stretch(Point(number, start), Point(number, last))
            at = begin - 1

    def _block(self, unit: Unit, number: int, offset: int) -> tuple[int, int, Sequence[Span]]:
        """The beginning and end of the block that holds an offset of a paragraph, and the units in it."""
        text = self.text[number].text
        if unit is Unit.PARAGRAPH:
            return 0, len(text), ((0, len(text)),) if text.strip("\n") else ()
        starts = self._blocks(number)
        at = max(0, bisect_right(starts, offset) - 1)
        begin = starts[at]
        end = starts[at + 1] if at + 1 < len(starts) else len(text)
        key = unit, number, begin
        spans = self._kept.get(key)
        if spans is None:
            spans = self._kept.put(key, self._make(unit, number, text[begin:end], begin))
        return begin, end, spans

    def _make(self, unit: Unit, number: int, text: str, begin: int) -> Sequence[Span]:
        if unit is Unit.CHARACTER:
            starts = grapheme_starts(text)
            ends = [*starts[1:], len(text)]
            found: Sequence[Span] = (
                [(start, end) for start, end in zip(starts, ends, strict=True) if text[start] != "\n"] if text else []
            )
        elif unit is Unit.WORD:
            found = self._words(text)
        else:
            found = sentence_spans(text, kept_lines=self._keeps_lines(number))
        return [(begin + start, begin + end) for start, end in found] if begin else found

    def _keeps_lines(self, number: int) -> bool:
        return self.text.view.repaired or self.text.kind(number) is ParagraphKind.VERSE

    def _blocks(self, number: int) -> list[int]:
        """Where the blocks of a paragraph begin."""
        starts = self._kept_blocks.get(number)
        if starts is None:
            starts = self._kept_blocks.put(number, _block_starts(self.text[number].text))
        return starts

    # Sections

    def _sections_after(self, point: Point) -> Iterator[Stretch]:
        """The sections that end after a point; what comes before the first heading is one."""
        raw = self.raw_of(point)
        at = bisect_right(self._headings, raw, key=_heading_start)
        start = self._heading(at - 1) or self._first_from(0)
        for number in range(at, len(self._headings) + 1):
            end = self._heading(number)
            if end is None:
                end = self._end()
            if start is not None and end > start and end > point:
                yield Stretch(start, end)
            start = end

    def _sections_before(self, point: Point) -> Iterator[Stretch]:
        raw = self.raw_of(point) if point.paragraph < len(self.text) else len(self.text.source.raw)
        at = bisect_left(self._headings, raw, key=_heading_start)
        end = self._heading(at) or self._end()
        for number in range(at - 1, -2, -1):
            start = self._heading(number) or self._first_from(0)
            if start is None:
                return
            if start < end and start < point:
                yield Stretch(start, end)
            end = start

    def _heading(self, at: int) -> Point | None:
        """The point where a heading begins; None for a number that no heading has."""
        return self.point_of(self._headings[at].start) if 0 <= at < len(self._headings) else None

    def _end(self) -> Point:
        return Point(len(self.text), 0)


def _block_starts(text: str) -> list[int]:
    starts = [0]
    while len(text) - starts[-1] > _LONGEST_BLOCK:
        begin = starts[-1]
        end = next_end(text[begin : begin + _LONGEST_BLOCK], _BLOCK)
        if end is None or end >= _LONGEST_BLOCK:
            graphemes = grapheme_starts(text[begin : begin + _LONGEST_BLOCK])
            end = graphemes[-1] or _LONGEST_BLOCK
        starts.append(begin + end)
    return starts


def _start(span: Span) -> int:
    return span[0]


def _end(span: Span) -> int:
    return span[1]


def _heading_start(heading: Heading) -> int:
    return heading.start
