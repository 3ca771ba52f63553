"""Rank: put the best matches first, and make one group of the same string in a paragraph or of a repeated passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.answering.joining import connected
from tuibrowser.search.answering.rows import Rows, none
from tuibrowser.search.index.arrays import among, changes, expand

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.answering.source import Source

    Array = npt.NDArray[Any]

_FEWEST: Final = 64
"""Matches that are put in order, at least."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of matches in order: the best match of each, and where all of them stand, in reading order."""

    best: Rows
    begins: Array
    """int64: where the members of each group begin among all, and where those of the last one end."""
    members_in: Array
    """Which list of the source each member is in."""
    members_of: Array
    """The number of the document of each."""
    members_at: Array
    """int64: where each member begins in its segment."""

    def __len__(self) -> int:
        return len(self.best)

    @property
    def counts(self) -> Array:
        """How many members each group has."""
        return np.diff(self.begins)

    def part(self, start: int, end: int) -> Groups:
        """The groups from one to another."""
        chosen = slice(start, end)
        begins = self.begins[start : max(start, min(end, len(self))) + 1]
        return Groups(self.best.rows(chosen), begins, self.members_in, self.members_of, self.members_at)

    def in_order(self, chosen: Array) -> Groups:
        """The groups in another order."""
        members = expand(self.begins[chosen], self.begins[chosen + 1])
        begins = np.concatenate(([0], np.cumsum(self.counts[chosen])))
        return Groups(
            self.best.rows(chosen), begins, self.members_in[members], self.members_of[members], self.members_at[members]
        )


def matches_for(limit: int) -> int:
    """How many of the first matches are looked at for so many groups."""
    return max(_FEWEST, 4 * limit)


def best(source: Source, limit: int) -> Groups:
    """The first groups of matches; what comes first, and what is in a group, is the same at any limit."""
    total, wanted = source.total, matches_for(limit)
    if not total:
        empty = np.empty(0, np.int64)
        return Groups(none(), np.zeros(1, np.int64), empty, empty, empty)
    while True:
        rows = source.first(wanted)
        groups = _grouped(source, rows, limit)
        if len(groups) >= limit or len(rows) >= total:
            return groups
        wanted *= 4


def _grouped(source: Source, rows: Rows, limit: int) -> Groups:
    """The first groups, of which rows in order are the best: one string in one paragraph, or one passage, is one."""
    labels = connected(rows.prints)
    done = np.full(len(rows), len(rows) == source.total)
    while True:
        firsts = (labels == np.arange(len(labels))).nonzero()[0]
        wanted = labels <= firsts[min(limit, len(firsts)) - 1]
        seeds = (wanted & ~done).nonzero()[0]
        known = len(rows)
        rows = _completed(source, rows, seeds)
        done[seeds] = True
        if len(rows) == known:
            break
        done = np.append(done, np.ones(len(rows) - known, bool))
        labels = connected(rows.prints)
    return _groups_of(rows, labels, wanted)


def _completed(source: Source, rows: Rows, seeds: Array) -> Rows:
    """Return rows followed by all other matches that are the same as a seed, or as one of those."""
    searched = np.empty(0, np.uint64)
    while len(seeds):
        passages = rows.prints[seeds, -1]
        new = seeds[~among(passages, searched)]
        searched = np.concatenate((searched, passages))
        found = source.like(rows.rows(seeds), rows.rows(new), rows.names())
        if not len(found):
            break
        same = np.zeros(len(found), bool)
        for column, known in zip(found.prints.T, rows.prints.T, strict=True):
            same |= among(column, known[seeds])
        seeds = len(rows) + np.arange(int(same.sum()))
        rows = rows.joined(found.rows(same))
    return rows


def _groups_of(rows: Rows, labels: Array, wanted: Array) -> Groups:
    """The groups of the rows that are wanted, whose labels are the places of the best."""
    kept = wanted.nonzero()[0]
    members = kept.take(np.lexsort((rows.starts.take(kept), rows.numbers.take(kept), labels.take(kept))))
    begins = np.append(changes(labels.take(members)).nonzero()[0], len(members))
    bests = labels.take(members.take(begins[:-1]))
    columns = (column.take(members) for column in (rows.whose, rows.numbers, rows.starts))
    return Groups(rows.rows(bests), begins, *columns)
