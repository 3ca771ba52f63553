"""Rank: the best matches first, the same string in one paragraph, and each repeated passage, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.bonds import are_bound
from tuibrowser.search.match import expand
from tuibrowser.search.model import HitKind, Order

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.phrase import Found
    from tuibrowser.search.segment import Segment

    Array = npt.NDArray[Any]

HEADING_BONUS = 0.05
"""What a match in a heading is better by: less than any two kinds differ."""

CONTEXT = 24
"""Characters on either side of a match that are the same in a repetition."""

MOST_ALSO = 50
"""Places named of those grouped under a hit."""

_FEWEST = 64
_MOST = 4096
"""Matches looked at, at first and at most, to find different ones among them."""


@dataclass(slots=True)
class Group:
    """A match and the places where the same is found: the segment and match, and how well it answers."""

    segment: Segment
    matches: Found
    at: int
    cost: float
    paragraph: int
    count: int = 1
    also: list[tuple[Segment, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Matches of one kind in one segment that may be among the best, in order."""

    segment: Segment
    matches: Found
    at: Array
    first: Array
    """What orders them first: the cost, or the date."""
    numbers: Array
    """Of their documents."""
    costs: Array


def best(
    found: Sequence[tuple[Segment, Found]],
    limit: int,
    order: Order = Order.RELEVANCE,
    dates: Array | None = None,
    segments: Sequence[Segment] = (),
) -> list[Group]:
    """The best groups of matches in order; `dates` are the ranks of the documents by date.

    Of matches that cost the same those come first that seem to be whole words by what is usual in all `segments`.
    """
    wanted = max(_FEWEST, 4 * limit)
    while True:
        candidates = [_candidates(segment, matches, wanted, order, dates) for segment, matches in found if len(matches)]
        groups = _grouped(candidates, wanted, limit, segments if order == Order.RELEVANCE else ())
        exhausted = all(len(matches) <= wanted for _, matches in found)
        if len(groups) >= limit or exhausted or wanted >= _MOST:
            return groups
        wanted *= 4


def _candidates(segment: Segment, matches: Found, wanted: int, order: Order, dates: Array | None) -> _Candidates:
    if order == Order.RELEVANCE:
        at = _cheapest(segment, matches, wanted)
    elif order == Order.DATE and dates is not None:
        ranks = dates[segment.numbers[segment.document_index(matches.starts)]]
        at = np.argsort(ranks, kind="stable")[:wanted]
    else:
        at = np.arange(min(len(matches), wanted))
    chosen = matches.starts[at]
    costs = matches.costs[at] - HEADING_BONUS * in_heading(segment, chosen)
    numbers = segment.numbers[segment.document_index(chosen)].astype(np.int64)
    if order == Order.RELEVANCE:
        first: Array = costs
    elif order == Order.DATE and dates is not None:
        first = dates[numbers]
    else:
        first = np.zeros(len(at))
    return _Candidates(segment, matches, at, first, numbers, costs)


def _cheapest(segment: Segment, matches: Found, wanted: int) -> Array:
    """Indices of the matches that cost least, and of as many of those that a heading may lift above them, ascending."""
    if len(matches) <= wanted:
        return np.arange(len(matches))
    costs = matches.costs
    if matches.alike:
        return np.union1d(np.arange(wanted), _first_in_headings(segment, matches.starts, wanted))
    limit = np.partition(costs, wanted - 1)[wanted - 1]
    below = np.flatnonzero(costs < limit)
    chosen = [below, np.flatnonzero(costs == limit)[: wanted - len(below)]]
    liftable = np.flatnonzero((costs >= limit) & (costs <= limit + HEADING_BONUS))
    left = wanted
    for cost in np.unique(costs[liftable]):
        here = liftable.compress(costs[liftable] == cost)
        chosen.append(here.take(_first_in_headings(segment, matches.starts[here], left)))
        left -= len(chosen[-1])
        if left <= 0:
            break
    return np.unique(np.concatenate(chosen))


_BLOCK = 1 << 14
"""Matches looked up at a time among the headings."""


def _first_in_headings(segment: Segment, positions: Array, wanted: int) -> Array:
    """Indices of the first of these ascending positions that are in headings."""
    found = [np.empty(0, np.int64)]
    for start in range(0, len(positions), _BLOCK):
        if start > len(segment.heads):
            found.append(_headings_among(segment, positions[start:]) + start)
            break
        found.append(np.flatnonzero(in_heading(segment, positions[start : start + _BLOCK])) + start)
        if sum(map(len, found)) >= wanted:
            break
    return np.concatenate(found)[:wanted]


def _headings_among(segment: Segment, positions: Array) -> Array:
    """Indices of the positions that are in headings, by looking up the headings among them."""
    low, high = (np.searchsorted(positions, column) for column in segment.head_columns)
    return np.unique(expand(low, high))


def in_heading(segment: Segment, positions: Array) -> Array:
    """Whether positions are in headings."""
    if not len(segment.heads):
        return np.zeros(len(positions), bool)
    starts, ends = segment.head_columns
    at = np.searchsorted(starts, positions.astype(np.uint32), "right") - 1
    inside: Array = (at >= 0) & (positions < ends[np.maximum(at, 0)])
    return inside


