"""Every: the runs that the documents of a stream share with one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.language.i18n import plain
from tuibrowser.search.index.arrays import changes
from tuibrowser.search.model import Bound
from tuibrowser.search.reuse.grams import grams
from tuibrowser.search.reuse.repeated import range_count, repeated
from tuibrowser.search.reuse.runs import Runs, are_equal, by_diagonal, lengthened
from tuibrowser.search.reuse.stream import END

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.reuse.repeated import Repeated

    Array = npt.NDArray[Any]

COMMON_BOUND: Final = Bound(plain("places of the same characters in a row that are compared two by two"), 32)
"""What stands in more places is told once, with the places of the very same words."""

_PART: Final = 1 << 20
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_HALF: Final = np.uint64(32)


@dataclass(frozen=True)
class Every:
    """The runs that two documents share, and those of stretches that stand in too many places to be compared.

    Of each such stretch there are as many runs as it has places beside the first.
    """

    runs: Runs
    common: Runs
    is_bounded: bool
    """Whether there are such stretches."""


def every_run(
    ids: Array, ends: Array, minimum: int, progress: Callable[[int, int], object], cancelled: Callable[[], bool]
) -> Every | None:
    """The runs of `minimum` characters or more that two documents of a stream share; None where it was cancelled.

    `ends` are the ranks at which documents end; an end elsewhere stands for characters that are left out.
    """
    steps = 2 * range_count(len(ids)) + 2
    grams_repeated = []
    for done, each in enumerate(repeated(ids, minimum)):
        grams_repeated.append(each)
        progress(done + 1, steps)
        if cancelled():
            return None
    common = np.zeros(len(ids) + 1, bool)
    for each in grams_repeated:
        common[each.ranks.compress(np.repeat(each.counts > COMMON_BOUND.limit, each.counts))] = True
    starts, lasts = [], []
    for done, each in enumerate(grams_repeated):
        for own, other in _pairs(each):
            begun = (ids.take(own - 1) != ids.take(other - 1)) | (ids.take(own - 1) == END) | common.take(own - 1)
            starts.append(_kept(ids, ends, own.compress(begun), other.compress(begun), minimum))
            after, then = own + minimum, other + minimum
            ended = (ids.take(after) != ids.take(then)) | (ids.take(after) == END) | common.take(own + 1)
            lasts.append(_kept(ids, ends, own.compress(ended), other.compress(ended), minimum))
        progress(len(grams_repeated) + done + 1, steps)
        if cancelled():
            return None
    found = lengthened(ids, ids, _runs(starts, lasts, minimum))
    progress(steps - 1, steps)
    return Every(found, _common(ids, ends, common, minimum), bool(common.any()))


def _pairs(grams_repeated: Repeated) -> Iterator[tuple[Array, Array]]:
    """int64: every two places of each gram that is not common, the first first."""
    ranks, counts = grams_repeated.ranks.astype(np.int64), grams_repeated.counts
    left = np.repeat(np.where(counts > COMMON_BOUND.limit, 0, counts), counts)
    left -= np.arange(len(ranks)) - np.repeat(grams_repeated.firsts, counts)
    rows = np.flatnonzero(left > 1)
    for apart in range(1, COMMON_BOUND.limit):
        rows = rows.compress(left.take(rows) > apart)
        if not len(rows):
            return
        yield ranks.take(rows), ranks.take(rows + apart)


def _kept(ids: Array, documents: Array, own: Array, other: Array, size: int) -> tuple[Array, Array]:
    """Those of some pairs that are equal and in two documents."""
    apart = documents.searchsorted(own) != documents.searchsorted(other)
    own, other = own.compress(apart), other.compress(apart)
    equal = are_equal(ids, ids, own, other, size)
    return own.compress(equal), other.compress(equal)


def _runs(starts: Sequence[tuple[Array, Array]], ends: Sequence[tuple[Array, Array]], size: int) -> Runs:
    """The runs between their first grams and their last: in the order of diagonals the one is followed by the other."""
    (own, other), (_, last) = (by_diagonal(_both(some)) for some in (starts, ends))
    return Runs(own, other, last - other + size)


def _both(pairs: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    nothing = np.zeros(0, np.int64)
    own = np.concatenate([nothing, *(each for each, _ in pairs)])
    return own, np.concatenate([nothing, *(each for _, each in pairs)])


def _common(ids: Array, documents: Array, common: Array, size: int) -> Runs:
    """The runs of stretches of common grams that stand in two documents at least."""
    edges = np.diff(common.astype(np.int8), prepend=0)
    places = np.flatnonzero(edges == 1)
    lengths = np.flatnonzero(edges == -1) - places + size - 1
    words = words_of(ids, places, lengths, size)
    order = np.lexsort((places, lengths, words))
    places, lengths, words = places.take(order), lengths.take(order), words.take(order)
    begins = np.flatnonzero(changes(words) | changes(lengths))
    first = np.repeat(begins, np.diff(np.append(begins, len(places))))
    whose = documents.searchsorted(places)
    elsewhere = np.flatnonzero(whose != whose.take(first))
    rows = np.unique(first.take(elsewhere), return_index=True)
    # A place in the first document is told with the first one elsewhere.
    second = np.full(len(places), -1)
    second[rows[0]] = elsewhere.take(rows[1])
    second = second.take(first)
    inside = np.flatnonzero((second >= 0) & (whose == whose.take(first)) & (first != np.arange(len(places))))
    own = np.concatenate((first.take(elsewhere), inside))
    other = np.concatenate((elsewhere, second.take(inside)))
    return Runs(places.take(own), places.take(other), lengths.take(own))


def words_of(ids: Array, firsts: Array, lengths: Array, size: int) -> Array:
    """uint64: a number for the words of stretches, from a hash of each gram in them."""
    points = np.concatenate((firsts, firsts + lengths - size + 1))
    order = np.argsort(points, kind="stable")
    ranked, sums = points.take(order), np.zeros(len(points), np.uint64)
    before = np.uint64(0)
    for at in range(0, len(ids), _PART):
        hashes = grams(ids[at : at + _PART + size - 1], size) * _FACTOR
        hashes ^= hashes >> _HALF
        reached = np.concatenate((np.zeros(1, np.uint64), np.cumsum(hashes * _FACTOR, dtype=np.uint64))) + before
        low, high = ranked.searchsorted((at, at + _PART))
        sums[order[low:high]] = reached.take(ranked[low:high] - at, mode="clip")
        before = reached[-1]
    return np.asarray(sums[len(firsts) :] - sums[: len(firsts)])
