"""Ordering: the documents of a corpus by their titles or dates, in a thread where there are many."""

from __future__ import annotations

from functools import partial
from heapq import merge
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.chronology import chronological
from tuibrowser.corpus.files.order import natural_order
from tuibrowser.tui.widgets.outline.tree import DocumentOrder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.corpus.model import Document

AT_ONCE: Final = 1_000
"""Documents that are ordered in the time of a frame."""
_PIECE: Final = 4_000
"""Documents sorted at a time: a sort lets no other thread do anything."""
_LATE: Final = "9999"
"""What stands for a date that is not known: documents without one come last."""


def ordered(
    documents: Sequence[Document],
    order: DocumentOrder,
    progress: Callable[[int, int], object] = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Sequence[int]:
    """The numbers of documents in an order, those of equal ones ascending; nothing where it was cancelled.

    `progress` is told how many of how many were looked at.
    """
    total = len(documents)
    if order is DocumentOrder.PATH:
        return range(total)
    said: list[str] = []
    for number in range(total):
        document = documents[number]
        said.append(document.title if order is DocumentOrder.TITLE else document.metadata.date or _LATE)
        if number % _PIECE == 0:
            progress(number, total)
            if cancelled():
                return ()
    key: Callable[[str], Any] = natural_order(said) if order is DocumentOrder.TITLE else chronological
    starts = range(0, total, _PIECE)
    pieces = [sorted(map(partial(_place, key, said), range(start, min(start + _PIECE, total)))) for start in starts]
    return [number for _, number in merge(*pieces)]


def _place(key: Callable[[str], Any], said: Sequence[str], number: int) -> tuple[Any, int]:
    return key(said[number]), number
