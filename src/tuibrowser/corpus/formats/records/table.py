"""Tables: CSV and TSV whose rows are no texts are one document of rows."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.extraction import Extraction
from tuibrowser.corpus.formats.records import record
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.formats.base import Contents, Extracted

_LARGEST_CELL: Final = 1 << 28
_SAMPLE: Final = 8192
_DELIMITERS: Final = (",", "\t", ";", "|")


def extract(contents: Contents) -> Extracted:
    """The document that a table is, or that a row of one holds. Raises NotTextError for what cannot be read."""
    if contents.is_record:
        return record.extract(contents)
    decoded = decode(contents.data, contents.encoding)
    made = Extraction()
    try:
        for cells in rows(decoded.text, contents.name):
            made.row(cells)
    except csv.Error as error:
        raise NotTextError(plain("not a table: {error}", error=str(error))) from None
    extracted = made.extracted(encoding=decoded.encoding, problems=decoded.problems)
    if not extracted.raw:
        raise NotTextError(plain("no text in it"))
    return extracted


def rows(text: str, name: str) -> Iterator[list[str]]:
    """The rows of a table. Raises csv.Error."""
    csv.field_size_limit(_LARGEST_CELL)
    return csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter(text, name))


def as_record(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by their columns.

    No cell is lost: a column that has the name of another, or none, is told from it by its number.
    """
    record: dict[str, str] = {}
    for number, cell in enumerate(cells, 1):
        name = header[number - 1].strip() if number <= len(header) else ""
        record[name if name and name not in record else f"{name} {number}".strip()] = cell
    return record


def delimiter(text: str, name: str) -> str:
    """The delimiter of cells: the sign that the first line has most of; a tab in a file named so."""
    first = text[:_SAMPLE].partition("\n")[0]
    if name.lower().endswith((".tsv", ".tab")) and "\t" in first:
        return "\t"
    return max(_DELIMITERS, key=first.count)
