"""An engine over small texts, without files."""

from __future__ import annotations

from array import array
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.loading.loaded import LoadedDocument
from tuibrowser.corpus.model import Document, Heading, Metadata, Source
from tuibrowser.search.engine import Engine
from tuibrowser.search.model import Scope, SearchResult

if TYPE_CHECKING:
    from tuibrowser.search.searcher import Searcher


def load(number: int, text: str, name: str, metadata: Metadata, headings: tuple[str, ...] = ()) -> LoadedDocument:
    """A text as if read from a file; every line is a paragraph."""
    lines = text.split("\n")
    starts = array("I", accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    spans = [(text.index(heading), heading) for heading in headings]
    document = Document(
        number,
        Source(Path(name), name),
        name,
        metadata,
        headings=tuple(Heading(1, at, at + len(heading), heading) for at, heading in spans),
        read=True,
    )
    return LoadedDocument(document, text, starts, edits=array("I"), heading_lines=array("I"), line_starts=starts)


Texts = dict[str, str | tuple[str, Metadata] | tuple[str, Metadata, tuple[str, ...]]]


def engine_of(texts: Texts | list[str], *, complete: bool = True) -> Engine:
    """An engine over texts by name, each perhaps with its metadata and headings."""
    named: Texts = texts if isinstance(texts, dict) else {f"{at}.txt": text for at, text in enumerate(texts)}
    corpus = Corpus([Source(Path(name), name) for name in named])
    engine = Engine(corpus)
    for number, (name, value) in enumerate(named.items()):
        text, metadata, headings = (value, Metadata(), ()) if isinstance(value, str) else (*value, ())[:3]
        loaded = load(number, text, name, metadata, headings)
        corpus.documents[number] = loaded.document
        engine.add([loaded])
    if complete:
        engine.complete()
    return engine


def answer(engine: Searcher, query: str, scope: Scope | None = None, limit: int = 100) -> SearchResult:
    """The final answer."""
    *_, last = engine.search(query, scope or Scope(), limit)
    assert last.final
    return last


def marked(engine: Engine, texts: list[str], result: SearchResult) -> list[str]:
    """What the spans of each hit mark in the texts."""
    return ["…".join(texts[hit.document][start:end] for start, end in hit.spans) for hit in result.hits]
