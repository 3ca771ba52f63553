"""Wrapped: messages in lines of so many cells, whatever their language."""

from __future__ import annotations

import textwrap
from itertools import pairwise

from tuibrowser.hanzi.cells import cell_width


def wrapped(text: str, cells: int) -> list[str]:
    """The lines of a text of `cells` each, as for text to be read; Latin text alone is broken at its spaces only.

    A word that fits into no line is longer in Latin text, and cut in Chinese.
    """
    if cell_width(text) == len(text):
        return textwrap.wrap(text, cells, break_long_words=False, break_on_hyphens=False)
    from tuibrowser.reading.linebreak import break_lines  # It takes a while to load, and English needs none.

    starts = [*break_lines(text, cells), len(text)]
    return [text[start:end].rstrip() for start, end in pairwise(starts)]
