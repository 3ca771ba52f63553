"""Shared: the runs that a text shares with documents of segments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.language.i18n import plain
from tuibrowser.search.model import Bound
from tuibrowser.search.reuse.runs import NO_RUNS, Runs, are_equal, runs_of
from tuibrowser.search.reuse.stream import END
from tuibrowser.search.reuse.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.reuse.stream import SegmentStream

    Array = npt.NDArray[Any]

SEEDS_BOUND: Final = Bound(plain("places of the rarer characters in a row that texts share"), 4_000_000)


@dataclass(frozen=True)
class Found:
    """The runs with each stream, and the bounds that the search ran into."""

    runs: Sequence[Runs]
    bounds: tuple[Bound, ...] = ()


class Sought:
    """A stream whose runs of `minimum` characters or more with others are looked for.

    Of the documents of the others only every `step`-th gram is looked up: each run has one at least.
    """

    def __init__(self, ids: Array, minimum: int) -> None:
        self._ids = ids
        self._minimum = minimum
        self._step = max(1, minimum // 3)
        self._size = minimum - self._step + 1
        self.table = Table(ids, self._size)

    def find(self, others: Array, cancelled: Callable[[], bool]) -> tuple[Array, Array]:
        """int64: which grams stand in another stream, and at which of the ranks that are looked at."""
        aligned, begins, before = _aligned(others, self._step)
        which, ranks = self.table.find(aligned, self._step, cancelled)
        return which, ranks - before.take(begins.searchsorted(ranks, "right") - 1)

    def counts(self, which: Array) -> Array:
        """int64: how many pairs of places of each gram there are, which stand in another stream as given."""
        return np.bincount(which, minlength=len(self.table)) * self.table.counts(np.arange(len(self.table)))

    def runs(self, others: Array, which: Array, ranks: Array) -> Runs:
        """The runs with another stream in which some grams stand at some ranks."""
        own, other = self.table.seeds(which, ranks)
        equal = are_equal(self._ids, others, own, other, self._size)
        seeds = own.compress(equal), other.compress(equal)
        runs = runs_of(self._ids, others, seeds, self._size, self._step)
        return runs.take(runs.lengths >= self._minimum)


def _aligned(others: Array, step: int) -> tuple[Array, Array, Array]:
    """A stream with more ends, so that each document begins at a multiple of `step`; where, and the ends before each.

    So the grams that are looked up in a document do not depend on what stands before it.
    """
    begins = np.flatnonzero(others == END) + 1
    lengths = np.diff(np.append(begins, len(others)))
    aligned = -(begins[0] // -step) * step + np.append(0, np.cumsum(-(lengths // -step) * step)[:-1])
    before = aligned - begins
    return np.insert(others, np.repeat(begins, np.diff(before, prepend=0)), END), aligned, before


def shared(ids: Array, streams: Sequence[SegmentStream], minimum: int, cancelled: Callable[[], bool]) -> Found:
    """The runs of `minimum` characters or more that a stream shares with others; fewer where it was cancelled."""
    sought = Sought(ids, minimum)
    found = [sought.find(stream.read(), cancelled) for stream in streams]
    kept = rarest(sum((sought.counts(which) for which, _ in found), np.zeros(len(sought.table), np.int64)))
    runs = []
    for stream, (which, ranks) in zip(streams, found, strict=True):
        if cancelled() or not len(which):
            runs.append(NO_RUNS)
            continue
        chosen = kept.take(which)
        runs.append(sought.runs(stream.read(), which.compress(chosen), ranks.compress(chosen)))
    return Found(runs, () if kept.all() else (SEEDS_BOUND,))


def rarest(counts: Array) -> Array:
    """A bool for each gram: whether its pairs of places are looked at, of which there are so many."""
    if int(counts.sum()) <= SEEDS_BOUND.limit:
        return np.ones(len(counts), bool)
    order = np.argsort(counts, kind="stable")
    kept = np.zeros(len(counts), bool)
    kept[order] = np.cumsum(counts.take(order)) <= SEEDS_BOUND.limit
    return kept
