"""Cells: how many columns of a terminal a text takes.

Ideographs of every plane, kana, Hangul and pictures take two cells, combining marks, joiners and variation
selectors none. Ambiguous characters (“ ” … — ·) take one, as rich, wcwidth and tmux have it, unless
`draw_ambiguous` says that this terminal draws them wide. Control characters take none and must not reach a terminal.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import Final

from tuibrowser.hanzi import _widths

JOINER: Final = "\u200d"
"""Zero width joiner: the character after it becomes part of the one before."""
PICTURE: Final = "\ufe0f"
"""Variation selector 16: the character before it is shown as a picture, two cells wide."""


class _Table(dict[str, int]):
    """The cells of single characters, found when first asked for."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self._ambiguous = ambiguous

    def draw_ambiguous(self, cells: int) -> None:
        """Count so many cells for ambiguous characters from now on."""
        self._ambiguous = cells
        self.clear()

    def __missing__(self, character: str) -> int:
        cells = self[character] = self._cells(ord(character))
        return cells

    def _cells(self, code: int) -> int:
        if code < 0x20 or 0x7F <= code < 0xA0 or _within(code, _ranges("ZERO")):
            return 0
        if _within(code, _ranges("WIDE")):
            return 2
        if self._ambiguous != 1 and unicodedata.east_asian_width(chr(code)) == "A":
            return self._ambiguous
        return 1


@cache
def _ranges(name: str) -> tuple[list[int], list[int]]:
    """The first and the last code points of the ranges of a table of `_widths`."""
    pairs = [pair.split("-") for pair in getattr(_widths, name).split()]
    return [int(pair[0], 16) for pair in pairs], [int(pair[-1], 16) for pair in pairs]


def _within(code: int, ranges: tuple[list[int], list[int]]) -> bool:
    firsts, lasts = ranges
    at = bisect_right(firsts, code) - 1
    return at >= 0 and code <= lasts[at]


@cache
def _table(ambiguous: int) -> _Table:
    return _Table(ambiguous)


CELLS: Final = _Table(1)
"""The cells of single characters; `map(CELLS.__getitem__, text)` is the fast way over a text."""


def draw_ambiguous(cells: int) -> None:
    """Say how many cells the terminal gives to “ ” … — · and their kind, for the whole process, before any layout."""
    CELLS.draw_ambiguous(cells)


def char_cells(character: str, ambiguous: int | None = None) -> int:
    """Cells of a single code point: 0, 1 or 2; `ambiguous` is for another terminal than the one that is drawn on."""
    return _cells_of(ambiguous)[character]


def _cells_of(ambiguous: int | None) -> _Table:
    return CELLS if ambiguous is None else _table(ambiguous)


def cell_width(text: str, ambiguous: int | None = None) -> int:
    """Cells of a text: those of its code points, sequences joined or made into pictures counted once."""
    if text.isascii() and text.isprintable():
        return len(text)
    if PICTURE in text or JOINER in text:
        return sum(advances(text, ambiguous))
    return sum(map(_cells_of(ambiguous).__getitem__, text))


def advances(text: str, ambiguous: int | None = None) -> list[int]:
    """Cells by which each code point moves the cursor; what joins an earlier one moves it by none."""
    table = _cells_of(ambiguous)
    cells = [table[character] for character in text]
    if PICTURE not in text and JOINER not in text:
        return cells
    base = -1
    joined = False
    for index, character in enumerate(text):
        if joined:
            cells[index], joined = 0, False
        elif character == JOINER:
            cells[index], joined = 0, True
        elif character == PICTURE:
            cells[index] = int(base >= 0 and _widened(text[base]))
            base = -1
        elif cells[index]:
            base = index
    return cells


def offset_at_cell(text: str, cell: int) -> int:
    """The offset, in code points, of the character that covers a cell from 0; its length for cells past the end."""
    if cell < 0:
        return 0
    return min(bisect_right(list(accumulate(advances(text))), cell), len(text))


@cache
def _widened(character: str) -> bool:
    return _within(ord(character), _ranges("WIDENED"))
