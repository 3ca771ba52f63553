"""Units: what figures count, one by one: characters, two in a row, or words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import clauses, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.searcher import Matches, Neighbour, Neighbours, Searcher, Units

CHARACTER: Final = "character"
"""The unit of what is counted where no other is asked for."""

BIGRAM: Final = "bigram"
"""Two characters in a row within a paragraph."""

WORD: Final = "word"
"""A word, by the dictionary that the texts are cut by."""

SIZES: Final = {CHARACTER: 1, BIGRAM: 2}
"""Characters of the units that are made of so many."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One of the units, with what is counted of it by a searcher."""

    searcher: Searcher
    unit: str
    size: int = 1
    """Words in a row."""

    def of(self, documents: Collection[int], layers: frozenset[Layer]) -> Units:
        """The units of some documents."""
        if self.unit == WORD:
            return self.searcher.cut_texts.units(documents, layers, self.size)
        return self.searcher.units(documents, SIZES[self.unit], layers)

    def matches(self, text: str, documents: Collection[int], layers: frozenset[Layer]) -> Matches:
        """All occurrences of a unit in some documents."""
        if self.unit == WORD:
            return self.searcher.cut_texts.matches_of_unit(text, documents, layers)
        return self.searcher.matches_of_unit(text, documents, layers)

    def neighbours(self, matches: Matches, window: tuple[int, int], minimum: int) -> Neighbours:
        """The units in the windows of matches."""
        if self.unit == WORD:
            return matches.word_neighbours(*window, minimum)
        return matches.neighbours(*window, SIZES[self.unit], minimum)

    def near(self, matches: Matches, units: Sequence[str], window: tuple[int, int]) -> list[Neighbour]:
        """Where some units stand in the windows of matches."""
        return matches.words_near(units, *window) if self.unit == WORD else matches.near(units, *window)

    def beside(self, matches: Matches, text: str, window: tuple[int, int]) -> Matches:
        """The matches that have a unit in their window."""
        return matches.beside_word(text, *window) if self.unit == WORD else matches.beside(text, *window)

    def cutter(self) -> str | None:
        """What cut the texts, where the units are words: a library with its version, and the reader's dictionaries."""
        if self.unit != WORD or (cutting := self.searcher.cut_texts.cutting()) is None:
            return None
        if not cutting.dictionaries:
            return cutting.cutter
        named = plain("{cutter} with {dictionaries}", cutter=cutting.cutter, dictionaries=listed(cutting.dictionaries))
        if not cutting.problems:
            return named
        return plain("{cutter} ({problems})", cutter=named, problems=clauses(cutting.problems))
