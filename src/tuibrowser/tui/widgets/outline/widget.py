"""The outline beside the text: folders, documents and headings, following the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.settings.commands import Place
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.widgets.line_list import LineList
from tuibrowser.tui.widgets.outline.node import Node, NodeKind
from tuibrowser.tui.widgets.outline.tree import DocumentOrder, OutlineTree
from tuibrowser.tui.widgets.strips import PLAIN, fit, fit_middle, strip_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.style import Style
    from textual.binding import BindingType
    from textual.strip import Strip

    from tuibrowser.corpus.model import Document

INDENT = 2
DEEPEST_INDENT = 5
"""Levels beyond this one are not indented further: the sidebar is narrow."""


class Outline(LineList, can_focus=True):
    """The outline of a corpus. The program hands it the documents and says where the reader is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.OUTLINE)

    DEFAULT_CSS = """
    Outline { width: 1fr; height: 1fr; }
    """

    @dataclass
    class Opened(Message):
        """The reader asks for a place: a document, at a raw offset."""

        document: int
        offset: int

    @dataclass
    class Widened(Message):
        """The reader wants the outline wider by so many steps, narrower if negative."""

        step: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tree: OutlineTree | None = None
        self._title: Callable[[str, Document], str] = lambda title, _: title
        self._documents: Sequence[Document] = ()

    # What the program says

    def show(self, documents: Sequence[Document], order: DocumentOrder, numbers: Sequence[int]) -> None:
        """Show these documents, in an order, which their numbers are in."""
        self._documents = documents
        self._tree = OutlineTree(documents, order, numbers)
        self._top = 0
        self.rows_changed(0)

    def show_titles(self, title: Callable[[str, Document], str]) -> None:
        """Show titles as `title(text, document)` has them, in the script of the view."""
        self._title = title
        self.refresh()

    def follow(self, document: int, offset: int) -> None:
        """Mark the place where the reader is; while the reader is in the outline, the cursor is left alone."""
        if self._tree is None or self.has_focus:
            return
        before = len(self._tree.rows)
        row = self._tree.follow(document, offset)
        if len(self._tree.rows) != before:
            self.rows_changed(row)
        else:
            self.move_to(row)

    def reread(self, numbers: Iterable[int]) -> None:
        """Take up new records of documents."""
        if self._tree is None:
            return
        self._tree.reread(numbers)
        self.rows_changed(self.cursor)

    @property
    def sequence(self) -> Sequence[int]:
        """The documents' numbers in the order shown."""
        return self._tree.sequence() if self._tree is not None else []

    # Drawing

    @property
    def row_count(self) -> int:
        """How many lines are visible."""
        return len(self._tree.rows) if self._tree is not None else 0

    def draw_row(self, row: int, width: int, cursor: bool) -> Strip:
        """Draw a node."""
        assert self._tree is not None
        node = self._tree.rows[row]
        mark = ("▾ " if node.open else "▸ ") if self._tree.has_children(node) else "  "
        indent = " " * (1 + INDENT * min(node.depth, DEEPEST_INDENT))
        count = self._count(node)
        room = width - 1 - cell_width(indent + mark) - (len(count) + 1 if count else 0)
        label = (fit_middle if node.kind is NodeKind.DOCUMENT else fit)(self._label(node), room)
        gap = " " * (room - cell_width(label) + (1 if count else 0))
        base = self.style("cursor") if cursor else PLAIN
        dim = base + self.style("dim")
        segments = [Segment(indent + mark, dim), Segment(label, self._label_style(node) + base), Segment(gap, base)]
        segments += [Segment(count, dim), Segment(" ", base)]
        return strip_of(segments, width, base)

    def _label_style(self, node: Node) -> Style:
        return self.style("header") if node.kind is NodeKind.DOCUMENT else PLAIN

    def _label(self, node: Node) -> str:
        assert self._tree is not None
        label = self._tree.label(node)
        return label if node.kind is NodeKind.FOLDER else self._title(label, self._documents[node.document])

    @staticmethod
    def _count(node: Node) -> str:
        if node.kind in {NodeKind.FOLDER, NodeKind.ARTICLES} and not node.open:
            return str(node.last - node.first)
        return ""

    # What the reader does

    def _node(self) -> Node | None:
        if self._tree is None or not 0 <= self.cursor < len(self._tree.rows):
            return None
        return self._tree.rows[self.cursor]

    def action_open(self) -> None:
        """Go to the place under the cursor; a folder is unfolded or folded."""
        node = self._node()
        if node is None or self._tree is None:
            return
        if node.kind is NodeKind.FOLDER:
            (self._tree.collapse if node.open else self._tree.expand)(node)
            self.rows_changed(self.cursor)
            return
        heading = self._tree.heading(node)
        self.post_message(self.Opened(node.document, heading.start if heading is not None else 0))

    def action_widen(self, step: int) -> None:
        """Ask for a wider outline."""
        self.post_message(self.Widened(step))

    def action_unfold(self) -> None:
        """Unfold what is under the cursor, or go to its first part."""
        node = self._node()
        if node is None or self._tree is None:
            return
        if self._tree.expand(node):
            self.rows_changed(self.cursor)
        elif node.open:
            self.action_move(1)

    def action_fold(self) -> None:
        """Fold what is under the cursor, or go to what it belongs to."""
        node = self._node()
        if node is None or self._tree is None:
            return
        if self._tree.collapse(node):
            self.rows_changed(self.cursor)
        elif node.parent is not None:
            self.move_to(self._tree.rows.find(node.parent), announce=True)

    def on_line_list_selected(self, message: LineList.Selected) -> None:
        """Open what was clicked."""
        message.stop()
        self.action_open()
