"""Metadata: title, author, dates, publisher and source, read from the lines at a text's head and foot."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.dates import find_dates, iso_date
from tuibrowser.corpus.fields import field_of, is_weak, read_fields
from tuibrowser.corpus.furniture import is_furniture, is_tools, opens_licence
from tuibrowser.corpus.model import Metadata, ParagraphKind
from tuibrowser.corpus.people import is_post, name_after_post, name_alone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEAD: Final = 60
"""Lines at the head that may be about the text; it ends where the body begins. A law's history may go on longer."""
FOOT: Final = 40
"""Lines at the foot that may be about the text or the page."""

_LONGEST_TITLE: Final = 80
_LONGEST_HEAD_LINE: Final = 120
_SENTENCE_END: Final = "。；;，,、："
_NUMBERED: Final = re.compile(
    r"第[ \u3000]?[〇零一二三四五六七八九十百千\d０-９]{1,8}[ \u3000]?[编編部卷章回篇节節条條]|[（(]?[一二三四五六七八九十\d]{1,3}[)）、．.]"
)
_UNIT: Final = re.compile(
    r"第[ \u3000]?[〇零一二三四五六七八九十百千\d０-９]{1,8}[ \u3000]?[编編部卷章回篇节節条條](?:[ \u3000]|$)"
)
_HISTORY: Final = re.compile(r"\d{1,3}[ \u3000]{0,2}[.、．][ \u3000]{0,2}(?:中[華华]民[國国]|民[國国]|[12]\d{3}年)")
"""An entry in the history of a law: 3.中華民國四十九年三月一日…修正公布."""
_FULL_HISTORY_LINE: Final = 24
"""Code points of an entry's line that another may go on with."""
_FIELD_LINES: Final = 12
"""Lines at the very top that tell a header of fields from a text with colons."""
_SALUTATION: Final = re.compile(
    r".{0,30}(?:各位|同志们|同志們|女士们|女士們|先生们|先生們|朋友们|朋友們|代表们).{0,30}[：:！!]$"
)
_DELIVERED: Final = re.compile(r"(?:[—―─－-]{1,4}|[（(])?\s*(?:.{0,12}?)$")
_OCCASION: Final = re.compile(
    r"在.{2,70}(?:[上中]|期间|期間|[时時])(?:所?[作做])?(?:的)?(?:讲话|講話|报告|報告|[致][辞辭詞词]|演[讲講说說]|发言|發言|说明|說明)?[)）]?$"
)
_SPEECH: Final = re.compile(
    r"讲话|講話|报告|報告|致辞|致辭|致詞|致词|演讲|演講|演說|演说|发言|發言|贺信|賀信|献词|獻詞"
)
_ENACTED: Final = re.compile(
    r"通过|通過|公布|公佈|发布|發布|發佈|公告|颁布|頒布|批准|核准|核定|修正|修订|修訂|制定|訂定|备案|備查|施行|实施|令第|號令|号令"
)
_IN_FORCE: Final = re.compile(r"^[^，。]{0,4}(?:起)?(?:施行|实施|實施|生效)")
_NAME_DATE: Final = re.compile(r"[(（]((?:1[89]|20)\d\d-\d\d-\d\d)[)）]")
_WEEKDAY: Final = re.compile(r"今天是|(?:星期|周|週|禮拜|礼拜)[一二三四五六日天]")
_NOT_TITLE: Final = re.compile(r"[\W_]+")
_TITLE_NOISE: Final = re.compile(r"\.[A-Za-z]{1,5}$|[(（]\d{4}-\d\d-\d\d[)）]$|^[A-Z]?\d{4,}[_-]")
_SUBTITLE: Final = re.compile(r"(?:——|—|──|--|－－)\s*\S")
_SHORTEST_PART: Final = 4
"""Code points that make a line a part of the title and no chance likeness."""
_CENTRED: Final = 4
"""Spaces before a line that is set in the middle."""


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line with text as metadata is read from it: its repaired text and what the layout says of it."""

    text: str
    indent: int = 0
    """Code points of white space before it."""
    level: int = 0
    """That of a heading given by markup, else 0."""
    follows: bool = False
    """Whether it stands directly below the line before it, without a blank line."""
    apart: bool = False
    """Whether blank lines stand before and after it."""


@dataclass(frozen=True, slots=True)
class Front:
    """What the head and foot of a text say: its metadata, and the kinds of the lines that say it, by line."""

    metadata: Metadata
    kinds: dict[int, ParagraphKind]
    titles: frozenset[int]
    """The lines that hold the title, or a part of it; they are no headings of the outline."""
    joins: frozenset[int] = frozenset()
    """The lines that go on with the entry of a law's history on the line before them."""


@dataclass(slots=True)
class _Found:
    """What has been found so far, each by the best evidence for it."""

    fields: dict[str, str] = field(default_factory=dict)
    kinds: dict[int, ParagraphKind] = field(default_factory=dict)
    title: str | None = None
    author: str | None = None
    delivered: str | None = None
    dates: list[str] = field(default_factory=list)
    enacted: list[str] = field(default_factory=list)
    clock: str | None = None
    joins: set[int] = field(default_factory=set)

    def keep(self, name: str, value: str | None) -> None:
        if value:
            self.fields.setdefault(name, value)


