"""Parse: what Textual writes to its driver, as paintings of a frame, or as bytes that draw nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tuibrowser.terminal.cells.errors import Unmodelled
from tuibrowser.terminal.cells.pens import DEFAULT
from tuibrowser.terminal.cells.widths import cells, is_sure, leading_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.terminal.cells.pens import Pens

_GO = re.compile(r"\x1b\[(\d+);(\d+)H")
_PIECE = re.compile(r"\x1b\[([\d;]*)m|\x1b\]8;([^\x1b\x07]*)(?:\x1b\\|\x07)|([^\x00-\x1f\x7f-\x9f]+)")

_DRAWS_NOTHING = re.compile(
    r"(?:"
    r"\x1b\[\?(?!(?:[356]|47|69|104[789])[hl])\d+[hl]"  # modes, but not those that change what is on the screen
    r"|\x1b\[\?\d+\$p"  # questions
    r"|\x1b\[[<>=][\d;]*[a-z]"  # the keyboard protocol
    r"|\x1b\](?!8;)[^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, clipboard, pointer
    r"|\x1bP(?:[^\x1b]|\x1b\x1b|\x1b(?=[^\\\x1b]))*\x1b\\"  # passed through tmux or screen
    r"|\x1b_[^\x1b]*\x1b\\"
    r"|\x07)*"
)

KEPT_STRIPS = 1024
"""Pieces of lines kept apart from their place, since scrolling shows the same ones again."""


class Strip(NamedTuple):
    """A piece of a line: the strings of its cells and their pens."""

    text: tuple[str, ...]
    pens: tuple[int, ...]
    is_sure: bool
    """Whether all terminals agree on its width."""


class Painting(NamedTuple):
    """A strip and its place; rows and columns count from 0."""

    row: int
    column: int
    strip: Strip


class Frame(NamedTuple):
    """The paintings of one write of Textual, and where it leaves the cursor (column, row)."""

    paintings: tuple[Painting, ...]
    cursor: tuple[int, int]


def draws_nothing(data: str) -> bool:
    """Whether these bytes leave all cells, the cursor and the pen as they are."""
    return _DRAWS_NOTHING.fullmatch(data) is not None


class Parser:
    """Reads frames; knows the strips it has read before."""

    def __init__(self, pens: Pens) -> None:
        self._pens = pens
        self._strips: dict[str, Strip] = {}

    def frame(self, data: str) -> Frame:
        """Read a frame: cursor positions, each followed by styled text.

        Raises Unmodelled for anything else.
        """
        parts = _GO.split(data)
        if parts[0] or len(parts) == 1:
            raise Unmodelled("no cursor position at the beginning")
        return Frame(tuple(self._paintings(parts)), (int(parts[-2]) - 1, int(parts[-3]) - 1))

    def _paintings(self, parts: list[str]) -> Iterator[Painting]:
        if parts[-1]:
            raise Unmodelled("the cursor is left behind a text")
        for index in range(1, len(parts) - 3, 3):
            text = parts[index + 2].removesuffix("\n")
            if text:
                yield Painting(int(parts[index]) - 1, int(parts[index + 1]) - 1, self._strip(text))

    def _strip(self, data: str) -> Strip:
        known = self._strips.get(data)
        if known is None:
            if len(self._strips) >= KEPT_STRIPS:
                self._strips.clear()
            known = self._strips[data] = self._read(data)
        return known

    def _read(self, data: str) -> Strip:
        text: list[str] = []
        pens: list[int] = []
        pen, position = DEFAULT, 0
        while position < len(data):
            piece = _PIECE.match(data, position)
            if piece is None:
                raise Unmodelled(repr(data[position : position + 20]))
            position = piece.end()
            if piece.lastindex == 3:
                self._add(text, pens, piece[3], pen)
            else:
                pen = self._pens.sgr(pen, piece[1]) if piece.lastindex == 1 else self._pens.linked(pen, piece[2])
        if pen != DEFAULT:
            raise Unmodelled("a pen that outlasts its text")
        return Strip(tuple(text), tuple(pens), is_sure("".join(text)))

    def _add(self, text: list[str], pens: list[int], characters: str, pen: int) -> None:
        marks = leading_marks(characters)
        if marks and text:
            text[-2 if text[-1] == "" else -1] += characters[:marks]
            characters = characters[marks:]
        new = cells(characters)
        text += new
        blank = self._pens.blank(pen)
        pens += [pen] * len(new) if blank == pen else [blank if cell == " " else pen for cell in new]
