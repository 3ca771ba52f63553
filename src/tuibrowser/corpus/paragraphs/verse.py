"""Verse and tables: runs of lines that keep their ends because their lengths or columns agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.numbering import ENUMERATOR, UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_LINE: Final = 40
"""Code points of a line of verse."""
_PAUSE: Final = re.compile(r"[，。！？；、,.!?;：:\s\u3000]+")
_NO_VERSE: Final = re.compile(rf"{UNIT}|{ENUMERATOR}|[（(【〔\[]|[A-Za-z0-9]|[^：]{{1,12}}：$")
_METRES: Final = frozenset((3, 4, 5, 6, 7, 8))
_WITHOUT_MARKS: Final = frozenset((4, 5, 7))
"""Lengths of a line without marks that can be one of verse."""
_MIN_PHRASES: Final = 4
_BOX: Final = frozenset(map(chr, range(0x2500, 0x2580)))
"""Box drawing."""
_LONGEST_ROW: Final = 60
"""Code points of a row that may hold several sentences; a longer one is prose below a title in the same line."""
_SENTENCE_ENDS: Final = re.compile("[。！？]")
_TABLE: Final = re.compile(r"[^\s。！？；，：”](?:\t| {2,}|\u3000{2,})\S")


class Measure(NamedTuple):
    """How many characters each phrase of a line has, and how many phrases there are; 0 of both where it is no verse."""

    metre: int
    phrases: int


_PROSE: Final = Measure(0, 0)


def measured(text: str) -> Measure:
    """The measure of a line: that of verse where all of its phrases have the same number of characters."""
    if len(text) > LONGEST_LINE or _NO_VERSE.match(text):
        return _PROSE
    pieces = _PAUSE.split(text)
    lengths = [len(piece) for piece in pieces if piece]
    if not lengths or lengths.count(length := lengths[0]) < len(lengths):
        return _PROSE
    return Measure(length, len(lengths)) if length in (_METRES if len(pieces) > 1 else _WITHOUT_MARKS) else _PROSE


def metre(text: str) -> int:
    """How many characters each phrase of a line has, if all have the same number and it can be verse; else 0."""
    return measured(text).metre


def phrases(text: str) -> int:
    """How many phrases a line has."""
    return len(list(filter(None, _PAUSE.split(text))))


def is_couplet(text: str) -> bool:
    """Whether a line is verse of several phrases, which a line of prose is only by chance."""
    return measured(text).phrases > 1


def is_stanza(lines: Sequence[Measure]) -> bool:
    """Whether lines of one metre are enough to be verse and no chance: two with four phrases, or four bare ones."""
    return len(lines) > 1 and sum([line.phrases for line in lines]) >= _MIN_PHRASES


def columns(text: str) -> int:
    """How many columns tabs, runs of spaces or drawn lines make of a line; 1 for what is no row of a table."""
    if "\t" not in text and "  " not in text and "\u3000\u3000" not in text and text[:1] not in _BOX:
        return 1
    if len(text) > _LONGEST_ROW and len(_SENTENCE_ENDS.findall(text)) > 1:
        return 1
    if text[:1] in _BOX:
        return max(2, sum(map(text.count, "│┃┼┬┴")))
    return len(_TABLE.findall(text)) + 1
