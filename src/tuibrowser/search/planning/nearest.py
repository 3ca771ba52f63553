"""Nearest: what comes nearest to a query that nothing answers: its longest parts, or fewer of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import listed
from tuibrowser.search.matching.match import places_of
from tuibrowser.search.matching.nearest import (
    MISSING_COST,
    MOST_PLACES,
    NEAREST_COST,
    fewer,
    is_worth_showing,
    longest_parts,
)
from tuibrowser.search.matching.stages import by_reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.search.matching.match import CharacterSet
    from tuibrowser.search.planning.held import Held

_MOST_PARTS: Final = 3


def places_in(text: str) -> Sequence[CharacterSet]:
    """The places of a text of which parts are looked for."""
    readings = by_reading(text)
    return (readings[0].places if readings else places_of(text))[:MOST_PLACES]


def add_longest_parts(held: Held, text: str) -> str:
    """Keep the matches of the longest parts of a text that there are; return what they are, "" where there are none."""
    places = places_in(text)
    parts = [part for part in longest_parts(held.reach(text)) if is_worth_showing(part, places, text)]
    names = held.parts(text, [(part.start, part.end) for part in parts[:_MOST_PARTS]])
    return listed(dict.fromkeys(filter(None, names)))


def add_fewer_words(held: Held, counts: Mapping[str, tuple[int, int]], words: int) -> str:
    """Keep the paragraphs with most of the words; return what they lack, "" where there are none.

    `counts` are the slot and the number of matches of each word by its text, and `words` are all there were.
    """
    present = [text for text, (_, count) in counts.items() if count]
    choices = [tuple(present)] if len(present) < len(counts) else []
    chosen = [each for each in (*choices, *fewer(present)) if each]
    missing = [[text for text in counts if text not in each] for each in chosen]
    at = held.any_together(
        [
            (_slots(counts, each), NEAREST_COST + MISSING_COST * len(lacking) / words)
            for each, lacking in zip(chosen, missing, strict=True)
        ]
    )
    return plain("without {words}", words=listed(missing[at])) if at >= 0 else ""


def _slots(counts: Mapping[str, tuple[int, int]], chosen: Sequence[str]) -> list[int]:
    """The slots of some words, the rarest one first."""
    return [slot for slot, _ in sorted((counts[text] for text in chosen), key=lambda each: each[1])]
