"""Counted: how often a Traditional text has the characters by which poor conversions are told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.merged import merged_characters
from tuibrowser.hanzi.script import count, script_characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MAX_SIMPLIFIED: Final = 0.03
"""Simplified characters that any converter knows, for each Traditional one; with more, the text is in both scripts."""
_MAX_OTHER: Final = 0.1
"""Share of a character's places that may have another form in a text that lacks it."""
_SAMPLES: Final = 8
_SAMPLE: Final = 250
"""Code points of each of the stretches, evenly spread, by which a long text is told to be Simplified."""
_SHORT: Final = 400
"""Code points of a text of which single characters are counted when they are asked for: few are."""

_TAIWAN: Final = "為裡眾群啟麵"
_STANDARD: Final = "爲裏衆羣啓麪"
"""The same characters as Taiwan writes them, and as OpenCC does if it is not told."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The characters of a text, what tells how often it has one, and how many are Traditional-only."""

    characters: frozenset[str]
    number: Callable[[str], int]
    traditional: int

    @property
    def style(self) -> str:
        """OpenCC's configuration for the forms that the text has: Taiwan's unless its own are more."""
        return "s2t" if self._sum(_STANDARD) > self._sum(_TAIWAN) else "s2tw"

    def left(self) -> frozenset[str]:
        """The merged characters whose Traditional forms the text lacks."""
        table = merged_characters()
        there = _merged().intersection(self.characters)
        return frozenset([each for each in there if self.stands_for(each, table[each].forms)])

    def stands_for(self, character: str, others: Iterable[str]) -> bool:
        """Whether the text has a character, and next to none of some others."""
        number = self.number(character)
        return number > 0 and self._sum(others) <= _MAX_OTHER * number

    def has_all(self, characters: str) -> bool:
        """Whether the text has each of some characters."""
        return self.characters.issuperset(characters)

    def _sum(self, characters: Iterable[str]) -> int:
        return sum(map(self.number, self.characters.intersection(characters)))


def counted_traditional(raw: str) -> Counted | None:
    """The counts of a text that is Traditional but for merged characters; None for any other, most of which are quick.

    Some of a text tells that it is Simplified.
    """
    step = len(raw) // _SAMPLES
    sample = "".join([raw[at : at + _SAMPLE] for at in range(0, len(raw), step)]) if step > _SAMPLE else raw
    traditional, simplified = count(sample)
    if simplified >= traditional:
        return None
    number: Callable[[str], int]
    if len(raw) > _SHORT:
        numbers = Counter(raw)
        characters, number = frozenset(numbers), numbers.__getitem__
    else:
        characters, number = frozenset(raw), raw.count
    total = traditional if sample is raw else sum(map(number, script_characters()[0].intersection(characters)))
    others = sum(map(number, unmerged().intersection(characters))) if simplified or sample is not raw else 0
    return Counted(characters, number, total) if others <= _MAX_SIMPLIFIED * total else None


@cache
def unmerged() -> frozenset[str]:
    """The Simplified-only characters that have one Traditional form, so that any converter knows them."""
    return script_characters()[1] - merged_characters().keys()


@cache
def _merged() -> frozenset[str]:
    """The Simplified characters that have several."""
    return frozenset(merged_characters())
