"""Layout: which columns of a table fit into a number of cells, and how wide each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.tui.analysis.making.columns import BARS
from tuibrowser.tui.widgets.strips import fit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.tui.analysis.making.columns import Column

MARK_CELLS: Final = 2
"""Cells at the left for the cursor and a mark."""

_LEAST_TEXT, _MOST_TEXT = 8, 34
_LEAST_BARS, _MOST_BARS = 16, 40
_ROOMY: Final = 70
"""Cells of a screen from which columns are two blanks apart."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A column, the cell it begins at and its cells."""

    column: Column
    start: int
    width: int

    def cell(self, text: str) -> str:
        """A text as wide as the column: a number at the right, another text at the left and cut where it is longer."""
        text = fit(text, self.width)
        blanks = " " * (self.width - cell_width(text))
        return blanks + text if self.column.is_number else text + blanks


def laid_out(columns: Sequence[Column], widths: Mapping[str, int], room: int) -> list[Placed]:
    """The columns that fit into so many cells; `widths` are what their headings and cells take.

    The first column, a text, and that of the plot take what the others leave them, up to a limit.
    """
    gap = 2 if room >= _ROOMY else 1
    kept = list(columns)
    while len(kept) > 1 and _least(kept, widths, gap) > room and any(column.leaving for column in kept):
        kept.remove(max(reversed(kept), key=lambda column: column.leaving))
    spare = max(0, room - _least(kept, widths, gap))
    first = kept[0]
    wanted = min(max(widths[first.key], _LEAST_TEXT), max(_MOST_TEXT, room // 3)) - _narrowest(first, first, widths)
    grown = {first.key: min(spare, max(0, wanted))}
    spare -= grown[first.key]
    grown[BARS] = min(spare, _MOST_BARS - _LEAST_BARS)
    placed, start = [], MARK_CELLS
    for column in kept:
        width = _narrowest(column, first, widths) + grown.get(column.key, 0)
        placed.append(Placed(column, start, width))
        start += width + gap
    return placed


def _least(columns: Sequence[Column], widths: Mapping[str, int], gap: int) -> int:
    cells = sum(_narrowest(column, columns[0], widths) for column in columns)
    return MARK_CELLS + cells + gap * (len(columns) - 1)


def _narrowest(column: Column, first: Column, widths: Mapping[str, int]) -> int:
    if column is first:
        return min(widths[column.key], _LEAST_TEXT)
    return _LEAST_BARS if column.key == BARS else widths[column.key]
