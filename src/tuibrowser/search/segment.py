"""Segment: the positional index of a run of documents, as NumPy arrays.

The texts stand one after another as `codes`, one for each code point of the repaired texts, 0 before the first, between
paragraphs and after each document. A significant character is no gap (punctuation, space, control). The postings are
the positions of significant characters, grouped by the fold ids of the character and of the next significant one in its
paragraph, `first << 16 | second` (second is 0 where none follows within `LONGEST_GAP`), ascending in each group.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.hanzi.fold import BREAK, code_points, fold_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Array = npt.NDArray[Any]

LONGEST_GAP = 12
"""Characters that may stand between two that follow one another in a match: a closing mark, a break, a list number."""

_BMP = 0x10000
_SURROGATE = 0xD800
_SURROGATES = 0x800
"""Codes that stand for the characters beyond the first plane, of which a text holds few different ones."""

_BUDGET = 0x7FFF_0000
"""Characters that a segment may hold: positions are 32 bits."""


@dataclass(frozen=True, slots=True)
class IndexText:
    """What the index takes of a document.

    `starts` are the beginnings of its paragraphs in `repaired` (code points, ascending), `headings` the spans of its
    headings in the raw text, sorted, and `edits` those of the alignment of the raw with the repaired text, as numbers
    one after another: start, end, length.
    """

    number: int
    repaired: str
    starts: Sequence[int]
    headings: Sequence[tuple[int, int]] = ()
    edits: Sequence[int] = ()


@dataclass(frozen=True)
class Segment:
    """The index of some documents. All offsets are positions in `codes`, unless they are said to be in a document."""

    codes: Array
    """uint16, or uint32 where a text holds very many different characters beyond the first plane."""
    beyond: Array
    """uint32, sorted: the characters that the codes from U+D800 on stand for."""
    post: Array
    keys: Array
    """uint32, sorted: the pairs of ids that occur."""
    offs: Array
    """uint32: where the postings of each key begin, and where the last end."""
    para: Array
    """uint32, sorted: where paragraphs begin."""
    heads: Array
    """uint32, a row for each heading: its start and end, sorted."""
    docs: Array
    """uint32: where documents begin, and where the last ends."""
    numbers: Array
    """int32, ascending: the numbers of the documents in the corpus."""
    edits: Array
    """uint32, a row for each edit: its start and end in `codes`, and in the raw text of its document."""
    first_edit: Array
    """uint32: the first edit of each document, and the number of edits."""

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def fold(self) -> Array:
        """The id of every code."""
        table = fold_table().table
        if self.codes.dtype == np.uint32:
            return table
        folds = table[:_BMP].copy()
        folds[_SURROGATE : _SURROGATE + len(self.beyond)] = table[self.beyond]
        return folds

    @cached_property
    def gap(self) -> Array:
        """Whether a code is a gap."""
        gap: Array = (self.fold != BREAK) & (self.fold < fold_table().gap_end)
        return gap

    @cached_property
    def rows(self) -> Array:
        """int64: where in `keys` the pairs begin whose first id is at least this one."""
        firsts = np.arange(_BMP, dtype=np.uint32) << np.uint32(16)
        return np.append(np.searchsorted(self.keys, firsts), len(self.keys)).astype(np.int64)

    @cached_property
    def present(self) -> Array:
        """int64: the ids that begin a pair."""
        return np.flatnonzero(np.diff(self.rows))

    @cached_property
    def by_initial(self) -> tuple[Array, Array]:
        """For each id its row in a table; and the table: where in `post` the second ids of each initial begin.

        Only first readings, whose ids are one range an initial, are counted.
        """
        bounds = np.array([*initial_bounds().values(), fold_table().read_end], np.uint32)
        row = np.full(_BMP, -1, np.int32)
        row[self.present] = np.arange(len(self.present))
        wanted = (self.present.astype(np.uint32)[:, None] << np.uint32(16)) | bounds[None, :]
        return row, self.offs[np.searchsorted(self.keys, wanted)]

    @cached_property
    def head_columns(self) -> tuple[Array, Array]:
        """Where headings begin and end."""
        return np.ascontiguousarray(self.heads[:, 0]), np.ascontiguousarray(self.heads[:, 1])

    def frequency(self, start: int, end: int) -> int:
        """How often significant characters of a range of ids occur."""
        return int(self.offs[self.rows[end]]) - int(self.offs[self.rows[start]])

    def code_of(self, character: str) -> int | None:
        """The code of a character, None where it does not occur beyond the first plane."""
        point = ord(character)
        if point < _BMP or self.codes.dtype == np.uint32:
            return point
        at = int(np.searchsorted(self.beyond, point))
        return _SURROGATE + at if at < len(self.beyond) and self.beyond[at] == point else None

    def text(self, start: int, end: int) -> str:
        """The characters from one position to another; paragraphs are divided by a newline."""
        points = _points(self.codes[start:end], self.beyond)
        points[points == 0] = 10
        return points.astype("<u4").tobytes().decode("utf-32-le")

    def document_index(self, positions: Array) -> Array:
        """The place, in `numbers`, of the documents that hold positions."""
        return np.searchsorted(self.docs, _unsigned(positions), "right") - 1

    def paragraph_index(self, positions: Array) -> Array:
        """The place, in `para`, of the paragraphs that hold positions."""
        return np.maximum(np.searchsorted(self.para, _unsigned(positions), "right") - 1, 0)

    def paragraph_end(self, paragraph: int) -> int:
        """Where a paragraph ends, the break after it not counted."""
        after = int(self.para[paragraph + 1]) if paragraph + 1 < len(self.para) else len(self.codes)
        return after - 1

    @cached_property
    def _edit_columns(self) -> Array:
        return np.ascontiguousarray(self.edits.T)

    def source_spans(self, starts: Array, ends: Array) -> tuple[Array, Array, Array]:
        """The document index of spans, and their starts and ends in its raw text, as `Alignment.source_span` has it."""
        documents = self.document_index(starts)
        origin = self.docs[documents].astype(np.int64)
        lowest = self.first_edit[documents].astype(np.int64)
        starts, ends = starts.astype(np.int64), ends.astype(np.int64)
        if len(self.edits) == 0:
            return documents, starts - origin, ends - origin
        begin, end, raw_begin, raw_end = self._edit_columns

        def edit_at(positions: Array) -> tuple[Array, Array]:
            at = np.searchsorted(begin, _unsigned(positions), "right") - 1
            return np.maximum(at, 0), at < lowest

        def row(at: Array) -> list[Array]:
            return [column[at].astype(np.int64) for column in (begin, end, raw_begin, raw_end)]

        def character(positions: Array) -> Array:
            at, before = edit_at(positions)
            first, stop, raw_first, raw_stop = row(at)
            inside = raw_first + np.minimum(positions - first, np.maximum(0, raw_stop - raw_first - 1))
            after = np.where(positions >= stop, positions - stop + raw_stop, inside)
            mapped: Array = np.where(before, positions - origin, after)
            return mapped

        first = character(starts)
        last = np.maximum(ends - 1, starts)
        at, before = edit_at(last)
        edit_first, edit_stop, raw_first, raw_stop = row(at)
        outside = before | (last >= edit_stop)
        inner = raw_first + np.minimum(ends - edit_first, raw_stop - raw_first)
        stop = np.where(outside, character(last) + 1, np.where(ends == edit_stop, raw_stop, inner))
        return documents, first, np.where(ends <= starts, first, np.maximum(first, stop))


def _unsigned(positions: Array) -> Array:
    """Positions in the type of the arrays they are looked up in, which are copied otherwise."""
    return positions.astype(np.uint32, copy=False)


@cache
def initial_bounds() -> dict[str, int]:
    """Where the ids of the characters begin whose first reading begins with a letter; letters ascend."""
    table = fold_table()
    bounds: dict[str, int] = {}
    for syllable, start in zip(table.syllables, table.starts, strict=False):
        bounds.setdefault(syllable[0], start)
    return bounds


def _points(codes: Array, beyond: Array) -> Array:
    points = codes.astype(np.uint32)
    if codes.dtype == np.uint32 or not len(beyond):
        return points
    place = points - np.uint32(_SURROGATE)
    stands_for = (points >= _SURROGATE) & (place < len(beyond))
    points[stands_for] = beyond[place[stands_for]]
    return points


def _compact(points: Array) -> tuple[Array, Array]:
    """Codes of code points, and what their surrogates stand for."""
    far = points >= _BMP
    if not far.any():
        return points.astype(np.uint16), np.empty(0, np.uint32)
    beyond = np.unique(points[far])
    if len(beyond) > _SURROGATES:
        return points, np.empty(0, np.uint32)
    codes = points.astype(np.uint16)
    codes[far] = (_SURROGATE + np.searchsorted(beyond, points[far])).astype(np.uint16)
    return codes, beyond


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


def build(texts: Sequence[IndexText]) -> Segment:
    """Index documents, whose numbers must ascend."""
    points = np.zeros(1 + sum(len(text.repaired) + 1 for text in texts), np.uint32)
    docs = np.ones(len(texts) + 1, np.uint32)
    para, heads, edits = [], [], []
    first_edit = [0]
    at = 1
    for number, text in enumerate(texts):
        found = code_points(text.repaired)
        points[at : at + len(found)] = np.where(found == 0, 0xFFFD, found)
        starts = np.asarray(text.starts, np.int64) if len(text.starts) else np.zeros(1, np.int64)
        points[at + starts[starts > 0] - 1] = 0
        para.append((starts + at).astype(np.uint32))
        rows = _edit_rows(text)
        heads.append((_heads(text, rows) + at).astype(np.uint32))
        rows[:, :2] += at
        edits.append(rows.astype(np.uint32))
        first_edit.append(first_edit[-1] + len(rows))
        at += len(found) + 1
        docs[number + 1] = at
    codes, beyond = _compact(points)
    return _indexed(
        codes,
        beyond,
        para=np.concatenate(para) if para else np.empty(0, np.uint32),
        heads=np.concatenate(heads) if heads else np.empty((0, 2), np.uint32),
        docs=docs,
        numbers=np.array([text.number for text in texts], np.int32),
        edits=np.concatenate(edits) if edits else np.empty((0, 4), np.uint32),
        first_edit=np.array(first_edit, np.uint32),
    )


def merge(segments: Sequence[Segment]) -> Segment:
    """One segment of the documents of several, in ascending order of their numbers."""
    if not _in_order(segments):
        pieces = [
            (int(segment.numbers[index]), segment, index)
            for segment in segments
            for index in range(len(segment.numbers))
        ]
        segments = [_slice(segment, index) for _, segment, index in sorted(pieces, key=lambda piece: piece[0])]
    lengths = [int(segment.docs[-1]) - int(segment.docs[0]) for segment in segments]
    origins = [int(segment.docs[0]) for segment in segments]
    bases: Array = np.cumsum([1, *lengths])[:-1] - np.array(origins)
    edits, first_edit, total = [], [np.zeros(1, np.int64)], 0
    for base, segment in zip(bases.tolist(), segments, strict=False):
        rows = segment.edits.copy()
        rows[:, :2] += np.uint32(base)
        edits.append(rows)
        first_edit.append(segment.first_edit[1:].astype(np.int64) + total)
        total += len(rows)
    points = np.concatenate(
        [np.zeros(1, np.uint32)]
        + [_points(segment.codes[int(segment.docs[0]) : int(segment.docs[-1])], segment.beyond) for segment in segments]
    )
    codes, beyond = _compact(points)
    del points
    shifted = list(zip(bases.tolist(), segments, strict=False))
    return _indexed(
        codes,
        beyond,
        para=np.concatenate([segment.para + np.uint32(base) for base, segment in shifted]),
        heads=np.concatenate([segment.heads + np.uint32(base) for base, segment in shifted]),
        docs=np.concatenate(
            [np.ones(1, np.uint32), *(segment.docs[1:] + np.uint32(base) for base, segment in shifted)]
        ),
        numbers=np.concatenate([segment.numbers for segment in segments]),
        edits=np.concatenate(edits),
        first_edit=np.concatenate(first_edit).astype(np.uint32),
    )


def _in_order(segments: Sequence[Segment]) -> bool:
    numbers = [int(number) for segment in segments for number in segment.numbers[[0, -1]].tolist()]
    return all(before <= after for before, after in pairwise(numbers))


def _slice(segment: Segment, index: int) -> Segment:
    """One document of a segment, without its postings."""
    start, end = int(segment.docs[index]), int(segment.docs[index + 1])
    first, last = int(segment.first_edit[index]), int(segment.first_edit[index + 1])
    origin = np.uint32(start)
    rows = segment.edits[first:last].copy()
    rows[:, :2] -= origin
    empty = np.empty(0, np.uint32)
    return Segment(
        segment.codes[start:end],
        segment.beyond,
        empty,
        empty,
        np.zeros(1, np.uint32),
        para=_between(segment.para, start, end) - origin,
        heads=segment.heads[slice(*np.searchsorted(segment.heads[:, 0], (start, end)).tolist())] - origin,
        docs=np.array([0, end - start], np.uint32),
        numbers=segment.numbers[index : index + 1],
        edits=rows,
        first_edit=np.array([0, last - first], np.uint32),
    )


def _between(places: Array, start: int, end: int) -> Array:
    low, high = np.searchsorted(places, (start, end)).tolist()
    return places[low:high]


def _indexed(codes: Array, beyond: Array, **rest: Array) -> Segment:
    """A segment with its postings, by one sort of `key << 32 | position`."""
    empty = np.empty(0, np.uint32)
    segment = Segment(codes, beyond, empty, empty, np.zeros(1, np.uint32), **rest)
    ids = segment.fold[codes]
    places = np.flatnonzero(~segment.gap[codes]).astype(np.uint32)
    if len(places) < 2:
        return segment
    reached = ids[places[1:]].astype(np.uint64)
    reached[np.diff(places) > LONGEST_GAP + 1] = BREAK
    first = ids[places[:-1]]
    kept = first != BREAK
    keyed = first[kept].astype(np.uint64)
    del ids
    keyed <<= np.uint64(16)
    keyed |= reached[kept]
    keyed <<= np.uint64(32)
    keyed |= places[:-1][kept]
    del reached, first, kept, places
    keyed.sort()
    post = keyed.astype(np.uint32)
    keyed >>= np.uint64(32)
    key = keyed.astype(np.uint32)
    del keyed
    if not len(key):
        return segment
    new = np.flatnonzero(key[1:] != key[:-1]) + 1
    keys = np.concatenate((key[:1], key[new]))
    offs = np.concatenate(([0], new, [len(post)])).astype(np.uint32)
    return Segment(codes, beyond, post, keys, offs, **rest)


def batches(segments: Sequence[Segment], largest: int) -> Iterator[list[Segment]]:
    """Neighbouring segments put together up to a size in characters."""
    batch: list[Segment] = []
    size = 0
    for segment in segments:
        if batch and size + len(segment) > min(largest, _BUDGET):
            yield batch
            batch, size = [], 0
        batch.append(segment)
        size += len(segment)
    if batch:
        yield batch
