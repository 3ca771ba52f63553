"""The outline beside the text: shown and hidden, ordered, and followed by the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.language.i18n import tr
from tuibrowser.reading.views.render import shown_title
from tuibrowser.tui.labels import DOCUMENT_ORDERS
from tuibrowser.tui.widgets.outline.sidebar import NARROW, Sidebar
from tuibrowser.tui.widgets.outline.tree import DocumentOrder
from tuibrowser.tui.work.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tuibrowser.corpus.documents import Documents
    from tuibrowser.corpus.model import Position
    from tuibrowser.tui.browser.desk import Actions, Inside
    from tuibrowser.tui.widgets.outline.widget import Outline
    from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane
    from tuibrowser.tui.work.tasks import Task


class Outlining:
    """Owns the sidebar with the outline, and the order of the documents."""

    def __init__(self, browser: Inside, pane: ReadingPane, width: int) -> None:
        self._browser = browser
        self._pane = pane
        self._order = DocumentOrder.PATH
        self._shown = DocumentOrder.PATH
        self._ordering: Task | None = None
        self.sidebar = Sidebar(width=width, id="sidebar")

    @property
    def actions(self) -> Actions:
        """The actions of the commands of the outline."""
        return {"outline": self.toggle, "order": self.cycle_order}

    @property
    def outline(self) -> Outline:
        """The outline."""
        return self.sidebar.outline

    def begin(self, screen_width: int, *, is_wanted: bool) -> None:
        """Show the outline or not, before the first frame."""
        self.sidebar.set_class(screen_width < NARROW or not is_wanted, "hidden")

    # What is shown

    def show(self) -> None:
        """Show the documents in their order, soon where there are many to be ordered."""
        if (corpus := self._browser.corpus) is None:
            return
        documents, order = corpus.documents, self._order
        if self._ordering is not None:
            self._ordering.cancel()
        if order is DocumentOrder.PATH:
            self._show(documents, order, range(len(documents)))
            return
        from tuibrowser.tui.widgets.outline.ordering import AT_ONCE, ordered  # not before the first frame

        if len(documents) <= AT_ONCE:
            self._show(documents, order, ordered(documents, order))
            return
        task = self._ordering = self._browser.work(
            lambda progress: ordered(documents, order, progress, lambda: progress.is_cancelled),
            lambda numbers: self._show(documents, order, numbers),
            lambda: self._stay(task),
        )

    def _stay(self, task: Task) -> None:
        """Leave the documents in the order shown, where the work on the newest one was given up."""
        if task is self._ordering:
            self._order = self._shown

    def _show(self, documents: Documents, order: DocumentOrder, numbers: Sequence[int]) -> None:
        is_other, self._shown, self._ordering = order is not self._shown, order, None
        self.outline.show(documents, order, numbers)
        self.show_titles()
        if is_other:
            self._browser.say(DOCUMENT_ORDERS[order])
        if (position := self._pane.position) is not None:
            self.outline.follow(position.document, position.offset)

    def show_titles(self) -> None:
        """Show the titles as the view has them."""
        self.outline.show_titles(lambda title, document: shown_title(title, document.script, self._browser.view))

    def show_again(self) -> None:
        """Show the documents once all were read, where their order depends on that."""
        if self._order is not DocumentOrder.PATH:
            self.show()

    def reread(self, numbers: Iterable[int]) -> None:
        """Take up new records of documents."""
        self.outline.reread(numbers)

    def follow(self, position: Position) -> None:
        """Mark the place where the reader is."""
        pane = self._pane
        self.outline.follow(position.document, position.offset if pane.is_at_top else pane.current_offset)

    # What the reader does

    def open(self, message: Outline.Opened) -> None:
        """Go to the place chosen in the outline."""
        self.leave()
        self._browser.jump(Request(message.document, message.offset, resume=message.offset == 0))

    def switch(self) -> None:
        """Move between the outline and the text, showing the outline if it is hidden."""
        if self.outline.has_focus:
            self.leave()
        else:
            self.sidebar.show()
            self._focus()

    def toggle(self) -> None:
        """Show or hide the outline."""
        if self.sidebar.is_hidden:
            self.sidebar.show()
            if self.sidebar.is_narrow:
                self._focus()
        else:
            self.sidebar.hide()
            self._browser.focus_text()

    def leave(self) -> None:
        """Go to the text."""
        self._browser.focus_text()
        self.sidebar.leave()

    def _focus(self) -> None:
        self.outline.screen.set_focus(self.outline)

    def cycle_order(self) -> None:
        """Order the documents by path, then title, then date."""
        orders = list(DocumentOrder)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self.show()

    def open_neighbour(self, step: int) -> None:
        """Open the document so many further in the order shown."""
        if self._browser.corpus is None or self._pane.document is None:
            return
        sequence = self.outline.sequence
        at = sequence.index(self._pane.document.number) + step
        if 0 <= at < len(sequence):
            self._browser.open(Request(sequence[at]))
        else:
            last, first = tr("this is the last document"), tr("this is the first document")
            self._browser.say(last if step > 0 else first)
