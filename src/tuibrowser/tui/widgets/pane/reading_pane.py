"""The reading pane: one document, set line by line, with its current paragraph and the hits in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.strip import Strip

from tuibrowser.language.i18n import tr
from tuibrowser.reading.lines.viewport import Viewport
from tuibrowser.reading.lines.wrapped import wrapped
from tuibrowser.reading.quoting.write import Format
from tuibrowser.settings.commands import Place
from tuibrowser.settings.config import LARGEST_MEASURE, LEAST_MEASURE, MOST_COLUMNS
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.widgets.grounded import Grounded
from tuibrowser.tui.widgets.pane.dragging import ends_at
from tuibrowser.tui.widgets.pane.marked import NO_HITS, Hits, Marks, shown_marks
from tuibrowser.tui.widgets.pane.movable import PaneMessage
from tuibrowser.tui.widgets.pane.painter import MARGIN, Painter
from tuibrowser.tui.widgets.pane.selectable import Selectable, plain_words
from tuibrowser.tui.widgets.pane.ticks import tick_rows
from tuibrowser.tui.widgets.pane.voiced import Voiced
from tuibrowser.tui.widgets.strips import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.style import Style
    from textual.binding import BindingType

    from tuibrowser.corpus.model import Document
    from tuibrowser.reading.lines.viewport import Where
    from tuibrowser.reading.views.render import ViewedParagraph, ViewedText
    from tuibrowser.tui.widgets.pane.dragging import Cell, Ends
    from tuibrowser.tui.widgets.pane.marked import MarkedSpan, Span
    from tuibrowser.tui.widgets.pane.selecting import Words

DEFAULT_MEASURE = 80
"""Cells of a line of text: forty characters, about what Chinese books set."""

MEASURE_STEP = 10
"""Cells by which a key makes the lines of text longer or shorter."""

NARROWEST_COLUMN = 44
"""Cells of a column, with its margin; where two of these do not fit, the text has one."""


TICK = "╸"
"""Stands at the right edge where a hit is, the height of the pane being the length of the document."""


class ReadingPane(Voiced, Selectable, Grounded, can_focus=True):
    """Shows a document through a viewport anchored at a raw offset; nothing but the visible is laid out."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.READING)

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reading-pane--heading",
        "reading-pane--note",
        "reading-pane--fold",
        "reading-pane--margin",
        "reading-pane--damage",
        "reading-pane--repair",
        "reading-pane--mark",
        "reading-pane--hit",
        "reading-pane--current-hit",
        "reading-pane--tick",
        "reading-pane--selection",
        "reading-pane--cursor",
        "reading-pane--reading",
        "reading-pane--guess",
    }

    DEFAULT_CSS = """
    ReadingPane {
        width: 1fr;
        height: 1fr;
        & > .reading-pane--heading { text-style: bold; }
        & > .reading-pane--note { text-style: $quiet; }
        & > .reading-pane--fold { text-style: $quiet; }
        & > .reading-pane--margin { color: $primary; }
        & > .reading-pane--damage { color: $error; text-style: underline; }
        & > .reading-pane--repair { color: $success; text-style: $quiet-underline; }
        & > .reading-pane--mark { color: $secondary; text-style: underline; }
        & > .reading-pane--hit { color: $warning; text-style: bold underline; }
        & > .reading-pane--current-hit { text-style: bold reverse; }
        & > .reading-pane--tick { color: $warning; }
        & > .reading-pane--selection { text-style: reverse; }
        & > .reading-pane--cursor { text-style: bold underline reverse; color: $primary; }
        & > .reading-pane--reading { color: $secondary; }
        & > .reading-pane--guess { color: $secondary; text-style: underline; }
    }
    """

    @dataclass
    class DocumentWanted(PaneMessage):
        """The reader asks for the document `step` after this one."""

        step: int

    @dataclass
    class HitWanted(PaneMessage):
        """The reader asks for the hit `step` after the current place."""

        step: int

    @dataclass
    class CopyWanted(PaneMessage):
        """The reader asks for a stretch of the raw text on the clipboard: as a format, or None to choose one."""

        start: int
        end: int
        form: Format | None = Format.TEXT

    def __init__(
        self,
        *,
        measure: int = DEFAULT_MEASURE,
        columns: int = 1,
        words: Words = plain_words,
        keys: Mapping[str, str] | None = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Make a pane for lines of `measure` cells, in so many columns where there is room.

        `words` finds the words of a text; `keys` are those of a selection, by action.
        """
        super().__init__(words=words, keys=keys, id=id)
        self._measure = measure
        self._columns = columns
        self._hits = NO_HITS
        self._ticks: frozenset[int] = frozenset()
        self._marks: dict[str, Marks] = {}
        self._reason = ""

    # What is shown

    def show(
        self, document: Document, text: ViewedText, offset: int, where: Where = "top", *, choose: bool = False
    ) -> None:
        """Show a document so that the raw offset is visible; `choose` makes its paragraph the current one."""
        self._show(document, text, Viewport(text, self._text_width, self._row_count))
        self._hits, self._ticks, self._marks = NO_HITS, frozenset(), {}
        self._reason = ""
        self.go_to(offset, where, choose=choose)

    def explain(self, document: Document, nothing: ViewedText, reason: str) -> None:
        """Show why a document has no text to be shown."""
        self.show(document, nothing, 0)
        self._reason = reason

    def mark_hits(self, spans: Sequence[Span], current: Span | None = None) -> None:
        """Mark hits, sorted spans of the raw text, and the current one among them."""
        self._hits = Hits(spans, current)
        self._set_ticks()
        self.refresh()

    def mark_current(self, hit: Span) -> None:
        """Mark another hit as the current one."""
        self._hits = replace(self._hits, current=hit)
        self.refresh()

    def mark(self, owner: str, spans: Iterable[MarkedSpan]) -> None:
        """Mark spans of the raw text below the hits, instead of those that the same owner marked before.

        Each names a style, such as `mark`: after `reading-pane--` that is a component class of the pane, or of a class
        made of it. Another view keeps the marks; another document has none.
        """
        self._marks[owner] = Marks(spans)
        self.refresh()

    def _set_ticks(self) -> None:
        """Find the rows beside which a tick stands."""
        length = max(1, len(self.text.source.raw)) if self.text is not None else 1
        self._ticks = tick_rows(self._hits.spans, length, self.size.height)

    @property
    def current_hit(self) -> Span | None:
        """The hit marked as the current one."""
        return self._hits.current

    @property
    def visible_hit(self) -> Span | None:
        """The current hit, if it is on the screen."""
        hit = self._hits.current
        if hit is None or self._viewport is None or self._viewport.row_of(hit[0]) is None:
            return None
        return hit

    # Drawing

    @property
    def _column_count(self) -> int:
        """The columns that there are: as many as are wanted and have room."""
        return max(1, min(self._columns, self.size.width // NARROWEST_COLUMN))

    @property
    def _column_width(self) -> int:
        return self.size.width // self._column_count

    @property
    def _row_count(self) -> int:
        """The rows of text that are visible, those of all columns."""
        return max(1, self.size.height) * self._column_count

    @property
    def _text_width(self) -> int:
        return max(2, min(self._measure, self._column_width - MARGIN - 1))

    @property
    def _indent(self) -> int:
        """Cells that centre a line of text in a column wider than the measure."""
        return max(0, (self._column_width - MARGIN - 1 - self._text_width) // 2)

    def on_resize(self) -> None:
        """Set the text in the new width, with the same character on the top line."""
        self._set_anew()

    def _set_anew(self) -> None:
        if self._viewport is not None:
            self._viewport.resize(self._text_width, self._row_count)
            self._set_ticks()
            self.changed()

    def action_cycle_columns(self) -> None:
        """Set the text in one column more, or in one again."""
        self._columns = self._columns % MOST_COLUMNS + 1
        self._set_anew()
        if self._columns > self._column_count:
            self.post_message(self.Said(self, tr("there is no room for two columns")))
        else:
            self.post_message(self.Said(self, tr("one column") if self._columns == 1 else tr("two columns")))

    def action_change_measure(self, step: int) -> None:
        """Make the lines longer or shorter, so many times as the count says."""
        wanted = self._measure + step * MEASURE_STEP * self._count.times()
        self._measure = max(LEAST_MEASURE, min(wanted, LARGEST_MEASURE))
        self._set_anew()
        self.post_message(self.Said(self, tr("lines of up to {cells} cells", cells=self._measure)))

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"reading-pane--{name}", partial=True)

    def draw_line(self, y: int) -> Strip:
        """Draw a line of the screen, with a tick at the right edge where hits are."""
        if y not in self._ticks:
            return self._draw_columns(y, self.size.width)
        tick = Strip([Segment(TICK, self._style("tick"))])
        return Strip.join([self._draw_columns(y, self.size.width - 1), tick])

    def _draw_columns(self, y: int, width: int) -> Strip:
        """Draw a line of the screen: a row of each column, the last one as wide as there is room."""
        if self._column_count == 1:
            return self._draw_row(y, width)
        left, right = self._column_width, width - self._column_width
        return Strip.join([self._draw_row(y, left), self._draw_row(y + self.size.height, right)])

    def _draw_row(self, y: int, width: int) -> Strip:
        """Draw a row of the text in so many cells."""
        painter, rows = Painter(self._style, self._indent), self._rows
        if self._reason and (line := wrapped(one_line(self._reason), self._text_width)[y - 1 : y]):
            return painter.reason(line[0], width)
        if y >= len(rows) or self.text is None:
            return Strip.blank(width)
        row = rows[y]
        if row.fold:
            return painter.fold(row.fold, row.apparatus, width)
        if row.paragraph < 0 and row.read < 0:
            return Strip.blank(width)
        paragraph = self.text[max(row.paragraph, row.read)]
        is_current = paragraph.number == self.current_paragraph
        readings = self.readings_of(paragraph.number)
        if row.read >= 0:
            return painter.readings(paragraph, row, readings, width, is_current=is_current)
        marks = self._marks_on(paragraph)
        return painter.row(paragraph, row, marks, width, blanks=readings.blanks, is_current=is_current)

    def _marks_on(self, paragraph: ViewedParagraph) -> Iterator[MarkedSpan]:
        """What is marked in a paragraph, as spans of its shown text; the later ones lie above."""
        start, end = paragraph.raw_span(0, len(paragraph.text))
        for marks in self._marks.values():
            yield from shown_marks(paragraph, marks.touching(start, end))
        yield from shown_marks(paragraph, self._hits.touching(start, end))
        yield from self._selection_marks(paragraph.number)

    # Moving

    def action_align(self, where: Where) -> None:
        """Move the line of the hit, or the current paragraph, to the top, the middle or the bottom of the screen."""
        if self.text is None or self._viewport is None or not len(self.text):
            return
        number = self.current_paragraph
        if self._selecting is not None:
            offset = self._selecting.selection.cursor
        elif (hit := self.visible_hit) is not None:
            offset = hit[0]
        elif where == "bottom":
            offset = self.text[number].to_raw(max(0, len(self.text[number].text) - 1))
        else:
            offset = self.text.start_of(number)
        self._viewport.show(offset, where)
        self._chosen = number
        self.changed()

    def action_document(self, step: int) -> None:
        """Ask for another document."""
        self.post_message(self.DocumentWanted(self, step * self._count.times()))

    def action_hit(self, step: int) -> None:
        """Ask for another hit."""
        self.post_message(self.HitWanted(self, step * self._count.times()))

    # Copying

    @property
    def quoted_span(self) -> Span | None:
        """The raw stretch that is copied: what is selected, else the current paragraph."""
        if self._selecting is not None:
            return self.selected_span
        return self.paragraph_span if self.text is not None and len(self.text) else None

    @property
    def paragraph_span(self) -> Span:
        """The raw stretch of the current paragraph; an empty one where there is none."""
        if self.text is None or not len(self.text):
            return 0, 0
        paragraph = self.text[self.current_paragraph]
        return paragraph.raw_span(0, len(paragraph.text))

    def _copy(self, form: Format | None) -> None:
        if (span := self.quoted_span) is None:
            reason = self._reason or tr("there is no text here")
            self.post_message(self.Said(self, tr("not copied: {reason}", reason=reason)))
            return
        self.post_message(self.CopyWanted(self, *span, form))
        if form is not None:
            self.action_select_stop()

    def action_copy(self) -> None:
        """Ask for what is selected, or the current paragraph, on the clipboard."""
        self._copy(Format.TEXT)

    def action_copy_cited(self) -> None:
        """Ask for it with its citation."""
        self._copy(Format.CITED)

    def action_copy_as(self) -> None:
        """Ask for it in a form to be chosen."""
        self._copy(None)

    # The mouse

    def ends_at(self, cell: Cell) -> Ends | None:
        """The characters at a cell of the pane."""
        if self._viewport is None:
            return None
        row, column = self._in_column(cell)
        return ends_at(self._viewport, self._rows, row, column - self._indent - MARGIN)

    def _in_column(self, cell: Cell) -> tuple[int, int]:
        """The row of the text at a cell of the pane, and the cell's place in its column."""
        number = max(0, min(cell.column // self._column_width, self._column_count - 1))
        return cell.row + number * self.size.height, cell.column - number * self._column_width

    def choose_at(self, cell: Cell) -> None:
        """Make the paragraph that was clicked the current one, and select nothing."""
        self.action_select_stop()
        row, _ = self._in_column(cell)
        if 0 <= row < len(self._rows) and (number := self._rows[row].paragraph) >= 0:
            self._chosen = number
            self.changed()
