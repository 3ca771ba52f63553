"""Lost bytes: a line in a double-byte encoding read on after a byte that is missing or too much."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import Final

from tuibrowser.hanzi.frequency import cost

DOUBLE: Final = frozenset({"gb18030", "big5hkscs"})
"""Encodings of Chinese whose characters are of two bytes, so that one lost byte shifts all that follow."""
LOST: Final = "\ufffd"

_SKIPPED: Final = 15.0
"""The cost of a byte that is no part of a character: two of them outweigh some rare characters in a row."""
_SKIPPED_MORE: Final = 9.0
"""The cost of each further byte directly behind one."""
_LONGEST: Final = {"gb18030": 4, "big5hkscs": 2}


def resynchronised(line: bytes, codec: str) -> tuple[str, int]:
    """The text of a line with U+FFFD where bytes are no character, and the number of those bytes.

    Of all divisions of the bytes into characters and bytes left over, the one is taken whose characters are the most
    usual in Chinese.
    """
    length = len(line)
    best = [0.0] + [float("inf")] * length
    came: list[tuple[int, str]] = [(0, "")] * (length + 1)
    for at in range(length):
        reached = best[at]
        for size, text, price in _steps(line, at, codec):
            if reached + price < best[at + size]:
                best[at + size], came[at + size] = reached + price, (at, text)
        price = _SKIPPED_MORE if at and came[at][1] == LOST else _SKIPPED
        if reached + price < best[at + 1]:
            best[at + 1], came[at + 1] = reached + price, (at, LOST)
    return _traced(came)


def _traced(came: list[tuple[int, str]]) -> tuple[str, int]:
    """The text of the cheapest way back from the end; bytes left over side by side are one U+FFFD."""
    pieces: list[str] = []
    at, lost = len(came) - 1, 0
    while at:
        at, text = came[at]
        if text == LOST:
            lost += 1
            if pieces and pieces[-1] == LOST:
                continue
        pieces.append(text)
    return "".join(reversed(pieces)), lost


def _steps(line: bytes, at: int, codec: str) -> tuple[tuple[int, str, float], ...]:
    """The characters that begin at a byte: the length of each, itself, and its cost."""
    if line[at] < 0x80:
        return _ASCII[line[at]]
    return _characters(line[at : at + _LONGEST[codec]], codec)


@lru_cache(maxsize=65_536)
def _characters(data: bytes, codec: str) -> tuple[tuple[int, str, float], ...]:
    """The characters that bytes begin with, one for each length at which there is one."""
    found = []
    for size in range(1, len(data) + 1):
        with suppress(UnicodeDecodeError):
            text = data[:size].decode(codec)
            if len(text) == 1:
                found.append((size, text, cost(text)))
    return tuple(found)


_ASCII: Final = tuple(((1, chr(code), cost(chr(code)) if code > 0x20 else 1.0),) for code in range(0x80))
