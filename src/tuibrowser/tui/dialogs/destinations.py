"""Destinations: the documents, headings, locators and lines that a typed name may mean."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.works.naming import full_title, told_apart
from tuibrowser.language.i18n import tr
from tuibrowser.reading.locators import canon_place, find_locators
from tuibrowser.reading.quoting.reference import parse_reference
from tuibrowser.reading.views.render import shown_title
from tuibrowser.tui.dialogs.picker import Option
from tuibrowser.tui.work.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document
    from tuibrowser.reading.views.view import View
    from tuibrowser.search.searcher import Searcher

FILE_AND_LINE = re.compile(r"(?P<file>.*?)[:：](?P<line>\d{1,9})\s*")
LIMIT = 100


LOOK_SECONDS = 0.05
"""Time between two looks whether the names of the corpus are known."""


def destinations(
    corpus: Corpus, known: Callable[[], Searcher | None], here: int, view: View
) -> Callable[[str, Callable[[], bool]], Sequence[Option[Request]]]:
    """A function from what is typed to the places it may mean; `here` is the document the reader is in.

    `known` gives what finds names, or None while the corpus is still being read: then the function waits.
    """

    def find(text: str, cancelled: Callable[[], bool]) -> Sequence[Option[Request]]:
        typed = text.strip()
        if not typed:
            return _headings(corpus.documents[here], view) or document_options(corpus.documents[:1000], view)
        while (searcher := known()) is None:
            if cancelled():
                return ()
            time.sleep(LOOK_SECONDS)
        options = _references(corpus, searcher, typed, view)
        options += _lines(corpus, searcher, typed, here, view)
        options += _locators(corpus.documents[here], typed, tr("in this document"))
        options += _in_canon(corpus, typed, view)
        if cancelled():
            return ()
        whole, others = _files(corpus, typed, view)
        return _once([*options, *whole, *_titles(corpus, searcher, typed, view), *others])

    return find


def _headings(document: Document, view: View) -> list[Option[Request]]:
    return [
        Option(
            Request(document.number, heading.start),
            "  " * (heading.level - 1) + shown_title(heading.title, document.script, view),
        )
        for heading in document.headings[:1000]
    ]


def document_options(documents: Sequence[Document], view: View) -> list[Option[Request]]:
    """An option for each document, by its title."""
    apart = told_apart(documents)
    return [Option(Request(document.number), _label(document, apart, view), document.name) for document in documents]


def _label(document: Document, apart: Mapping[int, str], view: View) -> str:
    """The title of a document, with what tells it from others that are called the same."""
    title = shown_title(full_title(document), document.script, view)
    return f"{title}  {apart[document.number]}" if document.number in apart else title


def _named(corpus: Corpus, searcher: Searcher, name: str) -> list[Document]:
    """The document of a name, else those it may mean."""
    if (named := corpus.find(name)) is not None:
        return [named]
    matches = searcher.titles(name, 20)
    return [corpus.documents[match.document] for match in matches if match.heading is None][:5]


def _references(corpus: Corpus, searcher: Searcher, typed: str, view: View) -> list[Option[Request]]:
    """What a pasted reference leads to; a document whose name looks like one is no reference."""
    reference = parse_reference(typed)
    if reference is None or corpus.find(typed) is not None:
        return []
    return [
        Option(
            Request(document.number, where="third", choose=True, reference=reference),
            f"¶{reference.first}  {shown_title(full_title(document), document.script, view)}",
            document.name,
        )
        for document in _named(corpus, searcher, reference.path)
    ]


def _lines(corpus: Corpus, searcher: Searcher, typed: str, here: int, view: View) -> list[Option[Request]]:
    """`FILE:LINE`, or `:LINE` in this document."""
    parts = FILE_AND_LINE.fullmatch(typed)
    if parts is None:
        return []
    line, name = int(parts["line"]), parts["file"].strip()
    documents = _named(corpus, searcher, name) if name else [corpus.documents[here]]
    options = []
    for document in documents:
        try:
            line_there = min(line, corpus.text(document.number).line_count)
        except (CorpusError, OSError):
            continue
        title = shown_title(full_title(document), document.script, view)
        label = tr("{title}  line {line}", title=title, line=line_there)
        options.append(Option(Request(document.number, line=line_there, choose=True), label, document.name))
    return options


def _locators(document: Document, typed: str, where: str) -> list[Option[Request]]:
    return [
        Option(Request(document.number, locator.offset, choose=True), locator.label, where)
        for locator in find_locators(document.locators, typed)[:5]
    ]


def _in_canon(corpus: Corpus, typed: str, view: View) -> list[Option[Request]]:
    """The texts of a canon, or the places in them, that a citation names."""
    place = canon_place(typed)
    if place is None:
        return []
    texts = [document for document in corpus.documents if document.fields and place.is_of(document.fields)]
    if not place.label:
        return document_options(texts[:LIMIT], view)
    return [
        option
        for document in texts
        for option in _locators(document, place.label, shown_title(full_title(document), document.script, view))
    ]


def _files(corpus: Corpus, typed: str, view: View) -> tuple[list[Option[Request]], list[Option[Request]]]:
    """The documents whose file has this name, with or without what it ends in, and those whose path holds it."""
    wanted = typed.casefold()
    whole: list[int] = []
    others: list[int] = []
    for number, path in corpus.sources.holding(wanted):
        file = path.rpartition("/")[2]
        (whole if wanted in {path, file, file.rpartition(".")[0]} else others).append(number)
    found = ([corpus.documents[number] for number in numbers[:LIMIT]] for numbers in (whole, others))
    return document_options(next(found), view), document_options(next(found), view)


def _once(options: list[Option[Request]]) -> list[Option[Request]]:
    """The options without those that lead where an earlier one does."""
    found: dict[Request, Option[Request]] = {}
    for option in options:
        found.setdefault(option.choice, option)
    return list(found.values())


def _titles(corpus: Corpus, searcher: Searcher, typed: str, view: View) -> list[Option[Request]]:
    options = []
    matches = searcher.titles(typed, LIMIT)
    apart = told_apart({match.document: corpus.documents[match.document] for match in matches}.values())
    for match in matches:
        document = corpus.documents[match.document]
        name = full_title(document) if match.heading is None else match.title
        label = shown_title(name, document.script, view)
        spans = tuple(match.spans) if name == match.title and len(label) == len(name) else ()
        if match.heading is None:
            words = f"  {apart[document.number]}" if document.number in apart else ""
            options.append(Option(Request(document.number), label + words, document.name, spans))
        elif match.heading < len(document.headings):
            offset = document.headings[match.heading].start
            options.append(Option(Request(document.number, offset), label, _label(document, apart, view), spans))
    return options
