"""Marked: which of the marks of hits are those of the current one; there are several where it passes over notes."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Span = tuple[int, int]


def is_within(mark: Span, hit: Span | None) -> bool:
    """Whether a mark is one of a hit."""
    return hit is not None and hit[0] <= mark[0] and mark[1] <= hit[1]


def is_marked(marks: Sequence[Span], hit: Span | None) -> bool:
    """Whether any of the marks, which are sorted, is one of a hit."""
    if hit is None:
        return False
    at = bisect_left(marks, (hit[0], 0))
    return at < len(marks) and is_within(marks[at], hit)
