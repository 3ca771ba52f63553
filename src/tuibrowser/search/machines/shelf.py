"""Shelf: what is known of the documents of a corpus, as another process may ask for it: names, records, texts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from tuibrowser.corpus.model import Heading, Locator, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.files.found import Found
    from tuibrowser.corpus.files.looks import Looks
    from tuibrowser.corpus.model import Document, DocumentText, PathProblem

NOWHERE: Final = Source(Path(), "")
"""The source of a record that is sent without it."""


@dataclass(frozen=True, slots=True)
class About:
    """A corpus: its paths and encoding, how many documents each file has (None for one each) and what was left out.

    `digest` is a hash of the names of all documents, `size` are their bytes, and `server` says what answers.
    """

    paths: tuple[Path, ...]
    encoding: str | None
    files: int
    counts: Sequence[int] | None
    problems: tuple[PathProblem, ...]
    digest: str
    size: int
    server: str


@dataclass(frozen=True, slots=True)
class Card:
    """The record of a document without its source, and how many headings and locators it has."""

    document: Document
    headings: int
    locators: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings and locators of a document."""

    headings: tuple[Heading, ...] = ()
    locators: tuple[Locator, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as its file has it now, how that looks, and the record as it was read."""

    text: DocumentText
    looks: Looks | None
    card: Card


class Shelf(Protocol):
    """Documents go by their numbers, files by their places. May be called from any thread."""

    @property
    def digest(self) -> str:
        """A hash of the names of all documents: with another one their numbers are others."""

    def about(self) -> About:
        """What the corpus is."""

    def names(self, first: int, last: int) -> str:
        """The names of some files, divided by NUL."""

    def found(self, first: int, last: int) -> Sequence[Found]:
        """Some files as they were found."""

    def number_of(self, name: str) -> int | None:
        """The number of the document of that very name."""

    def number_at(self, address: str) -> int | None:
        """The number of the document of that address: its path with the member after it."""

    def find(self, name: str) -> int | None:
        """The number of the document of that name, or of the only one whose name ends in it after a `/`."""

    def holding(self, wanted: str, first: int, limit: int) -> Sequence[tuple[int, str]]:
        """So many documents from a number on whose names, case-folded, hold some folded text, with these names."""

    def cards(self, first: int, last: int) -> Sequence[Card]:
        """The records from one number up to another, that one not included."""

    def outline(self, document: int) -> Outline:
        """The headings and locators of a document."""

    def looks(self, document: int) -> Looks | None:
        """How the file of a document looks now; None where it is gone."""

    def read(self, document: int, fresh: bool = ...) -> Reading:
        """The text of a document; read from its file again where it is to be `fresh`. Raises CorpusError."""

    def look_again(self) -> Sequence[int]:
        """The numbers of the documents whose files have changed; they are to be indexed again."""


class LocalShelf:
    """The `Shelf` of a corpus of this process, all of whose documents are known."""

    def __init__(self, corpus: Corpus, server: str = "", look_again: Callable[[], object] = lambda: None) -> None:
        self._corpus = corpus
        self._server = server
        self._look_again = look_again

    def about(self) -> About:
        """What the corpus is."""
        corpus, sources = self._corpus, self._corpus.sources
        counts = None if len(sources) == len(sources.files) else [len(each) for each in sources.files]
        paths, problems = tuple(path.absolute() for path in corpus.paths), tuple(corpus.problems)
        files, size = len(sources.files), sources.total_size
        return About(paths, corpus.encoding, files, counts, problems, self.digest, size, self._server)

    @cached_property
    def digest(self) -> str:
        """A hash of the names of all documents."""
        return self._corpus.sources.digest()

    def names(self, first: int, last: int) -> str:
        """The names of some files, divided by NUL."""
        return "\0".join([each.name for each in self._corpus.sources.files[first:last]])

    def found(self, first: int, last: int) -> Sequence[Found]:
        """Some files as they were found."""
        return self._corpus.sources.files[first:last]

    def number_of(self, name: str) -> int | None:
        """The number of the document of that very name."""
        return self._corpus.sources.number_of(name)

    def number_at(self, address: str) -> int | None:
        """The number of the document of that address."""
        return self._corpus.sources.number_at(address)

    def find(self, name: str) -> int | None:
        """The number of the document of that name, or of the only one whose name ends in it after a `/`."""
        document = self._corpus.find(name)
        return None if document is None else document.number

    def holding(self, wanted: str, first: int, limit: int) -> Sequence[tuple[int, str]]:
        """So many documents from a number on whose names, case-folded, hold some folded text, with these names."""
        return list(islice(self._corpus.sources.holding(wanted, first), limit))

    def cards(self, first: int, last: int) -> Sequence[Card]:
        """The records from one number up to another, that one not included."""
        return [card_of(each) for each in self._corpus.documents[first:last]]

    def outline(self, document: int) -> Outline:
        """The headings and locators of a document."""
        record = self._corpus.documents[document]
        return Outline(tuple(record.headings), tuple(record.locators))

    def looks(self, document: int) -> Looks | None:
        """How the file of a document looks now; None where it is gone."""
        return self._corpus.looks(document)

    def read(self, document: int, fresh: bool = False) -> Reading:
        """The text of a document; read from its file again where it is to be `fresh`."""
        if fresh:
            self._corpus.forget(document)
        seen = self._corpus.seen(document)
        return Reading(seen.text, seen.looks, card_of(self._corpus.documents[document]))

    def look_again(self) -> Sequence[int]:
        """The numbers of the documents whose files have changed; they are to be indexed again."""
        changed = self._corpus.look_again()
        self._look_again()
        return changed


def card_of(document: Document) -> Card:
    """A record as it is sent."""
    bare = replace(document, source=NOWHERE, headings=(), locators=())
    return Card(bare, len(document.headings), len(document.locators))
