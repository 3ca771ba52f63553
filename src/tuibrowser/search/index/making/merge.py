"""Merge: build segments from texts, and larger segments from segments, each indexed by one sort."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.making.gather import gather
from tuibrowser.search.index.making.sorting import BLOCK, indexed
from tuibrowser.search.index.segment import BMP, SURROGATE, SURROGATES, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.taken import IndexText

    Array = npt.NDArray[Any]

_BUDGET: Final = 0x7FFF_0000
"""Characters that a segment may hold: positions are 32 bits."""

_NONE: Final = np.empty(0, np.uint32)


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
    edits = segment.edits[first_edit:last_edit].copy()
    layers = segment.layers[slice(*np.searchsorted(segment.layers[:, 0], (start, end)).tolist())].copy()
    for rows in (edits, layers):
        rows[:, :2] -= origin
    return Segment(
        segment.codes[start - 1 : end],
        segment.beyond,
        para=_between(segment.para, start, end) - origin,
        heads=segment.heads[slice(*np.searchsorted(segment.heads[:, 0], (start, end)).tolist())] - origin,
        docs=segment.docs[first : last + 1] - origin,
        numbers=segment.numbers[first:last] if numbers is None else numbers,
        edits=edits,
        first_edit=segment.first_edit[first : last + 1] - np.uint32(first_edit),
        lines=segment.lines[first_line:last_line],
        first_line=segment.first_line[first : last + 1] - np.uint32(first_line),
        layers=layers,
    )


def _between(places: Array, start: int, end: int) -> Array:
    low, high = np.searchsorted(places, np.array((start, end), places.dtype)).tolist()
    return places[low:high]


def joined(segments: Sequence[Segment]) -> Segment:
    """One segment, without postings, of several whose numbers ascend."""
    bases = np.cumsum([0, *(len(segment) - 1 for segment in segments)])[:-1].astype(np.uint32)
    shifted = list(zip(bases, segments, strict=True))
    codes, beyond = _joined_codes(segments)
    return Segment(
        codes,
        beyond,
        para=np.concatenate([segment.para + base for base, segment in shifted]),
        heads=np.concatenate([segment.heads + base for base, segment in shifted]),
        docs=np.concatenate([np.ones(1, np.uint32), *(segment.docs[1:] + base for base, segment in shifted)]),
        numbers=np.concatenate([segment.numbers for segment in segments]),
        edits=np.concatenate([_moved(segment.edits, base) for base, segment in shifted]),
        first_edit=_continued([segment.first_edit for segment in segments]),
        lines=np.concatenate([segment.lines for segment in segments]),
        first_line=_continued([segment.first_line for segment in segments]),
        layers=np.concatenate([_moved(segment.layers, base) for base, segment in shifted]),
    )


def _moved(rows: Array, by: np.uint32) -> Array:
    """Rows with their first two numbers, a start and an end in the codes, moved up."""
    moved = rows.copy()
    moved[:, :2] += by
    return moved


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
        for start in range(1, len(segment), BLOCK):
            block = segment.codes[start : start + BLOCK]
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
