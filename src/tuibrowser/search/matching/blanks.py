"""Blanks: matches whose gaps hold nothing to read, as in letter-spaced text and at the ends of paragraphs."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.hanzi.fold import fold_table
from tuibrowser.search.index.arrays import expand

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_IDS = 1 << 16
_BLANKS = frozenset(("Zs", "Zl", "Zp", "Cc"))
_MARKS = frozenset(("Mn", "Me", "Cf"))
_SPACED_SCRIPTS = 0x2E80
"""Code points below this belong to scripts that set words apart by blanks."""


def only_marks(segment: Segment, starts: Array, ends: Array) -> Array:
    """Whether each match has no gaps but marks upon its characters: accents, selectors, invisible controls."""
    ids, firsts = _ids_of(segment, starts, ends)
    return _all_of_each(_is_mark().take(ids) | (ids >= fold_table().gap_end), firsts)


def only_blanks(segment: Segment, starts: Array, ends: Array) -> Array:
    """Whether each match has no gaps but blanks and marks; a blank between words of a spaced script is no such gap."""
    ids, firsts = _ids_of(segment, starts, ends)
    significant = ids >= fold_table().gap_end
    is_word = _is_of_words().take(ids)
    order = np.arange(len(ids))
    before = np.maximum.accumulate(np.where(significant, order, 0))
    after = np.minimum.accumulate(np.where(significant, order, len(ids) - 1)[::-1])[::-1]
    apart = is_word.take(before) & is_word.take(after)
    return _all_of_each(significant | _is_mark().take(ids) | (_is_blank().take(ids) & ~apart), firsts)


def _ids_of(segment: Segment, starts: Array, ends: Array) -> tuple[Array, Array]:
    """The ids of the characters of all matches, one after another, and where those of each begin."""
    ids = segment.fold.take(segment.codes.take(expand(starts, ends)))
    return ids, np.concatenate((np.zeros(1, np.int64), np.cumsum(ends - starts)[:-1]))


def _all_of_each(hold: Array, firsts: Array) -> Array:
    return np.asarray(np.logical_and.reduceat(hold, firsts)) if len(hold) else np.empty(0, bool)


@cache
def _is_blank() -> Array:
    return _gaps_of(_BLANKS)


@cache
def _is_mark() -> Array:
    return _gaps_of(_MARKS)


def _gaps_of(categories: frozenset[str]) -> Array:
    """Return, for every id, whether it is that of a gap of one of these Unicode categories."""
    table, chosen = fold_table(), np.zeros(_IDS, bool)
    codes = np.flatnonzero(table.table < table.gap_end).tolist()
    held = [code for code in codes if unicodedata.category(chr(code)) in categories]
    chosen[table.table[held]] = True
    return chosen


@cache
def _is_of_words() -> Array:
    """Return, for every id, whether it is a letter or digit of a script that sets words apart by blanks."""
    table, chosen = fold_table(), np.zeros(_IDS, bool)
    ids = table.table[:_SPACED_SCRIPTS]
    chosen[ids[(ids >= table.gap_end) & (ids < table.bucket_start)]] = True
    return chosen
