"""A widget that shows a document through a viewport, and the keys that move it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from tuibrowser.corpus.model import Position
from tuibrowser.language.i18n import tr
from tuibrowser.reading.sections import next_heading, previous_heading
from tuibrowser.tui.widgets.pane.count import Count

if TYPE_CHECKING:
    from textual import events

    from tuibrowser.corpus.model import Document
    from tuibrowser.reading.lines.rows import Row
    from tuibrowser.reading.lines.viewport import Viewport, Where
    from tuibrowser.reading.views.render import ViewedText


@dataclass
class PaneMessage(Message):
    """A message of a pane; `pane` is its sender, since a screen may show several."""

    pane: Movable

    @property
    def control(self) -> Movable:
        """The pane, by which `@on` selects."""
        return self.pane


class Movable(Widget):
    """Owns the document that is shown, what of it is on the screen, and which paragraph is the current one."""

    @dataclass
    class Moved(PaneMessage, namespace="reading_pane"):
        """The place shown changed: another document, another line at the top or another current paragraph."""

        position: Position

    @dataclass
    class Said(PaneMessage, namespace="reading_pane"):
        """Something to tell the reader."""

        words: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.document: Document | None = None
        self.text: ViewedText | None = None
        self._viewport: Viewport | None = None
        self._chosen: int | None = None
        self._count = Count(lambda: int(getattr(self.app, "keys_seen", 0)))

    # What is shown

    def _show(self, document: Document, text: ViewedText, viewport: Viewport) -> None:
        """Take up another document."""
        self.document, self.text, self._viewport, self._chosen = document, text, viewport, None

    def see(self, text: ViewedText) -> None:
        """Show the same document in another view, at the same place; what is selected stays."""
        self.text = text
        if self._viewport is not None:
            self._viewport.set_text(text)
        self.changed()

    def describe(self, document: Document) -> None:
        """Take up a fuller record of the document shown."""
        self.document = document

    def go_to(self, offset: int, where: Where = "nearest", *, choose: bool = True) -> None:
        """Bring a raw offset on screen; `choose` makes its paragraph the current one."""
        if self._viewport is None or self.text is None:
            return
        self._viewport.show(offset, where)
        self._chosen = self.text.paragraph_at(offset) if choose else None
        self.changed()

    def unfold_at(self, offset: int) -> None:
        """Show the furniture that is folded away at a raw offset, if there is any."""
        if self._viewport is not None and self.text is not None and self.text.unfold(self.text.paragraph_at(offset)):
            self._viewport.set_text(self.text)

    def show_end(self) -> None:
        """Bring the end of the document on screen."""
        if self._viewport is not None and self.text is not None:
            self._viewport.show(len(self.text.source.raw), "nearest")
            self._chosen = None
            self.changed()

    def changed(self) -> None:
        """Draw anew and say where the reader is."""
        if (position := self.position) is not None:
            # Straight to the screen and before the repaint, so that all that follows from a move is one frame.
            self.screen.post_message(self.Moved(self, position))
        self.refresh()

    # Where the reader is

    @property
    def _rows(self) -> list[Row]:
        """The rows on the screen, those of all columns."""
        return self._viewport.rows() if self._viewport is not None else []

    @property
    def position(self) -> Position | None:
        """The position of the character at the top."""
        if self._viewport is None or self.document is None:
            return None
        return Position(self.document.number, self._viewport.anchor)

    @property
    def standing(self) -> tuple[Position, int | None] | None:
        """The position of the character at the top, and the paragraph that was chosen; another size changes neither."""
        return (position, self._chosen) if (position := self.position) is not None else None

    @property
    def fraction(self) -> float:
        """How much of the document was shown up to the bottom of the pane, from 0 to 1."""
        return self._viewport.fraction() if self._viewport is not None else 0.0

    @property
    def is_at_top(self) -> bool:
        """Whether the first line of the document is visible."""
        return self._viewport is None or self._viewport.at_start

    @property
    def is_at_end(self) -> bool:
        """Whether the last line of the document is visible."""
        return self._viewport is None or self._viewport.at_end

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

    # Moving

    async def on_key(self, event: events.Key) -> None:
        """Gather the digits of a count."""
        if self._count.add(event.character):
            event.stop()

    def scroll_by(self, lines: int) -> None:
        """Scroll by lines; what is selected stays."""
        if self._viewport is not None and self._viewport.scroll(lines):
            self.changed()

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll by lines, so many times as the count says."""
        self.scroll_by(lines * self._count.times())

    def action_scroll_pages(self, pages: float) -> None:
        """Scroll by a page or half of one, so many times as the count says."""
        if self._viewport is None:
            return
        move = self._viewport.page if abs(pages) >= 1 else self._viewport.half_page
        if move((1 if pages > 0 else -1) * self._count.times()):
            self.changed()

    def action_start(self) -> None:
        """Go to the start."""
        if self._viewport is not None:
            self._viewport.start()
            self._chosen = None
            self.changed()

    def action_end(self) -> None:
        """Go to the end, or to the paragraph whose number was typed."""
        if self._viewport is None or self.text is None or not len(self.text):
            return
        count = self._count.take()
        if count is not None:
            self._choose(count - 1, "third")
            return
        self._viewport.end()
        self._chosen = len(self.text) - 1
        self.changed()

    def action_percent(self) -> None:
        """Go to as many percent of the document as the number typed says."""
        count = self._count.take()
        if count is None or count > 100:
            self.post_message(self.Said(self, tr("a number from 0 to 100 before it: 50% is half of the document")))
        elif self.text is not None and len(self.text):
            self.go_to(len(self.text.source.raw) * count // 100, "third")

    def action_paragraph(self, step: int) -> None:
        """Make the paragraph `step` further the current one; page furniture that is folded is none."""
        if self.text is not None:
            number = self.text.shown_beside(self.current_paragraph, step * self._count.times())
            self._choose(number, "nearest")

    def action_heading(self, step: int) -> None:
        """Go to the heading `step` further."""
        if self.document is None:
            return
        count = self._count.times()
        move = next_heading if step > 0 else previous_heading
        target = move(self.document.headings, self.current_offset, count)
        if target is not None:
            self.go_to(target.start, "top")

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
