"""Plan: which kinds of matches are looked for, one after another, and when there are enough."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import listed
from tuibrowser.search.answering.layers import ChosenLayers
from tuibrowser.search.answering.rank import MOST_COMPARED
from tuibrowser.search.index.arrays import changes, expand, first_of_each
from tuibrowser.search.matching.abbreviation import MOST_PLACES as MOST_PLACES_OF_ABBREVIATIONS
from tuibrowser.search.matching.edits import LONGEST
from tuibrowser.search.matching.keywords import together
from tuibrowser.search.matching.match import frequency, spaced
from tuibrowser.search.matching.nearest import (
    MISSING_COST,
    MOST_PLACES,
    NEAREST_COST,
    fewer,
    is_worth_showing,
    longest_parts,
    shortened,
)
from tuibrowser.search.matching.notes import around_notes
from tuibrowser.search.matching.phrase import (
    MOST_CHARACTERS,
    Found,
    Phrase,
    across_blanks,
    anywhere,
    beginning,
    typed,
    whole,
    with_gaps,
)
from tuibrowser.search.matching.phrase import found as found_as
from tuibrowser.search.matching.stages import Edited, Reading, by_reading, is_latin, near, strings
from tuibrowser.search.model import Bound, HitKind
from tuibrowser.search.query import MOST_CONDITIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.answering.scope import Documents
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.nearest import Part
    from tuibrowser.search.query import Query, Word

    Array = npt.NDArray[Any]
    Answer = TypeVar("Answer")

STRING_COST: Final = 0.0001
"""Of each rank by number among the strings that pinyin may stand for."""
REPEATED_COST: Final = 0.08
"""Of another match of a string that pinyin may stand for: more than a heading is better by."""

ENOUGH: Final = 10
"""Matches of the better kinds from which on the worse ones are not looked for, however many are wanted.

