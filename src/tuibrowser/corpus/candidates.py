"""Candidates for headings: paragraphs whose beginning looks like that of a heading, and in which form."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.corpus.numbering import NUMERALS
from tuibrowser.hanzi.numerals import parse_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.model import Paragraph


class Form(Enum):
    """The form of a heading: its rank in an outline, smaller above larger, and whether it counts in a series.

    A rank of 0 says that the form has none of its own.
    """

    MARKUP = (0, "markup")
    HASHED = (0.1, "# 卷一")
    PART = (1, "第一編 第一部分")
    VOLUME = (2, "第一卷 卷一")
    CHAPTER = (3, "第一章 第一回")
    FIXED = (3, "序 附則")
    UNNUMBERED = (3.5, "基本案情")
    SECTION = (4, "第一節")
    CLAUSE = (4.3, "第一款")
    ITEM = (4.6, "第一目")
    PIECE = (4.8, "學而第一")
    CHINESE = (5, "一、")
    BRACKETED = (6, "（一）")
    ARABIC = (7, "1.")
    ARABIC_BRACKETED = (8, "(1)")
    ORDINAL = (0, "第一，")
    COUNTED = (0, "第一條經驗，")
    FINANCIAL = (4.9, "壹、")
    STEM = (0, "甲、")
    DECIMAL = (6, "1.2")
    ARTICLE = (9, "第三條")

    @property
    def rank(self) -> float:
        """Its rank, 0 for none."""
        rank: float = self.value[0]
        return rank


SERIES: Final = frozenset(
    (
        Form.CHINESE,
        Form.BRACKETED,
        Form.ARABIC,
        Form.ARABIC_BRACKETED,
        Form.ORDINAL,
        Form.COUNTED,
        Form.FINANCIAL,
        Form.STEM,
        Form.DECIMAL,
    )
)
"""Forms that number lists as well as headings, so that only a series of them is trusted."""


class Candidate(NamedTuple):
    """What may be a heading: its paragraph's number, form and rank, its number in the text (0 for none).

    `mark` tells series of one form apart that are written otherwise (1. and 1、). It stands from `start` to `end` in
    the repaired text; `whole` says whether that is all of its paragraph, `bare` that there are no marks in it either,
    and `fit` whether it reads like a title; what does not still counts in its series. `weight` is the length of its
    paragraph.
    """

    paragraph: int
    form: Form
    rank: float
    number: int
    mark: int
    start: int
    end: int
    whole: bool
    weight: int = 0
    bare: bool = False
    fit: bool = True


_NUM: Final = rf"[ \u3000]?(?P<n>[{NUMERALS}]{{1,8}})[ \u3000]?"
_HAN: Final = "\u3400-\u9fff\U00020000-\U0003ffff"

LONGEST_TITLE: Final = 50
"""Code points of a heading with a number of its own, 第三章."""
_LONGEST_WITHOUT_GAP: Final = 30
"""Code points of one without a space after its number."""
_MENTIONED: Final = frozenset("的是讲講说說中里裡內内至到和与與及")
"""What follows a chapter that a sentence speaks of."""
LONGEST_ENUMERATED: Final = 45
"""Code points of a heading that may be an item of a list, 三、."""
LONGEST_RUN_IN: Final = 40
"""Code points of the sentence that heads a paragraph."""
SHORTEST_REST: Final = 25
"""Code points of the paragraph that such a sentence heads."""

_UNIT: Final = re.compile(
    rf"第{_NUM}(?P<unit>分?[编編]|部分|[部辑輯册冊卷章回篇幕出折场場集讲講课課节節款目])(?:之(?P<sub>[{NUMERALS}]{{1,3}}))?"
    r"(?P<gap>[ \u3000\t]+|$|[:：、.．·]|(?=[（(《〈【「“]))?"
)
_UNIT_FORM: Final = {
    **dict.fromkeys(("编", "編", "分编", "分編", "部分", "部", "辑", "輯", "册", "冊", "集"), Form.PART),
    "卷": Form.VOLUME,
    **dict.fromkeys("章回篇幕出折场場讲講课課", Form.CHAPTER),
    **dict.fromkeys("节節", Form.SECTION),
    "款": Form.CLAUSE,
    "目": Form.ITEM,
}
_NEEDS_GAP: Final = frozenset(
    ("部", "集", "出", "场", "場", "款", "目", "册", "冊", "折", "讲", "講", "课", "課", "部分", "辑", "輯")
)
_VOLUME: Final = re.compile(
    rf"卷(?:第)?[ \u3000]?(?P<n>[{NUMERALS}]{{1,5}}|[上中下首末])(?:之(?P<sub>[{NUMERALS}上中下]{{1,3}}))?"
    rf"(?=[ \u3000\t·:：—]|$|[{_HAN}]{{0,16}}$)"
)
_ARTICLE: Final = re.compile(
    rf"第[ \u3000]{{0,2}}(?P<n>[{NUMERALS}]{{1,9}})(?:[ \u3000]?[-－—][ \u3000]?\d{{1,3}})?[ \u3000]{{0,2}}[条條]"
    rf"(?:[ \u3000]?之[ \u3000]?[{NUMERALS}]{{1,3}}|[ \u3000]?[-－][ \u3000]?\d{{1,3}})?"
    r"(?P<gap>[ \u3000\t]|(?=[【\[（(〔])|$)?"
)
_ARTICLE_MENTIONED: Final = re.compile(r"(?:第|至|到|、|和|及|与|與|或|的|所|之|规定|規定|各|中|款|项|項|，|。|,|另)")
_HASHED: Final = re.compile(r"(?P<level>#{1,6})[ \u3000]+(?=\S)")
_COUNTED: Final = re.compile(
    rf"第(?P<n>[{NUMERALS}]{{1,3}})[个個条條点點项項类類种種方步阶階大][^。，,：:；\s]{{0,6}}[，,：:、]"
)
_S: Final = r"[ \u3000]{0,4}"
_FIXED: Final = re.compile(
    rf"(?:楔{_S}子|引{_S}[子言]|[自原重代譯译]?[ \u3000]?序(?:[言幕章]|[ \u3000][言幕章])?[一二三四]?|前{_S}言"
    rf"|[导導]{_S}[言论論语語读讀]|[绪緒]{_S}[言论論]|凡{_S}例|目{_S}[录錄次]|摘{_S}要|[后後]{_S}[记記序]"
    rf"|跋(?:[ \u3000]?[语語])?|尾{_S}[声聲]|附{_S}[录錄则則表件图圖](?:[一二三四五六七八九十\d]{{1,3}})?"
    rf"|[参參][ \u3000]?考[ \u3000]?[文书書][ \u3000]?[献獻目]|致{_S}[谢謝]|[结結]{_S}[语论論語]|[结結]束[语語]"
    rf"|番{_S}外|[总總]{_S}[则則]|[尾余餘]{_S}[声聲论論])(?=$|[ \u3000:：])"
)
_PIECE: Final = re.compile(
    rf"[〈《]?[{_HAN}]{{1,8}}(?:篇|品|章|傳|传|卷)?第(?P<n>[{NUMERALS}]{{1,4}})(?:[之上中下]{{0,2}})[〉》]?$"
)
_PIECE_OF: Final = re.compile(
    rf"[{_HAN}]{{2,16}}(?:(?:卷|品)第?(?P<n>[{NUMERALS}]{{1,4}}|[上中下])(?:之[{NUMERALS}餘余]{{1,3}})?|第(?P<m>[{NUMERALS}]{{1,4}})卷)$"
)
_ENUMERATED: Final = (
    (Form.CHINESE, re.compile(r"(?P<n>[一二三四五六七八九十]{1,3})(?P<mark>[、．.])[ \u3000]*")),
    (Form.BRACKETED, re.compile(r"(?P<mark>[（(])(?P<n>[一二三四五六七八九十]{1,3})[)）][ \u3000、]*")),
    (Form.ARABIC, re.compile(r"(?P<n>[1-9１-９][0-9０-９]?)(?P<mark>[、．.])(?![0-9０-９])[ \u3000]*")),
    (Form.ARABIC_BRACKETED, re.compile(r"(?P<mark>[（(])(?P<n>\d{1,2})[)）][ \u3000、]*")),
    (Form.ORDINAL, re.compile(r"第(?P<n>[一二三四五六七八九十]{1,3})(?P<mark>[，,、:：])[ \u3000]*")),
    (Form.FINANCIAL, re.compile(r"(?P<n>[壹贰叁肆伍陆柒捌玖拾貳參陸弍]{1,3})(?P<mark>[、．.])[ \u3000]*")),
    (Form.STEM, re.compile(r"(?P<n>[甲乙丙丁戊己庚辛壬癸])(?P<mark>[、．.])[ \u3000]*")),
    (Form.DECIMAL, re.compile(r"(?P<n>\d{1,2})(?P<mark>(?:\.\d{1,2}){1,3})[ \u3000]+(?=\S)")),
)
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_NOT_AT_END: Final = frozenset("。；;，,、：:")
_ANY_MARK: Final = re.compile("[，,。；;：:！？]")
_LIST_MARK: Final = re.compile("[；;：:]")
_MOST_PAUSES: Final = 2
"""Commas in a heading."""
_SENTENCE: Final = re.compile("[。；]")
_FIRST: Final = frozenset(
    "第卷〈《#一二三四五六七八九十（(壹贰叁肆伍陆柒捌玖拾貳參陸弍甲乙丙丁戊己庚辛壬癸0123456789１２３４５６７８９"
)
_FIXED_FIRST: Final = frozenset("楔引序自原重代譯译前导導绪緒凡目摘后後跋尾附参參致结結番总總余餘")
_UNFIT: Final = (ParagraphKind.VERSE, ParagraphKind.FURNITURE, ParagraphKind.NOTE)


def candidates(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Candidate]:
    """What may be a heading, in order, at most one a paragraph. Looks at the first code points of each paragraph."""
    for number, (kind, start, end, *_) in enumerate(
        (paragraph.kind, paragraph.start, paragraph.end) for paragraph in paragraphs
    ):
        if kind in _UNFIT:
            continue
        first = text[start]
        if first in _FIRST:
            found = _numbered(text, number, start, end)
        elif end - start <= 20 and first in _FIXED_FIRST:
            found = _fixed(text, number, start, end)
        else:
            found = None
        if found is None and end - start <= 26 and _looks_like_piece(text, start, end):
            found = _piece(text[start:end], number, start, end)
        if found is not None:
            yield found


def _numbered(text: str, number: int, start: int, end: int) -> Candidate | None:
    head = text[start : min(end, start + LONGEST_TITLE + 1)]
    if head[0] == "第":
        return (
            _unit(head, number, start, end)
            or _counted(head, number, start, end)
            or _article(head, number, start, end)
            or _enumerated(text, head, number, start, end)
        )
    if head[0] == "卷":
        return _volume(head, number, start, end)
    if head[0] == "#":
        return _hashed(head, number, start, end)
    return _enumerated(text, head, number, start, end)


def _is_title(head: str, length: int) -> bool:
    return length <= LONGEST_TITLE and head[-1] not in _NOT_AT_END and not _SENTENCE.search(head)


def _unit(head: str, number: int, start: int, end: int) -> Candidate | None:
    found = _UNIT.match(head)
    if found is None:
        return None
    unit = found["unit"]
    goes_on = (
        unit in _NEEDS_GAP or len(head) > _LONGEST_WITHOUT_GAP or head[found.end() : found.end() + 1] in _MENTIONED
    )
    if found["gap"] is None and goes_on:
        return None
    if not _is_title(head, end - start) and not (head[-1] in "：:" and end - start <= 30 and found["gap"] is not None):
        return None
    form = _UNIT_FORM[unit]
    rank = form.rank + (0.5 if unit.startswith("分") else 0)
    return Candidate(number, form, rank, parse_numeral(found["n"]) or 0, ord(unit[-1]), start, end, True, end - start)


def _hashed(head: str, number: int, start: int, end: int) -> Candidate | None:
    """A heading in the manner of Markdown in a plain text."""
    found = _HASHED.match(head)
    if found is None or end - start > LONGEST_TITLE or head[-1] in _NOT_AT_END:
        return None
    rank = len(found["level"]) / 10
    return Candidate(number, Form.HASHED, rank, 0, 0, start + found.end(), end, True, end - start)


def _volume(head: str, number: int, start: int, end: int) -> Candidate | None:
    found = _VOLUME.match(head)
    if found is None or not _is_title(head, end - start):
        return None
    count = parse_numeral(found["n"]) or 0
    return Candidate(number, Form.VOLUME, Form.VOLUME.rank, count, 0, start, end, True, end - start)


def _article(head: str, number: int, start: int, end: int) -> Candidate | None:
    found = _ARTICLE.match(head)
    if found is None:
        return None
    count = parse_numeral(found["n"]) or 0
    stop = start + len(found[0].rstrip(" \u3000\t"))
    certain = found["gap"] is not None
    if not certain and _ARTICLE_MENTIONED.match(head, found.end()):
        return None
    mark = 0 if certain else 1
    return Candidate(number, Form.ARTICLE, Form.ARTICLE.rank, count, mark, start, stop, stop == end, end - start)


def _counted(head: str, number: int, start: int, end: int) -> Candidate | None:
    found = _COUNTED.match(head)
    if found is None or end - start > LONGEST_ENUMERATED or not _is_title(head, end - start):
        return None
    mark = ord(head[found.end("n") - 0])
    return Candidate(number, Form.COUNTED, 0, parse_numeral(found["n"]) or 0, mark, start, end, True, end - start)


def _fixed(text: str, number: int, start: int, end: int) -> Candidate | None:
    head = text[start:end]
    if _FIXED.match(head) is None or head[-1] in "。；;，,、" or _SENTENCE.search(head):
        return None
    return Candidate(number, Form.FIXED, Form.FIXED.rank, 0, 0, start, end, True, end - start)


def _looks_like_piece(text: str, start: int, end: int) -> bool:
    return (
        text.find("第", start, end) >= 0 or text[end - 1] in f"{NUMERALS}上中下卷" or text.find("卷", start, end) >= 0
    )


def _piece(head: str, number: int, start: int, end: int) -> Candidate | None:
    found = _PIECE.match(head) if len(head) <= 14 else None
    if found is not None:
        count = parse_numeral(found["n"]) or 0
        return Candidate(number, Form.PIECE, Form.PIECE.rank, count, 0, start, end, True, end - start)
    found = _PIECE_OF.match(head)
    if found is None:
        return None
    count = parse_numeral(found["n"] or found["m"]) or 0
    return Candidate(number, Form.VOLUME, Form.VOLUME.rank, count, 1, start, end, True, end - start)


def _enumerated(text: str, head: str, number: int, start: int, end: int) -> Candidate | None:
    for form, pattern in _ENUMERATED:
        if (found := pattern.match(head)) is None:
            continue
        count = _STEMS.index(found["n"]) + 1 if form is Form.STEM else parse_numeral(found["n"]) or 0
        body = start + found.end()
        if body >= end:
            return None
        stop = _title_end(text, body, start, end)
        mark = len(found["mark"]) if form is Form.DECIMAL else ord(found["mark"])
        if stop is None:
            return Candidate(number, form, form.rank, count, mark, start, end, False, end - start, fit=False)
        bare = stop == end and not _ANY_MARK.search(text, body, end)
        return Candidate(number, form, form.rank, count, mark, start, stop, stop == end, end - start, bare)
    return None


def _title_end(text: str, body: int, start: int, end: int) -> int | None:
    """Where the heading ends that begins a numbered paragraph: with it, or with its first sentence."""
    if end - start <= LONGEST_ENUMERATED:
        title = text[body:end]
        if title[-1] in "；;，,、：:" or _pauses(title) > _MOST_PAUSES:
            return None
        if "。" not in title[:-1] and "；" not in title:
            return end
    stop = text.find("。", body, min(end, start + LONGEST_RUN_IN + 1))
    if stop < 0 or end - stop < SHORTEST_REST:
        return None
    title = text[body:stop]
    return None if _LIST_MARK.search(title) or _pauses(title) > _MOST_PAUSES else stop + 1


def _pauses(title: str) -> int:
    return title.count("，") + title.count(",")