def read_front(
    head: Sequence[HeadLine], foot: Sequence[HeadLine], first_of_foot: int, declared: Metadata, name: str
) -> Front:
    """Read the head and the foot of a text; `first_of_foot` is the number of the foot's first line.

    `declared` is what the format itself says and goes before all else; `name` is the document's, in which laws have
    their date.
    """
    found = _Found()
    body = _read_head(head, found)
    title_line = _title_line(head, body, found, name)
    title = declared.title or found.fields.get("title") or (title_line and title_line[1])
    titles = _title_lines(head, body, found, title, title_line[0] if title_line else ())
    for number in titles:
        found.kinds[number] = ParagraphKind.HEADING
    _read_foot(foot, first_of_foot, body, found)
    return Front(
        _metadata(found, declared, title or None, name), found.kinds, frozenset(titles), frozenset(found.joins)
    )


def _read_head(head: Sequence[HeadLine], found: _Found) -> int:
    """Read the lines before the body; return the number of the body's first."""
    strong = _has_strong_fields(head)
    post = False
    for number in range(len(head)):
        line = head[number]
        text = line.text
        if number >= HEAD and not _goes_on_with_history(head, number, found):
            return number
        keys = read_fields(text)
        if keys is not None and (strong or not all(map(is_weak, keys))):
            _take_fields(keys, found)
            found.kinds[number] = ParagraphKind.FURNITURE
        elif line.level:
            continue
        elif (strong and number - 1 in found.kinds and _dated_field(text, found)) or is_furniture(text):
            found.kinds[number] = ParagraphKind.FURNITURE
        elif _is_clock(text, number):
            found.clock, found.kinds[number] = next(find_dates(text)).iso, ParagraphKind.FURNITURE
        elif _HISTORY.match(text) or _goes_on_with_history(head, number, found):
            _read_history(text, number, found)
        elif _is_body(line):
            return number
        else:
            post = _read_line(text, post, number, found)
    return len(head)


def _has_strong_fields(head: Sequence[HeadLine]) -> bool:
    """Whether the first lines have a field that no other text has, or several that it may have."""
    fields = [keys for line in head[:_FIELD_LINES] if (keys := read_fields(line.text)) is not None]
    return len(fields) > 1 or any(not is_weak(key) for keys in fields for key in keys)


def _goes_on_with_history(head: Sequence[HeadLine], number: int, found: _Found) -> bool:
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


def _read_history(text: str, number: int, found: _Found) -> None:
    found.kinds[number] = ParagraphKind.NOTE
    if _HISTORY.match(text):
        found.enacted += [date.iso for date in list(find_dates(text))[:1]]
    else:
        found.joins.add(number)


def _dated_field(text: str, found: _Found) -> bool:
    """Whether a line is a date followed by fields: 2022-10-28 來源：…"""
    date = next(find_dates(text), None)
    if date is None or date.start or date.bare or (keys := read_fields(text[date.end :].strip())) is None:
        return False
    found.keep("published", date.iso)
    _take_fields(keys, found)
    return True


def _take_fields(keys: Mapping[str, str], found: _Found) -> None:
    for key, value in keys.items():
        name = field_of(key)
        if not name or not value:
            continue
        if name in ("published", "delivered"):
            found.keep(name, next((date.iso for date in find_dates(value)), None))
            continue
        date = next((date for date in find_dates(value) if not date.bare), None) if name != "title" else None
        if date is not None:
            found.keep("published", date.iso)
            value = (value[: date.start] + value[date.end :]).strip(" \t\u3000|｜")
        found.keep(name, value)


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
    if _SALUTATION.match(text) or _NUMBERED.match(text):
        return True
    return text[-1] in "。！？；" and len(text) > 12 and not (_opens_with_date(text) and _ENACTED.search(text))


def _read_line(text: str, post: bool, number: int, found: _Found) -> bool:
    """Read a line of the head that is no field; return whether it gives a post whose holder may follow."""
    dates = [date for date in find_dates(text) if not date.bare]
    if dates and _OCCASION.search(text) and len(text) <= _LONGEST_TITLE and not found.delivered:
        found.delivered = dates[0].iso
    elif dates and (iso := iso_date(text)):
        found.dates.append(iso)
    elif dates and dates[0].start <= 12 and _ENACTED.search(text):
        found.kinds[number] = ParagraphKind.NOTE
        for date in dates:
            if not _IN_FORCE.match(text[date.end :].strip()):
                found.enacted.append(date.iso)
    elif number and (name := name_after_post(text) or (name_alone(text) if post or found.author is None else None)):
        found.author = found.author if found.author and not post else name
    return is_post(text)


