"""Ticks: the rows of the text's edge that stand for the places of hits in the whole document."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def tick_rows(hits: Sequence[tuple[int, int]], length: int, height: int) -> frozenset[int]:
    """The rows, of so many for a text of so many characters, in whose part a hit begins; the hits are sorted.

    Each row looks its part up, since a document may hold a hundred thousand hits.
    """
    bounds = [bisect_left(hits, (-(-row * length // height), 0)) for row in range(height)]
    return frozenset(row for row, (first, end) in enumerate(pairwise([*bounds, len(hits)])) if first < end)
