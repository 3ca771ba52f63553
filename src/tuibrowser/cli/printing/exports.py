"""Exports: print an answer as lines for people, records for programs, tables, places for an editor, or quotations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tuibrowser.cli.printing.answers import answer_lines, answer_record, hit_record
from tuibrowser.cli.printing.output import Palette, escaped
from tuibrowser.reading.harmless import json_line
from tuibrowser.reading.quoting.write import Format, write
from tuibrowser.reading.tables import BOM, csv_text, tsv_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tuibrowser.api import Answer, OpenCorpus

_COLUMNS: Final = (
    *("query", "document", "title", "author", "date", "section", "paragraph", "line", "text", "match", "kind", "score"),
    *("count", "also", "locator", "work"),
)


class Says(Enum):
    """What a format says of an answer: its hits, also their number and bounds, or all that is to be known."""

    HITS = auto()
    NUMBERS = auto()
    ALL = auto()


@dataclass(frozen=True, slots=True)
class Writer:
    """How answers are printed: the text before the first, and each of them, and what that says of it."""

    answer: Callable[[Answer], str]
    heading: str = ""
    says: Says = Says.HITS


def writer(form: str | None, corpus: OpenCorpus, *, batch: bool = False, shown: bool = False) -> Writer:
    """The writer of a format, for people where it is None; in a `batch` each answer is headed by its query then.

    What is `shown` on a terminal has its controls written out.
    """
    safe = escaped if shown else str
    if form is None:
        palette = Palette()
        return Writer(lambda answer: _lines(answer_lines(answer, palette, headed=batch)), says=Says.ALL)
    if form == "json":
        return Writer(lambda answer: f"{json_line(answer_record(answer, corpus.problems))}\n", says=Says.NUMBERS)
    if form == "jsonl":
        return Writer(
            lambda answer: _lines(json_line({"query": answer.query} | hit_record(hit)) for hit in answer.hits)
        )
    if form == "csv":
        return Writer(lambda answer: safe(csv_text(_rows(answer))), BOM + csv_text([list(_COLUMNS)]))
    if form == "tsv":
        return Writer(lambda answer: safe(tsv_text(_rows(answer))), tsv_text([list(_COLUMNS)]))
    if form == "vimgrep":
        return Writer(lambda answer: safe(_lines(_places(answer, corpus))))
    return Writer(lambda answer: safe(_quoted(Format(form), answer, corpus)))


def _lines(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


# Tables


def _rows(answer: Answer) -> Iterator[list[str | int | float]]:
    """A row a hit, with the columns of a table."""
    for hit in answer.hits:
        start, end = hit.spans[0] if hit.spans else (0, 0)
        yield [
            *(answer.query, hit.document, hit.title, hit.author or "", hit.date or "", " › ".join(hit.section)),
            *(hit.paragraph, hit.line, hit.text, hit.text[start:end], hit.kind.value, round(hit.score, 6), hit.count),
            *("; ".join(f"{place.document}:{place.line}" for place in hit.also), hit.locator or "", hit.work or ""),
        ]


# Places and quotations


def _places(answer: Answer, corpus: OpenCorpus) -> Iterator[str]:
    """Every place of the hits, as `path:line:column:text`; columns are bytes of the line in UTF-8, from 1."""
    for hit in answer.hits:
        for place in (hit.place, *hit.also):
            line = corpus.line_at(place)
            yield f"{line.path}:{place.line}:{line.column}:{line.text}"


def _quoted(form: Format, answer: Answer, corpus: OpenCorpus) -> str:
    """The paragraphs of the hits as quotations."""
    quoted = corpus.quotations(answer.hits)
    return f"{write(form, quoted)}\n" if quoted else ""
