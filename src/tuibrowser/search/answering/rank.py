"""Rank: put the best matches first, and make one group of the same string in a paragraph or of a repeated passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.hanzi.fold import fold_table
from tuibrowser.search.answering.bonds import are_bound
from tuibrowser.search.answering.repeats import completed, connected, prints_of
from tuibrowser.search.answering.rows import HEADING_BONUS, Rows, are_keywords, columns_of, in_heading, paragraphs_of
from tuibrowser.search.index.arrays import ascending, changes, distinct, expand, in_order_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found

    Array = npt.NDArray[Any]

MOST_COMPARED = 50_000
"""Matches of a query up to which passages that are repeated become one hit; of more, each paragraph is a hit."""

_FEWEST = 64
"""Matches that are put in order, at least."""

_WEIGHED = 64
"""Matches, the first ones, among which those that seem to be whole words come before their equals."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of matches in order: the best match of each, and where all of them stand, in reading order."""

    best: Rows
    paragraphs: Array
    """Starts of the best matches, in their segments."""
    begins: Array
    """int64: where the members of each group begin among all, and where those of the last one end."""
    members_in: Array
    """Which of `found` each member is in."""
    members_at: Array
    """int64: where each member begins."""

    def __len__(self) -> int:
        return len(self.paragraphs)

    @property
    def counts(self) -> Array:
        """How many members each group has."""
        return np.diff(self.begins)

    def part(self, start: int, end: int) -> Groups:
        """The groups from one to another."""
        chosen = slice(start, end)
        begins = self.begins[start : max(start, min(end, len(self))) + 1]
        return Groups(self.best.rows(chosen), self.paragraphs[chosen], begins, self.members_in, self.members_at)

    def in_order(self, chosen: Array) -> Groups:
        """The groups in another order."""
        members = expand(self.begins[chosen], self.begins[chosen + 1])
        begins = np.concatenate(([0], np.cumsum(self.counts[chosen])))
        return Groups(
            self.best.rows(chosen), self.paragraphs[chosen], begins, self.members_in[members], self.members_at[members]
        )


def best(
    found: Sequence[tuple[Segment, Found]],
    limit: int,
    ranks: Array | None = None,
    segments: Sequence[Segment] = (),
) -> Groups:
    """The first groups of matches: by cost or, where there are `ranks` of the documents, by these.

    What comes first, and what is in a group, is the same at any limit. Of the first matches that cost the same those
    come first that seem to be whole words by what is usual in all `segments`, if any are given.
    """
    found = [(segment, matches) for segment, matches in found if len(matches)]
    total, wanted = sum(len(matches) for _, matches in found), max(_FEWEST, 4 * limit)
    if not total:
        return _none()
    while True:
        rows = _ordered(found, wanted, ranks, segments)
        groups = _grouped(rows, total, limit)
        if len(groups) >= limit or len(rows) >= total:
            return groups
        wanted *= 4


def _none() -> Groups:
    empty = np.empty(0, np.int64)
    return Groups(Rows((), *[empty] * 7), empty, np.zeros(1, np.int64), empty, empty)


def _ordered(
    found: Sequence[tuple[Segment, Found]], wanted: int, ranks: Array | None, segments: Sequence[Segment]
) -> Rows:
    """The first matches, in order."""
    rows = _candidates(found, max(wanted, _WEIGHED), ranks)
    rows = rows.rows(np.lexsort((rows.starts, rows.numbers, rows.first))[: max(wanted, _WEIGHED)])
    if segments:
        weighed = rows.rows(slice(_WEIGHED))
        bound = _edges_inside_words(weighed, segments)
        order = np.lexsort((weighed.starts, weighed.numbers, bound, weighed.first))
        rows = rows.rows(np.concatenate((order, np.arange(len(order), len(rows)))))
    return rows.rows(slice(wanted))


def _candidates(found: Sequence[tuple[Segment, Found]], wanted: int, ranks: Array | None) -> Rows:
    columns = []
    for number, (segment, matches) in enumerate(found):
        if ranks is None:
            at = _cheapest(segment, matches, wanted)
        elif len(matches) > wanted:
            at = np.argsort(ranks[segment.numbers[segment.document_index(matches.starts)]], kind="stable")[:wanted]
        else:
            at = np.arange(len(matches))
        columns.append(columns_of(number, segment, matches, at))
    whose, at, starts, ends, numbers, costs = map(np.concatenate, zip(*columns, strict=True))
    return Rows(found, whose, at, starts, ends, numbers, costs, costs if ranks is None else ranks[numbers])


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


def _grouped(rows: Rows, total: int, limit: int) -> Groups:
    """The first groups, of which rows in order are the best: one string in one paragraph, or one passage, is one."""
    repeats = total <= MOST_COMPARED
    paragraphs = paragraphs_of(rows)
    prints = prints_of(rows, paragraphs, repeats=repeats)
    labels = connected(prints)
    done = np.full(len(rows), len(rows) == total)
    while True:
        firsts = (labels == np.arange(len(labels))).nonzero()[0]
        wanted = labels <= firsts[min(limit, len(firsts)) - 1]
        seeds = (wanted & ~done).nonzero()[0]
        known = len(rows)
        rows, paragraphs, prints = completed(rows, paragraphs, prints, seeds, repeats=repeats)
        done[seeds] = True
        if len(rows) == known:
            break
        done = np.append(done, np.ones(len(rows) - known, bool))
        labels = connected(prints)
    return _groups_of(rows, paragraphs, labels, wanted)


def _groups_of(rows: Rows, paragraphs: Array, labels: Array, wanted: Array) -> Groups:
    """The groups of the rows that are wanted, whose labels are the places of the best."""
    kept = wanted.nonzero()[0]
    members = kept.take(np.lexsort((rows.starts.take(kept), rows.numbers.take(kept), labels.take(kept))))
    begins = np.append(changes(labels.take(members)).nonzero()[0], len(members))
    bests = labels.take(members.take(begins[:-1]))
    return Groups(rows.rows(bests), paragraphs[bests], begins, rows.whose.take(members), rows.starts.take(members))


def _edges_inside_words(rows: Rows, segments: Sequence[Segment]) -> Array:
    """How many edges of each match, of two, seem to be inside a word."""
    sides = np.empty((4, len(rows)), fold_table().table.dtype)
    for segment, here in rows.by_segment():
        starts, ends = rows.starts[here], rows.ends[here]
        places = np.stack((starts - 1, ends - 1, starts, ends))
        sides[:, here] = segment.fold.take(segment.codes.take(places, mode="clip"))
    inside = are_bound(segments, sides[:2].ravel(), sides[2:].ravel()).reshape(2, -1).sum(axis=0)
    return np.asarray(inside * ~are_keywords(rows))
