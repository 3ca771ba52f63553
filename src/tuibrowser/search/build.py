"""Build: texts to segments, and segments to larger ones, each indexed by one sort."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.fold import BREAK, code_points, fold_table
from tuibrowser.search.lengths import packed
from tuibrowser.search.segment import BMP, LONGEST_GAP, SURROGATE, SURROGATES, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    Array = npt.NDArray[Any]

_BUDGET: Final = 0x7FFF_0000
"""Characters that a segment may hold: positions are 32 bits."""

_BLOCK: Final = 1 << 20
"""Characters that are taken at a time, so that what is made of them stays in the processor's cache."""

_NONE: Final = np.empty(0, np.uint32)
_LOW, _HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)


@dataclass(frozen=True, slots=True)
class IndexText:
    """What the index takes of a document.

    `starts` are the beginnings of its paragraphs in `repaired` (code points, ascending), `headings` the spans of its
    headings in the raw text, sorted, `edits` those of the alignment of the raw with the repaired text, as numbers one
    after another: start, end, length; and `lines` are the beginnings of the lines of the raw text.
    """

    number: int
    repaired: str
    starts: Sequence[int]
    headings: Sequence[tuple[int, int]] = ()
    edits: Sequence[int] = ()
    lines: Sequence[int] = ()


def build(texts: Sequence[IndexText]) -> Segment:
    """Index documents, whose numbers must ascend."""
    return indexed(gather(texts))


def merge(segments: Sequence[Segment]) -> Segment:
    """One segment of the documents of several, in ascending order of their numbers; each may be without postings."""
    return indexed(joined(in_order(segments)))


def gather(texts: Sequence[IndexText]) -> Segment:
    """A segment of documents, whose numbers must ascend, without postings."""
    codes, beyond = _codes(texts)
    docs = np.ones(len(texts) + 1, np.uint32)
    para, heads, edits, lines = [], [], [], []
    at = 1
    for number, text in enumerate(texts):
        starts = np.asarray(text.starts, np.int64) if len(text.starts) else np.zeros(1, np.int64)
        para.append((starts + at).astype(np.uint32))
        rows = _edit_rows(text)
        heads.append((_heads(text, rows) + at).astype(np.uint32))
        rows[:, :2] += at
        edits.append(rows.astype(np.uint32))
        lines.append(packed(np.diff(np.asarray(text.lines, np.int64))))
        at += len(text.repaired) + 1
        docs[number + 1] = at
    breaks = np.concatenate(para) if para else _NONE
    codes[breaks - np.uint32(1)] = 0
    return Segment(
        codes,
        beyond,
        post=_NONE,
        keys=_NONE,
        offs=np.zeros(1, np.uint32),
        para=breaks,
        heads=np.concatenate(heads) if heads else np.empty((0, 2), np.uint32),
        docs=docs,
        numbers=np.array([text.number for text in texts], np.int32),
        edits=np.concatenate(edits) if edits else np.empty((0, 4), np.uint32),
        first_edit=_first(edits),
        lines=np.concatenate(lines) if lines else np.empty(0, np.uint8),
        first_line=_first(lines),
    )


def _codes(texts: Iterable[IndexText]) -> tuple[Array, Array]:
    """The codes of all texts, a break before each and at the end, and what their surrogates stand for."""
    whole = "\0".join(["", *(text.repaired.replace("\0", "\ufffd") for text in texts), ""])
    data = whole.encode(f"utf-16-{sys.byteorder[0]}e", "surrogatepass")
    if len(data) > 2 * len(whole):
        return _compact(code_points(whole))
    codes = np.frombuffer(data, np.uint16).copy()
    codes[codes >> np.uint16(11) == SURROGATE >> 11] = 0xFFFD  # as `code_points` has it
    return codes, _NONE


def _compact(points: Array) -> tuple[Array, Array]:
    """Codes of code points, and what their surrogates stand for."""
    far = points >= BMP
    beyond = np.unique(points[far])
    if len(beyond) > SURROGATES:
        return points.astype(np.uint32), _NONE
    codes = points.astype(np.uint16)
    codes[far] = (SURROGATE + np.searchsorted(beyond, points[far])).astype(np.uint16)
    return codes, beyond.astype(np.uint32)


def _edit_rows(text: IndexText) -> Array:
    """A row for each edit: start and end in the repaired and in the raw text."""
    if not len(text.edits):
        return np.empty((0, 4), np.int64)
    start, end, length = np.asarray(text.edits, np.int64).reshape(-1, 3).T
    target_end = end + np.cumsum(length - (end - start))
    return np.stack((target_end - length, target_end, start, end), axis=1)


def _to_target(rows: Array, offsets: Array) -> Array:
    """Where the repaired text holds the characters at offsets into the raw text, as `Alignment.to_target` has it."""
    if not len(rows):
        return offsets
    at = np.searchsorted(rows[:, 2], offsets, "right") - 1
    begin, end, raw_begin, raw_end = rows[np.maximum(at, 0)].T
    inside = begin + np.minimum(offsets - raw_begin, np.maximum(0, end - begin - 1))
    return np.where(at < 0, offsets, np.where(offsets >= raw_end, offsets - raw_end + end, inside))


def _heads(text: IndexText, rows: Array) -> Array:
    """The spans of the headings in the repaired text."""
    spans = np.asarray(text.headings, np.int64).reshape(-1, 2)
    first, last = _to_target(rows, spans[:, 0]), _to_target(rows, np.maximum(spans[:, 1] - 1, spans[:, 0]))
    return np.stack((first, last + 1), axis=1)


def _first(pieces: Sequence[Array]) -> Array:
    """Where each of several arrays begins among all, and where the last ends."""
    return np.cumsum([0, *map(len, pieces)]).astype(np.uint32)


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
        found = _keyed(segment, start)
        keyed[size : size + len(found)] = found
        size += len(found)
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


def _keyed(segment: Segment, start: int) -> Array:
    """The keys and postings of the significant characters in the block that begins at a position."""
    ids = segment.fold[segment.codes[start : start + _BLOCK + 2 * (LONGEST_GAP + 1)]]
    places = np.flatnonzero((ids >= fold_table().gap_end) | (ids == BREAK))
    own = int(np.searchsorted(places, _BLOCK))
    if not own:
        return np.empty(0, np.uint64)
    ids = ids[places]
    reached = np.full(own + 1, BREAK, np.uint16)
    following = min(own + 1, len(places) - 1)
    reached[:following] = ids[1 : following + 1]
    reached[:following][np.diff(places[: following + 1]) > LONGEST_GAP + 1] = BREAK
    kept = np.flatnonzero(ids[:own] != BREAK)
    keyed = ids[kept].astype(np.uint64)
    keyed <<= np.uint64(16)
    keyed |= reached[kept]
    keyed <<= np.uint64(32)
    postings = (places[kept] + start).astype(np.uint64)
    if segment.hint_bits:
        after = reached[1:][kept]
        after[reached[kept] == BREAK] = BREAK
        postings <<= np.uint64(segment.hint_bits)
        postings |= fold_table().groups.take(after)
    keyed |= postings
    return keyed


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
