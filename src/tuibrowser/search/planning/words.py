"""Words: where each keyword stands, as it is written or read, else in the nearest way there is."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tuibrowser.search.matching.match import places_of
from tuibrowser.search.matching.stages import Abbreviations, Reading, Stage, by_reading, is_latin, near_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.search.planning.held import Held
    from tuibrowser.search.query import Word


def stand(held: Held, slot: int, word: Word, text: str, *, exact: bool) -> int:
    """Put the matches of a keyword into a slot: as it stands or is read; else the nearest kind there is.

    Return their number.
    """
    strict = word.quoted or exact
    count = held.word(slot, text, literal=word.literal, strict=strict)
    if strict:
        return count
    for number, stage in enumerate(further(text)):
        if count:
            break
        rarest = rarest_of(held, text) if isinstance(stage, Abbreviations) else 0
        count = held.word_otherwise(slot, text, number, rarest)
    return count


def stand_anyhow(held: Held, slot: int, word: Word, text: str) -> int:
    """Put the matches of a keyword, exact or near, into a slot, of a quoted one the exact ones; return their number."""
    if word.quoted:
        return held.word(slot, text, literal=word.literal, strict=True)
    return held.word_anyhow(slot, text, rarest_of(held, text), literal=word.literal)


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
