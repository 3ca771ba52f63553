"""Dates: read the dates of Chinese texts as ISO 8601."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.eras import era_date
from tuibrowser.hanzi.alike import usual
from tuibrowser.hanzi.numerals import parse_numeral
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN: Final = str.maketrans("０１２３４５６７８９：／－．", "0123456789:/-.")
_WIDE: Final = late("[０-９：／－．]")
_ZEROS: Final = str.maketrans(dict.fromkeys("○◯ＯOoｏ", "〇"))
"""Letters and circles that stand for a zero between Chinese digits."""
_DIGITS: Final = "〇零○◯ＯOoｏ0一二三四五六七八九"
_THOUSANDS: Final = (
    "(?:[二两兩][千仟](?:[〇零○◯][一二三四五六七八九]|[〇零○◯]?[一二三四五六七八九]?十[一二三四五六七八九]?)?"
    "|一[千仟][八九]百(?:[〇零○◯][一二三四五六七八九]|[一二三四五六七八九]十[一二三四五六七八九]?)?)"
    r"(?=\s{0,3}年(?:$|[^\u3400-\u9fff]|\s{0,3}[一二三四五六七八九十〇零○◯]{1,3}\s{0,3}月))"
)
"""A year written with its units, 二千零八 or 一千九百八十四, at the end of a phrase or before a month.

Elsewhere it counts years: 两千年前.
"""
_SMALL: Final = r"(?:\d{1,2}|[〇零○◯一二三四五六七八九十廿卅]{1,4})"
_SPACED: Final = r"(?:\d(?:[ \u3000]\d)?|[〇零○◯一二三四五六七八九十](?:[ \u3000]?[〇零○◯一二三四五六七八九十]){0,2})"
_CLOCK: Final = (
    r"(?:(?:[Tt]|\s{1,3})?\s?(?:星期.\s?|周.\s?|[（(]星期.[)）]\s?)?(?P<half>[上下]午)?\s?"
    r"(?P<hour>[01]?\d|2[0-4])(?::|[时時點点])(?P<minute>[0-5]\d)分?(?::?(?P<second>[0-5]\d)秒?)?"
    r"(?P<noon>\s?[AaPp]\.?[Mm]\b)?)?"
)
_NOT_WITHIN: Final = r"(?<![0-9A-Za-z.])(?<![0-9A-Za-z][-/:_])(?<!第)(?<!第[ \u3000])(?<!元前)(?<!^前)"
"""Characters before a number that is no year of our era: of a longer number, a clock, an address, 第, or 公元前."""
_OPENING: Final = "12一二两兩中民公西"
"""Characters that a date not in the western form begins with."""
_DATE: Final = late(
    rf"(?=[{_OPENING}]){_NOT_WITHIN}(?:(?P<plain>(?:1[0-9]|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\d年号號])"
    rf"|(?:(?P<minguo>(?:中[華华])?民[國国])[ \u3000]{{0,3}}"
    rf"(?P<reign>元|\d{{1,3}}|[{_DIGITS}十百廿卅]{{1,6}})(?=\s{{0,3}}年|[-/.])"
    rf"|(?:公元|西元)?(?:(?P<year>[12]\d{{3}}(?!\d)|[一二][{_DIGITS}]{{3}})"
    rf"|(?P<units>{_THOUSANDS})"
    rf"|(?P<spaced>[12](?:\s?\d){{3}}|[一二](?:\s?[{_DIGITS}]){{3}})(?=\s{{0,3}}年)))"
    rf"(?:(?P<nian>\s{{0,3}}年(?![代级級]))"
    rf"(?:\s{{0,3}}(?P<month>{_SMALL}|(?(spaced){_SPACED}|(?!)))\s{{0,3}}月"
    rf"(?:份|\s{{0,3}}(?P<day>{_SMALL}|(?(spaced){_SPACED}|(?!)))\s{{0,3}}[日号號]{_CLOCK})?)?"
    r"|(?P<mark>[-/.])(?P<month2>\d{1,2})(?!\d|\s?[号號期])(?:(?P=mark)(?P<day2>\d{1,2})(?!\d)日?"
    + _CLOCK.replace("P<", "P<_")
    + ")?)?)",
)
_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MONTH: Final = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    "|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_TIME: Final = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_WESTERN: Final = late(
    rf"(?<![A-Za-z0-9])(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}}[.,]?\s{{1,2}})?(?:"
    rf"(?P<m1>{_MONTH})[. -]\s{{0,2}}(?P<d1>{_DAY})(?:,\s{{0,2}}|\s{{1,2}}|-)"
    rf"(?:(?P<t1>{_TIME})\s{{1,2}}(?:(?:[A-Z]{{3,5}}|[+-]\d{{4}})\s{{1,2}})?)?(?P<y1>[12]\d{{3}})"
    rf"|(?P<d2>{_DAY})[ -]{{1,2}}(?P<m2>{_MONTH})[., -]{{1,2}}(?P<y2>[12]\d{{3}})(?:,?\s{{1,2}}(?P<t2>{_TIME}))?"
    rf"|(?P<first>\d{{1,2}})(?P<sep>[-/.])(?P<second>\d{{1,2}})(?P=sep)(?P<y3>[12]\d{{3}})(?:\s{{1,2}}(?P<t3>{_TIME}))?"
    rf")(?!\d)",
    re.IGNORECASE,
)
"""Thu Oct  1 12:34:56 2009, as programs write it; 1 Oct 2009; October 1, 2009; 10/21/2009."""
_ISO: Final = late(
    "((?:1[0-9]|20)[0-9]{2})-([0-9]{2})-([0-9]{2})(?:[ T]((?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?))?"
)
"""A date, perhaps with a clock, as programs write it."""
_FOUR: Final = late(r"[12]\d{3}|[一二][〇零○◯ＯOoｏ0一二三四五六七八九]{3}")
"""Characters of a date that is not written with 年 or 民國."""
TELLING: Final = frozenset("12１２一二年民")
"""Characters of which each text with a date has one."""
_MAY_BE_WESTERN: Final = late(r"[A-Za-z\u017f]{3}|\d[-/.]\d{1,2}[-/.]")
"""Parts of a western date: the name of a month, or a day and a month."""
_MINGUO_BEFORE: Final = 1911
"""Add to a year of the Republic for one of the common era."""
_LAST_YEAR: Final = 2099
"""A greater number is no year of a text's, but another number."""
_SURE_DAYS: Final = 28
"""Days that each month has."""
_MAX_TEXT: Final = 2_000
"""Code points searched for dates; no heading line is longer."""


