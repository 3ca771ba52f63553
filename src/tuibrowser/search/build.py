"""Build: texts to segments, and segments to larger ones, each indexed by one sort."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.fold import BREAK, fold_table
from tuibrowser.search.gather import IndexText, gather
from tuibrowser.search.segment import BMP, LONGEST_GAP, SURROGATE, SURROGATES, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    Array = npt.NDArray[Any]

_BUDGET: Final = 0x7FFF_0000
"""Characters that a segment may hold: positions are 32 bits."""

_BLOCK: Final = 1 << 18
"""Characters that are taken at a time, so that what is made of them stays in the processor's cache."""

_NONE: Final = np.empty(0, np.uint32)
_LOW, _HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)
"""Halves of a number of 64 bits in memory."""

_SECOND, _FIRST = (2, 3) if sys.byteorder == "little" else (1, 0)
"""The upper two quarters of such a number: the ids of a pair."""


def build(texts: Sequence[IndexText]) -> Segment:
    """Index documents, whose numbers must ascend."""
    return indexed(gather(texts))


def merge(segments: Sequence[Segment]) -> Segment:
    """One segment of the documents of several, in ascending order of their numbers; each may be without postings."""
    return indexed(joined(in_order(segments)))


def in_order(segments: Sequence[Segment]) -> list[Segment]:
    """Segments without postings of the same documents, so that all numbers ascend."""
    if all(before <= after for before, after in pairwise(_ends(segments))):
        return list(segments)
    places = sorted(
        (int(number), which, index)
        for which, segment in enumerate(segments)
        for index, number in enumerate(segment.numbers.tolist())
    )
    runs: list[list[int]] = []
    for _, which, index in places:
        if runs and runs[-1][0] == which and runs[-1][2] == index:
            runs[-1][2] += 1
        else:
            runs.append([which, index, index + 1])
    return [part(segments[which], first, last) for which, first, last in runs]


def _ends(segments: Sequence[Segment]) -> list[int]:
    return [int(number) for segment in segments for number in segment.numbers[[0, -1]].tolist()]


def part(segment: Segment, first: int, last: int, numbers: Array | None = None) -> Segment:
    """The documents of a segment from one index to another, without postings, perhaps under other numbers."""
    start, end = int(segment.docs[first]), int(segment.docs[last])
    origin = np.uint32(start - 1)
    first_edit, last_edit = int(segment.first_edit[first]), int(segment.first_edit[last])
    first_line, last_line = int(segment.first_line[first]), int(segment.first_line[last])
    rows = segment.edits[first_edit:last_edit].copy()
    rows[:, :2] -= origin
    return Segment(
        segment.codes[start - 1 : end],
        segment.beyond,
        post=_NONE,
        keys=_NONE,
        offs=np.zeros(1, np.uint32),
        para=_between(segment.para, start, end) - origin,
        heads=segment.heads[slice(*np.searchsorted(segment.heads[:, 0], (start, end)).tolist())] - origin,
        docs=segment.docs[first : last + 1] - origin,
        numbers=segment.numbers[first:last] if numbers is None else numbers,
        edits=rows,
        first_edit=segment.first_edit[first : last + 1] - np.uint32(first_edit),
        lines=segment.lines[first_line:last_line],
        first_line=segment.first_line[first : last + 1] - np.uint32(first_line),
    )


def _between(places: Array, start: int, end: int) -> Array:
    low, high = np.searchsorted(places, np.array((start, end), places.dtype)).tolist()
    return places[low:high]


def joined(segments: Sequence[Segment]) -> Segment:
    """One segment, without postings, of several whose numbers ascend."""
    bases = np.cumsum([0, *(len(segment) - 1 for segment in segments)])[:-1].astype(np.uint32)
    shifted = list(zip(bases, segments, strict=True))
    codes, beyond = _joined_codes(segments)
    edits = []
    for base, segment in shifted:
        rows = segment.edits.copy()
        rows[:, :2] += base
        edits.append(rows)
    return Segment(
        codes,
        beyond,
        post=_NONE,
        keys=_NONE,
        offs=np.zeros(1, np.uint32),
        para=np.concatenate([segment.para + base for base, segment in shifted]),
        heads=np.concatenate([segment.heads + base for base, segment in shifted]),
        docs=np.concatenate([np.ones(1, np.uint32), *(segment.docs[1:] + base for base, segment in shifted)]),
        numbers=np.concatenate([segment.numbers for segment in segments]),
        edits=np.concatenate(edits),
        first_edit=_continued([segment.first_edit for segment in segments]),
        lines=np.concatenate([segment.lines for segment in segments]),
        first_line=_continued([segment.first_line for segment in segments]),
    )


