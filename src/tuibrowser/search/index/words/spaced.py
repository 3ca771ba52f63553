"""Spaced: find the documents whose text is cut into words by blanks already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_BLANKS: Final = (0x20, 0xA0, 0x3000)
_HAN: Final = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))

_FEWEST: Final = 10
"""Runs of ideographs in a document, below which its blanks tell nothing."""

_SHORTEST, _LONGEST = 1.15, 3.0
"""Ideographs in a run on average: fewer are set apart letter by letter, more are verse or columns."""

_SHARE: Final = 0.7
"""Runs with a blank or a mark on both sides, one blank at least, of all runs."""


def is_spaced(segment: Segment, document: int) -> bool:
    """Whether blanks stand between the words of a document, given by its place in a segment."""
    low, high = int(segment.docs[document]), int(segment.docs[document + 1])
    docs = np.array([1, high - low + 1])
    return bool(_spaced(segment, segment.codes[max(0, low - 1) : high], docs)[0])


def spaced_documents(segment: Segment) -> Array:
    """A bool for each document: whether blanks stand between its words."""
    return _spaced(segment, segment.codes, segment.docs.astype(np.int64))


def _spaced(segment: Segment, codes: Array, docs: Array) -> Array:
    """The same of documents that begin at some places of a text, where the last one also ends."""
    blank = np.isin(np.arange(len(segment.fold)), _BLANKS).take(codes)
    han = np.zeros(len(segment.fold), bool)
    for first, last in _HAN:
        han[first : last + 1] = True
    held = han.take(codes)
    begins = np.flatnonzero(held[1:] & ~held[:-1]) + 1
    ends = np.flatnonzero(held[:-1] & ~held[1:]) + 1
    beside = blank.take(begins - 1) | blank.take(ends)
    documents = np.searchsorted(docs, begins, "right") - 1
    count = len(docs) - 1
    runs = np.bincount(documents, minlength=count)[:count]
    length = np.bincount(documents, ends - begins, minlength=count)[:count] / np.maximum(runs, 1)
    share = np.bincount(documents, beside, minlength=count)[:count] / np.maximum(runs, 1)
    return (runs >= _FEWEST) & (length >= _SHORTEST) & (length <= _LONGEST) & (share >= _SHARE)
