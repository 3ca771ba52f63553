"""Units: headings that name what they open, such as 第三章, 卷二, 上卷 or Chapter 3."""

from __future__ import annotations

import re
from typing import Final

from tuibrowser.corpus.numbering import NUMERALS
from tuibrowser.corpus.outlines.forms import PLACED, Candidate, Form
from tuibrowser.hanzi.numerals import parse_numeral
from tuibrowser.language.patterns import late

_HAN: Final = "\u3400-\u9fff\U00020000-\U0003ffff"
_SPACE: Final = "[ \\u3000]"

LONGEST_TITLE: Final = 50
"""Code points of a heading that may be a sentence."""
LONGEST_NAMED: Final = 100
"""Code points of one whose number and title are set apart."""
_LONGEST_WITHOUT_GAP: Final = 30
"""Code points of one without a space after its number."""
_LONGEST_SENTENCE: Final = 40
"""Code points of one whose title ends like a sentence."""
LONGEST_RUN_IN: Final = 30
"""Code points of the title that stands before the text in one paragraph."""
SHORTEST_REST: Final = 10
"""Code points of the text after such a title."""
_LONG: Final = 60
"""Code points of a paragraph that can be no title."""
_MOST_PAUSES: Final = 3
"""Commas in a title, those in brackets apart."""

_MENTIONED: Final = frozenset("的是讲講说說中里裡内內至到和与與及")
"""What follows a chapter that a sentence speaks of."""
_WORD: Final = late(
    r"[回][合头頭家想族教响響乡鄉来來信]|[节節][课課车車目省能日奏约約点點假]|[章][程鱼魚]|[卷][宗尺轴軸入起烟煙发髮]"
    r"|[集][团團体體合装裝中市邮郵资資会會训訓结結]|[部][分门門队隊长長署下属屬落件委首电電]"
    r"|[场場][雪雨比景地面合所馆館次战戰大]|[篇][文章幅论論]|[幕][后後僚布]|[折][扣磨腾騰断斷]"
    r"|[课課][堂程本文题題时時]|[讲講][师師座台臺话話述]|[编編][辑輯号號制程外队隊]|[目][标標的前光]"
    r"|[款][式手车車项項待]|[辑輯][录錄]|[季][度节節军軍]|[话話][题題剧劇音筒]|[出][戏戲来來去口現现版]|[册冊][子]"
)
"""Words that begin with a unit, which the number before them counts: 第五回合, 第二节课."""

