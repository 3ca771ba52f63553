r"""Tables: rows as CSV, TSV or Markdown, whole and in the order given.

CSV begins with the byte order mark by which spreadsheets recognise UTF-8, and text that a spreadsheet would compute
begins with an apostrophe. In TSV tabs and line ends inside a cell are \t, \r and \n; all else is verbatim.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.sidecars.cells import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BOM: Final = "\ufeff"
"""The byte order mark by which spreadsheets recognise UTF-8."""

_IN_MARKDOWN: Final = str.maketrans({"|": "\\|", "\n": " ", "\r": " ", "\\": "\\\\"})

Cell = str | int | float


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows with commas; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(
        [guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return made.getvalue()


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