class FoundDate(NamedTuple):
    """A date in a text, in ISO 8601 and as exact as it is written, and where it stands."""

    iso: str
    start: int
    end: int
    bare: bool
    """Whether it is but four digits, which may be any number."""
    whole: bool = True
    """False where the day or month is one that no calendar has, and is left out of `iso`."""


def find_dates(text: str) -> Iterator[FoundDate]:
    """All dates of the common era or the Republic in a short text, in their order."""
    plain = usual(text[:_MAX_TEXT])
    if TELLING.isdisjoint(plain):
        return
    if _WIDE.search(plain):
        plain = plain.translate(_PLAIN)
    four = _FOUR.search(plain) is not None
    if not (four or "年" in plain or "民" in plain):
        return
    western: list[FoundDate] = []
    if four and _MAY_BE_WESTERN.search(plain):
        western = [date for found in _WESTERN.finditer(plain) if (date := _western(found))]
    chinese = (date for found in _DATE.finditer(plain) if (date := _chinese(found)))
    if not western:
        yield from chinese
        return
    others = [date for date in chinese if not any(date.start < each.end and each.start < date.end for each in western)]
    yield from sorted(western + others, key=lambda date: date.start)


def iso_date(text: str) -> str | None:
    """The date that all of a text gives, apart from brackets and a weekday; None where it says more or less.

    A clock is kept as it is written; its fraction of a second and its time zone are left out.
    """
    if TELLING.isdisjoint(usual(text)):
        return None
    inner = text.strip().strip("()（）[]【】〔〕").strip()
    if (plain := _plain(inner)) is not None:
        return plain
    found = next(find_dates(inner), None) if _may_open_date(inner[:1]) else None
    if found is None or not found.whole or found.start > 0:
        return None
    end = found.end
    if "T" in found.iso and (zone := _ZONE.match(inner, end)):
        end = zone.end()
    return found.iso if _WEEKDAY.fullmatch(inner, end) else None


def _plain(text: str) -> str | None:
    """A date as programs write it: what the rules for all dates say of it as well, and later."""
    found = _ISO.fullmatch(text)
    if found is None or not _iso(int(found[1]), int(found[2]), int(found[3]))[1]:
        return None
    return f"{text[:10]}T{found[4]}" if found[4] else text


def _may_open_date(first: str) -> bool:
    """Whether a date may begin with a character: a digit, one of the opening ones or a Latin letter."""
    plain = usual(first)
    return plain in tuple(_OPENING) or plain.isdecimal() or (plain.isalpha() and plain < "\u0250")


class SaidDate(NamedTuple):
    """The date that a field gives, in ISO 8601; a year before our era is signed and counted with a year 0."""

    iso: str
    words: str | None = None
    """How it is written, where it is counted by a reign: 康熙三十年六月."""


def date_of_field(value: str) -> str | None:
    """The date that the value of a field gives: the first in it, but four digits only where they are all of it."""
    said = said_date(value)
    return said.iso if said else None


