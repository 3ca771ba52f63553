"""Plan: which kinds of matches are looked for, one after another, and when there are enough."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import Layer
from tuibrowser.language.i18n import many, plain, said
from tuibrowser.language.wording import listed
from tuibrowser.search.matching.abbreviation import MOST_PLACES
from tuibrowser.search.matching.nearest import shortened
from tuibrowser.search.matching.phrase import MOST_CHARACTERS, phrase_of, typed
from tuibrowser.search.matching.stages import Abbreviations, Edited, by_reading, is_latin, near_of
from tuibrowser.search.model import HitKind
from tuibrowser.search.patterns.find import SECONDS_BOUND, PatternError, pattern
from tuibrowser.search.patterns.written import may_be_meant
from tuibrowser.search.planning import bounds
from tuibrowser.search.planning.bounds import ENOUGH
from tuibrowser.search.planning.held import first_of
from tuibrowser.search.planning.nearest import add_fewer_words, add_longest_parts
from tuibrowser.search.planning.words import Stood, rarest_of, stand, stand_anyhow
from tuibrowser.search.query import MOST_CONDITIONS, READ_LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tuibrowser.hanzi.readings import Ranges
    from tuibrowser.search.matching.phrase import Phrase
    from tuibrowser.search.matching.stages import Reading, Stage
    from tuibrowser.search.model import Bound
    from tuibrowser.search.planning.held import Held, Shares
    from tuibrowser.search.query import Query, Word

_PAIR: Final = 2

_SHOWN_EVERY: Final = 0.25
"""Seconds between two answers while a pattern is looked for."""

_LATIN_FROM: Final = 6
"""Letters from which on a Latin text that is nowhere may be mistyped."""

_PASSAGE_FROM: Final = 12
"""Significant characters from which on a text that is nowhere may be a passage that was changed."""

_NAMES: Final = {
    HitKind.PINYIN: plain("pinyin"),
    HitKind.INITIALS: plain("initials"),
    HitKind.HOMOPHONE: plain("homophones"),
    HitKind.ABBREVIATION: plain("abbreviations"),
    HitKind.FUZZY: plain("wrong, missing and extra characters"),
    HitKind.PARALLEL: plain("passages that share most of it"),
}
"""Names of the kinds for the note on what was tried in vain."""


def _never() -> bool:
    return False


class Plan:
    """Carries one query through the stages: decides by what is counted, and holds no matches itself."""

    def __init__(self, query: Query, held: Held, notes: Sequence[str] = (), *, exact: bool = False) -> None:
        self._query = query
        self._held = held
        self._exact = exact
        self._cancelled: Callable[[], bool] = _never
        self._tried: list[str] = []
        self._counts: dict[str, tuple[int, int]] = {}
        """The slot and the number of matches of each of several words."""
        self.at_least = False
        self.is_cut = False
        """Whether matches further on in the text were left out."""
        self.is_nearest = False
        """Whether nothing was found, and what is held is what comes nearest."""
        self.is_filled = False
        """Whether worse kinds were not looked for, since there were matches enough."""
        self.in_furniture = 0
        """Matches in page furniture, which are looked for where there are no others."""
        self._bounds: dict[Bound, None] = {}
        """What was bounded on purpose, each once."""
        self.notes = (*query.notes, *notes)

    def stages(self, cancelled: Callable[[], bool]) -> Iterator[bool]:
        """Work through the stages; yield whether this was the last whenever there is a better answer."""
        self._cancelled = cancelled
        words = [(word, typed(word.text)) for word in self._query.words]
        words = [(word, text) for word, text in words if text]
        if any(len(word.text) > MOST_CHARACTERS for word, _ in words):
            self._bounds[bounds.QUERY_BOUND] = None
            self._note(plain("only the first {count:,} characters are looked for", count=MOST_CHARACTERS))
        if not words:
            if self._query.filters or self._query.excluded or self._query.layers != READ_LAYERS:
                self._note(plain("nothing to look for: add a word"))
            yield True
            return
        if len(self._query.filters) + len(self._query.excluded) > MOST_CONDITIONS:
            self.at_least = True
            self._bounds[bounds.CONDITIONS_BOUND] = None
            self._note(plain("more than {count} conditions: nothing was looked for", count=MOST_CONDITIONS))
            yield True
            return
        try:
            yield from self._answers(words)
        except PatternError as error:
            self._held.clear()
            self.at_least = True
            self._note(plain("the pattern cannot be read: {reason}", reason=said(error)))
            yield True

    def _answers(self, words: Sequence[tuple[Word, str]]) -> Iterator[bool]:
        """Look for some words, then for what comes nearest. Raises PatternError for a pattern to be left out."""
        for word in self._query.excluded:
            if word.pattern is not None:
                pattern(
                    word.pattern, folded=not word.literal, typed_at=word.at
                )  # one that cannot be read is said at once
        for better in self._steps(words):
            if self._cancelled():
                return
            if better:
                yield False
        if not self._held.total and SECONDS_BOUND not in self._bounds and not self._is_aside(words):
            self._find_nearest(words)
        if not self._held.total and any(may_be_meant(word.text) for word, _ in words):
            self._note(plain("? and * are punctuation; patterns are written with □, A|B, A…B or re:"))
        if not self._cancelled():
            yield True

    def totals(self) -> dict[HitKind, int]:
        """The number of matches of each kind; what is only nearest is none."""
        return {} if self.is_nearest else self._held.totals()

    def documents(self) -> int:
        """The number of documents with a match; what is only nearest is none."""
        return 0 if self.is_nearest else self._held.documents()

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """The limits that a listed result has run into."""
        compared = (bounds.COMPARED_BOUND,) if self._held.total > bounds.COMPARED_BOUND.limit else ()
        return (*self._bounds, *compared)

    @property
    def count_bounds(self) -> tuple[Bound, ...]:
        """The limits that a count has run into."""
        filled = (bounds.FILLED_BOUND,) if self.is_filled else ()
        return (*self._bounds, *filled)

    def _steps(self, words: Sequence[tuple[Word, str]]) -> Iterator[bool]:
        return self._one(*words[0]) if len(words) == 1 else self._several(words)

    # One word or phrase

    def _one(self, word: Word, text: str) -> Iterator[bool]:
        if word.pattern is not None:
            yield from self._pattern(word)
            return
        if word.like:
            yield from self._parallels(text)
            return
        phrase = phrase_of(text, word.literal)
        if not len(phrase.significant):
            yield from self._glance(phrase)
        self._held.whole(text, literal=word.literal)
        self._held.with_losses(text, literal=word.literal)
        if word.quoted or self._exact:
            self._held.across_blanks(text, literal=word.literal)
            self._held.around_notes(text, literal=word.literal, quoted=True)
            return
        readings = by_reading(text)
        if not readings and self._is_full(phrase):
            return
        yield self._held.total > 0
        yield from self._less_exact(phrase, readings)

    def _less_exact(self, phrase: Phrase, readings: Sequence[Reading]) -> Iterator[bool]:
        """Add the further kinds; their matches are shown when all is done, which is soon."""
        if not self._is_full(phrase):
            self._tried.append(plain("other scripts and forms"))
            self._held.with_gaps(phrase.text, literal=phrase.literal)
            self._held.around_notes(phrase.text, literal=phrase.literal, quoted=False)
            yield False
        for number, reading in enumerate(readings):
            if self._has_enough_better(reading):
                break
            self._tried.append(_NAMES[reading.kind])
            self._read(phrase.text, number, reading)
            yield False
        latin = is_latin(phrase.text)
        if not latin or (not self._held.total and len(phrase.places) >= _LATIN_FROM):
            yield from self._near(phrase, latin=latin)

    def _is_full(self, phrase: Phrase) -> bool:
        """Whether there are matches enough for worse kinds not to be looked for; it is noted, if there are such kinds.

        A text of a single place has none.
        """
        full = self._held.total >= ENOUGH
        self.is_filled |= full and len(phrase.places) >= _PAIR
        return full

    def _has_enough_better(self, reading: Reading) -> bool:
        """Whether what is better than a reading fills the list; it is noted."""
        enough = self._held.better_than(reading.cost) >= ENOUGH
        self.is_filled |= enough
        return enough

    def _glance(self, phrase: Phrase) -> Iterator[bool]:
        """Show the first matches of a text that is gaps alone, until the scan is done: no index holds it."""
        self._held.glance(phrase.text, literal=phrase.literal)
        self.at_least = True
        yield self._held.total > 0
        self._held.clear()
        self.at_least = False

    def _near(self, phrase: Phrase, *, latin: bool) -> Iterator[bool]:
        """Add near matches while there is room; for a text of two characters, only if nothing was found."""
        if len(phrase.places) < _PAIR or (len(phrase.places) == _PAIR and self._held.total):
            return
        if self._is_full(phrase):
            return
        for number, stage in enumerate(near_of(phrase.text)):
            if isinstance(stage, Edited) and self._is_full(phrase):
                return
            if latin and not isinstance(stage, Edited):
                continue
            self._tried.append(_NAMES[stage.kind])
            self._near_stage(phrase, number, stage)
            yield False
        if not self._held.total and len(phrase.places) >= _PASSAGE_FROM:
            yield from self._parallels(phrase.text)

    def _near_stage(self, phrase: Phrase, number: int, stage: Stage) -> None:
        """Add what a stage for near matches finds; note where it leaves some out."""
        rarest, shares = 0, None
        if isinstance(stage, Abbreviations):
            rarest = rarest_of(self._held, phrase.text)
            shares = self._shares(stage.places[rarest].ranges, MOST_PLACES, MOST_PLACES)
        self._held.near(phrase.text, number, rarest, shares)
        if not stage.is_whole or shares is not None:
            self.at_least = True
            self._bounds[bounds.STAGE_BOUNDS[stage.kind]] = None

    def _shares(self, place: Ranges, enough: int, most: int) -> Shares | None:
        """The first `most` occurrences of a place, if there are more than enough; None for all."""
        if self._held.frequencies([place])[0] <= enough:
            return None
        return first_of(self._held.by_segment(place), most)

    def _pattern(self, word: Word) -> Iterator[bool]:
        """Add the matches of a pattern as they are found; they are shown a few times a second."""
        if not self._is_readable(word):
            return
        shown = 0.0
        before, self.at_least = self.at_least, True
        for in_time in self._held.pattern(word.pattern or "", self._cancelled, folded=not word.literal):
            if not in_time:
                self._bounds[SECONDS_BOUND] = None
                return
            if monotonic() - shown > _SHOWN_EVERY:
                yield True
                shown = monotonic()
        self.at_least = before or self._cancelled()

    def _is_readable(self, word: Word) -> bool:
        """Whether the pattern of a word can be read; where not, or where the index is of no help, that is noted."""
        try:
            wanted = pattern(word.pattern or "", folded=not word.literal, typed_at=word.at)
        except PatternError as error:
            self._note(plain("the pattern cannot be read: {reason}", reason=said(error)))
            return False
        if not wanted.has_requirements:
            self._note(plain("no character stands in every match: all of the text is looked at"))
        return True

    def _parallels(self, text: str) -> Iterator[bool]:
        """Add the passages that share most of a text."""
        self._tried.append(_NAMES[HitKind.PARALLEL])
        run_into = self._held.parallels(text, self._cancelled)
        self.at_least |= bool(run_into)
        self._bounds.update(dict.fromkeys(run_into))
        yield False

    def _read(self, text: str, number: int, reading: Reading) -> None:
        """Matches by reading: the commonest string first, each string once before any twice.

        Of a reading that very many characters have, such as one letter, a search of everything takes the first ones.
        """
        shares = None
        if len(reading.places) == 1 and self._held.leaves_nothing_out:
            shares = self._shares(reading.places[0].ranges, bounds.MOST_ALIKE, bounds.MOST_OF_THEM)
        self._held.read(text, number, shares)
        if shares is not None:
            self.is_cut = self.at_least = True
            self._bounds[bounds.ALIKE_BOUND] = None

    # Several words

    def _several(self, words: Sequence[tuple[Word, str]]) -> Iterator[bool]:
        loose = not self._exact and not any(word.quoted or word.pattern is not None for word, _ in words)
        if loose:
            phrase = " ".join(text for _, text in words)
            self._held.whole(phrase, literal=False)
            self._held.around_notes(phrase, literal=False, quoted=False)
            for reading in by_reading(phrase)[:1]:
                self._read(phrase, 0, reading)
            yield self._held.total > 0
        self._keywords(words)

    def _keywords(self, words: Sequence[tuple[Word, str]]) -> None:
        words = list(dict.fromkeys(words))
        self._tried.append(plain("all words in one paragraph"))
        stood = [self._stand(slot, *word) for slot, word in enumerate(words)]
        slots = [(slot, each.count) for slot, each in enumerate(stood)]
        self._together(slots)
        self._counts = {text: each for (_, text), each in zip(words, slots, strict=True)}
        if not self._held.total and not self._exact:
            self._tried.append(plain("each as pinyin, homophones, abbreviation and with a wrong character"))
            self._together(stand_anyhow(self._held, words, stood))

    def _together(self, slots: Sequence[tuple[int, int]]) -> None:
        """Add the paragraphs with the words of all slots, each of which comes with its number of matches."""
        if all(count for _, count in slots):
            self._held.together([slot for slot, _ in sorted(slots, key=lambda each: each[1])], 0.0)

    def _stand(self, slot: int, word: Word, text: str) -> Stood:
        """Put the matches of a keyword, as it is written or else near, into a slot."""
        if word.pattern is None:
            return stand(self._held, slot, word, text, exact=self._exact)
        count = 0
        if self._is_readable(word):
            count, in_time = self._held.word_pattern(slot, word.pattern, self._cancelled, folded=not word.literal)
            self.at_least |= not in_time or self._cancelled()
            if not in_time:
                self._bounds[SECONDS_BOUND] = None
        return Stood(count, is_written=True)

    # Where nothing was found

    def _is_aside(self, words: Sequence[tuple[Word, str]]) -> bool:
        """Count the matches in what is not read, unless the query says where to look; return whether there are any."""
        if self._query.layers != READ_LAYERS:
            return False
        self.in_furniture, matches = self._count_aside(words, Layer.FURNITURE)
        if self.in_furniture:
            self._note(plain("in page furniture: {matches} (in:furniture)", matches=matches))
        in_apparatus, matches = self._count_aside(words, Layer.APPARATUS)
        if in_apparatus:
            self._note(plain("in the apparatus: {matches} (layer:apparatus)", matches=matches))
        return self.in_furniture + in_apparatus > 0

    def _count_aside(self, words: Sequence[tuple[Word, str]], layer: Layer) -> tuple[int, str]:
        """The number of matches in a layer that stands aside, and how it is said."""
        held = self._held.aside(layer)
        if held is None:
            return 0, ""
        there = Plan(self._query, held, exact=self._exact)
        there._cancelled = self._cancelled
        for _ in there._steps(words):
            if self._cancelled():
                break
        matches = many(held.total, "match")
        return held.total, plain("at least {matches}", matches=matches) if there.at_least else matches

    def _find_nearest(self, words: Sequence[tuple[Word, str]]) -> None:
        """Look for what comes nearest, and say what was tried."""
        said = shortened(" ".join(text for _, text in words))
        if not self._held.has_documents:
            self._note(plain("no document meets the conditions"))
        elif not self._held.has_layers:
            self._note(plain("no document says which of its text is of another layer"))
        elif any(word.pattern is not None for word, _ in words):
            self._note(plain("nothing matches {words}", words=said))
        elif self._exact or any(word.quoted for word, _ in words):
            self._note(plain("nothing is exactly {words}; near matches were not looked for", words=said))
        else:
            self._note(self._nearest(words, said))

    def _nearest(self, words: Sequence[tuple[Word, str]], said: str) -> str:
        """Have what comes nearest held; return a sentence on what was tried and what that is."""
        several = len(words) > 1
        if several:
            nearest = add_fewer_words(self._held, self._counts, len(words))
        else:
            nearest = add_longest_parts(self._held, words[0][1])
        self.is_nearest = bool(nearest)
        nothing = plain("nothing like {words}", words=said)
        if several:
            nothing = plain("nothing has all of {words}", words=said)
        sentence = plain("{nothing}; tried {kinds}", nothing=nothing, kinds=listed(dict.fromkeys(self._tried)))
        if nearest:
            sentence = plain("{sentence}; nearest: {nearest}", sentence=sentence, nearest=nearest)
        return sentence

    def _note(self, sentence: str) -> None:
        self.notes = (*self.notes, sentence)
