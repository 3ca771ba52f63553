"""Served: a corpus of which a server has the names, records and texts; here is only what was looked at last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast, overload

from tuibrowser.corpus.corpus import Corpus, Seen
from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.files.looks import is_same
from tuibrowser.corpus.files.sources import Sources
from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.model import Document, Heading, Locator
from tuibrowser.corpus.records.packed_outline import Made
from tuibrowser.search.machines.line import Line, UnansweredError, on_event_loop
from tuibrowser.search.machines.remote import proxy_of
from tuibrowser.search.machines.shelf import NOWHERE, Card, Shelf
from tuibrowser.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tuibrowser.corpus.files.looks import Looks
    from tuibrowser.corpus.model import DocumentText, Source
    from tuibrowser.search.machines.shelf import About, Outline

T = TypeVar("T")

CACHED: Final = 1_000_000
"""Code points of raw text kept in memory; the server has the others at hand."""

_NAMES: Final = 1024
_FOUND: Final = 128
_CARDS: Final = 64
"""What is asked for at a time."""

_PAGES: Final = 32
"""Pages of each kind that are kept."""

_OUTLINES: Final = 64

_HELD: Final = 10_000
"""Documents whose names hold what was typed that are asked for at a time."""


UNKNOWN: Final = "…"
"""What is shown for a name, a title or a heading while the server does not answer."""


def _unless_unanswered(ask: Callable[[], T]) -> T | None:
    """What a server answers; None on the event loop where it does not: what is drawn must not end the program."""
    try:
        return ask()
    except UnansweredError:
        if on_event_loop():
            return None
        raise


class ServedSources(Sources):
    """The documents of a corpus that a server has found."""

    def __init__(self, shelf: Shelf, about: About) -> None:
        self._shelf = shelf
        self._about = about
        self.files = _Files(shelf, about.files)
        counts = about.counts
        self._firsts = range(about.files + 1) if counts is None else list(accumulate(counts, initial=0))
        self._length = self._firsts[-1]
        self._names: Kept[int, list[str]] = Kept(_PAGES)

    def renew(self, file: int, found: Found) -> None:
        """The server knows how a file looks now."""

    def name(self, number: int) -> str:
        """The name of a document."""
        file, record = self.place(number)
        name = self._name(file)
        return name if self._is_one(file) else f"{name}/{record + 1}"

    def names(self) -> Iterator[str]:
        """The names of all documents."""
        return map(self.name, range(len(self)))

    def _is_one(self, file: int) -> bool:
        """Whether a file is one document, and holds no records."""
        numbers = self.numbers_in(file)
        return isinstance(self._firsts, range) or (len(numbers) == 1 and self.files[file].sizes is None)

    def _name(self, file: int) -> str:
        page = file // _NAMES
        names = self._names.get(page)
        if names is None:
            first = page * _NAMES
            asked = _unless_unanswered(lambda: self._shelf.names(first, first + _NAMES).split("\0"))
            if asked is None:
                return UNKNOWN
            names = self._names.put(page, asked)
        return names[file - page * _NAMES]

    def below(self, start: str) -> Iterator[range]:
        """The numbers of the documents whose names begin so, in stretches."""
        return (range(at, at + 1) for at, name in enumerate(self.names()) if name.startswith(start))

    def holding(self, wanted: str, first: int = 0) -> Iterator[tuple[int, str]]:
        """The documents from a number on whose names, case-folded, hold some folded text, with these names."""
        found = self._shelf.holding(wanted, first, _HELD)
        while found:
            yield from found
            found = self._shelf.holding(wanted, found[-1][0] + 1, _HELD) if len(found) == _HELD else ()

    def number_of(self, name: str) -> int | None:
        """The number of the document of that very name."""
        return self._shelf.number_of(name)

    def number_at(self, address: str) -> int | None:
        """The number of the document of that address."""
        return self._shelf.number_at(address)

    @property
    def total_size(self) -> int:
        """The bytes of all documents."""
        return self._about.size

    def digest(self) -> str:
        """A hash of the names of all documents."""
        return self._about.digest


class _Files(Sequence[Found]):
    """The files of a corpus as a server has found them."""

    def __init__(self, shelf: Shelf, length: int) -> None:
        self._shelf = shelf
        self._length = length
        self._pages: Kept[int, Sequence[Found]] = Kept(_PAGES)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Found: ...
    @overload
    def __getitem__(self, index: slice) -> list[Found]: ...
    def __getitem__(self, index: int | slice) -> Found | list[Found]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(self._length))]
        at = range(self._length)[index]
        page = self._pages.get(at // _FOUND)
        if page is None:
            first = at // _FOUND * _FOUND
            asked = _unless_unanswered(lambda: self._shelf.found(first, first + _FOUND))
            if asked is None:
                return Found(UNKNOWN, UNKNOWN)
            page = self._pages.put(at // _FOUND, asked)
        return page[at % _FOUND]

    def forget(self) -> None:
        """Ask for all again."""
        self._pages.clear()


class _Records:
    """The records of a corpus as a server has them."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._pages: Kept[int, Sequence[Card]] = Kept(_PAGES)
        self._outlines: Kept[int, Outline] = Kept(_OUTLINES)

    def document(self, at: int, source: Source, number: int) -> Document:
        """The record of a document."""
        return self.of(self.card(at), source, number)

    def card(self, number: int) -> Card:
        """The record of a document as it is sent."""
        page = self._pages.get(number // _CARDS)
        if page is None:
            first = number // _CARDS * _CARDS
            asked = _unless_unanswered(lambda: self._shelf.cards(first, first + _CARDS))
            if asked is None:
                return Card(Document(number, NOWHERE, UNKNOWN), 0, 0)
            page = self._pages.put(number // _CARDS, asked)
        return page[number % _CARDS]

    def of(self, card: Card, source: Source, number: int) -> Document:
        """The record on a card."""
        headings, locators = card.headings, card.locators
        return replace(
            card.document,
            number=number,
            source=source,
            headings=Made(headings, lambda at: self._heading(number, at)) if headings else (),
            locators=Made(locators, lambda at: self._locator(number, at)) if locators else (),
        )

    def _heading(self, number: int, at: int) -> Heading:
        outline = self._outline(number)
        return Heading(1, 0, 0, UNKNOWN) if outline is None else outline.headings[at]

    def _locator(self, number: int, at: int) -> Locator:
        outline = self._outline(number)
        return Locator(0, UNKNOWN) if outline is None else outline.locators[at]

    def _outline(self, number: int) -> Outline | None:
        """The outline of a document; None on the event loop where the server does not answer."""
        known = self._outlines.get(number)
        if known is None and (asked := _unless_unanswered(lambda: self._shelf.outline(number))) is not None:
            known = self._outlines.put(number, asked)
        return known

    def forget(self) -> None:
        """Ask for all again."""
        self._pages.clear()
        self._outlines.clear()


class ServedCorpus(Corpus):
    """The corpus that a server has at a socket, and what searches it."""

    is_served = True

    def __init__(self, path: Path, owners: frozenset[int] = frozenset()) -> None:
        """Raise OSError where no server listens that may be trusted, and CorpusError where none answers."""
        self.line = line = Line(path, owners)
        self._shelf = cast("Shelf", proxy_of(Shelf)(line))
        self.about = about = self._shelf.about()
        super().__init__(
            ServedSources(self._shelf, about),
            about.problems,
            paths=about.paths,
            encoding=about.encoding,
            cached=CACHED,
        )
        self._records = _Records(self._shelf)
        self.documents.know(range(len(self.sources)), self._records)
        self.searcher: Searcher = _searcher(line, self)
        self._forgotten: set[int] = set()
        """Documents that the server is to read anew."""
        line.renewed = self._renew

    def _renew(self) -> None:
        """Know the documents as they are in another generation."""
        self.about = self._shelf.about()
        self.problems = list(self.about.problems)
        self._records.forget()
        cast("_Files", self.sources.files).forget()
        self.know_again()
        self._texts.clear()

    def know_again(self) -> None:
        """Ask for the records again: they were asked for while the server did not answer."""
        self.documents.know(range(len(self.sources)), self._records)

    def looks(self, number: int) -> Looks | None:
        """How the file of a document looks now; None where it is gone."""
        return self._shelf.looks(number)

    def look_again(self) -> list[int]:
        """The documents whose files have changed, which the server then indexes again."""
        changed = list(self._shelf.look_again())
        for number in changed:
            self.forget(number)
        return changed

    def seen(self, number: int) -> Seen:
        """The texts of a document, and how its file looks. Raises CorpusError where it cannot be read."""
        known = self._texts.get(number)
        if known is not None and is_same(self.sources[number], known.looks, self.looks(number)):
            return known
        reading = self._shelf.read(number, number in self._forgotten)
        self._forgotten.discard(number)
        if self._records.card(number) != reading.card:
            self.documents[number] = self._records.of(reading.card, self.sources[number], number)
        return self._texts.put(number, Seen(reading.text, reading.looks))

    def forget(self, number: int) -> None:
        """Forget the texts of a document; the server is to read it again as well."""
        super().forget(number)
        self._forgotten.add(number)

    def find(self, name: str) -> Document | None:
        """The document of that name, or the only one whose name ends in it after a `/`."""
        number = self._shelf.find(name)
        return None if number is None else self.documents[number]


def _searcher(line: Line, corpus: Corpus) -> Searcher:
    """What stands for the searcher of a server; records and texts go through what is kept of them here."""

    def documents(_: Any, first: int, last: int) -> Sequence[Document]:
        return corpus.documents[first:last]

    def text(_: Any, document: int) -> DocumentText:
        return corpus.text(document)

    made = type("Remote", (proxy_of(Searcher),), {"documents": documents, "text": text})
    return cast("Searcher", made(line))
