"""Exports: print an answer as lines for people, records for programs, tables, places for an editor, or quotations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.export import BOM, csv_text, tsv_text
from tuibrowser.cli.printing.answers import answer_lines, answer_record, hit_record
from tuibrowser.cli.printing.output import Palette, escaped, json_line, on_terminal
from tuibrowser.reading.quoting.write import Format, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tuibrowser.api import Answer, OpenCorpus

_COLUMNS: Final = (
    *("query", "document", "title", "author", "date", "section", "paragraph", "line", "text", "match", "kind", "score"),
    *("count", "also", "locator", "work"),
)


@dataclass(frozen=True, slots=True)
class Writer:
    """How answers are printed: the text before the first, and each of them; whether with what is to be known of it."""

    answer: Callable[[Answer], str]
    heading: str = ""
    says_notes: bool = False


def writer(form: str | None, corpus: OpenCorpus, *, batch: bool = False) -> Writer:
    """The writer of a format, for people where it is None; in a `batch` each answer is headed by its query then."""
    if form is None:
        palette = Palette()
        return Writer(lambda answer: _lines(answer_lines(answer, palette, headed=batch)), says_notes=True)
    if form == "json":
        return Writer(lambda answer: f"{json_line(answer_record(answer, corpus.problems))}\n")
    if form == "jsonl":
        return Writer(
            lambda answer: _lines(json_line({"query": answer.query} | hit_record(hit)) for hit in answer.hits)
        )
    if form == "csv":
        return Writer(lambda answer: _safe(csv_text(_rows(answer))), BOM + csv_text([list(_COLUMNS)]))
    if form == "tsv":
        return Writer(lambda answer: _safe(tsv_text(_rows(answer))), tsv_text([list(_COLUMNS)]))
    if form == "vimgrep":
        return Writer(lambda answer: _safe(_lines(_places(answer, corpus))))
    return Writer(lambda answer: _safe(_quoted(Format(form), answer, corpus)))


def _lines(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _safe(text: str) -> str:
    """A text as it is for a file, and with its controls written out for a terminal."""
    return escaped(text) if on_terminal() else text


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
