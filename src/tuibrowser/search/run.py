"""Run: one query carried through the stages, over all segments."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.keywords import together
from tuibrowser.search.model import HitKind
from tuibrowser.search.phrase import MOST_CHARACTERS, Found, Phrase, typed, whole, with_gaps
from tuibrowser.search.stages import Edited, Reading, by_reading, near, strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.query import Query, Word
    from tuibrowser.search.scope import Documents
    from tuibrowser.search.segment import Segment

    Array = npt.NDArray[Any]

STRING_COST: Final = 0.0001
"""Of each rank by number among the strings that pinyin may stand for."""
REPEATED_COST: Final = 0.05
"""Of another match of a string that pinyin may stand for."""

_COUNTED: Final = 200_000
"""Matches of pinyin in a segment whose strings are counted."""

_PAIR: Final = 2

_WHOLE: Final = frozenset({HitKind.EXACT, HitKind.VARIANT})
"""Kinds of which every match counts, those that overlap too."""


class Run:
    """The matches of a query found so far, in the segments as they were when it began."""

    def __init__(
        self, query: Query, segments: Sequence[Segment], documents: Documents, limit: int, *, exact: bool = False
    ) -> None:
        self._query = query
        self._segments = segments
        self._documents = documents
        self._limit = limit
        self._exact = exact
        self._seen: dict[int, tuple[Array, Array]] = {}
        self.found: list[tuple[Segment, Found]] = []
        self.at_least = False
        self.notes = (*query.notes, *documents.notes)

    def stages(self, cancelled: Callable[[], bool]) -> Iterator[bool]:
        """Work through the stages; yield whether this was the last whenever there is a better answer."""
        words = [(word, typed(word.text)) for word in self._query.words]
        words = [(word, text) for word, text in words if text]
        if any(len(word.text) > MOST_CHARACTERS for word, _ in words):
            self.notes = (*self.notes, f"only the first {MOST_CHARACTERS:,} characters are looked for")
        if not words:
            if self._query.filters or self._query.excluded:
                self.notes = (*self.notes, "nothing to look for: add a word")
            yield True
            return
        steps = self._one(*words[0]) if len(words) == 1 else self._several(words)
        for better in steps:
            if cancelled():
                return
            if better:
                yield False
        if not cancelled():
            yield True

    def totals(self) -> dict[HitKind, int]:
        """The number of matches of each kind."""
        totals: dict[HitKind, int] = {}
        for _, found in self.found:
            if len(found):
                totals[found.kind] = totals.get(found.kind, 0) + len(found)
        return totals

    def documents(self) -> int:
        """The number of documents with a match."""
        counted: dict[int, tuple[Segment, Array]] = {}
        for segment, found in self.found:
            held = np.diff(np.searchsorted(found.starts, segment.docs)) > 0
            _, before = counted.get(id(segment), (segment, np.zeros(len(held), bool)))
            counted[id(segment)] = segment, before | held
        return sum(int(held.sum()) for _, held in counted.values())

    @property
    def _total(self) -> int:
        return sum(len(found) for _, found in self.found)

    # One word or phrase

    def _one(self, word: Word, text: str) -> Iterator[bool]:
        phrase = Phrase(text, word.literal)
        self._whole(phrase)
        if word.quoted or self._exact:
            return
        readings = by_reading(text)
        if self._total >= self._limit and not readings:
            return
        yield self._total > 0
        yield from self._less_exact(text, phrase, readings)

    def _less_exact(self, text: str, phrase: Phrase, readings: Sequence[Reading]) -> Iterator[bool]:
        """Further kinds; what they find is shown when all is done, which is soon."""
        if self._total < self._limit:
            for segment in self._chosen:
                self._add(segment, with_gaps(segment, phrase))
            yield False
        for reading in readings:
            if self._enough(reading):
                break
            self._read(reading)
            yield False
        if not text.isascii():
            yield from self._near(phrase)

    def _enough(self, reading: Reading) -> bool:
        """Whether what is better than a reading fills the list."""
        better = sum(len(found) for _, found in self.found if not len(found) or found.costs.max() < reading.cost)
        return better >= self._limit

    def _whole(self, phrase: Phrase) -> None:
        for segment in self._chosen:
            for found in whole(segment, phrase):
                self._add(segment, found)

    def _near(self, phrase: Phrase) -> Iterator[bool]:
        """What is not quite the text, as long as there is room; two characters must have found nothing."""
        if len(phrase.places) < _PAIR or (len(phrase.places) == _PAIR and self._total):
            return
        if self._total >= self._limit:
            return
        for stage in near(phrase.places):
            if isinstance(stage, Edited) and self._total >= self._limit:
                return
            for segment in self._chosen:
                found, complete = stage.find(segment)
                self.at_least |= not complete
                self._add(segment, found)
            yield False

    def _read(self, reading: Reading) -> None:
        """Matches by reading: the commonest string first, each string once before any twice."""
        fresh = []
        for segment in self._chosen:
            found = self._fresh(segment, reading.find(segment)[0])
            if len(found):
                fresh.append((segment, found))
        for segment, found in _strings_apart(fresh, len(reading.places), self._limit):
            self._keep(segment, found)

    # Several words

    def _several(self, words: Sequence[tuple[Word, str]]) -> Iterator[bool]:
        loose = not self._exact and not any(word.quoted for word, _ in words)
        if loose:
            phrase = Phrase(" ".join(text for _, text in words))
            self._whole(phrase)
            for reading in by_reading(phrase.text)[:1]:
                self._read(reading)
            yield self._total > 0
        self._keywords(words)

    def _keywords(self, words: Sequence[tuple[Word, str]]) -> None:
        matches = [self._word(word, text) for word, text in words]
        for at, segment in enumerate(self._chosen):
            self._add(segment, together(segment, [found[at] for found in matches]))

    def _word(self, word: Word, text: str) -> list[Found]:
        """The matches of a keyword in each segment: as it stands or is read; else the nearest kind there is."""
        phrase = Phrase(text, word.literal)
        readings = by_reading(text)[:1] if not (word.quoted or self._exact) else []
        found = [
            _union([*whole(segment, phrase), *(reading.find(segment)[0] for reading in readings)])
            for segment in self._chosen
        ]
        if any(map(len, found)) or word.quoted or self._exact:
            return found
        for stage in [*by_reading(text)[1:], *near(phrase.places)]:
            found = [stage.find(segment)[0] for segment in self._chosen]
            if any(map(len, found)):
                break
        return found

    # Scope

    @cached_property
    def _chosen(self) -> list[Segment]:
        """The segments with a document that is looked at."""
        chosen = self._documents.chosen
        return [segment for segment in self._segments if chosen is None or chosen[segment.numbers].any()]

    def _add(self, segment: Segment, found: Found) -> None:
        self._keep(segment, self._fresh(segment, found))

    def _keep(self, segment: Segment, found: Found) -> None:
        if not len(found):
            return
        self.found.append((segment, found))
        known = self._seen.get(id(segment))
        starts, ends = found.starts, found.ends
        if known is not None:
            starts, ends = np.concatenate((known[0], starts)), np.concatenate((known[1], ends))
            order = np.argsort(starts, kind="stable")
            starts, ends = starts[order], ends[order]
        self._seen[id(segment)] = starts, ends

    def _fresh(self, segment: Segment, found: Found) -> Found:
        """Those matches that are in scope and not, nor in part, matches of a better kind."""
        if not len(found):
            return found
        chosen = self._documents.chosen
        if chosen is not None and not chosen[segment.numbers].all():
            found = found.only(chosen[segment.numbers[segment.document_index(found.starts)]])
        if self._query.excluded:
            found = found.only(~self._excluded[id(segment)][segment.paragraph_index(found.starts)])
        if found.kind in _WHOLE:
            return found
        if (seen := self._seen.get(id(segment))) is not None and len(seen[0]):
            starts, ends = seen
            before = np.searchsorted(starts, found.ends, "left") - 1
            overlapping = (before >= 0) & (ends[np.maximum(before, 0)] > found.starts)
            found = found.only(~overlapping)
        return found

    @cached_property
    def _excluded(self) -> dict[int, Array]:
        """For each segment which of its paragraphs hold a word that is to be left out."""
        excluded = {}
        phrases = [Phrase(text, word.literal) for word in self._query.excluded if (text := typed(word.text))]
        for segment in self._chosen:
            out = np.zeros(len(segment.para), bool)
            for phrase in phrases:
                for found in whole(segment, phrase):
                    out[segment.paragraph_index(found.starts)] = True
            excluded[id(segment)] = out
        return excluded


def _union(alternatives: Sequence[Found]) -> Found:
    """All matches of several, sorted; where two begin at one place the first counts."""
    held = [found for found in alternatives if len(found)]
    if len(held) < _PAIR:
        return held[0] if held else alternatives[0]
    starts = np.concatenate([found.starts for found in held])
    ends = np.concatenate([found.ends for found in held])
    costs = np.concatenate([found.costs for found in held])
    starts, first = np.unique(starts, return_index=True)
    return Found(held[0].kind, starts, ends[first], costs[first])


def _strings_apart(found: Sequence[tuple[Segment, Found]], length: int, limit: int) -> list[tuple[Segment, Found]]:
    """The same matches, costed so that the commonest strings come first and each comes once before any twice."""
    if not found:
        return []
    counted = [(segment, matches.only(np.arange(min(len(matches), _COUNTED)))) for segment, matches in found]
    hashes = [strings(segment, matches, length) for segment, matches in counted]
    _, first, counts = np.unique(np.concatenate(hashes), return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))[: max(limit, _PAIR)]
    lengths = np.cumsum([0, *map(len, hashes)])
    bonus = np.full(int(lengths[-1]), REPEATED_COST, np.float32)
    bonus[first[order]] = STRING_COST * np.minimum(np.arange(len(order)), 499)
    answers = []
    for (segment, matches), low, high in zip(found, lengths[:-1].tolist(), lengths[1:].tolist(), strict=True):
        costs = matches.costs + REPEATED_COST
        costs[: high - low] = matches.costs[: high - low] + bonus[low:high]
        answers.append((segment, Found(matches.kind, matches.starts, matches.ends, costs)))
    return answers
