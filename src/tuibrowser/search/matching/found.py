"""Found: the matches of one kind in a segment, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.index.arrays import ascending, changes, first_of_each, in_order_of, least_of_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.model import HitKind

    Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Found:
    """The matches of one kind in a segment: int64 starts and ends, ascending, and the cost of each, lower better."""

    kind: HitKind
    starts: Array
    ends: Array
    costs: Array

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def alike(self) -> bool:
        """Whether all are known to cost the same."""
        return self.costs.strides == (0,)

    def only(self, kept: Array | slice) -> Found:
        """Those that a bool each, indices or a slice choose."""
        starts, ends = _chosen(self.starts, kept), _chosen(self.ends, kept)
        alike = self.alike and len(starts) > 0
        costs = _repeated(self.costs[0], len(starts)) if alike else _chosen(self.costs, kept)
        return Found(self.kind, starts, ends, costs)

    def dearer(self, cost: float) -> Found:
        """The same, each costing more."""
        if self.alike and len(self):
            costs = _repeated(self.costs[0] + np.float32(cost), len(self))
        else:
            costs = self.costs + np.float32(cost)
        return Found(self.kind, self.starts, self.ends, costs)

    def spans(self, rows: Array) -> list[list[tuple[int, int]]]:
        """The stretches that each of some matches marks."""
        starts, ends = self.starts[rows].tolist(), self.ends[rows].tolist()
        return [[span] for span in zip(starts, ends, strict=True)]

    def extents(self) -> tuple[Array, Array]:
        """Starts and ends of each match as one stretch."""
        return self.starts, self.ends


def found(kind: HitKind, starts: Array, ends: Array, costs: Array | float) -> Found:
    """Matches put in ascending order, each place once: where the costs differ, the cheapest one."""
    starts, ends = starts.astype(np.int64, copy=False), ends.astype(np.int64, copy=False)
    is_sorted = len(starts) < 2 or bool((starts[1:] > starts[:-1]).all())
    if isinstance(costs, float):
        if not is_sorted:
            once = first_of_each(starts)
            starts, ends = starts.take(once), ends.take(once)
        return Found(kind, starts, ends, _repeated(np.float32(costs), len(starts)))
    costs = costs.astype(np.float32, copy=False)
    if not is_sorted:
        by_start = ascending(starts)
        starts, ends, costs = starts.take(by_start), ends.take(by_start), costs.take(by_start)
        if not changes(starts).all():
            cheapest = least_of_each(starts, in_order_of(costs), np.arange(len(starts)))
            starts, ends, costs = starts.take(cheapest), ends.take(cheapest), costs.take(cheapest)
    return Found(kind, starts, ends, costs)


def together_of(kind: HitKind, several: Sequence[Found]) -> Found:
    """Matches of one kind, given in ascending parts that cost the same."""
    if not several:
        return found(kind, np.empty(0, np.int64), np.empty(0, np.int64), 0.0)
    starts, ends = (
        np.concatenate(column) for column in zip(*((each.starts, each.ends) for each in several), strict=True)
    )
    return found(kind, starts, ends, float(several[0].costs[0]))


def _repeated(cost: np.float32, count: int) -> Array:
    """One cost for many, as `np.broadcast_to` has it, in a fraction of its time."""
    return np.ndarray(count, np.float32, cost.tobytes(), 0, (0,))


def _chosen(column: Array, kept: Array | slice) -> Array:
    """Return what bools, indices or a slice choose; for bools, in a third of the time of indexing."""
    return column.compress(kept) if isinstance(kept, np.ndarray) and kept.dtype == bool else column[kept]
