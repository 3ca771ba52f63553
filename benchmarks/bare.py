"""Bare: the figures of corpus work straight from the arrays of a segment, to see what the program's own cost beside.

They know nothing of layers, of matches that overlap or of forms, and make no lines, tables or bases.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

WIDTH = 20
LONGEST_STEP = 13
IDS = 1 << 16


class Bare:
    """The matches of a query in one segment, by ascending starts."""

    def __init__(self, segment: Segment, starts: Array, ends: Array) -> None:
        self.segment, self.starts, self.ends = segment, starts, ends

    def page(self, rows: int) -> list[tuple[str, str, str]]:
        """The first lines by the three characters on the right."""
        key = _joined(self._beside(1, 3))
        first = np.argpartition(key, min(rows, len(key) - 1))[:rows]
        return [self._line(int(at)) for at in first[np.argsort(key[first], kind="stable")]]

    def _line(self, at: int) -> tuple[str, str, str]:
        start, end, text = int(self.starts[at]), int(self.ends[at]), self.segment.text
        left, right = text(max(0, start - WIDTH), start), text(end, end + WIDTH)
        return left.rpartition("\n")[2], text(start, end), right.partition("\n")[0]

    def characters(self, window: int) -> Array:
        """The scores of the characters near matches; those in two windows are counted twice."""
        together = sum(
            (np.bincount(ids, minlength=IDS) for step in (-1, 1) for ids in self._beside(step, window)),
            np.zeros(IDS, np.int64),
        )
        together[0] = 0
        return _scores(together, np.diff(self.segment.before.astype(np.int64)), len(self.starts))

    def bigrams(self, window: int) -> Array:
        """The scores of the pairs of characters near matches."""
        found = []
        for step in (-1, 1):
            columns = self._beside(step, window + 1)
            for near, far in pairwise(columns):
                first, second = (near, far) if step > 0 else (far, near)
                held = (first > 0) & (second > 0)
                found.append((first[held].astype(np.uint32) << np.uint32(16)) | second[held])
        keys, together = _counted(np.concatenate(found))
        offsets = self.segment.offs.take(np.arange(len(self.segment.offs)))
        at = np.minimum(np.searchsorted(self.segment.keys, keys), len(self.segment.keys) - 1)
        return _scores(together, np.diff(offsets)[at], len(self.starts))

    def clusters(self, size: int, rows: int) -> Array:
        """The numbers of the commonest continuations."""
        _, counts = _counted(_joined(self._beside(1, size)))
        return counts[np.argsort(-counts)[:rows]]

    def dispersion(self, rows: int, bins: int) -> tuple[float, list[Array]]:
        """The deviation of proportions, and where matches stand in the documents with most of them."""
        bounds = np.searchsorted(self.starts, self.segment.docs)
        counts, sizes = np.diff(bounds), np.diff(self.segment.docs.astype(np.int64))
        deviation = 0.5 * float(np.abs(counts / counts.sum() - sizes / sizes.sum()).sum())
        strips = []
        for at in np.argsort(-counts)[:rows].tolist():
            places = self.starts[bounds[at] : bounds[at + 1]] - int(self.segment.docs[at])
            strips.append(np.bincount(places * bins // int(sizes[at]), minlength=bins))
        return deviation, strips

    def by_group(self, groups: Array) -> tuple[Array, Array]:
        """How many matches, and how many characters, the documents of each group have."""
        counts = np.diff(np.searchsorted(self.starts, self.segment.docs))
        sizes = np.diff(self.segment.docs.astype(np.int64))
        return np.bincount(groups, counts), np.bincount(groups, sizes)

    def _beside(self, step: int, count: int) -> list[Array]:
        """The ids of so many characters on one side, 0 behind the end of a paragraph; marks are passed over."""
        segment, fold = self.segment, self.segment.fold
        at = (self.ends if step > 0 else self.starts - 1).astype(np.int64)
        gone, columns = np.zeros(len(at), bool), []
        for _ in range(count):
            for _ in range(LONGEST_STEP):
                codes = segment.codes.take(at, mode="clip")
                passed = np.flatnonzero(segment.gap.take(codes))
                if not len(passed):
                    break
                at[passed] += step
            ids = np.where(gone, 0, fold.take(segment.codes.take(at, mode="clip")))
            gone |= ids == 0
            columns.append(ids)
            at = at + step
        return columns


def keyness(segment: Segment, chosen: Array, size: int) -> Array:
    """The scores of characters or pairs in some documents against all others, whose counts are those of the index."""
    every = _every(segment, size)
    smaller = chosen if np.diff(segment.docs.astype(np.int64))[chosen].sum() * 2 <= len(segment) else ~chosen
    some = _looked_up(*_units(segment, smaller, size), every[0])
    ours, theirs = (some, every[1] - some) if smaller is chosen else (every[1] - some, some)
    c, d = ours.sum(), theirs.sum()
    kept = ours >= 5
    a, b = ours[kept].astype(float), theirs[kept].astype(float)
    expected = c * (a + b) / (c + d), d * (a + b) / (c + d)
    return 2 * (_log(a, expected[0]) + _log(b, expected[1]))


def _every(segment: Segment, size: int) -> tuple[Array, Array]:
    if size > 1:
        return segment.keys, np.diff(segment.offs.take(np.arange(len(segment.offs))))
    counts = np.diff(segment.before.astype(np.int64))
    held = np.flatnonzero(counts)
    return held, counts[held]


def _units(segment: Segment, documents: Array, size: int) -> tuple[Array, Array]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], documents, [False]))))
    bounds = segment.docs.astype(np.int64)
    found = []
    for first, after in edges.reshape(-1, 2).tolist():
        codes = segment.codes[bounds[first] : bounds[after]]
        ids = segment.fold.take(codes.compress(~segment.gap.take(codes)))
        if size == 1:
            found.append(ids)
        else:
            wide = ids.astype(np.uint32)
            found.append((wide[:-1] << np.uint32(16)) | wide[1:])
    units = np.concatenate(found)
    if size > 1:
        return _counted(units)
    counts = np.bincount(units, minlength=IDS)
    return np.arange(IDS), counts


def _looked_up(keys: Array, counts: Array, wanted: Array) -> Array:
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, counts[at], 0)


def _joined(columns: list[Array]) -> Array:
    key = np.zeros(len(columns[0]), np.uint64)
    for ids in columns:
        key = (key << np.uint64(16)) | ids.astype(np.uint64)
    return key


def _counted(keys: Array) -> tuple[Array, Array]:
    keys = np.sort(keys)
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[first], np.diff(np.append(first, len(keys)))


def _scores(together: Array, frequency: Array, node: int) -> Array:
    held = np.flatnonzero(together >= 5)
    return np.sort(14 + np.log2(2 * together[held] / (node + frequency[held])))


def _log(counts: Array, expected: Array) -> Array:
    return np.where(counts > 0, counts * np.log(np.where(counts > 0, counts, 1) / expected), 0)
