"""A record of JSON as a document: its fields by their names, its text with its parts, its notes."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.base import Extracted
from tuibrowser.corpus.formats.extraction import Extraction
from tuibrowser.corpus.formats.lines import LineRole, Parsed
from tuibrowser.corpus.formats.pages.blocks.walk import walk
from tuibrowser.corpus.formats.pages.losses import losses
from tuibrowser.corpus.formats.pages.writing import write_block
from tuibrowser.corpus.formats.problems import DECLARED_DATE, no_date
from tuibrowser.corpus.formats.records.clean import has_markup, role_of_lines, written
from tuibrowser.corpus.formats.records.dating import date_of_record, unread_date_of
from tuibrowser.corpus.formats.records.fields import (
    HEADINGS,
    LABELS,
    is_dialogue,
    is_record,
    is_turn,
    key_of,
    named,
    names_of,
    said_under,
    shape_of,
)
from tuibrowser.corpus.model import DocumentProblem, Metadata
from tuibrowser.host.library_errors import json_reason
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from tuibrowser.corpus.dates import SaidDate
    from tuibrowser.corpus.formats.base import Contents
    from tuibrowser.corpus.formats.pages.blocks.block import Lost
    from tuibrowser.corpus.formats.records.fields import Keys, Shape

_DEEPEST: Final = 20
"""Lists and objects within each other whose structure is kept; the texts in deeper ones follow one another."""
_HAN: Final = re.compile("[\u3400-\u9fff]")
_UTF_8: Final = "utf-8"
_REPLACEMENT: Final = "\ufffd"
FIELDS_LEFT_OUT: Final = "fields-left-out"
"""The kind of problem of a document whose record holds Chinese text under names that are not known."""


def extract(contents: Contents) -> Extracted:
    """The document that JSON holds. Raises NotTextError where it is no JSON, or holds no text."""
    text, encoding = contents.text, _UTF_8
    problems: tuple[DocumentProblem, ...] = ()
    value = _value_of(text) if text is not None else _NONE
    if value is _NONE or text is None:
        decoded = decode(contents.data, contents.encoding)
        text, encoding, problems = decoded.text, decoded.encoding, decoded.problems
        value = _parsed(text)
    if isinstance(value, list) and len(value) == 1 and is_record(value[0]):
        value = value[0]
    if contents.decoded_from and (lost := text.count(_REPLACEMENT)):
        problems = (DocumentProblem("replaced-bytes", plain("{count} characters replaced", count=lost)),)
    return record_of(value, contents.decoded_from or encoding, problems)


def _value_of(text: str) -> object:
    """The value that JSON without white space before it is, as `json.loads` has it; _NONE where it is not sound."""
    try:
        value, end = _SCAN(text)
    except (ValueError, RecursionError):
        return _NONE
    return value if end == len(text) or not text[end:].strip(_BLANKS) else _NONE


_SCAN: Final = json.JSONDecoder().raw_decode
_BLANKS: Final = " \t\n\r"
_NONE: Final = object()


def _parsed(text: str) -> object:
    """The value that JSON is. Raises NotTextError where it is none."""
    try:
        value: object = json.loads(text)
    except RecursionError:
        raise NotTextError(plain("nested too deep")) from None
    except ValueError as error:
        raise NotTextError(plain("not JSON: {error}", error=json_reason(error))) from None
    return value


def record_of(value: object, encoding: str | None, problems: Sequence[DocumentProblem] = ()) -> Extracted:
    """The document that a record holds. Raises NotTextError where there is no text in it."""
    if isinstance(value, dict):
        return _of_object(value, encoding, problems)
    writer = _Writer(Extraction())
    writer.write(value, 1, None)
    return _with_text(writer.made.extracted(encoding=encoding, fields={}, problems=(*problems, *writer.problems())))


def _of_object(record: Mapping[str, Any], encoding: str | None, problems: Sequence[DocumentProblem]) -> Extracted:
    shape = shape_of(record)
    keys = shape.keys
    date = date_of_record(record, shape)
    metadata = _metadata(record, keys, date)
    if date is None and keys["date"] is not None:  # what is no date of ours is kept as a field
        unread = unread_date_of(record, keys)
        problems = (*problems, no_date(DECLARED_DATE, unread)) if unread else problems
        shape = shape.undated()
    texts = _texts(record, shape)
    fields, left_out = _beside(record, shape.unknown, texts)
    note = keys["note"]
    if note is None and not left_out and len(texts) == 1:
        clean = written(*texts.values())
        if clean is not None:
            return Extracted(clean[0], Parsed(clean[1], metadata), encoding, tuple(problems), fields)
    writer = _Writer(Extraction(), Counter(left_out))
    for text in texts.values():
        writer.write(text, 1, metadata.title)
    if note is not None:
        writer.write(record[note], 1, None, LineRole.NOTE)
    problems = (*problems, *writer.problems())
    return _with_text(writer.made.extracted(metadata, encoding=encoding, fields=fields, problems=problems))


def _with_text(extracted: Extracted) -> Extracted:
    """What was extracted. Raises NotTextError where it is nothing."""
    if not extracted.raw:
        raise NotTextError(plain("no text in it"))
    return extracted


def _metadata(record: Mapping[str, Any], keys: Keys, date: SaidDate | None) -> Metadata:
    title, author, publisher, source, work = [
        None if (key := keys[name]) is None else names_of(record[key]) for name in _NAMED
    ]
    published, dated = date or (None, None)
    return Metadata(title, author, None, published, publisher, source, work if work != title else None, dated)


_NAMED: Final = ("title", "author", "publisher", "source", "work")
"""The fields that hold names."""


def _texts(record: Mapping[str, Any], shape: Shape) -> Mapping[str, Any]:
    """The values that are the text, by their keys: the one that is named so, or those of a question and its answer.

    Else it is the longest value under a name that is not known. Where no field has a known name at all and no value
    stands out, the record is a list of words with what is said of each, and all of it is the text.
    """
    if (known := shape.keys["text"]) is not None:
        return {known: record[known]}
    rest = {key: value for key in shape.unknown if _has_han(value := record[key])}
    if is_dialogue(rest):
        return {key: value for key, value in rest.items() if is_turn(key)}
    lengths = {key: _length(rest[key]) for key in rest}
    key = max(lengths, key=lambda name: lengths[name], default=None)
    if key is None:
        return {}
    if len(rest) > 1 and not any(shape.keys.values()) and lengths[key] <= _STANDS_OUT * sum(lengths.values()):
        return {key: f"{key}：{value}" if isinstance(value, str) else value for key, value in rest.items()}
    return {key: rest[key]}


_STANDS_OUT: Final = 0.6
"""Share of what is under names that are not known above which one value is the text and the others are fields."""


def _beside(
    record: Mapping[str, Any], unknown: Sequence[str], texts: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, int]]:
    """The values under names that are not known: those that are fields, and the Chinese characters of the others."""
    fields: dict[str, str] = {}
    left_out: dict[str, int] = {}
    for name in unknown:
        if name in texts:
            continue
        value = record[name]
        if (said := said_under(name, value)) is not None:
            fields[name] = said
        elif _has_han(value):
            left_out[name] = _length(value)
    return fields, left_out


def _length(value: object) -> int:
    return sum(map(len, texts_in(value)))


def texts_in(value: object) -> Iterator[str]:
    """All texts within a value, however deep they stand, in order."""
    pending = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, (list, dict)):
            pending += reversed(list(each.values()) if isinstance(each, dict) else each)


def _has_han(value: object) -> bool:
    return any(not text.isascii() and _HAN.search(text) for text in texts_in(value))


@dataclass(slots=True)
class _Writer:
    """Writes values, and counts the characters of those with Chinese text that it does not, by their names."""

    made: Extraction
    _left_out: Counter[str] = field(default_factory=Counter)
    _lost: list[Lost] = field(default_factory=list)

    def leave_out(self, values: Mapping[str, Any], read: Container[str | None]) -> None:
        """Count what is not `read` of an object."""
        for key, value in values.items():
            if key not in read and _has_han(value):
                self._left_out[key] += _length(value)

    def problems(self) -> list[DocumentProblem]:
        """Say what was left out."""
        if not self._left_out:
            return losses(self._lost)
        fields = ", ".join(f"{key} ({count:,})" for key, count in self._left_out.items())
        detail = plain("not read, by characters: {fields}", fields=fields)
        return [DocumentProblem(FIELDS_LEFT_OUT, detail), *losses(self._lost)]

    def write(self, value: object, level: int, title: str | None, role: LineRole = LineRole.PLAIN) -> None:
        """Write a value: a text, a list of texts or of parts, or a part with its heading."""
        if level > _DEEPEST:
            value = list(texts_in(value))
        if isinstance(value, str):
            self._write_text(value, role)
        elif isinstance(value, list):
            texts = [each for each in value if isinstance(each, str)]
            if len(texts) == len(value):
                self._write_lines(texts, role)
            else:
                for each in value:
                    self.write(each, level, title, role)
        elif isinstance(value, dict):
            self._write_part(value, level, title, role)

    def _write_text(self, text: str, role: LineRole) -> None:
        """Write a text with its own lines, which the rules for plain text may join."""
        self.made.part()
        if has_markup(text):
            page = walk(text)
            self._lost.append(page.lost)
            for block in page.blocks:
                write_block(self.made, block, None if role is LineRole.PLAIN else role)
            return
        for line in text.splitlines():
            if line.strip():
                self.made.block(line, role)
            else:
                self.made.part()

    def _write_lines(self, texts: Sequence[str], role: LineRole) -> None:
        """Write a list of texts: the lines of a poem where all are short, else paragraphs."""
        self.made.part()
        if role is LineRole.PLAIN:
            role = role_of_lines(texts)
        for text in texts:
            for line in text.splitlines():
                self.made.block(line, role)

    def _write_part(self, part: Mapping[str, Any], level: int, title: str | None, role: LineRole) -> None:
        text_key, note_key = key_of(part, "text"), key_of(part, "note")
        text = part[text_key] if text_key is not None else None
        if isinstance(text, str) and "title" in str(part.get("type", "")).casefold():
            if text.strip() != (title or ""):
                self.made.block(text, LineRole.HEADING, level)
            self.leave_out(part, {text_key})
            return
        head_key, heading = named(part, HEADINGS) if role is LineRole.PLAIN else (None, "")
        if heading:
            self.made.block(heading, LineRole.HEADING, level)
        label_key, label = named(part, LABELS)
        if label:
            self.made.part()
            self.made.block(label, role)
        read = {text_key, note_key, head_key if heading else None, label_key if label else None}
        if text_key is None:
            text = [value for key, value in part.items() if key not in read and _has_han(value)]
        else:
            self.leave_out(part, read)
        self.write(text, level + 1 if heading else level, title, role)
        if note_key is not None:
            self.write(part[note_key], level + 1, title, LineRole.NOTE)
