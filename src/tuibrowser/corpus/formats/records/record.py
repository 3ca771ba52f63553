"""A record of JSON as a document: its fields by their names, its text with its parts, its notes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.extraction import Extraction
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.records.fields import (
    HEADINGS,
    LABELS,
    date_of,
    is_record,
    key_of,
    named,
    names_of,
    others,
    pick,
)
from tuibrowser.corpus.model import Metadata
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.corpus.formats.base import Contents, Extracted

_DEEPEST: Final = 20
"""Lists and objects within each other that hold a text."""
_LINE: Final = 60
"""Code points of a line of verse, at most."""
_ITEMS: Final = 2
"""Lines that make verse."""


def extract(contents: Contents) -> Extracted:
    """The document that JSON holds. Raises NotTextError where it is no JSON, or holds no text."""
    decoded = decode(contents.data, contents.encoding)
    try:
        value = json.loads(decoded.text)
    except RecursionError:
        raise NotTextError(plain("nested too deep")) from None
    except ValueError as error:
        raise NotTextError(plain("not JSON: {error}", error=str(error))) from None
    if isinstance(value, list) and len(value) == 1 and is_record(value[0]):
        value = value[0]
    return record_of(value, contents.decoded_from or decoded.encoding)


def record_of(value: object, encoding: str | None) -> Extracted:
    """The document that a record holds. Raises NotTextError where there is no text in it."""
    made = Extraction()
    metadata, fields = Metadata(), dict[str, str]()
    if isinstance(value, dict):
        metadata, fields = _metadata(value), others(value)
        _write(made, _text(value), 1, metadata.title)
        if (note := pick(value, "note")) is not None:
            _write(made, note, 1, None, LineRole.NOTE)
    else:
        _write(made, value, 1, None)
    extracted = made.extracted(metadata, encoding=encoding, fields=fields)
    if not extracted.raw:
        raise NotTextError(plain("no text in it"))
    return extracted


def _metadata(record: Mapping[str, Any]) -> Metadata:
    title, source, publisher, work = (names_of(pick(record, name)) for name in ("title", "source", "publisher", "work"))
    date = date_of(pick(record, "date"))
    return Metadata(
        title=title,
        author=names_of(pick(record, "author")),
        published=date.iso if date else None,
        publisher=publisher,
        source=source,
        work=work if work != title else None,
        dated=date.words if date else None,
    )


def _text(record: Mapping[str, Any]) -> object:
    """The value that holds the text: under one of its names, else the longest there is under any other."""
    value = pick(record, "text")
    if value is not None:
        return value
    taken = {key_of(record, name) for name in ("title", "author", "date", "source", "publisher", "note", "work")}
    rest = {key: value for key, value in record.items() if key not in taken and isinstance(value, (str, list, dict))}
    lengths = {key: len(json.dumps(value, ensure_ascii=False)) for key, value in rest.items()}
    key = max(lengths, key=lambda name: lengths[name], default=None)
    return rest[key] if key is not None and _has_han(rest[key]) else None


def _has_han(value: object) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in json.dumps(value, ensure_ascii=False))


def _write(made: Extraction, value: object, level: int, title: str | None, role: LineRole = LineRole.PLAIN) -> None:
    """Write a value: a text, a list of texts or of parts, or a part with its heading."""
    if level > _DEEPEST:
        return
    if isinstance(value, str):
        _write_text(made, value, role)
    elif isinstance(value, list):
        texts = [each for each in value if isinstance(each, str)]
        if len(texts) == len(value):
            _write_lines(made, texts, role)
        else:
            for each in value:
                _write(made, each, level, title, role)
    elif isinstance(value, dict):
        _write_part(made, value, level, title, role)


def _write_text(made: Extraction, text: str, role: LineRole) -> None:
    """Write a text with its own lines, which the rules for plain text may join."""
    made.part()
    for line in text.splitlines():
        if line.strip():
            made.block(line, role)
        else:
            made.part()


def _write_lines(made: Extraction, texts: Sequence[str], role: LineRole) -> None:
    """Write a list of texts: the lines of a poem where all are short, else paragraphs."""
    made.part()
    if role is LineRole.PLAIN:
        is_verse = len(texts) >= _ITEMS and all(len(text) <= _LINE and "\n" not in text for text in texts)
        role = LineRole.VERSE if is_verse else LineRole.BODY
    for text in texts:
        for line in text.splitlines():
            made.block(line, role)


def _write_part(made: Extraction, part: Mapping[str, Any], level: int, title: str | None, role: LineRole) -> None:
    kind = str(part.get("type", "")).casefold()
    text = pick(part, "text")
    if isinstance(text, str) and "title" in kind:
        if text.strip() != (title or ""):
            made.block(text, LineRole.HEADING, level)
        return
    heading = named(part, HEADINGS) if role is LineRole.PLAIN else ""
    if heading:
        made.block(heading, LineRole.HEADING, level)
    if label := named(part, LABELS):
        made.part()
        made.block(label, role)
    if text is None and not heading:
        text = [value for value in part.values() if isinstance(value, (str, list, dict)) and _has_han(value)]
    _write(made, text, level + 1 if heading else level, title, role)
    if (note := pick(part, "note")) is not None:
        _write(made, note, level + 1, title, LineRole.NOTE)
