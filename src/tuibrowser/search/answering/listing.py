"""Listing: all hits of a query, those of a document side by side; each is made when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tuibrowser.search.model import Hit


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """The hits in the order in which a list shows them: the documents in that of their best hit.

    `documents` are their numbers, `begins` the index of the first hit of each, and at last how many there are in all,
    `places` how many matches each document has. A document whose every match repeats a passage of another has no hit.
    """

    documents: Sequence[int]
    begins: Sequence[int]
    places: Sequence[int]
    hits: Callable[[int, int], Sequence[Hit]]
    """The hits from one index to another."""
    offsets: Callable[[int, int], Sequence[int]]
    """Where they begin in the raw texts."""

    def __len__(self) -> int:
        return self.begins[-1]

    def __iter__(self) -> Iterator[Hit]:
        for start in range(0, len(self), _BATCH):
            yield from self.hits(start, min(start + _BATCH, len(self)))

    def index_of(self, hit: Hit) -> int | None:
        """The index of the hit at the place of another; None where there is none."""
        if hit.document not in self.documents or not hit.spans:
            return None
        at = self.documents.index(hit.document)
        start, end = self.begins[at], self.begins[at + 1]
        offset = hit.spans[0][0]
        return next((start + i for i, each in enumerate(self.offsets(start, end)) if each == offset), None)


_BATCH = 500
"""Hits made at a time."""


def listing_of_hits(hits: Sequence[Hit]) -> Listing:
    """A listing of hits that are made already, best first."""
    by_document: dict[int, list[Hit]] = {}
    for hit in hits:
        by_document.setdefault(hit.document, []).append(hit)
    shown = [hit for held in by_document.values() for hit in held]
    begins = list(accumulate(map(len, by_document.values()), initial=0))
    places = [sum(hit.count for hit in held) for held in by_document.values()]
    return Listing(
        list(by_document),
        begins,
        places,
        lambda start, end: shown[start:end],
        lambda start, end: [hit.spans[0][0] if hit.spans else 0 for hit in shown[start:end]],
    )
