"""Stages: the searches for each kind of match, the better kinds first, and the cost of each kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.hanzi.alike import without_tones
from tuibrowser.hanzi.fold import fold_table
from tuibrowser.hanzi.readings import (
    beginning_ids,
    full_cuts,
    homophone_ids,
    initials,
    mixed_cut,
    typed_letters,
    without_digits,
)
from tuibrowser.search.index.segment import LONGEST_GAP, initial_bounds
from tuibrowser.search.matching import abbreviation, edits
from tuibrowser.search.matching.found import Found, found
from tuibrowser.search.matching.match import CharacterSet, adjacent, first_of, pair_postings, places_of
from tuibrowser.search.matching.spaced import spaced, spaced_otherwise
from tuibrowser.search.model import HitKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.hanzi.readings import Cut, Ranges
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.stretches import Stretches

    Array = npt.NDArray[Any]

PINYIN_COST = 1.0
ANOTHER_CUT_COST = 0.1
"""Cost of each further way to cut pinyin into syllables."""
INITIALS_COST = 2.0
FURTHER_WEIGHT = np.float32(1 / 8)
"""Weight of a match by initials that needs a further reading of a character; a match by first readings has 1."""
MIXED_COST = 2.5
HOMOPHONE_COST = 0.5
OTHERS_COST = 1.0
"""Further cost of a match in which every character is another one."""
ABBREVIATION_COST = 0.3
SKIP_COST = 0.04

MOST_COMPLETE, MOST_UNFINISHED = 4, 3
"""Ways to cut pinyin into syllables that are looked for."""

_SPACED_PINYIN_FROM = 3
"""Syllables from which on pinyin may match across gaps; fewer would match by chance."""

_TEXTS = 32
"""Texts whose stages are kept: each step of a query names its stage by its number among them."""

_MIXED = re.compile(r"[a-zA-Zü']+|[^a-zA-Zü']")


@dataclass(frozen=True)
class Stage:
    """Finds matches of one kind."""

    kind: HitKind
    places: tuple[CharacterSet, ...]
    cost: float

    @property
    def is_whole(self) -> bool:
        """Whether it leaves none out."""
        return True

    def find(self, segment: Segment) -> Found:
        """The matches in a segment."""
        raise NotImplementedError

    def find_in(self, segment: Segment, stretches: Stretches) -> Found:
        """Those that begin in some paragraphs."""
        everywhere = self.find(segment)
        return everywhere.only(stretches.hold(everywhere.starts))


class Reading(Stage):
    """Characters by their readings: side by side, or with gaps where there are syllables enough."""

    def find(self, segment: Segment) -> Found:
        """The matches in a segment."""
        if self.kind == HitKind.PINYIN and len(self.places) >= _SPACED_PINYIN_FROM:
            starts, ends = spaced(segment, self.places)
        else:
            starts = adjacent(segment, self.places)
            ends = starts + len(self.places)
        return found(self.kind, starts, ends, self.cost)

    def first(self, segment: Segment, most: int) -> Found:
        """The first matches of a single place in a segment."""
        starts = first_of(segment, self.places[0], most)[:most]
        return found(self.kind, starts, starts + 1, self.cost)

    def weights(self, segment: Segment, starts: Array) -> Array:
        """How much each match counts for its string: less where an initial is that of a further reading."""
        further = np.zeros(len(starts), bool)
        if self.kind == HitKind.INITIALS:
            bounds = [*initial_bounds().items(), ("", fold_table().read_end)]
            ends = {letter: end for (letter, _), (_, end) in pairwise(bounds)}
            for at, place in enumerate(self.places):
                assert place.initial is not None
                ids = segment.fold.take(segment.codes.take(starts + at, mode="clip"))
                further |= (ids < initial_bounds()[place.initial]) | (ids >= ends[place.initial])
        return np.where(further, FURTHER_WEIGHT, np.float32(1))


class Homophones(Stage):
    """Other characters with the same readings, costed by how many are others."""

    def find(self, segment: Segment) -> Found:
        """The matches in a segment."""
        return self._found(segment, None)

    def find_in(self, segment: Segment, stretches: Stretches) -> Found:
        """Those that begin in some paragraphs."""
        return self._found(segment, stretches)

    def at_least(self, segment: Segment) -> int:
        """How many stand in what is read of a segment, or some fewer; 0 where there are more than two characters."""
        if len(self.places) != _SHORTEST:
            return 0
        begins, ends = segment.aside
        aside = int((ends - begins + (LONGEST_GAP + _SHORTEST)).sum())  # nearly none of these stands there
        return max(0, len(pair_postings(segment, *self._alike)) - aside)

    @property
    def _alike(self) -> tuple[CharacterSet, ...]:
        return tuple(CharacterSet(homophone_ids(place.ranges[0][0])) for place in self.places)

    def _found(self, segment: Segment, stretches: Stretches | None) -> Found:
        starts, ends, others = spaced_otherwise(segment, self._alike, self.places, stretches)
        return found(self.kind, starts, ends, self.cost + others.astype(np.float32) * (OTHERS_COST / len(self.places)))


@dataclass(frozen=True)
class Abbreviations(Stage):
    """Characters in order with others between."""

    rarest: int = 0
    """The place around whose occurrences they are looked for: a rare one."""

    def find(self, segment: Segment) -> Found:
        """The matches in a segment."""
        return self.first(segment, None)

    def find_in(self, segment: Segment, stretches: Stretches) -> Found:
        """Those that begin in some paragraphs, and stand in them."""
        return self._found(*abbreviation.abbreviated_in(segment, self.places, self.rarest, stretches))

    def first(self, segment: Segment, most: int | None) -> Found:
        """The matches around the first `most` occurrences of the rarest character, or around all."""
        return self._found(*abbreviation.abbreviated(segment, self.places, self.rarest, most))

    def _found(self, starts: Array, ends: Array) -> Found:
        return found(self.kind, starts, ends, self.cost + SKIP_COST * (ends - starts - len(self.places)))


@dataclass(frozen=True)
class Edited(Stage):
    """Passages that differ by some characters."""

    most: int = 1

    @property
    def is_whole(self) -> bool:
        """Whether all characters of the text are compared."""
        return len(self.places) <= edits.LONGEST

    def find(self, segment: Segment) -> Found:
        """The matches in a segment."""
        starts, ends, distances = edits.near(segment, self.places, self.most)
        return found(self.kind, starts, ends, self.cost * distances)


@lru_cache(maxsize=_TEXTS)
def by_reading(text: str) -> tuple[Reading, ...]:
    """The strings that pinyin, initials or a mixture of letters and characters may stand for, the likeliest first."""
    if re.search(r"[A-Z]", text):
        return ()
    letters = typed_letters("'".join(text.split()))
    if letters is None:
        return tuple(_mixed(text))
    stages = [
        Reading(HitKind.PINYIN, _places(cut), PINYIN_COST + ANOTHER_CUT_COST * at)
        for at, cut in enumerate(_likeliest(full_cuts(letters)))
    ]
    plain = letters.replace("'", "")
    if 1 < len(plain) <= _MOST_INITIALS and initials(plain) is not None:
        places = tuple(map(_initial_place, plain))
        stages.append(Reading(HitKind.INITIALS, places, INITIALS_COST))
    mixed = mixed_cut(letters)
    if (
        mixed is not None
        and 1 < len(mixed.places) < len(plain)
        and mixed.places not in {stage_ranges(stage) for stage in stages}
    ):
        stages.append(Reading(HitKind.PINYIN, _places(mixed), MIXED_COST))
    return tuple(stages)


_MOST_INITIALS = 12


def _likeliest(cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts that are looked for: some that are complete, then some whose last syllable may go on."""
    complete, others = ([cut for cut in cuts if cut.complete == wanted] for wanted in (True, False))
    return [*complete[:MOST_COMPLETE], *others[:MOST_UNFINISHED]]


