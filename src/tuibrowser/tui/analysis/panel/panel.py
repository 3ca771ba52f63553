"""Panel: the head and the rows of the desk, and the keys of its place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

from tuibrowser.settings.commands import Place
from tuibrowser.tui.analysis.making.asked import NEEDING_A_QUERY, View
from tuibrowser.tui.analysis.making.made import Figure
from tuibrowser.tui.analysis.panel.head import Head
from tuibrowser.tui.analysis.panel.rows import FigureRows
from tuibrowser.tui.analysis.panel.words import chosen_words, known_words, order_words, place_words, summary
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.widgets.desk_panel import RowsPanel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from tuibrowser.analysis.basis import Basis
    from tuibrowser.analysis.figures.concordance import Line
    from tuibrowser.tui.analysis.making.asked import Asked
    from tuibrowser.tui.analysis.making.made import Made
    from tuibrowser.tui.widgets.line_list import LineList

REST: Final = 0.12
"""Seconds on a line after which it is previewed: a key that is held down moves on without reading a document a line."""

REST_FROM_AFAR: Final = 0.5
"""The same over SSH, where the text of another document is some 2 KB, and a row down 42 bytes."""


def rest(environ: Mapping[str, str]) -> float:
    """Seconds on a line after which it is previewed."""
    return REST_FROM_AFAR if environ.get("SSH_CONNECTION") else REST


class Keeper(Protocol):
    """What the panel asks of the desk."""

    def do(self, name: str, argument: str = "") -> None:
        """Do what a key asks for."""

    def preview(self) -> None:
        """Show the line under the cursor in the text."""

    def look_at(self, wanted: FigureRows.RowsWanted) -> None:
        """Have rows made."""


class AnalysisPanel(RowsPanel):
    """Shows what was made, and tells the desk what the reader wants."""

    PLACE = Place.ANALYSIS
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.ANALYSIS)
    rows: FigureRows

    def __init__(self, keeper: Keeper, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._keeper = keeper
        self.rows = FigureRows(ascii_only=ascii_only)
        self.head = Head(self.rows.headings)
        self._timer: Timer | None = None
        self.previewed: Line | None = None
        """The line that was shown in the text last."""
        self.is_coding = False
        """Whether the next letter is the code of a line."""

    def compose(self) -> ComposeResult:
        """The head and the rows."""
        yield self.head
        yield self.rows

    def describe(self, asked: Asked, basis: Basis | None, place: str, *, is_part: bool, is_counting: bool) -> None:
        """Say what is shown, or counted just now; `is_part` where there may be more than was counted."""
        self.head.show(
            asked.query if asked.view in NEEDING_A_QUERY else "",
            summary(asked, basis),
            place_words(
                place,
                chosen_words(asked, basis),
                order_words(asked, basis),
                is_near=not asked.scope.exact,
                is_once=asked.scope.once,
                is_counting=is_counting,
            ),
            asked.view,
            known_words(asked, basis, is_part=is_part),
            has_headings=asked.view is not View.LINES,
        )

    def show(self, made: Made | None, cursor: int, marked: set[int]) -> None:
        """Show rows."""
        self.rows.show(made, cursor, marked)

    # What the widgets say

    def on_figure_rows_rows_wanted(self, message: FigureRows.RowsWanted) -> None:
        """Have rows made."""
        message.stop()
        self._keeper.look_at(message)

    def on_figure_rows_headings_moved(self, message: FigureRows.HeadingsMoved) -> None:
        """Draw the headings where their columns are now."""
        message.stop()
        self.head.refresh()

    def on_head_view_wanted(self, message: Head.ViewWanted) -> None:
        """Show the view that was clicked."""
        message.stop()
        self._keeper.do("view", message.view)

    def on_head_column_wanted(self, message: Head.ColumnWanted) -> None:
        """Order by the column that was clicked."""
        message.stop()
        if isinstance(self.rows.made, Figure) and (key := self.rows.column_at(message.cell)):
            self._keeper.do("order_by", key)

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        """Preview the line once the reader rests on it."""
        message.stop()
        self.preview_soon()

    def on_line_list_selected(self, message: LineList.Selected) -> None:
        """Preview the line that was clicked."""
        message.stop()
        self._keeper.preview()

    def preview_soon(self) -> None:
        """Preview the line under the cursor if the reader rests on it."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(rest(os.environ), self._keeper.preview)

    def on_descendant_focus(self) -> None:
        """Preview the line, which may have been there before the reader was."""
        self.preview_soon()

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Take a letter as the code that was asked for; another key gives that up."""
        if self.is_coding:
            self.is_coding = False
            event.stop()
            letter = event.character or ""
            self._keeper.do("judge", letter.lower() if letter.isalpha() else "")

    def action_do(self, name: str, argument: str = "") -> None:
        """Have the desk do what a key asks for."""
        self._keeper.do(name, argument)

    def action_mark(self) -> None:
        """Mark the row."""
        self.rows.toggle_mark()

    def action_mark_all(self) -> None:
        """Mark all rows, or none."""
        self.rows.mark_all()
