"""The script of a text: Simplified or Traditional, by the characters that belong to one of them alone."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

HANS: Final = "Hans"
HANT: Final = "Hant"
MIXED: Final = "mixed"
NONE: Final = "none"

_STRAY: Final = 0.1
"""Share of telling characters of the other script that a text may hold: names, quotations, slips."""
_SAMPLES: Final = 8
_SAMPLE: Final = 500
"""Code points of each of the stretches, evenly spread, by which a long text is judged."""

_TABLE: Final = Path(__file__).parent / "data" / "script.txt"
"""Traditional-only and Simplified-only characters, a line each; made by scripts/make_script_table.py."""


def detect_script(text: str) -> str:
    """`Hans`, `Hant`, `mixed` or `none`, by the share of Traditional among the telling characters of a text.

    A long text is judged by 4,000 code points spread over it.
    """
    if len(text) > _SAMPLES * _SAMPLE:
        step = (len(text) - _SAMPLE) // (_SAMPLES - 1)
        text = "".join([text[at * step : at * step + _SAMPLE] for at in range(_SAMPLES)])
    return _by_share(*count(text))


def paragraph_script(text: str) -> str:
    """The script of a paragraph of a mixed document: `Hans` or `Hant`, whichever has more, or `none`."""
    traditional, simplified = count(text)
    if traditional == simplified:
        return NONE if not traditional else MIXED
    return HANT if traditional > simplified else HANS


def count(text: str) -> tuple[int, int]:
    """The numbers of characters in a text that are Traditional-only and Simplified-only."""
    table = _table()
    traditional = simplified = 0
    for character, times in Counter(text).items():
        if (telling := table.get(character)) is not None:
            if telling:
                traditional += times
            else:
                simplified += times
    return traditional, simplified


def _by_share(traditional: int, simplified: int) -> str:
    if not traditional and not simplified:
        return NONE
    share = traditional / (traditional + simplified)
    return HANS if share < _STRAY else HANT if share > 1 - _STRAY else MIXED


@cache
def _table() -> dict[str, bool]:
    """Telling characters, and whether they are Traditional."""
    traditional, simplified = _TABLE.read_text(encoding="utf-8").splitlines()
    return dict.fromkeys(simplified, False) | dict.fromkeys(traditional, True)
