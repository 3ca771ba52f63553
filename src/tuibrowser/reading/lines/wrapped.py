"""Wrapped: messages in lines of so many cells, whatever their language."""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise
from typing import Final

_FIRST_WIDE: Final = "\u1100"
"""No character before it takes two cells."""
_ROOT: Final = re.compile(r"(?<![\w./~])/(?=\w)", re.ASCII)
"""The slash that a path begins with, after which no line ends."""


def wrapped(text: str, cells: int) -> list[str]:
    """The lines of a text of `cells` each, as for text to be read; Latin text alone is broken at its spaces only.

    A word that fits into no line is longer in Latin text, and cut in Chinese.
    """
    if max(text, default="") < _FIRST_WIDE:
        return textwrap.wrap(text, cells, break_long_words=False, break_on_hyphens=False)
    from tuibrowser.reading.lines.linebreak import (
        break_lines,  # late: it takes a while to import, and English needs none
    )

    starts = [*break_lines(_ROOT.sub("x", text), cells), len(text)]
    return [text[start:end].rstrip() for start, end in pairwise(starts)]