_END: Final = late(r"[ \u3000·—－-]*(?:本?[章卷部回]?[完终終](?:[结結]|了)?|[结結]束|待[续續]|未完待[续續])[—…。！\s]*")
"""What follows a unit that ends there: 第一章完."""
_PREFIX: Final = (
    r"(?:(?:正文卷?|VIP[章]?[节節卷]?|vip[章]?[节節卷]?|章[节節]目[录錄]|最新章[节節])[\s\u3000:：、.．_-]{0,3})*"
)
_NUM: Final = (
    rf"{_SPACE}{{0,3}}(?P<n>[{NUMERALS}](?:{_SPACE}?[{NUMERALS}]){{0,7}})"
    rf"(?:[.．]\d{{1,3}}|[-－~～—、至到第]{{1,2}}[{NUMERALS}]{{1,6}})?{_SPACE}{{0,3}}"
)
_KIND: Final = rf"分?[编編]|部{_SPACE}?分|[部季辑輯册冊卷章回篇幕出折场場集讲講课課节節款目话話]"
_UNIT: Final = late(
    rf"{_PREFIX}第{_NUM}(?P<unit>{_KIND})(?:之(?P<sub>[{NUMERALS}]{{1,3}}))?"
    r"(?P<gap>[ \u3000\t]+|$|[:：、.．·_]|[—–─-]+|(?=[（(《〈【「『“\[]))?"
)
_NEXT: Final = late(rf"[\s|｜/／、，；;。]第{_NUM}(?P<unit>{_KIND})(?=[ \u3000\t:：、.．·]|[{_HAN}])")
_UNIT_FORM: Final = {
    **dict.fromkeys(("编", "編", "分编", "分編", "部分", "部", "季", "辑", "輯", "册", "冊", "集"), Form.PART),
    "卷": Form.VOLUME,
    **dict.fromkeys("章回篇幕出折场場讲講课課话話", Form.CHAPTER),
    **dict.fromkeys("节節", Form.SECTION),
    "款": Form.CLAUSE,
    "目": Form.ITEM,
}
_NEEDS_GAP: Final = frozenset("部季集出场場款目册冊折讲講课課辑輯话話") | {"部分"}
_VOLUME: Final = late(
    rf"卷[第之]?[ \u3000]?(?P<n>[{NUMERALS}]{{1,5}}|[上中下首末])(?:之(?P<sub>[{NUMERALS}上中下]{{1,3}}))?"
    rf"(?=[ \u3000\t·:：—]|$|[{_HAN}]{{0,16}}$)"
)
_PLACED: Final = late(
    r"(?P<n>[上中下内內外杂雜前后後])[ \u3000]?(?:半部|(?P<unit>[卷篇部编編册冊集]))(?:$|[ \u3000:：·—]+(?=\S))"
)
_PLACES: Final = "上中下"
_ROMAN: Final = {character: value for value, character in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", 1)}
_WORDS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_LATIN: Final = late(
    r"(?P<unit>part|book|volume|vol|chapter|chap|ch|section|act|scene|episode|ep|lesson|no)"
    r"(?:\.|[ \u3000])[ \u3000]{0,2}"
    rf"(?P<n>\d{{1,4}}|[ivxlc]{{1,7}}|[ⅰ-ⅻ]|{'|'.join(_WORDS)})(?=$|[\s.:：、—–-])"
    r"|(?P<alone>prologue|epilogue|preface|foreword|afterword|introduction|interlude|appendix)(?=$|[ :：.—–-])",
    re.IGNORECASE,
)
_LATIN_FORM: Final = {
    **dict.fromkeys(("part", "book"), Form.PART),
    **dict.fromkeys(("volume", "vol"), Form.VOLUME),
    **dict.fromkeys(("section", "scene"), Form.SECTION),
}
_NOT_AT_END: Final = frozenset("。；;，,、：:")
BRACKETED: Final = late(r"[（(【《〈「『“\[][^（(【《〈「『“\[]*?[)）】》〉」』”\]]")
_SENTENCE: Final = late("[。；]")
PROSE: Final = late("[。！？…”」]")
WIDE: Final = late(r"\u3000[ \u3000]+| {2,}\u3000?| *\t\s*")
_ONE_SPACE: Final = late(r"[ \u3000]")
_PAUSES: Final = late("[，,。！？；：]")


def unit(text: str, number: int, start: int, end: int) -> Candidate | None:
    """The candidate that a paragraph makes which begins with 第三章 or the like."""
    head = text[start : min(end, start + LONGEST_NAMED + 1)]
    found = _UNIT.match(head)
    if found is None:
        return None
    kind = "".join(found["unit"].split())
    form = _UNIT_FORM[kind]
    rank = form.rank + (0.5 if kind.startswith("分") else 0)
    if end - start <= _LONGEST_WITHOUT_GAP and _END.fullmatch(head, found.end()):
        return None
    made = Candidate(
        number, form, rank, start, end, end - start, parse_numeral("".join(found["n"].split())) or 0, kind[-1]
    )
    if found["gap"] is None:
        return made._replace(sure=False) if _is_bare_title(head, found.end(), kind, end - start) else None
    stop, sure = _stop(text, head, found.end(), start, end)
    return made._replace(end=stop, sure=sure) if stop else None


def labels(line: str) -> list[tuple[Form, int]]:
    """The units that a line names at its beginning and further on: more than one of a kind make a list of contents."""
    first = _UNIT.match(line)
    if first is None:
        return []
    return [
        (_UNIT_FORM["".join(each["unit"].split())], parse_numeral("".join(each["n"].split())) or 0)
        for each in (first, *_NEXT.finditer(line, first.end("unit")))
    ]


def _is_bare_title(head: str, after: int, kind: str, length: int) -> bool:
    """Whether a title may follow a unit without a space: 第三章總則."""
    if kind in _NEEDS_GAP or length > _LONGEST_WITHOUT_GAP or head[after : after + 1] in _MENTIONED:
        return False
    return not (_WORD.match(head, after - 1) or head[-1] in _NOT_AT_END or _SENTENCE.search(head))


def _stop(text: str, head: str, after: int, start: int, end: int) -> tuple[int, bool]:
    """Where a heading ends whose title is set apart from its number, 0 for none; and whether that is sure."""
    length = end - start
    if (run_in := _run_in(text, head, after, start, end)) is not None:
        return run_in
    if length > LONGEST_NAMED:
        return 0, False
    title = BRACKETED.sub("", head[after:])
    if head[-1] in _NOT_AT_END or _SENTENCE.search(title):
        if head[-1] in "：:" and length <= _LONGEST_WITHOUT_GAP:
            return end, True
        ends_once = head[-1] == "。" and title.count("。") == 1 and "，" not in title
        return (end, False) if ends_once and length <= _LONGEST_SENTENCE else (0, False)
    if length > LONGEST_TITLE and len(_PAUSES.findall(title)) > _MOST_PAUSES:
        return 0, False
    return end, True


def _run_in(text: str, head: str, after: int, start: int, end: int) -> tuple[int, bool] | None:
    """The end of a title with the text after it in one paragraph, None where that is not so."""
    if (wide := WIDE.search(head, after, after + LONGEST_RUN_IN)) is not None:
        rest = start + wide.end()
        if end - rest >= SHORTEST_REST and PROSE.search(text, rest, end):
            return start + wide.start(), True
    if end - start <= _LONG or not PROSE.search(text, start + after, end) or head[after - 1] not in " \u3000\t":
        return None
    space = _ONE_SPACE.search(head, after, after + LONGEST_RUN_IN)
    if space is not None and not _PAUSES.search(head, after, space.start()):
        return start + space.start(), False
    label = len(head[:after].rstrip())
    return start + label, False


def volume(text: str, number: int, start: int, end: int) -> Candidate | None:
    """The candidate that a line makes which begins with 卷三."""
    if end - start > LONGEST_TITLE:
        return None
    head = text[start:end]
    found = _VOLUME.match(head)
    if found is None or head[-1] in _NOT_AT_END or _SENTENCE.search(head):
        return None
    return _made(Form.VOLUME, number, start, end, parse_numeral(found["n"]) or 0)


def place_of_volume(line: str) -> int:
    """The number of the volume that a line opens, 卷三, or its place among 卷上, 卷中, 卷下; 0 for none."""
    if not line.startswith("卷") or (made := volume(line, 0, 0, len(line))) is None:
        return 0
    return made.number or _PLACES.find(line[1:].lstrip(" \u3000第之")[:1]) + 1


def placed(text: str, number: int, start: int, end: int) -> Candidate | None:
    """The candidate that a short line makes which begins with 上卷 or 下篇; it must not stand alone."""
    if end - start > _LONGEST_WITHOUT_GAP:
        return None
    head = text[start:end]
    found = _PLACED.match(head)
    if found is None or head[-1] in _NOT_AT_END or _PAUSES.search(head, found.end()):
        return None
    form = Form.VOLUME if found["unit"] == "卷" else Form.PART
    return _made(form, number, start, end, "上中下内內外杂雜前后後".index(found["n"]) + 1)._replace(
        mark=f"{PLACED} {found['unit']}", sure=False
    )


def latin(text: str, number: int, start: int, end: int) -> Candidate | None:
    """The candidate that a line makes which begins with Chapter 3 or Prologue."""
    if end - start > LONGEST_NAMED:
        return None
    head = text[start:end]
    found = _LATIN.match(head)
    if found is None or not head[0].isupper() or (head[-1] in ".,;:。，；：" and len(found[0]) + 1 < len(head)):
        return None
    if found["alone"]:
        return _made(Form.FIXED, number, start, end, 0) if end - start <= _LONGEST_SENTENCE else None
    form = _LATIN_FORM.get(found["unit"].lower(), Form.CHAPTER)
    return _made(form, number, start, end, latin_numeral(found["n"]))._replace(mark=found["unit"].lower())


def _made(form: Form, number: int, start: int, end: int, count: int) -> Candidate:
    return Candidate(number, form, form.rank, start, end, end - start, count)


def latin_numeral(text: str) -> int:
    """The number that 12, XII, Ⅻ or twelve writes, 0 for none."""
    if text.isdigit():
        return int(text)
    lower = text.lower()
    if lower in _WORDS:
        return _WORDS.index(lower) + 1
    if text.upper() in _ROMAN:
        return _ROMAN[text.upper()]
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}.get(character, 0) for character in lower]
    return sum(-each if each < after else each for each, after in zip(values, [*values[1:], 0], strict=True))
