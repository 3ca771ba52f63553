"""Query: parse a typed query.

Words stand between spaces. `"…"` is a phrase without near matches, `="…"` exactly these characters, `-word` leaves out
the paragraphs that hold the word, `in:` `by:` and `date:` choose documents, `layer:` matches that begin in a layer of
the text, each also with `-`. `like:` finds the parallels of a passage. `re:` is a regular expression, and words with
`□`, `A|B` or `A…B` are patterns. `in:furniture` is the layer of page furniture, which is not searched otherwise. The
full-width forms that an input method types count the same. Quotes and hyphens inside a word are text.

Fields that documents of the corpus have, from sidecars and records, are conditions like `by:`, such as `genre:序`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from tuibrowser.corpus.chronology import chronological
from tuibrowser.corpus.eras import era_date, reign_span
from tuibrowser.corpus.model import LAYERS, Layer
from tuibrowser.hanzi.fold import fold
from tuibrowser.language.i18n import Message, plain
from tuibrowser.language.wording import listed
from tuibrowser.search.patterns.written import is_unfinished, source_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIELDS: Final = ("in", "by", "date", "layer", "like", "re")

ALL_LAYERS: Final = frozenset(Layer)

_ALSO_CALLED: Final = {
    **dict.fromkeys(("author", "作者"), "by"),
    **dict.fromkeys(("title", "work", "标题", "標題", "题名", "題名"), "in"),
    **dict.fromkeys(("year", "日期", "年份"), "date"),
}
"""What tables call the author, the title and the date, and the field that asks for it."""

_EXPRESSIONS: Final = ("re", "=re")
"""The fields whose value is a regular expression: for any form of its characters, and for these alone."""

_NOT_OF_DOCUMENTS: Final = frozenset({"layer", "like", *_EXPRESSIONS})
"""The fields that are no conditions on documents."""

LAYERS_ASIDE: Final = frozenset({Layer.FURNITURE, Layer.APPARATUS})
"""What stands beside the text of a page."""

READ_LAYERS: Final = ALL_LAYERS - LAYERS_ASIDE
"""What is searched unless a query asks for something else."""

MOST_WORDS: Final = 12
"""A query of more words is no list of keywords but a passage."""

MOST_CONDITIONS: Final = 50
"""Conditions on documents, and words to leave out, of a query that is answered."""

_OPENING: Final = '"“”＂'
_CLOSING: Final = '"“”＂'
_SPACE: Final = re.compile(r"\s+")
_FIELD: Final = re.compile(r"[-－]?([^\s:：]{1,40})[:：](?!/)")
_LATIN_NAME: Final = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]{1,20}")
_LONGEST_NAME: Final = 6
"""Characters of a Chinese name before a colon that is taken for one."""
_DYNASTY: Final = ("朝代", "dynasty")
"""What the dynasty of an author is called, and the field that TEI headers and many records have it in."""
_MOST_NAMED: Final = 12
"""Fields of a corpus that a note names."""
_DATE: Final = re.compile(r"(\d{1,4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase to find.

    A quoted one has no near matches, a literal one matches these characters only, and of a passage to be `like` the
    parallels are found. `pattern` is the regular expression that is looked for instead of the text, and `at` its place
    in what was typed.
    """

    text: str
    quoted: bool = False
    literal: bool = False
    like: bool = False
    pattern: str | None = None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on documents: a field and what it must hold, or, negated, must not."""

    name: str
    value: str
    negated: bool = False

    @property
    def can_be_read(self) -> bool:
        """Whether it says what documents are to be like. One that does not is met by no document, negated or not."""
        if not self.value or self.name in _NOT_OF_DOCUMENTS:
            return False
        return self.name != "date" or date_range(self.value) is not None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Dates, as exact as they were given, between two bounds (ISO 8601 beginnings, None where open)."""

    first: str | None
    last: str | None

    def holds(self, date: str) -> bool:
        """Whether a date lies within the bounds, as far as both are known."""
        key = chronological(date)
        first, last = chronological(self.first or ""), chronological(self.last or "")
        return key[: len(first)] >= first[: len(key)] and key[: len(last)] <= last[: len(key)]


@dataclass(frozen=True, slots=True)
class Query:
    """A query taken apart. `layers` are those that a match may begin in, `notes` sentences on what could not be
    understood as meant."""

    text: str
    words: tuple[Word, ...] = ()
    excluded: tuple[Word, ...] = ()
    filters: tuple[Filter, ...] = ()
    layers: frozenset[Layer] = READ_LAYERS
    notes: tuple[str, ...] = field(default=())

    @property
    def phrase(self) -> str:
        """The words as one phrase."""
        return " ".join(word.text for word in self.words)


