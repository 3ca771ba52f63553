"""Searcher: what searches a corpus, in this process or on other machines, and the handles that it gives.

The library, the screen and the figures depend on these protocols alone. No array and no segment passes through them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from tuibrowser.corpus.model import Document, DocumentText, Layer
    from tuibrowser.search.answering.listing import Listing
    from tuibrowser.search.likeness.model import SimilarWords
    from tuibrowser.search.model import Bound, Excerpt, Hit, HitKind, Scope, SearchResult, TitleMatch
    from tuibrowser.search.parallels.model import Parallels
    from tuibrowser.search.reuse.model import ReuseOrder, SharedPassage
    from tuibrowser.search.values import (
        Beside,
        Chosen,
        Clusters,
        Context,
        Coverage,
        Cutting,
        Frequencies,
        Match,
        Missing,
        Neighbour,
        Neighbours,
        Place,
        Reach,
        Unit,
    )

    Cancelled = Callable[[], bool]
    Progress = Callable[[int, int], object]
    Span = tuple[int, int]


class Searcher(Protocol):
    """Searches a corpus, as far as it has been read. May be called from any thread.

    Documents go by their numbers. A search may raise a CorpusError: its index was cut short, or a machine is gone.
    """

    def search(
        self, query: str, scope: Scope = ..., limit: int = ..., cancelled: Cancelled = ..., *, final_only: bool = ...
    ) -> Iterator[SearchResult]:
        """The answer to a query, each one better than the one before, the last one final.

        Nothing more comes once `cancelled` says so; nothing but the last one where it is `final_only`.
        """

    def occurrences(self, query: str, scope: Scope = ..., cancelled: Cancelled = ...) -> Occurrences:
        """Every match of a query in reading order; none where it was cancelled."""

    def listing(self, query: str, scope: Scope = ..., cancelled: Cancelled = ...) -> Listing:
        """All hits of a query as a list shows them; none where it was cancelled."""

    def matches(self, query: str, scope: Scope = ..., cancelled: Cancelled = ...) -> Matches:
        """All matches of a query, to be counted; at least none where it was cancelled.

        They are those that `search` counts. A scope that is `exact` gives every match of the text as it stands, in any
        script, across blanks and notes. Otherwise worse kinds are looked for only while the better ones are few: where
        some were not, the matches are `at_least` and the bound is named.
        """

    def parallels(self, text: str, scope: Scope = ..., limit: int = ..., cancelled: Cancelled = ...) -> Parallels:
        """The passages that quote, repeat or share most of a text, the best first, those of the same words as one.

        Script, variants and punctuation make no difference; characters may be others, missing or added, and clauses in
        another order. Furniture and apparatus are not looked at. What was found until it was cancelled is given, and is
        `at_least`.
        """

    def reuse(self, asked: int | str, scope: Scope = ..., minimum: int = ..., cancelled: Cancelled = ...) -> Reuse:
        """The passages that a document, by its number, or a text shares with other documents of a scope.

        They hold a run of `minimum` significant characters or more that are equal in both, but for script and variants;
        furniture and apparatus are passed over. A text may be several documents, each ended by U+0000: no run goes on
        from one to the next. What was found until it was cancelled is given, and is `at_least`.
        """

    def reuse_among(
        self, scope: Scope = ..., minimum: int = ..., progress: Progress = ..., cancelled: Cancelled = ...
    ) -> Reuse | None:
        """The passages that the documents of a scope share with one another; None where it was cancelled.

        Places of the same words are one row, whose own place is the first of them. Where so many characters in a row
        stand in very many places not every two of these are compared: the bound is named, and stretches of such
        characters are rows by themselves. Raises CorpusError or OSError where it fails.
        """

    def excerpts(self, hits: Sequence[Hit]) -> list[Excerpt | None]:
        """The text around hits and their lines, without their files; None where a document is not indexed."""

    def around(self, document: int, raw_span: Span) -> Excerpt | None:
        """The text around a span of a document's raw text; None where the document is not indexed."""

    def places(self, spans: Sequence[tuple[int, int, int]]) -> list[Place | None]:
        """Where spans begin, each a document and a start and an end in its raw text; None for one not indexed."""

    def holds(self, document: int, fingerprint: str) -> bool:
        """Whether the text of a document that is searched has this fingerprint; one not indexed yet will have it."""

    def spans_in(self, query: str, document: int) -> list[Span]:
        """The spans, in code points of the raw text, of all matches in a document, sorted."""

    def known_spans_in(self, query: str, document: int) -> list[Span] | None:
        """The same, at once, where a search for the query has come to its end lately; else None."""

    def line_of(self, document: int, raw_offset: int) -> int | None:
        """The line, from 1, at an offset into a document's raw text; None where the document is not indexed."""

    def documents(self, first: int, last: int) -> Sequence[Document]:
        """The catalogue records from one number up to another, that one not included."""

    def titles(self, query: str, limit: int = ...) -> list[TitleMatch]:
        """The titles and headings that match best, best first."""

    def text(self, document: int) -> DocumentText:
        """The texts of a document. Raises CorpusError where its file is gone."""

    def reach(self) -> Reach:
        """How much of the corpus a search looks at."""

    def chosen(self, query: str, scope: Scope = ...) -> Chosen:
        """The documents in scope, and the layers of them, that a query asks for beside its words."""

    def significant(self, layers: frozenset[Layer]) -> Sequence[int]:
        """How many significant characters of some layers each document has, by its number; 0 for one not indexed."""

    def units(
        self,
        documents: Collection[int],
        size: int,
        layers: frozenset[Layer],
        *,
        exact: bool = ...,
        once: bool = ...,
    ) -> Units:
        """The units of so many characters, one or two, in some layers of some documents, by their numbers.

        Units that differ in script alone are one; where they are `exact`, each written form is a unit of its own. With
        `once` the paragraphs that `repeated` counts are left out. This holds of everything that counts units.
        """

    def repeated(self, documents: Collection[int], layers: frozenset[Layer]) -> Sequence[int]:
        """How many significant characters each document has in paragraphs that repeat one of a document before it.

        The number of each document of the corpus is its place; only some documents, by their numbers, are looked at. A
        paragraph repeats another if it has the same significant characters, 20 at least, in any script.
        """

    def matches_of_unit(
        self, unit: str, documents: Collection[int], layers: frozenset[Layer], *, exact: bool = ..., once: bool = ...
    ) -> Matches:
        """All occurrences of a unit that `units` counts."""

    @property
    def cut_texts(self) -> CutTexts:
        """The texts cut into words."""

    def digests(self) -> Sequence[str]:
        """A digest of the text of each document, by its number; empty where it is not indexed."""


