"""Tables whose rows are texts: CSV and TSV with a column that holds them."""

from __future__ import annotations

import csv
import io
import json
from array import array
from typing import IO, TYPE_CHECKING

from tuibrowser.corpus.containers.json_lines import Records
from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.formats.records.fields import key_of
from tuibrowser.corpus.formats.records.table import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.containers.base import Opened

_LEAST = 1


def open_container(file: IO[bytes], name: str) -> Opened | None:
    """Open a table of texts; None where no column is named as one that holds texts."""
    file.seek(0)
    decoded = decode(file.read())
    text = decoded.text
    try:
        table = rows(text, name)
        header = [cell.strip() for cell in next(table, [])]
        if len(header) <= _LEAST or not _names_texts(header):
            return None
        pieces: list[bytes] = []
        starts, ends, at = array("Q"), array("Q"), 0
        for cells in table:
            if any(cells):
                record = dict(zip(header, cells, strict=False))
                pieces.append(json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass"))
                starts.append(at)
                at += len(pieces[-1])
                ends.append(at)
    except csv.Error:
        return None
    key = "tsv" if name.lower().endswith((".tsv", ".tab")) else "csv"
    return Records(io.BytesIO(b"".join(pieces)), starts, ends, key, decoded.encoding)


def _names_texts(header: Sequence[str]) -> bool:
    return key_of(dict.fromkeys(header, "x"), "text") is not None