def _grouped(candidates: Sequence[_Candidates], wanted: int, limit: int, segments: Sequence[Segment]) -> list[Group]:
    """The first groups of the best candidates: those with one string in one paragraph, or one passage, are one."""
    if not candidates:
        return []
    whose = np.concatenate([np.full(len(each.at), number) for number, each in enumerate(candidates)])
    which = np.concatenate([np.arange(len(each.at)) for each in candidates])
    starts = np.concatenate([each.matches.starts[each.at] for each in candidates])
    numbers = np.concatenate([each.numbers for each in candidates])
    first = np.concatenate([each.first for each in candidates])
    order = np.lexsort((starts, numbers, first))[:wanted]
    if segments:
        bound = np.concatenate([_edges_inside_words(each, segments) for each in candidates])
        order = order[np.lexsort((starts[order], numbers[order], bound[order], first[order]))]
    order = order[_first_of_each(numbers[order] << _POSITION_BITS | starts[order])]
    paragraphs = [each.segment.paragraph_index(each.matches.starts[each.at]) for each in candidates]
    prints = np.concatenate([_prints(each, held) for each, held in zip(candidates, paragraphs, strict=True)])
    labels = _connected(prints[order])
    firsts, sizes = np.unique(labels, return_counts=True)
    groups = []
    for first, size in zip(firsts[:limit].tolist(), sizes.tolist(), strict=False):
        number, index = int(whose[order[first]]), int(which[order[first]])
        each = candidates[number]
        cost, paragraph = float(each.costs[index]), int(paragraphs[number][index])
        group = Group(each.segment, each.matches, int(each.at[index]), cost, paragraph, size)
        if size > 1:
            others = order[np.flatnonzero(labels == first)[1 : MOST_ALSO + 1]]
            places = zip(whose[others].tolist(), starts[others].tolist(), strict=True)
            group.also = [(candidates[number].segment, start) for number, start in places]
        groups.append(group)
    return groups


def _edges_inside_words(each: _Candidates, segments: Sequence[Segment]) -> Array:
    """How many edges of each match, of two, seem to be inside a word."""
    segment, starts, ends = each.segment, each.matches.starts[each.at], each.matches.ends[each.at]
    if each.matches.kind == HitKind.KEYWORDS:
        return np.zeros(len(starts), np.int64)
    before, first, last, after = (
        segment.fold.take(segment.codes.take(places, mode="clip")) for places in (starts - 1, starts, ends - 1, ends)
    )
    inside: Array = are_bound(segments, before, first).astype(np.int64) + are_bound(segments, last, after)
    return inside


_POSITION_BITS = 32


def _first_of_each(values: Array) -> Array:
    """Indices, ascending, of the first of each value."""
    return np.sort(np.unique(values, return_index=True)[1])


_ROUNDS = 16
"""Joins in a row up to which matches are followed from one to another."""


def _connected(prints: Array) -> Array:
    """For each row the first row that it is joined to, by a value in one of the columns, over others perhaps."""
    columns = [np.unique(column, return_inverse=True)[1] for column in prints.T]
    labels = np.arange(len(prints))
    for _ in range(_ROUNDS):
        before = labels
        for inverse in columns:
            least = np.full(len(prints), len(prints))
            np.minimum.at(least, inverse, labels)
            labels = least[inverse]
        if (labels == before).all():
            break
    return labels


_STRING = 64
"""Characters of a match that tell it from others."""

_MULTIPLIERS: Array = np.cumprod(np.full(_STRING + 8, 0x9E3779B97F4A7C15, np.uint64))
"""Of a polynomial hash modulo 2 ** 64."""


def _prints(each: _Candidates, paragraphs: Array) -> Array:
    """uint64, a row a match: what it has in common with the same string in its paragraph, and with a reprint."""
    segment, starts, ends = each.segment, each.matches.starts[each.at], each.matches.ends[each.at]
    low = segment.para[paragraphs].astype(np.int64)
    after = paragraphs + 1
    high = np.where(after < len(segment.para), segment.para.take(after, mode="clip"), len(segment)).astype(np.int64) - 1
    lengths = (ends - starts).astype(np.uint64)
    string = _hashed(segment, starts, _STRING, starts, ends) + lengths * _MULTIPLIERS[-1]
    before = _hashed(segment, starts - CONTEXT, CONTEXT, low, starts)
    behind = _hashed(segment, ends, CONTEXT, ends, high)
    place = each.numbers.astype(np.uint64) * _MULTIPLIERS[-2] + paragraphs.astype(np.uint64) * _MULTIPLIERS[-3]
    if each.matches.kind != HitKind.KEYWORDS:
        place += string * _MULTIPLIERS[-4]
    passage = string * _MULTIPLIERS[-5] + before * _MULTIPLIERS[-6] + behind
    return np.stack((place, passage), axis=1)


def _hashed(segment: Segment, begins: Array, width: int, low: Array, high: Array) -> Array:
    """uint64: a hash of the ids of so many characters from each position on, those outside the bounds left out."""
    width = min(width, int((high - begins).max(initial=0)))
    places = begins[:, None] + np.arange(width)[None, :]
    inside = (places >= low[:, None]) & (places < high[:, None])
    ids = segment.fold.take(segment.codes.take(places, mode="clip")).astype(np.uint64) + np.uint64(1)
    return np.asarray(((ids * inside) * _MULTIPLIERS[:width]).sum(axis=1, dtype=np.uint64))