class Occurrences(Protocol):
    """A sequence of `(document, raw start, raw end)` in reading order; offsets are code points of the raw text."""

    def __len__(self) -> int: ...

    @overload
    def __getitem__(self, index: int) -> tuple[int, int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[int, int, int]]: ...

    def __iter__(self) -> Iterator[tuple[int, int, int]]: ...

    def after(self, document: int, offset: int) -> int:
        """The index of the first occurrence that begins at or after a place; the length where there is none."""

    def before(self, document: int, offset: int) -> int:
        """The index of the last occurrence that begins before a place; -1 where there is none."""

    def in_document(self, document: int) -> list[Span]:
        """The spans of the occurrences in one document."""


class Matches(Protocol):
    """A handle to all matches of a query, which stay where the text is: a sequence of `Match` in reading order."""

    @property
    def at_least(self) -> bool:
        """Whether there may be more matches than these."""

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """The limits that a search sets itself and has run into."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the reader: fields that are not known, documents left out."""

    def __len__(self) -> int: ...

    @overload
    def __getitem__(self, index: int) -> Match: ...
    @overload
    def __getitem__(self, index: slice) -> list[Match]: ...

    def __iter__(self) -> Iterator[Match]: ...

    def totals(self) -> dict[HitKind, int]:
        """The number of matches of each kind there is."""

    def by_document(self) -> dict[int, int]:
        """How many matches each document has that has any, by its number, ascending."""

    def strips(self, count: int) -> dict[int, list[int]]:
        """How many matches begin in each of so many equal stretches of the repaired text of each document with any."""

    def contexts(self, start: int, stop: int, width: int) -> list[Context]:
        """The matches from one index to another with so many characters on either side, within their documents."""

    def ordered(self, beside: Beside) -> list[int]:
        """The indices of all matches in the order of the four characters beside them, equal ones in reading order.

        Punctuation is passed over, and the end of the paragraph comes before all characters.
        """

    def neighbours(self, left: int, right: int, size: int = 1, minimum: int = 1, *, exact: bool = ...) -> Neighbours:
        """The units of so many characters that stand so many units left and right of matches.

        Those that differ in script alone are one, unless they are `exact`. Punctuation, blanks, controls and other
        layers of the text are passed over. A window ends with the paragraph. Units that overlap a match are not
        counted. Those that are there fewer than `minimum` times are left out, but are among the places.
        """

    def near(self, units: Sequence[str], left: int, right: int, *, exact: bool = ...) -> list[Neighbour]:
        """Where each of some units, all of the same size, stands in a window of so many units left and right."""

    def clusters(self, size: int, side: Beside, minimum: int = 1, *, exact: bool = ...) -> Clusters:
        """The clusters of the matches with so many characters on one side, left or right, most first.

        Punctuation is passed over. A match with fewer characters in its paragraph is in none. Clusters that occur fewer
        than `minimum` times are no units. Of a unit, `count` are the matches.
        """

    def clustered(self, text: str, size: int, side: Beside, *, exact: bool = ...) -> Matches:
        """The matches that make a cluster with so many characters on one side."""

    def beside(self, unit: str, left: int, right: int, *, exact: bool = ...) -> Matches:
        """The matches that have a unit in a window of so many units left and right of them."""

    def word_neighbours(self, left: int, right: int, minimum: int = 1, *, exact: bool = ...) -> Neighbours:
        """The words that stand so many words left and right of matches, counted as `neighbours` are.

        The texts are cut into words first where that has not been done: see `CutTexts.prepare`.
        """

    def words_near(self, words: Sequence[str], left: int, right: int, *, exact: bool = ...) -> list[Neighbour]:
        """Where each of some words stands in a window of so many words left and right of matches."""

    def beside_word(self, word: str, left: int, right: int, *, exact: bool = ...) -> Matches:
        """The matches that have a word in a window of so many words left and right of them."""

    def whole_words(self) -> Matches:
        """The matches that begin where a word begins and end where one ends."""

    def of_documents(self, documents: Collection[int]) -> Matches:
        """The matches in some documents, by their numbers."""

    def of_indices(self, indices: Collection[int]) -> Matches:
        """The matches of some indices, in reading order. Raises IndexError where there is no such match."""


