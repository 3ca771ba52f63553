"""Whole: the listing of all groups of matches, whose hits are made as they are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tuibrowser.search.answering.hits import hits_of
from tuibrowser.search.answering.listing import Listing

if TYPE_CHECKING:
    from typing import Any

    import numpy.typing as npt

    from tuibrowser.search.answering.rank import Groups
    from tuibrowser.search.answering.source import Source

    Array = npt.NDArray[Any]


def listing_of_groups(source: Source, groups: Groups, matches: Array) -> Listing:
    """A listing of all groups of matches of a source; `matches` holds how many each document has, by its number."""
    documents, first, which = np.unique(groups.best.numbers, return_index=True, return_inverse=True)
    rank = np.empty(len(documents), np.int64)
    rank[np.argsort(first)] = np.arange(len(documents))
    ordered = groups.in_order(np.argsort(rank[which], kind="stable"))
    sizes = np.bincount(rank[which], minlength=len(documents))
    begins = np.concatenate(([0], np.cumsum(sizes)))
    shown = documents[np.argsort(first)]
    return Listing(
        shown.tolist(),
        begins.tolist(),
        matches[shown].tolist(),
        lambda start, end: hits_of(source, ordered.part(start, end)),
        lambda start, end: _offsets(source, ordered, start, end),
    )


def _offsets(source: Source, groups: Groups, start: int, end: int) -> list[int]:
    """Where the best matches of some groups begin in the raw texts."""
    rows = groups.best.rows(slice(start, end))
    offsets: list[int] = source.offsets(rows.whose, rows.starts).tolist()
    return offsets
