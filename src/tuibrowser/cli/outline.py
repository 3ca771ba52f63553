"""`tuibrowser outline`: print documents, what is known of them, and their headings."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from tuibrowser.cli.documents import kept_catalogue, named_corpus
from tuibrowser.cli.printing.output import Palette, one_line
from tuibrowser.cli.sources import Progress
from tuibrowser.corpus.chronology import spelled_date
from tuibrowser.corpus.loading.loader import load
from tuibrowser.corpus.model import Script
from tuibrowser.corpus.names import stem
from tuibrowser.corpus.records.catalogue import take_records
from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.language.wording import listed
from tuibrowser.reading.harmless import json_line
from tuibrowser.search.kinds import PROBLEM_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document, DocumentText, PathProblem
    from tuibrowser.search.machines.served import ServedCorpus

_INDENT = "  "
_SCRIPTS = {
    Script.HANS: plain("Hans"),
    Script.HANT: plain("Hant"),
    Script.MIXED: plain("mixed"),
    Script.NONE: plain("none"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in an outline, and the lines, from 1, on which its headings begin."""

    document: Document
    lines: tuple[int, ...]


def entry(document: Document, text: DocumentText) -> Entry:
    """The entry of a document in an outline."""
    return Entry(document, tuple(text.line_of(heading.start) for heading in document.headings))


def outline(arguments: Arguments) -> int:
    """Print the outline of a corpus; return 0, or 1 when there is no document in it."""
    corpus = named_corpus(arguments)
    entries = sorted(_entries(corpus, arguments.text("--index-dir")), key=lambda each: each.document.number)
    if arguments.flag("--json"):
        sys.stdout.write(json_line(outline_record(entries, corpus.problems)) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in outline_lines(entries, corpus.problems, Palette()))
    return 0 if entries else 1


def _entries(corpus: Corpus, index_dir: str | None) -> Iterator[Entry]:
    """The entries of all documents, from the index where there is one that is up to date."""
    if corpus.is_served:
        yield from _served_entries(cast("ServedCorpus", corpus))
        return
    catalogue = kept_catalogue(corpus, index_dir)
    if catalogue is not None:
        for number in take_records(corpus, catalogue):
            yield Entry(corpus.documents[number], catalogue.heading_lines(number))
        return
    progress = Progress()
    for step in load(corpus, lambda: False):
        for loaded in step.loaded:
            yield Entry(loaded.document, tuple(loaded.heading_lines))
        progress(step.done, step.total)


def _served_entries(corpus: ServedCorpus) -> Iterator[Entry]:
    """The entries of all documents that a server has."""
    for document in corpus.documents:
        spans = [(document.number, heading.start, heading.end) for heading in document.headings]
        yield Entry(document, tuple(place.line for place in corpus.searcher.places(spans) if place is not None))


def outline_record(entries: Iterable[Entry], problems: Iterable[PathProblem]) -> dict[str, object]:
    """An outline as its JSON object."""
    return {
        "documents": [document_record(each) for each in entries],
        "problems": [{"path": problem.path, "reason": problem.reason} for problem in problems],
    }


def document_record(each: Entry) -> dict[str, object]:
    """A document of an outline as its JSON object."""
    document, metadata = each.document, each.document.metadata
    return {
        "document": document.name,
        "work": document.work,
        "format": document.format,
        "title": document.title,
        "author": metadata.author,
        "date": metadata.date,
        "publisher": metadata.publisher,
        "source": metadata.source,
        "encoding": document.encoding,
        "script": document.script.value,
        "fields": dict(document.fields),
        "characters": document.characters,
        "headings": [
            {"level": heading.level, "title": heading.title, "kind": heading.kind.value, "line": line}
            for heading, line in zip(document.headings, each.lines, strict=True)
        ],
        "problems": [{"kind": problem.kind, "detail": problem.detail} for problem in document.problems],
    }


def outline_lines(entries: Sequence[Entry], problems: Sequence[PathProblem], palette: Palette) -> Iterator[str]:
    """An outline as an indented tree for people: folders, documents, headings with their lines; what was left out."""
    above: list[str] = []
    for each in entries:
        folders = each.document.name.split("/")[:-1]
        for depth, folder in enumerate(folders):
            if above[: depth + 1] != folders[: depth + 1]:
                yield palette.place(f"{_INDENT * depth}{one_line(folder)}/")
        above = folders
        yield from _document_lines(each, _INDENT * len(folders), palette)
    if problems:
        yield tr("left out:")
        for problem in problems:
            said = tr("{file}: {problem}", file=problem.path, problem=problem.reason)
            yield f"{_INDENT}{one_line(said)}"


def _document_lines(each: Entry, indent: str, palette: Palette) -> Iterator[str]:
    document = each.document
    title = "" if document.title == stem(document.name) else f"{one_line(document.title)}  "
    name = palette.place(one_line(document.name.split("/")[-1]))
    yield f"{indent}{name}  {title}{palette.quiet(one_line(_facts(document)))}"
    for heading, line in zip(document.headings, each.lines, strict=True):
        number = palette.quiet(f"{line:>6}")
        yield f"{indent}{number} {_INDENT * heading.level}{one_line(heading.title)}"
    for problem in document.problems:
        kind = PROBLEM_KINDS.get(problem.kind, problem.kind)
        said = tr("{kind}: {detail}", kind=kind, detail=problem.detail)
        yield palette.quiet(f"{indent}{_INDENT}! {one_line(said)}")


def _facts(document: Document) -> str:
    metadata, characters = document.metadata, many(document.characters, "character")
    date = spelled_date(metadata.date, metadata.dated) if metadata.date else None
    facts = (metadata.author, date, _SCRIPTS[document.script], document.encoding, characters)
    return shown(listed(fact for fact in facts if fact))
