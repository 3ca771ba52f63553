r"""Export: rows as JSON, JSON Lines, CSV, TSV or Markdown, whole and in the order given.

CSV begins with the byte order mark by which spreadsheets recognise UTF-8, and text that a spreadsheet would compute
begins with an apostrophe. In TSV tabs and line ends inside a cell are \t, \r and \n; all else is verbatim.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

BOM: Final = "\ufeff"
"""The byte order mark by which spreadsheets recognise UTF-8."""

FORMATS: Final = ("json", "jsonl", "csv", "tsv", "markdown")

_FORMULA: Final = frozenset("=+-@\t\r＝＋－＠")
"""Characters with which a spreadsheet would take a cell for a formula."""

_IN_MARKDOWN: Final = str.maketrans({"|": "\\|", "\n": " ", "\r": " ", "\\": "\\\\"})

Cell = str | int | float


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows with commas; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows([guarded(cell) for cell in row] for row in rows)
    return made.getvalue()


def guarded(cell: Cell) -> Cell:
    """A cell that no spreadsheet computes; numbers stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in _FORMULA else cell


def unguarded(cell: str) -> str:
    """The text of a cell without the apostrophe that `guarded` put before it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA else cell


def tsv_text(rows: Iterable[Sequence[Cell]]) -> str:
    r"""Rows with tabs; tabs and line ends inside a cell are \t, \r and \n, all else is verbatim."""
    return "".join("\t".join(_flat(str(cell)) for cell in row) + "\n" for row in rows)


def _flat(cell: str) -> str:
    return cell.replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n")


def unflattened(cell: str) -> str:
    """The text of a cell of TSV."""
    return cell.replace("\\t", "\t").replace("\\r", "\r").replace("\\n", "\n")


def markdown_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as a table of Markdown, the first of them its head."""
    lines = ["| " + " | ".join(str(cell).translate(_IN_MARKDOWN) for cell in row) + " |" for row in rows]
    rule = "|" + " --- |" * (lines[0].count(" | ") + 1) if lines else ""
    return "".join(f"{line}\n" for line in [*lines[:1], rule, *lines[1:]] if line)


def cells(columns: Sequence[str], records: Iterable[Mapping[str, object]]) -> Iterator[list[Cell]]:
    """The head and the rows of a table; two numbers in a record are two columns, and a list is one joined text."""
    names = {"interval": ("interval_low", "interval_high")}
    if "reference" in columns and "target" in columns:
        names |= {column: (f"{column}_target", f"{column}_reference") for column in ("per_million", "documents")}
    yield [name for column in columns for name in names.get(column, (column,))]
    for record in records:
        yield [cell for column in columns for cell in _cells(column, record[column], len(names.get(column, "1")))]


def _cells(column: str, value: object, width: int) -> list[Cell]:
    if width > 1:
        return list(value) if isinstance(value, list | tuple) else [""] * width
    if isinstance(value, dict):
        return ["; ".join(f"{name} {count}" for name, count in value.items())]
    if isinstance(value, list | tuple):
        return [(" › " if column == "section" else " ").join(map(str, value))]
    return ["" if value is None else value if isinstance(value, str | int | float) else str(value)]
