"""Eras: read years that are counted by reigns or before our era, such as 康熙三十年 and 公元前221年.

They are read where a date is declared, not in running prose: 文化三年 and 太平三年 may be anything there. Their months
are those of the lunar calendar, and left out, but where a court had taken the western one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.reigns import (
    BRANCHES,
    LONGEST_NAME,
    STEMS,
    Reign,
    astronomical,
    find_cycle,
    find_reign,
    is_court,
    is_reign,
    only_reign,
)
from tuibrowser.hanzi.alike import usual
from tuibrowser.hanzi.numerals import parse_numeral
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN: Final = str.maketrans("０１２３４５６７８９－．○◯", "0123456789-.〇〇")
_NUMBER: Final = "(?:[0-9]{1,4}|[〇零一二三四五六七八九十百千廿卄卅丗卌壹贰貳叁參肆伍陆陸柒捌玖拾]{1,8})"
_HAN: Final = r"\u3400-\u9fff\U00020000-\U0003ffff"
_BLANK: Final = "[ \t\u3000·・]"
_CYCLE: Final = f"[{STEMS}]{_BLANK}{{0,2}}[{BRANCHES}]"
_YEAR: Final = late(
    rf"(?P<before>[{_HAN}][{_HAN} \u3000·・〔〕()（）\[\]【】]{{0,14}}?)"
    rf"(?:(?P<number>元|{_NUMBER}){_BLANK}?[年載载](?![代间間])|(?P<cycle>{_CYCLE})(?:[年歲岁]|(?![{_HAN}])|(?=[孟仲季暮]?[春夏秋冬])))"
)
"""The name of a reign and a year in it, by its number or in the cycle of sixty."""
_REST: Final = late(
    rf"(?:[ ，,]?(?:[歲岁][次在]|太[歲岁])?{_BLANK}?{_CYCLE}[年歲岁]?)?"
    rf"(?:{_BLANK}?[孟仲季暮初]?[春夏秋冬](?:之?月)?)?"
    rf"(?:{_BLANK}{{0,3}}[閏闰]?(?P<month>[正臘腊]|{_NUMBER}){_BLANK}{{0,3}}月"
    rf"(?:{_BLANK}{{0,3}}(?P<day>初?{_NUMBER}|[朔望晦]){_BLANK}{{0,3}}日|[朔望晦][日旦]?|[上中下][浣澣旬])?)?"
)
"""What may follow a year: its place in the cycle, the season, the month and the day."""
_EMPEROR: Final = late(rf"[{_HAN}]{{1,5}}[帝宗祖]")
_ONCE: Final = "於于在自至约約本版刻即始大皇有朝代"
"""Characters that may stand before a reign and are no part of its name."""
_SEPARATE: Final = re.compile(r"[ \t\u3000·・〔〕()（）\[\]【】]+")
_EARLY: Final = late(
    rf"(?:(?:公元|西元|[紀纪]元|[耶西][穌历曆]紀?元?){_BLANK}?|(?<![{_HAN}0-9]))前{_BLANK}{{0,2}}"
    rf"(?P<before>{_NUMBER})(?:{_BLANK}{{0,2}}年|(?={_BLANK}?(?:[-–—~～至)）]|$)))"
    rf"|(?<![0-9])(?P<bc>[0-9]{{1,4}})\s?B\.?\s?C\b\.?(?:\s?E\b\.?)?|\bB\.?C\.?\s?(?P<bc2>[0-9]{{1,4}})(?![0-9])"
    rf"|(?:中[華华])?(?:民[國国]|民)前{_BLANK}?(?P<republic>{_NUMBER}){_BLANK}?年"
    rf"|(?:(?:公元|西元|\bA\.?D\.?){_BLANK}?)(?P<after>{_NUMBER})(?:{_BLANK}?年|(?![0-9年]))"
)
"""A year before our era or before the Republic, and one of our era that says so."""
_OF_REIGNS: Final = frozenset(f"年載载{STEMS}")
"""Characters of which each year of a reign has one."""
_OF_ERAS: Final = frozenset("前元AB")
"""Characters of which each year has one that is not counted by reigns."""
TELLING: Final = _OF_REIGNS | _OF_ERAS
"""Characters of which each year of either kind has one."""
_WHOLE: Final = re.compile(r"(?P<sign>[+-]?)(?P<year>\d{4})(?P<rest>-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_BEGINS_WHOLE: Final = re.compile(r"\s*[+－-]?\d")
"""The beginning of such a value, and of one of three figures."""
_THREE: Final = re.compile(r"(?P<sign>[+-]?)(?P<year>\d{3})(?:\s?年)?")
_OPENING: Final = tuple("（([【〔")
_AROUND: Final = " \t\u3000（）()[]【】〔〕。"
_WHEN: Final = "時时旹歲岁在維维"
_LONGEST_LINE: Final = 40
_SIGNED: Final = late("[^，。；：？！]{0,24}[序敘叙識识跋書书題题撰記记誌志刊刻鐫镌梓印]")
_LAST_YEAR: Final = 2099
_REPUBLIC: Final = 1912
_LONGEST: Final = 200
"""Code points of a value that is looked through."""
_BRACKETED: Final = late(rf"{_BLANK}?[（(\[〔]\s?(?:公元|西元)?(?P<before>前?)(?P<year>[0-9]{{1,4}})\s?年?\s?[)）\]〕]")
"""The year of the common era that a text itself gives for a year of a reign."""


class EraDate(NamedTuple):
    """A date in a text that is no date of our era: in ISO 8601, as it is written, and where it stands."""

    iso: str
    words: str | None
    """As the text writes it, where it is counted by a reign."""
    start: int
    end: int


def era_date(text: str) -> EraDate | None:
    """The first date in the value of a field that is counted by a reign, or before our era; None where none is."""
    said = usual(text[:_LONGEST])
    if TELLING.isdisjoint(said) and not _BEGINS_WHOLE.match(said):
        return None
    plain = said.translate(_PLAIN)
    whole = plain.strip()
    if (year := _whole(whole)) is not None:
        return EraDate(year, None, 0, len(text))
    return min(_found(plain), key=lambda date: date.start, default=None)


def signed_date(text: str, *, heads: bool) -> EraDate | None:
    """The date by a reign with which a line begins and is signed, 康熙三十年六月某人序, or which is all of it.

    At the head of a text a date that stands alone may be the title of its first part: there it is in brackets.
    """
    inner = text.strip(_AROUND)
    date = era_date(inner) if len(inner) <= _LONGEST_LINE else None
    if date is None or date.words is None or inner[: date.start].strip(_WHEN):
        return None
    rest = inner[date.end :]
    alone = not heads or text.strip()[:1] in _OPENING
    return date if (not rest and alone) or _SIGNED.fullmatch(rest) else None


def reign_span(text: str) -> tuple[str, str] | None:
    """The first and the last year of the reign that a text names, in ISO 8601; None where it names none, or several."""
    named = _named(text) if len(text) <= _LONGEST_LINE else None
    reign = only_reign(*named[:2]) if named is not None and not named[2] else None
    return (iso_year(reign.first), iso_year(reign.first + reign.length - 1)) if reign is not None else None


def iso_year(year: int) -> str:
    """An astronomical year in ISO 8601: 1691, 0084, and -0220 for 221 BC."""
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def _found(plain: str) -> Iterator[EraDate]:
    if not _OF_REIGNS.isdisjoint(plain):
        yield from filter(None, map(_reign_date, _YEAR.finditer(plain)))
    if not _OF_ERAS.isdisjoint(plain):
        yield from filter(None, map(_early_date, _EARLY.finditer(plain)))


def _whole(value: str) -> str | None:
    """A value that is a date of ISO 8601 with a year that no other rule reads, or a year of three figures."""
    if found := _WHOLE.fullmatch(value):
        if found["sign"] == "-":
            return value
        return f"{found['year']}{found['rest'] or ''}" if 0 < int(found["year"]) <= _LAST_YEAR else None
    found = _THREE.fullmatch(value)
    if found is None or not int(found["year"]):
        return None
    return iso_year(-int(found["year"]) if found["sign"] == "-" else int(found["year"]))


def _reign_date(found: re.Match[str]) -> EraDate | None:
    named = _named(found["before"])
    dated = _dated(found, *named[:2]) if named is not None else None
    if named is None or dated is None:
        return None
    reign, year = dated
    rest = _REST.match(found.string, found.end())
    end = rest.end() if rest is not None else found.end()
    start = found.start() + named[2]
    words = _SEPARATE.sub("", found.string[start:end])
    iso = iso_year(_year_beside(found.string, end, year))
    return EraDate(iso + (_western(rest, year) if rest and reign.has_western_months(year) else ""), words, start, end)


def _year_beside(text: str, end: int, year: int) -> int:
    """The year that stands in brackets after a date, where it is the one computed or next to it, else that.

    The lunar year ends in the next one of the common era, which a text may know to be meant.
    """
    found = _BRACKETED.match(text, end)
    if found is None:
        return year
    beside = astronomical(-int(found["year"])) if found["before"] else int(found["year"])
    return beside if abs(beside - year) <= 1 else year


def _dated(found: re.Match[str], name: str, court: str) -> tuple[Reign, int] | None:
    """The reign and the astronomical year that a match gives."""
    if cycle := found["cycle"]:
        known = find_cycle(name, court, _place(cycle[0], cycle[-1]))
        reign, number = known or (None, 0)
    else:
        number = 1 if found["number"] == "元" else parse_numeral(found["number"], spoken=False) or 0
        reign = find_reign(name, court, number)
    year = reign.year(number) if reign is not None else None
    return (reign, year) if reign is not None and year is not None else None


def _place(stem: str, branch: str) -> int:
    """The place of a stem and a branch in the cycle of sixty, from 0; -1 where they never meet."""
    one, other = STEMS.index(stem), BRANCHES.index(branch)
    return next((place for place in range(one, 60, 10) if place % 12 == other), -1)


def _named(before: str) -> tuple[str, str, int] | None:
    """The reign and the court that a text before a year ends in, and where they begin in it."""
    kept = [(at, each) for at, each in enumerate(before) if not _SEPARATE.match(each)]
    text = "".join(each for _, each in kept)
    for length in range(min(LONGEST_NAME, len(text)), 1, -1):
        if not is_reign(text[-length:]):
            continue
        lead = text[:-length]
        court, start = _court(lead)
        start -= bool(court and start and lead[start - 1] in "大皇")
        if court or _may_precede(lead):
            return text[-length:], court, kept[start][0]
    return None


def _court(lead: str) -> tuple[str, int]:
    """The court that is named last in what stands before a reign, perhaps with an emperor, and where it begins."""
    for end in (len(lead), len(lead.removesuffix("朝")), len(lead.removesuffix("代"))):
        for length in (4, 3, 2, 1):
            if end >= length and is_court(lead[end - length : end]):
                return lead[end - length : end], end - length
    for at in range(len(lead)):
        for length in (4, 3, 2, 1):
            if is_court(lead[at : at + length]) and _EMPEROR.fullmatch(lead[at + length :]):
                return lead[at : at + length], at
    return "", len(lead)


def _may_precede(lead: str) -> bool:
    return not lead or lead[-1] in _ONCE or _EMPEROR.fullmatch(lead) is not None


def _western(rest: re.Match[str], year: int) -> str:
    """The month and the day after a year, as far as they are sound."""
    month = parse_numeral(rest["month"] or "") or 0
    if not 1 <= month <= 12:
        return ""
    day = parse_numeral(rest["day"] or "") or 0
    return f"-{month:02}" + (f"-{day:02}" if 1 <= day <= monthrange(year, month)[1] else "")


def _early_date(found: re.Match[str]) -> EraDate | None:
    number = parse_numeral(next(filter(None, found.groups())), spoken=False) or 0
    if found["after"]:
        year = number if 1 <= number <= _LAST_YEAR else None
    elif found["republic"]:
        year = _REPUBLIC - number if 1 <= number < _REPUBLIC else None
    else:
        year = astronomical(-number) if 1 <= number <= 9999 else None
    return EraDate(iso_year(year), None, found.start(), found.end()) if year is not None else None
