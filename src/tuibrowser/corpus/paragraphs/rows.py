"""Lines as the search for wrapping sees them: their widths in cells, and the marks at their ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tuibrowser.corpus.numbering import BULLET, ENUMERATOR, UNIT
from tuibrowser.corpus.paragraphs.verse import is_couplet

NARROWEST: Final = 24
"""Cells; narrower lines of one width are verse."""
RAGGED: Final = 4
"""Cells by which a full line may fall short: a mark that may not begin the next line takes a character along."""
HANGING: Final = 2
"""Cells by which a mark may hang over the edge."""
MIN_FULL: Final = 3
"""Full lines that show a width."""
MARKS: Final = frozenset("。，、；：？！…—～·”’」』）》〉】〕.,;:?!)]}\"'─")
SENTENCE_END: Final = frozenset('。？！…”’」』）.?!)"：:；')
STARTS_ANEW: Final = re.compile(rf"{UNIT}|{ENUMERATOR}|{BULLET}|\d{{1,3}}\.[\u3400-\u9fff]|[【<#]|——")
HEADED: Final = re.compile(rf"{UNIT}[ \u3000](?!第)")
"""A number set apart from what it stands above; in a sentence it is not."""
PAUSE: Final = re.compile("[，。；、？！,;]")


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the wrapping sees it: its text without white space at either end, and the rest in cells."""

    text: str
    indent: int
    """White space before it."""
    width: int
    """All up to its last character, indent included."""
    length: int
    """The same in code points, with white space at its end."""
    follows: bool
    """Whether it stands below the row before it as the lines of a paragraph do, without a line that divides them."""


def cells(text: str) -> int:
    """About how many cells a text takes: ASCII one, the rest two (Greek and other alphabets one and a half)."""
    return (len(text) + len(text.encode("utf-8", "surrogatepass"))) // 2


def breaks_off(row: Row, after: Row) -> bool:
    """Whether a line ends in the middle of a sentence that the next one goes on with."""
    return row.text[-1] not in MARKS and STARTS_ANEW.match(after.text) is None and not is_couplet(after.text)
