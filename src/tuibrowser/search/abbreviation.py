"""Abbreviation: a text found with characters left out between its own, as 高质发 stands for 高质量发展."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.match import Checker, single_postings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.match import Place
    from tuibrowser.search.segment import Segment

    Array = npt.NDArray[Any]

LARGEST_SKIP = 3
"""Characters left out between two of the text."""
SHORTEST, LONGEST = 2, 6
"""Significant characters of a text that may be an abbreviation."""
MOST_PLACES = 1_600_000
"""Occurrences of its rarest character that are looked at."""


def abbreviated(segment: Segment, places: Sequence[Place]) -> tuple[Array, Array, bool]:
    """int64 starts and ends of where the places stand in order, at most three characters between two of them.

    At least one is left out. From the rarest character outwards, the nearest of each is taken. Also whether these are
    all.
    """
    check = Checker(segment)
    postings = [single_postings(segment, place) for place in places]
    rarest = min(range(len(places)), key=lambda at: len(postings[at]))
    positions = postings[rarest].positions()[:MOST_PLACES].astype(np.int64)
    starts = ends = positions
    low = high = rarest
    while len(starts) and (low > 0 or high < len(places) - 1):
        rightwards = high < len(places) - 1 and (low == 0 or len(postings[high + 1]) <= len(postings[low - 1]))
        if rightwards:
            high += 1
            ends, kept = _nearest(segment, check, places[high], ends, 1)
        else:
            low -= 1
            starts, kept = _nearest(segment, check, places[low], starts, -1)
        if rightwards:
            starts = starts[kept]
        else:
            ends = ends[kept]
    skipped = ends - starts + 1 > len(places)
    return starts[skipped], ends[skipped] + 1, len(postings[rarest]) <= MOST_PLACES


def _nearest(segment: Segment, check: Checker, place: Place, positions: Array, step: int) -> tuple[Array, Array]:
    """The nearest match of a place beside each position, and which positions have one; a break ends the search."""
    reached = np.zeros(len(positions), np.int64)
    open_ = np.arange(len(positions))
    here = positions
    for _ in range(LARGEST_SKIP + 1):
        here = np.minimum(np.maximum(here + step, 0), len(segment) - 1)  # a break at either end
        hit = check(place, here)
        reached[open_.compress(hit)] = here.compress(hit)
        left = ~hit & (segment.codes.take(here) != 0)
        open_, here = open_.compress(left), here.compress(left)
    kept = reached > 0
    return reached.compress(kept), kept
