"""Folding: texts and patterns in one form of each character, so that a pattern matches every script and variant."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.hanzi.fold import fold_table
from tuibrowser.search.index.segment import PARAGRAPH

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_HAN = (0x4E00, 0xA000)
_ASCII = 0x80


@cache
def representatives() -> Array:
    """uint32: the character that stands for each code point: of its class, the first common one.

    Gaps, and characters that share an id without being alike, stand for themselves.
    """
    table = fold_table()
    points = np.arange(len(table.table), dtype=np.uint32)
    rare = ~(((points >= _HAN[0]) & (points < _HAN[1])) | (points < _ASCII))
    order = np.lexsort((points, rare))
    ids = table.table[order]
    first = np.zeros(1 << 16, np.uint32)
    first[ids[::-1]] = points[order][::-1]
    ids = table.table
    alone = (ids < table.gap_end) | ((ids >= table.bucket_start) & (ids < table.bucket_end))
    return np.where(alone, points, first[ids])


def representative(character: str) -> str:
    """The character that stands for one in folded texts; ASCII stands for itself, since patterns ignore its case."""
    return character if ord(character) < _ASCII else chr(int(representatives()[ord(character)]))


def points_of(segment: Segment, *, folded: bool) -> Array:
    """uint32: the code point of every code of a segment in a text for patterns; breaks are newlines."""
    name = f"points of codes {folded}"
    if (known := segment.at_hand.get(name)) is None:
        known = segment.points(np.arange(len(segment.fold), dtype=segment.codes.dtype))
        known[known >= len(fold_table().table)] = 0
        if folded:
            known = representatives().take(known)
        known[[0, PARAGRAPH]] = ord("\n")
        segment.at_hand[name] = known
    points: Array = known
    return points
