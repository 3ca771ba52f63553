"""The types of search: scope and order of a search, hits, results, the text around hits, titles found."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tuibrowser.language.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.values import Missing

EVERY: Final = 1 << 40
"""The limit that is none."""

FURNITURE: Final = "in:furniture"
"""The condition of a query that searches page furniture alone."""


class HitKind(StrEnum):
    """Why a passage matched, best first."""

    EXACT = "exact"
    VARIANT = "variant"
    SPACED = "spaced"
    PINYIN = "pinyin"
    INITIALS = "initials"
    HOMOPHONE = "homophone"
    ABBREVIATION = "abbreviation"
    FUZZY = "fuzzy"
    PARALLEL = "parallel"
    PATTERN = "pattern"
    KEYWORDS = "keywords"


class Order(StrEnum):
    """How hits are ordered."""

    RELEVANCE = "relevance"
    DATE = "date"
    PATH = "path"
    HITS = "hits"


@frozen
class Scope:
    """Where to search: everything, the documents of a folder (a name's prefix ending in `/`), or one document."""

    document: int | None = None
    folder: str | None = None
    exact: bool = False
    """Exact and script-folded matches only."""
    order: Order = Order.RELEVANCE
    layers: frozenset[Layer] | None = None
    """The layers that a query which names none asks for; None for the text and its notes."""
    once: bool = False
    """Whether documents with the very text of one before them are left out, and, of what is counted, paragraphs that
    stand in a document before."""

    def holds(self, document: int, name: str) -> bool:
        """Whether it holds a document of a name for sure."""
        inside = self.document in (None, document) and (self.folder is None or name.startswith(self.folder))
        return inside and not self.once


@frozen
class Hit:
    """A passage that answers a query.

    `spans` are sorted, disjoint stretches `(start, end)` in code points of the document's raw text; `paragraph` is
    the number, from 0, of the paragraph in which the first begins. A higher score is better. `count` is the number
    of places grouped under this hit, itself included; `also` names the others, as `(document, offset)`.
    """

    document: int
    spans: tuple[tuple[int, int], ...]
    kind: HitKind
    score: float
    paragraph: int
    count: int = 1
    also: tuple[tuple[int, int], ...] = ()

    @property
    def extent(self) -> tuple[int, int]:
        """The match as one stretch, with what it passes over; of keywords, which stand apart, the first."""
        if not self.spans:
            return 0, 0
        return self.spans[0] if self.kind == HitKind.KEYWORDS else (self.spans[0][0], self.spans[-1][1])


@frozen
class Bound:
    """A limit on purpose: what was looked at, and up to how many."""

    what: str
    limit: int


@frozen
class SearchResult:
    """The answer to a query so far: hits, best first, and what is known of their number.

    `totals` counts the matches of each kind found, not only those among `hits`; `at_least` says that they may be
    more, and `bounds` name what was bounded on purpose. `notes` are sentences for the reader (fields that are not
    known, documents left out). The last result of a search is `final`.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    totals: dict[HitKind, int] = field(default_factory=dict)
    at_least: bool = False
    documents: int = 0
    """Documents with a match."""
    elapsed_ms: float = 0.0
    notes: tuple[str, ...] = ()
    final: bool = False
    bounds: tuple[Bound, ...] = ()
    in_furniture: int = 0
    """Matches in page furniture, which are counted where there are no others; `in:furniture` finds them."""
    missing: tuple[Missing, ...] = ()
    """The parts of the corpus that could not be searched."""

    @property
    def total(self) -> int:
        """The number of matches of all kinds."""
        return sum(self.totals.values())


@frozen
class Excerpt:
    """The paragraphs that a hit stands in: mostly one, more where a match runs on into the next.

    `start`, `end` and `spans` are code points of the document's repaired text, `first_end` is where the first of the
    paragraphs ends, `raw_spans` are the spans in its raw text. `raw_start` is where the first span, else the first
    paragraph, begins in the raw text, `line` is its line, from 1, and `layer` the layer of the text in which it begins;
    `lines` are the first and last line of the paragraphs. `held` is the stretch whose text the excerpt holds.
    """

    start: int
    first_end: int
    end: int
    spans: tuple[tuple[int, int], ...]
    raw_spans: Sequence[tuple[int, int]]
    paragraphs: int
    """How many these are."""
    raw_start: int
    line: int
    lines: tuple[int, int]
    layer: Layer
    held: tuple[int, int]
    _text: str

    def text(self, start: int, end: int) -> str:
        """Return a stretch of the repaired text, in code points of that; a newline divides paragraphs.

        Raises IndexError where the excerpt does not hold all of it.
        """
        first, last = self.held
        if start < end and not first <= start <= end <= last:
            raise IndexError((start, end))
        return self._text[start - first : max(start, end) - first]


@frozen
class TitleMatch:
    """A document (`heading` is None) or one of its headings, by index, whose title matches.

    A higher score is better, up to 100 and a little more for the whole name; `spans` are code points of `title`,
    which is the name that matches: of a document its title with its work, or its file.
    """

    document: int
    heading: int | None
    title: str
    score: float
    spans: tuple[tuple[int, int], ...]