def _places(cut: Cut) -> tuple[CharacterSet, ...]:
    """A place for each part of a cut; that of a single letter is one for an initial."""
    return tuple(
        _initial_place(part[0]) if part[1:] == "~" else CharacterSet(ids)
        for part, ids in zip(cut.parts, cut.places, strict=True)
    )


@cache
def _initial_place(letter: str) -> CharacterSet:
    """Return the place of an initial. It is kept, since initials are few and have many ranges."""
    return CharacterSet(beginning_ids(letter), initial=letter)


def stage_ranges(stage: Stage) -> tuple[Ranges, ...]:
    """The ids that a stage looks for in each place."""
    return tuple(place.ranges for place in stage.places)


def _mixed(text: str) -> list[Reading]:
    """Characters and letters in one word: letters are syllables, or initials where they are none."""
    text = without_digits(without_tones(text))
    if not re.search(r"[a-zü]", text) or text.isascii():
        return []
    parts = _MIXED.findall(text.lower())
    places = [place for part in parts[:-1] for place in _finished(part)]
    last = typed_letters(parts[-1])
    endings = [_finished(parts[-1])]
    if last is not None:
        endings += [_places(cut) for cut in full_cuts(last) if not cut.complete][:MOST_UNFINISHED]
    found = list(dict.fromkeys((*places, *ending) for ending in endings))
    return [
        Reading(HitKind.PINYIN, ending, PINYIN_COST + ANOTHER_CUT_COST * at)
        for at, ending in enumerate(found)
        if len(ending) > 1
    ]


