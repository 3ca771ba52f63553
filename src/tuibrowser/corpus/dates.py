"""Dates as Chinese texts write them, read as ISO 8601."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.hanzi.alike import usual
from tuibrowser.hanzi.numerals import parse_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９：／－．", "0123456789:/-.")
_DIGITS: Final = "〇零○◯ＯO一二三四五六七八九"
_SMALL: Final = r"(?:\d{1,2}|[〇零○◯一二三四五六七八九十廿卅]{1,4})"
_CLOCK: Final = (
    r"(?:(?:[Tt]|\s{1,3}|日)?\s?(?:星期.\s?|周.\s?|[（(]星期.[)）]\s?)?(?P<half>[上下]午)?\s?"
    r"(?P<hour>[01]?\d|2[0-4])(?::|[时時點点])(?P<minute>[0-5]\d)分?(?::?(?P<second>[0-5]\d)秒?)?)?"
)
_DATE: Final = re.compile(
    r"(?<![\d.])(?:(?P<plain>(?:1[0-9]|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\d年])"
    rf"|(?:(?P<minguo>(?:中[華华])?民[國国])\s?(?P<reign>元|\d{{1,3}}|[{_DIGITS}十百]{{1,6}})"
    rf"|(?:公元)?(?P<year>[12]\s?\d\s?\d\s?\d(?!\d)|[一二][{_DIGITS}]{{3}}))"
    rf"(?:\s?年(?:\s?(?P<month>{_SMALL})\s?月(?:份|\s?(?P<day>{_SMALL})\s?[日号號])?)?"
    r"|(?P<mark>[-/.])(?P<month2>\d{1,2})(?:(?P=mark)(?P<day2>\d{1,2}))?(?!\d)(?:日)?)?)" + _CLOCK,
)
_MINGUO_BEFORE: Final = 1911
"""Add to a year of the Republic for one of the common era."""
_MAX_TEXT: Final = 2_000
"""Code points searched for dates; no heading line is longer."""


class FoundDate(NamedTuple):
    """A date in a text, in ISO 8601 and as exact as it is written, and where it stands."""

    iso: str
    start: int
    end: int
    bare: bool
    """Whether it is but four digits, which may be any number."""


def find_dates(text: str) -> Iterator[FoundDate]:
    """All dates of the common era or the Republic in a short text; days that no calendar has are none."""
    plain = usual(text[:_MAX_TEXT]).translate(_FULL_WIDTH)
    for found in _DATE.finditer(plain):
        if iso := _iso(found):
            yield FoundDate(iso, found.start(), found.end(), found.end() - found.start() == len("2022"))


def iso_date(text: str) -> str | None:
    """The date that all of a text gives, apart from brackets and a weekday; None where it says more or less."""
    inner = text.strip().strip("()（）[]【】〔〕").strip()
    found = next(find_dates(inner), None)
    if found is None or found.start > 0 or not _WEEKDAY.fullmatch(inner, found.end):
        return None
    return found.iso


_WEEKDAY: Final = re.compile(r"[\s，,]{0,3}[（(]?(?:(?:星期|周|週|禮拜|礼拜)[一二三四五六日天])?[)）]?[\s。]{0,3}")


def _iso(found: re.Match[str]) -> str | None:
    if found["plain"]:
        digits = found["plain"]
        year: int | None = int(digits[:4])
        month: int | None = int(digits[4:6])
        day: int | None = int(digits[6:])
    else:
        year = _year(found)
        month = _number(found["month"] or found["month2"])
        day = _number(found["day"] or found["day2"])
    if year is None:
        return None
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}{_clock(found)}"


def _year(found: re.Match[str]) -> int | None:
    if not found["minguo"]:
        return _number(found["year"])
    reign = 1 if found["reign"] == "元" else _number(found["reign"])
    return reign + _MINGUO_BEFORE if reign else None


def _number(text: str | None) -> int | None:
    return parse_numeral(re.sub(r"\s", "", text).replace("O", "〇")) if text else None


def _clock(found: re.Match[str]) -> str:
    if not found["hour"]:
        return ""
    hour = int(found["hour"])
    if found["half"] == "下午" and hour < 12:
        hour += 12
    if hour > 23:
        return ""
    second = f":{found['second']}" if found["second"] else ""
    return f"T{hour:02}:{found['minute']}{second}"
