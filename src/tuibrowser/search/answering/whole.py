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

    Array = npt.NDArray[Any]


def listing_of_groups(groups: Groups, matches: Array) -> Listing:
    """A listing of all groups of matches; `matches` holds how many each document has, by its number."""
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
        lambda start, end: hits_of(ordered.part(start, end)),
        lambda start, end: _offsets(ordered, start, end),
    )


def _offsets(groups: Groups, start: int, end: int) -> list[int]:
    """Where the best matches of some groups begin in the raw texts."""
    rows = groups.best.rows(slice(start, end))
    offsets = np.empty(len(rows), np.int64)
    for segment, here in rows.by_segment():
        offsets[here] = segment.source_spans(rows.starts[here], rows.starts[here] + 1)[1]
    return [int(offset) for offset in offsets]
