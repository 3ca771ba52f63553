"""Notes: where a segment has notes in brackets, and between which characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from tuibrowser.hanzi.fold import fold
from tuibrowser.search.index.walk import following, preceding

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_OPENING: Final = "([{〔【〖"
_CLOSING: Final = ")]}〕】〗"
"""The closing bracket of each opening one; full-width forms share their classes."""

_LONGEST: Final = 1_000
"""Characters of a note."""

_DEPTH: Final = 3
"""Notes within notes that are looked at."""

_SCANNED: Final = 1 << 18
"""Codes looked through at a time."""

_SPREAD: Final = np.uint16(40_503)
"""An odd number near 2 ** 16 divided by the golden ratio: multiples of it are spread evenly."""


class NotesFound(NamedTuple):
    """The columns that a segment has of its notes."""

    note_starts: Array
    note_ends: Array
    note_order: Array
    note_prints: Array


def notes_in(segment: Segment) -> NotesFound:
    """Find the notes of a segment; notes side by side count as one, and so does one in another."""
    positions, kinds = _brackets(segment)
    opened, closed = _outermost(positions, kinds, segment.document_index(positions))
    left, _ = preceding(segment, opened, segment.codes.take(opened))
    right, _ = following(segment, closed, segment.codes.take(closed))
    apart = right[:-1] <= opened[1:]
    first, last = (np.append(True, apart), np.append(apart, True)) if len(opened) else (apart, apart)
    ids = [segment.fold.take(segment.codes.take(at)) for at in (left.compress(first), right.compress(last))]
    prints = print_of(*ids)
    order = np.argsort(prints, kind="stable")
    starts, ends = opened.compress(first).astype(np.uint32), closed.compress(last).astype(np.uint32)
    return NotesFound(starts, ends, order.astype(np.uint32), prints.take(order))


def print_of(before: Array, after: Array) -> Array:
    """uint16: a print of each pair of ids, those of the characters before and after a note."""
    return np.asarray(before.astype(np.uint16) * _SPREAD ^ after.astype(np.uint16))


def _brackets(segment: Segment) -> tuple[Array, Array]:
    """Return the positions of brackets, int64, and their kinds, int8; those of closing ones are negative."""
    kinds = np.zeros(1 << 16, np.int8)
    for number, pair in enumerate(zip(fold(_OPENING).tolist(), fold(_CLOSING).tolist(), strict=True), 1):
        kinds[list(pair)] = number, -number
    of_codes = kinds.take(segment.fold)
    is_bracket = of_codes != 0
    found = [
        is_bracket.take(segment.codes[start : start + _SCANNED]).nonzero()[0] + start
        for start in range(0, len(segment), _SCANNED)
    ]
    positions = np.concatenate([np.empty(0, np.int64), *found])
    return positions, of_codes.take(segment.codes.take(positions))


def _outermost(positions: Array, kinds: Array, documents: Array) -> tuple[Array, Array]:
    """Return where notes open and close, sorted; notes inside another are left out."""
    opened, closed = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for _ in range(_DEPTH):
        closes = (kinds[:-1] > 0) & (kinds[1:] == -kinds[:-1]) & (documents[1:] == documents[:-1])
        pairs = np.flatnonzero(closes)
        opened.append(positions.take(pairs))
        closed.append(positions.take(pairs + 1))
        left = np.ones(len(positions), bool)
        left[pairs] = left[pairs + 1] = False
        positions, kinds, documents = (column.compress(left) for column in (positions, kinds, documents))
    starts, ends = np.concatenate(opened), np.concatenate(closed)
    fit = ends - starts <= _LONGEST
    starts, ends = starts.compress(fit), ends.compress(fit)
    order = np.argsort(starts, kind="stable")
    starts, ends = starts.take(order), ends.take(order)
    outer = np.maximum.accumulate(np.append(-1, ends))[:-1] < ends
    return starts.compress(outer), ends.compress(outer)
