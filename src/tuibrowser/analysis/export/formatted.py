"""Formatted: a whole table as text in a format, with what it rests on in it or beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from tuibrowser.analysis.export.cells import cells
from tuibrowser.analysis.export.cited import basis_record, cited
from tuibrowser.language.i18n import shown
from tuibrowser.reading.harmless import json_line
from tuibrowser.reading.tables import BOM, csv_text, markdown_text, tsv_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tuibrowser.analysis.basis import Basis

ENDINGS: Final = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "markdown",
    ".markdown": "markdown",
}
"""The formats that endings of file names stand for."""

WITH_BASIS: Final = ("json", "markdown")
"""Formats that have a place for the basis."""


class Exportable(Protocol):
    """Rows with what they are of."""

    @property
    def columns(self) -> Sequence[str]:
        """The names of what each row has."""

    @property
    def basis(self) -> Basis:
        """The query, the texts and the units that the rows are of."""

    def __len__(self) -> int: ...

    def records(self) -> Iterable[Mapping[str, object]]:
        """The rows as JSON objects with the columns."""


def formatted(table: Exportable, form: str) -> str:
    """A whole table in a format."""
    records = table.records()
    if form == "json":
        return f"{json_line({'basis': basis_record(table.basis), 'rows': list(records)})}\n"
    if form == "jsonl":
        return "".join(f"{json_line(record)}\n" for record in records)
    rows = cells(table.columns, records)
    if form == "csv":
        return BOM + csv_text(rows)
    if form == "tsv":
        return tsv_text(rows)
    return f"{markdown_text(rows)}\n{shown(cited(table.basis))}\n"


def files_of(table: Exportable, name: str, form: str) -> dict[str, str]:
    """The files of a table by their names: one in a format, and the basis beside it where it has no place there."""
    files = {name: formatted(table, form)}
    if form not in WITH_BASIS:
        files[f"{name}.basis.json"] = f"{json_line(basis_record(table.basis))}\n"
    return files
