"""The types of search: scope and order of a search, hits and results."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tuibrowser.language.frozen import frozen

if TYPE_CHECKING:
    from tuibrowser.corpus.model import Layer

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
    """Whether documents with the very text of one before them are left out."""


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

    @property
    def total(self) -> int:
        """The number of matches of all kinds."""
        return sum(self.totals.values())
