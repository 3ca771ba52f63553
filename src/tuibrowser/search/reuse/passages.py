"""Passages: runs of two documents that follow one another closely are one, and those of the same words are one row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import changes, expand
from tuibrowser.search.reuse.runs import Runs

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

NEAR: Final = 20
"""Significant characters, in either document, between two runs of a passage at most."""

_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_HALF: Final = np.uint64(32)


@dataclass(frozen=True)
class Passages:
    """Passages, each of which has the runs from `bounds[i]` to `bounds[i + 1]`."""

    runs: Runs
    bounds: Array

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def with_single(self, more: Runs) -> Passages:
        """These, and passages of one run each."""
        pairs = zip(self.runs.columns, more.columns, strict=True)
        runs = Runs(*(np.concatenate(each) for each in pairs))
        return Passages(runs, np.concatenate((self.bounds, self.bounds[-1:] + 1 + np.arange(len(more)))))

    @property
    def own(self) -> Array:
        """int64: the rank at which each begins in its own document."""
        return self.runs.own.take(self.bounds[:-1])

    @property
    def other(self) -> Array:
        """int64: the rank at which each begins in the other."""
        return self.runs.other.take(self.bounds[:-1])

    def matched(self) -> Array:
        """int64: the characters of the own document that are in runs of each."""
        ends = self.runs.own + self.runs.lengths
        new = ends - np.maximum(self.runs.own, np.concatenate((self.runs.own[:1], ends[:-1])))
        new[self.bounds[:-1]] = self.runs.lengths[self.bounds[:-1]]
        return np.add.reduceat(new, self.bounds[:-1]) if len(self) else new


def passages_of(runs: Runs, documents: Array) -> Passages:
    """The passages that runs make; `documents` has a number for the two documents of each run."""
    order = np.lexsort((runs.own, runs.other, documents))
    runs, documents = runs.take(order), documents.take(order)
    goes_on = ~changes(documents)
    for begins in (runs.own, runs.other):
        ends = begins + runs.lengths
        goes_on[1:] &= (np.diff(begins) > 0) & (np.diff(ends) > 0) & (begins[1:] - ends[:-1] <= NEAR)
    return Passages(runs, np.append(np.flatnonzero(~goes_on), len(runs)))


def signatures(passages: Passages, words: Array) -> Array:
    """uint64: a number for the runs of each passage, from a number for the words of each run and for its length."""
    at = np.arange(len(words)) - np.repeat(passages.bounds[:-1], np.diff(passages.bounds))
    mixed = words * _FACTOR + passages.runs.lengths.astype(np.uint64)
    mixed ^= mixed >> _HALF
    mixed *= _FACTOR + (at.astype(np.uint64) << np.uint64(1))
    mixed ^= mixed >> _HALF
    return np.add.reduceat(mixed, passages.bounds[:-1]) if len(passages) else mixed


@dataclass(frozen=True)
class Rows:
    """Rows of passages with the same words: the passage that stands for each, and the ranks of all their places.

    The places of a row are `places[bounds[i]:bounds[i + 1]]`, ascending: those of the other documents, the one of its
    passage included.
    """

    passages: Array
    places: Array
    bounds: Array

    def __len__(self) -> int:
        return len(self.passages)

    def counts(self) -> Array:
        """int64: how many places each row has."""
        return np.diff(self.bounds)


def rows_of(passages: Passages, signed: Array, *, both: bool) -> Rows:
    """The rows of passages, in the order of their own documents; `signed` has the signature of each passage.

    With `both` its own place is one of a passage's places too, but for the first one of a row.
    """
    own, other = passages.own, passages.other
    order = np.lexsort((other, own, signed))
    first = np.flatnonzero(changes(signed.take(order)))
    stands = order.take(first)
    row = np.empty(len(order), np.int64)
    row[order] = np.cumsum(changes(signed.take(order))) - 1
    places, rows = (np.concatenate((own, other)), np.concatenate((row, row))) if both else (other, row)
    sort = np.lexsort((places, rows))
    places, rows = places.take(sort), rows.take(sort)
    once = changes(places) | changes(rows)
    if both:
        once &= places != own.take(stands).take(rows)
    places, rows = places.compress(once), rows.compress(once)
    by_place = np.lexsort((other.take(stands), own.take(stands)))
    counts = np.bincount(rows, minlength=len(stands))
    begins = np.cumsum(counts) - counts
    kept = expand(begins.take(by_place), (begins + counts).take(by_place))
    bounds = np.concatenate(([0], np.cumsum(counts.take(by_place))))
    return Rows(stands.take(by_place), places.take(kept), bounds)
