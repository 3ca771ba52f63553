"""The title of a text where no field gives it: the line that speaks for itself, and those that repeat it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.dates import find_dates, iso_date
from tuibrowser.corpus.front.head import HEAD, LONGEST_TITLE, NUMBERED, Evidence
from tuibrowser.corpus.front.people import name_alone
from tuibrowser.corpus.outlines.decoration import inside
from tuibrowser.corpus.outlines.named import FIRST, named
from tuibrowser.corpus.outlines.units import place_of_volume, placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.front.headlines import HeadLine, HeadLines

_SENTENCE_END: Final = "。；;，,、：:"
_NOT_TITLE: Final = re.compile(r"[\W_]+")
_TITLE_NOISE: Final = re.compile(r"\.[A-Za-z]{1,5}$|[(（]\d{4}-\d\d-\d\d[)）]$|^[A-Z]?\d{4,}[_-]")
_SUBTITLE: Final = re.compile(r"(?:——|—|──|--|－－)\s*\S")
_PART: Final = re.compile(r"[上中下前後后][卷篇部冊册編编集]|目[ \u3000]{0,4}[录錄次]")
"""Names of a part of a text or of its contents, which are no title."""
_OF_THE_BOOK: Final = re.compile(
    r"[·•‧●■◆★※].{2,12}[·•‧●■◆★※]|.{2,12}[ \u3000][主總总][编編]"
    r"|.*[丛叢][书書刊](?:之.{1,4}|第.{1,6}[辑輯集]|系列)?(?:[ \u3000]+.{2,12}[主總总][编編])?"
)
"""The column of a journal, ·道教研究·, or the series and its editor above the title of a book."""
_IN_SERIES: Final = frozenset("·•‧●■◆★※主總总丛叢")
"""Characters of which each such line has one."""
_OFFICIAL: Final = re.compile(
    r"(?:通知|決定|决定|意见|意見|报告|報告|讲话|講話|致[辞辭詞词]|办法|辦法|条例|條例|规定|規定|规则|規則|细则|細則|公告|公报|公報|批复|批覆"
    r"|公约|公約|纪要|紀要|宣言|章程|纲要|綱要|规划|規劃|方案|声明|聲明|令)(?:[（(].{1,20}[)）])?$"
)
"""Endings of the titles of official documents."""
_SHORTEST_PART: Final = 4
"""Code points from which on a line that repeats a part of the title does so on purpose."""
_NEXT_VOLUMES: Final = 2
"""How far a volume's number may be above that of the one before it: 卷下 follows 卷上."""
_CENTRED: Final = 4
"""Spaces before a line that is set in the middle."""
_PAUSE: Final = re.compile("[，；、,;．]")
_SENTENCE_PAUSES: Final = 3
"""Pauses in a line that is a sentence rather than a title."""
_SPEECH: Final = re.compile('[。！？!?…，,][」』”’"]$')
"""How a line ends in which somebody speaks, as the first one of a story may be."""
_RAGGED: Final = 2
"""Characters by which full lines differ."""


def find_title(head: HeadLines, body: int, found: Evidence, name: str) -> tuple[tuple[int, ...], str] | None:
    """The lines that bear the title and the title itself, by the layout: None where nothing speaks for one."""
    if found.titled:
        return (found.titled[0],), found.titled[1]
    tops = head.tops
    if len(tops) == 1 and tops[0] <= body and not _OF_THE_BOOK.fullmatch(head[tops[0]].text):
        return (tops[0],), head[tops[0]].text
    stem = _bare(_TITLE_NOISE.sub("", _TITLE_NOISE.sub("", name.rpartition("/")[2])))
    for number in range(min(body, HEAD)):
        line = head[number]
        if number in found.kinds or not _may_be_title(line.text) or _opens_section(line.text, stem):
            continue
        if _opens_volume(head, number, stem):
            continue
        if _speaks_for_title(head, number, body, found, stem):
            return _with_subtitle(head, number)
        return None
    return None


