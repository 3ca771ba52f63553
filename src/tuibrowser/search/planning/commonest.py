"""Commonest: the matches of a reading, those of the commonest strings first, each string once before any twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import changes
from tuibrowser.search.matching.found import Found
from tuibrowser.search.matching.stages import strings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    for (segment, matches), (at, ranks) in zip(found, by_part(ranked, list(map(len, hashes))), strict=True):
        answers += [(segment, each) for each in costed(matches, at, ranks)]
    return answers


def costed(matches: Found, at: Array, ranks: Array) -> tuple[Found, Found]:
    """The matches that stand for the commonest strings, given with the ranks of these, and all others."""
    costs = matches.costs[at] + (STRING_COST * np.minimum(ranks, _MOST_RANKS)).astype(np.float32)
    rest = np.ones(len(matches), bool)
    rest[at] = False
    first = Found(matches.kind, matches.starts[at], matches.ends[at], costs)
    return first, matches.only(rest).dearer(REPEATED_COST)


def by_part(ranked: Array, sizes: Sequence[int]) -> list[tuple[Array, Array]]:
    """Matches in order of rank, of parts of these sizes: the indices of those in each part, and their ranks."""
    answers, low = [], 0
    for size in sizes:
        here = np.flatnonzero((ranked >= low) & (ranked < low + size))
        here = here[np.argsort(ranked[here])]
        answers.append((ranked[here] - low, here))
        low += size
    return answers


def _commonest(hashes: Array, weights: Array, limit: int) -> Array:
    """Return the first match of each of the commonest strings, by sum of weights, the commonest first."""
    # The numbers of the matches take the place of the lower bits of the hashes, and are sorted along.
    width = np.uint64(len(hashes).bit_length())
    ordered = np.sort(hashes >> width << width | np.arange(len(hashes), dtype=np.uint64))
    at = (ordered & ((np.uint64(1) << width) - np.uint64(1))).astype(np.int64)
    begins = changes(ordered >> width).nonzero()[0]
    return _first_of(at.take(begins), np.add.reduceat(weights.take(at), begins), limit)


def _first_of(first: Array, sums: Array, limit: int) -> Array:
    """Return the first matches of the strings with the greatest sums, the greatest first."""
    if len(first) > limit:
        least = np.partition(sums, -limit)[-limit]
        above, tied = (sums > least).nonzero()[0], (sums == least).nonzero()[0]
        tied = tied.take(np.argsort(first.take(tied))[: limit - len(above)])
        chosen = np.concatenate((above, tied))
        first, sums = first.take(chosen), sums.take(chosen)
    return np.asarray(first[np.lexsort((first, -sums))])


@dataclass(frozen=True, slots=True)
class Strings:
    """The strings of the first `looked_at` of `count` matches in a segment, of which each comes once.

    `hashes` are uint64, `sums` the weights of their matches, and `firsts` the index of the first match of each.
    """

    segment: int
    """The number of its first document."""
    count: int
    looked_at: int
    hashes: Array
    sums: Array
    firsts: Array


def strings_in(name: int, segment: Segment, matches: Found, reading: Reading, most: int = _COUNTED) -> Strings:
    """The strings of the first matches in a segment."""
    starts = matches.starts[:most]
    hashes, weights = strings(segment, starts, len(reading.places)), reading.weights(segment, starts)
    order = np.argsort(hashes, kind="stable")
    begins = changes(hashes.take(order)).nonzero()[0]
    sums = np.add.reduceat(weights.take(order), begins)
    return Strings(name, len(matches), len(starts), hashes.take(order.take(begins)), sums, order.take(begins))


def first_strings(several: Sequence[Strings], again: Callable[[int, int], Strings]) -> list[Strings]:
    """The strings of the first matches of all segments; `again` gives those of fewer of a segment."""
    left, kept = _COUNTED, []
    for each in sorted(several, key=lambda each: each.segment):
        most = min(each.count, left)
        if most:
            kept.append(each if most == each.looked_at else again(each.segment, most))
        left -= most
    return kept


def ranked_strings(kept: Sequence[Strings]) -> dict[int, tuple[Array, Array]]:
    """The first match of each of the commonest strings: by segment their indices, and their ranks."""
    if not kept:
        return {}
    sizes = [each.looked_at for each in kept]
    width = np.uint64(sum(sizes).bit_length())
    lows = np.repeat(np.cumsum([0, *sizes[:-1]]), [len(each.hashes) for each in kept])
    hashes = np.concatenate([each.hashes for each in kept]) >> width
    firsts = np.concatenate([each.firsts for each in kept]) + lows
    order = np.lexsort((firsts, hashes))
    begins = changes(hashes.take(order)).nonzero()[0]
    sums = np.add.reduceat(np.concatenate([each.sums for each in kept]).take(order), begins)
    ranked = _first_of(firsts.take(order.take(begins)), sums, _MOST_RANKS)
    return {each.segment: part for each, part in zip(kept, by_part(ranked, sizes), strict=True)}