class Reuse(Protocol):
    """A handle to passages that documents share; those of the same runs in the same place are one row."""

    @property
    def at_least(self) -> bool:
        """Whether there may be more than these."""

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The parts of the corpus that did not answer when they were looked for."""

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """The limits that a search sets itself and has run into."""

    @property
    def elapsed_ms(self) -> float:
        """How long it took to find them."""

    def __len__(self) -> int: ...

    def total(self) -> int:
        """How many places of other documents they stand in."""

    def rows(self, start: int, stop: int, order: ReuseOrder = ...) -> list[SharedPassage]:
        """The passages from one row up to another in an order."""


class Units(Protocol):
    """A handle to the units of some documents."""

    def total(self) -> int:
        """How many units there are."""

    def types(self) -> int:
        """How many different units there are."""

    def frequencies(self, units: Sequence[str]) -> list[int]:
        """How often each of some units occurs."""

    def commonest(self, minimum: int) -> Frequencies:
        """The units that occur `minimum` times at least, most first."""

    def described(self, units: Sequence[str]) -> list[Unit]:
        """The forms of some units, how often they occur, and in how many documents."""


class CutTexts(Protocol):
    """A handle to the words of the texts, which are cut when they are first asked for."""

    def cutting(self) -> Cutting | None:
        """What cut the texts into words, at once; None where that has not been done."""

    def coverage(self, documents: Collection[int]) -> Coverage:
        """How many of the words of some documents, by their numbers, the dictionary has, without cutting them all."""

    def prepare(self, progress: Progress = ..., cancelled: Cancelled = ...) -> Cutting | None:
        """Cut the texts into words where that has not been done; None where it was cancelled.

        `progress` is called with the characters cut and all. Raises CorpusError while texts are still being read.
        """

    def similar(
        self, word: str, limit: int, progress: Progress = ..., cancelled: Cancelled = ...
    ) -> SimilarWords | None:
        """The words used like one, most like first; None where it was cancelled.

        The texts are cut into words first where that has not been done, and what stands beside each word is counted.
        `progress` is called with the steps done and all. Raises CorpusError while texts are still being read.
        """

    def units(
        self,
        documents: Collection[int],
        layers: frozenset[Layer],
        size: int = 1,
        *,
        exact: bool = ...,
        once: bool = ...,
    ) -> Units:
        """The words, or so many in a row within a paragraph, in some layers of some documents, by their numbers."""

    def matches_of_unit(
        self, unit: str, documents: Collection[int], layers: frozenset[Layer], *, exact: bool = ..., once: bool = ...
    ) -> Matches:
        """All occurrences of what `units` counts; a blank divides words in a row."""
