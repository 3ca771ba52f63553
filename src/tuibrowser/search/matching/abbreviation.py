"""Abbreviation: a text found with characters left out between its own, as 高质发 stands for 高质量发展."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.index.arrays import changes, in_order, in_parts
from tuibrowser.search.index.segment import PARAGRAPH
from tuibrowser.search.matching.marks import Marks
from tuibrowser.search.matching.match import Checker, frequency, single_postings
from tuibrowser.search.matching.spaced import standing_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.match import CharacterSet
    from tuibrowser.search.matching.stretches import Stretches

    Array = npt.NDArray[Any]

LARGEST_SKIP = 3
"""Characters left out between two of the text."""
SHORTEST, LONGEST = 2, 6
"""Significant characters of a text that may be an abbreviation."""
MOST_PLACES = 1_600_000
"""Occurrences of its rarest character in the whole corpus that are looked at."""

_MARKED = 8
"""Occurrences of a neighbour for each position that is looked at up to which it saves time to mark where they are."""
_FEW = 1 << 12
"""Positions that are looked up in the text at once."""


def abbreviated(
    segment: Segment, places: Sequence[CharacterSet], rarest: int, most: int | None = None
) -> tuple[Array, Array]:
    """Return int64 starts and ends of passages that hold the places in order, at most three characters between two.

    At least one character is left out. The shortest such passage around each occurrence of the rarest character, given
    by its place, counts; the first `most` of these, or all, are looked at.
    """
    positions = single_postings(segment, places[rarest]).positions()
    if most is not None:
        positions = in_order(positions)[:most]
    return _abbreviated(segment, places, rarest, positions)


def abbreviated_in(
    segment: Segment, places: Sequence[CharacterSet], rarest: int, stretches: Stretches
) -> tuple[Array, Array]:
    """Those that stand in some paragraphs."""
    return _abbreviated(segment, places, rarest, standing_in(segment, places[rarest], stretches))


def _abbreviated(
    segment: Segment, places: Sequence[CharacterSet], rarest: int, positions: Array
) -> tuple[Array, Array]:
    """Those around some positions of the rarest character."""
    check = Checker(segment)
    counts = [frequency(segment, place) for place in places]
    neighbours = sorted((at for at in (rarest - 1, rarest + 1) if 0 <= at < len(places)), key=lambda at: counts[at])
    rarer = neighbours[0]
    marked = None
    if len(positions) > _FEW and counts[rarer] < _MARKED * len(positions):
        marked = Marks(len(segment), single_postings(segment, places[rarer]).positions())

    def around(positions: Array) -> tuple[Array, Array]:
        middle = positions.astype(np.int64)
        if marked is not None:
            middle = middle.compress(marked.are_near(middle, *_reach(rarer - rarest)))
        if len(places) == SHORTEST:  # nothing is left out where both stand side by side
            middle = middle.compress(~check(places[rarer], middle + (rarer - rarest)))
        for at in neighbours:
            middle = middle.compress(_is_beside(check, places[at], middle, at - rarest))
        left = right = Reached(np.arange(len(middle)), middle)
        low = high = rarest
        while len(left) and len(right) and (low > 0 or high < len(places) - 1):
            rightwards = high < len(places) - 1 and (low == 0 or counts[high + 1] <= counts[low - 1])
            if rightwards:
                high += 1
                right = _beside(segment, check, places[high], right.only(left.of), 1)
            else:
                low -= 1
                left = _beside(segment, check, places[low], left.only(right.of), -1)
        left, right = left.only(right.of), right.only(left.of)
        return np.maximum.reduceat(left.at, left.firsts()), np.minimum.reduceat(right.at, right.firsts())

    starts, ends = in_parts(around, positions)
    skipped = ends - starts + 1 > len(places)
    return starts[skipped], ends[skipped] + 1


@dataclass(frozen=True)
class Reached:
    """`at`: candidate positions. `of[i]`: index of the middle that candidate `i` was reached from, ascending."""

    of: Array
    at: Array

    def __len__(self) -> int:
        return len(self.of)

    def only(self, others: Array) -> Reached:
        """Return the candidates whose middle is among some."""
        if self.of is others or not len(self):
            return self
        chosen = np.zeros(int(self.of[-1]) + 1, bool)
        chosen[others[: np.searchsorted(others, len(chosen))]] = True
        kept = chosen.take(self.of)
        return Reached(self.of.compress(kept), self.at.compress(kept))

    def firsts(self) -> Array:
        """Return the index of each middle's first candidate."""
        return changes(self.of).nonzero()[0]


def _reach(step: int) -> tuple[int, int]:
    """From where to where a match of the next place may stand, in the direction of a step."""
    return (1, LARGEST_SKIP + 1) if step > 0 else (-LARGEST_SKIP - 1, -1)


def _is_beside(check: Checker, place: CharacterSet, middle: Array, step: int) -> Array:
    """Return whether a match of a place is near enough to each position, in any paragraph; hardly any is."""
    found = check(place, middle + step)
    for skipped in range(1, LARGEST_SKIP + 1):
        found |= check(place, middle + step * (skipped + 1))
    return found


def _beside(segment: Segment, check: Checker, place: CharacterSet, reached: Reached, step: int) -> Reached:
    """All matches of a place near enough beside what was reached; the end of the paragraph ends the search.

    Not the nearest ones alone: the next character may be too far from those.
    """
    of, here = reached.of, reached.at
    found_of, found_at = [of[:0]], [here[:0]]
    for _ in range(LARGEST_SKIP + 1):
        here = np.minimum(np.maximum(here + step, 0), len(segment) - 1)  # a break at either end
        codes = segment.codes.take(here)
        hit = check.among(place, codes)
        found_of.append(of.compress(hit))
        found_at.append(here.compress(hit))
        left = (codes != 0) & (codes != PARAGRAPH)
        of, here = of.compress(left), here.compress(left)
    of, at = np.concatenate(found_of), np.concatenate(found_at)
    if len(reached.firsts()) == len(reached):
        order = np.argsort(of, kind="stable")
        return Reached(of[order], at[order])
    order = np.lexsort((at, of))
    of, at = of[order], at[order]
    fresh = changes(of) | changes(at)
    return Reached(of.compress(fresh), at.compress(fresh))
