"""A widget that shows a document, and in which keys and the mouse select."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.reading.selecting.selection import By
from tuibrowser.reading.selecting.units import Unit
from tuibrowser.tui.widgets.pane.draggable import Draggable
from tuibrowser.tui.widgets.pane.marked import MarkedSpan
from tuibrowser.tui.widgets.pane.movable import Movable, PaneMessage
from tuibrowser.tui.widgets.pane.selecting import Selecting, selecting_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual import events

    from tuibrowser.corpus.model import Document
    from tuibrowser.reading.lines.viewport import Viewport
    from tuibrowser.reading.views.render import ViewedText
    from tuibrowser.tui.widgets.pane.marked import Span
    from tuibrowser.tui.widgets.pane.selecting import Words

_UNITS: Final = {"w": Unit.WORD, "s": Unit.SENTENCE, "p": Unit.PARAGRAPH}
"""The keys after the one that takes a whole unit."""


def plain_words(text: str) -> Sequence[Span]:
    """Every character is a word: what is known without a dictionary."""
    return [(at, at + 1) for at in range(len(text))]


class Selectable(Movable, Draggable):
    """Owns the selection. How the text is drawn is the business of its subclass."""

    @dataclass
    class SearchWanted(PaneMessage, namespace="reading_pane"):
        """The reader asks for a search of some words."""

        words: str

    @dataclass
    class WordsWanted(PaneMessage, namespace="reading_pane"):
        """The reader selects: the dictionary of words will be needed."""

    def __init__(
        self,
        *,
        words: Words = plain_words,
        keys: Mapping[str, str] | None = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Make one in which nothing is shown. `words` finds the words of a text; `keys` are those of a selection."""
        super().__init__(id=id)
        self._words = words
        self._selecting_keys = keys if keys is not None else selecting_keys()
        self._selecting: Selecting | None = None
        self._awaits_unit = False

    # What the subclass shows

    @property
    def visible_hit(self) -> Span | None:
        """The current hit, if it is on the screen."""
        raise NotImplementedError

    # What is shown and selected

    def _show(self, document: Document, text: ViewedText, viewport: Viewport) -> None:
        """Take up another document, in which nothing is selected."""
        super()._show(document, text, viewport)
        self._selecting, self._awaits_unit = None, False
        self._dragging.forget()

    def see(self, text: ViewedText) -> None:
        """Show the same document in another view, at the same place; what is selected stays."""
        if self._selecting is not None and self.document is not None:
            self._selecting = Selecting(text, self.document.headings, self._words, self._selecting.selection)
        super().see(text)

    def take_words(self) -> None:
        """Know the words, now that the dictionary is loaded, where something is selected already."""
        if self._selecting is not None and self.text is not None and self.document is not None:
            self._selecting = self._selecting.renewed(self.text, self.document.headings, self._words)
            self.refresh()

    @property
    def is_selecting(self) -> bool:
        """Whether something is selected."""
        return self._selecting is not None

    @property
    def selected_by(self) -> By | None:
        """The unit of the selection, characters or paragraphs; None where nothing is selected."""
        return self._selecting.selection.by if self._selecting is not None else None

    @property
    def selected_span(self) -> Span | None:
        """The raw stretch that is selected."""
        return self._selecting.span if self._selecting is not None else None

    def _selection_marks(self, number: int) -> Iterator[MarkedSpan]:
        """The marks of the selection and of its cursor on the shown text of a paragraph."""
        if self._selecting is None:
            return
        if (span := self._selecting.shown_span(number)) is not None:
            yield MarkedSpan(*span, "selection")
        if (cursor := self._selecting.cursor) is not None and cursor[0] == number:
            yield MarkedSpan(cursor[1], cursor[2], "cursor")

    def select(self, span: Span) -> None:
        """Select a stretch of the raw text by character; the place on the screen stays."""
        if self.text is not None:
            self._begin(span, By.CHARACTER)
            self.changed()

    def _begin(self, span: Span, by: By) -> None:
        self._selecting = self._selection_of(span, by)
        self.post_message(self.WordsWanted(self))

    def _selection_of(self, span: Span, by: By) -> Selecting | None:
        """A selection of a stretch of the raw text, of its first character where it is empty."""
        if self.text is None or self.document is None:
            return None
        return Selecting.begin(self.text, self.document.headings, self._words, span, by)

    def _start_of_paragraph(self) -> Span:
        """An empty stretch where the current paragraph begins."""
        start = self.text.start_of(self.current_paragraph) if self.text is not None else 0
        return start, start

    def _show_cursor(self) -> None:
        """Keep the cursor on the screen."""
        if self._selecting is not None:
            self.go_to(self._selecting.selection.cursor)

    # The keyboard

    async def on_key(self, event: events.Key) -> None:
        """Do what the selection's keys say while something is selected; then no other class hears of the key."""
        if self._selecting is not None and await self._take_selecting_key(event):
            event.stop()
            event.prevent_default()

    async def _take_selecting_key(self, event: events.Key) -> bool:
        """Do what a key means for the selection; whether it means anything there."""
        if self._awaits_unit:
            self._awaits_unit = False
            unit = _UNITS.get(event.key)
            if unit is not None and self._selecting is not None:
                self._selecting.take(unit, self._count.times())
                self._show_cursor()
            return True
        if event.key == "0" and self._count.is_begun:
            return False
        action = self._selecting_keys.get(event.key)
        if action is None:
            return False
        await self.run_action(action)
        return True

    def action_select_by(self, by: str) -> None:
        """Begin to select by character, from the current hit or paragraph, or by paragraph; the same again: stop."""
        if self._selecting is None:
            self._begin_by(By(by))
        elif self._selecting.selection.by == by:
            self.action_select_stop()
        else:
            self._selecting.turn(By(by))
            self.changed()

    def _begin_by(self, by: By) -> None:
        if self.text is None or not len(self.text):
            return
        hit = self.visible_hit if by is By.CHARACTER else None
        self._begin(hit or self._start_of_paragraph(), by)
        if self._selecting is not None and by is By.PARAGRAPH:
            self._selecting.take(Unit.PARAGRAPH, 1)
        self._show_cursor()

    def action_select_stop(self) -> None:
        """Select nothing."""
        was_selecting = self._selecting is not None
        self._selecting, self._awaits_unit = None, False
        if was_selecting:
            self.changed()

    def action_select(self, unit: str, step: int) -> None:
        """Move the cursor by units, so many times as the count says."""
        if self._selecting is not None:
            self._selecting.move(Unit(unit), step * self._count.times())
            self._show_cursor()

    def action_select_lines(self, step: int) -> None:
        """Move the cursor by lines of the screen, to about the same column."""
        if self._selecting is None or self._viewport is None:
            return
        self._viewport.show(self._selecting.selection.cursor)  # It may have been scrolled off the screen.
        for _ in range(min(self._count.times(), self._viewport.height)):
            offset = self._viewport.offset_beside(self._selecting.selection.cursor, step)
            if offset is None:
                break
            self._selecting.move_to(offset)
        self._show_cursor()

    def action_select_document(self, to_end: bool) -> None:
        """Move the cursor to the start or the end of the document, or to the paragraph whose number was typed."""
        if self._selecting is None or self.text is None:
            return
        count = self._count.take()
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
        if self.text is None or not len(self.text):
            return
        selecting = self._selecting or self._selection_here()
        if selecting is not None and (words := selecting.passage.strip()):
            self.action_select_stop()
            self.post_message(self.SearchWanted(self, words))

    def _selection_here(self) -> Selecting | None:
        """A selection of the current hit, else of the first word of the current paragraph."""
        if (hit := self.visible_hit) is not None:
            return self._selection_of(hit, By.CHARACTER)
        selecting = self._selection_of(self._start_of_paragraph(), By.CHARACTER)
        if selecting is not None:
            selecting.take(Unit.WORD, 1)
        return selecting

    # The mouse

    def select_between(self, anchor: int, cursor: int, unit: Unit) -> None:
        """Select by units from one raw offset to another."""
        if self._selecting is None:
            self._begin((anchor, anchor), By.CHARACTER)
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
