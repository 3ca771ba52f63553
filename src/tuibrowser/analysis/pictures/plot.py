"""Plots as rows of text: strips and bars of braille, or of ASCII where a terminal has no braille."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEFT: Final = (0, 0x40, 0x44, 0x46, 0x47)
_RIGHT: Final = (0, 0x80, 0xA0, 0xB0, 0xB8)
"""The dots of a cell of braille up to each of four heights."""

_HEIGHTS: Final = len(_LEFT) - 1
_BLANK: Final = 0x2800
_FULL, _HALF = "\u28ff", "\u2847"
_ASCII: Final = " .:|#"


def strip(counts: Sequence[int], *, ascii_only: bool = False) -> str:
    """Counts as heights from left to right, the highest at the top: two a cell in braille, one in ASCII.

    Every count above 0 is seen.
    """
    most = max(counts, default=0) or 1
    heights = [-(-count * _HEIGHTS // most) for count in counts]
    if ascii_only:
        return "".join(_ASCII[height] for height in heights)
    pairs = zip(heights[::2], [*heights[1::2], 0], strict=False)
    return "".join(chr(_BLANK + _LEFT[left] + _RIGHT[right]) for left, right in pairs)


def bar(value: float, most: float, cells: int, *, ascii_only: bool = False) -> str:
    """A value as a bar as long as its share of so many cells; every value above 0 is seen."""
    halves = max(1, round(2 * cells * value / most)) if value > 0 and most > 0 else 0
    if ascii_only:
        return "#" * -(-halves // 2)
    return _FULL * (halves // 2) + _HALF * (halves % 2)
