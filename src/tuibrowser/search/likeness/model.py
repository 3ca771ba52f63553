"""Model: the words that are used like one, as the searcher tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEAST: Final = 500
"""Places of a word in the texts below which what is like it is left to chance, and is not told."""


@dataclass(frozen=True, slots=True)
class SimilarWord:
    """A word, in its commonest form, how often it stands in the texts, and how like it is: 1 is the same."""

    word: str
    likeness: float
    count: int


@dataclass(frozen=True, slots=True)
class SimilarWords:
    """A word, in its commonest form, how often it stands in the texts, and the words used like it, most like first.

    There are none for a word that is too rare (`is_rare`), or has no Chinese character (`is_foreign`).
    """

    word: str
    count: int
    rows: tuple[SimilarWord, ...] = ()

    @property
    def is_rare(self) -> bool:
        """Whether the word stands in too few places."""
        return self.count < LEAST

    @property
    def is_foreign(self) -> bool:
        """Whether the word was not looked at, although it is not rare."""
        return not self.is_rare and not self.rows
