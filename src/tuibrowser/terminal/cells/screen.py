"""Screen: the cells of a terminal, aware that writing over half of a wide character spoils the other half."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.terminal.cells.pens import DEFAULT
from tuibrowser.terminal.cells.widths import Doubt, doubt, is_sure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.terminal.cells.parse import Frame
    from tuibrowser.terminal.cells.pens import Pens

UNKNOWN = -1
"""The pen of a cell of which nothing is known; its text is None."""


class Row:
    """One line: the strings of its cells ("" for a right half, None for unknown) and their pens."""

    __slots__ = ("disputed", "pens", "text", "unsure")

    def __init__(self, text: list[str | None], pens: list[int]) -> None:
        self.text = text
        self.pens = pens
        self.unsure = self.disputed = len(text)
        """The first cells of doubtful width, and of disputed width; the line's length where there are none."""

    def same(self, other: Row) -> bool:
        """Whether both show the same."""
        return self.text == other.text and self.pens == other.pens

    def may_cut(self, column: int) -> bool:
        """Whether a wide character lies on both sides of the left edge of a column, as far as is known."""
        if not 0 < column < len(self.text):
            return False
        cell = self.text[column]
        return cell == "" or (cell is None and self.text[column - 1] is None)

    def find_doubts(self) -> None:
        """Look again for cells of doubtful width."""
        self.unsure = self.disputed = len(self.text)
        known = self.text if None not in self.text else [cell or "" for cell in self.text]
        if is_sure("".join(known)):  # type: ignore[arg-type]  # no None among them
            return
        doubts = [doubt(cell) if cell else Doubt.NONE for cell in self.text]
        self.unsure = next(column for column, each in enumerate(doubts) if each)
        self.disputed = next((column for column, each in enumerate(doubts) if each is Doubt.DISPUTED), self.disputed)


class Screen:
    """The cells of a terminal of a given size; rows and columns count from 0."""

    def __init__(self, width: int, height: int, pens: Pens, known: bool = False) -> None:
        """All cells are blank where they are `known`, else unknown."""
        self.width = width
        self.height = height
        self._pens = pens
        self.rows = [self._row(" " if known else None, DEFAULT if known else UNKNOWN) for _ in range(height)]

    def _row(self, cell: str | None, pen: int) -> Row:
        return Row([cell] * self.width, [pen] * self.width)

    def holds(self, frame: Frame) -> bool:
        """Whether a frame fits the size."""
        column, row = frame.cursor
        return (
            column < self.width
            and row < self.height
            and all(
                0 <= each.row < self.height and each.column >= 0 and each.column + len(each.strip.text) <= self.width
                for each in frame.paintings
            )
        )

    def write(self, row: int, column: int, text: Sequence[str | None], pens: Sequence[int]) -> None:
        """Write cells; halves of wide characters that stick out on either side become blanks.

        What is known of doubtful widths stays as it was.
        """
        line = self.rows[row]
        end = column + len(text)
        if column and line.text[column] == "":
            self._blank(line, column - 1)
        if end < self.width and line.text[end] == "":
            self._blank(line, end)
        line.text[column:end] = text
        line.pens[column:end] = pens

    def _blank(self, line: Row, column: int) -> None:
        line.text[column] = " "
        line.pens[column] = self._pens.blank(line.pens[column])

    def scroll(self, top: int, bottom: int, left: int, right: int, by: int, fill: int) -> None:
        """Move the rows from `top` to `bottom`, both included, up `by` rows (down where negative).

        Only the columns from `left` to before `right` move; the rows that become free are blanks drawn with `fill`.
        """
        if (left, right) == (0, self.width):
            self._scroll_rows(top, bottom, by, fill)
        else:
            self._scroll_cells(top, bottom, left, right, by, fill)

    def _scroll_rows(self, top: int, bottom: int, by: int, fill: int) -> None:
        free = [self._row(" ", fill) for _ in range(min(abs(by), bottom - top + 1))]
        rows = self.rows[top : bottom + 1]
        self.rows[top : bottom + 1] = rows[by:] + free if by > 0 else free + rows[:by]

    def _scroll_cells(self, top: int, bottom: int, left: int, right: int, by: int, fill: int) -> None:
        old = [(line.text[left:right], line.pens[left:right]) for line in self.rows[top : bottom + 1]]
        all_sure = all(line.unsure == self.width for line in self.rows[top : bottom + 1])
        for row in range(top, bottom + 1):
            line = self.rows[row]
            source = row + by - top
            if 0 <= source < len(old):
                line.text[left:right], line.pens[left:right] = old[source]
            else:
                line.text[left:right] = [" "] * (right - left)
                line.pens[left:right] = [fill] * (right - left)
            if not all_sure:
                line.find_doubts()