def _finished(part: str) -> tuple[CharacterSet, ...]:
    """The places of a part of a mixed word: letters are syllables, syllables and initials, or else letters."""
    letters = typed_letters(part)
    if letters is None:
        return places_of(part)
    cuts = full_cuts(letters)
    cut = cuts[0] if cuts and cuts[0].complete else mixed_cut(letters) or (cuts[0] if cuts else None)
    return places_of(part) if cut is None else _places(cut)


_SHORTEST = 2


@lru_cache(maxsize=_TEXTS)
def near_of(text: str) -> tuple[Stage, ...]:
    """Return the stages that find near matches of a text, the best first."""
    return near(places_of(text))


def near(places: tuple[CharacterSet, ...]) -> tuple[Stage, ...]:
    """Return the stages that find near matches of a text with these significant characters, the best first."""
    length = len(places)
    if length < _SHORTEST:
        return ()
    if length > edits.LONGEST:
        return (Edited(HitKind.FUZZY, places, 1.0, edits.allowed_edits(length)),)
    stages: list[Stage] = []
    if abbreviation.SHORTEST <= length <= abbreviation.LONGEST:
        stages.append(Abbreviations(HitKind.ABBREVIATION, places, ABBREVIATION_COST))
    if _han(places):
        stages.append(Homophones(HitKind.HOMOPHONE, places, HOMOPHONE_COST))
    if most := edits.allowed_edits(length):
        stages.append(Edited(HitKind.FUZZY, places, 1.0, most))
    return tuple(stages)


def _han(places: Sequence[CharacterSet]) -> bool:
    return any(
        len(homophone_ids(place.ranges[0][0])) > 1 or homophone_ids(place.ranges[0][0]) != place.ranges
        for place in places
    )


_NOT_LATIN = "\u0250"


def is_latin(text: str) -> bool:
    """Whether a text has Latin letters, with accents or without, and no other ones."""
    return all(character < _NOT_LATIN for character in text)


def strings(segment: Segment, starts: Array, length: int) -> Array:
    """uint64 hashes of the characters at matches of so many characters; strings differ in the upper bits as well."""
    hashes = np.zeros(len(starts), np.uint64)
    for at in range(length):
        hashes = (hashes + segment.fold.take(segment.codes.take(starts + at, mode="clip"))) * _MULTIPLIER
    return hashes


_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
"""2 ** 64 divided by the golden ratio: spreads small differences over all bits (Knuth, TAOCP, volume 3)."""
