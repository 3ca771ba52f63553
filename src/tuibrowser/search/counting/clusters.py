"""Clusters: matches grouped by themselves and the characters that stand right or left of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.host.stopping import check
from tuibrowser.search.counting.made import Made
from tuibrowser.search.counting.places import NOWHERE, Places
from tuibrowser.search.counting.tallies import in_documents
from tuibrowser.search.counting.units import identities, rows_of
from tuibrowser.search.index.arrays import changes
from tuibrowser.search.values import Beside, Clusters, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_MOST: Final = 1 << 62
"""A number of groups that int64 holds."""

_FEW: Final = 1 << 22
"""Groups that may be numbered anew by a table rather than by sorting,"""
_FOR_EACH: Final = 16
"""and so many for each row: making a larger table takes longer than sorting the rows."""


def clusters(
    parts: Sequence[tuple[Segment, Array, Array]],
    size: int,
    side: Beside,
    layers: frozenset[Layer],
    minimum: int,
    *,
    exact: bool,
) -> Clusters:
    """The clusters of matches with so many characters on one side that occur `minimum` times at least, most first.

    Those that differ in script alone are one, unless they are told apart as written (`exact`).
    """
    found = [_Grouped(*_columns(*part, size, side, layers), exact=exact) for part in parts]
    numbers = _numbered(found, 0 if side is Beside.LEFT else size)
    total = max((int(each.max(initial=-1)) + 1 for each in numbers), default=0)
    counts, documents = np.zeros(total, np.int64), np.zeros(total, np.int64)
    for each, number in zip(found, numbers, strict=True):
        counts += np.bincount(number, each.counts, total).astype(np.int64)
        documents += in_documents(each.segment, each.starts, number.take(each.group), total)
    order = np.argsort(-counts, kind="stable")

    def made(some: range) -> list[Unit]:
        at = order[some.start : some.stop]
        forms: list[dict[str, int]] = [{} for _ in some]
        for each, number in zip(found, numbers, strict=True):
            each.add_forms(rows_of(number, at), forms)
        columns = zip(counts.take(at).tolist(), documents.take(at).tolist(), strict=True)
        return [Unit(_sorted(each), *row) for each, row in zip(forms, columns, strict=True)]

    kept = int((counts >= minimum).sum())
    return Clusters(Made(kept, made), tuple(counts.take(order).tolist()))


@dataclass(frozen=True, slots=True)
class ClusterCounts:
    """Clusters: the numbers of their characters, a column each, how often they are there, and in how many documents.

    `written` are the code points of their forms, a column each, `forms_of` says of which cluster each form is, and
    `form_counts` how often it is there.
    """

    keys: Sequence[Array]
    counts: Array
    documents: Array
    written: Sequence[Array]
    forms_of: Array
    form_counts: Array


def cluster_counts(
    parts: Sequence[tuple[Segment, Array, Array]], size: int, side: Beside, layers: frozenset[Layer], *, exact: bool
) -> ClusterCounts:
    """The clusters of matches with so many characters on one side, to be put together with those of other matches."""
    after = 0 if side is Beside.LEFT else size
    found = [_Grouped(*_columns(*part, size, side, layers), exact=exact) for part in parts]
    number = np.concatenate([_NONE, *_numbered(found, after)])
    width = max((len(each.columns) for each in found), default=0)
    keys, written = (
        [
            np.concatenate(column)
            for column in zip(*(_filled(columns, width, after) for columns in several), strict=True)
        ]
        for several in ([each.keys for each in found], [each.points for each in found])
    )
    total = int(number.max(initial=-1)) + 1
    form_counts = np.concatenate([_NONE, *(each.counts for each in found)])
    counts = np.bincount(number, form_counts, total).astype(np.int64)
    documents, first = np.zeros(total, np.int64), np.zeros(total, np.int64)
    first[number] = np.arange(len(number))
    parted = np.split(number, np.cumsum([len(each.counts) for each in found])[:-1]) if found else []
    for each, here in zip(found, parted, strict=True):
        documents += in_documents(each.segment, each.starts, here.take(each.group), total)
    return ClusterCounts([column.take(first) for column in keys], counts, documents, written, number, form_counts)


def clusters_of(several: Sequence[ClusterCounts], size: int, side: Beside, minimum: int) -> Clusters:
    """The clusters of several lots of matches, in none of which is a document of another, most first."""
    after = 0 if side is Beside.LEFT else size
    several = [each for each in several if len(each.counts)]
    width = max((len(each.keys) for each in several), default=0)
    keys, written = (
        [np.concatenate(column) for column in zip(*(_filled(columns, width, after) for columns in each), strict=True)]
        for each in ([each.keys for each in several], [each.written for each in several])
    )
    number = _groups([np.unique(column, return_inverse=True)[1] for column in keys])[0] if keys else _NONE
    counts, documents = (
        np.bincount(number, np.concatenate([_NONE, *columns])).astype(np.int64)
        for columns in ([each.counts for each in several], [each.documents for each in several])
    )
    lows = np.cumsum([0, *(len(each.counts) for each in several)]).tolist()
    forms = np.concatenate([_NONE, *(each.forms_of + low for each, low in zip(several, lows, strict=False))])
    form_counts = np.concatenate([_NONE, *(each.form_counts for each in several)])
    of, order = number.take(forms), np.argsort(-counts, kind="stable")

    def made(some: range) -> list[Unit]:
        at = order[some.start : some.stop]
        found: list[dict[str, int]] = [{} for _ in some]
        rows = rows_of(of, at)
        _add_forms(found, rows, [column.take(np.flatnonzero(rows >= 0)) for column in written], form_counts)
        columns = zip(counts.take(at).tolist(), documents.take(at).tolist(), strict=True)
        return [Unit(_sorted(each), *row) for each, row in zip(found, columns, strict=True)]

    return Clusters(Made(int((counts >= minimum).sum()), made), tuple(counts.take(order).tolist()))


_NONE: Final = np.empty(0, np.int64)


def clustered(
    part: tuple[Segment, Array, Array], text: str, size: int, side: Beside, layers: frozenset[Layer], *, exact: bool
) -> Array:
    """int64: the matches of a segment that make a cluster with so many characters on one side."""
    segment = part[0]
    grouped = _Grouped(*_columns(*part, size, side, layers), exact=exact)
    wanted = [segment.code_of(character) for character in text]
    width, missing = len(grouped.columns), len(grouped.columns) - len(wanted)
    if missing < 0 or None in wanted:
        return np.empty(0, np.int64)
    at = width if side is Beside.LEFT else len(wanted) - size
    numbers = identities(segment, exact=exact).take(np.array([*wanted[:at], *[0] * missing, *wanted[at:]], np.int64))
    same = np.all([column == number for column, number in zip(grouped.keys, numbers, strict=True)], axis=0)
    return grouped.matches.compress(same.take(grouped.group))


class _Grouped:
    """The matches of a segment with enough characters beside them, grouped by how they are written with these.

    `matches` are their indices, `starts` where they begin; `columns` are the positions of the characters of each, in
    reading order, filled up with NOWHERE. `group` is the number of the group of each match.
    """

    def __init__(
        self, segment: Segment, matches: Array, starts: Array, columns: Sequence[Array], *, exact: bool
    ) -> None:
        self._exact = exact
        self.segment, self.matches, self.starts, self.columns = segment, matches, starts, columns
        self.group, self._first = _groups([segment.codes.take(column) for column in columns])

    @cached_property
    def counts(self) -> Array:
        """How many matches each group has."""
        return np.bincount(self.group, minlength=len(self._first))

    @cached_property
    def keys(self) -> list[Array]:
        """The numbers of the characters of each group, 0 for none."""
        table = identities(self.segment, exact=self._exact)
        return [table.take(self.segment.codes.take(column.take(self._first))) for column in self.columns]

    @property
    def points(self) -> list[Array]:
        """uint32: the code points of each group, a column each; 0 for none."""
        return self._points(self._first)

    def _points(self, rows: Array) -> list[Array]:
        return [self.segment.points(self.segment.codes.take(column.take(rows))) for column in self.columns]

    def add_forms(self, rows: Array, forms: list[dict[str, int]]) -> None:
        """Add the texts of groups, with their numbers, to the forms of the rows that they belong to; -1 is none."""
        _add_forms(forms, rows, self._points(self._first.compress(rows >= 0)), self.counts)


def _add_forms(forms: list[dict[str, int]], rows: Array, points: Sequence[Array], counts: Array) -> None:
    """Add texts, with their numbers, to the forms of the rows they belong to; `points` are of those in a row."""
    held = np.flatnonzero(rows >= 0)
    if not len(held):
        return
    texts = (row.tobytes().decode("utf-32-le", "surrogatepass") for row in np.stack(points, axis=1).astype("<u4"))
    for row, text, count in zip(rows.take(held).tolist(), texts, counts.take(held).tolist(), strict=True):
        form = text.replace("\0", "")
        forms[row][form] = forms[row].get(form, 0) + count


def _numbered(found: Sequence[_Grouped], after: int) -> list[Array]:
    """Numbers for the groups of all segments: the same for those whose characters have the same numbers.

    So many characters stand after those of the match.
    """
    width = max((len(each.columns) for each in found), default=0)
    columns = [_filled(each.keys, width, after) for each in found]
    if not columns:
        return []
    whole = [np.concatenate(column) for column in zip(*columns, strict=True)]
    numbers, _ = _groups([np.unique(column, return_inverse=True)[1] for column in whole])
    return np.split(numbers, np.cumsum([len(each.counts) for each in found])[:-1])


def _filled(keys: Sequence[Array], width: int, after: int) -> list[Array]:
    """Columns of characters, filled up with columns of none behind those of the match, before those after it."""
    missing = [np.zeros(len(keys[0]), np.uint64)] * (width - len(keys))
    end = len(keys) - after
    return [*keys[:end], *missing, *keys[end:]]


def _groups(columns: Sequence[Array]) -> tuple[Array, Array]:
    """int64: the number of the group of each row that is the same in all columns, and one row of each group."""
    group, most = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        held = np.bincount(column) > 0
        ranks, count = np.cumsum(held) - 1, int(held.sum())
        if most * count > _MOST:
            group, first = _renumbered(group, most)
            most = len(first)
        group *= count
        group += ranks.take(column)
        most *= max(1, count)
    return _renumbered(group, most)


def _renumbered(group: Array, most: int) -> tuple[Array, Array]:
    """The groups numbered from 0, as they ascend, and one row of each; they are fewer than `most`."""
    if most <= min(_FEW, _FOR_EACH * len(group)):
        first = np.full(most, -1)
        first[group[::-1]] = np.arange(len(group))[::-1]
        held = first >= 0
        return (np.cumsum(held) - 1).take(group), first.compress(held)
    order = np.argsort(group)
    changed = changes(group.take(order))
    numbers = np.empty(len(group), np.int64)
    numbers[order] = np.cumsum(changed) - 1
    return numbers, order.compress(changed)


def _columns(
    segment: Segment, starts: Array, ends: Array, size: int, side: Beside, layers: frozenset[Layer]
) -> tuple[Segment, Array, Array, list[Array]]:
    """The matches with so many characters on a side, their starts, and the positions of these and of their own.

    A match that is shorter than others is filled up with NOWHERE.
    """
    places = Places(segment, layers)
    step, positions = (-1, starts) if side is Beside.LEFT else (1, ends - 1)
    outer = []
    for _ in range(size):
        check()
        positions = places.next(positions, step)
        outer.append(positions)
    whole = outer[-1] != NOWHERE if outer else np.ones(len(starts), bool)
    outer = [each.compress(whole) for each in outer]
    starts = starts.compress(whole)
    inner = _inside(Places(segment, layers, across=True), starts, ends.compress(whole))
    columns = [*outer[::-1], *inner] if side is Beside.LEFT else [*inner, *outer]
    return segment, np.flatnonzero(whole), starts, columns


def _inside(places: Places, starts: Array, ends: Array) -> list[Array]:
    """The positions of the characters of each match, NOWHERE where it is shorter than others."""
    columns = [starts]
    while True:
        following = places.next(columns[-1], 1)
        following = np.where(following < ends, following, NOWHERE)
        if not following.any():
            return columns
        columns.append(following)


def _sorted(forms: dict[str, int]) -> dict[str, int]:
    return dict(sorted(forms.items(), key=lambda each: (-each[1], each[0])))
