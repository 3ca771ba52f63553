"""Frequency: how frequent characters are in Chinese, to tell text from bytes read in the wrong encoding."""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKS: Final = "，。、；：？！“”‘’「」『』（）《》〈〉【】—…·　"
_MARK: Final = 4.0
_LATIN: Final = 5.0
"""The cost of a letter or digit; they stand together and are seldom between Han characters."""
_RARE: Final = 11.0
"""The cost of a Han character that is not among the frequent ones."""
_ODD: Final = 12.5
"""The cost of a symbol or a letter of another script."""
_NONE: Final = 16.0
"""The cost of a character that no text has: controls, private characters."""
_SHIFT: Final = 20
"""Added to a rank, so that the first few are not told apart too sharply."""


def cost(character: str) -> float:
    """Return how surprising a character is in Chinese: about the logarithm of one in how many characters it is."""
    found = _costs().get(character)
    if found is not None:
        return found
    if character.isascii():
        return _LATIN if character.isalnum() or character in " -_.,()[]\n\t\r" else _RARE if character >= " " else _NONE
    if "\u3400" <= character <= "\u9fff" or "\uff01" <= character <= "\uff5e" or character >= "\U00020000":
        return _RARE
    return _NONE if "\ue000" <= character <= "\uf8ff" or character < "\xa0" or character == "\ufffd" else _ODD


def commonest(count: int) -> frozenset[str]:
    """So many of the most frequent characters, in all their forms."""
    return frozenset("".join(_by_frequency()[:count]))


def mean_cost(text: str) -> float:
    """The mean cost of the characters beyond ASCII; that of the rarest where there are none."""
    beyond = [cost(character) for character in text if character > "\x7f"]
    return sum(beyond) / len(beyond) if beyond else _NONE


@cache
def _costs() -> Mapping[str, float]:
    costs = {form: math.log(rank + _SHIFT) + 1 for rank, forms in enumerate(_by_frequency()) for form in forms}
    return costs | dict.fromkeys(_MARKS, _MARK)


def _by_frequency() -> list[str]:
    """The forms of each character, the most frequent character first."""
    return files("tuibrowser.hanzi").joinpath("data/frequent.txt").read_text(encoding="utf-8").split()
