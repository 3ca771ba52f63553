"""`tuibrowser info`: print the summary of a corpus, or write its metadata as a table to be corrected."""

from __future__ import annotations

import csv
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.cli.documents import all_documents, named_corpus
from tuibrowser.cli.printing.files import write_file
from tuibrowser.cli.printing.output import one_line
from tuibrowser.cli.sources import say
from tuibrowser.corpus.chronology import spelled_date
from tuibrowser.corpus.dates import said_date
from tuibrowser.corpus.formats.problems import unread_date
from tuibrowser.corpus.names import printable
from tuibrowser.corpus.sidecars.cells import guarded
from tuibrowser.corpus.sidecars.sidecar import COLUMNS, has_meaning
from tuibrowser.corpus.summary import summary
from tuibrowser.language.i18n import many, plain, tr
from tuibrowser.reading.harmless import json_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.corpus.model import Document, Metadata
    from tuibrowser.corpus.summary import Summary


def info(arguments: Arguments) -> int:
    """Print the summary of a corpus, or write its metadata; return 0, or 1 when there is no document in it."""
    corpus = named_corpus(arguments)
    documents = all_documents(corpus, arguments.text("--index-dir"))
    if file := arguments.text("--metadata"):
        _write_metadata(Path(file), documents, corpus.paths)
    found = summary(documents, corpus.problems)
    if arguments.flag("--json"):
        sys.stdout.write(json_line(summary_record(found)) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in summary_lines(found))
    return 0 if found.documents else 1


def summary_record(found: Summary) -> dict[str, object]:
    """A summary as its JSON object."""
    return {
        "documents": found.documents,
        "characters": found.characters,
        "formats": dict(found.formats),
        "encodings": dict(found.encodings),
        "dates": {"first": found.first, "last": found.last, "undated": found.undated},
        "unread_dates": {
            "count": found.unread_dates.count,
            "different": found.unread_dates.different,
            "examples": list(found.unread_dates.examples),
        },
        "unnamed": found.unnamed,
        "left_out": [
            {"reason": group.reason, "count": group.count, "examples": list(group.examples)} for group in found.left_out
        ],
    }


def summary_lines(found: Summary) -> Iterator[str]:
    """A summary for people: a line a fact, and a line for each reason why something was left out."""
    yield tr(
        "{documents}, {characters}",
        documents=many(found.documents, "document"),
        characters=many(found.characters, "character"),
    )
    yield tr("formats: {counts}", counts=_counts(found.formats))
    if found.encodings:
        yield tr("encodings: {counts}", counts=_counts(found.encodings))
    if found.first is not None:
        first, last = (spelled_date(date, None) for date in (found.first, found.last or found.first))
        yield tr("dates: {first} to {last}", first=first, last=last)
    if found.undated:
        yield tr(
            "undated: {documents}, {share:.0%} of all characters, marks included",
            documents=many(found.undated, "document"),
            share=found.undated_characters / max(1, found.characters),
        )
    if (unread := found.unread_dates).count:
        yield tr(
            "dates that could not be read: {count:,}: {examples}",
            count=unread.count,
            examples=", ".join(map(one_line, unread.examples))
            + (" …" if unread.different > len(unread.examples) else ""),
        )
    if found.unnamed:
        yield tr(
            "without an author: {documents}, {share:.0%} of all characters, marks included",
            documents=many(found.unnamed, "document"),
            share=found.unnamed_characters / max(1, found.characters),
        )
    for group in found.left_out:
        yield tr(
            "left out: {count:,} ({reason}): {examples}",
            count=group.count,
            reason=group.reason,
            examples=", ".join(map(one_line, group.examples)) + (" …" if group.count > len(group.examples) else ""),
        )


def _dated(metadata: Metadata) -> str | None:
    """The date as it is written, where it is read again as the same one."""
    said = said_date(metadata.dated, exact=True) if metadata.dated else None
    return metadata.dated if said and said.iso == metadata.date else metadata.date


def _unread(document: Document) -> str | None:
    """The declared date that could not be read."""
    return next((value for problem in document.problems if (value := unread_date(problem)) is not None), None)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())


def _write_metadata(file: Path, documents: Sequence[Document], paths: Sequence[Path]) -> None:
    """Write what is known of all documents as a sidecar has it. Raises CommandError where it cannot be written.

    What only the name of a file says is left out: put back, it would count as known. So is a field with the name of a
    column that has a meaning of its own; the date that could not be read stands in that of dates. A file that was left
    out has a row where a table says something of it, which is not to be lost.
    """
    folder = _folder_of(file, documents, paths)
    said = (pairs for each in documents for pairs in (each.fields, each.source.declared))
    others = list(dict.fromkeys(name for pairs in said for name, _ in pairs if not has_meaning(name)))
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["path", *COLUMNS, *others])
    for document in documents:
        fields, metadata = dict(document.fields), document.metadata
        declared = dict(document.source.declared)
        if document.is_left_out:
            if not declared:
                continue
            known, fields = tuple(map(declared.get, COLUMNS)), declared
        else:
            date = _dated(metadata) or declared.get("date") or _unread(document)
            known = (document.title, metadata.author, date, metadata.publisher, metadata.source, metadata.work)
        by_name = frozenset[str]() if document.is_left_out else document.by_name
        sure = [None if name in by_name else value for name, value in zip(COLUMNS, known, strict=True)]
        values = [*sure, *(fields.get(name) for name in others)]
        path = printable(os.path.relpath(document.source.address, folder))
        table.writerow([path, *(guarded(value or "") for value in values)])
    write_file(file, out.getvalue().encode("utf-8-sig"))
    say([plain("correct {file} and keep it as {folder}/metadata.csv", file=str(file), folder=str(folder))])


def _folder_of(file: Path, documents: Sequence[Document], paths: Sequence[Path]) -> Path:
    """The folder in which a table is a sidecar of the documents, and that its paths are relative to.

    It is that of the file itself, where all documents are below it and a corpus of the same PATHs reads sidecars there;
    else the lowest folder that holds all of them.
    """
    own = file.absolute().parent
    folders = [str(document.source.path.parent) for document in documents]
    if not folders:
        return own
    common = Path(os.path.commonpath(folders))
    tops = [path if path.is_dir() else path.parent for path in map(Path.absolute, paths)]
    return own if common.is_relative_to(own) and all(map(own.is_relative_to, tops)) else common
