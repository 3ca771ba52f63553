"""Bounds: the limits that a search sets itself, and the names by which answers report them."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.i18n import plain
from tuibrowser.search.answering.source import MOST_COMPARED
from tuibrowser.search.matching.abbreviation import MOST_PLACES
from tuibrowser.search.matching.edits import LONGEST
from tuibrowser.search.matching.phrase import MOST_CHARACTERS
from tuibrowser.search.model import Bound, HitKind
from tuibrowser.search.query import MOST_CONDITIONS

ENOUGH: Final = 10
"""Matches of the better kinds from which on the worse ones are not looked for, however many are wanted.

As many as a first answer shows: the worse kinds rank below them, and take longer to find than all the others.
"""

MOST_ALIKE: Final = 400_000
"""Characters with one reading up to which all of them are found."""

MOST_OF_THEM: Final = 100_000
"""Matches of a commoner reading that are looked at, the first ones; the total then says "at least"."""

STAGE_BOUNDS: Final = {
    HitKind.ABBREVIATION: Bound(plain("occurrences of an abbreviation's rarest character"), MOST_PLACES),
    HitKind.FUZZY: Bound(plain("characters of the query that near matches are compared with"), LONGEST),
}
"""The limit to name if a stage of a kind leaves matches out."""

ALIKE_BOUND: Final = Bound(plain("matches of one letter or syllable"), MOST_OF_THEM)

COMPARED_BOUND: Final = Bound(plain("matches up to which a repeated passage is one hit"), MOST_COMPARED)

QUERY_BOUND: Final = Bound(plain("characters of the query"), MOST_CHARACTERS)

CONDITIONS_BOUND: Final = Bound(plain("conditions and left-out words of the query"), MOST_CONDITIONS)

FILLED_BOUND: Final = Bound(plain("matches from which on worse kinds are not looked for"), ENOUGH)
