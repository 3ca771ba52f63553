"""Rows: what a row of the screen shows of a text."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.frozen import frozen


@frozen
class Row:
    """A row of the screen.

    `paragraph` is the number of the paragraph, -1 for a gap, for folded furniture or for readings; `line` is 0 for its
    first line. `start` and `end` are code points of the viewed paragraph's text, the spaces at which the line ends left
    out. `fold` is the number of furniture paragraphs folded into this row, `apparatus` how many of them are readings of
    other editions. Where the row has the readings of the line below, `read` is the number of its paragraph, else -1.
    """

    paragraph: int
    line: int
    start: int
    end: int
    fold: int = 0
    read: int = -1
    apparatus: int = 0


GAP: Final = Row(-1, 0, 0, 0)