def said_date(value: str, *, exact: bool = False) -> SaidDate | None:
    """The first date in the value of a field, by whatever calendar.

    Where it is to be `exact` one of our era is all of the value; four digits are so in any case.
    """
    if exact:
        if (plain := _plain(value)) is not None:
            return SaidDate(plain)
        iso = iso_date(value)
        common = FoundDate(iso, 0, len(value), bare=False) if iso else None
    else:
        common = next((date for date in find_dates(value) if not date.bare), None)
        if common is None and (iso := iso_date(value)):
            common = FoundDate(iso, 0, len(value), bare=False)
    era = era_date(value) if common is None or common.start else None
    if common is not None and (era is None or common.start <= era.start):
        return SaidDate(common.iso, _republican(value[common.start : common.end], common.iso))
    return SaidDate(era.iso, era.words) if era is not None else None


def _republican(written: str, iso: str) -> str | None:
    """A year of the Republic as it is written; a day is the same day in our era, and needs no second form."""
    found = _REPUBLIC.match(written) if len(iso) < len("2022-10-28") else None
    return "".join(found.group().split()) if found else None


_REPUBLIC: Final = late(r"(?:中[華华])?民[國国][^年]{1,8}年(?:\s{0,3}[^月年]{1,4}月)?")
_ZONE: Final = late(r"(?:[.,]\d{1,9})?\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?")
"""What programs write behind a clock: 10:00:00.123Z, 10:00:00 +0800."""
_WEEKDAY: Final = late(r"[\s，,]{0,3}[（(]?(?:(?:星期|周|週|禮拜|礼拜)[一二三四五六日天])?[)）]?[\s。]{0,3}")


def _chinese(found: re.Match[str]) -> FoundDate | None:
    if digits := found["plain"]:
        return _found(found, int(digits[:4]), int(digits[4:6]), int(digits[6:]), _clock(found), whole=True)
    year = _year(found)
    month = _number(found["month"] or found["month2"])
    day = _number(found["day"] or found["day2"])
    date = _found(found, year, month, day, _clock(found), whole=found["mark"] is not None)
    bare = not (found["nian"] or found["mark"])
    return date._replace(bare=bare) if date and not (bare and found["minguo"]) else None


def _western(found: re.Match[str]) -> FoundDate | None:
    clock = found["t1"] or found["t2"] or found["t3"]
    clock = f"T{clock:0>{8 if clock.count(':') > 1 else 5}}" if clock else ""
    year = int(found["y1"] or found["y2"] or found["y3"])
    if found["sep"]:
        day, month = sorted((int(found["first"]), int(found["second"])), reverse=True)
        sure = day > 12 or day == month  # else either may be the month
        return _found(found, year, month if sure else None, day if sure else None, clock if sure else "", whole=True)
    month = _MONTHS.index((found["m1"] or found["m2"])[:3].title()) + 1
    return _found(found, year, month, int((found["d1"] or found["d2"]).rstrip("stndrhSTNDRH")), clock, whole=True)


def _found(
    found: re.Match[str], year: int | None, month: int | None, day: int | None, clock: str, *, whole: bool
) -> FoundDate | None:
    """The date of a match. Where it is to be `whole`, one that no calendar has is none, else it is cut short."""
    if year is None or not 0 < year <= _LAST_YEAR:
        return None
    iso, sound = _iso(year, month, day)
    if whole and not sound:
        return None
    return FoundDate(iso + clock if sound and day else iso, found.start(), found.end(), bare=False, whole=sound)


def _iso(year: int, month: int | None, day: int | None) -> tuple[str, bool]:
    """A date as exactly as the calendar allows, and whether that is all of it."""
    if month is None:
        return f"{year:04}", True
    if not 1 <= month <= 12:
        return f"{year:04}", False
    if day is None or not (1 <= day <= _SURE_DAYS or _SURE_DAYS < day <= monthrange(year, month)[1]):
        return f"{year:04}-{month:02}", day is None
    return f"{year:04}-{month:02}-{day:02}", True


def _year(found: re.Match[str]) -> int | None:
    if not found["minguo"]:
        return _number(found["year"] or found["units"] or found["spaced"])
    reign = 1 if found["reign"] == "元" else _number(found["reign"])
    return reign + _MINGUO_BEFORE if reign else None


def _number(text: str | None) -> int | None:
    return parse_numeral("".join(text.split()).translate(_ZEROS)) if text else None


def _clock(found: re.Match[str]) -> str:
    after = "_" if found["_hour"] else ""
    if not (given := found[f"{after}hour"]):
        return ""
    hour = int(given)
    late = found[f"{after}half"] == "下午" or (found[f"{after}noon"] or "").strip()[:1] in ("P", "p")
    if late and hour < 12:
        hour += 12
    if hour > 23:
        return ""
    second = f":{found[after + 'second']}" if found[f"{after}second"] else ""
    return f"T{hour:02}:{found[after + 'minute']}{second}"