def _continued(firsts: Sequence[Array]) -> Array:
    """Where the parts of several arrays begin when they are put one after another."""
    bases = np.cumsum([0, *(int(first[-1]) for first in firsts)])[:-1].astype(np.uint32)
    return np.concatenate(
        [np.zeros(1, np.uint32), *(first[1:] + base for base, first in zip(bases, firsts, strict=True))]
    )


def _joined_codes(segments: Sequence[Segment]) -> tuple[Array, Array]:
    """The codes of all segments, one break between two, and what their surrogates stand for."""
    found = [_beyond(segment) for segment in segments]
    beyond = np.unique(np.concatenate(found)).astype(np.uint32)
    wide = len(beyond) > SURROGATES
    codes = np.empty(sum(len(segment) - 1 for segment in segments) + 1, np.uint32 if wide else np.uint16)
    codes[0] = 0
    at = 1
    for segment, own in zip(segments, found, strict=True):
        for start in range(1, len(segment), _BLOCK):
            block = segment.codes[start : start + _BLOCK]
            if len(own) or wide:
                points = segment.points(block)
                far = points >= BMP
                if not wide:
                    points[far] = SURROGATE + np.searchsorted(beyond, points[far])
                block = points
            codes[at : at + len(block)] = block
            at += len(block)
    return codes, _NONE if wide else beyond


def _beyond(segment: Segment) -> Array:
    """The characters beyond the first plane that occur in a segment."""
    if segment.codes.dtype == np.uint32:
        return np.unique(segment.codes[segment.codes >= BMP])
    if not len(segment.beyond):
        return _NONE
    places = segment.codes - np.uint16(SURROGATE)
    return segment.beyond[np.unique(places[places < len(segment.beyond)])]


def indexed(segment: Segment) -> Segment:
    """The segment with its postings, by one sort of `key << 32 | posting`."""
    keyed = np.empty(len(segment), np.uint64)
    size = 0
    for start in range(0, len(segment), _BLOCK):
        size += _write_keyed(segment, start, keyed[size:])
    if not size:
        return segment
    keyed[:size].sort()
    halves = keyed[:size].view(np.uint32).reshape(-1, 2)
    key = halves[:, _HIGH]
    new = np.concatenate([_changes(key, start) for start in range(0, size, _BLOCK)])
    keys = key[new]
    # The postings take the place of what was sorted, from its beginning, so that there is no second copy.
    post = keyed.view(np.uint32)
    for start in range(0, size, _BLOCK):
        part = halves[start : start + _BLOCK, _LOW]
        post[start : start + len(part)] = part
    del halves, key, part, post
    keyed.resize((size + 1) // 2, refcheck=False)
    return replace(segment, post=keyed.view(np.uint32)[:size], keys=keys, offs=np.append(new, size).astype(np.uint32))


def _changes(key: Array, start: int) -> Array:
    """Where in a block of sorted keys another one begins; the very first does."""
    if start == 0:
        block = key[:_BLOCK]
        return np.concatenate(([0], np.flatnonzero(block[1:] != block[:-1]) + 1))
    block = key[start - 1 : start + _BLOCK]
    return np.flatnonzero(block[1:] != block[:-1]) + start


def _write_keyed(segment: Segment, start: int, keyed: Array) -> int:
    """Write key and posting of each significant character in the block that begins at a position; return how many."""
    ids = segment.fold.take(segment.codes[start : start + _BLOCK + 2 * (LONGEST_GAP + 1)])
    significant = ids >= fold_table().gap_end
    significant |= ids == BREAK
    places = np.flatnonzero(significant)
    own = int(np.searchsorted(places, _BLOCK))
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
    # Written where they belong in each number, which is quicker than shifting all of it into place.
    quarters = keyed[: len(kept)].view(np.uint16).reshape(-1, 4)
    quarters[:, _FIRST] = ids.take(kept)
    quarters[:, _SECOND] = second
    keyed[: len(kept)].view(np.uint32).reshape(-1, 2)[:, _LOW] = postings
    return len(kept)


def batches(parts: Iterable[Segment], largest: int) -> Iterator[list[Segment]]:
    """Parts in ascending order put together, and cut between documents, up to a size in characters.

    Where the cuts are depends on the documents alone, so that an index that was brought up to date is the one that is
    built anew. A document that is larger stands alone.
    """
    batch: list[Segment] = []
    size, most = 0, min(largest, _BUDGET)
    for each in parts:
        first = 0
        while first < len(each.numbers):
            ends = each.docs[first + 1 :] - each.docs[first]
            last = first + int(np.searchsorted(ends, np.uint32(max(0, most - size)), "right"))
            if last == first and batch:
                yield batch
                batch, size = [], 0
                continue
            last = max(last, first + 1)
            batch.append(each if last - first == len(each.numbers) else part(each, first, last))
            size += int(each.docs[last]) - int(each.docs[first])
            first = last
    if batch:
        yield batch
