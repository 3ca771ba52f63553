"""Nearest: what comes nearest to a query that nothing answers: its longest parts, or fewer of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import listed
from tuibrowser.search.matching.found import found
from tuibrowser.search.matching.match import spaced
from tuibrowser.search.matching.nearest import (
    MISSING_COST,
    MOST_PLACES,
    NEAREST_COST,
    fewer,
    is_worth_showing,
    longest_parts,
)
from tuibrowser.search.matching.phrase import Phrase
from tuibrowser.search.matching.stages import by_reading
from tuibrowser.search.model import HitKind
from tuibrowser.search.planning.words import word_matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found
    from tuibrowser.search.matching.nearest import Part
    from tuibrowser.search.planning.holder import Holder
    from tuibrowser.search.query import Word

_MOST_PARTS: Final = 3


def add_longest_parts(holder: Holder, text: str) -> str:
    """Keep the matches of the longest parts of a text that there are; return what they are, "" where there are none."""
    readings = by_reading(text)
    places = (readings[0].places if readings else Phrase(text).places)[:MOST_PLACES]

    def matches(part: Part) -> list[tuple[Segment, Found]]:
        cost = NEAREST_COST + MISSING_COST * (1 - len(part) / len(places))
        held = [
            (segment, found(HitKind.FUZZY, *spaced(segment, places[part.start : part.end]), cost))
            for segment in holder.chosen
        ]
        return [(segment, fresh) for segment, each in held if len(fresh := holder.fresh(segment, each))]

    parts = longest_parts(len(places), lambda part: bool(matches(part)))
    parts = [part for part in parts if is_worth_showing(part, places, text)][:_MOST_PARTS]
    names = []
    for part in parts:
        for number, (segment, each) in enumerate(matches(part)):
            if not number:
                names.append(segment.text(int(each.starts[0]), int(each.ends[0])))
            holder.add(segment, each)
    return listed(dict.fromkeys(names))


def add_fewer_words(holder: Holder, words: Sequence[tuple[Word, str]]) -> str:
    """Keep the paragraphs with most of the words; return what they lack, "" where there are none."""
    matches = {text: word_matches(holder, word, text, exact=False) for word, text in words}
    present = [text for text in matches if any(map(len, matches[text]))]
    choices = [tuple(present)] if len(present) < len(matches) else []
    for chosen in (*choices, *fewer(present)):
        if not chosen:
            break
        missing = [text for text in matches if text not in chosen]
        more = NEAREST_COST + MISSING_COST * len(missing) / len(words)
        holder.add_together([matches[text] for text in chosen], more)
        if holder.total:
            return plain("without {words}", words=listed(missing))
    return ""
