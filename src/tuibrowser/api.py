"""API: open a corpus, search it, and get passages that need nothing else of the program."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tuibrowser.analysis.methods import Figures
from tuibrowser.corpus.corpus import STANDARD_INPUT, Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.files.seeds import seeds_path
from tuibrowser.corpus.model import Layer
from tuibrowser.language.i18n import plain
from tuibrowser.reading.sections import locator_at, section_path
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View
from tuibrowser.search.model import EVERY, Bound, HitKind, Scope
from tuibrowser.study.aids import StudyAids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tuibrowser.corpus.model import Document, DocumentText, PathProblem
    from tuibrowser.corpus.summary import Summary
    from tuibrowser.lexicon.define import Definition
    from tuibrowser.lexicon.lexicon import Lexicon
    from tuibrowser.reading.quoting.quotation import Quotation
    from tuibrowser.search.model import Excerpt, Hit
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.search.values import Missing

DEFAULT_LIMIT = 20

_LINE_END = re.compile(r"\r\n?|\n")

LONGEST_TEXT = 2_000
"""A passage's text is cut around its spans above this many code points."""


@dataclass(frozen=True, slots=True)
class Place:
    """A document by its name, and a line of its raw text, from 1."""

    document: str
    line: int
    offset: int = field(default=0, compare=False)
    """Code point of the raw text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a raw text: the path that opens its file from the current folder, and a column in bytes, from 1."""

    path: str
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that answers a query.

    `text` is its repaired paragraph in the document's own script, with those that it runs on into, cut around the spans
    where it is above 2,000 code points; `spans` are code points of `text` and hold the match to the character.
    `paragraph` counts from 0; `line`, from 1, is the line of the raw text in which the first span begins, `lines` are
    the first and last of these paragraphs.
    `section` holds the titles of the headings it stands under, its own where it is one. A higher score is better.
    `count` is the number of places grouped here, this one included; `place` is this one, and `also` names the others.
    """

    document: str
    title: str
    author: str | None
    date: str | None
    section: tuple[str, ...]
    paragraph: int
    line: int
    lines: tuple[int, int]
    text: str
    spans: tuple[tuple[int, int], ...]
    kind: HitKind
    score: float
    count: int
    also: tuple[Place, ...]
    place: Place
    locator: str | None
    """The page or line of an edition at which the first span begins."""
    work: str | None
    """The title of what the document is a part of."""
    paragraphs: int = 1
    """How many paragraphs, from `paragraph` on, it stands in."""
    layer: Layer = Layer.TEXT
    """Whether the first span begins in the text itself, in a note on it, or in the page furniture around it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to a query: passages, best first, and what is known of their number.

    Where nothing was found `hits` is empty, and `nearest` holds what comes nearest, best first, if anything does.
    `elapsed_ms` runs from the query to the finished hits, before their texts are fetched. `totals` counts the matches
    of each kind, not only those in `hits`; `at_least` says that there may be more, and `bounds` name what was bounded
    on purpose. `documents` are those with a match. `notes` are sentences for the user. `failure` says why the query
    could not be answered; it is empty where it could.
    """

    query: str
    elapsed_ms: float
    hits: tuple[Passage, ...]
    totals: Mapping[HitKind, int]
    at_least: bool
    documents: int
    notes: tuple[str, ...]
    nearest: tuple[Passage, ...] = ()
    bounds: tuple[Bound, ...] = ()
    failure: str = ""
    in_furniture: int = 0
    """Matches in page furniture, which are counted where there are no others; `in:furniture` finds them."""
    missing: tuple[Missing, ...] = ()
    """The parts of the corpus that could not be searched, since no host that has them answers."""

    @property
    def total(self) -> int:
        """The number of matches of all kinds."""
        return sum(self.totals.values())


class OpenCorpus(Figures, StudyAids):
    """A corpus that has been read and can be searched. Made by `open_corpus`."""

    def __init__(self, corpus: Corpus, searcher: Searcher, notes: tuple[str, ...] = ()) -> None:
        self._corpus = corpus
        self._searcher = searcher
        self.notes = notes
        """Sentences for the user: why the index was built again, or cannot be kept."""

    @property
    def corpus(self) -> Corpus:
        """The documents with their texts."""
        return self._corpus

    @property
    def searcher(self) -> Searcher:
        """The searcher of the corpus."""
        return self._searcher

    @property
    def paths(self) -> Sequence[str]:
        """The files and folders that were opened."""
        return [os.fspath(path) for path in self._corpus.paths]

    @property
    def documents(self) -> Sequence[Document]:
        """The catalogue records of the documents, in reading order.

        `format` is the key of the format that a document was read in. `fields` are what a table beside the files or
        its record says of it beyond its metadata: pairs of a name and a value, which queries may name (`genre:序`).
        `origins` are pairs too: where title, author, date and the like come from (`sidecar`, `markup`, `text`, `name`).
        """
        return self._corpus.documents

    def summary(self) -> Summary:
        """A summary of the corpus: documents by format and encoding, characters, dates, what was left out and why.

        `undated` and `unnamed` count the documents without a date and without an author.
        """
        from tuibrowser.corpus.summary import summary

        return summary(self.documents, self.problems)

    @property
    def is_readable(self) -> bool:
        """Whether there is a document, and one at least could be read."""
        return any(not document.is_left_out for document in self._corpus.documents)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The parts of the corpus that cannot be searched now, since no host that has them answers."""
        return self._searcher.reach().missing

    @property
    def problems(self) -> Sequence[PathProblem]:
        """The files that were left out, and why."""
        return self._corpus.problems

    def text(self, number: int) -> DocumentText:
        """The texts of the document of that number."""
        return self._corpus.text(number)

    def search(self, query: str, limit: int | None = DEFAULT_LIMIT, scope: Scope | None = None) -> tuple[Passage, ...]:
        """The best `limit` passages that answer the query, best first; none where only something near was found."""
        return self.answer(query, limit, scope).hits

    def answer(self, query: str, limit: int | None = DEFAULT_LIMIT, scope: Scope | None = None) -> Answer:
        """The best `limit` passages, or all where that is None, with what is known of all the others."""
        began = perf_counter()
        result = next(
            self._searcher.search(query, scope or Scope(), EVERY if limit is None else limit, _never, final_only=True)
        )
        elapsed_ms = (perf_counter() - began) * 1000
        excerpts = self._searcher.excerpts(result.hits)
        found = zip(result.hits, excerpts, strict=True)
        passages = tuple(self._passage(hit, excerpt) for hit, excerpt in found if excerpt is not None)
        hits, nearest = (passages, ()) if result.total else ((), passages)
        return Answer(
            query,
            elapsed_ms,
            hits,
            result.totals,
            result.at_least,
            result.documents,
            result.notes,
            nearest,
            result.bounds,
            in_furniture=result.in_furniture,
            missing=result.missing,
        )

    def _passage(self, hit: Hit, excerpt: Excerpt) -> Passage:
        document = self.documents[hit.document]
        start, end, spans = _window(excerpt.start, excerpt.end, excerpt.spans)
        return Passage(
            document=document.name,
            title=document.title,
            author=document.metadata.author,
            date=document.metadata.date,
            section=tuple(heading.title for heading in section_path(document.headings, excerpt.raw_start)),
            paragraph=hit.paragraph,
            line=excerpt.line,
            lines=excerpt.lines,
            text=excerpt.text(start, end),
            spans=spans,
            kind=hit.kind,
            score=float(hit.score),
            count=hit.count,
            also=tuple(self._places(hit.also)),
            place=Place(document.name, excerpt.line, excerpt.raw_start),
            locator=locator_at(document.locators, excerpt.raw_start),
            work=document.work,
            paragraphs=excerpt.paragraphs,
            layer=excerpt.layer,
        )

    def _places(self, positions: Iterable[tuple[int, int]]) -> Iterator[Place]:
        for number, offset in positions:
            line = self._searcher.line_of(number, offset)
            if line is not None:
                yield Place(self.documents[number].name, line, offset)

    def line_at(self, place: Place) -> Line:
        """The line of a place, for a program that opens files. Raises CorpusError where the file is gone."""
        number = self._corpus.number_of(place.document)
        if number is None:
            raise CorpusError(plain("no document of this corpus has that name: {name}", name=place.document))
        text = self._corpus.text(number)
        start = text.offset_of_line(place.line)
        line = _LINE_END.split(text.raw[start:], maxsplit=1)[0]
        before = text.raw[start : max(start, place.offset)].encode("utf-8", "surrogatepass")
        return Line(openable(Path(self.documents[number].source.address)), len(before) + 1, line)

    def quotations(self, passages: Iterable[Passage], view: View | None = None) -> list[Quotation]:
        """The paragraphs of passages as quotations, each once. Raises CorpusError where a file is gone."""
        places = dict.fromkeys(
            (self._corpus.number_of(each.document), each.paragraph, each.paragraph + each.paragraphs - 1)
            for each in passages
        )
        view = view or View()
        return [self._quotation(number, first, last, view) for number, first, last in places if number is not None]

    def define(self, word: str, lexicon: Lexicon | None = None) -> Definition:
        """What a word and its characters are, how often it stands in this corpus, and in which forms.

        Without a lexicon the dictionaries are those that the package finds; one that is given is read once.
        """
        from tuibrowser.lexicon.define import define, usage_of
        from tuibrowser.lexicon.lexicon import Lexicon

        return define(word, lexicon or Lexicon(), usage_of(word, self._searcher))

    def _quotation(self, number: int, first: int, last: int, view: View) -> Quotation:
        from tuibrowser.reading.quoting.quotation import quote

        document = self._corpus.document(number)
        text = ViewedText(self._corpus.text(number), document.script, view)
        return quote(document, text, *text.raw_bounds(first, last))


