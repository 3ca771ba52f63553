"""Walk: step from one significant character to the next, for many positions at once.

Each position comes with the code that stands there, so that every step reads the text once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuibrowser.search.index.segment import LONGEST_GAP

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]


def following(segment: Segment, positions: Array, codes: Array) -> tuple[Array, Array]:
    """The next significant character, or break, after each position; a break is followed by itself."""
    return _past_gaps(segment, positions + (codes != 0), 1)


def preceding(segment: Segment, positions: Array, codes: Array) -> tuple[Array, Array]:
    """The last significant character, or break, before each position; a break is preceded by itself."""
    return _past_gaps(segment, positions - (codes != 0), -1)


def after_breaks(segment: Segment, positions: Array, codes: Array) -> tuple[Array, Array]:
    """The first significant character after each position that is a break, and the other positions."""
    return _past_gaps(segment, positions + (codes == 0), 1)


def _past_gaps(segment: Segment, positions: Array, step: int) -> tuple[Array, Array]:
    """Positions, which it moves, and their codes."""
    codes = segment.codes.take(positions)
    left = segment.gap.take(codes).nonzero()[0]
    for _ in range(LONGEST_GAP):
        if not len(left):
            break
        moved = positions.take(left) + step
        reached = segment.codes.take(moved)
        positions[left], codes[left] = moved, reached
        left = left.compress(segment.gap.take(reached))
    return positions, codes
