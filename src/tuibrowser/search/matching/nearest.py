"""Nearest: for a query without a match, its longest parts that occur, or the paragraphs with most of its words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tuibrowser.search.matching.match import CharacterSet

    Thing = TypeVar("Thing")

NEAREST_COST: Final = 5.0
"""Cost of what only comes near: more than that of any match."""
MISSING_COST: Final = 4.0
"""Further cost if everything else is missing."""

MOST_PLACES: Final = 24
"""Places of a text, the first ones, whose parts are looked for."""

_SHORTEST: Final = 2
_SHORTEST_LATIN: Final = 4
_LEAST_SHARE: Final = 0.25
_MOST_TRIED: Final = 40
"""Choices of words that are looked for together."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a row of places: from one up to another."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


def reach_of(length: int, occurs: Callable[[int, int], bool]) -> list[int]:
    """Return how far the longest part that occurs reaches from each place; the parts of one that occurs occur too."""
    reach: list[int] = []
    end = 0
    for start in range(length):
        end = max(end, start + 1)
        while end < length and occurs(start, end + 1):
            end += 1
        reach.append(end)
    return reach


def longest_parts(reach: Sequence[int]) -> list[Part]:
    """Return the longest parts that are part of no other, of how far one reaches from each place."""
    parts: list[Part] = []
    end = 0
    for start, reached in enumerate(reach):
        if reached > max(end, start + 1) or not parts:
            parts.append(Part(start, reached))
        end = reached
    most = max(map(len, parts), default=0)
    return [part for part in parts if len(part) == most]


def is_worth_showing(part: Part, places: Sequence[CharacterSet], text: str) -> bool:
    """Whether a part is more than what any text would hold by chance."""
    least = _SHORTEST_LATIN if text.isascii() and len(places) == len(text) else _SHORTEST
    return len(part) >= max(least, _LEAST_SHARE * min(len(places), MOST_PLACES))


def fewer(words: Sequence[Thing]) -> Iterator[tuple[Thing, ...]]:
    """Choices of the words, most words first; not all choices of many words."""
    tried = 0
    for size in range(len(words) - 1, 0, -1):
        for chosen in combinations(words, size):
            if tried >= _MOST_TRIED and size > 1:
                break
            tried += 1
            yield chosen


_MOST_SAID: Final = 30


def shortened(text: str) -> str:
    """A text as it is named in a sentence: its beginning, where it is long."""
    return text if len(text) <= _MOST_SAID else text[:_MOST_SAID] + "…"
