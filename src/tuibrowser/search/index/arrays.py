"""Arrays: what NumPy lacks, or does more slowly for arrays of a few thousand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Array = npt.NDArray[Any]

PART: Final = 1 << 15
"""Positions worked on at a time, so that intermediate arrays stay in the processor's cache."""


class Rising:
    """Whole numbers, none less than the one before it, in two bytes each: `lows`, int64 `carries`.

    `lows` are their lower halves, and `carries` the indices at which the upper half goes up by one.
    """

    __slots__ = ("carries", "lows")

    def __init__(self, lows: Array, carries: Array) -> None:
        self.lows, self.carries = lows, carries

    @classmethod
    def of(cls, numbers: Array) -> Rising:
        """The numbers, all below 2 ** 32, in that form."""
        upper = (numbers >> 16).astype(np.int64)
        return cls(numbers.astype(np.uint16), np.repeat(np.arange(len(upper)), np.diff(upper, prepend=0)))

    def __len__(self) -> int:
        return len(self.lows)

    def take(self, at: Array) -> Array:
        """int64: the numbers at some indices, in as many dimensions."""
        ascend = at.ndim == 1 and len(at) > len(self.carries) and bool((at[1:] >= at[:-1]).all())
        upper = ranks(self.carries, at, "right") if ascend else self.carries.searchsorted(at, "right")
        taken: Array = self.lows.take(at) + (upper << 16)
        return taken


def expand(low: Array, high: Array) -> Array:
    """int64: all whole numbers of the ranges from `low` to `high`, one after another."""
    lengths = high - low
    kept = lengths > 0
    low, lengths = low[kept], lengths[kept]
    total = int(lengths.sum())
    if not total:
        return np.empty(0, np.int64)
    steps = np.ones(total, np.int64)
    steps[0] = low[0]
    steps[np.cumsum(lengths)[:-1]] = low[1:] - (low[:-1] + lengths[:-1] - 1)
    return np.cumsum(steps)


def ranks(values: Array, wanted: Array, side: Literal["left", "right"] = "left") -> Array:
    """int64: what `np.searchsorted` gives, for wanted numbers that ascend: the fewer are looked up in the others."""
    if len(values) > len(wanted):
        return values.searchsorted(wanted, side)
    at = wanted.searchsorted(values, "left" if side == "right" else "right")
    return np.cumsum(np.bincount(at, minlength=len(wanted) + 1)[:-1])


def changes(values: Array) -> Array:
    """A bool for each value: whether it differs from the one before; the first does."""
    changed = np.empty(len(values), bool)
    changed[:1] = True
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def distinct(values: Array) -> Array:
    """Each value once, ascending: NumPy's own way by hashes takes several times as long."""
    values = np.sort(values)
    once: Array = values.compress(changes(values))
    return once


def among(values: Array, wanted: Array) -> Array:
    """Whether each value is one of some wanted ones: for few of these in a fraction of the time of `np.isin`."""
    if not len(wanted):
        return np.zeros(len(values), bool)
    wanted = np.sort(wanted)
    same: Array = wanted.take(wanted.searchsorted(values), mode="clip") == values
    return same


def in_order(positions: Array) -> Array:
    """int64: numbers from 0 to 2 ** 32, ascending; half as wide, they are sorted twice as fast."""
    return np.sort(positions.astype(np.uint32, copy=False)).astype(np.int64)


def ascending(positions: Array) -> Array:
    """int64: the indices that put numbers from 0 to 2 ** 32 in order, equal ones as they stand.

    The indices are sorted along, as the lower halves: NumPy sorts numbers several times faster than their indices.
    """
    return np.sort(_joined(positions, np.arange(len(positions)))).astype(np.uint32).astype(np.int64)


def first_of_each(positions: Array) -> Array:
    """int64: the index of the first of each of some numbers from 0 to 2 ** 32, in ascending order of these."""
    order = ascending(positions)
    once: Array = order.compress(changes(positions.take(order)))
    return once


def in_order_of(costs: Array) -> Array:
    """uint32: numbers in the order of float32 costs, none below 0, as their bits are."""
    return costs.view(np.uint32)


def least_of_each(group: Array, first: Array, second: Array) -> Array:
    """int64: the index of the least number of each group, by a first and then a second number from 0 to 2 ** 32.

    Of equal ones it is that of the first. The members of a group stand side by side and have the same number.
    """
    begins = changes(group)
    values = _joined(first, second)
    least = np.minimum.reduceat(values, begins.nonzero()[0])
    at = (values == least.take(np.cumsum(begins) - 1)).nonzero()[0]
    once: Array = at.compress(changes(group.take(at)))
    return once


def _joined(upper: Array, lower: Array) -> Array:
    """uint64: numbers of 32 bits each, as halves of one."""
    values = upper.astype(np.uint64)
    values <<= np.uint64(32)
    values |= lower.astype(np.uint64, copy=False)
    return values


def in_parts(work: Callable[..., tuple[Array, ...]], *columns: Array) -> tuple[Array, ...]:
    """Return the result of `work` on columns of equal length; long ones are worked on in parts."""
    length = len(columns[0])
    if length <= PART:
        return work(*columns)
    parts = [slice(at, at + PART) for at in range(0, length, PART)]
    answers = [work(*(column[part] for column in columns)) for part in parts]
    return tuple(map(np.concatenate, zip(*answers, strict=True)))
