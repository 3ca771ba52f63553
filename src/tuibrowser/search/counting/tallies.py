"""Tallies: units of a segment counted as they are written or by their keys, given some at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.counting.units import LONGEST, identities, joined
from tuibrowser.search.index.arrays import changes, distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]
    Counted = tuple[Array, Array]


class Tally:
    """Counts units of a size as they are written."""

    def __init__(self, segment: Segment, size: int) -> None:
        self._segment = segment
        self._counts = _Characters() if size < LONGEST else _Pairs()

    def add(self, columns: Sequence[Array]) -> None:
        """Count the units whose characters stand at some positions."""
        self._counts.add(*(self._segment.codes.take(column) for column in columns))

    def counted(self) -> Counted:
        """The units as they are written, ascending, and how often."""
        segment = self._segment
        columns, counts = self._counts.counted()
        points = [segment.points(each.astype(segment.codes.dtype)).astype(np.uint64) for each in columns]
        return _ascending(joined(points), counts)


class KeyTally:
    """Counts the units of a size by their keys in stretches of text."""

    def __init__(self, segment: Segment, size: int, *, exact: bool) -> None:
        self._keys, self._ranks = _ranks(segment, exact=exact)
        self._counts = _Characters() if size < LONGEST else _Pairs()

    def add(self, codes: Array) -> None:
        """Count the units of a text, given by the codes of its places and of the ends of its paragraphs."""
        ranks = self._ranks.take(codes)
        self._counts.add(*((ranks,) if isinstance(self._counts, _Characters) else (ranks[:-1], ranks[1:])))

    def counted(self, ends: Array) -> Counted:
        """The keys of the units, ascending, and how often they occur; no unit has a code that is an end."""
        columns, counts = self._counts.counted()
        held = ~np.any([np.isin(column, self._ranks.take(ends)) for column in columns], axis=0)
        return joined([self._keys.take(column.compress(held)) for column in columns]), counts.compress(held)


class _Characters:
    """How often each number occurs."""

    def __init__(self) -> None:
        self._counts = np.zeros(0, np.int64)

    def add(self, numbers: Array) -> None:
        counts = np.bincount(numbers, minlength=len(self._counts))
        counts[: len(self._counts)] += self._counts
        self._counts = counts

    def counted(self) -> tuple[list[Array], Array]:
        held = np.flatnonzero(self._counts)
        return [held], self._counts.take(held)


class _Pairs:
    """How often each pair of numbers occurs: they are sorted as the halves of one, as small as it can be."""

    def __init__(self) -> None:
        self._pairs: list[Array] = []

    def add(self, first: Array, second: Array) -> None:
        if first.dtype == np.uint16:
            self._pairs.append((first.astype(np.uint32) << np.uint32(16)) | second)
        else:
            self._pairs.append((first.astype(np.uint64) << np.uint64(32)) | second)

    def counted(self) -> tuple[list[Array], Array]:
        pairs = np.concatenate(self._pairs) if self._pairs else np.empty(0, np.uint32)
        self._pairs.clear()
        pairs.sort()
        first = np.flatnonzero(changes(pairs))
        counts = np.diff(np.append(first, len(pairs)))
        pairs = pairs.take(first)
        bits = pairs.dtype.itemsize * 4
        return [pairs >> pairs.dtype.type(bits), pairs & pairs.dtype.type((1 << bits) - 1)], counts


def in_documents(segment: Segment, positions: Array, rows: Array, count: int) -> Array:
    """int64: in how many documents of a segment each of so many rows has one of some ascending positions."""
    documents = np.repeat(np.arange(len(segment.numbers)), np.diff(np.searchsorted(positions, segment.docs)))
    pairs = distinct(rows * np.int64(len(segment.numbers)) + documents)
    return np.bincount(pairs // max(1, len(segment.numbers)), minlength=count)


def _ranks(segment: Segment, *, exact: bool) -> tuple[Array, Array]:
    """The numbers of all codes, ascending and each once, and the place of each code's number among them."""
    name = f"ranks {exact}"
    if (known := segment.at_hand.get(name)) is None:
        numbers, ranks = np.unique(identities(segment, exact=exact), return_inverse=True)
        known = segment.at_hand[name] = numbers, ranks.astype(segment.codes.dtype)
    numbers, ranks = known
    return numbers, ranks


def _ascending(written: Array, counts: Array) -> Counted:
    """Units with their counts, in the order of their code points, which is not that of their codes everywhere."""
    if (written[1:] > written[:-1]).all():
        return written, counts
    order = np.argsort(written)
    return written.take(order), counts.take(order)
