"""Counted: how often a Traditional text has the characters by which poor conversions are told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.merged import merged_characters
from tuibrowser.hanzi.script import count, script_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MAX_SIMPLIFIED: Final = 0.03
"""Simplified characters that any converter knows, for each Traditional one; with more, the text is in both scripts."""
_MAX_OTHER: Final = 0.1
"""Share of a character's places that may have another form in a text that lacks it."""
_SAMPLES: Final = 8
_SAMPLE: Final = 250
"""Code points of each of the stretches, evenly spread, by which a long text is told to be Simplified."""
_SHORT: Final = 400
"""Code points of a text whose few different characters are counted one after another, in half the time."""

_TAIWAN: Final = "為裡眾群啟麵"
_STANDARD: Final = "爲裏衆羣啓麪"
"""The same characters as Taiwan writes them, and as OpenCC does if it is not told."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of a text's characters, and how many of them are Traditional-only."""

    numbers: Mapping[str, int]
    traditional: int

    @property
    def style(self) -> str:
        """OpenCC's configuration for the forms that the text has: Taiwan's unless its own are more."""
        return "s2t" if self._sum(_STANDARD) > self._sum(_TAIWAN) else "s2tw"

    def left(self) -> frozenset[str]:
        """The merged characters whose Traditional forms the text lacks."""
        table = merged_characters()
        return frozenset([each for each in self.numbers if each in table and self.stands_for(each, table[each].forms)])

    def stands_for(self, character: str, others: Iterable[str]) -> bool:
        """Whether the text has a character, and next to none of some others."""
        number = self.numbers.get(character, 0)
        return number > 0 and self._sum(others) <= _MAX_OTHER * number

    def has_all(self, characters: str) -> bool:
        """Whether the text has each of some characters."""
        return set(characters) <= self.numbers.keys()

    def _sum(self, characters: Iterable[str]) -> int:
        return sum(self.numbers.get(character, 0) for character in characters)


def counted_traditional(raw: str) -> Counted | None:
    """The counts of a text that is Traditional but for merged characters; None for any other, most of which are quick.

    Some of a text tells that it is Simplified.
    """
    step = len(raw) // _SAMPLES
    sample = "".join([raw[at : at + _SAMPLE] for at in range(0, len(raw), step)]) if step > _SAMPLE else raw
    traditional, simplified = count(sample)
    if simplified >= traditional:
        return None
    numbers = Counter(raw) if len(raw) > _SHORT else {each: raw.count(each) for each in set(raw)}
    total = traditional if sample is raw else _total(numbers, script_characters()[0])
    others = _total(numbers, unmerged())
    return Counted(numbers, total) if others <= _MAX_SIMPLIFIED * total else None


@cache
def unmerged() -> frozenset[str]:
    """The Simplified-only characters that have one Traditional form, so that any converter knows them."""
    return script_characters()[1] - merged_characters().keys()


def _total(numbers: Mapping[str, int], characters: frozenset[str]) -> int:
    return sum(map(numbers.__getitem__, characters.intersection(numbers)))
