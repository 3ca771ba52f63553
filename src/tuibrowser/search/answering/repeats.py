"""Repeats: which matches are the same string in one paragraph, or the same passage elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.answering.rows import Rows, are_keywords, paragraphs_of
from tuibrowser.search.index.arrays import PART, changes, distinct, expand
from tuibrowser.search.index.segment import PARAGRAPH

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.phrase import Found

    Array = npt.NDArray[Any]

CONTEXT = 24
"""Characters on either side of a match that are the same in a repetition."""


_STRING = 64
"""Characters of a match that tell it from others."""

_MULTIPLIERS: Array = np.cumprod(np.full(_STRING + 8, 0x9E3779B97F4A7C15, np.uint64))
"""Of a polynomial hash modulo 2 ** 64."""

_MIXER: Final = np.uint64(0xBF58476D1CE4E5B9)
"""Of splitmix64 (Steele, Lea and Flood 2014)."""

_END: Final = 0
"""The code after each document."""

_NEIGHBOURS: Final = 4
"""Characters on either side by which most passages are told apart before all of the context is looked at."""

_FEW: Final = 512
"""Rows up to which they are joined one by one."""


def prints_of(rows: Rows, paragraphs: Array, *, repeats: bool) -> Array:
    """uint64, a row a match: what it has in common with the same string in its paragraph, and with a repetition.

    Without `repeats` the first alone.
    """
    prints = np.empty((len(rows), 2 if repeats else 1), np.uint64)
    for start in range(0, len(rows), PART):
        part = slice(start, start + PART)
        _print_part(rows.rows(part), paragraphs[part], prints[part])
    return prints


def _print_part(rows: Rows, paragraphs: Array, prints: Array) -> None:
    single = (~are_keywords(rows)).astype(np.uint64)
    for segment, here in rows.by_segment():
        starts, ends, within = rows.starts[here], rows.ends[here], paragraphs[here]
        lengths = (ends - starts).astype(np.uint64)
        string = _hashed(segment, starts, _STRING, starts, ends) + lengths * _MULTIPLIERS[-1]
        place = rows.numbers[here].astype(np.uint64) * _MULTIPLIERS[-2] + within.astype(np.uint64) * _MULTIPLIERS[-3]
        place = (place ^ place >> np.uint64(31)) * _MIXER  # else a paragraph on and a character on may cancel out
        prints[here, 0] = place + string * _MULTIPLIERS[-4] * single[here]
        if prints.shape[1] > 1:
            low, high = _bounds(segment, within)
            before = _hashed(segment, starts - CONTEXT, CONTEXT, low, starts)
            behind = _hashed(segment, ends, CONTEXT, ends, high - 1)
            prints[here, 1] = string * _MULTIPLIERS[-5] + before * _MULTIPLIERS[-6] + behind


def _bounds(segment: Segment, paragraphs: Array) -> tuple[Array, Array]:
    """Where paragraphs begin, and where the next ones do."""
    after = paragraphs + 1
    high = np.where(after < len(segment.para), segment.para.take(after, mode="clip"), len(segment)).astype(np.int64)
    return segment.para.take(paragraphs).astype(np.int64), high


def _hashed(segment: Segment, begins: Array, width: int, low: Array, high: Array) -> Array:
    """uint64: a hash of the ids of so many characters from each position on, those outside the bounds left out."""
    width = min(width, int((high - begins).max(initial=0)))
    places = begins[:, None] + np.arange(width)[None, :]
    inside = (places >= low[:, None]) & (places < high[:, None])
    ids = segment.fold.take(segment.codes.take(places, mode="clip")).astype(np.uint64) + np.uint64(1)
    return np.asarray(((ids * inside) * _MULTIPLIERS[:width]).sum(axis=1, dtype=np.uint64))


# The others of the same


def completed(
    rows: Rows, paragraphs: Array, prints: Array, seeds: Array, *, repeats: bool
) -> tuple[Rows, Array, Array]:
    """Rows, their paragraphs and prints, and after them those of all other matches that are the same as a seed.

    A match that is the same as one of those is too; what is known already is not followed.
    """
    searched = np.empty(0, np.uint64)
    while len(seeds):
        others = _in_paragraphs(rows.rows(seeds), paragraphs[seeds])
        if repeats:
            new = seeds[~np.isin(prints[seeds, 1], searched)] if len(searched) else seeds
            searched = np.concatenate((searched, prints[new, 1]))
            others += _beside_the_same(rows.rows(new))
        if not others:
            break
        more = _not_among(_rows_of(rows.found, others), rows)
        within = paragraphs_of(more)
        found = prints_of(more, within, repeats=repeats)
        same = np.zeros(len(more), bool)
        for column, known in zip(found.T, prints.T, strict=True):
            same |= np.isin(column, known[seeds])
        seeds = len(rows) + np.arange(int(same.sum()))
        rows = rows.joined(more.rows(same))
        paragraphs, prints = np.concatenate((paragraphs, within[same])), np.concatenate((prints, found[same]))
    return rows, paragraphs, prints


def _rows_of(found: Sequence[tuple[Segment, Found]], chosen: Sequence[tuple[int, Array]]) -> Rows:
    """The rows of some matches of each kind, in no order and without their costs."""
    columns = []
    for number, at in chosen:
        segment, matches = found[number]
        starts = matches.starts.take(at)
        numbers = segment.numbers.take(segment.document_index(starts)).astype(np.int64)
        columns.append((np.full(len(at), number), at, starts, matches.ends.take(at), numbers))
    whose, at, starts, ends, numbers = map(np.concatenate, zip(*columns, strict=True))
    none = np.zeros(len(at))
    return Rows(found, whose, at, starts, ends, numbers, none, none)


def _not_among(rows: Rows, known: Rows) -> Rows:
    """Each row once, those left out that are known."""
    names, first = np.unique(_names(rows), return_index=True)
    return rows.rows(first[~np.isin(names, _names(known))])


_NUMBER_BITS: Final = 40


def _names(rows: Rows) -> Array:
    """int64: a number for each match."""
    names: Array = (rows.whose << _NUMBER_BITS) + rows.at
    return names


def _in_paragraphs(rows: Rows, paragraphs: Array) -> list[tuple[int, Array]]:
    """The matches in the paragraphs of some: the number of each kind, and which of these; none where there are no
    others."""
    inside = []
    for segment, here in rows.by_segment():
        low, high = _bounds(segment, distinct(paragraphs[here]))
        for number, (other, matches) in enumerate(rows.found):
            if other is segment:
                first, last = matches.starts.searchsorted(low), matches.starts.searchsorted(high)
                inside.append((number, first, last))
    if sum(int((last - first).sum()) for _, first, last in inside) <= len(rows):
        return []
    return [(number, expand(first, last)) for number, first, last in inside]


def _beside_the_same(rows: Rows) -> list[tuple[int, Array]]:
    """Among all matches those whose nearest neighbours are those of some, as `_in_paragraphs` has them."""
    if not len(rows):
        return []
    around = [_Neighbours(segment, rows.starts[here], rows.ends[here]) for segment, here in rows.by_segment()]
    wanted = [np.concatenate([each.hashed(distance) for each in around]) for distance in range(_NEIGHBOURS)]
    wanted = [distinct(column) for column in wanted]
    alike = []
    for number, (segment, matches) in enumerate(rows.found):
        near = _Neighbours(segment, matches.starts, matches.ends)
        left = np.arange(len(matches))
        for distance, column in enumerate(wanted):
            if len(left) <= len(rows):
                break
            hashes = near.hashed(distance)
            at = np.minimum(column.searchsorted(hashes), len(column) - 1)
            kept = (column.take(at) == hashes).nonzero()[0]
            left, near = left.take(kept), near.only(kept)
        alike.append((number, left))
    return alike if sum(len(left) for _, left in alike) > len(rows) else []


class _Neighbours:
    """The characters on both sides of some matches, nearest first, up to the ends of their paragraphs."""

    def __init__(self, segment: Segment, starts: Array, ends: Array) -> None:
        self._segment, self._starts, self._ends = segment, starts, ends
        self._open: tuple[Array | bool, Array | bool] = True, True
        """Whether the paragraph goes on before, and behind, what was looked at."""
        self._hashes: Array = np.zeros(1, np.uint64)

    def only(self, kept: Array) -> _Neighbours:
        """Those of some of the matches, of which the nearest was looked at."""
        chosen = _Neighbours(self._segment, self._starts.take(kept), self._ends.take(kept))
        before, behind = self._open
        chosen._open = np.take(before, kept), np.take(behind, kept)
        chosen._hashes = self._hashes.take(kept)
        return chosen

    def hashed(self, distance: int) -> Array:
        """uint64: a hash of all neighbours up to one at a distance, from 0; to be asked for in this order."""
        places = self._starts - (1 + distance)
        before, open_before = self._ids(places, self._open[0] & (places >= 0))
        behind, open_behind = self._ids(self._ends + distance, self._open[1])
        self._open = open_before, open_behind
        self._hashes = ((self._hashes << np.uint64(32)) ^ (self._hashes * _MULTIPLIERS[0])) + (
            before << np.uint64(16) | behind
        )
        return self._hashes

    def _ids(self, places: Array, are_open: Array | bool) -> tuple[Array, Array]:
        """The ids at places in paragraphs that are open still, else those of their ends; and which are open behind."""
        codes = self._segment.codes.take(places, mode="clip")
        still = (codes != _END) & (codes != PARAGRAPH) & are_open
        ids = self._segment.fold.take(codes * still)
        return ids.astype(np.uint64), still


# Joining


def connected(prints: Array) -> Array:
    """For each row the first row that it is joined to, by a value in one of the columns, over others perhaps."""
    return _connected_one_by_one(prints) if len(prints) <= _FEW else _connected_at_once(prints)


def _connected_at_once(prints: Array) -> Array:
    """The same by letting the least label spread: each round over all rows that share a value."""
    labels = np.arange(len(prints))
    columns = []
    for column in prints.T:
        order = np.argsort(column, kind="stable")
        begins = changes(column.take(order)).nonzero()[0]
        columns.append((order, begins, np.diff(begins, append=len(order))))
    while True:
        before = labels
        for order, begins, lengths in columns:
            least = np.repeat(np.minimum.reduceat(labels.take(order), begins), lengths)
            labels = labels.copy()
            labels[order] = least
        labels = np.minimum(labels, labels.take(labels))
        if (labels == before).all():
            return labels


def _connected_one_by_one(prints: Array) -> Array:
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
