"""Ambiguous: how many cells Textual gives to the characters that some terminals draw wide (“ ” … — · ①).

Textual measures every text by `rich.cells`, and that by one table; there is no setting, so the table is exchanged.
"""

from __future__ import annotations

import sys
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from rich import cells as rich_cells

from tuibrowser.terminal.cells import widths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLE = "“"
"""One of them."""

_SURROGATES = range(0xD800, 0xE000)
_narrow_table = rich_cells.load_cell_table  # type: ignore[attr-defined]  # rich does not export it
_narrow_only = rich_cells._is_single_cell_widths


def ambiguous_cells() -> int:
    """The cells that Textual gives to them now."""
    return rich_cells.get_character_cell_size(EXAMPLE)


def draw_ambiguous(cells: int) -> None:
    """Let Textual, and with it the lean driver, give them so many cells, 1 or 2; before anything is drawn."""
    rich_cells.load_cell_table = _narrow_table if cells == 1 else _wide_table  # type: ignore[attr-defined]
    rich_cells._is_single_cell_widths = _narrow_only if cells == 1 else _is_ascii
    caches: tuple[Callable[..., object], ...] = (
        rich_cells.get_character_cell_size,
        rich_cells.cached_cell_len,
        widths.cells,
        widths.doubt,
    )
    for each in caches:
        each.cache_clear()  # type: ignore[attr-defined]  # all of them are cached


def _is_ascii(text: str) -> bool:
    return text.isascii() and text.isprintable()


@cache
def _wide_table(version: str = "auto") -> rich_cells.CellTable:
    table = _narrow_table(version)
    taken = {code for start, end, _ in table.widths for code in range(start, end + 1)}
    return table._replace(widths=sorted([*table.widths, *_ambiguous_ranges(taken)]))


def _ambiguous_ranges(taken: set[int]) -> Iterator[tuple[int, int, int]]:
    """Ranges of ambiguous characters, first and last, of two cells; not those that combine."""
    codes = (
        code
        for code in range(0xA0, sys.maxunicode + 1)
        if code not in _SURROGATES and east_asian_width(chr(code)) == "A" and code not in taken
    )
    for _, group in groupby(enumerate(codes), lambda pair: pair[1] - pair[0]):
        members = [code for _, code in group]
        yield members[0], members[-1], 2
