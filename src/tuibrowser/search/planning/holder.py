"""Holder: carries out the steps of a plan in some segments and keeps what they find."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.index.arrays import first_of_each
from tuibrowser.search.matching.found import Found, found, together_of
from tuibrowser.search.matching.keywords import paragraphs_with, together
from tuibrowser.search.matching.match import CharacterSet, frequency
from tuibrowser.search.matching.nearest import MISSING_COST, NEAREST_COST, reach_of
from tuibrowser.search.matching.notes import around_notes
from tuibrowser.search.matching.phrase import (
    Phrase,
    across_blanks,
    beginning,
    forms_and_blanks,
    forms_of,
    phrase_of,
    whole,
    with_gaps,
    with_losses,
)
from tuibrowser.search.matching.spaced import spaced
from tuibrowser.search.matching.stages import Abbreviations, Homophones, Stage, by_reading, near_of
from tuibrowser.search.model import HitKind
from tuibrowser.search.parallels.find import find
from tuibrowser.search.parallels.found import parallels_found
from tuibrowser.search.parallels.passage import passage_of
from tuibrowser.search.parallels.seeds import inside, pairs_of
from tuibrowser.search.patterns.find import pattern
from tuibrowser.search.planning.commonest import strings_apart
from tuibrowser.search.planning.keeper import Keeper
from tuibrowser.search.planning.nearest import places_in
from tuibrowser.search.planning.scope import Chosen
from tuibrowser.search.planning.words import all_near, further, read_as

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.hanzi.readings import Ranges
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.model import Bound
    from tuibrowser.search.planning.held import Cancelled, Shares
    from tuibrowser.search.query import Query

    Array = npt.NDArray[Any]

_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """What a holder held at a time: its matches, how many lists of them, and the words in slots."""

    found: list[tuple[Segment, Found]]
    count: int
    seen: dict[int, list[tuple[Array, Array]]]
    spans: Mapping[int, int]
    slots: Mapping[int, list[Found]]


class Holder(Keeper):
    """The `Held` of segments of this process."""

    def __init__(self, segments: Sequence[Segment], documents: Chosen, query: Query) -> None:
        super().__init__(segments, documents, query)
        self._slots: dict[int, list[Found]] = {}
        """The matches of words in each segment that is looked at."""
        self._looks: dict[tuple[int, Phrase | Stage], Sequence[Found]] = {}
        """What was found of words, by the segment and the way in which they were looked for."""

    def state(self) -> Mark:
        """What is held now."""
        spans = {segment: len(each) for segment, each in self._seen.items()}
        return Mark(self.found, len(self.found), self._seen, spans, dict(self._slots))

    def take_back(self, mark: Mark) -> None:
        """Hold what was held before."""
        self.found, self._seen, self._slots = mark.found, mark.seen, dict(mark.slots)
        del self.found[mark.count :]
        self.total = sum(len(each) for _, each in self.found)
        for segment, each in self._seen.items():
            del each[mark.spans.get(segment, 0) :]

    def aside(self, layer: Layer) -> Holder | None:
        """One that looks in the same documents for a layer that stands aside; None where none does."""
        segments = [segment for segment in self.chosen if len(segment.aside[0])]
        query = replace(self.query, layers=frozenset({layer}))
        return Holder(segments, Chosen(self.looked_at), query) if segments else None

    def frequencies(self, places: Sequence[Ranges]) -> list[int]:
        """How often the characters of each of some places occur in all segments."""
        wanted = map(CharacterSet, places)
        return [sum(frequency(segment, place) for segment in self.segments) for place in wanted]

    def by_segment(self, place: Ranges) -> Shares:
        """How often the characters of a place occur in each segment."""
        wanted = CharacterSet(place)
        return {name_of(segment): frequency(segment, wanted) for segment in self.segments}

    # One word or phrase

    def whole(self, text: str, *, literal: bool) -> None:
        """Add the matches of a phrase as it stands, in any form."""
        self.add_all(partial(whole, phrase=phrase_of(text, literal)))

    def with_losses(self, text: str, *, literal: bool) -> None:
        """Add the matches of a phrase in which lost characters stand for some of its own."""
        self.add_all(partial(with_losses, phrase=phrase_of(text, literal)))

    def across_blanks(self, text: str, *, literal: bool) -> None:
        """Add the matches of a phrase with nothing but blanks between its characters."""
        self.add_all(partial(across_blanks, phrase=phrase_of(text, literal)))

    def around_notes(self, text: str, *, literal: bool, quoted: bool) -> None:
        """Add the matches of a phrase that pass over notes."""
        self.add_all(partial(around_notes, phrase=phrase_of(text, literal), quoted=quoted))

    def with_gaps(self, text: str, *, literal: bool) -> None:
        """Add the matches of a phrase in which other gaps stand than in the text."""
        self.add_all(partial(with_gaps, phrase=phrase_of(text, literal)))

    def glance(self, text: str, *, literal: bool) -> None:
        """Add the matches at the beginning of the corpus of a text that is gaps alone."""
        for segment in self.chosen[:1]:
            for each in beginning(segment, phrase_of(text, literal)):
                self.add(segment, each)

    def read(self, text: str, number: int, shares: Shares | None) -> None:
        """Add the matches of a reading, the commonest strings first; of a single place the first ones, if need be."""
        for segment, each in strings_apart(self.read_fresh(text, number, shares), by_reading(text)[number]):
            self.keep(segment, each)

    def read_fresh(self, text: str, number: int, shares: Shares | None) -> list[tuple[Segment, Found]]:
        """The matches of a reading that are fresh, in each segment with any."""
        reading = by_reading(text)[number]
        fresh = [
            (segment, self.fresh(segment, reading.first(segment, shares[name_of(segment)])))
            if shares is not None
            else (segment, self.fresh(segment, reading.find(segment)))
            for segment in self.chosen
        ]
        return [each for each in fresh if len(each[1])]

    def near(self, text: str, number: int, rarest: int, shares: Shares | None) -> None:
        """Add what a stage for near matches finds."""
        stage = _around(near_of(text)[number], rarest)
        if isinstance(stage, Abbreviations) and shares is not None:
            answers = [(segment, stage.first(segment, shares[name_of(segment)])) for segment in self.chosen]
        else:
            answers = [(segment, stage.find(segment)) for segment in self.chosen]
        for segment, each in answers:
            self.add(segment, each)

    def parallels(self, text: str, cancelled: Cancelled) -> tuple[Bound, ...]:
        """Add the parallels of a text; return the bounds that the search for them ran into."""
        passage, segments = passage_of(text), self.chosen
        pairs = pairs_of(passage, self.segments)
        looked = find(passage, pairs, segments, partial(inside, self.looked_at), cancelled)
        for segment, each in parallels_found(passage, looked.places, segments):
            self.add(segment, each)
        return looked.bounds

    def pattern(self, source: str, cancelled: Cancelled, *, folded: bool) -> Iterator[bool]:
        """Add the matches of a pattern, some at a time; yield False, at last, where the time was up before the end."""
        for each in self.matching(pattern(source, folded=folded), cancelled):
            if each is not None:
                self.add(*each)
            yield each is not None

    # Several words, each in a slot

    def word(self, slot: int, text: str, *, literal: bool, strict: bool) -> int:
        """Put the matches of a keyword, as it is written or read, into a slot; return their number."""
        phrase = phrase_of(text, literal)
        if strict:
            return self._put(slot, lambda segment: forms_and_blanks(segment, phrase))
        looks: list[Phrase | Stage] = [phrase, *read_as(text)[:1]]
        return self._put(slot, lambda segment: self._sought(segment, looks))

    def word_otherwise(self, slot: int, text: str, number: int, rarest: int) -> int:
        """Put what a further stage finds of a keyword into a slot; return the number of matches."""
        stage = _around(further(text)[number], rarest)
        return self._put(slot, lambda segment: self._sought(segment, [stage]))

    def near_at_least(self, text: str) -> int:
        """How many matches of a keyword, exact or near, there are at least, as far as the index alone tells."""
        if not self.is_everywhere:
            return 0
        sounds = [stage for stage in all_near(text) if isinstance(stage, Homophones)]
        return sum(stage.at_least(segment) for stage in sounds for segment in self.chosen)

    def word_anyhow(self, slot: int, text: str, rarest: int, beside: Sequence[int], *, literal: bool) -> int:
        """Put the matches of a keyword, exact or near, into a slot; return their number.

        Where slots are given, only those in the paragraphs with matches of all of these.
        """
        looks: list[Phrase | Stage] = [phrase_of(text, literal), *(_around(stage, rarest) for stage in all_near(text))]
        if not beside:
            return self._put(slot, lambda segment: self._sought(segment, looks))
        others = {id(segment): [self._slots[other][at] for other in beside] for at, segment in enumerate(self.chosen)}
        return self._put(slot, lambda segment: self._sought_in(segment, looks, others[id(segment)]))

    def _sought(self, segment: Segment, looks: Sequence[Phrase | Stage]) -> list[Found]:
        """What is found of each way to look for a word, looked for once."""
        return [found for look in looks for found in self._found_by(segment, look)]

    def _found_by(self, segment: Segment, look: Phrase | Stage) -> Sequence[Found]:
        key = id(segment), look
        if key not in self._looks:
            self._looks[key] = forms_of(segment, look) if isinstance(look, Phrase) else [look.find(segment)]
        return self._looks[key]

    def _sought_in(self, segment: Segment, looks: Sequence[Phrase | Stage], others: Sequence[Found]) -> list[Found]:
        """The same, of what begins in paragraphs with matches of all other words."""
        stretches = paragraphs_with(segment, others)
        found = []
        for look in looks:
            if isinstance(look, Phrase) or (id(segment), look) in self._looks:
                found += [each.only(stretches.hold(each.starts)) for each in self._found_by(segment, look)]
            else:
                found.append(look.find_in(segment, stretches))
        return found

    def word_pattern(self, slot: int, source: str, cancelled: Cancelled, *, folded: bool) -> tuple[int, bool]:
        """Put the matches of a pattern into a slot; return their number, and whether the time sufficed."""
        held: dict[int, list[Found]] = {id(segment): [] for segment in self.chosen}
        in_time = True
        for each in self.matching(pattern(source, folded=folded), cancelled):
            if each is None:
                in_time = False
            else:
                held[id(each[0])].append(each[1])
        return self._put(slot, lambda segment: [together_of(HitKind.PATTERN, held[id(segment)])]), in_time

    def _put(self, slot: int, find_in: Callable[[Segment], Sequence[Found]]) -> int:
        words = [self.inside(segment, _union(find_in(segment))) for segment in self.chosen]
        self._slots[slot] = words
        return sum(map(len, words))

    def together(self, slots: Sequence[int], more: float) -> None:
        """Add the paragraphs that hold the words of some slots, the rarest one first; they cost so much more."""
        for at, segment in enumerate(self.chosen):
            self.add(segment, together(segment, [self._slots[slot][at] for slot in slots], more))

    def any_together(self, choices: Sequence[tuple[Sequence[int], float]]) -> int:
        """Add the paragraphs with the words of the first choice that there are any of; return which, -1 for none."""
        for at, (slots, more) in enumerate(choices):
            self.together(slots, more)
            if self.total:
                return at
        return -1

    # What comes nearest

    def reach(self, text: str) -> list[int]:
        """How far the longest part of a text that occurs reaches from each of its places."""
        return reach_of(len(places_in(text)), lambda start, end: bool(self._part(text, start, end)))

    def parts(self, text: str, places: Sequence[tuple[int, int]]) -> list[str]:
        """Add the matches of parts of a text; return the first one of each as it is written, "" where there is none."""
        return [self.first_part(text, start, end)[1] for start, end in places]

    def first_part(self, text: str, start: int, end: int) -> tuple[int, str]:
        """Add the matches of a part; return the document of the first one, or -1, and how it is written."""
        held = self._part(text, start, end)
        for segment, each in held:
            self.add(segment, each)
        if not held:
            return -1, ""
        segment, first, stop = held[0][0], held[0][1].starts[:1], int(held[0][1].ends[0])
        document = segment.numbers[segment.document_index(first)[0]]
        return int(document), segment.text(int(first[0]), stop)

    def _part(self, text: str, start: int, end: int) -> list[tuple[Segment, Found]]:
        places = places_in(text)
        cost = NEAREST_COST + MISSING_COST * (1 - (end - start) / len(places))
        held = [
            (segment, self.fresh(segment, found(HitKind.FUZZY, *spaced(segment, places[start:end]), cost)))
            for segment in self.chosen
        ]
        return [(segment, each) for segment, each in held if len(each)]


def _around(stage: Stage, rarest: int) -> Stage:
    """A stage that looks around the rarest place, where it is one that does."""
    return replace(stage, rarest=rarest) if isinstance(stage, Abbreviations) else stage


def name_of(segment: Segment) -> int:
    """What a segment goes by among all of the corpus: the number of its first document."""
    return int(segment.numbers[0])


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
