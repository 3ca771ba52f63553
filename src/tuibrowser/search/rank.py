"""Rank: the best matches first, the same string in one paragraph, and each repeated passage, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.hanzi.fold import fold_table
from tuibrowser.search.arrays import ascending, changes, distinct, in_order_of
from tuibrowser.search.bonds import are_bound
from tuibrowser.search.model import HitKind, Order
from tuibrowser.search.segment import HEADING_BLOCK, by_segment, unsigned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    """A match, how well it answers, and how many there are of the same."""

    segments: Sequence[Segment]
    """The same ones for all groups."""
    which: int
    """Of the segments."""
    matches: Found
    at: int
    cost: float
    paragraph: int
    count: int
    also_in: Array
    """Of others of the same the segment, as in `which`."""
    also_at: Array
    """int64: where they begin."""


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Matches that may be among the best: a row each, and which of `found` it is in."""

    found: Sequence[tuple[Segment, Found]]
    whose: Array
    at: Array
    starts: Array
    ends: Array
    numbers: Array
    """Of their documents."""
    costs: Array
    first: Array
    """What orders them first: the cost, or the date."""

    def __len__(self) -> int:
        return len(self.whose)

    def rows(self, chosen: Array) -> _Candidates:
        """Some rows, in another order."""
        columns = (self.whose, self.at, self.starts, self.ends, self.numbers, self.costs, self.first)
        return _Candidates(self.found, *(column.take(chosen) for column in columns))

    def by_segment(self) -> Iterator[tuple[Segment, Array | slice]]:
        """Each segment with its rows."""
        return by_segment([segment for segment, _ in self.found], self.whose)


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
    found = [(segment, matches) for segment, matches in found if len(matches)]
    while found:
        candidates = _candidates(found, wanted, order, dates)
        groups = _grouped(candidates, wanted, limit, segments if order == Order.RELEVANCE else ())
        exhausted = all(len(matches) <= wanted for _, matches in found)
        if len(groups) >= limit or exhausted or wanted >= _MOST:
            return groups
        wanted *= 4
    return []


def _candidates(found: Sequence[tuple[Segment, Found]], wanted: int, order: Order, dates: Array | None) -> _Candidates:
    columns = []
    for number, (segment, matches) in enumerate(found):
        if order == Order.RELEVANCE:
            at = _cheapest(segment, matches, wanted)
        elif order == Order.DATE and dates is not None:
            ranks = dates[segment.numbers[segment.document_index(matches.starts)]]
            at = np.argsort(ranks, kind="stable")[:wanted]
        else:
            at = np.arange(min(len(matches), wanted))
        starts = matches.starts.take(at)
        numbers = segment.numbers.take(segment.document_index(starts)).astype(np.int64)
        costs = matches.costs.take(at) - HEADING_BONUS * in_heading(segment, starts)
        columns.append((np.full(len(at), number), at, starts, matches.ends.take(at), numbers, costs))
    whose, at, starts, ends, numbers, costs = map(np.concatenate, zip(*columns, strict=True))
    first: Array = np.zeros(len(at))
    if order == Order.RELEVANCE:
        first = costs
    elif order == Order.DATE and dates is not None:
        first = dates[numbers]
    return _Candidates(found, whose, at, starts, ends, numbers, costs, first)


def _cheapest(segment: Segment, matches: Found, wanted: int) -> Array:
    """Indices of the matches that cost least, and of as many of those that a heading may lift above them, ascending."""
    if len(matches) <= wanted:
        return np.arange(len(matches))
    costs = matches.costs
    if matches.alike:
        return distinct(np.concatenate((np.arange(wanted), _first_in_headings(segment, matches.starts, wanted))))
    limit = np.partition(costs, wanted - 1)[wanted - 1]
    below = np.flatnonzero(costs < limit)
    chosen = [below, np.flatnonzero(costs == limit)[: wanted - len(below)]]
    liftable = np.flatnonzero((costs >= limit) & (costs <= limit + HEADING_BONUS))
    lifted = liftable.compress(in_heading(segment, matches.starts.take(liftable)))
    by_cost = ascending(in_order_of(costs.take(lifted)))
    chosen.append(lifted.take(by_cost[:wanted]))
    return distinct(np.concatenate(chosen))


_BLOCK = 1 << 14
"""Matches looked up at a time among the headings."""


def _first_in_headings(segment: Segment, positions: Array, wanted: int) -> Array:
    """Indices of the first of these ascending positions that are in headings."""
    found, count = [np.empty(0, np.int64)], 0
    for start in range(0, len(positions), _BLOCK):
        found.append(np.flatnonzero(in_heading(segment, positions[start : start + _BLOCK])) + start)
        count += len(found[-1])
        if count >= wanted:
            break
    return np.concatenate(found)[:wanted]


