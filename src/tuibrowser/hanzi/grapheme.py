"""Graphemes: find where each character as a reader sees it begins.

A combining mark, a variation selector or a joiner belongs to the character before it, and so does the character after a
joiner. A skin tone belongs to its picture, and two regional indicators are a flag. A line feed stands alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.cells import CELLS, JOINER

if TYPE_CHECKING:
    from collections.abc import Sequence

_TONES: Final = range(0x1F3FB, 0x1F400)
_INDICATORS: Final = range(0x1F1E6, 0x1F200)


def grapheme_starts(text: str) -> Sequence[int]:
    """The offsets, in code points, at which the graphemes of a text begin."""
    if all(map(_ALONE.__getitem__, text)):
        return range(len(text))
    starts: list[int] = []
    previous = "\n"
    indicators = 0
    for offset, character in enumerate(text):
        indicators = indicators + 1 if ord(character) in _INDICATORS else 0
        if character == "\n" or previous == "\n" or not _follows(character, previous, indicators):
            starts.append(offset)
        previous = character
    return starts


def _follows(character: str, previous: str, indicators: int) -> bool:
    """Whether a character belongs to the one before it."""
    if previous == JOINER or CELLS[character] == 0 or ord(character) in _TONES:
        return True
    return indicators > 0 and indicators % 2 == 0


class _Alone(dict[str, bool]):
    """Whether a character is a grapheme whatever stands beside it, found when first asked for."""

    def __missing__(self, character: str) -> bool:
        code = ord(character)
        alone = self[character] = CELLS[character] > 0 and code not in _TONES and code not in _INDICATORS
        return alone


_ALONE: Final = _Alone()
