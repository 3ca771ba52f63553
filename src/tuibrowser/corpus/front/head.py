"""The head of a text: what the lines before its body say of it, and which of them are page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus import dates, eras
from tuibrowser.corpus.dates import SaidDate, find_dates, iso_date, said_date
from tuibrowser.corpus.eras import signed_date
from tuibrowser.corpus.front import bylines, furniture, people
from tuibrowser.corpus.front.bylines import author_of, byline, title_and_author
from tuibrowser.corpus.front.fields import field_of, is_weak, read_fields
from tuibrowser.corpus.front.furniture import is_furniture
from tuibrowser.corpus.front.people import is_post, name_after_post, name_alone, name_beside_date
from tuibrowser.corpus.front.posts import opens_post, read_post
from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.corpus.numbering import ENUMERATOR, UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.corpus.dates import FoundDate
    from tuibrowser.corpus.eras import EraDate
    from tuibrowser.corpus.front.headlines import HeadLine, HeadLines

HEAD: Final = 60
"""Lines at the head that may be about the text; it ends where the body begins. A law's history may go on longer."""

NUMBERED: Final = re.compile(rf"{UNIT}|{ENUMERATOR}")
_LONGEST_HEAD_LINE: Final = 120
_UNIT: Final = re.compile(rf"{UNIT}(?:[ \u3000]|$)")
_HISTORY: Final = re.compile(r"\d{1,3}[ \u3000]{0,2}[.、．][ \u3000]{0,2}(?:中[華华]民[國国]|民[國国]|[12]\d{3}年)")
"""An entry in the history of a law: 3.中華民國四十九年三月一日…修正公布."""
_DECREE_YEAR: Final = re.compile(r"民[國国].*?[(（](?P<year>\d{2,3})[)）].{0,12}字")
"""The number of a decree in the history of a law, which begins with its year: （69）法令字第 2274 號."""
_COLONS: Final = ":："
_TELLING: Final = bylines.TELLING | furniture.TELLING | frozenset(f"{_COLONS}今期周週拜國国年")
"""Characters of which each field, byline, line of furniture, clock and entry of a history has one.

Some lines of furniture are told by their first character instead.
"""
_SAYING: Final = dates.TELLING | eras.TELLING | people.TELLING
"""Characters of which each line with a date or a post has one."""
_ENDS_SENTENCE: Final = frozenset("。！？；")
_ENDS_SALUTATION: Final = frozenset(f"{_COLONS}！!")
_FULL_HISTORY_LINE: Final = 24
"""Code points of an entry's line that another may go on with."""
_BYLINES: Final = 12
"""Lines at the very top among which a byline stands."""
_FIELD_LINES: Final = 12
"""Lines at the very top that tell a header of fields from a text with colons."""
_SHORTEST_SENTENCE: Final = 10
"""Code points of a sentence that is the body's first."""
_SALUTATION: Final = re.compile(
    r".{0,30}(?:各位|同志们|同志們|女士们|女士們|先生们|先生們|朋友们|朋友們|代表们).{0,30}[：:！!]$|各.{1,80}[：:]$"
)
_OCCASION: Final = re.compile(
    r"在.{2,70}(?:[上中]|期间|期間|[时時])(?:所?[作做])?(?:的)?(?:讲话|講話|报告|報告|[致][辞辭詞词]|演[讲講说說]"
    r"|发言|發言|说明|說明)?[)）]?$"
)
_ENACTED: Final = re.compile(
    r"通过|通過|公布|公佈|发布|發布|發佈|公告|颁布|頒布|批准|核准|核定|修正|修订|修訂|制定|訂定|备案|備查|施行|实施"
    r"|令第|號令|号令"
)
_IN_FORCE: Final = re.compile(r"^[^，。]{0,4}(?:起)?(?:施行|实施|實施|生效)")
_LONGEST_STAMP: Final = 40
"""Code points of a line with the date and the names of author and site."""
_STAMPED: Final = re.compile(r"[12]\d{3}([-/.])\d{1,2}\1\d{1,2}(?!\d)")
"""A date as programs write it."""
_IN_SENTENCE: Final = re.compile("[。，；！？、《》（）]")
_EMPTY: Final = tuple(
    map(
        re.compile,
        (
            r"[,，]?[ \t\u3000]{0,3}(?:站[内內](?:信件)?|[转轉]信)$",
            r"(?:(?<=[\s(（])|^)\d{1,2}(?:[-/]|月\s?)\d{1,2}日?(?:\s{1,2}\d{1,2}:\d{2}(?::\d{2})?)?(?=[)）]?\s{0,3}$)",
            r"[(（\[【]\s{0,3}[)）\]】]",
        ),
    )
)
_WEEKDAY: Final = re.compile(r"今天是|(?:星期|周|週|禮拜|礼拜)[一二三四五六日天]")
LONGEST_TITLE: Final = 80
"""Code points of a title, and of the line that says where a speech was given."""


