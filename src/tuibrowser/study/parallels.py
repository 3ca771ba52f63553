"""Parallels of a passage, each with its document, its section and its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibrowser.reading.sections import section_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.search.model import Bound, Scope
    from tuibrowser.search.parallels.model import Parallel
    from tuibrowser.search.searcher import Searcher

COLUMNS = (
    *("document", "title", "author", "date", "section", "paragraph", "line", "text", "pairs"),
    *("matched", "cover", "score", "count", "also"),
)
"""What a record of a parallel has."""


@dataclass(frozen=True, slots=True)
class PlacedParallel:
    """A parallel and where it stands. `line` counts from 1; it is None where the document is not indexed."""

    document: str
    title: str
    author: str | None
    date: str | None
    section: tuple[str, ...]
    line: int | None
    also: tuple[tuple[str, int | None], ...]
    """The other places of the same words: documents and lines."""
    parallel: Parallel

    def record(self) -> dict[str, object]:
        """The parallel as its JSON object; `pairs` are offsets into the passage asked for and into `text`."""
        found = self.parallel
        return {
            "document": self.document,
            "title": self.title,
            "author": self.author,
            "date": self.date,
            "section": list(self.section),
            "paragraph": found.paragraph,
            "line": self.line,
            "text": found.text,
            "pairs": [list(pair) for pair in found.pairs],
            "matched": found.matched,
            "cover": round(found.cover, 4),
            "score": found.score,
            "count": found.count,
            "also": [{"document": document, "line": line} for document, line in self.also],
        }


@dataclass(frozen=True, slots=True)
class PlacedParallels:
    """The best parallels of a passage, those of the same words as one; `total` counts every place.

    `at_least` says that there may be more, and `bounds` name what was bounded on purpose.
    """

    query: str
    rows: tuple[PlacedParallel, ...]
    total: int
    at_least: bool
    bounds: tuple[Bound, ...]
    elapsed_ms: float


def parallels(
    searcher: Searcher, text: str, limit: int, scope: Scope, cancelled: Callable[[], bool] = lambda: False
) -> PlacedParallels:
    """The best `limit` parallels of a text."""
    found = searcher.parallels(text, scope, limit, cancelled)
    rows = tuple(placed(searcher, each) for each in found.rows)
    return PlacedParallels(text, rows, found.total, found.at_least, found.bounds, found.elapsed_ms)


def placed(searcher: Searcher, parallel: Parallel) -> PlacedParallel:
    """A parallel with where it stands."""

    def place(document: int, start: int) -> tuple[str, int | None]:
        return searcher.documents(document, document + 1)[0].name, searcher.line_of(document, start)

    document = searcher.documents(parallel.document, parallel.document + 1)[0]
    return PlacedParallel(
        document=document.name,
        title=document.title,
        author=document.metadata.author,
        date=document.metadata.date,
        section=tuple(heading.title for heading in section_path(document.headings, parallel.start)),
        line=searcher.line_of(parallel.document, parallel.start),
        also=tuple(place(*each) for each in parallel.also),
        parallel=parallel,
    )
