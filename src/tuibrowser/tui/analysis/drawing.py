"""Drawing: the rows of tables and the lines of a query as strips, aligned by cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.segment import Segment

from tuibrowser.analysis.plot import bar, strip
from tuibrowser.corpus.chronology import shown_date
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import shown
from tuibrowser.reading.harmless import harmless
from tuibrowser.tui.analysis.asked import View
from tuibrowser.tui.analysis.columns import BARS
from tuibrowser.tui.analysis.layout import MARK_CELLS, laid_out
from tuibrowser.tui.widgets.strips import PLAIN, fit, narrow, one_line, strip_of, take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.strip import Strip

    from tuibrowser.analysis.concordance import Line
    from tuibrowser.tui.analysis.columns import Column
    from tuibrowser.tui.analysis.layout import Placed
    from tuibrowser.tui.analysis.made import Figure

_DATE_CELLS: Final = 10
_COUNT_CELLS: Final = 6
_LEAST_TITLE, _MOST_TITLE = 8, 40
_NODE_SHARE: Final = 3
"""The part of a line that a match takes at most: a third."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a row is drawn: its styles, and whether the cursor stands on it and it is marked."""

    cursor: bool
    marked: bool
    chosen: Style
    match: Style
    dim: Style

    @property
    def mark(self) -> Segment:
        """The cells at the left."""
        return Segment((narrow("▌", ">") if self.cursor else " ") + ("*" if self.marked else " "))

    @property
    def first(self) -> Style:
        """The style of what names the row: the cursor changes this alone, so that few bytes are sent."""
        return self.chosen if self.cursor else PLAIN


class Grid:
    """A table on the screen: columns as wide as what has been seen of them, from a sample of rows on."""

    def __init__(self, figure: Figure, *, ascii_only: bool) -> None:
        self.figure = figure
        self._ascii_only = ascii_only
        self._columns = figure.columns
        self._widths = {column.key: cell_width(_heading(column)) for column in self._columns}
        self._placed: list[Placed] = []
        self._room = 0
        self._cells: dict[int, list[str]] = {}
        self._most = 0.0
        if figure.asked.view is View.TIME:
            self._most = _longest(figure.table)

    def see(self, first: int, last: int, room: int) -> bool:
        """Make the cells of some rows; whether columns moved, so that all rows are to be drawn anew."""
        grew = room != self._room
        for at in range(first, min(last, len(self.figure))):
            if at not in self._cells:
                row = self.figure.row(at)
                cells = self._cells[at] = [one_line(harmless(shown(each.text(row)))) for each in self._columns]
                for column, text in zip(self._columns, cells, strict=True):
                    if (width := cell_width(text)) > self._widths[column.key]:
                        self._widths[column.key], grew = width, True
        if grew:
            self._room = room
            self._placed = laid_out(self._columns, self._widths, room)
        return grew

    @property
    def placed(self) -> Sequence[Placed]:
        """The columns that are shown."""
        return self._placed

    def headings(self, width: int, sorted_by: str, plain_style: Style, strong: Style) -> Strip:
        """The line of headings; that of the column which the rows are ordered by stands out."""
        segments, at = [], 0
        for each in self._placed:
            segments.append(Segment(" " * (each.start - at), plain_style))
            style = strong if each.column.key == sorted_by else plain_style
            segments.append(Segment(each.cell(_heading(each.column)), style))
            at = each.start + each.width
        return strip_of(segments, width)

    def draw(self, at: int, width: int, look: Look) -> Strip:
        """A row."""
        if at not in self._cells:
            self.see(at, at + 1, width)
        cells = dict(zip((column.key for column in self._columns), self._cells[at], strict=True))
        segments, end = [look.mark], MARK_CELLS
        for place, each in enumerate(self._placed):
            segments.append(Segment(" " * (each.start - end)))
            text = self._plot(at, each.width) if each.column.key == BARS else cells[each.column.key]
            segments.append(Segment(each.cell(text), look.first if place == 0 else PLAIN))
            end = each.start + each.width
        return strip_of(segments, width)

    def _plot(self, at: int, room: int) -> str:
        row: Any = self.figure.row(at)
        if self.figure.asked.view is View.TIME:
            if row.is_small:
                return fuzzy_bar(row.per_million or 0.0, self._most, room, ascii_only=self._ascii_only)
            return bar(row.per_million or 0.0, self._most, room, ascii_only=self._ascii_only)
        return strip(_summed(row.bins, room if self._ascii_only else 2 * room), ascii_only=self._ascii_only)