def openable(path: Path) -> str:
    """A path that opens its file from the current folder: a relative one below it, else the whole."""
    try:
        return os.fspath(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return os.fspath(path)


def open_corpus(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
    *,
    encoding: str | None = None,
    standard_input: bytes | None = None,
    progress: Callable[[int, int], object] | None = None,
    index_dir: str | os.PathLike[str] | None = None,
    server: bool = True,
) -> OpenCorpus:
    """Open files and folders, or the texts that come with the program where none is named, for searching.

    A corpus above 2 MB is read once, and its index kept in the user's cache; only what changed is read again.
    `index_dir` is a folder of indexes that others keep (`tuibrowser index --index-dir`), looked at first and never
    written. `encoding` overrides what the files seem to be in. `standard_input` is what a path `-` stands for.
    `progress` is called with the number of documents read so far and their total. Where a server has the very texts
    (`tuibrowser serve`) it is asked, unless `server` is False. Raise CorpusError for a path that
    does not exist or an encoding that is not known.
    """
    from tuibrowser.search.index.places import kept_listing
    from tuibrowser.search.index.refresh import Listener
    from tuibrowser.search.machines.finding import find_served
    from tuibrowser.search.opened import open_engine

    named = _paths(paths)
    if server and STANDARD_INPUT not in map(Path, named) and (served := find_served(named, encoding)) is not None:
        return OpenCorpus(served, served.searcher)
    corpus = Corpus.discover(named, encoding=encoding, standard_input=standard_input, keeper=kept_listing)
    notes: list[str] = []
    listener = Listener(progress or _ignore, note=notes.append)
    engine = open_engine(corpus, Path(index_dir) if index_dir is not None else None, listener)
    return OpenCorpus(corpus, engine, tuple(notes))


def _never() -> bool:
    return False


def _ignore(*_: object) -> None:
    pass


def _paths(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[str]:
    if isinstance(paths, str | os.PathLike):
        return [os.fspath(paths)]
    return [os.fspath(path) for path in paths] or [os.fspath(seeds_path())]


def _window(start: int, end: int, spans: Sequence[tuple[int, int]]) -> tuple[int, int, tuple[tuple[int, int], ...]]:
    """Cut a paragraph, from `start` to `end`, around the first span and as many others as fit beside it.

    Return the bounds of the cut and the spans counted from its beginning.
    """
    if end - start > LONGEST_TEXT:
        first = spans[0][0] if spans else start
        kept = [span for span in spans if span[1] - first <= LONGEST_TEXT] or list(spans[:1])
        last = kept[-1][1] if kept else start
        room = max(0, LONGEST_TEXT - (last - first))
        left = min(room // 2, first - start)
        right = min(room - left, end - last)
        start, end, spans = first - min(room - right, first - start), last + right, kept
    return start, end, tuple((max(begin, start) - start, min(stop, end) - start) for begin, stop in spans)
