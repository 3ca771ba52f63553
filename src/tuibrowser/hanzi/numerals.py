"""Numerals: read Chinese, financial, positional, full-width and Arabic numbers as integers."""

from __future__ import annotations

from typing import Final

DIGITS: Final = {
    character: value
    for value, characters in enumerate(
        (
            "〇零○◯Ｏ０",
            "一壹弌１",
            "二贰貳弍两兩２",
            "三叁參叄参弎３",
            "四肆４",
            "五伍５",
            "六陆陸６",
            "七柒７",
            "八捌８",
            "九玖９",
        )
    )
    for character in characters
} | {str(digit): digit for digit in range(10)}
"""The value of each character that stands for a digit."""

_ARABIC_DIGITS: Final = str.maketrans({character: str(value) for character, value in DIGITS.items()})

TENS: Final = {"廿": 20, "卄": 20, "卅": 30, "丗": 30, "卌": 40}
"""Characters that stand for a whole number of tens, as in 廿三."""

UNITS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
"""Units below ten thousand."""

MYRIADS: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
"""Units that multiply all that stands before them."""

NUMERAL_CHARACTERS: Final = "".join((*DIGITS, *TENS, *UNITS, *MYRIADS))
"""Every character of numerals, for character classes of patterns."""

_LONGEST: Final = 32
"""Code points of a numeral; anything longer is no number that orders or counts something."""
_ARABIC: Final = frozenset("0123456789０１２３４５６７８９")
_NO_UNIT: Final = 10**12


def parse_numeral(text: str, *, spoken: bool = True) -> int | None:
    """The number that all of `text` writes, or None.

    Reads 12, １２, 十二, 一百零三, 三萬五千, 廿三, 壹拾貳 and, digit by digit, 二〇二二. A unit may leave out its one
    (百二十), and a last digit after 百, 千 or 万 without 零 counts in its tenth (三百五 is 350), as in speech; where
    not `spoken` it counts as it stands (305).
    """
    if not text or len(text) > _LONGEST:
        return None
    digits = text.translate(_ARABIC_DIGITS)
    if digits.isascii() and digits.isdecimal():
        return int(digits)
    return _with_units(text, spoken=spoken)


def _with_units(text: str, *, spoken: bool) -> int | None:
    total = section = 0
    number: int | None = None  # the digits read since the last unit
    unit = 1  # the last unit, for the spoken short form
    lowest, last_myriad = (
        _NO_UNIT,
        _NO_UNIT,
    )  # units must fall within a section, and so must sections: 十百 is no number
    zero = False
    for character in text:
        if (digit := DIGITS.get(character)) is not None:
            if digit == 0 and number is None:
                zero = True
            elif number is None:
                number = digit
            elif character in _ARABIC:
                number = number * 10 + digit
            else:
                return None
        elif (tens := TENS.get(character)) is not None:
            if number is not None or lowest <= 10:
                return None
            section, unit, lowest, zero = section + tens, 10, 10, False
        elif (step := UNITS.get(character)) is not None:
            if step >= lowest or number == 0:
                return None
            section, number, unit, lowest, zero = section + (number or 1) * step, None, step, step, False
        elif (myriad := MYRIADS.get(character)) is not None:
            section += number or 0
            if not section and not total:
                return None
            if myriad < last_myriad:
                total += section * myriad
            else:
                total = (total + section) * myriad
            section, number, unit, lowest, last_myriad, zero = 0, None, myriad, _NO_UNIT, myriad, False
        else:
            return None
    if spoken and number is not None and unit >= 100 and not zero and number < 10:
        number *= unit // 10
    return total + section + (number or 0)
