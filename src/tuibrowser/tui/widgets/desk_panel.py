"""The panel of a desk: the box in which a desk shows its own widgets beside the text or in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

if TYPE_CHECKING:
    from tuibrowser.tui.widgets.line_list import LineList


class DeskPanel(Vertical):
    """Holds the widgets of a desk. A subclass binds its keys by `bindings_of(PLACE, …)`; Esc and q close the panel."""

    PLACE: ClassVar[str] = ""
    """The place of its keys: the name of its desk."""

    DEFAULT_CSS = """
    DeskPanel {
        background: $background;
        &.beside { width: 40%; height: 1fr; border-left: solid $primary; }
        &.below { height: 40%; border-top: solid $primary; }
        &.above { height: 55%; border-bottom: solid $primary; }
        &.alone { height: 1fr; border-bottom: none; }
        &.closed { display: none; }
    }
    """

    def follow(self) -> None:
        """Take up that the reader may have moved in the text, or selected; called while the panel is open."""


class RowsPanel(DeskPanel):
    """A panel whose keys move in its rows."""

    rows: LineList

    def action_move(self, rows: int) -> None:
        """Move by rows."""
        self.rows.action_move(rows)

    def action_move_pages(self, pages: float) -> None:
        """Move by pages or half pages."""
        self.rows.action_move_pages(pages)

    def action_move_start(self) -> None:
        """Go to the first row."""
        self.rows.action_move_start()

    def action_move_end(self) -> None:
        """Go to the last row."""
        self.rows.action_move_end()
