"""The reading pane: one document, set line by line, with its current paragraph and the hits in it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tuibrowser.corpus.model import ParagraphKind, Position
from tuibrowser.language.i18n import tr
from tuibrowser.reading.lines.viewport import Viewport
from tuibrowser.reading.lines.wrapped import wrapped
from tuibrowser.reading.quoting.write import Format
from tuibrowser.reading.sections import next_heading, previous_heading
from tuibrowser.reading.selecting.selection import By
from tuibrowser.reading.selecting.units import Unit
from tuibrowser.reading.views.render import MarkKind
from tuibrowser.settings.commands import Place
from tuibrowser.settings.config import LARGEST_MEASURE, LEAST_MEASURE, MOST_COLUMNS
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.widgets.grounded import Grounded
from tuibrowser.tui.widgets.pane.draggable import Draggable
from tuibrowser.tui.widgets.pane.dragging import ends_at
from tuibrowser.tui.widgets.pane.marked import is_marked, is_within
from tuibrowser.tui.widgets.pane.selecting import Selecting, selecting_keys
from tuibrowser.tui.widgets.pane.ticks import tick_rows
from tuibrowser.tui.widgets.strips import narrow, one_line, strip_of, styled, take

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

    from tuibrowser.corpus.model import Document
    from tuibrowser.reading.lines.viewport import Row, Where
    from tuibrowser.reading.views.render import ViewedParagraph, ViewedText
    from tuibrowser.tui.widgets.pane.dragging import Cell, Ends
    from tuibrowser.tui.widgets.pane.selecting import Words

MARGIN = 3
"""Cells left of the text: the mark of the current paragraph, that of flagged damage, and a gap."""

DEFAULT_MEASURE = 80
"""Cells of a line of text: forty characters, about what Chinese books set."""

MEASURE_STEP = 10
"""Cells by which a key makes the lines of text longer or shorter."""

NARROWEST_COLUMN = 44
"""Cells of a column, with its margin; where two of these do not fit, the text has one."""


TICK = "╸"
"""Stands at the right edge where a hit is, the height of the pane being the length of the document."""

Span = tuple[int, int]


def plain_words(text: str) -> Sequence[Span]:
    """Every character is a word: what is known without a dictionary."""
    return [(at, at + 1) for at in range(len(text))]


class ReadingPane(Draggable, Grounded, can_focus=True):
    """Shows a document through a viewport anchored at a raw offset; nothing but the visible is laid out."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.READING)

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reading-pane--heading",
        "reading-pane--note",
        "reading-pane--fold",
        "reading-pane--margin",
        "reading-pane--damage",
        "reading-pane--repair",
        "reading-pane--hit",
        "reading-pane--current-hit",
        "reading-pane--tick",
        "reading-pane--selection",
        "reading-pane--cursor",
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
        & > .reading-pane--hit { color: $warning; text-style: bold underline; }
        & > .reading-pane--current-hit { text-style: bold reverse; }
        & > .reading-pane--tick { color: $warning; }
        & > .reading-pane--selection { text-style: reverse; }
        & > .reading-pane--cursor { text-style: bold underline reverse; color: $primary; }
    }
    """

    class Moved(Message):
        """The place shown changed: another document, another line at the top or another current paragraph."""

        def __init__(self, position: Position) -> None:
            super().__init__()
            self.position = position

    class DocumentWanted(Message):
        """The reader asks for the document `step` after this one."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class HitWanted(Message):
        """The reader asks for the hit `step` after the current place."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class CopyWanted(Message):
        """The reader asks for a stretch of the raw text on the clipboard: as a format, or None to choose one."""

        def __init__(self, start: int, end: int, form: Format | None = Format.TEXT) -> None:
            super().__init__()
            self.start = start
            self.end = end
            self.form = form

    class SearchWanted(Message):
        """The reader asks for a search of some words."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Said(Message):
        """Something to tell the reader."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class WordsWanted(Message):
        """The reader selects: the dictionary of words will be needed."""

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
        super().__init__(id=id)
        self._words = words
        self._selecting_keys = keys if keys is not None else selecting_keys()
        self._selecting: Selecting | None = None
        self._awaits_unit = False
        self.document: Document | None = None
        self.text: ViewedText | None = None
        self._measure = measure
        self._columns = columns
        self._viewport: Viewport | None = None
        self._rows: list[Row] = []
        self._chosen: int | None = None
        self._hits: Sequence[Span] = ()
        self._current_hit: Span | None = None
        self._ticks: frozenset[int] = frozenset()
        self._count = ""
        self._count_key = 0
        self._reason = ""

    # What is shown

    def show(
        self, document: Document, text: ViewedText, offset: int, where: Where = "top", *, choose: bool = False
    ) -> None:
        """Show a document so that the raw offset is visible; `choose` makes its paragraph the current one."""
        self.document, self.text, self._reason = document, text, ""
        self._viewport = Viewport(text, self._text_width, self._row_count)
        self._hits, self._current_hit, self._chosen, self._ticks = (), None, None, frozenset()
        self._selecting = None
        self._dragging.forget()
        self.go_to(offset, where, choose=choose)

    def explain(self, document: Document, nothing: ViewedText, reason: str) -> None:
        """Show why a document has no text to be shown."""
        self.show(document, nothing, 0)
        self._reason = reason

    def see(self, text: ViewedText) -> None:
        """Show the same document in another view, at the same place."""
        self.text = text
        if self._viewport is not None:
            self._viewport.set_text(text)
        if self._selecting is not None and self.document is not None:
            selection = self._selecting.selection
            self._selecting = Selecting(text, self.document.headings, self._words, selection)
        self._changed()

    def describe(self, document: Document) -> None:
        """Take up a fuller record of the document shown."""
        self.document = document

    def go_to(self, offset: int, where: Where = "nearest", *, choose: bool = True) -> None:
        """Bring a raw offset on screen; `choose` makes its paragraph the current one."""
        if self._viewport is None or self.text is None:
            return
        self._viewport.show(offset, where)
        self._chosen = self.text.paragraph_at(offset) if choose else None
        self._changed()

    def mark_hits(self, spans: Sequence[Span], current: Span | None = None) -> None:
        """Mark hits, sorted spans of the raw text, and the current one among them."""
        self._hits, self._current_hit = spans, current
        self._set_ticks()
        self.refresh()

    def mark_current(self, hit: Span) -> None:
        """Mark another hit as the current one."""
        self._current_hit = hit
        self.refresh()

    def _set_ticks(self) -> None:
        """Find the rows beside which a tick stands."""
        length = max(1, len(self.text.source.raw)) if self.text is not None else 1
        self._ticks = tick_rows(self._hits, length, self.size.height)

    @property
    def position(self) -> Position | None:
        """The place of the character at the top."""
        if self._viewport is None or self.document is None:
            return None
        return Position(self.document.number, self._viewport.anchor)

    @property
    def standing(self) -> tuple[Position, int | None] | None:
        """The place of the character at the top, and the paragraph that was chosen; another size changes neither."""
        return (position, self._chosen) if (position := self.position) is not None else None

    @property
    def fraction(self) -> float:
        """How much of the document was shown up to the bottom of the pane, from 0 to 1."""
        return self._viewport.fraction() if self._viewport is not None else 0.0

    @property
    def current_paragraph(self) -> int:
        """The number of the current paragraph, from 0: the chosen one while visible, else the first that begins."""
        visible = [row for row in self._rows if row.paragraph >= 0]
        if self._chosen is not None and any(row.paragraph == self._chosen for row in visible):
            return self._chosen
        beginning = (row.paragraph for row in visible if row.line == 0)
        return next(beginning, visible[0].paragraph if visible else 0)

    @property
    def current_offset(self) -> int:
        """The raw offset at which the current paragraph begins, or the anchor if that is inside it."""
        if self.text is None or self._viewport is None or not len(self.text):
            return 0
        return self.text.start_of(self.current_paragraph)

    @property
    def current_hit(self) -> Span | None:
        """The hit marked as the current one."""
        return self._current_hit

    @property
    def is_at_end(self) -> bool:
        """Whether the last line of the document is visible."""
        return self._viewport is None or self._viewport.at_end

    def show_end(self) -> None:
        """Bring the end of the document on screen."""
        if self._viewport is not None and self.text is not None:
            self._viewport.show(len(self.text.source.raw), "nearest")
            self._chosen = None
            self._changed()

    @property
    def is_at_top(self) -> bool:
        """Whether the first line of the document is visible."""
        return self._viewport is None or self._viewport.at_start

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

    def _changed(self) -> None:
        """Draw anew and say where the reader is."""
        self._rows = self._viewport.rows() if self._viewport is not None else []
        if (position := self.position) is not None:
            # Straight to the screen and before the repaint, so that all that follows from a move is one frame.
            self.screen.post_message(self.Moved(position))
        self.refresh()

    def on_resize(self) -> None:
        """Set the text in the new width, with the same character on the top line."""
        self._set_anew()

    def _set_anew(self) -> None:
        if self._viewport is not None:
            self._viewport.resize(self._text_width, self._row_count)
            self._set_ticks()
            self._changed()

    def action_cycle_columns(self) -> None:
        """Set the text in one column more, or in one again."""
        self._columns = self._columns % MOST_COLUMNS + 1
        self._set_anew()
        if self._columns > self._column_count:
            self.post_message(self.Said(tr("there is no room for two columns")))
        else:
            self.post_message(self.Said(tr("one column") if self._columns == 1 else tr("two columns")))

    def action_change_measure(self, step: int) -> None:
        """Make the lines longer or shorter, so many times as the count says."""
        wanted = self._measure + step * MEASURE_STEP * (self._take_count() or 1)
        self._measure = max(LEAST_MEASURE, min(wanted, LARGEST_MEASURE))
        self._set_anew()
        self.post_message(self.Said(tr("lines of up to {cells} cells", cells=self._measure)))

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
        indent = " " * self._indent
        if self._reason and (line := wrapped(one_line(self._reason), self._text_width)[y - 1 : y]):
            return strip_of([Segment(f"{indent}{' ' * MARGIN}{line[0]}", self._style("damage"))], width)
        if y >= len(self._rows) or self.text is None:
            return Strip.blank(width)
        row = self._rows[y]
        if row.fold:
            one = tr("1 line of page furniture")
            words = one if row.fold == 1 else tr("{count} lines of page furniture", count=row.fold)
            return strip_of([Segment(take(f"{indent}   ⋯ {words}", width - 1), self._style("fold"))], width)
        if row.paragraph < 0:
            return Strip.blank(width)
        paragraph = self.text[row.paragraph]
        return strip_of([Segment(indent), *self._margin(paragraph, row), *self._line(paragraph, row)], width)

    def _margin(self, paragraph: ViewedParagraph, row: Row) -> list[Segment]:
        mark = narrow("▌", ">") if row.paragraph == self.current_paragraph else " "
        damaged = row.line == 0 and any(mark.kind is MarkKind.DAMAGE for mark in paragraph.marks)
        return [
            Segment(mark, self._style("margin")),
            Segment("!", self._style("damage")) if damaged else Segment(" "),
            Segment(" "),
        ]

    def _line(self, paragraph: ViewedParagraph, row: Row) -> list[Segment]:
        styles = [(mark.start, mark.end, self._style(mark.kind.value)) for mark in paragraph.marks]
        for span in self._hits_in(paragraph):
            shown = paragraph.shown_span(*span)
            if shown is not None:
                name = "current-hit" if is_within(span, self._current_hit) else "hit"
                styles.append((*shown, self._style(name)))
        styles += self._selection_styles(paragraph.number)
        return styled(paragraph.text, row.start, row.end, styles, self._base(paragraph))

    def _selection_styles(self, number: int) -> list[tuple[int, int, Style]]:
        if self._selecting is None:
            return []
        styles = []
        if (span := self._selecting.shown_span(number)) is not None:
            styles.append((*span, self._style("selection")))
        if (cursor := self._selecting.cursor) is not None and cursor[0] == number:
            styles.append((cursor[1], cursor[2], self._style("cursor")))
        return styles

    def _base(self, paragraph: ViewedParagraph) -> Style:
        from rich.style import Style

        if paragraph.kind is ParagraphKind.HEADING:
            return self._style("heading")
        if paragraph.kind in {ParagraphKind.NOTE, ParagraphKind.FURNITURE}:
            return self._style("note")
        return Style()

    def _hits_in(self, paragraph: ViewedParagraph) -> Sequence[Span]:
        start, end = paragraph.raw_span(0, len(paragraph.text))
        first = bisect_left(self._hits, (start, 0))
        while first > 0 and self._hits[first - 1][1] > start:
            first -= 1
        last = bisect_left(self._hits, (end, 0))
        found = list(self._hits[first:last])
        if self._current_hit is not None and not is_marked(self._hits, self._current_hit):
            found.append(self._current_hit)
        return found

    # Moving

    async def on_key(self, event: events.Key) -> None:
        """Gather the digits of a count; while something is selected, do what the selection's keys say."""
        if self._selecting is not None and await self._take_selecting_key(event):
            event.stop()
            event.prevent_default()
            return
        digit = event.character or ""
        if digit.isascii() and digit.isdecimal() and (digit != "0" or self._fresh_count()):
            self._count = (self._fresh_count() + digit)[-6:]
            self._count_key = self._keys_seen
            event.stop()

    @property
    def _keys_seen(self) -> int:
        return int(getattr(self.app, "keys_seen", 0))

    def _fresh_count(self) -> str:
        """The digits typed right before this key."""
        return self._count if self._keys_seen - self._count_key <= 1 else ""

    def _take_count(self) -> int | None:
        """The number typed before the key, if any."""
        digits, self._count = self._fresh_count(), ""
        return int(digits) if digits else None

    def _scroll(self, lines: int) -> None:
        if self._viewport is not None and self._viewport.scroll(lines):
            self._changed()

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll by lines, so many times as the count says."""
        self._scroll(lines * (self._take_count() or 1))

    def action_scroll_pages(self, pages: float) -> None:
        """Scroll by a page or half of one, so many times as the count says."""
        if self._viewport is None:
            return
        move = self._viewport.page if abs(pages) >= 1 else self._viewport.half_page
        if move((1 if pages > 0 else -1) * (self._take_count() or 1)):
            self._changed()

    def action_start(self) -> None:
        """Go to the start."""
        if self._viewport is not None:
            self._viewport.start()
            self._chosen = None
            self._changed()

    def action_end(self) -> None:
        """Go to the end, or to the paragraph whose number was typed."""
        if self._viewport is None or self.text is None or not len(self.text):
            return
        count = self._take_count()
        if count is not None:
            self._choose(count - 1, "third")
            return
        self._viewport.end()
        self._chosen = len(self.text) - 1
        self._changed()

    def action_percent(self) -> None:
        """Go to as many percent of the document as the number typed says."""
        count = self._take_count()
        if count is None or count > 100:
            self.post_message(self.Said(tr("a number from 0 to 100 before it: 50% is half of the document")))
        elif self.text is not None and len(self.text):
            self.go_to(len(self.text.source.raw) * count // 100, "third")

    def action_align(self, where: Where) -> None:
        """Move the line of the hit, or the current paragraph, to the top, the middle or the bottom of the screen."""
        if self.text is None or self._viewport is None or not len(self.text):
            return
        number, hit = self.current_paragraph, self._current_hit
        if self._selecting is not None:
            offset = self._selecting.selection.cursor
        elif hit is not None and self._is_visible(hit):
            offset = hit[0]
        elif where == "bottom":
            offset = self.text[number].to_raw(max(0, len(self.text[number].text) - 1))
        else:
            offset = self.text.start_of(number)
        self._viewport.show(offset, where)
        self._chosen = number
        self._changed()

    def action_paragraph(self, step: int) -> None:
        """Make the paragraph `step` further the current one."""
        self._choose(self._step_paragraphs(step * (self._take_count() or 1)), "nearest")

    def _step_paragraphs(self, step: int) -> int:
        """The paragraph so many further, page furniture left out where it is folded."""
        at = self.current_paragraph
        if self.text is None:
            return at
        direction = 1 if step > 0 else -1
        for _ in range(abs(step)):
            beyond = at + direction
            while 0 <= beyond < len(self.text) and not self.text.is_shown(beyond):
                beyond += direction
            if not 0 <= beyond < len(self.text):
                break
            at = beyond
        return at

    def _choose(self, number: int, where: Where) -> None:
        if self.text is None or not len(self.text):
            return
        number = max(0, min(number, len(self.text) - 1))
        offset = self.text.start_of(number)
        if self._viewport is not None and where == "nearest":
            end = self.text[number].to_raw(max(0, len(self.text[number].text) - 1))
            self._viewport.show(end, "nearest")
        self.go_to(offset, where)
        self._chosen = number
        self.refresh()

    def action_heading(self, step: int) -> None:
        """Go to the heading `step` further."""
        if self.document is None:
            return
        count = self._take_count() or 1
        move = next_heading if step > 0 else previous_heading
        target = move(self.document.headings, self.current_offset, count)
        if target is not None:
            self.go_to(target.start, "top")

    def action_document(self, step: int) -> None:
        """Ask for another document."""
        self.post_message(self.DocumentWanted(step * (self._take_count() or 1)))

    def action_hit(self, step: int) -> None:
        """Ask for another hit."""
        self.post_message(self.HitWanted(step * (self._take_count() or 1)))

    # Copying

    @property
    def quoted_span(self) -> Span | None:
        """The raw stretch that is copied: what is selected, else the current paragraph."""
        if self._selecting is not None:
            return self._selecting.span
        return self.paragraph_span if self.text is not None and len(self.text) else None

    @property
    def paragraph_span(self) -> Span:
        """The raw stretch of the current paragraph; an empty one where there is none."""
        if self.text is None or not len(self.text):
            return 0, 0
        paragraph = self.text[self.current_paragraph]
        return paragraph.raw_span(0, len(paragraph.text))

    def _copy(self, form: Format | None) -> None:
        if (span := self.quoted_span) is not None:
            self.post_message(self.CopyWanted(*span, form))
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

    # Selecting

    @property
    def is_selecting(self) -> bool:
        """Whether something is selected."""
        return self._selecting is not None

    @property
    def selected_by(self) -> By | None:
        """What is selected by: characters or paragraphs; None where nothing is."""
        return self._selecting.selection.by if self._selecting is not None else None

    async def _take_selecting_key(self, event: events.Key) -> bool:
        """Do what a key means for the selection; whether it means anything there."""
        if self._awaits_unit:
            self._awaits_unit = False
            unit = {"w": Unit.WORD, "s": Unit.SENTENCE, "p": Unit.PARAGRAPH}.get(event.key)
            if unit is not None and self._selecting is not None:
                self._selecting.take(unit, self._take_count() or 1)
                self._show_cursor()
            return True
        if event.key == "0" and self._fresh_count():
            return False
        action = self._selecting_keys.get(event.key)
        if action is None:
            return False
        await self.run_action(action)
        return True

    def action_select_by(self, by: str) -> None:
        """Begin to select by character, from the current hit or paragraph, or by paragraph; the same again: stop."""
        if self._selecting is not None:
            if self._selecting.selection.by == by:
                self.action_select_stop()
            else:
                self._selecting.turn(By(by))
                self._changed()
            return
        if self.text is None or self.document is None or not len(self.text):
            return
        hit = self._current_hit if self._is_visible(self._current_hit) else None
        start = self.text.start_of(self.current_paragraph)
        span = hit if hit is not None and by == By.CHARACTER else (start, start)
        self._selecting = Selecting.begin(self.text, self.document.headings, self._words, span, By(by))
        if self._selecting is not None and by == By.PARAGRAPH:
            self._selecting.take(Unit.PARAGRAPH, 1)
        self.post_message(self.WordsWanted())
        self._show_cursor()

    def select(self, span: Span) -> None:
        """Select a stretch of the raw text by character; the place on the screen stays."""
        if self.text is None or self.document is None:
            return
        self._selecting = Selecting.begin(self.text, self.document.headings, self._words, span, By.CHARACTER)
        self.post_message(self.WordsWanted())
        self._changed()

    def _is_visible(self, span: Span | None) -> bool:
        return span is not None and self._viewport is not None and self._viewport.row_of(span[0]) is not None

    def action_select_stop(self) -> None:
        """Select nothing."""
        was_selecting = self._selecting is not None
        self._selecting, self._awaits_unit = None, False
        if was_selecting:
            self._changed()

    def action_select(self, unit: str, step: int) -> None:
        """Move the cursor by units, so many times as the count says."""
        if self._selecting is not None:
            self._selecting.move(Unit(unit), step * (self._take_count() or 1))
            self._show_cursor()

    def action_select_lines(self, step: int) -> None:
        """Move the cursor by lines of the screen, to about the same column."""
        if self._selecting is None or self._viewport is None:
            return
        for _ in range(min(self._take_count() or 1, self._row_count)):
            offset = self._viewport.offset_beside(self._selecting.selection.cursor, step)
            if offset is None:
                break
            self._selecting.move_to(offset)
        self._show_cursor()

    def action_select_document(self, to_end: bool) -> None:
        """Move the cursor to the start or the end of the document, or to the paragraph whose number was typed."""
        if self._selecting is None or self.text is None:
            return
        count = self._take_count()
        if to_end and count is not None:
            self._selecting.move_to(self.text.start_of(max(0, min(count, len(self.text)) - 1)))
        else:
            self._selecting.move_to(len(self.text.source.raw) if to_end else 0)
        self._show_cursor()

    def action_select_in_line(self, to_end: bool) -> None:
        """Move the cursor to the start or the end of its line."""
        cursor = self._selecting.cursor if self._selecting is not None else None
        if self._selecting is None or cursor is None:
            return
        lines = [(row.start, row.end) for row in self._rows if row.paragraph == cursor[0]]
        self._selecting.move_in_line(lines, to_end=to_end)
        self._show_cursor()

    def action_select_in(self) -> None:
        """Wait for w, s or p: the whole word, sentence or paragraph."""
        self._awaits_unit = True

    def action_select_other_end(self) -> None:
        """Put the cursor at the other end."""
        if self._selecting is not None:
            self._selecting.swap()
            self._show_cursor()

    def action_search_selection(self) -> None:
        """Ask for a search of what is selected, or of the word at the hit or at the paragraph's beginning."""
        if self.text is None or self.document is None or not len(self.text):
            return
        selecting = self._selecting
        if selecting is None:
            hit = self._current_hit if self._is_visible(self._current_hit) else None
            start = hit[0] if hit is not None else self.text.start_of(self.current_paragraph)
            selecting = Selecting.begin(
                self.text, self.document.headings, self._words, hit or (start, start), By.CHARACTER
            )
            if selecting is not None and hit is None:
                selecting.take(Unit.WORD, 1)
        if selecting is not None and (words := selecting.passage.strip()):
            self.action_select_stop()
            self.post_message(self.SearchWanted(words))

    def take_words(self) -> None:
        """Know the words, now that the dictionary is loaded, where something is selected already."""
        if self._selecting is not None and self.text is not None and self.document is not None:
            self._selecting = self._selecting.renewed(self.text, self.document.headings, self._words)
            self.refresh()

    def _bring(self, offset: int) -> None:
        if self._viewport is not None:
            self._viewport.show(offset, "nearest")
            self._rows = self._viewport.rows()

    def _show_cursor(self) -> None:
        """Keep the cursor on the screen."""
        if self._selecting is not None and self.text is not None:
            self._bring(self._selecting.selection.cursor)
            self._chosen = self.text.paragraph_at(self._selecting.selection.cursor)
            self._changed()

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

    def select_between(self, anchor: int, cursor: int, unit: Unit) -> None:
        """Select by units from one raw offset to another."""
        if self.text is None or self.document is None:
            return
        if self._selecting is None:
            here = (anchor, anchor)
            self._selecting = Selecting.begin(self.text, self.document.headings, self._words, here, By.CHARACTER)
            self.post_message(self.WordsWanted())
        if self._selecting is not None:
            self._selecting.reach(anchor, cursor, unit)
            self._awaits_unit = False
            self._show_cursor()

    def select_nothing(self) -> None:
        """Select nothing."""
        self.action_select_stop()

    def extend_to(self, cursor: int) -> bool:
        """Move the cursor of what is selected."""
        if self._selecting is None:
            return False
        self._selecting.move_to(cursor)
        self._show_cursor()
        return True

    def scroll_by(self, lines: int) -> None:
        """Scroll by lines; what is selected stays."""
        self._scroll(lines)

    def choose_at(self, cell: Cell) -> None:
        """Make the paragraph that was clicked the current one, and select nothing."""
        self.action_select_stop()
        row, _ = self._in_column(cell)
        if 0 <= row < len(self._rows) and (number := self._rows[row].paragraph) >= 0:
            self._chosen = number
            self._changed()
