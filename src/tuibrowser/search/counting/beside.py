"""Beside: order matches by the characters that stand beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.host.stopping import check
from tuibrowser.search.counting.places import Places
from tuibrowser.search.searcher import Beside

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

DEPTH: Final = 4
"""Characters by which matches are ordered: as many ids as a number of 64 bits holds."""

_ID_BITS: Final = np.uint64(16)
_FIRST: Final = np.uint64(16 * (DEPTH - 1))


def keys(segment: Segment, starts: Array, ends: Array, beside: Beside, layers: frozenset[Layer]) -> Array:
    """uint64: a number for each match by which it is ordered: the ids beside it, the nearest first; 0 for none."""
    step = -1 if beside is Beside.LEFT else 1
    positions = starts if step < 0 else ends - 1
    places = Places(segment, layers)
    key = np.zeros(len(starts), np.uint64)
    for _ in range(DEPTH):
        check()
        positions = places.next(positions, step)
        key = (key << _ID_BITS) | segment.fold.take(segment.codes.take(positions)).astype(np.uint64)
    return key


def order(key: Array, beside: Beside) -> Array:
    """int64: the indices of matches in the order of their keys, equal ones as they stand."""
    if beside is not Beside.COMMONEST:
        return np.argsort(key, kind="stable")
    first = (key >> _FIRST).astype(np.int64)
    counts = np.bincount(first, minlength=1)
    counts[0] = 0  # The end of a paragraph is no character.
    return np.lexsort((key, -counts.take(first)))
