"""JSON files that hold a list of records, or a record a line; one that holds a single work is no container."""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from tuibrowser.corpus.containers import json_lines
from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.formats.records.fields import is_record, list_of_records, outer_fields, with_outer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.corpus.containers.base import Opened

_BLANK: Final = re.compile(r"[ \t\r\n]*")
_DECODER: Final = json.JSONDecoder()
_DEEPEST: Final = 200
"""Brackets within each other at the beginning of a file, beyond which nobody keeps texts."""
_SAMPLE: Final = 100
"""Elements at the beginning of a list that tell whether it is one of records."""
_LEAST: Final = 2
"""Records that make a file one of records; of a list of one the record is the document."""


class _NotOneValueError(Exception):
    """The text is not one value of JSON."""


def open_container(file: IO[bytes], _name: str, encoding: str | None = None) -> Opened | None:
    """Open a file of JSON records; None where the file is one document, or no JSON: then reading it says so."""
    file.seek(0)
    decoded = decode(file.read(), encoding)
    text = decoded.text
    if text[:_DEEPEST].count("[") + text[:_DEEPEST].count("{") >= _DEEPEST:
        return None
    try:
        spans = _spans(text)
    except (ValueError, RecursionError, _NotOneValueError):
        return json_lines.of_text(text, decoded.encoding) if _begins_with_record(text) else None
    if spans is None:
        return None
    records = (text[start:end] for start, end in spans.places)
    if spans.outer:
        records = (_with_outer(record, spans.outer) for record in records)
    return json_lines.gathered(records, "json", decoded.encoding)


def _with_outer(record: str, outer: Mapping[str, Any]) -> str:
    value = json.loads(record)
    return json.dumps(with_outer(value, outer), ensure_ascii=False) if isinstance(value, dict) else record


def _begins_with_record(text: str) -> bool:
    """Whether the first line of a text that is no JSON as a whole is."""
    try:
        first = json.loads(text.lstrip().partition("\n")[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(first, (dict, list))


class _Spans(NamedTuple):
    """Where the records of a list begin and end, and what is said of all of them."""

    places: list[tuple[int, int]]
    outer: Mapping[str, Any]


def _spans(text: str) -> _Spans | None:
    """Where the records of a list begin and end; None where there is no such list.

    Raises ValueError and _NotOneValueError where the text is no JSON as a whole.
    """
    at = _skip(text, 0)
    if text.startswith("[", at):
        spans, values, end = _elements(text, at)
        if _skip(text, end) != len(text):
            raise _NotOneValueError
        return _Spans(spans, {}) if len(spans) >= _LEAST and all(map(is_record, values)) else None
    whole, end = _DECODER.raw_decode(text, at)
    if _skip(text, end) != len(text):
        raise _NotOneValueError
    names = list_of_records(whole)
    if not names:
        return None
    for name in names:
        at = _value_of(text, at, name)
    return _Spans(_elements(text, at)[0], outer_fields(whole, names))


def _value_of(text: str, at: int, wanted: str) -> int:
    """Where the value of a key begins in the object at an offset; of a key that comes again, that of the last."""
    found = -1
    at = _skip(text, at + 1)
    while not text.startswith("}", at):
        key, end = _DECODER.raw_decode(text, at)
        start = _skip(text, _skip(text, end) + 1)
        if key == wanted:
            found = start
        _, end = _DECODER.raw_decode(text, start)
        at = _skip(text, end)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
    return found


def _elements(text: str, at: int) -> tuple[list[tuple[int, int]], list[Any], int]:
    """The elements of the list at an offset: where they stand, the first of them, and where the list ends."""
    spans: list[tuple[int, int]] = []
    values: list[Any] = []
    at = _skip(text, at + 1)
    while not text.startswith("]", at):
        value, end = _DECODER.raw_decode(text, at)
        spans.append((at, end))
        if len(values) < _SAMPLE:
            values.append(value)
        at = _skip(text, end)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif not text.startswith("]", at):
            raise _NotOneValueError
    return spans, values, at + 1


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
