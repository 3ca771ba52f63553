"""Written: shared passages as records for programs and tables for spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.reading.harmless import json_line
from tuibrowser.reading.tables import BOM, csv_text, markdown_text, tsv_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tuibrowser.reading.tables import Cell
    from tuibrowser.study.reuse.placed import PlacedPassage

FORMATS: Final = ("jsonl", "csv", "tsv", "markdown")

ENDINGS: Final = {".jsonl": "jsonl", ".csv": "csv", ".tsv": "tsv", ".md": "markdown"}
"""The formats that endings of file names stand for."""

COLUMNS: Final = (
    *("document", "line", "text", "other_document", "other_title", "other_author", "other_date", "other_line"),
    *("other_text", "other_is", "pairs", "matched", "count", "also"),
)


def written(form: str, rows: Iterable[PlacedPassage]) -> Iterator[str]:
    """The text of a file, piece by piece: a record a line, or a table with its head."""
    if form == "jsonl":
        yield from (f"{json_line(row.record())}\n" for row in rows)
        return
    if form == "markdown":
        yield markdown_text([COLUMNS, *map(cells, rows)])
        return
    write, mark = (csv_text, BOM) if form == "csv" else (tsv_text, "")
    yield mark + write([COLUMNS])
    yield from (write([cells(row)]) for row in rows)


def cells(row: PlacedPassage) -> list[Cell]:
    """A passage as a row of a table."""
    own, other = row.shared.own, row.shared.other
    pairs = (f"{one[0]}-{one[1]}:{two[0]}-{two[1]}" for one, two in zip(own.spans, other.spans, strict=True))
    return [
        *(row.document.name, row.line or "", own.text),
        *(row.other.name, row.other.title, row.other.metadata.author or "", row.other.metadata.date or ""),
        *(row.other_line or "", other.text, row.other_is or "", "; ".join(pairs)),
        *(row.shared.matched, row.shared.count, "; ".join(f"{name}:{line}" for name, line in row.also)),
    ]
