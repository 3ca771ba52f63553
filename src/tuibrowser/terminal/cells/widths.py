"""Widths: text to cells as Textual counts them, and where a terminal might count otherwise."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from unicodedata import category, east_asian_width

from rich import cells as rich_cells

from tuibrowser.terminal.cells.errors import Unmodelled

_JOINERS = ("\u200d", "\ufe0f")

_SURE = (
    (0x20, 0x7E),
    (0x2500, 0x259F),  # lines and blocks: every frame of a terminal program is drawn with them, one cell each
    (0x3000, 0x3029),
    (0x3031, 0x303C),
    (0x303E, 0x303E),
    (0x3041, 0x3247),
    (0x3250, 0x4DBF),
    (0x4E00, 0xA48C),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFF01, 0xFF60),
    (0x20000, 0x3FFFD),
)
"""Characters whose width no two terminals disagree about; 302A–302D combine, 3248–324F and 4DC0–4DFF are disputed."""

_OLD_AND_PLAIN = ("L", "N", "P", "S")
"""Letters, numbers, punctuation and symbols that are assigned; what is not known yet may be anything."""

_met: set[str] = set()
"""Those of them that were met. A pattern of all of them would cost each start 3 ms."""


class Doubt(IntEnum):
    """How far terminals agree on a width."""

    NONE = 0
    SETTLED_BY_ASKING = 1
    """One character that is narrow here and may be wide on a terminal set up so (“ ” … — ①): East Asian Ambiguous."""
    DISPUTED = 2
    """Emoji, joined or new characters, marks: every terminal and every version has its own opinion."""


def is_sure(text: str) -> bool:
    """Whether every terminal gives this text the same number of cells."""
    new = set(text) - _met
    if all(any(first <= ord(character) <= last for first, last in _SURE) for character in new):
        _met.update(new)
        return True
    return False


@lru_cache(4096)
def doubt(cell: str) -> Doubt:
    """How sure the width of a cell's text is."""
    if is_sure(cell):
        return Doubt.NONE
    if len(cell) > 1 or not category(cell).startswith(_OLD_AND_PLAIN):
        return Doubt.DISPUTED
    narrow = rich_cells.get_character_cell_size(cell) == 1
    return Doubt.SETTLED_BY_ASKING if narrow or east_asian_width(cell) == "A" else Doubt.DISPUTED


@lru_cache(4096)
def cells(text: str) -> tuple[str, ...]:
    """One string a cell: a character with its combining marks, then "" for the right half of a wide one.

    Raises Unmodelled where a mark of no width comes first, and for a character of more than two cells.
    """
    if text.isascii():
        return tuple(text)
    found: list[str] = []
    for cluster, width in _clusters(text):
        if width == 0:
            _attach(found, cluster)
        elif width <= 2:
            found += (cluster,) if width == 1 else (cluster, "")
        else:
            raise Unmodelled(f"{width} cells for one character")
    return tuple(found)


def leading_marks(text: str) -> int:
    """How many characters at the beginning take no cell of their own: they join the text before them."""
    size = rich_cells.get_character_cell_size
    return next((index for index, character in enumerate(text) if size(character) or character in _JOINERS), len(text))


def _clusters(text: str) -> list[tuple[str, int]]:
    if any(joiner in text for joiner in _JOINERS):
        return [(text[start:end], width) for start, end, width in rich_cells.split_graphemes(text)[0]]
    size = rich_cells.get_character_cell_size
    return [(character, size(character)) for character in text]


def _attach(found: list[str], mark: str) -> None:
    """Join a mark of no width to the character before it."""
    if not found:
        raise Unmodelled("a mark of no width with nothing before it")
    found[-2 if found[-1] == "" else -1] += mark