@lru_cache(maxsize=1_000)
def field_key(name: str) -> bytes:
    """The key that all ways to type the name of a field share: in any script, in full width, `_` for a blank."""
    return fold("_".join(normalize("NFKC", name).split())).tobytes()


def may_name_fields(text: str) -> bool:
    """Whether a query has the mark that stands behind the name of a field."""
    return ":" in text or "：" in text


def parse(text: str, fields: Mapping[bytes, str] | None = None) -> Query:
    """Take a query apart. Never fails: what is no syntax is text. A text of several lines is a passage.

    `fields` are those that documents of the corpus have, by their keys.
    """
    stripped = text.strip()
    if "\n" in stripped or "\r" in stripped:
        return Query(text, (Word(_SPACE.sub(" ", stripped)),))
    words: list[Word] = []
    excluded: list[Word] = []
    filters: list[Filter] = []
    layers: list[frozenset[Layer]] = []
    notes: list[str] = []
    at = 0
    while at < len(stripped):
        if stripped[at].isspace():
            at += 1
            continue
        if (found := _field(stripped, at, fields or {}, notes)) is not None:
            condition, at = found
            if condition.name == "layer" and condition.value.translate(_HALF_WIDTH).lower() in LAYERS:
                layers.append(_layers(condition))
            elif condition.name == "like" and condition.value and not condition.negated:
                words.append(Word(condition.value, like=True))
            elif condition.name in _EXPRESSIONS and condition.value:
                literal = condition.name != "re"
                place = text.index(stripped) + stripped.rindex(condition.value, 0, at)
                word = Word(condition.value, literal=literal, pattern=condition.value, at=place)
                (excluded if condition.negated else words).append(word)
            else:
                filters.append(condition)
                notes += _trouble(condition)
            continue
        word, negated, at = _word(stripped, at, notes)
        if word.text:
            (excluded if negated else words).append(word)
    if likes := [word for word in words if word.like]:
        if len(words) > 1:
            notes.append(plain("like: finds the parallels of one passage: the other words are left out"))
        words = likes[:1]
    if len(words) > MOST_WORDS:
        if any(word.quoted or word.pattern is not None for word in words):
            notes.append(
                plain(
                    "more than {count} words are one passage: quotation marks and patterns do not count",
                    count=MOST_WORDS,
                )
            )
        words = [Word(" ".join(word.text for word in words))]
    return Query(text, tuple(words), tuple(excluded), tuple(filters), _common(layers), tuple(dict.fromkeys(notes)))


def date_range(value: str) -> DateRange | None:
    """The range that `2022`, `421`, `2021-06..2023`, `..2023` or `2021..` names, None where it is none.

    A date may be one of a reign or before our era, 康熙三十年 and 前221, or a whole reign.
    """
    first, dots, last = value.replace("．", ".").replace("…", "..").partition("..")
    if not dots:
        span = _span(first)
        return None if span is None else DateRange(*span)
    bounds = [_span(bound) if bound else None for bound in (first, last)]
    if any(bound is None and typed for bound, typed in zip(bounds, (first, last), strict=True)) or not (first or last):
        return None
    return DateRange(bounds[0][0] if bounds[0] else None, bounds[1][1] if bounds[1] else None)


def _span(text: str) -> tuple[str, str] | None:
    """The first and the last date that a date typed stands for: the same, but of a whole reign."""
    plain = text.translate(_HALF_WIDTH)
    if (match := _DATE.fullmatch(plain)) is not None:
        year, *rest = match.groups()
        iso = "-".join([year.zfill(4), *(part.zfill(2) for part in rest if part)])
        return iso, iso
    if (era := era_date(plain)) is not None and (era.start, era.end) == (0, len(plain)):
        return era.iso, era.iso
    return reign_span(plain)


_HALF_WIDTH: Final = {code + 0xFEE0: code for code in range(0x21, 0x7F)}