def _longest(slices: Sequence[Any]) -> float:
    """The rate of the longest bar: that of a large base, unless most of the groups have small ones."""
    sure = [row.per_million for row in slices if row.matches and not row.is_small]
    every = [row.per_million or 0.0 for row in slices if row.matches]
    return max(sure if 2 * len(sure) >= len(every) else every, default=0.0)


def fuzzy_bar(value: float, most: float, cells: int, *, ascii_only: bool) -> str:
    """The bar of a rate that says little, since its base is small; it ends where there is no more room."""
    length = min(cells, max(1, round(cells * value / most))) if value > 0 and most > 0 else 0
    return ("." if ascii_only else narrow("░", ".")) * length


def _summed(counts: Sequence[int], most: int) -> list[int]:
    """Counts of equal stretches, put together until they are so many at most."""
    step = -(-len(counts) // max(1, most))
    return [sum(counts[at : at + step]) for at in range(0, len(counts), step)]


def _heading(column: Column) -> str:
    return shown(column.heading)


@dataclass(frozen=True, slots=True)
class LineRoom:
    """The cells of parts of a line; 0 for what is left out.

    `count` is for how many equal lines it stands, `side` either context, `node` the match.
    """

    count: int
    side: int
    node: int
    date: int
    title: int


def line_room(width: int, node: int, context: int, *, has_counts: bool = False) -> LineRoom:
    """How a line of so many cells is divided; what contexts of so many characters leave is for date and title."""
    count = _COUNT_CELLS if has_counts else 0
    node = min(node, width // _NODE_SHARE)
    free = width - MARK_CELLS - count - node - 2
    side = min(2 * context, free // 2)
    tail = free - 2 * side - 1
    date = _DATE_CELLS if tail >= _DATE_CELLS else 0
    title = tail - date - 1 if tail - date - 1 >= _LEAST_TITLE else 0
    if not title:
        side = (free - (date + 1 if date else 0)) // 2
    return LineRoom(count, side, node, date, min(title, _MOST_TITLE))


def draw_line(line: Line, room: LineRoom, width: int, look: Look) -> Strip:
    """A match with what stands left and right of it, the matches below one another."""
    left, node, right = (one_line(harmless(text)) for text in (line.left, line.node, line.right))
    left = _end(left, room.side)
    right = take(right, room.side)
    node = fit(node, room.node)
    style = look.match + look.chosen if look.cursor else look.match
    segments = [
        look.mark,
        Segment(f"{line.count:{room.count - 1},} " if room.count else ""),
        Segment(" " * (room.side - cell_width(left)) + left + " "),
        Segment(node, style),
        Segment(" " * (room.node - cell_width(node)) + " " + right + " " * (room.side - cell_width(right))),
    ]
    if room.date:
        date = fit(shown_date(line.date), room.date)
        segments.append(Segment(" " + date + " " * (room.date - cell_width(date)), look.dim))
    if room.title:
        segments.append(Segment(" " + fit(one_line(harmless(line.title or line.document)), room.title), look.dim))
    return strip_of(segments, width)


def _end(text: str, cells: int) -> str:
    """As much of the end of a text as fits into so many cells."""
    return text if cell_width(text) <= cells else take(text[::-1], cells)[::-1]
