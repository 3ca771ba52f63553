"""Holder: the matches of a query in some segments that are in scope, each match once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.language.i18n import plain
from tuibrowser.search.index.arrays import expand
from tuibrowser.search.matching.keywords import together
from tuibrowser.search.matching.match import frequency
from tuibrowser.search.matching.phrase import Phrase, forms_and_blanks, typed
from tuibrowser.search.model import HitKind
from tuibrowser.search.parallels.find import find
from tuibrowser.search.parallels.found import parallels_found
from tuibrowser.search.parallels.passage import passage_of
from tuibrowser.search.parallels.seeds import inside
from tuibrowser.search.patterns.find import PatternError, pattern
from tuibrowser.search.patterns.find import find as find_pattern
from tuibrowser.search.planning.commonest import strings_apart
from tuibrowser.search.planning.layers import ChosenLayers
from tuibrowser.search.planning.scope import Chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found
    from tuibrowser.search.matching.match import CharacterSet
    from tuibrowser.search.matching.stages import Reading
    from tuibrowser.search.model import Bound
    from tuibrowser.search.patterns.find import Pattern
    from tuibrowser.search.query import Query

    Array = npt.NDArray[Any]
    Find = Callable[[Segment], tuple[Found, bool]]

_WHOLE: Final = frozenset({HitKind.EXACT, HitKind.VARIANT})
"""Kinds of which overlapping matches count too."""


class Holder:
    """Looks for matches in segments and keeps those that are in scope and not, nor in part, among the better ones."""

    def __init__(self, segments: Sequence[Segment], documents: Chosen, query: Query) -> None:
        self.segments = segments
        self.found: list[tuple[Segment, Found]] = []
        """What is kept, in the order in which it was found."""
        self.layers = ChosenLayers(query.layers)
        self._query = query
        self._documents = documents.chosen
        self._words_out = query.excluded
        self._seen: dict[int, list[tuple[Array, Array]]] = {}

    # What is held

    @property
    def total(self) -> int:
        """The number of matches."""
        return sum(len(found) for _, found in self.found)

    def better_than(self, cost: float) -> int:
        """The number of matches of kinds all of whose matches cost less."""
        return sum(len(found) for _, found in self.found if not len(found) or found.costs.max() < cost)

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
        self.found, self._seen = [], {}

    def aside(self, layer: Layer) -> Holder | None:
        """A holder that looks in the same documents for a layer that stands aside; None where none does."""
        segments = [segment for segment in self.chosen if len(segment.aside[0])]
        query = replace(self._query, layers=frozenset({layer}))
        return Holder(segments, Chosen(self._documents), query) if segments else None

    # Where it looks

    @cached_property
    def chosen(self) -> list[Segment]:
        """The segments with a document that is looked at."""
        chosen = self._documents
        return [segment for segment in self.segments if chosen is None or chosen[segment.numbers].any()]

    @property
    def has_documents(self) -> bool:
        """Whether any document is looked at."""
        return self._documents is None or bool(self._documents.any())

    @property
    def has_layers(self) -> bool:
        """Whether a document tells of text of a layer that is looked at."""
        return self.layers.are_in(self.chosen)

    @property
    def leaves_nothing_out(self) -> bool:
        """Whether every match counts: no document, layer or paragraph is left out."""
        return self._documents is None and self.layers.are_read and not self._words_out

    def frequency(self, place: CharacterSet) -> int:
        """How often the characters of a place occur."""
        return sum(frequency(segment, place) for segment in self.chosen)

    # Looking

    def add_all(self, find: Callable[[Segment], Sequence[Found]]) -> None:
        """Keep what is found in each segment, of several kinds."""
        for segment, kinds in [(segment, find(segment)) for segment in self.chosen]:
            for found in kinds:
                self.add(segment, found)

    def add_stage(self, find: Find) -> bool:
        """Keep what a stage finds in each segment; return whether it left nothing out."""
        answers = [(segment, *find(segment)) for segment in self.chosen]
        for segment, found, _ in answers:
            self.add(segment, found)
        return all(complete for *_, complete in answers)

    def add_reading(self, reading: Reading, find: Find) -> bool:
        """Keep what a reading finds, the commonest strings first; return whether it left nothing out."""
        answers = [(segment, *find(segment)) for segment in self.chosen]
        fresh = [(segment, self.fresh(segment, found)) for segment, found, _ in answers]
        for segment, found in strings_apart([each for each in fresh if len(each[1])], reading):
            self._keep(segment, found)
        return all(complete for *_, complete in answers)

    def add_together(self, words: Sequence[Sequence[Found]], more: float = 0.0) -> None:
        """Keep the paragraphs that hold all words, whose matches in each segment are given; they cost so much more."""
        for at, segment in enumerate(self.chosen):
            self.add(segment, together(segment, [found[at] for found in words], more))

    def add_parallels(self, text: str, cancelled: Callable[[], bool]) -> tuple[Bound, ...]:
        """Keep the parallels of a text; return the bounds that the search for them ran into."""
        passage, segments = passage_of(text), self.chosen
        found = find(passage, segments, partial(inside, self._documents), cancelled)
        for segment, parallels in parallels_found(passage, found.places, segments):
            self.add(segment, parallels)
        return found.bounds

    def matching(self, wanted: Pattern, cancelled: Callable[[], bool]) -> Iterator[tuple[Segment, Found] | None]:
        """The matches of a pattern in the documents looked at, see `patterns.find`."""

        def documents(segment: Segment) -> Array | None:
            return None if self._documents is None else self._documents.take(segment.numbers)

        return find_pattern(wanted, self.chosen, documents, cancelled)

    def add(self, segment: Segment, found: Found) -> None:
        """Keep those matches that are fresh."""
        self._keep(segment, self.fresh(segment, found))

    def fresh(self, segment: Segment, found: Found) -> Found:
        """Return the matches in scope that neither are nor overlap matches of a better kind."""
        if not len(found):
            return found
        chosen = self._documents
        if chosen is not None and not chosen[segment.numbers].all():
            found = found.only(chosen[segment.numbers[segment.document_index(found.starts)]])
        found = self.layers.only(segment, found)
        if self._words_out:
            found = found.only(~self._excluded[id(segment)][segment.paragraph_index(found.starts)])
        if found.kind in _WHOLE:
            return found
        for starts, ends in self._seen.get(id(segment), ()):
            found = _beside(found, starts, ends)
        return found

    def _keep(self, segment: Segment, found: Found) -> None:
        if not len(found):
            return
        self.found.append((segment, found))
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


def _documents_with(segment: Segment, found: Found) -> Array:
    """A bool for each document of a segment: whether it has a match."""
    if len(found) > len(segment.numbers):
        return np.asarray(np.diff(np.searchsorted(found.starts, segment.docs)) > 0)
    held = np.zeros(len(segment.numbers), bool)
    held[segment.document_index(found.starts)] = True
    return held


def _beside(found: Found, starts: Array, ends: Array) -> Found:
    """Those matches that overlap none of some ascending spans."""
    if _FEW * len(starts) < len(found) and (found.ends[1:] >= found.ends[:-1]).all():
        kept = np.ones(len(found), bool)
        low, high = np.searchsorted(found.ends, starts, "right"), np.searchsorted(found.starts, ends, "left")
        kept[expand(low, high)] = False
    else:
        before = np.searchsorted(starts, found.ends, "left") - 1
        kept = (before < 0) | (ends[np.maximum(before, 0)] <= found.starts)
    return found if kept.all() else found.only(kept)


_FEW: Final = 8
"""Matches for each span from which on it is quicker to look up the spans."""
