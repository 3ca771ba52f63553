"""Gather: put together what the index takes of documents, as a segment without postings."""

from __future__ import annotations

import sys
from array import array
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from tuibrowser.hanzi.fold import code_points
from tuibrowser.search.index.making.lengths import packed, sizes
from tuibrowser.search.index.segment import BMP, PARAGRAPH, SURROGATE, SURROGATES, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.taken import IndexText

    Array = npt.NDArray[Any]

_NONE: Final = np.empty(0, np.uint32)

_SEPARATOR: Final = chr(PARAGRAPH)
_LINE: Final = "\u2028"
"""What replaces a separator of paragraphs inside a paragraph."""


SEALED: Final = 1_000_000
"""Characters of documents that are put together while a corpus is being read."""

LARGEST: Final = 45_000_000
"""Characters of a segment of a corpus that has been read: 100 MB of text, 0.7 GB of memory while it is built."""


def gather(texts: Sequence[IndexText]) -> Segment:
    """A segment of documents, whose numbers must ascend, without postings."""
    codes, beyond = _codes(texts)
    docs = 1 + _firsts([len(text.repaired) + 1 for text in texts])
    starts = _column([text.starts if len(text.starts) else (0,) for text in texts])
    breaks = (starts.values + docs.take(starts.owners)).astype(np.uint32)
    codes[breaks - np.uint32(1)] = PARAGRAPH
    codes[docs - 1] = 0
    edits = _edit_rows(texts)
    rows = edits.values.copy()
    rows[:, :2] += docs.take(edits.owners)[:, None]
    lines, first_line = _packed_lines(texts)
    return Segment(
        codes,
        beyond,
        para=breaks,
        heads=_heads(texts, edits, docs).astype(np.uint32),
        docs=docs.astype(np.uint32),
        numbers=np.array([text.number for text in texts], np.int32),
        edits=rows.astype(np.uint32),
        first_edit=edits.first.astype(np.uint32),
        lines=lines,
        first_line=first_line.astype(np.uint32),
        layers=_layers(texts, docs),
    )


def _codes(texts: Iterable[IndexText]) -> tuple[Array, Array]:
    """The codes of all texts, a break before each and at the end, and what their surrogates stand for."""
    repaired = (text.repaired.replace("\0", "\ufffd").replace(_SEPARATOR, _LINE) for text in texts)
    whole = "\0".join(["", *repaired, ""])
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


class _Column(NamedTuple):
    """The values of one kind of all documents, one after another; all int64.

    `first` says where each document's begin, and where the last's end; `owners` has the index of the document of each.
    """

    values: Array
    first: Array
    owners: Array


def _firsts(counts: Sequence[int]) -> Array:
    """int64: where each of several stretches of these lengths begins, and where the last ends."""
    return np.cumsum([0, *counts])


_UNSIGNED: Final = "I"
"""The type code of the arrays in which numbers come."""


def _column(pieces: Sequence[Sequence[int]]) -> _Column:
    counts = list(map(len, pieces))
    joined = b"".join([piece if isinstance(piece, array) else array(_UNSIGNED, piece) for piece in pieces])
    values = np.frombuffer(joined, np.uintc).astype(np.int64)
    return _Column(values, _firsts(counts), np.repeat(np.arange(len(counts)), counts))


def _edit_rows(texts: Sequence[IndexText]) -> _Column:
    """A row for each edit: start and end in the repaired and in the raw text, both of the document."""
    flat = _column([text.edits for text in texts])
    first, owners = flat.first // _NUMBERS, flat.owners[::_NUMBERS]
    start, end, length = flat.values.reshape(-1, _NUMBERS).T
    grown = np.concatenate((np.zeros(1, np.int64), np.cumsum(length - (end - start))))
    target_end = end + grown[1:] - grown.take(first.take(owners))
    return _Column(np.stack((target_end - length, target_end, start, end), axis=1), first, owners)


_NUMBERS: Final = 3
"""Numbers of an edit (start, end, length) or of a layer (start, end, which)."""


def _heads(texts: Sequence[IndexText], edits: _Column, docs: Array) -> Array:
    """int64: the spans of the headings in the codes of all documents, which begin at `docs`."""
    counts = [len(text.headings) for text in texts]
    numbers = chain.from_iterable(chain.from_iterable(text.headings for text in texts))
    starts, ends = np.fromiter(numbers, np.int64, 2 * sum(counts)).reshape(-1, 2).T
    owners = np.repeat(np.arange(len(counts)), counts)
    first = _to_target(edits, owners, starts)
    last = _to_target(edits, owners, np.maximum(ends - 1, starts))
    return np.stack((first, last + 1), axis=1) + docs.take(owners)[:, None]


def _to_target(edits: _Column, owners: Array, offsets: Array) -> Array:
    """Where the repaired texts of their owners hold the characters at raw offsets, as `Alignment.to_target` has it."""
    if not len(edits.values):
        return offsets
    keys = edits.owners << _POSITION_BITS | edits.values[:, 2]
    at = np.searchsorted(keys, owners << _POSITION_BITS | offsets, "right") - 1
    begin, end, raw_begin, raw_end = edits.values.take(np.maximum(at, 0), axis=0).T
    inside = begin + np.minimum(offsets - raw_begin, np.maximum(0, end - begin - 1))
    moved = np.where(offsets >= raw_end, offsets - raw_end + end, inside)
    return np.where(at < edits.first.take(owners), offsets, moved)


_POSITION_BITS: Final = 32


def _layers(texts: Sequence[IndexText], docs: Array) -> Array:
    """uint32: a row for each stretch of another layer than the text, in the codes of all documents."""
    held = [at for at, text in enumerate(texts) if len(text.layers)]
    if not held:
        return np.empty((0, _NUMBERS), np.uint32)
    flat = _column([texts[at].layers for at in held])
    rows = flat.values.reshape(-1, _NUMBERS)
    rows[:, :2] += docs.take(held).take(flat.owners[::_NUMBERS])[:, None]
    return rows.astype(np.uint32)


def _packed_lines(texts: Sequence[IndexText]) -> tuple[Array, Array]:
    """The lengths of all lines but the last of each document, packed, and where those of each document begin."""
    lines = _column([text.lines for text in texts])
    within = lines.owners[1:] == lines.owners[:-1]
    lengths = np.diff(lines.values).compress(within)
    counts = np.maximum(np.diff(lines.first) - 1, 0)
    reached = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes(lengths))))
    return packed(lengths), reached.take(_firsts(counts.tolist()))
