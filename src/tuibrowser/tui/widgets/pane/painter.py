"""Painter: draws a row from its paragraph and the marks on it, without a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style

from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import tr
from tuibrowser.reading.views.render import MarkKind
from tuibrowser.tui.widgets.strips import narrow, strip_of, styled, take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.strip import Strip

    from tuibrowser.reading.lines.above import Readings
    from tuibrowser.reading.lines.rows import Row
    from tuibrowser.reading.views.render import ViewedParagraph
    from tuibrowser.tui.widgets.pane.marked import MarkedSpan

MARGIN: Final = 3
"""Cells left of the text: the mark of the current paragraph, that of flagged damage, and a gap."""

_NO_BLANKS: Final[Mapping[int, int]] = {}

_STYLES: Final = {
    ParagraphKind.HEADING: "heading",
    ParagraphKind.NOTE: "note",
    ParagraphKind.FURNITURE: "note",
}
"""The styles of the kinds of paragraphs that have one."""


@frozen
class Painter:
    """Draws rows of text that begin `indent` cells and a margin from the left; `style` finds a style by its name."""

    style: Callable[[str], Style]
    indent: int

    def row(
        self,
        paragraph: ViewedParagraph,
        row: Row,
        marks: Iterable[MarkedSpan],
        width: int,
        *,
        blanks: Mapping[int, int] = _NO_BLANKS,
        is_current: bool,
    ) -> Strip:
        """Draw a line of a paragraph in so many cells.

        `marks` are spans of its shown text, each laid over those before it and over the paragraph's own marks. `blanks`
        are set after the characters at some offsets.
        """
        margin = self._margin(paragraph, row, is_current=is_current)
        line = self._line(paragraph, row, marks)
        if blanks:
            line = _with_blanks(line, row.start, blanks)
        return strip_of([Segment(" " * self.indent), *margin, *line], width)

    def readings(
        self, paragraph: ViewedParagraph, row: Row, readings: Readings, width: int, *, is_current: bool
    ) -> Strip:
        """Draw the readings of a line of a paragraph in so many cells."""
        text, room = paragraph.text[row.start : row.end], width - self.indent - MARGIN
        segments, at = [Segment(" " * self.indent), *self._bar(is_current=is_current), Segment("  ")], 0
        for column, reading in readings.set_above(text, row.start, room):
            style = self.style("guess" if reading.is_guess else "reading")
            segments += [Segment(" " * (column - at)), Segment(reading.text, style)]
            at = column + len(reading.text)
        return strip_of(segments, width)

    def fold(self, count: int, apparatus: int, width: int) -> Strip:
        """Draw what stands for so many paragraphs that are folded away, some of them readings of other editions."""
        words = _folded(count, apparatus)
        text = take(f"{self._blank}⋯ {words}", width - 1)
        return strip_of([Segment(text, self.style("fold"))], width)

    def reason(self, line: str, width: int) -> Strip:
        """Draw a line of the reason why a document has no text."""
        return strip_of([Segment(f"{self._blank}{line}", self.style("damage"))], width)

    @property
    def _blank(self) -> str:
        return " " * (self.indent + MARGIN)

    def _margin(self, paragraph: ViewedParagraph, row: Row, *, is_current: bool) -> list[Segment]:
        damaged = row.line == 0 and any(mark.kind is MarkKind.DAMAGE for mark in paragraph.marks)
        return [
            *self._bar(is_current=is_current),
            Segment("!", self.style("damage")) if damaged else Segment(" "),
            Segment(" "),
        ]

    def _bar(self, *, is_current: bool) -> list[Segment]:
        return [Segment(narrow("▌", ">") if is_current else " ", self.style("margin"))]

    def _line(self, paragraph: ViewedParagraph, row: Row, marks: Iterable[MarkedSpan]) -> list[Segment]:
        styles = [(mark.start, mark.end, self.style(mark.kind.value)) for mark in paragraph.marks]
        styles += [
            (start, end, self.style(style)) for start, end, style in marks if start < row.end and end > row.start
        ]
        name = _STYLES.get(paragraph.kind)
        return styled(paragraph.text, row.start, row.end, styles, self.style(name) if name else Style())


def _with_blanks(line: list[Segment], start: int, blanks: Mapping[int, int]) -> list[Segment]:
    """A line whose text begins at an offset, with blanks after some characters, in the style of each."""
    found = []
    for segment in line:
        text = "".join(letter + " " * blanks.get(at, 0) for at, letter in enumerate(segment.text, start))
        found.append(Segment(text, segment.style))
        start += len(segment.text)
    return found


def _folded(count: int, apparatus: int) -> str:
    """How many lines of what are folded away."""
    furniture = count - apparatus
    first, second = "", ""
    if apparatus:
        first = tr("1 line of apparatus") if apparatus == 1 else tr("{count} lines of apparatus", count=apparatus)
    if furniture:
        one = tr("1 line of page furniture")
        second = one if furniture == 1 else tr("{count} lines of page furniture", count=furniture)
    return tr("{first}, {second}", first=first, second=second) if first and second else first or second
