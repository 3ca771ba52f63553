"""Shared: the runs that a text shares with documents of segments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.language.i18n import plain
from tuibrowser.search.model import Bound
from tuibrowser.search.reuse.runs import NO_RUNS, Runs, are_equal, runs_of
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


def shared(ids: Array, streams: Sequence[SegmentStream], minimum: int, cancelled: Callable[[], bool]) -> Found:
    """The runs of `minimum` characters or more that a stream shares with others; fewer where it was cancelled.

    Of the others only every `step`-th gram is looked up: each run has one at least.
    """
    step = max(1, minimum // 3)
    size = minimum - step + 1
    table = Table(ids, size)
    found = [table.find(stream.read(), step, cancelled) for stream in streams]
    kept, is_cut = _rarest([which for which, _ in found], table)
    runs = []
    for stream, (which, ranks) in zip(streams, found, strict=True):
        if cancelled() or not len(which):
            runs.append(NO_RUNS)
            continue
        chosen = kept.take(which)
        seeds = table.seeds(which.compress(chosen), ranks.compress(chosen))
        runs.append(_runs(ids, stream.read(), seeds, size, step, minimum))
    return Found(runs, (SEEDS_BOUND,) if is_cut else ())


def _rarest(found: Sequence[Array], table: Table) -> tuple[Array, bool]:
    """A bool for each gram: whether its places are looked at; and whether those of some are not."""
    counts = sum((np.bincount(which, minlength=len(table)) for which in found), np.zeros(len(table), np.int64))
    counts = counts * table.counts(np.arange(len(table)))
    if int(counts.sum()) <= SEEDS_BOUND.limit:
        return np.ones(len(table), bool), False
    order = np.argsort(counts, kind="stable")
    kept = np.zeros(len(table), bool)
    kept[order] = np.cumsum(counts.take(order)) <= SEEDS_BOUND.limit
    return kept, True


def _runs(ids: Array, others: Array, seeds: tuple[Array, Array], size: int, step: int, minimum: int) -> Runs:
    own, other = seeds
    equal = are_equal(ids, others, own, other, size)
    runs = runs_of(ids, others, (own.compress(equal), other.compress(equal)), size, step)
    return runs.take(runs.lengths >= minimum)
