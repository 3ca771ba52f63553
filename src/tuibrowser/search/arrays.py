"""Arrays: what NumPy lacks, or does more slowly for arrays of a few thousand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Array = npt.NDArray[Any]

PART: Final = 1 << 15
"""Positions worked on at a time: what is made of them on the way stays in the processor's cache."""


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


def changes(values: Array) -> Array:
    """A bool for each value: whether it differs from the one before; the first does."""
    changed = np.empty(len(values), bool)
    changed[:1] = True
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def ascending(positions: Array) -> Array:
    """int64: the indices that put numbers from 0 to 2 ** 32 in order, equal ones as they stand.

    By the lower halves, then by the upper ones: NumPy sorts numbers of 16 bits by radix, which takes a fourth of the
    time of comparing as many larger ones.
    """
    if len(positions) < _BY_RADIX:
        return np.argsort(positions, kind="stable")
    lower = np.argsort(positions.astype(np.uint16), kind="stable")
    upper = (positions >> _HALF).astype(np.uint16)
    return lower.take(np.argsort(upper.take(lower), kind="stable"))


_HALF: Final = 16
_BY_RADIX: Final = 1024
"""Numbers from which on radix sort is faster."""


def in_parts(work: Callable[..., tuple[Array, ...]], *columns: Array) -> tuple[Array, ...]:
    """What `work` makes of columns of equal length; of long ones part by part, and the parts put together."""
    length = len(columns[0])
    if length <= PART:
        return work(*columns)
    parts = [slice(at, at + PART) for at in range(0, length, PART)]
    answers = [work(*(column[part] for column in columns)) for part in parts]
    return tuple(map(np.concatenate, zip(*answers, strict=True)))