@dataclass(slots=True)
class Evidence:
    """The metadata found so far, each value by its best evidence."""

    fields: dict[str, str] = field(default_factory=dict)
    kinds: dict[int, ParagraphKind] = field(default_factory=dict)
    author: str | None = None
    titled: tuple[int, str] | None = None
    """The line that gives the title beside the author, and that title."""
    delivered: str | None = None
    dates: list[str] = field(default_factory=list)
    enacted: list[str] = field(default_factory=list)
    """When a law was made and changed, in the order of the text; empty where an entry's date is lost."""
    words: dict[str, str] = field(default_factory=dict)
    """How dates are written that are counted by a reign, by what they are in ISO 8601."""
    clock: str | None = None
    joins: set[int] = field(default_factory=set)

    def keep(self, name: str, value: str | None) -> None:
        """Keep what a field says, unless an earlier one has said it."""
        if value:
            self.fields.setdefault(name, value)

    def sign(self, date: EraDate) -> None:
        """Keep the date of a signature by a reign, where nothing else says a date."""
        if date.words and not self.dates:
            self.dates.append(date.iso)
            self.words.setdefault(date.iso, date.words)

    def keep_date(self, name: str, date: SaidDate | None) -> None:
        """Keep the date that a field says, and how it is written, unless an earlier one has said it."""
        if date is not None:
            self.keep(name, date.iso)
            if date.words:
                self.words.setdefault(date.iso, date.words)


def read_head(head: HeadLines, found: Evidence) -> int:
    """Read the lines before the body; return the number of the body's first."""
    strong = head.may_hold(_COLONS) and _has_strong_fields([line.text for line in head[:_FIELD_LINES]])
    posted = head.may_hold("作") and opens_post([line.text for line in head[:_FIELD_LINES]])
    post = False
    for number in range(len(head)):
        line = head[number]
        if number >= HEAD and not _goes_on_with_history(head, number, found):
            return number
        if (posted or _may_tell(line, number, found)) and _read_told(head, number, found, strong, posted):
            continue
        if _is_body(line):
            return number
        post = _read_line(line.text, post, number, found)
    return len(head)


def says_nothing(text: str) -> bool:
    """Whether a line is no field and no furniture, and has neither a date nor a post, by its characters alone."""
    return _TELLING.isdisjoint(text) and text[:1] not in furniture.FIRST and _SAYING.isdisjoint(text)


def _may_tell(line: HeadLine, number: int, found: Evidence) -> bool:
    """Whether a line may be one that `_read_told` reads: most are not, which takes little time to tell."""
    text = line.text
    return bool(
        line.level
        or not _TELLING.isdisjoint(text)
        or text[:1] in furniture.FIRST
        or number - 1 in found.kinds
        or bylines.may_be_of_dynasty(text)
    )


def _read_told(head: Sequence[HeadLine], number: int, found: Evidence, strong: bool, posted: bool) -> bool:
    """Read a line that is a heading, a field, a byline, furniture or part of a history; return whether it is one."""
    line = head[number]
    text = line.text
    keys = read_fields(text) or (read_post(text) if posted and number < _FIELD_LINES else None)
    if keys is not None and (posted or strong or not all(map(is_weak, keys))):
        take_fields(keys, found)
        found.kinds[number] = ParagraphKind.FURNITURE
    elif line.level or (number < _BYLINES and _read_byline(text, number, found)):
        pass
    elif _dated_field(text, found) or is_furniture(text):
        found.kinds[number] = ParagraphKind.FURNITURE
    elif _is_clock(text, number):
        found.clock, found.kinds[number] = next(find_dates(text)).iso, ParagraphKind.FURNITURE
    elif _HISTORY.match(text) or _goes_on_with_history(head, number, found):
        _read_history(text, number, found)
    else:
        return False
    return True


def _read_byline(text: str, number: int, found: Evidence) -> bool:
    """Read a line that names the author, or the title and the author; return whether it does."""
    if name := byline(text):
        found.author = found.author or name
        found.kinds[number] = ParagraphKind.NOTE
        return True
    if found.titled is None and (both := title_and_author(text)):
        found.titled = (number, both.title) if both.title else None
        found.author = found.author or both.author
        return True
    return False


def _has_strong_fields(first: Sequence[str]) -> bool:
    """Whether the first lines have a field that no other text has, or several that it may have."""
    fields = [keys for text in first if (keys := read_fields(text)) is not None]
    return len(fields) > 1 or any(not is_weak(key) for keys in fields for key in keys)


def _goes_on_with_history(head: Sequence[HeadLine], number: int, found: Evidence) -> bool:
    """Whether a line is an entry of a law's history or, below a full line of one, its continuation."""
    if _HISTORY.match(head[number].text):
        return True
    before = head[number - 1].text if number else ""
    return (
        found.kinds.get(number - 1) is ParagraphKind.NOTE
        and (number - 1 in found.joins or _HISTORY.match(before) is not None)
        and head[number].follows
        and len(before) >= _FULL_HISTORY_LINE
        and not _UNIT.match(head[number].text)
    )


