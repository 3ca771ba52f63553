"""Runs: the longest stretches of equal characters of two streams, from seeds, which are shorter ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import changes, in_parts
from tuibrowser.search.reuse.stream import END

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

_FIRST: Final = 8
_WIDEST: Final = 256
"""Characters compared in one step, at first and at most."""
_HALF: Final = np.uint64(32)


@dataclass(frozen=True)
class Runs:
    """Runs of two streams: int64, the rank in each at which they begin, and how many characters they have."""

    own: Array
    other: Array
    lengths: Array

    def __len__(self) -> int:
        return len(self.own)

    @property
    def columns(self) -> tuple[Array, Array, Array]:
        """The three arrays."""
        return self.own, self.other, self.lengths

    def take(self, rows: Array) -> Runs:
        """Some of them, by their numbers or by a bool for each."""
        return Runs(self.own[rows], self.other[rows], self.lengths[rows])


NO_RUNS: Final = Runs(*(np.zeros(0, np.int64) for _ in range(3)))


def are_equal(ids: Array, others: Array, own: Array, other: Array, size: int) -> Array:
    """Whether the `size` characters from some ranks of one stream and some of another on are equal."""
    equal = np.ones(len(own), bool)
    for at in range(size):
        equal &= ids.take(own + at) == others.take(other + at)
    return equal


def runs_of(ids: Array, others: Array, seeds: tuple[Array, Array], size: int, step: int) -> Runs:
    """The runs that seeds are in: equal stretches of `size` characters, whose ranks of the others are multiples of
    `step`."""
    if not len(seeds[0]):
        return NO_RUNS
    own, other = by_diagonal(seeds)
    # The seeds of a run follow one another on their diagonal in steps.
    goes_on = (np.diff(own, prepend=own[0]) == step) & (np.diff(other, prepend=other[0]) == step)
    firsts = np.flatnonzero(~goes_on)
    lasts = np.append(firsts[1:], len(own)) - 1
    begins, ends = other.take(firsts), other.take(lasts)
    return lengthened(ids, others, Runs(own.take(firsts), begins, ends - begins + size))


def lengthened(ids: Array, others: Array, runs: Runs) -> Runs:
    """The longest runs that some equal stretches are in, each once."""
    (before,) = in_parts(partial(_reach, ids, others, -1), runs.own - 1, runs.other - 1)
    (after,) = in_parts(partial(_reach, ids, others, 1), runs.own + runs.lengths, runs.other + runs.lengths)
    longest = Runs(runs.own - before, runs.other - before, before + runs.lengths + after)
    keys = _keys(longest.own, longest.other)
    order = np.argsort(keys, kind="stable")
    return longest.take(order.compress(changes(keys.take(order))))


def by_diagonal(pairs: tuple[Array, Array]) -> tuple[Array, Array]:
    """int64: pairs of ranks, diagonal by diagonal, each in the order of the second ranks."""
    keys = np.sort(_keys(*pairs))
    other = keys.astype(np.uint32)
    return (other - (keys >> _HALF).astype(np.uint32)).astype(np.int64), other.astype(np.int64)


def _keys(own: Array, other: Array) -> Array:
    """uint64: a number for each pair of ranks below 2 ** 32: the diagonal, modulo 2 ** 32, then the second rank."""
    return (other - own).astype(np.uint64) << _HALF | other.astype(np.uint64)


def _reach(ids: Array, others: Array, way: int, own: Array, other: Array) -> tuple[Array]:
    """int64: how many characters are equal from some ranks on, forwards (1) or backwards (-1)."""
    own, other, reach = own.copy(), other.copy(), np.zeros(len(own), np.int64)
    active, width = np.arange(len(own)), _FIRST
    while len(active):
        steps = np.arange(width) * way
        here = ids.take(own.take(active)[:, None] + steps, mode="clip")
        there = others.take(other.take(active)[:, None] + steps, mode="clip")
        unequal = (here != there) | (here == END)
        stopped = unequal.any(axis=1)
        gone = np.where(stopped, unequal.argmax(axis=1), width)
        reach[active] += gone
        active = active.compress(~stopped)
        own[active] += width * way
        other[active] += width * way
        width = min(2 * width, _WIDEST)
    return (reach,)
