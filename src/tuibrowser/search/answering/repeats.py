"""Repeats: find the matches that are the same string in one paragraph, or the same passage elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.fold import fold_table
from tuibrowser.search.answering.rows import Rows, are_keywords, paragraphs_of
from tuibrowser.search.index.arrays import PART, among, changes, distinct, expand
from tuibrowser.search.index.segment import PARAGRAPH

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found

    Array = npt.NDArray[Any]

CONTEXT = 24
"""Characters on either side of a match that are the same in a repetition."""


_STRING = 64
"""Characters of a match that tell it from others."""

_MULTIPLIERS: Array = np.cumprod(np.full(_STRING + 8, 0x9E3779B97F4A7C15, np.uint64))
"""Multipliers of a polynomial hash modulo 2 ** 64."""

_MIXER: Final = np.uint64(0xBF58476D1CE4E5B9)
"""The mixer of splitmix64 (Steele, Lea and Flood 2014)."""

_END: Final = 0
"""The code after each document."""

_FEW: Final = 512
"""Rows up to which they are joined one by one."""


def prints_of(rows: Rows, paragraphs: Array, *, repeats: bool) -> Array:
    """Return a row of uint64 for each match: equal in the same string of its paragraph, and equal in a repetition.

    Without `repeats`, only the first.
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
            beyond = (ends > high).nonzero()[0]
            high[beyond] = _bounds(segment, segment.paragraph_index(ends.take(beyond) - 1))[1]
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
    """Return rows, their paragraphs and prints, followed by all other matches that are the same as a seed.

    A match that is the same as one of those is added too; what is `known` is not followed.
    """
    searched = np.empty(0, np.uint64)
    while len(seeds):
        others = _in_paragraphs(rows.rows(seeds), paragraphs[seeds])
        if repeats:
            new = seeds[~among(prints[seeds, 1], searched)]
            searched = np.concatenate((searched, prints[new, 1]))
            others += _beside_the_same(rows.rows(new))
        fresh = _not_among(others, rows)
        if not len(fresh):
            break
        more = _rows_of(rows.found, fresh)
        within = paragraphs_of(more)
        found = prints_of(more, within, repeats=repeats)
        same = np.zeros(len(more), bool)
        for column, known in zip(found.T, prints.T, strict=True):
            same |= among(column, known[seeds])
        seeds = len(rows) + np.arange(int(same.sum()))
        rows = rows.joined(more.rows(same))
        paragraphs, prints = np.concatenate((paragraphs, within[same])), np.concatenate((prints, found[same]))
    return rows, paragraphs, prints


_NUMBER_BITS: Final = 40


def _names(whose: Array | int, at: Array) -> Array:
    """int64: a number for each match, from which kind it is and its index there."""
    names: Array = (np.int64(1) << _NUMBER_BITS) * whose + at
    return names


def _not_among(chosen: Sequence[tuple[int, Array]], known: Rows) -> Array:
    """The names of some matches of each kind, each once, those left out that are known."""
    if not chosen:
        return np.empty(0, np.int64)
    names = distinct(np.concatenate([_names(number, at) for number, at in chosen]))
    fresh: Array = names.compress(~among(names, _names(known.whose, known.at)))
    return fresh


def _rows_of(found: Sequence[tuple[Segment, Found]], names: Array) -> Rows:
    """The rows of matches by their names, ascending, without their costs."""
    which, indices = names >> _NUMBER_BITS, names & ((1 << _NUMBER_BITS) - 1)
    columns = []
    for number in distinct(which).tolist():
        segment, matches = found[number]
        at = indices.compress(which == number)
        starts = matches.starts.take(at)
        numbers = segment.numbers.take(segment.document_index(starts)).astype(np.int64)
        columns.append((starts, matches.ends.take(at), numbers))
    starts, ends, numbers = map(np.concatenate, zip(*columns, strict=True))
    none = np.zeros(len(names))
    return Rows(found, which, indices, starts, ends, numbers, none, none)


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
    """Return, as `_in_paragraphs` does, the matches whose neighbours are the same as those of some.

    Most differ in the nearest neighbours, so these are looked up first in a table of those that occur.
    """
    if not len(rows):
        return []
    own = [(segment, rows.starts[here], rows.ends[here]) for segment, here in rows.by_segment()]
    behind = _marked([_ids(segment, ends) for segment, _, ends in own])
    before = _marked([_ids(segment, starts - 1) for segment, starts, _ in own])
    alike = []
    for segment, matches in rows.found:
        left = behind.take(_ids(segment, matches.ends)).nonzero()[0]
        alike.append(left.compress(before.take(_ids(segment, matches.starts.take(left) - 1))))
    fewest = np.bincount(rows.whose, minlength=len(alike)).tolist()
    for width in _WIDTHS:
        crowded = [number for number, least in enumerate(fewest) if len(alike[number]) > least]
        if not crowded:
            return []
        wanted = np.concatenate([_around(*each, width) for each in own])
        for number in crowded:
            (segment, matches), left = rows.found[number], alike[number]
            hashes = _around(segment, matches.starts.take(left), matches.ends.take(left), width)
            alike[number] = left.compress(among(hashes, wanted))
    return [(number, left) for number, left in enumerate(alike) if len(left) > fewest[number]]


_WIDTHS: Final = (4, 12, CONTEXT)
"""How many neighbours on either side are compared, one width after another."""


def _ids(segment: Segment, places: Array) -> Array:
    return segment.fold.take(segment.codes.take(places, mode="clip"))


def _marked(ids: Sequence[Array]) -> Array:
    """Return, for every id, whether it is among `ids`; ends of documents and of paragraphs count as the same."""
    marked = np.zeros(1 << 16, bool)
    for each in ids:
        marked[each] = True
    ends = fold_table().table[[_END, PARAGRAPH]]
    marked[ends] = marked[ends].any()
    return marked


def _around(segment: Segment, starts: Array, ends: Array, width: int) -> Array:
    """uint64: a hash of so many characters on both sides of each match, up to the ends of their paragraphs."""
    distances = np.arange(width)[:, None]
    before = _up_to_end(segment, starts - 1 - distances)
    behind = _up_to_end(segment, ends + distances)
    hashes = before * _MULTIPLIERS[:width, None] + behind * _MULTIPLIERS[width : 2 * width, None]
    return np.asarray(hashes.sum(axis=0, dtype=np.uint64))


def _up_to_end(segment: Segment, places: Array) -> Array:
    """uint64: the ids at places in each column, 0 from the first end of a paragraph on."""
    codes = segment.codes.take(places, mode="clip")
    inside = np.logical_and.accumulate((codes != _END) & (codes != PARAGRAPH), axis=0)
    ids = segment.fold.take(codes).astype(np.uint64) + np.uint64(1)
    return np.asarray(ids * inside)


# Joining


def connected(prints: Array) -> Array:
    """Return, for each row, the first row joined to it: rows that share a value are joined, also through others."""
    return _connected_one_by_one(prints) if len(prints) <= _FEW else _connected_at_once(prints)


def _connected_at_once(prints: Array) -> Array:
    """Do the same by spreading the least label; each round takes all rows that share a value."""
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
