"""Foresight: the steps that a plan is likely to ask for next, so that they can be asked together with others.

Nothing hangs on it but how often hosts are asked: what is not wanted is taken back, what is missing is asked later.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tuibrowser.search.cluster.host.steps import Step
from tuibrowser.search.matching.match import places_of
from tuibrowser.search.matching.phrase import typed
from tuibrowser.search.matching.stages import Abbreviations, Edited, by_reading, is_latin, near_of
from tuibrowser.search.planning.words import anyhow_slot, further, in_turn, slots_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tuibrowser.search.matching.stages import Reading, Stage
    from tuibrowser.search.query import Query, Word

_PAIR: Final = 2
_LATIN_FROM: Final = 6
_PASSAGE_FROM: Final = 12


@dataclass(frozen=True, slots=True)
class Answering:
    """What a search asks when it answers, and whether it answers as soon as there is anything."""

    steps: Sequence[Step] = ()
    is_early: bool = False


@dataclass
class Foresight:
    """Foresees the steps of one query."""

    query: Query
    is_exact: bool
    answering: Answering
    rarest: Callable[[str], int]
    """The place of a text whose character is rarest in the corpus."""
    is_common: Callable[[Reading], bool]
    """Whether a reading is of a single place, and so common that only its first matches are looked for."""
    is_nowhere: Callable[[Step], bool]
    """Whether it is known of a word, by the step that looks for it, that it has no matches."""
    given: Sequence[Step] = ()
    """Steps that are wanted next for certain."""
    written: dict[int, int] = field(default_factory=dict, init=False)
    """How many matches words have as they are written or likely read, by their slots: one may stand quoted and not."""
    near: dict[str, int] = field(default_factory=dict, init=False)
    """How many matches, exact or near, words have at least by the index alone."""
    _reading: int = field(default=0, init=False)
    """Which reading is looked for."""

    def __post_init__(self) -> None:
        words = ((word, typed(word.text)) for word in self.query.words)
        self._words: Sequence[tuple[Word, str]] = list(dict.fromkeys((word, text) for word, text in words if text))

    def note_reading(self, number: int) -> None:
        """Note which reading is looked for now."""
        self._reading = number

    def after(self, last: Step | None, total: int) -> Iterator[Step]:
        """The steps after one, before which there were so many matches."""
        if self.given:
            yield from self.given
            yield from self.answering.steps
        elif last is not None and self._words:
            yield from self._after_one(last, total) if len(self._words) == 1 else self._after_several(last)

    # One word or phrase

    def _after_one(self, last: Step, total: int) -> Iterator[Step]:
        (word, text) = self._words[0]
        readings = by_reading(text)
        is_strict = word.quoted or self.is_exact
        match last.name:
            case "with_losses":
                yield from self._after_whole(word, text, total)
            case "around_notes" if is_strict:
                yield from self.answering.steps
            case "around_notes" if not readings:
                yield from self._near(text, 0, total)
            case "around_notes":
                yield from self._read(text, 0)
            case "better_than":
                at = [reading.cost for reading in readings].index(last.arguments["cost"])
                yield from self._strings(text, at)
            case "rank" if self._reading + 1 < len(readings):
                cost = readings[self._reading + 1].cost
                yield Step("better_than", {"cost": cost})
                yield from self.answering.steps
                yield from self._strings(text, self._reading + 1)
            case "rank" if is_latin(text):
                yield from self.answering.steps
            case "rank":
                yield from self._near(text, 0, total)
            case "near":
                yield from self._near(text, last.arguments["number"] + 1, total)
            case "keep_parallels" | "part_from":
                yield from self.answering.steps

    def _after_whole(self, word: Word, text: str, total: int) -> Iterator[Step]:
        readings = by_reading(text)
        if self.answering.is_early:
            yield from self.answering.steps
            if not readings:
                return
        yield Step("with_gaps", {"text": text, "literal": word.literal})
        yield Step("around_notes", {"text": text, "literal": word.literal, "quoted": False})
        yield from self._read(text, 0) if readings else self._near(text, 0, total)

    def _read(self, text: str, number: int) -> Iterator[Step]:
        yield Step("better_than", {"cost": by_reading(text)[number].cost})
        yield from self._strings(text, number)

    def _strings(self, text: str, number: int) -> Iterator[Step]:
        if not self.is_common(by_reading(text)[number]):
            yield Step("strings", {"text": text, "number": number, "shares": None})

    def _near(self, text: str, number: int, total: int) -> Iterator[Step]:
        """The stages for near matches from one on, and the answer."""
        places = places_of(text)
        if len(places) < _PAIR or (len(places) == _PAIR and total):
            yield from self.answering.steps
            return
        for at, stage in enumerate(near_of(text)):
            if at >= number and (not is_latin(text) or isinstance(stage, Edited)):
                yield self._near_stage(text, at, stage)
        if not total and len(places) >= _PASSAGE_FROM:
            yield Step("pair_counts", {"text": text})
        yield from self.answering.steps

    def _near_stage(self, text: str, number: int, stage: Stage) -> Step:
        rarest = self.rarest(text) if isinstance(stage, Abbreviations) else 0
        return Step("near", {"text": text, "number": number, "rarest": rarest, "shares": None})

    # Several words

    def _after_several(self, last: Step) -> Iterator[Step]:
        is_loose = not self.is_exact and not any(word.quoted or word.pattern is not None for word, _ in self._words)
        match last.name:
            case "around_notes" if is_loose:
                if self.answering.is_early:
                    yield from self.answering.steps
                yield from self._stand(0)
            case "rank":
                if self.answering.is_early:
                    yield from self.answering.steps
                yield from self._stand(0)
            case "word":
                yield from self._stand(last.arguments["slot"] + 1)
            case "word_otherwise":
                yield from self._otherwise(last.arguments["slot"], last.arguments["number"] + 1)
                for step in self._stand(last.arguments["slot"] + 1):
                    if self.is_nowhere(step) and not step.arguments["strict"]:
                        yield from self._otherwise(step.arguments["slot"], 0)
                yield from self._near_at_least(0)
            case "near_at_least":
                texts = [self._words[number][1] for number in self._turn]
                yield from self._near_at_least(texts.index(last.arguments["text"]) + 1)
            case "word_anyhow":
                yield from self._stand_anyhow(last.arguments["slot"])
                yield from self.answering.steps
            case "together":
                yield from self.answering.steps
                if not self.is_exact and max(last.arguments["slots"]) < len(self._words):
                    yield from self._near_at_least(0)

    def _stand(self, first: int) -> Iterator[Step]:
        """The words from one on as they stand."""
        for slot, (word, text) in enumerate(self._words):
            if slot >= first and word.pattern is None:
                strict = word.quoted or self.is_exact
                yield Step("word", {"slot": slot, "text": text, "literal": word.literal, "strict": strict})

    def _otherwise(self, slot: int, first: int) -> Iterator[Step]:
        """The further stages of a word from one on."""
        text = self._words[slot][1]
        for at, stage in enumerate(further(text)):
            if at >= first:
                rarest = self.rarest(text) if isinstance(stage, Abbreviations) else 0
                yield Step("word_otherwise", {"slot": slot, "text": text, "number": at, "rarest": rarest})

    @property
    def _turn(self) -> list[int]:
        """The numbers of the words with near matches, in the turn in which these are looked for."""
        words = enumerate(self._words)
        least = [max(self.written.get(slot, 0), self.near.get(text, 0)) for slot, (_, text) in words]
        return in_turn(self._words, least)

    def _near_at_least(self, first: int) -> Iterator[Step]:
        """How many near matches there are of the words from one in their turn on."""
        for number in self._turn[first:]:
            yield Step("near_at_least", {"text": self._words[number][1]})

    def _stand_anyhow(self, slot: int) -> Iterator[Step]:
        """The words whose turn comes after that of one, by its slot, exact or near.

        The last one is likely commoner than the others; of two, the paragraphs with both are wanted then.
        """
        words, turn = self._words, self._turn
        at = [anyhow_slot(words, number) for number in turn].index(slot)
        for number in turn[at + 1 :]:
            word, text = words[number]
            is_commonest = number == turn[-1] and self.near.get(text, 0) > 0
            beside = slots_beside(words, turn) if is_commonest else []
            arguments = {"text": text, "rarest": self.rarest(text), "beside": beside, "literal": word.literal}
            yield Step("word_anyhow", {"slot": anyhow_slot(words, number), **arguments})
            if is_commonest and len(beside) == 1:
                yield Step("together", {"slots": [*beside, anyhow_slot(words, number)], "more": 0.0})
