"""Viewport: which rows of a sheet are on the screen. Nothing but the lines around them is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.kept import Kept
from tuibrowser.study.collating.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tuibrowser.study.collating.rows import Row
    from tuibrowser.study.collating.sheet import Sheet

_KEPT: Final = 200
"""Lines of which the rows are kept."""


class Place(NamedTuple):
    """A row: the line of the sheet, and which of its rows."""

    line: int
    row: int


class Viewport:
    """Rows of a sheet, set in so many cells, of which those that fit into a height are visible.

    A row takes a line of the screen or, where the texts stand one below the other and differ in it, two.
    """

    def __init__(self, sheet: Sheet, variants: Mapping[int, int]) -> None:
        self._sheet = sheet
        self._variants = variants
        self._kept: Kept[int, Sequence[Row]] = Kept(_KEPT)
        self._cells = self._height = 1
        self._is_beside = True
        self.top = Place(0, 0)

    def fit(self, cells: int, height: int, *, is_beside: bool) -> None:
        """Set the rows in so many cells, one text beside the other or below it, from the same character on."""
        if (cells, height, is_beside) == (self._cells, self._height, self._is_beside):
            return
        column = self.column
        self._cells, self._height, self._is_beside = max(2, cells), max(1, height), is_beside
        self._kept = Kept(_KEPT)
        self.show(column, above=0)

    @property
    def column(self) -> int:
        """The column of the first visible character."""
        return self._rows(self.top.line)[self.top.row].column if len(self._sheet) else 0

    def _rows(self, line: int) -> Sequence[Row]:
        if (rows := self._kept.get(line)) is None:
            rows = self._kept.put(line, rows_of(self._sheet, line, self._cells, self._variants))
        return rows

    def visible(self) -> Iterator[tuple[Row, int]]:
        """The lines of the screen: the row of each, and which line of the row it is."""
        left, place = self._height, self.top if len(self._sheet) else None
        while place is not None and left > 0:
            row = self._rows(place.line)[place.row]
            for at in range(min(left, self._tall(row))):
                yield row, at
            left -= self._tall(row)
            place = self._beside(place, 1)

    def _tall(self, row: Row) -> int:
        return 1 if self._is_beside else len(row.sides)

    def _beside(self, place: Place, step: int) -> Place | None:
        """The next row, or the one before; None where there is none."""
        line, row = place.line, place.row + step
        if 0 <= row < len(self._rows(line)):
            return Place(line, row)
        line += step
        if not 0 <= line < len(self._sheet):
            return None
        return Place(line, 0 if step > 0 else len(self._rows(line)) - 1)

    def place_of(self, column: int) -> Place:
        """The row that a column is in."""
        line = self._sheet.line_at(column)
        rows = self._rows(line)
        fitting = [at for at, row in enumerate(rows) if row.column <= column and row.note is None]
        return Place(line, fitting[-1] if fitting else 0)

    def is_visible(self, column: int) -> bool:
        """Whether the row of a column is on the screen as a whole."""
        place = self.place_of(column)
        wanted = self._rows(place.line)[place.row]
        lines = [at for row, at in self.visible() if row is wanted]
        return len(lines) == self._tall(wanted)

    def show(self, column: int, above: int | None = None) -> None:
        """Show the row of a column with so many lines above it, a third of the screen where none are named."""
        if len(self._sheet):
            self.top = self.place_of(column)
            self.scroll(-(self._height // 3 if above is None else above))
            self._fill()

    def scroll(self, lines: int) -> None:
        """Move by lines of the screen, as far as there are rows to move by."""
        step = 1 if lines > 0 else -1
        left = abs(lines)
        while left > 0 and (place := self._beside(self.top, step)) is not None:
            if step > 0 and self._ends():
                break
            passed = self.top if step > 0 else place
            left -= self._tall(self._rows(passed.line)[passed.row])
            self.top = place

    def to_end(self) -> None:
        """Show the last row at the bottom."""
        if len(self._sheet):
            last = len(self._sheet) - 1
            self.top = Place(last, len(self._rows(last)) - 1)
            self._fill()

    def _ends(self) -> bool:
        """Whether the last row is visible."""
        left, place = self._height, self.top
        while left > 0:
            left -= self._tall(self._rows(place.line)[place.row])
            if (following := self._beside(place, 1)) is None:
                return left >= 0
            place = following
        return False

    def _fill(self) -> None:
        """Move up where rows end above the bottom, so that as many are visible as can be."""
        free = self._height - sum(1 for _ in self.visible())
        while free > 0 and (place := self._beside(self.top, -1)) is not None:
            free -= self._tall(self._rows(place.line)[place.row])
            if free < 0:
                break
            self.top = place