def _may_be_title(text: str) -> bool:
    return (
        2 <= len(text) <= LONGEST_TITLE
        and text[-1] not in _SENTENCE_END
        and text[0] not in "#<"
        and not NUMBERED.match(text)
        and not iso_date(text)
        and not _PART.fullmatch(text)
        and not _SUBTITLE.match(text)
        and not (not _IN_SERIES.isdisjoint(text) and _OF_THE_BOOK.fullmatch(text))
        and any(character.isalpha() for character in text)
    )


def _opens_section(text: str, stem: str) -> bool:
    """Whether a line names a part of a text, 【第一章】 or 上卷, in a file that is not named so."""
    start, end = inside(text)
    line = text[start:end]
    heading = NUMBERED.match(line) or placed(line, 0, 0, len(line))
    if not heading and (line[:1] in FIRST or line[:1].isspace()):
        heading = named(line, 0, 0, len(line))
    return bool(heading) and _bare(text) != stem


def _opens_volume(head: HeadLines, number: int, stem: str) -> bool:
    """Whether a line opens the first of several volumes, 卷一 or 卷上, and a later one opens further down."""
    text = head[number].text
    place = place_of_volume(text)
    if not place or _bare(text) == stem:
        return False
    return any(place < place_of_volume(each) <= place + _NEXT_VOLUMES for each in head.below(number, "卷"))


def _speaks_for_title(head: Sequence[HeadLine], number: int, body: int, found: Evidence, stem: str) -> bool:
    line = head[number]
    bare = _bare(line.text)
    if len(stem) >= 2 and (
        stem == bare
        or (len(bare) >= _SHORTEST_PART and (bare in stem or (len(stem) >= _SHORTEST_PART and stem in bare)))
    ):
        return True
    if number == 0 and _OFFICIAL.search(line.text):
        return True
    if found.fields or found.enacted or found.delivered or found.author:
        return True
    if any(bare in _bare(other.text) for other in head[number + 1 : min(body, HEAD)]) and len(bare) >= _SHORTEST_PART:
        return True
    if number + 1 >= len(head):
        return False
    if _stands_above_name(head, number, body, found):
        return True
    following = head[number + 1]
    return (
        (_stands_apart(head, number, found) or line.indent >= following.indent + _CENTRED)
        and len(line.text) < len(following.text)
        and len(_PAUSE.findall(line.text)) < _SENTENCE_PAUSES
        and not _breaks_off(line, following)
        and not _SPEECH.search(line.text)
        and all(each in found.kinds for each in range(number))
    )


def _stands_above_name(head: Sequence[HeadLine], number: int, body: int, found: Evidence) -> bool:
    """Whether a line at the very top has a name alone below it, and then the body, set apart or indented."""
    below = number + 1
    return (
        all(each in found.kinds for each in range(number))
        and below + 1 == body < len(head)
        and name_alone(head[below].text) is not None
        and (not head[body].follows or head[body].indent > head[below].indent)
    )


def _breaks_off(line: HeadLine, following: HeadLine) -> bool:
    """Whether a line is the first of a wrapped paragraph: it has a pause, and a sentence ends in it or it is full."""
    if "。" in line.text[:-1]:
        return True
    full = following.indent + len(following.text) - _RAGGED
    return _PAUSE.search(line.text) is not None and line.indent + len(line.text) >= full


def _stands_apart(head: Sequence[HeadLine], number: int, found: Evidence) -> bool:
    """Whether a line has a blank line below it, and one or page furniture above it."""
    above = not head[number].follows or number - 1 in found.kinds
    return above and not head[number + 1].follows


def _with_subtitle(head: Sequence[HeadLine], number: int) -> tuple[tuple[int, ...], str]:
    text = head[number].text
    if number + 1 < len(head) and "——" not in text:
        following = head[number + 1].text
        if _SUBTITLE.match(following) and len(text + following) <= LONGEST_TITLE and not any(find_dates(following)):
            return (number, number + 1), text + following
    return (number,), text


def title_lines(
    head: Sequence[HeadLine], body: int, found: Evidence, title: str | None, known: tuple[int, ...]
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


@lru_cache(64)
def _bare(text: str) -> str:
    """The letters and digits of a text. Kept: a line is compared with the title by several rules, one after another."""
    return text if text.isalnum() else _NOT_TITLE.sub("", text)
