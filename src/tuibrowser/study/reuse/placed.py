"""Placed: shared passages with the documents and lines that they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.chronology import chronological
from tuibrowser.search.reuse.model import ReuseOrder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.model import Document
    from tuibrowser.search.model import Bound
    from tuibrowser.search.reuse.model import SharedPassage
    from tuibrowser.search.searcher import Reuse, Searcher
    from tuibrowser.study.reuse.asked import Asked

_GUESSED: Final = ("text", "name")
"""The origins of dates that the program found by itself, and nobody declared."""

_PART: Final = 500
"""Rows that are placed together."""


class Relation(StrEnum):
    """Which of two documents is older, by declared dates: what the other one is."""

    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A shared passage and where it stands. A line counts from 1; it is None where a document is not indexed."""

    document: Document
    line: int | None
    other: Document
    other_line: int | None
    also: tuple[tuple[str, int | None], ...]
    """The other places of the same words: documents and lines."""
    shared: SharedPassage

    @property
    def other_is(self) -> Relation | None:
        """Whether the other document is earlier or later; None unless both dates are declared and differ."""
        return relation(self.document, self.other)

    def record(self) -> dict[str, object]:
        """The passage as its JSON object; `pairs` are offsets into `text` and into that of the other document."""
        own, other = self.shared.own, self.shared.other
        return {
            "document": self.document.name,
            "line": self.line,
            "text": own.text,
            "other": {
                "document": self.other.name,
                "title": self.other.title,
                "author": self.other.metadata.author,
                "date": self.other.metadata.date,
                "line": self.other_line,
                "text": other.text,
            },
            "other_is": self.other_is,
            "pairs": [[*one, *two] for one, two in zip(own.spans, other.spans, strict=True)],
            "matched": self.shared.matched,
            "count": self.shared.count,
            "also": [{"document": document, "line": line} for document, line in self.also],
        }


def relation(document: Document, other: Document) -> Relation | None:
    """What another document is beside one by its date; None unless both dates are declared and one is before the other.

    A year and a day in it do not tell.
    """
    dates = [_declared(each) for each in (document, other)]
    if not all(dates):
        return None
    length = min(map(len, dates))
    one, two = (date[:length] for date in dates)
    return None if one == two else Relation.LATER if one < two else Relation.EARLIER


def _declared(document: Document) -> str:
    """A date as a key to order by; empty where it is not known, or nobody declared it."""
    date = document.metadata.date
    return "" if date is None or dict(document.origins).get("date") in _GUESSED else chronological(date)


class PlacedReuse:
    """The passages that documents share, those of the same words as one row, placed as they are asked for."""

    def __init__(self, searcher: Searcher, found: Reuse, asked: Asked | None = None) -> None:
        self._searcher = searcher
        self._found = found
        self._asked = asked
        self.missing = found.missing
        """The parts of the corpus that did not answer when they were looked for."""
        self._documents: dict[int, Document] = {}

    @property
    def at_least(self) -> bool:
        """Whether there may be more than these."""
        return self._found.at_least

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """What was bounded on purpose."""
        return self._found.bounds

    @property
    def elapsed_ms(self) -> float:
        """How long it took to find them."""
        return self._found.elapsed_ms

    @property
    def total(self) -> int:
        """How many places of other documents they stand in."""
        return self._found.total()

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[PlacedPassage]:
        for start in range(0, len(self), _PART):
            yield from self.rows(start, start + _PART)

    def rows(self, start: int, stop: int, order: ReuseOrder = ReuseOrder.TEXT) -> list[PlacedPassage]:
        """The passages from one row up to another in an order."""
        found = self._found.rows(start, stop, order)
        spots = [spot for row in found for spot in _spots(row)]
        places = self._searcher.places([(document, at, at) for document, at in spots])
        lines = iter([None if place is None else place.line for place in places])
        return [self._placed(row, list(islice(lines, len(_spots(row))))) for row in found]

    def _placed(self, row: SharedPassage, lines: Sequence[int | None]) -> PlacedPassage:
        own, other, also = row.own, row.other, row.also
        line: int | None
        if own.document is None:
            assert self._asked is not None
            document, line = self._asked.document, self._asked.line(own.start)
        else:
            document, line, lines = self._document(own.document), lines[0], lines[1:]
        assert other.document is not None
        names = (self._document(number).name for number, _ in also)
        return PlacedPassage(
            document,
            line,
            self._document(other.document),
            lines[0],
            tuple(zip(names, lines[1:], strict=True)),
            row,
        )

    def _document(self, number: int) -> Document:
        if number not in self._documents:
            self._documents[number] = self._searcher.documents(number, number + 1)[0]
        return self._documents[number]


def _spots(row: SharedPassage) -> list[tuple[int, int]]:
    """The documents of the corpus that a row names, and the offsets there."""
    sides = [(side.document, side.start) for side in (row.own, row.other) if side.document is not None]
    return [*sides, *row.also]
