"""Rows: matches of several kinds and segments in one table, in any order, wherever they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """Matches in some order, a row each."""

    whose: Array
    """Which list of its source a match is in."""
    at: Array
    """Its index there."""
    starts: Array
    ends: Array
    """Where it begins and ends in its segment."""
    numbers: Array
    """The numbers of their documents."""
    costs: Array
    first: Array
    """What orders them first: the cost, or the rank of the document."""
    prints: Array
    """uint64, a row of two or one: equal in the same string of its paragraph, and equal in a repetition."""

    def __len__(self) -> int:
        return len(self.whose)

    @property
    def columns(self) -> tuple[Array, ...]:
        """The columns of each row."""
        return self.whose, self.at, self.starts, self.ends, self.numbers, self.costs, self.first, self.prints

    def rows(self, chosen: Array | slice) -> Rows:
        """Some rows, in another order."""
        return Rows(*(column[chosen] for column in self.columns))

    def joined(self, other: Rows) -> Rows:
        """These rows and then others."""
        return Rows(*map(np.concatenate, zip(self.columns, other.columns, strict=True)))

    def names(self) -> Array:
        """int64: a number for each match, from which list it is in and its index there."""
        return names(self.whose, self.at)


_NUMBER_BITS = 40


def names(whose: Array | int, at: Array) -> Array:
    """int64: a number for each match, from which list it is in and its index there."""
    named: Array = (np.int64(1) << _NUMBER_BITS) * whose + at
    return named


def places(named: Array) -> tuple[Array, Array]:
    """Which list each named match is in, and its index there."""
    return named >> _NUMBER_BITS, named & ((1 << _NUMBER_BITS) - 1)


def none(prints: int = 1) -> Rows:
    """No rows, with so many prints."""
    empty, costs = np.empty(0, np.int64), np.empty(0)
    return Rows(empty, empty, empty, empty, empty, costs, costs, np.empty((0, prints), np.uint64))
