"""Values: the plain data that a searcher answers with. No array and no segment is in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.model import HitKind


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a query stands, neither ranked nor grouped.

    `start` and `end` are code points of the document's raw text; of keywords they are those of the first word.
    `paragraph` is the number, from 0, of the paragraph in which it begins.
    """

    document: int
    start: int
    end: int
    kind: HitKind
    paragraph: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span of a document's raw text begins.

    `line` is its line, from 1, and `offset` its first character in its paragraph. `length` are its characters in the
    repaired text, and `paragraphs` is how many paragraphs it stands in.
    """

    line: int
    offset: int
    length: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Context:
    """A match and what stands beside it in the repaired text; a newline divides paragraphs."""

    left: str
    node: str
    right: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Where a unit, a character or two in a row, stands in the windows of matches.

    `forms` are the ways in which it is written there, with their numbers, the commonest first. `left` and `right` are
    how many of its places are left and right of a match; a place may be left of one match and right of another.
    `documents` have such a place, and `matches` have one in their window.
    """

    forms: Mapping[str, int]
    left: int
    right: int
    documents: int
    matches: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The units beside matches, most first, each by its commonest form.

    `together` is in how many places of the windows each stands: where windows overlap a place is counted once. `inside`
    is how often it overlaps matches, which is counted there alone. `places` and `places_inside` are those of all units.
    """

    units: Sequence[str]
    together: Sequence[int]
    inside: Sequence[int]
    places: int
    places_inside: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of some documents: how often it is written in which way, how often in all, and in how many documents."""

    forms: Mapping[str, int]
    count: int
    documents: int


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Units, each in one of its forms, with their numbers, most first."""

    units: Sequence[str]
    counts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters of matches, most first, each of which is described when it is looked at.

    `counts` are the matches of all, also of those that occur too rarely to be among the `units`.
    """

    units: Sequence[Unit]
    counts: Sequence[int]


class Beside(StrEnum):
    """The characters beside matches by which these are ordered, in the order of their pinyin, the nearest ones first.

    COMMONEST puts those first whose next character on the right is the next one of most matches.
    """

    LEFT = "left"
    RIGHT = "right"
    COMMONEST = "commonest"


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of a corpus that could not be searched, its share of the text as far as that is known, and why."""

    part: str
    share: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HostState:
    """A machine that has parts of a corpus, and why it cannot be asked, "" where it can; others may have its parts."""

    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """How much of a corpus a search looks at: so many documents of `total`; `missing` are parts that do not answer.

    `version` is another one when something else is known of the documents, or a part was lost or is back. `hosts` are
    the machines of a corpus that is on several.
    """

    documents: int
    total: int
    missing: tuple[Missing, ...] = ()
    version: int = field(default=0, compare=False)
    hosts: tuple[HostState, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The part of a query beside its words: the numbers of the documents, ascending, and the layers of the text.

    `words` is how many words it has, and `literal` how many of them stand for their very characters. `notes` are
    sentences on conditions not understood and documents left out.
    `conditions` are the names of what documents had to meet, such as `date`.
    """

    documents: Sequence[int]
    layers: frozenset[Layer]
    words: int
    notes: tuple[str, ...] = ()
    conditions: frozenset[str] = frozenset()
    literal: int = 0


@dataclass(frozen=True, slots=True)
class Cutting:
    """What cut the texts into words: the library with its version, and the reader's own dictionaries by name.

    `problems` say what could not be used of these.
    """

    cutter: str
    dictionaries: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the words in a sample of some texts the dictionary has: words of two ideographs or more."""

    known: int
    words: int

    @property
    def share(self) -> float:
        """The share of the words that are known; 0 where there are none."""
        return self.known / max(1, self.words)
