"""Words: where each keyword stands, as it is written or read, else in the nearest way there is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tuibrowser.search.matching.match import places_of
from tuibrowser.search.matching.stages import Abbreviations, Reading, Stage, by_reading, is_latin, near_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.search.planning.held import Held
    from tuibrowser.search.query import Word


@dataclass(frozen=True, slots=True)
class Stood:
    """How many matches a keyword has, and whether they are of what is written or likely read."""

    count: int
    is_written: bool

    @property
    def least(self) -> int:
        """How many it has at least where near ones count too."""
        return self.count if self.is_written else 0


def stand(held: Held, slot: int, word: Word, text: str, *, exact: bool) -> Stood:
    """Put the matches of a keyword into a slot: as it stands or is read; else the nearest kind there is."""
    strict = word.quoted or exact
    count = held.word(slot, text, literal=word.literal, strict=strict)
    if count or strict:
        return Stood(count, is_written=True)
    for number, stage in enumerate(further(text)):
        rarest = rarest_of(held, text) if isinstance(stage, Abbreviations) else 0
        count = held.word_otherwise(slot, text, number, rarest)
        if count:
            break
    return Stood(count, is_written=False)


def stand_anyhow(held: Held, words: Sequence[tuple[Word, str]], stood: Sequence[Stood]) -> list[tuple[int, int]]:
    """Put the matches of keywords, exact or near, into slots; return the slot of each and its number of matches.

    Those without near matches stay in the slots in which they stood, which are those of their own numbers. Of one that
    is commoner than all others only what stands beside these counts, and its number is but the greatest one. Where one
    is nowhere no more are looked for.
    """
    least = [each.least for each in stood]
    if len(words) > 1:
        for number in in_turn(words, least):
            least[number] = max(least[number], held.near_at_least(words[number][1]))
    turn = in_turn(words, least)
    slots = {number: (number, each.count) for number, each in enumerate(stood) if number not in turn}
    for number in turn:
        counts = [count for _, count in slots.values()]
        if not all(counts):
            break
        word, text = words[number]
        is_commonest = number == turn[-1] and least[number] > max(counts, default=least[number])
        slot, beside = anyhow_slot(words, number), slots_beside(words, turn) if is_commonest else []
        count = held.word_anyhow(slot, text, rarest_of(held, text), beside, literal=word.literal)
        slots[number] = slot, max(count, least[number]) if count and beside else count
    return [slots[number] for number in sorted(slots)]


def in_turn(words: Sequence[tuple[Word, str]], least: Sequence[int]) -> list[int]:
    """The numbers of keywords that have near matches as well, in which turn these are looked for: the rarest first."""
    loose = [number for number, (word, _) in enumerate(words) if not word.quoted and word.pattern is None]
    return sorted(loose, key=lambda number: least[number])


def anyhow_slot(words: Sequence[tuple[Word, str]], number: int) -> int:
    """The slot of a keyword, near matches among its own."""
    return len(words) + number


def slots_beside(words: Sequence[tuple[Word, str]], turn: Sequence[int]) -> list[int]:
    """The slots of all keywords but the one whose turn is the last."""
    return sorted(
        anyhow_slot(words, number) if number in turn else number for number in range(len(words)) if number != turn[-1]
    )


def rarest_of(held: Held, text: str) -> int:
    """The place of a text whose character is rarest in the whole corpus."""
    counts = held.frequencies([place.ranges for place in places_of(text)])
    return counts.index(min(counts)) if counts else 0


def read_as(keyword: str) -> Sequence[Reading]:
    """Return what a keyword may be read as; nothing for a single letter, the initial of too many characters."""
    return by_reading(keyword) if len(keyword) > 1 else ()


@lru_cache(maxsize=32)
def further(keyword: str) -> Sequence[Stage]:
    """The stages that are tried one after another for a keyword that is nowhere as it is written or likely read."""
    return *read_as(keyword)[1:], *near_of(keyword)


def all_near(keyword: str) -> Sequence[Stage]:
    """The stages that are tried all at once."""
    return *read_as(keyword), *(near_of(keyword) if not is_latin(keyword) else ())
