"""Sounds: whether what is typed means a Chinese name, by its characters in any script, its pinyin or its initials.

Syllables, initials and characters may be mixed, and a character is found by each of its readings, so that nobody needs
an input method to find a name, nor its tones, nor to know which of its readings is meant.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.alike import without_tones

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE: Final = 3.0
BEGINNING: Final = 2.0
WITHIN: Final = 1.0
SHORTENED: Final = 0.5
"""What is taken off where an initial stands for a syllable."""

_FIRST_READ: Final = "\u2e80"
"""Characters before this one have no reading in Chinese."""
_CLASS: Final = 0x10000
"""Classes of characters as characters beyond the first plane."""

Way = tuple[str, bool]
"""A way to type a character, and whether it is an initial only."""


def folded(text: str) -> str:
    """What is typed or shown, for comparison: letters and digits, and each Chinese character as its class."""
    kept = "".join(filter(str.isalnum, without_tones(text.lower()))).replace("ü", "v")
    if all(character < _FIRST_READ for character in kept):
        return kept
    from tuibrowser.hanzi.fold import fold  # Not before the first frame.

    return "".join(
        character if character < _FIRST_READ else chr(_CLASS + identity)
        for character, identity in zip(kept, fold(kept).tolist(), strict=True)
    )


def likeness(name: str, typed: str) -> float:
    """WHOLE if all of a name is typed, BEGINNING, or WITHIN, less what is SHORTENED; 0 if it is not meant."""
    letters, ways = folded(typed), _ways(name)
    if not letters:
        return 0.0
    return max((_likeness_at(ways, start, letters) for start in range(len(ways))), default=0.0)


def _likeness_at(ways: Sequence[Sequence[Way]], start: int, letters: str) -> float:
    """How like a name is what is typed, if that begins with a character of the name."""
    best = 0.0
    typed = {0: 0.0}  # How many letters the characters so far may take, and what is taken off for it.
    for number in range(start, len(ways)):
        further: dict[int, float] = {}
        for at, off in typed.items():
            rest = letters[at:]
            for way, is_initial in ways[number]:
                less = SHORTENED if is_initial else off
                if len(way) >= len(rest) and way.startswith(rest):
                    is_whole = start == 0 and number == len(ways) - 1 and way == rest
                    best = max(best, (WHOLE if is_whole else WITHIN if start else BEGINNING) - less)
                elif rest.startswith(way):
                    further[at + len(way)] = min(less, further.get(at + len(way), less))
        if not further:
            break
        typed = further
    return best


@lru_cache(maxsize=1024)
def _ways(name: str) -> tuple[tuple[Way, ...], ...]:
    """The ways to type each character of a name, none for those that are not Chinese; punctuation is passed over."""
    return tuple(_ways_of(character) for character in folded(name))


def _ways_of(character: str) -> tuple[Way, ...]:
    if character < _FIRST_READ:
        return ()
    from tuibrowser.hanzi.readings import syllables_of  # Not before the first frame.

    readings = syllables_of(ord(character) - _CLASS)
    initials = {reading[:length] for reading in readings for length in (1, 2) if reading[:length] in _INITIALS}
    whole = {character, *readings, *(reading.replace("v", "u") for reading in readings)}
    return (*((way, False) for way in sorted(whole)), *((way, True) for way in sorted(initials - whole)))


_INITIALS: Final = frozenset({*"abcdefghjklmnopqrstwxyz", "zh", "ch", "sh"})
