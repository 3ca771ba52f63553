"""Drawing: the rows of tables and the lines of a query as strips, aligned by cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.segment import Segment

from tuibrowser.analysis.figures.frequency import year_of
from tuibrowser.analysis.pictures.plot import bar, strip
from tuibrowser.corpus.chronology import shown_date
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import shown
from tuibrowser.reading.harmless import harmless
from tuibrowser.tui.analysis.making.asked import View
from tuibrowser.tui.analysis.making.columns import BARS
from tuibrowser.tui.analysis.panel.layout import MARK_CELLS, laid_out
from tuibrowser.tui.widgets.strips import PLAIN, fit, narrow, one_line, strip_of, take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.strip import Strip

    from tuibrowser.analysis.figures.concordance import Line
    from tuibrowser.tui.analysis.making.columns import Column
    from tuibrowser.tui.analysis.making.made import Figure
    from tuibrowser.tui.analysis.panel.layout import Placed

_DATE_CELLS: Final = 10
_YEAR_CELLS: Final = 6
"""Cells of a year, also of one before our era, which is shown where a date has no room."""
_DATED: Final = 70
"""Cells of a line from which on it has a year at least."""
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
        self._figure = figure
        self._ascii_only = ascii_only
        self._columns = figure.columns
        self._widths = {column.key: cell_width(_heading(column)) for column in self._columns}
        self._placed: list[Placed] = []
        self._room = 0
        self._rows: dict[int, tuple[Any, list[str]]] = {}
        self.take(figure.begin, 0)

    def take(self, rows: Sequence[Any], first: int) -> None:
        """Take up rows from a place in the order on."""
        for at, row in enumerate(rows, first):
            cells = [one_line(harmless(shown(each.text(row)))) for each in self._columns]
            self._rows[at] = row, cells
            for column, text in zip(self._columns, cells, strict=True):
                self._widths[column.key] = max(self._widths[column.key], cell_width(text))
        self._room = 0

    def row(self, at: int) -> Any:
        """A row, None where it is not known yet."""
        return self._rows[at][0] if at in self._rows else None

    def fit(self, room: int) -> bool:
        """Lay the columns out into so many cells; whether any moved, so that all rows are to be drawn anew."""
        if room == self._room:
            return False
        before, self._room = self._placed, room
        self._placed = laid_out(self._columns, self._widths, room)
        return self._placed != before

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
        """A row that is known."""
        row, texts = self._rows[at]
        cells = dict(zip((column.key for column in self._columns), texts, strict=True))
        segments, end = [look.mark], MARK_CELLS
        for place, each in enumerate(self._placed):
            segments.append(Segment(" " * (each.start - end)))
            text = self._plot(row, each.width) if each.column.key == BARS else cells[each.column.key]
            segments.append(Segment(each.cell(text), look.first if place == 0 else PLAIN))
            end = each.start + each.width
        return strip_of(segments, width)

    def _plot(self, row: Any, room: int) -> str:
        if self._figure.asked.view is not View.TIME:
            return strip(_summed(row.bins, room if self._ascii_only else 2 * room), ascii_only=self._ascii_only)
        rate, most = row.per_million or 0.0, self._figure.longest
        if row.is_small:
            return fuzzy_bar(rate, most, room, ascii_only=self._ascii_only)
        return bar(min(rate, most), most, room, ascii_only=self._ascii_only)


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

    `code` is what it was judged as, `count` for how many equal lines it stands, `side` either context, `node` the
    match.
    """

    code: int
    count: int
    side: int
    node: int
    date: int
    title: int


def line_room(width: int, node: int, context: int, *, has_counts: bool = False, has_codes: bool = False) -> LineRoom:
    """How a line of so many cells is divided; what contexts of so many characters leave is for date and title."""
    count = _COUNT_CELLS if has_counts else 0
    code = 2 if has_codes else 0
    node = min(node, width // _NODE_SHARE)
    free = width - MARK_CELLS - code - count - node - 2
    side = min(2 * context, free // 2)
    tail = free - 2 * side - 1
    date = _DATE_CELLS if tail >= _DATE_CELLS else _YEAR_CELLS if width >= _DATED else 0
    title = tail - date - 1 if tail - date - 1 >= _LEAST_TITLE else 0
    if not title:
        side = (free - (date + 1 if date else 0)) // 2
    return LineRoom(code, count, side, node, date, min(title, _MOST_TITLE))


def draw_line(line: Line, room: LineRoom, width: int, look: Look) -> Strip:
    """A match with what stands left and right of it, the matches below one another."""
    left, node, right = (one_line(harmless(text)) for text in (line.left, line.node, line.right))
    left = _end(left, room.side)
    right = take(right, room.side)
    node = fit(node, room.node)
    style = look.match + look.chosen if look.cursor else look.match
    segments = [
        look.mark,
        Segment(f"{line.code or '':{room.code - 1}} " if room.code else ""),
        Segment(f"{line.count:{room.count - 1},} " if room.count else ""),
        Segment(" " * (room.side - cell_width(left)) + left + " "),
        Segment(node, style),
        Segment(" " * (room.node - cell_width(node)) + " " + right + " " * (room.side - cell_width(right))),
    ]
    if room.date:
        iso = line.date if room.date == _DATE_CELLS else year_of(line.date)
        date = fit(shown_date(iso), room.date)
        segments.append(Segment(" " + date + " " * (room.date - cell_width(date)), look.dim))
    if room.title:
        segments.append(Segment(" " + fit(one_line(harmless(line.title or line.document)), room.title), look.dim))
    return strip_of(segments, width)


def _end(text: str, cells: int) -> str:
    """As much of the end of a text as fits into so many cells."""
    return text if cell_width(text) <= cells else take(text[::-1], cells)[::-1]