def in_heading(segment: Segment, positions: Array) -> Array:
    """Whether positions are in headings."""
    inside: Array = segment.near_headings.take(positions // HEADING_BLOCK, mode="clip")
    if not inside.any():
        return inside
    rows = np.flatnonzero(inside)
    here = unsigned(positions.take(rows))
    starts, ends = segment.head_columns
    at = np.searchsorted(starts, here, "right") - 1
    inside[rows] = (at >= 0) & (here < ends.take(at, mode="clip"))
    return inside


def _grouped(candidates: _Candidates, wanted: int, limit: int, segments: Sequence[Segment]) -> list[Group]:
    """The first groups of the best candidates: those with one string in one paragraph, or one passage, are one."""
    rows = candidates.rows(np.lexsort((candidates.starts, candidates.numbers, candidates.first))[:wanted])
    if segments:
        bound = _edges_inside_words(rows, segments)
        rows = rows.rows(np.lexsort((rows.starts, rows.numbers, bound, rows.first)))
    rows = rows.rows(_first_of_each(rows.numbers << _POSITION_BITS | rows.starts))
    paragraphs = np.empty(len(rows), np.int64)
    for segment, here in rows.by_segment():
        paragraphs[here] = segment.paragraph_index(rows.starts[here])
    labels = _connected(_prints(rows, paragraphs))
    members = np.argsort(labels, kind="stable")
    begins = changes(labels.take(members)).nonzero()[0]
    sizes = np.diff(begins, append=len(members)).tolist()
    firsts = members.take(begins[:limit])
    columns = (rows.whose, rows.at, rows.costs, paragraphs)
    firsts_of = zip(*(column.take(firsts).tolist() for column in columns), begins.tolist(), sizes, strict=False)
    which, starts = rows.whose.take(members), rows.starts.take(members)
    segments = [segment for segment, _ in rows.found]
    groups = []
    for number, at, cost, paragraph, begin, size in firsts_of:
        others = slice(begin + 1, begin + min(size, MOST_ALSO + 1))
        matches = rows.found[number][1]
        groups.append(Group(segments, number, matches, at, cost, paragraph, size, which[others], starts[others]))
    return groups


def _edges_inside_words(rows: _Candidates, segments: Sequence[Segment]) -> Array:
    """How many edges of each match, of two, seem to be inside a word."""
    sides = np.empty((4, len(rows)), fold_table().table.dtype)
    for segment, here in rows.by_segment():
        starts, ends = rows.starts[here], rows.ends[here]
        places = np.stack((starts - 1, ends - 1, starts, ends))
        sides[:, here] = segment.fold.take(segment.codes.take(places, mode="clip"))
    inside = are_bound(segments, sides[:2].ravel(), sides[2:].ravel()).reshape(2, -1).sum(axis=0)
    return np.asarray(inside * ~_are_keywords(rows))


def _are_keywords(rows: _Candidates) -> Array:
    kinds = np.array([matches.kind == HitKind.KEYWORDS for _, matches in rows.found])
    return kinds.take(rows.whose)


_POSITION_BITS = 32


def _first_of_each(values: Array) -> Array:
    """int64: the indices, ascending, of the first of each value."""
    first: dict[int, int] = {}
    for at, value in enumerate(values.tolist()):
        first.setdefault(value, at)
    return np.array(list(first.values()), np.int64)


def _connected(prints: Array) -> Array:
    """For each row the first row that it is joined to, by a value in one of the columns, over others perhaps."""
    joined = list(range(len(prints)))

    def first(row: int) -> int:
        while (other := joined[row]) != row:
            joined[row] = row = joined[other]
        return row

    for column in prints.T:
        known: dict[int, int] = {}
        for row, value in enumerate(column.tolist()):
            if (before := known.setdefault(value, row)) != row:
                one, other = first(row), first(before)
                joined[max(one, other)] = min(one, other)
    return np.array([row if row == before else first(before) for row, before in enumerate(joined)], np.int64)


_STRING = 64
"""Characters of a match that tell it from others."""

_MULTIPLIERS: Array = np.cumprod(np.full(_STRING + 8, 0x9E3779B97F4A7C15, np.uint64))
"""Of a polynomial hash modulo 2 ** 64."""


def _prints(rows: _Candidates, paragraphs: Array) -> Array:
    """uint64, a row a match: what it has in common with the same string in its paragraph, and with a reprint."""
    prints = np.empty((len(rows), 2), np.uint64)
    single = (~_are_keywords(rows)).astype(np.uint64)
    for segment, here in rows.by_segment():
        starts, ends, within = rows.starts[here], rows.ends[here], paragraphs[here]
        low = segment.para.take(within).astype(np.int64)
        after = within + 1
        high = np.where(after < len(segment.para), segment.para.take(after, mode="clip"), len(segment)).astype(np.int64)
        lengths = (ends - starts).astype(np.uint64)
        string = _hashed(segment, starts, _STRING, starts, ends) + lengths * _MULTIPLIERS[-1]
        before = _hashed(segment, starts - CONTEXT, CONTEXT, low, starts)
        behind = _hashed(segment, ends, CONTEXT, ends, high - 1)
        place = rows.numbers[here].astype(np.uint64) * _MULTIPLIERS[-2] + within.astype(np.uint64) * _MULTIPLIERS[-3]
        prints[here, 0] = place + string * _MULTIPLIERS[-4] * single[here]
        prints[here, 1] = string * _MULTIPLIERS[-5] + before * _MULTIPLIERS[-6] + behind
    return prints


def _hashed(segment: Segment, begins: Array, width: int, low: Array, high: Array) -> Array:
    """uint64: a hash of the ids of so many characters from each position on, those outside the bounds left out."""
    width = min(width, int((high - begins).max(initial=0)))
    places = begins[:, None] + np.arange(width)[None, :]
    inside = (places >= low[:, None]) & (places < high[:, None])
    ids = segment.fold.take(segment.codes.take(places, mode="clip")).astype(np.uint64) + np.uint64(1)
    return np.asarray(((ids * inside) * _MULTIPLIERS[:width]).sum(axis=1, dtype=np.uint64))
