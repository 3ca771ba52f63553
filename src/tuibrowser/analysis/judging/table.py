"""Table: judgements out of a table of lines that was exported and whose column `code` was filled in."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.analysis.judging.model import REJECTED, Judgement
from tuibrowser.corpus.sidecars.cells import unguarded
from tuibrowser.host.library_errors import json_reason
from tuibrowser.language.i18n import plain
from tuibrowser.reading.tables import unflattened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_NEEDED: Final = ("document", "paragraph", "left", "node", "right", "code")


class TableError(ValueError):
    """Raised with a message where a table has no judged lines."""


def judgements_in(text: str, query: str, form: str) -> list[Judgement]:
    """The judged lines of a table in csv, tsv, json or jsonl; those without a code are not judged.

    Raise TableError for a table that is not one of lines, and for a code that is none.
    """
    return [
        judgement
        for number, record in enumerate(_records(text.removeprefix("\ufeff"), form), 1)
        if (judgement := _judgement(record, query, number)) is not None
    ]


def _records(text: str, form: str) -> Iterator[Mapping[str, Any]]:
    if form == "csv":
        return _of_rows([unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline="")))
    if form == "tsv":
        return _of_rows([unflattened(cell) for cell in line.split("\t")] for line in text.rstrip("\n").split("\n"))
    try:
        if form == "json":
            found = json.loads(text)
            return iter(found["rows"] if isinstance(found, dict) and isinstance(found.get("rows"), list) else [found])
        return iter([json.loads(line) for line in text.split("\n") if line.strip()])
    except (ValueError, RecursionError) as error:
        raise TableError(plain("not JSON: {problem}", problem=json_reason(error))) from None


def _of_rows(rows: Iterable[Sequence[str]]) -> Iterator[dict[str, str]]:
    """The rows of a table by the names in its first row."""
    try:
        head, *others = rows
    except (csv.Error, ValueError):
        raise TableError(plain("not a table of that kind")) from None
    return (dict(zip(head, row, strict=False)) for row in others)


def _judgement(record: object, query: str, number: int) -> Judgement | None:
    """The judgement of a row, None where it has no code."""
    if not isinstance(record, dict):
        raise TableError(plain("row {number}: no line of a concordance", number=number))
    missing = next((name for name in _NEEDED if name not in record), None)
    if missing is not None:
        raise TableError(plain("row {number}: there is no column {name}", number=number, name=missing))
    code = str(record["code"] or "").strip()
    if not code:
        return None
    if len(code) > 1 or not (code.isalnum() or code == REJECTED):
        why = plain("row {number}: a code is one letter, or ! for a line that does not count", number=number)
        raise TableError(why)
    paragraph = str(record["paragraph"])
    document, left, node, right = (str(record[name] or "") for name in ("document", "left", "node", "right"))
    place = int(paragraph) if paragraph.isascii() and paragraph.isdigit() else 0
    return Judgement(query, document, "", place, 0, 0, left, node, right, code)
