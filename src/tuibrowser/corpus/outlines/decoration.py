"""Decoration: marks around a heading that set it off, such as 【第一章】, ===第一章=== or ☆、第一章."""

from __future__ import annotations

import re
from typing import Final

from tuibrowser.corpus.numbering import NUMERALS, UNIT

_MARKS: Final = "#＃=＝*＊~～_＿☆★◆◇●◎■▲△※§❀✿•♡♥❤►▶⊙¤√│┃|｜+＋─━—–-－"
_PAIRS: Final = {"【": "】", "〖": "〗", "《": "》", "〈": "〉", "［": "］", "[": "]", "〔": "〕", "（": "）", "(": ")"}
_QUOTES: Final = {"「": "」", "『": "』", "“": "”"}
_QUOTED: Final = re.compile(rf"[「『“](?:{UNIT}|卷[{NUMERALS}上中下])")
"""A heading in quotation marks; they are decoration around the number of a unit alone, else what is said."""
_OPENING: Final = re.compile(rf"[{re.escape(_MARKS)}]+[ \u3000、]*")
_CLOSING: Final = re.compile(rf"[ \u3000]*[{re.escape(_MARKS)}]+$")
_RULES: Final = frozenset("─━—–-－~～")
_KEPT: Final = "《〈（("
"""Marks that belong to the title they enclose."""

FIRST: Final = frozenset(_MARKS) | _PAIRS.keys() | _QUOTES.keys()
"""The code points that a decorated line may begin with."""


def inside(line: str) -> tuple[int, int]:
    """The span of a line that its decoration encloses: all of it where there is none, empty for a page number.

    >>> inside("===第一章 夜===")
    (3, 8)
    """
    start, end = 0, len(line)
    if line[:1] not in FIRST:
        return start, end
    while start < end:
        at = start, end
        if (found := _OPENING.match(line, start, end)) is not None:
            start = found.end()
        if start and (found := _CLOSING.search(line, start, end)) is not None:
            end = found.start()
        if _is_enclosed(line, start, end):
            start, end = start + 1, end - 1
        if at == (start, end):
            break
    ruled = start > 0 and line[0] in _RULES
    return (start, start) if ruled and line[start:end].strip().isdigit() else (start, end)


def is_said(text: str, start: int) -> bool:
    """Whether a quotation mark at `start` opens what someone says, and not the number of a unit."""
    return text[start] in _QUOTES and _QUOTED.match(text, start) is None


def _is_enclosed(line: str, start: int, end: int) -> bool:
    """Whether a pair of brackets encloses the whole span, or a pair of quotation marks the number of a unit."""
    if end - start <= 2:
        return False
    if _QUOTES.get(line[start]) == line[end - 1]:
        return _QUOTED.match(line, start, end) is not None
    return _PAIRS.get(line[start]) == line[end - 1] and line.find(line[start], start + 1) < 0


def undecorated(title: str) -> str:
    """A title without the marks around it; those of a book's title stay."""
    if title[:1] not in FIRST or title[:1] in _KEPT:
        return title
    start, end = inside(title)
    if title[start - 1 : start] and title[start - 1] in _KEPT:
        start, end = start - 1, end + 1
    return title[start:end] or title
