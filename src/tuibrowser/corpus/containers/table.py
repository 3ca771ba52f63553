"""Tables whose rows are texts: CSV and TSV with a column that holds them."""

from __future__ import annotations

import csv
import json
from typing import IO, TYPE_CHECKING

from tuibrowser.corpus.containers.json_lines import gathered
from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.formats.records.fields import key_of
from tuibrowser.corpus.formats.records.table import as_record, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.containers.base import Opened

_LEAST = 1


def open_container(file: IO[bytes], name: str, encoding: str | None = None) -> Opened | None:
    """Open a table of texts; None where no column is named as one that holds texts."""
    file.seek(0)
    decoded = decode(file.read(), encoding)
    try:
        table = rows(decoded.text, name)
        header = next(table, [])
        if len(header) <= _LEAST or not _names_texts(header):
            return None
        key = "tsv" if name.lower().endswith((".tsv", ".tab")) else "csv"
        records = (json.dumps(as_record(header, cells), ensure_ascii=False) for cells in table if any(cells))
        return gathered(records, key, decoded.encoding)
    except csv.Error:
        return None


def _names_texts(header: Sequence[str]) -> bool:
    return key_of(dict.fromkeys(header, "x"), "text") is not None
