"""Strips: where in each document matches begin, as counts of equal stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]


def strips(segment: Segment, starts: Array, count: int) -> dict[int, list[int]]:
    """How many of some matches begin in each of so many equal stretches of each document, by its number."""
    documents = segment.document_index(starts)
    bounds = segment.docs.astype(np.int64)
    lengths = np.maximum(np.diff(bounds) - 1, 1)
    stretches = (starts - bounds.take(documents)) * count // lengths.take(documents)
    some, rows = np.unique(documents, return_inverse=True)
    counts = np.bincount(rows * count + np.minimum(stretches, count - 1), minlength=len(some) * count)
    return dict(zip(segment.numbers.take(some).tolist(), counts.reshape(-1, count).tolist(), strict=True))