As many as a first answer shows: the worse kinds rank below them, and take longer to find than all the others.
"""

_COUNTED: Final = 60_000
"""Matches of pinyin, the first ones, whose strings are counted."""

_MOST_ALIKE: Final = 400_000
"""Characters of one reading up to which all are matches of it."""

_MOST_OF_THEM: Final = 100_000
"""Of more than those the first ones of each segment."""

_MOST_RANKS: Final = 499

_PAIR: Final = 2

_LATIN_FROM: Final = 6
"""Letters from which on a Latin text that is nowhere may be mistyped."""

_MOST_PARTS: Final = 3

_NAMES: Final = {
    HitKind.PINYIN: plain("pinyin"),
    HitKind.INITIALS: plain("initials"),
    HitKind.HOMOPHONE: plain("homophones"),
    HitKind.ABBREVIATION: plain("abbreviations"),
    HitKind.FUZZY: plain("wrong, missing and extra characters"),
}
"""What the kinds are called that were tried in vain."""

_BOUNDS: Final = {
    HitKind.ABBREVIATION: Bound(
        plain("occurrences of an abbreviation's rarest character, in each part of the index"),
        MOST_PLACES_OF_ABBREVIATIONS,
    ),
    HitKind.FUZZY: Bound(plain("characters of the query that near matches are compared with"), LONGEST),
}
"""What is bounded where a stage of a kind leaves matches out."""

_ALIKE_BOUND: Final = Bound(plain("matches of one letter or syllable, in each part of the index"), _MOST_OF_THEM)

_COMPARED_BOUND: Final = Bound(plain("matches up to which a repeated passage is one hit"), MOST_COMPARED)

_QUERY_BOUND: Final = Bound(plain("characters of the query"), MOST_CHARACTERS)

_CONDITIONS_BOUND: Final = Bound(plain("conditions and left-out words of the query"), MOST_CONDITIONS)

_FILLED_BOUND: Final = Bound(plain("matches from which on worse kinds are not looked for"), ENOUGH)

_WHOLE: Final = frozenset({HitKind.EXACT, HitKind.VARIANT})
"""Kinds of which every match counts, those that overlap too."""


class Plan:
    """The matches of a query found so far, in the segments as they were when it began."""

    def __init__(self, query: Query, segments: Sequence[Segment], documents: Documents, *, exact: bool = False) -> None:
        self._query = query
        self.segments = segments
        self._documents = documents
        self._exact = exact
        self._seen: dict[int, list[tuple[Array, Array]]] = {}
        self.found: list[tuple[Segment, Found]] = []
        self._tried: list[str] = []
        self.at_least = False
        self.is_cut = False
        """Whether matches were left out that stand further on."""
        self.is_nearest = False
        """Whether nothing was found, and `found` is what comes nearest."""
        self.is_filled = False
        """Whether worse kinds were not looked for, since there were matches enough."""
        self._bounds: dict[Bound, None] = {}
        """What was bounded on purpose, each once."""
        self._layers = ChosenLayers(query.layers)
        self.notes = (*query.notes, *documents.notes)

    def stages(self, cancelled: Callable[[], bool]) -> Iterator[bool]:
        """Work through the stages; yield whether this was the last whenever there is a better answer."""
        words = [(word, typed(word.text)) for word in self._query.words]
        words = [(word, text) for word, text in words if text]
        if any(len(word.text) > MOST_CHARACTERS for word, _ in words):
            self._bounds[_QUERY_BOUND] = None
            self._note(plain("only the first {count:,} characters are looked for", count=MOST_CHARACTERS))
        if not words:
            if self._query.filters or self._query.excluded or not self._layers.are_all:
                self._note(plain("nothing to look for: add a word"))
            yield True
            return
        if len(self._query.filters) + len(self._query.excluded) > MOST_CONDITIONS:
            self.at_least = True
            self._bounds[_CONDITIONS_BOUND] = None
            self._note(plain("more than {count} conditions: nothing was looked for", count=MOST_CONDITIONS))
            yield True
            return
        steps = self._one(*words[0]) if len(words) == 1 else self._several(words)
        for better in steps:
            if cancelled():
                return
            if better:
                yield False
        if not self._total:
            self._find_nearest(words)
        if not cancelled():
            yield True

    def totals(self) -> dict[HitKind, int]:
        """The number of matches of each kind; what is only nearest is none."""
        totals: dict[HitKind, int] = {}
        if self.is_nearest:
            return totals
        for _, found in self.found:
            if len(found):
                totals[found.kind] = totals.get(found.kind, 0) + len(found)
        return totals

    def documents(self) -> int:
        """The number of documents with a match."""
        counted: dict[int, tuple[Segment, Array]] = {}
        if self.is_nearest:
            return 0
        for segment, found in self.found:
            held = _documents_with(segment, found)
            _, before = counted.get(id(segment), (segment, np.zeros(len(held), bool)))
            counted[id(segment)] = segment, before | held
        return sum(int(held.sum()) for _, held in counted.values())

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """What was bounded on purpose."""
        compared = (_COMPARED_BOUND,) if self._total > MOST_COMPARED else ()
        return (*self._bounds, *compared)

    @property
    def count_bounds(self) -> tuple[Bound, ...]:
        """What was bounded of all that could be counted: more than what was bounded of what a list shows."""
        filled = (_FILLED_BOUND,) if self.is_filled else ()
        return (*self._bounds, *filled)

    def _is_full(self, places: int) -> bool:
        """Whether there are matches enough for worse kinds not to be looked for; it is noted, if there are such kinds.

        A text of a single place has none.
        """
        full = self._total >= ENOUGH
        self.is_filled |= full and places > 1
        return full

    @property
    def _total(self) -> int:
        return sum(len(found) for _, found in self.found)

    # One word or phrase

    def _one(self, word: Word, text: str) -> Iterator[bool]:
        phrase = Phrase(text, word.literal)
        if not len(phrase.significant):
            yield from self._glance(phrase)
        self._whole(phrase)
        if word.quoted or self._exact:
            self._add_each(lambda segment: across_blanks(segment, phrase))
            self._add_each(lambda segment: around_notes(segment, phrase, quoted=True))
            return
        readings = by_reading(text)
        if not readings and self._is_full(len(phrase.places)):
            return
        yield self._total > 0
        yield from self._less_exact(text, phrase, readings)

    def _less_exact(self, text: str, phrase: Phrase, readings: Sequence[Reading]) -> Iterator[bool]:
        """Further kinds; what they find is shown when all is done, which is soon."""
        if not self._is_full(len(phrase.places)):
            self._tried.append(plain("other scripts and forms"))
            self._add_each(lambda segment: with_gaps(segment, phrase))
            self._add_each(lambda segment: around_notes(segment, phrase, quoted=False))
            yield False
        for reading in readings:
            if self._enough(reading):
                break
            self._tried.append(_NAMES[reading.kind])
            self._read(reading)
            yield False
        if not is_latin(text) or (not self._total and len(phrase.places) >= _LATIN_FROM):
            yield from self._near(phrase, latin=is_latin(text))

    def _enough(self, reading: Reading) -> bool:
        """Whether what is better than a reading fills the list."""
        better = sum(len(found) for _, found in self.found if not len(found) or found.costs.max() < reading.cost)
        self.is_filled |= better >= ENOUGH
        return better >= ENOUGH

    def _whole(self, phrase: Phrase) -> None:
        self._add_each(lambda segment: whole(segment, phrase))

    def _add_each(self, find: Callable[[Segment], Sequence[Found]]) -> None:
        """Add what is found of several kinds in each segment."""
        for segment, kinds in self._each(find):
            for found in kinds:
                self._add(segment, found)

    def _glance(self, phrase: Phrase) -> Iterator[bool]:
        """What the beginning holds of a text of gaps alone, which no index holds: shown until all is looked through."""
        for segment in self._chosen[:1]:
            for found in beginning(segment, phrase):
                self._add(segment, found)
        self.at_least = True
        yield self._total > 0
        self.found, self._seen, self.at_least = [], {}, False

    def _near(self, phrase: Phrase, *, latin: bool) -> Iterator[bool]:
        """What is not quite the text, as long as there is room; two characters must have found nothing."""
        if len(phrase.places) < _PAIR or (len(phrase.places) == _PAIR and self._total):
            return
        stages = near(phrase.places)
        if stages and self._is_full(len(phrase.places)):
            return
        for stage in stages:
            if isinstance(stage, Edited) and self._is_full(len(phrase.places)):
                return
            if latin and not isinstance(stage, Edited):
                continue
            self._tried.append(_NAMES[stage.kind])
            for segment, (found, complete) in self._each(stage.find):
                if not complete:
                    self.at_least = True
                    self._bounds[_BOUNDS[stage.kind]] = None
                self._add(segment, found)
            yield False

    def _read(self, reading: Reading) -> None:
        """Matches by reading: the commonest string first, each string once before any twice."""
        fresh = []
        find = partial(reading.first, most=_MOST_OF_THEM) if self._is_everywhere(reading) else reading.find
        for segment, (found, complete) in self._each(find):
            if not complete:
                self.is_cut = self.at_least = True
                self._bounds[_ALIKE_BOUND] = None
            found = self._fresh(segment, found)
            if len(found):
                fresh.append((segment, found))
        for segment, found in _strings_apart(fresh, reading):
            self._keep(segment, found)

    def _is_everywhere(self, reading: Reading) -> bool:
        """Whether a reading is that of a great part of all characters, as a letter is, and all are looked at."""
        if len(reading.places) > 1 or self._documents.chosen is not None or self._query.excluded:
            return False
        if not self._layers.are_all:
            return False
        return sum(frequency(segment, reading.places[0]) for segment in self._chosen) > _MOST_ALIKE

    # Several words

    def _several(self, words: Sequence[tuple[Word, str]]) -> Iterator[bool]:
        loose = not self._exact and not any(word.quoted for word, _ in words)
        if loose:
            phrase = Phrase(" ".join(text for _, text in words))
            self._whole(phrase)
            self._add_each(lambda segment: around_notes(segment, phrase, quoted=False))
            for reading in by_reading(phrase.text)[:1]:
                self._read(reading)
            yield self._total > 0
        self._keywords(words)

    def _keywords(self, words: Sequence[tuple[Word, str]]) -> None:
        words = list(dict.fromkeys(words))
        self._tried.append(plain("all words in one paragraph"))
        self._together([self._word(word, text) for word, text in words])
        if not self._total and not self._exact:
            self._tried.append(plain("each as pinyin, homophones, abbreviation and with a wrong character"))
            self._together([self._any_form(word, text) for word, text in words])

    def _together(self, words: Sequence[Sequence[Found]], more: float = 0.0) -> None:
        """Add the paragraphs that hold all words, whose matches in each segment are given."""
        for at, segment in enumerate(self._chosen):
            self._add(segment, together(segment, [found[at] for found in words], more))

    def _any_form(self, word: Word, text: str) -> list[Found]:
        """The matches of a keyword in each segment, exact or near."""
        if word.quoted:
            return self._word(word, text)
        phrase = Phrase(text, word.literal)
        stages = [*_readings(text), *(near(phrase.places) if not is_latin(text) else ())]
        return [
            self._union(segment, [*_forms(segment, phrase), *(stage.find(segment)[0] for stage in stages)])
            for segment in self._chosen
        ]

    def _word(self, word: Word, text: str) -> list[Found]:
        """The matches of a keyword in each segment: as it stands or is read; else the nearest kind there is."""
        phrase = Phrase(text, word.literal)
        readings = _readings(text)[:1] if not (word.quoted or self._exact) else []
        forms = _forms_and_blanks if word.quoted or self._exact else _forms
        found = [
            self._union(segment, [*forms(segment, phrase), *(reading.find(segment)[0] for reading in readings)])
            for segment in self._chosen
        ]
        if any(map(len, found)) or word.quoted or self._exact:
            return found
        for stage in [*_readings(text)[1:], *near(phrase.places)]:
            found = [self._layers.only(segment, stage.find(segment)[0]) for segment in self._chosen]
            if any(map(len, found)):
                break
        return found

    def _union(self, segment: Segment, alternatives: Sequence[Found]) -> Found:
        """All matches of several in the layers that are looked at."""
        return self._layers.only(segment, _union(alternatives))

    # Where nothing was found

    def _find_nearest(self, words: Sequence[tuple[Word, str]]) -> None:
        """Look for what comes nearest, and say what was tried."""
        said = shortened(" ".join(text for _, text in words))
        if self._documents.chosen is not None and not self._documents.chosen.any():
            self._note(plain("no document meets the conditions"))
        elif not self._layers.are_in(self._chosen):
            self._note(plain("no document says which of its text is of another layer"))
        elif self._exact or any(word.quoted for word, _ in words):
            self._note(plain("nothing is exactly {words}; near matches were not looked for", words=said))
        else:
            nearest = self._fewer_words(words) if len(words) > 1 else self._longest_parts(words[0][1])
            self.is_nearest = bool(nearest)
            nothing = plain("nothing like {words}", words=said)
            if len(words) > 1:
                nothing = plain("nothing has all of {words}", words=said)
            sentence = plain("{nothing}; tried {kinds}", nothing=nothing, kinds=listed(dict.fromkeys(self._tried)))
            if nearest:
                sentence = plain("{sentence}; nearest: {nearest}", sentence=sentence, nearest=nearest)
            self._note(sentence)

    def _note(self, sentence: str) -> None:
        self.notes = (*self.notes, sentence)

    def _longest_parts(self, text: str) -> str:
        """Add the matches of the longest parts of a text that there are; what they are, none where it is empty."""
        readings = by_reading(text)
        places = (readings[0].places if readings else Phrase(text).places)[:MOST_PLACES]

        def matches(part: Part) -> list[tuple[Segment, Found]]:
            cost = NEAREST_COST + MISSING_COST * (1 - len(part) / len(places))
            held = [
                (segment, found_as(HitKind.FUZZY, *spaced(segment, places[part.start : part.end]), cost))
                for segment in self._chosen
            ]
            return [(segment, fresh) for segment, found in held if len(fresh := self._fresh(segment, found))]

        parts = longest_parts(len(places), lambda part: bool(matches(part)))
        parts = [part for part in parts if is_worth_showing(part, places, text)][:_MOST_PARTS]
        names = []
        for part in parts:
            for number, (segment, found) in enumerate(matches(part)):
                if not number:
                    names.append(segment.text(int(found.starts[0]), int(found.ends[0])))
                self._add(segment, found)
        return listed(dict.fromkeys(names))

    def _fewer_words(self, words: Sequence[tuple[Word, str]]) -> str:
        """Add the paragraphs with most of the words; what they lack, nothing where there are none."""
        matches = {text: self._word(word, text) for word, text in words}
        present = [text for text in matches if any(map(len, matches[text]))]
        choices = [tuple(present)] if len(present) < len(matches) else []
        for chosen in (*choices, *fewer(present)):
            if not chosen:
                break
            missing = [text for text in matches if text not in chosen]
            self._together([matches[text] for text in chosen], NEAREST_COST + MISSING_COST * len(missing) / len(words))
            if self._total:
                return plain("without {words}", words=listed(missing))
        return ""

    def _each(self, find: Callable[[Segment], Answer]) -> list[tuple[Segment, Answer]]:
        """What is found in each segment."""
        return [(segment, find(segment)) for segment in self._chosen]

    # Scope

    @cached_property
    def _chosen(self) -> list[Segment]:
        """The segments with a document that is looked at."""
        chosen = self._documents.chosen
        return [segment for segment in self.segments if chosen is None or chosen[segment.numbers].any()]

    def _add(self, segment: Segment, found: Found) -> None:
        self._keep(segment, self._fresh(segment, found))

    def _keep(self, segment: Segment, found: Found) -> None:
        if not len(found):
            return
        self.found.append((segment, found))
        self._seen.setdefault(id(segment), []).append((found.starts, found.ends))

    def _fresh(self, segment: Segment, found: Found) -> Found:
        """Those matches that are in scope and not, nor in part, matches of a better kind."""
        if not len(found):
            return found
        chosen = self._documents.chosen
        if chosen is not None and not chosen[segment.numbers].all():
            found = found.only(chosen[segment.numbers[segment.document_index(found.starts)]])
        found = self._layers.only(segment, found)
        if self._query.excluded:
            found = found.only(~self._excluded[id(segment)][segment.paragraph_index(found.starts)])
        if found.kind in _WHOLE:
            return found
        for starts, ends in self._seen.get(id(segment), ()):
            found = _beside(found, starts, ends)
        return found

    @cached_property
    def _excluded(self) -> dict[int, Array]:
        """For each segment which of its paragraphs hold a word that is to be left out."""
        excluded = {}
        phrases = [Phrase(text, word.literal) for word in self._query.excluded if (text := typed(word.text))]
        for segment in self._chosen:
            out = np.zeros(len(segment.para), bool)
            for phrase in phrases:
                for found in _forms_and_blanks(segment, phrase):
                    out[segment.paragraph_index(found.starts)] = True
            excluded[id(segment)] = out
        return excluded


def _documents_with(segment: Segment, found: Found) -> Array:
    """A bool for each document of a segment: whether it has a match."""
    if len(found) > len(segment.numbers):
        return np.asarray(np.diff(np.searchsorted(found.starts, segment.docs)) > 0)
    held = np.zeros(len(segment.numbers), bool)
    held[segment.document_index(found.starts)] = True
    return held


def _forms(segment: Segment, phrase: Phrase) -> list[Found]:
    """The matches of a keyword in all forms, of which nothing tells which is which later on."""
    matches = anywhere(segment, phrase)
    return whole(segment, phrase) if matches is None else [matches]


def _forms_and_blanks(segment: Segment, phrase: Phrase) -> list[Found]:
    """The same, and the matches with blanks between the characters."""
    return [*_forms(segment, phrase), *across_blanks(segment, phrase)]


def _readings(keyword: str) -> list[Reading]:
    """What a keyword may be read as; a single letter is the initial of too much."""
    return by_reading(keyword) if len(keyword) > 1 else []


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


def _union(alternatives: Sequence[Found]) -> Found:
    """All matches of several, sorted; where two begin at one place the first counts."""
    held = [found for found in alternatives if len(found)]
    if len(held) < _PAIR:
        return held[0] if held else alternatives[0]
    starts = np.concatenate([found.starts for found in held])
    ends = np.concatenate([found.ends for found in held])
    costs = np.concatenate([found.costs for found in held])
    first = first_of_each(starts)
    return Found(held[0].kind, starts.take(first), ends.take(first), costs.take(first))


def _strings_apart(found: Sequence[tuple[Segment, Found]], reading: Reading) -> list[tuple[Segment, Found]]:
    """The same matches, costed so that the commonest strings come first and each comes once before any twice."""
    if not found:
        return []
    hashes, weights, left = [], [], _COUNTED
    for segment, matches in found:
        starts = matches.starts[:left]
        hashes.append(strings(segment, starts, len(reading.places)))
        weights.append(reading.weights(segment, starts))
        left -= len(starts)
    ranked = _commonest(np.concatenate(hashes), np.concatenate(weights), _MOST_RANKS)
    answers: list[tuple[Segment, Found]] = []
    low = 0
    for (segment, matches), held in zip(found, hashes, strict=True):
        here = np.flatnonzero((ranked >= low) & (ranked < low + len(held)))
        here = here[np.argsort(ranked[here])]
        at = ranked[here] - low
        costs = matches.costs[at] + (STRING_COST * np.minimum(here, _MOST_RANKS)).astype(np.float32)
        rest = np.ones(len(matches), bool)
        rest[at] = False
        answers += [
            (segment, Found(matches.kind, matches.starts[at], matches.ends[at], costs)),
            (segment, matches.only(rest).dearer(REPEATED_COST)),
        ]
        low += len(held)
    return answers


def _commonest(hashes: Array, weights: Array, limit: int) -> Array:
    """Where each of the commonest strings, by the sum of the weights of its matches, comes first; commonest first."""
    # The numbers of the matches take the place of the lower bits of the hashes, and are sorted along.
    width = np.uint64(len(hashes).bit_length())
    ordered = np.sort(hashes >> width << width | np.arange(len(hashes), dtype=np.uint64))
    at = (ordered & ((np.uint64(1) << width) - np.uint64(1))).astype(np.int64)
    begins = changes(ordered >> width).nonzero()[0]
    first, sums = at.take(begins), np.add.reduceat(weights.take(at), begins)
    if len(first) > limit:
        least = np.partition(sums, -limit)[-limit]
        above, tied = (sums > least).nonzero()[0], (sums == least).nonzero()[0]
        tied = tied.take(np.argsort(first.take(tied))[: limit - len(above)])
        chosen = np.concatenate((above, tied))
        first, sums = first.take(chosen), sums.take(chosen)
    return np.asarray(first[np.lexsort((first, -sums))])
