"""Alignment of two sequences of ids: unique stretches that both have are anchors, and what lies between is compared.

Of the anchors, those are kept that stand in the same order in both and hold most ids, so that what moved is short.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

from tuibrowser.search.index.arrays import changes
from tuibrowser.search.parallels.passage import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    import numpy.typing as npt

    Array = npt.NDArray[Any]

_ANCHORS: Final = (12, 8, 6, 4)
"""Ids of an anchor, the surest first."""
_SMALL: Final = 600 * 600
"""The product of two lengths up to which they are compared at once,"""
_LARGEST: Final = 20_000_000
"""and up to which they are compared at all; beyond it, the one is told as instead of the other."""
_FURTHEST: Final = 200
"""Ids by which a stretch is moved to begin at a line."""
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)


class Step(NamedTuple):
    """A stretch of one sequence, and what stands for it in the other: the same ids or not, as many of both or not."""

    equal: bool
    start: int
    end: int
    other_start: int
    other_end: int


def align(one: Array, other: Array, progress: Callable[[int, int], object] = lambda _done, _all: None) -> list[Step]:
    """The steps, in order, by which two uint16 sequences of ids correspond; all of both is in them.

    `progress` is called now and then with the ids of the first that are done, and all of them.
    """
    found, said = [], 0
    for step in _joined(_steps(one, other, 0, 0, 0)):
        found.append(step)
        if 100 * (step.end - said) > len(one):
            said = step.end
            progress(said, len(one))
    return found


def _joined(steps: Iterator[Step]) -> Iterator[Step]:
    """Steps of the same kind that follow one another as one."""
    last: Step | None = None
    for step in steps:
        if last is not None and step.equal == last.equal:
            last = Step(step.equal, last.start, step.end, last.other_start, step.other_end)
            continue
        if last is not None:
            yield last
        last = step
    if last is not None:
        yield last


def _steps(one: Array, other: Array, at: int, other_at: int, depth: int) -> Iterator[Step]:
    """The steps of two sequences that begin at some places of the whole ones."""
    shorter = min(len(one), len(other))
    unlike = np.flatnonzero(one[:shorter] != other[:shorter])
    same = int(unlike[0]) if len(unlike) else shorter
    if same:
        yield Step(True, at, at + same, other_at, other_at + same)
        one, other, at, other_at = one[same:], other[same:], at + same, other_at + same
    if not len(one) or not len(other):
        if len(one) or len(other):
            yield Step(False, at, at + len(one), other_at, other_at + len(other))
    elif len(one) * len(other) <= _SMALL or depth >= len(_ANCHORS):
        yield from _compared(one, other, at, other_at)
    else:
        yield from _between_anchors(one, other, at, other_at, depth)


def _compared(one: Array, other: Array, at: int, other_at: int) -> Iterator[Step]:
    """The steps of what is short, or has no anchors; long stretches in the same order are never told to have moved."""
    if len(one) * len(other) > _LARGEST:
        yield Step(False, at, at + len(one), other_at, other_at + len(other))
        return
    text, other_text = as_text(one), as_text(other)
    if _has_anchor(text, other_text) and anchors(one, other, _ANCHORS[0]):
        yield from _between_anchors(one, other, at, other_at, 0)
        return
    for each in Levenshtein.opcodes(text, other_text):
        yield Step(
            each.tag == "equal",
            at + each.src_start,
            at + each.src_end,
            other_at + each.dest_start,
            other_at + each.dest_end,
        )


def _has_anchor(one: str, other: str) -> bool:
    """Whether two short texts have a stretch in common that may be an anchor; of long ones it is not known yet."""
    if len(one) * len(other) > _SMALL:
        return True
    if min(len(one), len(other)) < _ANCHORS[0]:
        return False
    stretches = {one[at : at + _ANCHORS[0]] for at in range(len(one) - _ANCHORS[0] + 1)}
    return any(other[at : at + _ANCHORS[0]] in stretches for at in range(len(other) - _ANCHORS[0] + 1))


def _between_anchors(one: Array, other: Array, at: int, other_at: int, depth: int) -> Iterator[Step]:
    done = other_done = 0
    for start, end, other_start in anchors(one, other, _ANCHORS[depth]):
        cut = max(done - start, other_done - other_start, 0)
        if cut >= end - start:
            continue
        first, other_first = start + cut, other_start + cut
        yield from _steps(one[done:first], other[other_done:other_first], at + done, other_at + other_done, depth + 1)
        done, other_done = end, other_start + end - start
        yield Step(True, at + first, at + done, other_at + other_first, other_at + other_done)
    yield from _steps(one[done:], other[other_done:], at + done, other_at + other_done, depth + 1)


def slid(
    steps: Sequence[Step], one: Array, other: Array, starts: Collection[int], other_starts: Collection[int]
) -> list[Step]:
    """Steps of which those that only one sequence has begin at one of some places where they may as well begin there.

    Where both P Y and P X P Y are, P X is what only one has, and not X P, if P X begins at such a place.
    """
    found = list(steps)
    for at in range(1, len(steps)):
        before, step = found[at - 1], found[at]
        if step.equal or not before.equal:
            continue
        most = before.end - before.start - (at > 1)
        if step.other_start == step.other_end:
            by = _slide(one, step.start, step.end, most, starts)
        elif step.start == step.end:
            by = _slide(other, step.other_start, step.other_end, most, other_starts)
        else:
            continue
        if by:
            found[at - 1] = before._replace(end=before.end - by, other_end=before.other_end - by)
            found[at] = Step(False, step.start - by, step.end - by, step.other_start - by, step.other_end - by)
            if at + 1 == len(found):
                found.append(Step(True, step.end, step.end, step.other_end, step.other_end))
            after = found[at + 1]
            found[at + 1] = after._replace(start=after.start - by, other_start=after.other_start - by)
    return [step for step in found if step.end > step.start or step.other_end > step.other_start]


def _slide(ids: Array, start: int, end: int, most: int, starts: Collection[int]) -> int:
    """By how much a stretch that is left out can begin earlier, so that it begins at one of some places; else 0."""
    if start in starts:
        return 0
    for by in range(1, min(most, _FURTHEST) + 1):
        if ids[start - by] != ids[end - by]:
            break
        if start - by in starts:
            return by
    return 0


def anchors(one: Array, other: Array, length: int) -> list[tuple[int, int, int]]:
    """Equal stretches in the order of both, made of parts that are unique in each, that hold most ids together.

    Each is its start and end in the one and its start in the other; it is `length` ids long at least.
    """
    if min(len(one), len(other)) < length:
        return []
    hashes, places = _unique(_hashes(one, length))
    other_hashes, other_places = _unique(_hashes(other, length))
    _, here, there = np.intersect1d(hashes, other_hashes, assume_unique=True, return_indices=True)
    starts, other_starts = places.take(here), other_places.take(there)
    order = np.argsort(starts)
    starts, other_starts = starts.take(order), other_starts.take(order)
    begins = changes(starts - other_starts) | np.append(True, np.diff(starts) > 1)[: len(starts)]
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(starts)) - 1 if len(first) else first
    rows = np.stack((starts.take(first), starts.take(last) + length, other_starts.take(first)), axis=1)
    if (np.diff(rows[:, 2]) < 0).any():
        rows = rows[heaviest_rising(rows[:, 2], (rows[:, 1] - rows[:, 0]).tolist())]
    return [(start, end, other_start) for start, end, other_start in rows.tolist()]


def _hashes(ids: Array, length: int) -> Array:
    """uint64: a hash of each stretch of so many ids."""
    count = len(ids) - length + 1
    hashes = ids[:count].astype(np.uint64)
    for at in range(1, length):
        hashes *= _MULTIPLIER
        hashes ^= hashes >> np.uint64(29)
        hashes += ids[at : at + count]
    return hashes * _MULTIPLIER


def _unique(hashes: Array) -> tuple[Array, Array]:
    """The hashes that occur once, sorted, and where."""
    order = np.argsort(hashes, kind="stable")
    ascending = hashes.take(order)
    first = changes(ascending)
    once = first & np.append(first[1:], True)
    return ascending.compress(once), order.compress(once)


def heaviest_rising(values: Array, weights: Sequence[int]) -> list[int]:
    """The indices of the rising subsequence of different values that weighs most.

    A Fenwick tree holds the heaviest one that ends at or below each value.
    """
    ranks = (np.argsort(np.argsort(values)) + 1).tolist()
    most, ends = [0] * (len(ranks) + 1), [-1] * (len(ranks) + 1)
    before = [-1] * len(ranks)
    for at, (rank, weight) in enumerate(zip(ranks, weights, strict=True)):
        heaviest, before[at] = _heaviest(most, ends, rank - 1)
        while rank < len(most):
            if most[rank] < heaviest + weight:
                most[rank], ends[rank] = heaviest + weight, at
            rank += rank & -rank
    return _followed(before, _heaviest(most, ends, len(ranks))[1])


def _heaviest(most: Sequence[int], ends: Sequence[int], rank: int) -> tuple[int, int]:
    """The weight of the heaviest subsequence that ends at a rank or below, and its last index."""
    best = 0, -1
    while rank > 0:
        if most[rank] > best[0]:
            best = most[rank], ends[rank]
        rank &= rank - 1
    return best


def _followed(before: Sequence[int], last: int) -> list[int]:
    """The indices that lead to the last one."""
    found = []
    while last >= 0:
        found.append(last)
        last = before[last]
    return found[::-1]


def longest_rising(values: Sequence[int]) -> list[int]:
    """The indices of the longest rising subsequence."""
    ends: list[int] = []
    indices: list[int] = []
    before = [-1] * len(values)
    for at, value in enumerate(values):
        place = bisect_left(ends, value)
        if place == len(ends):
            ends.append(value)
            indices.append(at)
        else:
            ends[place], indices[place] = value, at
        before[at] = indices[place - 1] if place else -1
    return _followed(before, indices[-1] if indices else -1)
