"""Words: where a keyword stands in each segment, as it is written or read, else in the nearest way there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from tuibrowser.search.index.arrays import first_of_each
from tuibrowser.search.matching.found import Found
from tuibrowser.search.matching.phrase import Phrase, forms_and_blanks, forms_of
from tuibrowser.search.matching.stages import by_reading, is_latin, near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.stages import Reading
    from tuibrowser.search.planning.holder import Holder
    from tuibrowser.search.query import Word

_PAIR: Final = 2


def word_matches(holder: Holder, word: Word, text: str, *, exact: bool) -> list[Found]:
    """The matches of a keyword in each segment: as it stands or is read; else the nearest kind there is."""
    phrase = Phrase(text, word.literal)
    strict = word.quoted or exact
    readings = _readings(text)[:1] if not strict else []
    forms = forms_and_blanks if strict else forms_of
    found = [
        _union(holder, segment, [*forms(segment, phrase), *(reading.find(segment)[0] for reading in readings)])
        for segment in holder.chosen
    ]
    if any(map(len, found)) or strict:
        return found
    for stage in [*_readings(text)[1:], *near(phrase.places)]:
        found = [holder.layers.only(segment, stage.find(segment)[0]) for segment in holder.chosen]
        if any(map(len, found)):
            break
    return found


def near_word_matches(holder: Holder, word: Word, text: str) -> list[Found]:
    """The matches of a keyword in each segment, exact or near; of a quoted one the exact ones."""
    if word.quoted:
        return word_matches(holder, word, text, exact=True)
    phrase = Phrase(text, word.literal)
    stages = [*_readings(text), *(near(phrase.places) if not is_latin(text) else ())]
    return [
        _union(holder, segment, [*forms_of(segment, phrase), *(stage.find(segment)[0] for stage in stages)])
        for segment in holder.chosen
    ]


def _readings(keyword: str) -> list[Reading]:
    """Return what a keyword may be read as; nothing for a single letter, the initial of too many characters."""
    return by_reading(keyword) if len(keyword) > 1 else []


def _union(holder: Holder, segment: Segment, alternatives: Sequence[Found]) -> Found:
    """All matches of several in the layers looked at, sorted; where two begin at one place the first counts."""
    held = [found for found in alternatives if len(found)]
    if len(held) < _PAIR:
        return holder.layers.only(segment, held[0] if held else alternatives[0])
    starts = np.concatenate([found.starts for found in held])
    ends = np.concatenate([found.ends for found in held])
    costs = np.concatenate([found.costs for found in held])
    first = first_of_each(starts)
    union = Found(held[0].kind, starts.take(first), ends.take(first), costs.take(first))
    return holder.layers.only(segment, union)
