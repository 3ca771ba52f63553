"""The list of the desk: rows of a table or lines of a query, drawn when they are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import shown, tr
from tuibrowser.reading.harmless import harmless
from tuibrowser.tui.analysis.making.columns import DEFAULT_SORT
from tuibrowser.tui.analysis.making.made import Figure, Lines, Nothing
from tuibrowser.tui.analysis.panel.drawing import Grid, Look, draw_line, line_room
from tuibrowser.tui.widgets.line_list import LineList
from tuibrowser.tui.widgets.strips import PLAIN, narrow, one_line, strip_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.analysis.figures.concordance import Line
    from tuibrowser.tui.analysis.making.made import Made

_KEPT: Final = 2_000
"""Lines that are kept when others are looked at."""


class FigureRows(LineList, can_focus=True):
    """Shows what was made; its keys are those of the panel."""

    DEFAULT_CSS = """
    FigureRows { height: 1fr; }
    """

    @dataclass
    class RowsWanted(Message):
        """Rows are to be seen and not there yet: those from one place up to another, that not included."""

        made: Figure | Lines
        first: int
        last: int

    @dataclass
    class HeadingsMoved(Message):
        """The columns have other places."""

    def __init__(self, *, ascii_only: bool = False) -> None:
        super().__init__()
        self.made: Made | None = None
        self.marked: set[int] = set()
        self._grid: Grid | None = None
        self._lines: dict[int, Line] = {}
        self._node = 0
        self._is_asking = False
        self._ascii_only = ascii_only

    def show(self, made: Made | None, cursor: int, marked: set[int]) -> None:
        """Show what was made, with the cursor on a row."""
        self.made, self.marked = made, marked
        self._grid = Grid(made, ascii_only=self._ascii_only) if isinstance(made, Figure) else None
        self._lines, self._node, self._top = {}, 0, 0
        if isinstance(made, Lines):
            self._node = cell_width((made.lines.query or made.asked.query).strip())
            self.take(made, made.begin, 0)
        self.rows_changed(cursor)
        self._fit()

    def take(self, made: Made, rows: Sequence[Any], first: int) -> None:
        """Take up rows from a place in the order on."""
        if made is not self.made:
            return
        if self._grid is not None:
            self._grid.take(rows, first)
            self._fit()
        else:
            if len(self._lines) > _KEPT:
                self._lines = {}
            self._lines |= dict(enumerate(rows, first))
            self._node = max([self._node, *(cell_width(one_line(harmless(each.node))) for each in rows)])
        self.refresh()

    def _fit(self) -> None:
        """Lay out columns; where they move, the headings are to be drawn anew."""
        if self._grid is not None and self._grid.fit(self.size.width):
            self.refresh()
            self.post_message(self.HeadingsMoved())

    def on_resize(self) -> None:
        """Lay out columns in the new width."""
        super().on_resize()
        self._fit()

    @property
    def line(self) -> Line | None:
        """The line under the cursor, where it is known."""
        return self._lines.get(self.cursor)

    @property
    def row(self) -> Any:
        """The row of a table under the cursor, None where it is not known."""
        return self._grid.row(self.cursor) if self._grid is not None else None

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.made) if isinstance(self.made, Figure | Lines) else 0

    def headings(self, width: int) -> Strip:
        """The line of headings of a table."""
        if self._grid is None or not isinstance(self.made, Figure):
            return Strip.blank(width)
        self._grid.fit(width)
        asked = self.made.asked
        sorted_by = asked.sort or DEFAULT_SORT[asked.view]
        return self._grid.headings(width, sorted_by, self.style("dim"), self.style("header"))

    def column_at(self, cell: int) -> str:
        """The key of the column of a cell; empty where there is none."""
        placed = self._grid.placed if self._grid is not None else ()
        return next((each.column.key for each in placed if each.start <= cell < each.start + each.width), "")

    def draw_line(self, y: int) -> Strip:
        """Draw a line; where there is no row, the first says why."""
        if y == 0 and not self.row_count:
            return strip_of([Segment("  " + self._why(), self.style("dim"))], self.size.width)
        return super().draw_line(y)

    def _why(self) -> str:
        if self.made is None:
            return tr("counting …")
        if isinstance(self.made, Nothing):
            return shown(self.made.why)
        if self.made.basis.at_least:
            return tr("nothing found in what has been read so far")
        return tr("nothing found")

    def draw_row(self, row: int, width: int, cursor: bool) -> Strip:
        """Draw a row of the table, or a line."""
        look = Look(cursor, row in self.marked, self.style("cursor"), self.style("match"), self.style("dim"))
        if self._grid is not None and self._grid.row(row) is not None:
            self._grid.fit(width)
            return self._grid.draw(row, width, look)
        line = self._lines.get(row)
        if line is None or not isinstance(self.made, Lines):
            self._ask_later()
            mark = narrow("▌", ">") if cursor else " "
            return strip_of([Segment(mark, PLAIN), Segment("  …", self.style("dim"))], width)
        asked, has_codes = self.made.asked, self.made.lines.judged is not None
        room = line_room(width, self._node, asked.context, has_counts=asked.is_distinct, has_codes=has_codes)
        return draw_line(line, room, width, look)

    def _ask_later(self) -> None:
        if not self._is_asking:
            self._is_asking = True
            self.call_after_refresh(self._ask)

    def _ask(self) -> None:
        """Ask for what is visible, and as much after it."""
        self._is_asking = False
        if not isinstance(self.made, Figure | Lines):
            return
        height = max(1, self.size.height)
        wanted = range(max(0, self._top - height // 2), min(len(self.made), self._top + 2 * height))
        missing = [at for at in wanted if at not in self._lines and (self._grid is None or self._grid.row(at) is None)]
        if missing:
            self.post_message(self.RowsWanted(self.made, missing[0], missing[-1] + 1))

    # Marks

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        if 0 <= self.cursor < self.row_count:
            self.marked ^= {self.cursor}
            self.refresh()
            self.action_move(1)

    def mark_all(self) -> None:
        """Mark all rows, or none where all are marked."""
        every = set(range(self.row_count))
        self.marked = set() if self.marked == every else every
        self.refresh()

    @property
    def chosen(self) -> Sequence[int]:
        """The marked rows in the order shown; without marks the one under the cursor."""
        if self.marked:
            return sorted(self.marked)
        return [self.cursor] if 0 <= self.cursor < self.row_count else []
