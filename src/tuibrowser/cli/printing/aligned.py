"""Aligned: rows for people, each column as wide as its widest cell, numbers to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.cli.printing.output import Palette, one_line
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Cell = str | int | float | None


def aligned(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """Lines of a head and rows; columns are two blanks apart, and a column of numbers stands to the right."""
    palette = Palette()
    numeric = [any(isinstance(cell, int | float) for cell in column) for column in zip(*rows, strict=True)]
    numeric = numeric or [False] * len(heads)
    texts = [[one_line(_written(cell)) for cell in row] for row in (list(map(shown, heads)), *rows)]
    widths = [max(map(cell_width, column)) for column in zip(*texts, strict=True)]
    for number, row in enumerate(texts):
        padded = (_padded(*each) for each in zip(row, widths, numeric, strict=True))
        line = "  ".join(padded).rstrip()
        yield palette.quiet(line) if number == 0 else line


def _padded(text: str, width: int, is_number: bool) -> str:
    blanks = " " * (width - cell_width(text))
    return blanks + text if is_number else text + blanks


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 1_000 else f"{cell:,.2f}"
    return f"{cell:,}" if isinstance(cell, int) else cell
