"""Sorting: make the postings of a segment by one sort."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from tuibrowser.hanzi.fold import BREAK, fold_table
from tuibrowser.search.index.arrays import Rising
from tuibrowser.search.index.notes import notes_in
from tuibrowser.search.index.segment import LONGEST_GAP, Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Array = npt.NDArray[Any]

BLOCK: Final = 1 << 18
"""Characters that are taken at a time, so that what is made of them stays in the processor's cache."""

_LOW, _HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)
"""Halves of a number of 64 bits in memory."""

_SECOND, _FIRST = (2, 3) if sys.byteorder == "little" else (1, 0)
"""The upper two quarters of such a number: the ids of a pair."""


def indexed(segment: Segment) -> Segment:
    """The segment with its postings, by one sort of `key << 32 | posting`, and with its notes."""
    keyed = np.empty(len(segment), np.uint64)
    size = _fill(segment, keyed)
    if not size:
        return segment
    _sort(keyed[:size])
    halves = keyed[:size].view(np.uint32).reshape(-1, 2)
    key = halves[:, _HIGH]
    new = np.concatenate([_changes(key, start) for start in range(0, size, BLOCK)])
    keys = key[new]
    # The postings take the place of what was sorted, from its beginning, so that there is no second copy.
    post = keyed.view(np.uint32)
    for start in range(0, size, BLOCK):
        part = halves[start : start + BLOCK, _LOW]
        post[start : start + len(part)] = part
    del halves, key, part, post
    keyed.resize((size + 1) // 2, refcheck=False)
    offs = Rising.of(np.append(new, size))
    post = keyed.view(np.uint32)[:size]
    notes = notes_in(segment)._asdict()
    return replace(segment, post=post, keys=keys, lows=offs.lows, carries=offs.carries, **notes)


def _sort(numbers: Array) -> None:
    """Sort in place, many numbers by two threads: NumPy lets others run while it sorts."""
    if len(numbers) <= BLOCK:
        numbers.sort()
        return
    from concurrent.futures import ThreadPoolExecutor

    middle = len(numbers) // 2
    numbers.partition(middle)
    with ThreadPoolExecutor(1) as beside:
        upper = beside.submit(numbers[middle:].sort)
        numbers[:middle].sort()
        upper.result()


def _changes(key: Array, start: int) -> Array:
    """Where in a block of sorted keys another one begins; the very first does."""
    if start == 0:
        block = key[:BLOCK]
        return np.concatenate(([0], np.flatnonzero(block[1:] != block[:-1]) + 1))
    block = key[start - 1 : start + BLOCK]
    return np.flatnonzero(block[1:] != block[:-1]) + start


def _fill(segment: Segment, keyed: Array) -> int:
    """Put the keys and postings of a segment, in no order, to the beginning of an array; return how many they are.

    Two threads make those of several blocks, one from the beginning of the array on and one from its end: they do not
    meet, since the array is as long as the segment, and a character begins one pair at most.
    """
    starts = range(0, len(segment), BLOCK)
    if len(starts) <= 1:
        return _fill_from_start(segment, starts, keyed)
    from concurrent.futures import ThreadPoolExecutor  # It cannot be loaded by a program that is just ending.

    half = len(starts) // 2
    with ThreadPoolExecutor(1) as beside:
        behind = beside.submit(_fill_from_end, segment, starts[half:], keyed)
        size = _fill_from_start(segment, starts[:half], keyed)
        more = behind.result()
    moved = min(more, len(keyed) - size - more)
    keyed[size : size + moved] = keyed[len(keyed) - moved :]
    return size + more


def _fill_from_start(segment: Segment, starts: Sequence[int], keyed: Array) -> int:
    """Put the keys and postings of blocks to the beginning of an array; return how many they are."""
    size = 0
    for start in starts:
        pairs = _pairs(segment, start)
        _write(pairs, keyed[size : size + len(pairs.postings)])
        size += len(pairs.postings)
    return size


def _fill_from_end(segment: Segment, starts: Sequence[int], keyed: Array) -> int:
    """Put the keys and postings of blocks to the end of an array; return how many they are."""
    at = len(keyed)
    for start in starts:
        pairs = _pairs(segment, start)
        _write(pairs, keyed[at - len(pairs.postings) : at])
        at -= len(pairs.postings)
    return len(keyed) - at


class _Pairs(NamedTuple):
    """Pairs of characters: uint16 the ids of both, uint32 the postings."""

    first: Array
    second: Array
    postings: Array


def _write(pairs: _Pairs, keyed: Array) -> None:
    # Written where they belong in each number, which is quicker than shifting all of it into place.
    quarters = keyed.view(np.uint16).reshape(-1, 4)
    quarters[:, _FIRST] = pairs.first
    quarters[:, _SECOND] = pairs.second
    keyed.view(np.uint32).reshape(-1, 2)[:, _LOW] = pairs.postings


def _pairs(segment: Segment, start: int) -> _Pairs:
    """The significant characters in the block that begins at a position, each with the next."""
    ids = segment.fold.take(segment.codes[start : start + BLOCK + 2 * (LONGEST_GAP + 1)])
    significant = ids >= fold_table().gap_end
    significant |= ids == BREAK
    places = np.flatnonzero(significant)
    own = int(np.searchsorted(places, BLOCK))
    ids = ids.take(places)
    reached = np.full(own + 1, BREAK, np.uint16)
    following = max(0, min(own + 1, len(places) - 1))
    reached[:following] = ids[1 : following + 1]
    reached[:following][np.diff(places[: following + 1]) > LONGEST_GAP + 1] = BREAK
    kept = np.flatnonzero(ids[:own] != BREAK)
    second = reached.take(kept)
    postings = places.take(kept).astype(np.uint32)
    postings += np.uint32(start)
    if segment.hint_bits:
        after = reached[1:].take(kept)
        after[second == BREAK] = BREAK
        postings <<= np.uint32(segment.hint_bits)
        postings |= fold_table().groups.take(after)
    return _Pairs(ids.take(kept), second, postings)
