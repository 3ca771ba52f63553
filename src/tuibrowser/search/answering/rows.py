"""Rows: matches of several kinds and segments in one table, in any order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.index.segment import HEADING_BLOCK, by_segment, unsigned
from tuibrowser.search.model import HitKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found

    Array = npt.NDArray[Any]

HEADING_BONUS = 0.05
"""Cost that a match in a heading saves: less than the difference of any two kinds."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Matches in some order: a row each, and which of `found` it is in."""

    found: Sequence[tuple[Segment, Found]]
    whose: Array
    at: Array
    starts: Array
    ends: Array
    numbers: Array
    """The numbers of their documents."""
    costs: Array
    first: Array
    """What orders them first: the cost, or the rank of the document."""

    def __len__(self) -> int:
        return len(self.whose)

    @property
    def columns(self) -> tuple[Array, ...]:
        """The columns of each row."""
        return self.whose, self.at, self.starts, self.ends, self.numbers, self.costs, self.first

    def rows(self, chosen: Array | slice) -> Rows:
        """Some rows, in another order."""
        return Rows(self.found, *(column[chosen] for column in self.columns))

    def joined(self, other: Rows) -> Rows:
        """These rows and then others of the same matches."""
        return Rows(self.found, *map(np.concatenate, zip(self.columns, other.columns, strict=True)))

    def by_segment(self) -> Iterator[tuple[Segment, Array | slice]]:
        """Each segment with its rows."""
        return by_segment([segment for segment, _ in self.found], self.whose)


def columns_of(number: int, segment: Segment, matches: Found, at: Array) -> tuple[Array, ...]:
    """The columns of some matches of one kind in a segment; a match in a heading costs less."""
    starts = matches.starts.take(at)
    numbers = segment.numbers.take(segment.document_index(starts)).astype(np.int64)
    costs = matches.costs.take(at) - HEADING_BONUS * in_heading(segment, starts)
    return np.full(len(at), number), at, starts, matches.ends.take(at), numbers, costs


def in_heading(segment: Segment, positions: Array) -> Array:
    """Whether positions are in headings."""
    inside: Array = segment.near_headings.take(positions // HEADING_BLOCK, mode="clip")
    if not inside.any():
        return inside
    rows = np.flatnonzero(inside)
    here = unsigned(positions.take(rows))
    starts, ends = segment.head_columns
    at = np.searchsorted(starts, here, "right") - 1
    inside[rows] = (at >= 0) & (here < ends.take(at, mode="clip"))
    return inside


def paragraphs_of(rows: Rows) -> Array:
    """The paragraph of each row, in its segment."""
    paragraphs = np.empty(len(rows), np.int64)
    for segment, here in rows.by_segment():
        paragraphs[here] = segment.paragraph_index(rows.starts[here])
    return paragraphs


def are_keywords(rows: Rows) -> Array:
    """Whether each row is a paragraph with several words."""
    kinds = np.array([matches.kind == HitKind.KEYWORDS for _, matches in rows.found])
    return kinds.take(rows.whose)
