"""Keeper: the matches of a query in some segments that are in scope, each match once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.language.i18n import plain
from tuibrowser.search.index.arrays import expand
from tuibrowser.search.matching.phrase import Phrase, forms_and_blanks, typed
from tuibrowser.search.model import HitKind
from tuibrowser.search.patterns.find import PatternError, pattern
from tuibrowser.search.patterns.find import find as find_pattern
from tuibrowser.search.planning.layers import ChosenLayers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found
    from tuibrowser.search.patterns.find import Pattern
    from tuibrowser.search.planning.scope import Chosen
    from tuibrowser.search.query import Query

    Array = npt.NDArray[Any]

_WHOLE: Final = frozenset({HitKind.EXACT, HitKind.VARIANT})
"""Kinds of which overlapping matches count too."""


class Keeper:
    """Keeps those matches that are in scope and not, nor in part, among the better ones."""

    def __init__(self, segments: Sequence[Segment], documents: Chosen, query: Query) -> None:
        self.segments = segments
        self.found: list[tuple[Segment, Found]] = []
        """What is kept, in the order in which it was found."""
        self.total = 0
        """The number of matches."""
        self.query = query
        self.looked_at = documents.chosen
        """A bool for each document of the corpus; None for all."""
        self._layers = ChosenLayers(query.layers)
        self._words_out = query.excluded
        self._seen: dict[int, list[tuple[Array, Array]]] = {}

    # What is held

    def better_than(self, cost: float) -> int:
        """The number of matches that cost less."""
        return sum(_cheaper(found, cost) for _, found in self.found)

    def totals(self) -> dict[HitKind, int]:
        """The number of matches of each kind."""
        totals: dict[HitKind, int] = {}
        for _, found in self.found:
            totals[found.kind] = totals.get(found.kind, 0) + len(found)
        return totals

    def documents(self) -> int:
        """The number of documents with a match."""
        counted: dict[int, Array] = {}
        for segment, found in self.found:
            held = _documents_with(segment, found)
            counted[id(segment)] = counted.get(id(segment), False) | held
        return sum(int(held.sum()) for held in counted.values())

    def clear(self) -> None:
        """Hold nothing."""
        self.found, self.total, self._seen = [], 0, {}

    # Where it looks

    @cached_property
    def chosen(self) -> list[Segment]:
        """The segments with a document that is looked at."""
        chosen = self.looked_at
        return [segment for segment in self.segments if chosen is None or chosen[segment.numbers].any()]

    @property
    def has_documents(self) -> bool:
        """Whether any document is looked at."""
        return self.looked_at is None or bool(self.looked_at.any())

    @property
    def has_layers(self) -> bool:
        """Whether a document tells of text of a layer that is looked at."""
        return self._layers.are_in(self.chosen)

    @property
    def is_everywhere(self) -> bool:
        """Whether it looks in all that is read of all documents."""
        return self.looked_at is None and self._layers.are_read

    @property
    def leaves_nothing_out(self) -> bool:
        """Whether every match counts: no document, layer or paragraph is left out."""
        return self.is_everywhere and not self._words_out

    # Keeping

    def add_all(self, find: Callable[[Segment], Sequence[Found]]) -> None:
        """Keep what is found in each segment, of several kinds."""
        for segment, kinds in [(segment, find(segment)) for segment in self.chosen]:
            for found in kinds:
                self.add(segment, found)

    def matching(self, wanted: Pattern, cancelled: Callable[[], bool]) -> Iterator[tuple[Segment, Found] | None]:
        """The matches of a pattern in the documents looked at, see `patterns.find`."""

        def documents(segment: Segment) -> Array | None:
            return None if self.looked_at is None else self.looked_at.take(segment.numbers)

        return find_pattern(wanted, self.chosen, documents, cancelled)

    def add(self, segment: Segment, found: Found) -> None:
        """Keep those matches that are fresh."""
        if len(found):
            self.keep(segment, self.fresh(segment, found))

    def inside(self, segment: Segment, found: Found) -> Found:
        """Return the matches in the documents and layers that are looked at."""
        chosen = self.looked_at
        if chosen is not None and len(found) and not chosen[segment.numbers].all():
            found = found.only(chosen[segment.numbers[segment.document_index(found.starts)]])
        return self._layers.only(segment, found)

    def fresh(self, segment: Segment, found: Found) -> Found:
        """Return the matches in scope that neither are nor overlap matches of a better kind."""
        found = self.inside(segment, found)
        if self._words_out and len(found):
            found = found.only(~self._excluded[id(segment)][segment.paragraph_index(found.starts)])
        if found.kind in _WHOLE:
            return found
        for starts, ends in self._seen.get(id(segment), ()):
            found = _beside(found, starts, ends)
        return found

    def keep(self, segment: Segment, found: Found) -> None:
        """Keep matches that are fresh."""
        if not len(found):
            return
        self.found.append((segment, found))
        self.total += len(found)
        self._seen.setdefault(id(segment), []).append((found.starts, found.ends))

    @cached_property
    def _excluded(self) -> dict[int, Array]:
        """Return, for each segment, the paragraphs with a word that is to be left out."""
        excluded = {id(segment): np.zeros(len(segment.para), bool) for segment in self.chosen}
        for segment, found in (*self._phrases_out(), *self._patterns_out()):
            excluded[id(segment)][segment.paragraph_index(found.starts)] = True
        return excluded

    def _phrases_out(self) -> Iterator[tuple[Segment, Found]]:
        """The matches of the phrases that are to be left out."""
        phrases = [
            Phrase(text, word.literal)
            for word in self._words_out
            if word.pattern is None and (text := typed(word.text))
        ]
        for segment in self.chosen:
            for phrase in phrases:
                for found in forms_and_blanks(segment, phrase):
                    yield segment, found

    def _patterns_out(self) -> Iterator[tuple[Segment, Found]]:
        """The matches of the patterns that are to be left out. Raises PatternError."""
        for word in self._words_out:
            if word.pattern is not None:
                for found in self.matching(pattern(word.pattern, folded=not word.literal), lambda: False):
                    if found is None:
                        raise PatternError(plain("it takes too long"))
                    yield found


def _cheaper(found: Found, cost: float) -> int:
    """How many matches cost less than this."""
    if found.alike:
        return len(found) * bool(found.costs[0] < cost)
    return int(np.count_nonzero(found.costs < cost))


def _documents_with(segment: Segment, found: Found) -> Array:
    """A bool for each document of a segment: whether it has a match."""
    if len(found) > len(segment.numbers):
        first = found.starts.searchsorted(segment.docs)
        return np.asarray(first[1:] > first[:-1])
    held = np.zeros(len(segment.numbers), bool)
    held[segment.document_index(found.starts)] = True
    return held


def _beside(found: Found, starts: Array, ends: Array) -> Found:
    """Those matches that overlap none of some ascending spans."""
    if _FEW * len(starts) < len(found) and (found.ends[1:] >= found.ends[:-1]).all():
        kept = np.ones(len(found), bool)
        low, high = found.ends.searchsorted(starts, "right"), found.starts.searchsorted(ends, "left")
        kept[expand(low, high)] = False
    else:
        before = starts.searchsorted(found.ends, "left") - 1
        kept = (before < 0) | (ends[np.maximum(before, 0)] <= found.starts)
    return found if kept.all() else found.only(kept)


_FEW: Final = 8
"""Matches for each span from which on it is quicker to look up the spans."""
