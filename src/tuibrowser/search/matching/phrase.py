"""Phrase: a text to find as it stands: exactly, in another script or form, or with gaps in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.alike import without_invisible
from tuibrowser.hanzi.fold import code_points, fold, fold_table
from tuibrowser.search.index.arrays import changes, in_order
from tuibrowser.search.matching.blanks import only_blanks, only_marks
from tuibrowser.search.matching.damaged import damaged
from tuibrowser.search.matching.found import Found, found
from tuibrowser.search.matching.match import CharacterSet, adjacent, places_of
from tuibrowser.search.matching.spaced import spaced
from tuibrowser.search.model import HitKind

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

_SCAN = 1 << 18
"""Codes looked through at a time where no index serves."""

VARIANT_COST = 0.1
LOST_COST = 0.05
"""Further cost of each character that is lost in the text."""
SPACED_COST = 0.3
GAP_COST = 0.02
INSIDE_WORD_COST = 1.5
"""Cost of a Latin word found inside a longer one: more than that of pinyin."""


@dataclass(frozen=True)
class Phrase:
    """A text, without white space at its ends, and what it asks for in each place."""

    text: str
    literal: bool = False

    @cached_property
    def ids(self) -> Array:
        """The fold ids of the text."""
        return fold(self.text)

    @cached_property
    def significant(self) -> Array:
        """Where in the text significant characters stand."""
        return np.flatnonzero(self.ids >= fold_table().gap_end)

    @cached_property
    def places(self) -> tuple[CharacterSet, ...]:
        """A place for each significant character."""
        return places_of(self.text)

    @property
    def lead(self) -> int:
        """Gaps before the first significant character."""
        return int(self.significant[0])

    @property
    def core(self) -> int:
        """Characters from the first significant one to the last."""
        return int(self.significant[-1]) - self.lead + 1

    @property
    def plain(self) -> bool:
        """Whether no gaps stand in it."""
        return len(self.significant) == len(self.text)

    @property
    def has_inner_gaps(self) -> bool:
        """Whether gaps stand between significant characters."""
        return self.core > len(self.significant)


@lru_cache(maxsize=32)
def phrase_of(text: str, literal: bool) -> Phrase:
    """The phrase of a text, which several steps look for."""
    return Phrase(text, literal)


def whole(segment: Segment, phrase: Phrase) -> list[Found]:
    """The exact matches, those in another script or form, and, where the text has gaps, those with other gaps.

    A literal phrase has exact matches only.
    """
    if not len(phrase.significant):
        return _in_any_form(segment, phrase, _scan(segment, phrase))
    if phrase.has_inner_gaps:
        return _as_typed(segment, phrase, *spaced(segment, phrase.places))
    starts = _ascending(adjacent(segment, phrase.places))
    if phrase.plain:
        return _in_any_form(segment, phrase, starts)
    return _as_typed(segment, phrase, starts, starts + len(phrase.places))


def with_losses(segment: Segment, phrase: Phrase) -> list[Found]:
    """The matches in which the text has □ for some of the characters; those with other gaps are spaced."""
    if phrase.literal:
        return []
    starts, ends, counts = damaged(segment, phrase.places)
    if not len(starts):
        return []
    as_typed = ends - starts == phrase.core
    costs = VARIANT_COST + LOST_COST * counts.compress(as_typed)
    variants = found(HitKind.VARIANT, starts.compress(as_typed), ends.compress(as_typed), costs)
    return [variants, _spaced(phrase, starts.compress(~as_typed), ends.compress(~as_typed))]


def anywhere(segment: Segment, phrase: Phrase) -> Found | None:
    """Return all matches of a text in any form, if the forms need not be told apart; else None."""
    if phrase.literal or not phrase.plain or _has_latin_edge(phrase.text):
        return None
    starts = _ascending(adjacent(segment, phrase.places))
    return found(HitKind.EXACT, starts, starts + len(phrase.places), 0.0)


def beginning(segment: Segment, phrase: Phrase) -> list[Found]:
    """Return the matches at the beginning of a segment of a text that is gaps alone."""
    return _in_any_form(segment, phrase, _scan(segment, phrase, _GLANCE))


_GLANCE = 1 << 20
"""Codes looked through for a first answer."""


def _ascending(positions: Array) -> Array:
    """Positions sorted, each once."""
    if len(positions) < 2 or (positions[1:] > positions[:-1]).all():
        return positions
    positions = in_order(positions)
    return positions.compress(changes(positions))


def with_gaps(segment: Segment, phrase: Phrase) -> list[Found]:
    """The matches in which other gaps stand than in the text; those with marks upon their characters are variants."""
    if phrase.literal or len(phrase.places) < 2:
        return []
    return _by_gaps(segment, phrase, *_others(phrase, *spaced(segment, phrase.places)))


def across_blanks(segment: Segment, phrase: Phrase) -> list[Found]:
    """The matches of a text without gaps in which nothing but blanks and marks stand between the characters."""
    if phrase.literal or len(phrase.places) < 2 or not phrase.plain:
        return []
    starts, ends = _others(phrase, *spaced(segment, phrase.places))
    if not len(starts):
        return []
    kept = only_blanks(segment, starts, ends)
    return _by_gaps(segment, phrase, starts.compress(kept), ends.compress(kept))


def _by_gaps(segment: Segment, phrase: Phrase, starts: Array, ends: Array) -> list[Found]:
    """Sort matches with gaps by whether these are mere marks, where the text has none itself."""
    if not len(starts):
        return []
    if phrase.has_inner_gaps:
        return [_spaced(phrase, starts, ends)]
    marked = only_marks(segment, starts, ends)
    variants = found(HitKind.VARIANT, starts.compress(marked), ends.compress(marked), VARIANT_COST)
    return [variants, _spaced(phrase, starts.compress(~marked), ends.compress(~marked))]


def _others(phrase: Phrase, starts: Array, ends: Array) -> tuple[Array, Array]:
    """Return the matches with gaps: those without were found before."""
    if phrase.has_inner_gaps:
        return starts, ends
    gaps = ends - starts > len(phrase.places)
    return starts[gaps], ends[gaps]


def _spaced(phrase: Phrase, starts: Array, ends: Array) -> Found:
    gaps = np.abs(ends - starts - phrase.core)
    return found(HitKind.SPACED, starts, ends, SPACED_COST + GAP_COST * gaps)


def _in_any_form(segment: Segment, phrase: Phrase, begins: Array) -> list[Found]:
    """Sort matches of a text without gaps by whether the characters are those typed."""
    length = len(phrase.text)
    same = _same_codes(segment, phrase, begins)
    exact, others = (begins, begins[:0]) if same.all() else (begins.compress(same), begins.compress(~same))
    costs = _latin_costs(segment, phrase, exact) if _has_latin_edge(phrase.text) else 0.0
    matches = [found(HitKind.EXACT, exact, exact + length, costs)]
    if len(others) and not phrase.literal:
        matches.append(found(HitKind.VARIANT, others, others + length, VARIANT_COST))
    return matches


def _as_typed(segment: Segment, phrase: Phrase, starts: Array, ends: Array) -> list[Found]:
    """Sort matches of the significant characters by whether the gaps, and the characters, are those typed."""
    length = len(phrase.text)
    begins = starts - phrase.lead
    fits = (ends - starts == phrase.core) & (begins >= 0) & (begins + length <= len(segment))
    for at in np.flatnonzero(phrase.ids < fold_table().gap_end).tolist():
        here = np.minimum(np.maximum(begins + at, 0), len(segment) - 1)
        fits &= segment.fold.take(segment.codes.take(here)) == phrase.ids[at]
    matches = _in_any_form(segment, phrase, np.sort(begins.compress(fits)))
    if not phrase.literal and not fits.all():
        matches.append(_spaced(phrase, starts.compress(~fits), ends.compress(~fits)))
    return matches


def _same_codes(segment: Segment, phrase: Phrase, begins: Array) -> Array:
    """Return, for each position, whether exactly the typed characters stand there."""
    codes = [segment.code_of(character) for character in phrase.text]
    if None in codes:
        return np.zeros(len(begins), bool)
    wanted = np.array(codes, segment.codes.dtype)
    if len(begins) < _FEW:
        here = begins[:, None] + np.arange(len(wanted))[None, :]
        return np.asarray((segment.codes.take(here) == wanted[None, :]).all(axis=1))
    same = np.ones(len(begins), bool)
    for at, (code, identity) in enumerate(zip(wanted, phrase.ids.tolist(), strict=True)):
        if len(segment.codes_of(identity)) > 1:  # else none but the typed one has the id that was looked for
            same &= segment.codes.take(begins + at) == code
    return same


_FEW = 512
"""Positions up to which all characters are compared at once."""


def _has_latin_edge(text: str) -> bool:
    return any(edge.isascii() and edge.isalnum() for edge in (text[0], text[-1]))


def _latin_costs(segment: Segment, phrase: Phrase, begins: Array) -> Array:
    """The costs of exact matches: a Latin word inside a longer one is not what was meant."""
    costs = np.zeros(len(begins), np.float32)
    for edge, step in ((0, -1), (len(phrase.text) - 1, 1)):
        if phrase.text[edge].isascii() and phrase.text[edge].isalnum():
            beside = segment.codes[np.minimum(np.maximum(begins + edge + step, 0), len(segment) - 1)]
            costs[_alphanumeric()[np.minimum(beside, 127)]] = INSIDE_WORD_COST
    return costs


@cache
def _alphanumeric() -> Array:
    """Return, for every ASCII character, whether it is a letter or a digit; the last stands for all others."""
    return np.array([chr(code).isalnum() for code in range(127)] + [False])


def _scan(segment: Segment, phrase: Phrase, end: int | None = None) -> Array:
    """Find a text that is gaps alone by scanning the segment, or its beginning up to about `end`."""
    members = np.flatnonzero(segment.fold == phrase.ids[0])
    members = members.compress(members <= np.iinfo(segment.codes.dtype).max).tolist()
    pieces = [np.empty(0, np.int64)]
    if not members:
        return pieces[0]
    for start in range(0, len(segment) if end is None else min(end, len(segment)), _SCAN):
        codes = segment.codes[start : start + _SCAN]
        hit = codes == members[0]
        for code in members[1:]:
            hit |= codes == code
        begins = np.flatnonzero(hit) + start
        for at, identity in enumerate(phrase.ids.tolist()[1:], 1):
            begins = begins[: np.searchsorted(begins, len(segment) - at)]
            if not len(begins):
                break
            begins = begins.compress(segment.fold.take(segment.codes.take(begins + at)) == identity)
        pieces.append(begins)
    return np.concatenate(pieces)


MOST_CHARACTERS = 2_000
"""Characters of a query that are looked for."""


_ACCENTED: Final = re.compile("[A-Za-z\u0370-\u052f][\u0300-\u036f]+")


def typed(text: str) -> str:
    """The beginning of a text as it is searched for.

    Controls are white space, white space is one space, what is not drawn is nothing, and accents belong to letters.
    """
    text = without_invisible(text[:MOST_CHARACTERS])
    kept = "".join(map(chr, code_points(text).tolist()))
    kept = _ACCENTED.sub(lambda found: unicodedata.normalize("NFC", found[0]), kept)
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in kept).split())


def forms_of(segment: Segment, phrase: Phrase) -> list[Found]:
    """Return the matches of a keyword in all forms, which are not told apart later."""
    matches = anywhere(segment, phrase)
    forms = whole(segment, phrase) if matches is None else [matches]
    return [*forms, *with_losses(segment, phrase)]


def forms_and_blanks(segment: Segment, phrase: Phrase) -> list[Found]:
    """The matches of a keyword in all forms, and those with blanks between the characters."""
    return [*forms_of(segment, phrase), *across_blanks(segment, phrase)]