def _field(text: str, at: int, fields: Mapping[bytes, str], notes: list[str]) -> tuple[Filter, int] | None:
    """A field at this place, and where it ends. What looks like one that there is not is text, and noted."""
    match = _FIELD.match(text, at)
    if match is None:
        return None
    name = match[1].translate(_HALF_WIDTH).lower()
    is_ours = name in FIELDS or name in _EXPRESSIONS
    if not is_ours and text[match.end() : match.end() + 1].isspace():
        return None
    name = name if is_ours else fields.get(field_key(match[1]), "")
    if not name and (name := _also_called(match[1], fields)):
        notes.append(plain("{name}: is read as {field}: (in quotation marks it is text)", name=match[1], field=name))
    if not name:
        if not _is_name(match):
            return None
        own = [known for known in sorted(fields.values()) if known not in FIELDS]
        there = listed(f"{known}:" for known in [*FIELDS, *own[:_MOST_NAMED]])
        notes.append(plain("no field {name}: taken as text (there are {fields})", name=match[1], fields=there))
        return None
    end, value = _value(text, match.end())
    if name == "in" and text[match.end() : end].translate(_HALF_WIDTH).lower() == Layer.FURNITURE:
        name = "layer"
    return Filter(name, value, match[0][0] in "-－"), end


def _also_called(name: str, fields: Mapping[bytes, str]) -> str:
    """The field that a name of another language asks for; "" where there is none of that kind."""
    if field_key(name) == field_key(_DYNASTY[0]):
        return fields.get(field_key(_DYNASTY[1]), "")
    return _ALSO_CALLED.get(name.translate(_HALF_WIDTH).lower(), "")


def _is_name(match: re.Match[str]) -> bool:
    """Whether what stands before a colon is meant for the name of a field.

    A full-width colon behind Chinese is mostly that of a sentence, 孔子曰：…
    """
    name = match[1]
    if _LATIN_NAME.fullmatch(name) is not None or field_key(name) == field_key(_DYNASTY[0]):
        return True
    return match[0][-1] == ":" and len(name) <= _LONGEST_NAME and name.isalpha()


def _value(text: str, at: int) -> tuple[int, str]:
    if (end := _closing(text, at)) is not None:
        return end + 1, text[at + 1 : end]
    end = _word_end(text, at)
    return end, text[at:end]


def _trouble(found: Filter) -> tuple[Message, ...]:
    """What a condition that cannot be read lacks, as a sentence; none where it can be read."""
    if found.can_be_read:
        return ()
    if not found.value:
        return (plain("{name}: needs a value: nothing is looked for", name=found.name),)
    if found.name == "date":
        sentence = plain(
            "date:{value} is no date (2022, 421, 2021-06..2023, 前221.., 康熙): nothing is looked for",
            value=found.value,
        )
        return (sentence,)
    if found.name == "like":
        return (plain("like: cannot be left out: nothing is looked for"),)
    there = listed(LAYERS)
    return (plain("no layer {name} (there are {layers}): nothing is looked for", name=found.value, layers=there),)


def _common(conditions: Sequence[frozenset[Layer]]) -> frozenset[Layer]:
    """The layers that all conditions leave; one that stands aside only where a condition asks for it alone."""
    asked = frozenset(layer for layers in conditions if len(layers) == 1 for layer in layers)
    return (READ_LAYERS | asked).intersection(*conditions)


def _layers(found: Filter) -> frozenset[Layer]:
    """The layers that a condition leaves."""
    chosen = frozenset({Layer(found.value.translate(_HALF_WIDTH).lower())})
    return ALL_LAYERS - chosen if found.negated else chosen


def _word(text: str, at: int, notes: list[str]) -> tuple[Word, bool, int]:
    """The word at this place, whether it is to be left out, and where it ends."""
    start = at
    negated = text[at] in "-－" and at + 1 < len(text) and not text[at + 1].isspace() and text[at + 1] not in "-－"
    at += negated
    literal = text[at] in "=＝" and at + 1 < len(text) and text[at + 1] in _OPENING
    if (end := _closing(text, at + literal)) is not None:
        return Word(text[at + literal + 1 : end], quoted=True, literal=literal), negated, end + 1
    if text[at + literal : at + literal + 1] in tuple('"＂'):
        notes.append(plain("a quotation mark without its partner is taken as text"))
    end = _word_end(text, at)
    if not negated:
        at = start
    word = text[at:end]
    if is_unfinished(word):
        notes.append(plain("{word} is no pattern: taken as text", word=word))
    return Word(word, pattern=source_of(word)), negated, end


def _closing(text: str, at: int) -> int | None:
    """Where the quotation that opens at this place closes: at a word's end, None where it opens or closes nowhere."""
    if at >= len(text) or text[at] not in _OPENING:
        return None
    for end in range(at + 1, len(text)):
        if text[end] in _CLOSING and (end + 1 == len(text) or text[end + 1].isspace()):
            return end if end > at + 1 else None
    return None


def _word_end(text: str, at: int) -> int:
    match = _SPACE.search(text, at)
    return match.start() if match else len(text)
