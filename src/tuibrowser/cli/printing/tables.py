"""Tables: print rows of figures aligned for people, or as a format for programs with what the figures rest on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tuibrowser.analysis.cited import cited
from tuibrowser.analysis.export import BOM, cells, csv_text, markdown_text, tsv_text
from tuibrowser.cli.line.figures import TABLE_FORMATS
from tuibrowser.cli.printing.files import encoded, format_of, write_file
from tuibrowser.cli.printing.output import escaped, json_line, on_terminal
from tuibrowser.cli.sources import say
from tuibrowser.language.i18n import many, plain, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tuibrowser.analysis.basis import Basis
    from tuibrowser.cli.line.grammar import Arguments

_ENDINGS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "markdown",
    ".markdown": "markdown",
}


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


def table_format(arguments: Arguments) -> str | None:
    """The format that is wanted, by name or by the ending of the file; None for people."""
    return format_of(arguments, TABLE_FORMATS, _ENDINGS)


def print_table(table: Exportable, form: str, output: str | None) -> None:
    """Print a table in a format, or write it to a file; its basis stands in it, beside it, or on standard error."""
    text = formatted(table, form)
    if output is None:
        sys.stdout.write(escaped(text) if on_terminal() and form != "json" else text)
        if form not in _WITH_BASIS:
            say([cited(table.basis)])
        return
    write_file(Path(output), encoded(text))
    if form not in _WITH_BASIS:
        write_file(Path(f"{output}.basis.json"), encoded(f"{json_line(_basis(table))}\n"))
    say([plain("{rows} written to {file}", rows=many(len(table), "row"), file=output)])


_WITH_BASIS = ("json", "markdown")
"""Formats that have a place for the basis."""


def formatted(table: Exportable, form: str) -> str:
    """A whole table in a format."""
    records = table.records()
    if form == "json":
        return f"{json_line({'basis': _basis(table), 'rows': list(records)})}\n"
    if form == "jsonl":
        return "".join(f"{json_line(record)}\n" for record in records)
    rows = cells(table.columns, records)
    if form == "csv":
        return BOM + csv_text(rows)
    if form == "tsv":
        return tsv_text(rows)
    return f"{markdown_text(rows)}\n{shown(cited(table.basis))}\n"


def _basis(table: Exportable) -> dict[str, object]:
    """The basis as its JSON object, and as a paragraph to be quoted."""
    return table.basis.record() | {"citation": shown(cited(table.basis))}
