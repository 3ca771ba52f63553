"""Commonest: the matches of a reading, those of the commonest strings first, each string once before any twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import changes
from tuibrowser.search.matching.found import Found
from tuibrowser.search.matching.stages import strings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.stages import Reading

    Array = npt.NDArray[Any]

STRING_COST: Final = 0.0001
"""Cost of each step in rank, by number of matches, among the strings that pinyin may stand for."""
REPEATED_COST: Final = 0.08
"""Cost of a further match of the same string: more than a match in a heading saves."""

_COUNTED: Final = 60_000
"""Matches of pinyin, the first ones, whose strings are counted."""

_MOST_RANKS: Final = 499


def strings_apart(found: Sequence[tuple[Segment, Found]], reading: Reading) -> list[tuple[Segment, Found]]:
    """The same matches, costed so that the commonest strings come first and each comes once before any twice."""
    if not found:
        return []
    hashes, weights, left = [], [], _COUNTED
    for segment, matches in found:
        starts = matches.starts[:left]
        hashes.append(strings(segment, starts, len(reading.places)))
        weights.append(reading.weights(segment, starts))
        left -= len(starts)
    ranked = _commonest(np.concatenate(hashes), np.concatenate(weights), _MOST_RANKS)
    answers: list[tuple[Segment, Found]] = []
    low = 0
    for (segment, matches), held in zip(found, hashes, strict=True):
        here = np.flatnonzero((ranked >= low) & (ranked < low + len(held)))
        here = here[np.argsort(ranked[here])]
        at = ranked[here] - low
        costs = matches.costs[at] + (STRING_COST * np.minimum(here, _MOST_RANKS)).astype(np.float32)
        rest = np.ones(len(matches), bool)
        rest[at] = False
        answers += [
            (segment, Found(matches.kind, matches.starts[at], matches.ends[at], costs)),
            (segment, matches.only(rest).dearer(REPEATED_COST)),
        ]
        low += len(held)
    return answers


def _commonest(hashes: Array, weights: Array, limit: int) -> Array:
    """Return the first match of each of the commonest strings, by sum of weights, the commonest first."""
    # The numbers of the matches take the place of the lower bits of the hashes, and are sorted along.
    width = np.uint64(len(hashes).bit_length())
    ordered = np.sort(hashes >> width << width | np.arange(len(hashes), dtype=np.uint64))
    at = (ordered & ((np.uint64(1) << width) - np.uint64(1))).astype(np.int64)
    begins = changes(ordered >> width).nonzero()[0]
    first, sums = at.take(begins), np.add.reduceat(weights.take(at), begins)
    if len(first) > limit:
        least = np.partition(sums, -limit)[-limit]
        above, tied = (sums > least).nonzero()[0], (sums == least).nonzero()[0]
        tied = tied.take(np.argsort(first.take(tied))[: limit - len(above)])
        chosen = np.concatenate((above, tied))
        first, sums = first.take(chosen), sums.take(chosen)
    return np.asarray(first[np.lexsort((first, -sums))])