def _read_history(text: str, number: int, found: Evidence) -> None:
    found.kinds[number] = ParagraphKind.NOTE
    if _HISTORY.match(text):
        found.enacted.append(_entry_date(text))
    else:
        found.joins.add(number)


def _entry_date(text: str) -> str:
    """The date of an entry, by the number of its decree where the year itself is lost; empty where both are."""
    date = next((date.iso for date in find_dates(text) if not date.bare), "")
    if not date and (found := _DECREE_YEAR.search(text)):
        return str(int(found["year"]) + 1911)
    return date


def _dated_field(text: str, found: Evidence) -> bool:
    """Whether a line is a date followed by fields: 2022-10-28 來源：…"""
    if len(text) > _LONGEST_HEAD_LINE or not (":" in text or "：" in text):
        return False
    date = next(find_dates(text), None)
    if date is None or date.start or date.bare:
        return False
    keys = read_fields(text[date.end :].strip(" \t\u3000|｜"))
    if keys is None or all(map(is_weak, keys)):
        return False
    found.keep("published", date.iso)
    take_fields(keys, found)
    return True


def take_fields(keys: Mapping[str, str], found: Evidence) -> None:
    """Keep what the fields of a line say, by their own keys; a date within another field is the date of publication."""
    for key, value in keys.items():
        name = field_of(key)
        if not name or not value:
            continue
        if name in ("published", "delivered"):
            found.keep_date(name, said_date(value))
            continue
        date = next((date for date in find_dates(value) if len(date.iso) > len("2022-10")), None)
        if date is not None and name != "title":
            found.keep("published", date.iso)
        if name == "author":
            found.keep(name, author_of(value))
        else:
            found.keep(name, value if name == "title" else _without(value, date))


def _without(value: str, date: FoundDate | None) -> str:
    """The value of a field without the date in it, a date without a year, and what a board writes behind that."""
    if date is not None:
        value = f"{value[: date.start]} {value[date.end :]}"
    for pattern in _EMPTY:
        value = pattern.sub("", value)
    return value.strip("|｜,， \t\u3000")


def _is_stamp(text: str, date: FoundDate) -> bool:
    """Whether a line is what a site puts below a title: 2017-07-28 小圆 圆觉文化, or the other way about."""
    if len(date.iso) < len("2000-01-01") or len(text) > _LONGEST_STAMP or not _STAMPED.search(text):
        return False
    return not (date.start and text[date.end :].strip()) and not _IN_SENTENCE.search(text)


def _is_clock(text: str, number: int) -> bool:
    """Whether a line is the clock of a web page, which stands above everything else."""
    return number < 3 and len(text) <= 40 and _WEEKDAY.search(text) is not None and _opens_with_date(text)


def _opens_with_date(text: str) -> bool:
    date = next(find_dates(text), None)
    return date is not None and not date.bare and date.start <= len("今天是：")


def _is_body(line: HeadLine) -> bool:
    text = line.text
    if len(text) > _LONGEST_HEAD_LINE:
        return not _ENACTED.search(text)
    if text[-1:] in _ENDS_SENTENCE and len(text) >= _SHORTEST_SENTENCE and not _is_enacted(text):
        return True
    return bool((text[-1:] in _ENDS_SALUTATION and _SALUTATION.match(text)) or NUMBERED.match(text))


def _is_enacted(text: str) -> bool:
    """Whether a line says when a law was made or changed."""
    return not dates.TELLING.isdisjoint(text) and _opens_with_date(text) and _ENACTED.search(text) is not None


def _read_line(text: str, post: bool, number: int, found: Evidence) -> bool:
    """Read a line of the head that is no field; return whether it gives a post whose holder may follow."""
    if _SAYING.isdisjoint(text) and not (post or found.delivered or found.dates):
        return False
    said = [date for date in find_dates(text) if not date.bare]
    if said and _OCCASION.search(text) and len(text) <= LONGEST_TITLE and not found.delivered:
        found.delivered = said[0].iso
    elif said and (iso := iso_date(text)):
        found.dates.append(iso)
    elif len(said) == 1 and 0 < number < _BYLINES and _is_stamp(text, said[0]):
        name = name_beside_date(text, said[0].start, said[0].end)
        found.author = found.author or name
        found.dates.append(said[0].iso)
    elif len(said) == 1 and number and (name := name_beside_date(text, said[0].start, said[0].end)):
        found.author = found.author or name
        found.dates.append(said[0].iso)
    elif not said and number and (signed := signed_date(text, heads=True)) is not None:
        found.sign(signed)
    elif said and said[0].start <= 12 and _ENACTED.search(text):
        found.kinds[number] = ParagraphKind.NOTE
        for date in said:
            if not _IN_FORCE.match(text[date.end :].strip()):
                found.enacted.append(date.iso)
    elif number and (
        name := name_after_post(text) or (name_alone(text) if post or found.delivered or found.dates else None)
    ):
        found.author = found.author if found.author and not post else name
    return is_post(text)
