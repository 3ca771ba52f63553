"""How characters behave at the end and the beginning of a line: their classes, and what each pair of them allows.

The classes are those of UAX #14 that matter for Chinese text, merged; in brackets what they hold of it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from tuibrowser.hanzi.cells import CELLS

IDEOGRAPH: Final = 0
"""Ideographs, kana, Hangul, pictures, symbols: a line may end before and after (ID, H2, H3, EB, part of AI)."""
WORD: Final = 1
"""Letters, digits and the marks inside words and addresses: whole among themselves (AL, NU, PR + \\)."""
SPACE: Final = 2
"""Spaces: never begin a line; swallowed at its end (SP, BA with blank shape)."""
CLOSING: Final = 3
"""Never begin a line (CL, CP, EX, IS, SY, NS, CJ, IN, PO, HY, BA, and ’ ” of QU)."""
OPENING: Final = 4
"""Never end a line (OP, PR, and ‘ “ of QU)."""
DASH: Final = 5
"""Dashes; a run of the same one is whole (B2)."""
GLUE: Final = 6
"""No line ends before or after them (GL, WJ)."""
QUOTE: Final = 7
"""Straight quotation marks, which open and close: a line ends beside them only at a space (QU)."""
MARK: Final = 8
"""Combining marks, joiners, variation selectors: part of the character before them (CM, ZWJ)."""
BREAK: Final = 9
"""Zero width space and newline: a line may end after them (ZW)."""
REGION: Final = 10
"""Regional indicators, two of which make a flag (RI)."""

NO: Final = 0
YES: Final = 1
CLOSER: Final = 2
"""The two classes alone do not say whether a line may end between them."""

SPACES: Final = " \u3000\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f"

_MEMBERS: Final = {
    SPACE: SPACES,
    CLOSING: (
        "，。、；：？！．…⋯‥～〜·‧・•／－％‰‱°℃℉′″￠¢"
        ",.;:?!)]}%/~-"
        "﹐﹑﹒﹔﹕﹖﹗﹪﹣︐︑︒︓︔︕︖︙︰｡､･‼⁇⁈⁉‐–"
        "々〻ゝゞヽヾーｰぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
        "ｧｨｩｪｫｬｭｮｯˇˊˋ˙"
    ),
    OPENING: "＄￥￡￦№±",
    DASH: "—―⸺⸻─━",
    GLUE: "\u00a0\u202f\u2007\u2011\u2060\ufeff",
    QUOTE: "\"'＂＇",
    BREAK: "\u200b\n",
    WORD: "\\`<>|*+=_^&@#",
}

_SQUARED_UNITS: Final = range(0x3371, 0x33E0)
_REGIONS: Final = range(0x1F1E6, 0x1F200)
_BY_CATEGORY: Final = {
    "Ps": OPENING,
    "Pi": OPENING,
    "Sc": OPENING,
    "Pe": CLOSING,
    "Pf": CLOSING,
}


class _Classes(dict[str, int]):
    """The class of each character, found when first asked for."""

    def __missing__(self, character: str) -> int:
        found = self[character] = _classify(character)
        return found


def _classify(character: str) -> int:
    code = ord(character)
    if code in _REGIONS:
        return REGION
    if code in _SQUARED_UNITS:
        return CLOSING
    if not CELLS[character] and character > "\x7f":
        return MARK
    category = unicodedata.category(character)
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    return WORD if _is_word(character, code, category) else IDEOGRAPH


def _is_word(character: str, code: int, category: str) -> bool:
    """Whether a character belongs to words: of a narrow script, or a full-width letter or digit."""
    if character.isascii():
        return True
    narrow = CELLS[character] == 1 or 0xFF10 <= code <= 0xFF5A
    return narrow and (category[0] in "LM" or category in {"Nd", "Nl"} or character in "²³¹")


CLASSES: Final = _Classes({member: name for name, members in _MEMBERS.items() for member in members})
"""The class of each character."""


def _pair(before: int, after: int) -> int:
    if after in {CLOSING, SPACE, GLUE, MARK, BREAK}:
        return NO
    if before == BREAK:
        return YES
    if before in {MARK, SPACE}:
        return CLOSER
    if before in {OPENING, GLUE, QUOTE} or after == QUOTE:
        return NO
    if before == after == WORD:
        return NO
    if (before, after) in {(WORD, OPENING), (CLOSING, WORD), (DASH, DASH), (REGION, REGION)}:
        return CLOSER
    return YES


PAIRS: Final = tuple(tuple(_pair(before, after) for after in range(REGION + 1)) for before in range(REGION + 1))
"""What each pair of classes allows: `PAIRS[before][after]` is `YES`, `NO` or `CLOSER`."""