def _title_line(head: Sequence[HeadLine], body: int, found: _Found, name: str) -> tuple[tuple[int, ...], str] | None:
    """The lines that bear the title and the title itself, by the layout: None where nothing speaks for one."""
    tops = [
        number
        for number, line in enumerate(head)
        if line.level == min((each.level for each in head[:HEAD] if each.level), default=0)
    ]
    tops = [number for number in tops if head[number].level]
    if tops and tops[0] <= body + 1 and len(tops) == 1:
        return (tops[0],), head[tops[0]].text
    stem = _bare(_TITLE_NOISE.sub("", _TITLE_NOISE.sub("", name.rpartition("/")[2])))
    for number in range(min(body, HEAD)):
        line = head[number]
        if number in found.kinds or not _may_be_title(line.text):
            continue
        if _speaks_for_title(head, number, body, found, stem):
            return _with_subtitle(head, number)
        return None
    return None


def _may_be_title(text: str) -> bool:
    return (
        2 <= len(text) <= _LONGEST_TITLE
        and text[-1] not in _SENTENCE_END
        and not _NUMBERED.match(text)
        and not iso_date(text)
        and not _SUBTITLE.match(text)
        and any(character.isalpha() for character in text)
    )


def _speaks_for_title(head: Sequence[HeadLine], number: int, body: int, found: _Found, stem: str) -> bool:
    line = head[number]
    bare = _bare(line.text)
    if len(stem) >= 2 and (
        stem == bare
        or (len(bare) >= _SHORTEST_PART and (bare in stem or (len(stem) >= _SHORTEST_PART and stem in bare)))
    ):
        return True
    if found.fields or found.enacted or found.delivered or found.author:
        return True
    if any(bare in _bare(other.text) for other in head[number + 1 : min(body, HEAD)]) and len(bare) >= _SHORTEST_PART:
        return True
    if number + 1 >= len(head):
        return False
    following = head[number + 1]
    return (
        (line.apart or line.indent >= following.indent + _CENTRED)
        and len(line.text) < len(following.text)
        and number == 0
    )


def _with_subtitle(head: Sequence[HeadLine], number: int) -> tuple[tuple[int, ...], str]:
    text = head[number].text
    if number + 1 < len(head) and "——" not in text:
        following = head[number + 1].text
        if _SUBTITLE.match(following) and len(text + following) <= _LONGEST_TITLE and not any(find_dates(following)):
            return (number, number + 1), text + following
    return (number,), text


def _title_lines(
    head: Sequence[HeadLine], body: int, found: _Found, title: str | None, known: tuple[int, ...]
) -> set[int]:
    """The lines of the head that repeat the title or a part of it."""
    lines = set(known)
    if not title:
        return lines
    bare = _bare(title)
    for number in range(min(body + 1, HEAD, len(head))):
        text = _bare(head[number].text)
        if number in found.kinds or not text or len(text) > len(bare) + _SHORTEST_PART:
            continue
        if (
            text == bare
            or (len(text) >= _SHORTEST_PART and text in bare)
            or (len(bare) >= _SHORTEST_PART and bare in text)
        ):
            lines.add(number)
    return lines


def _bare(text: str) -> str:
    return _NOT_TITLE.sub("", text)


def _read_foot(foot: Sequence[HeadLine], first: int, body: int, found: _Found) -> None:
    """Read the lines below the body from the end upwards, and the date of a signature."""
    end = len(foot)
    for number in range(len(foot) - 1, -1, -1):
        if opens_licence(foot[number].text) and foot[number].text != "Public domain" and first + number > body:
            for each in range(number, len(foot)):
                found.kinds[first + each] = ParagraphKind.FURNITURE
            end = number
            break
    while end > 0 and first + end - 1 > body:
        text = foot[end - 1].text
        keys = read_fields(text)
        if keys is not None and not all(map(is_weak, keys)):
            _take_fields(keys, found)
        elif not (is_tools(text) or is_furniture(text)):
            break
        end -= 1
        found.kinds[first + end] = ParagraphKind.FURNITURE
    if end > 0 and first + end - 1 > body and (iso := iso_date(foot[end - 1].text)):
        found.dates.append(iso)


def _metadata(found: _Found, declared: Metadata, title: str | None, name: str) -> Metadata:
    published = found.fields.get("published")
    delivered = found.delivered or found.fields.get("delivered")
    in_name = _NAME_DATE.search(name)
    if published is None and in_name and (iso := iso_date(in_name[1])):
        published = iso
    if published is None and found.enacted:
        published = max(found.enacted)
    if found.dates and title and _SPEECH.search(title) and delivered is None:
        delivered = found.dates[0]
    elif found.dates and published is None and delivered is None:
        published = found.dates[-1]
    if published and delivered is None and published == found.clock:
        published = None
    read = Metadata(
        title,
        found.fields.get("author") or found.author,
        delivered,
        published,
        found.fields.get("publisher"),
        found.fields.get("source"),
    )
    said = {name: value for name in Metadata.__slots__ if (value := getattr(declared, name)) is not None}
    return replace(read, **said)
