"""Candidates for headings: paragraphs whose beginning looks like that of a heading, and in which form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.enumerations import LONGEST_ENUMERATED, enumerated
from tuibrowser.corpus.forms import RUN_ON, Candidate, Form
from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.corpus.numbering import NUMERALS
from tuibrowser.hanzi.numerals import parse_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.model import Paragraph


_NUM: Final = rf"[ \u3000]?(?P<n>[{NUMERALS}]{{1,8}})[ \u3000]?"
_HAN: Final = "\u3400-\u9fff\U00020000-\U0003ffff"

LONGEST_TITLE: Final = 50
"""Code points of a heading with a number of its own, 第三章."""
_LONGEST_WITHOUT_GAP: Final = 30
"""Code points of one without a space after its number."""
_MENTIONED: Final = frozenset("的是讲講说說中里裡內内至到和与與及")
"""What follows a chapter that a sentence speaks of."""

_UNIT: Final = re.compile(
    rf"(?:正文[ \u3000]{{0,2}})?第{_NUM}"
    rf"(?P<unit>分?[编編]|部分|[部辑輯册冊卷章回篇幕出折场場集讲講课課节節款目])(?:之(?P<sub>[{NUMERALS}]{{1,3}}))?"
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
    rf"卷[第之]?[ \u3000]?(?P<n>[{NUMERALS}]{{1,5}}|[上中下首末])(?:之(?P<sub>[{NUMERALS}上中下]{{1,3}}))?"
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
    rf"第(?P<n>[{NUMERALS}]{{1,3}})(?P<word>[个個条條点點项項类類种種方步阶階大])[^。，,：:；\s]{{0,6}}[，,：:、]"
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
_NOT_AT_END: Final = frozenset("。；;，,、：:")
_SENTENCE: Final = re.compile("[。；]")
_FIRST: Final = frozenset(
    "第卷正〈《#一二三四五六七八九十（(壹贰叁肆伍陆柒捌玖拾貳參陸弍甲乙丙丁戊己庚辛壬癸0123456789１２３４５６７８９"
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
    if head[0] in "第正":
        return (
            _unit(head, number, start, end)
            or _counted(head, number, start, end)
            or _article(head, number, start, end)
            or enumerated(text, head, number, start, end)
        )
    if head[0] == "卷":
        return _volume(head, number, start, end)
    if head[0] == "#":
        return _hashed(head, number, start, end)
    return enumerated(text, head, number, start, end)


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
    return Candidate(number, form, rank, start, end, end - start, parse_numeral(found["n"]) or 0)


def _hashed(head: str, number: int, start: int, end: int) -> Candidate | None:
    """A heading in the manner of Markdown in a plain text."""
    found = _HASHED.match(head)
    if found is None or end - start > LONGEST_TITLE or head[-1] in _NOT_AT_END:
        return None
    rank = len(found["level"]) / 10
    return Candidate(number, Form.HASHED, rank, start + found.end(), end, end - start - found.end())


def _volume(head: str, number: int, start: int, end: int) -> Candidate | None:
    found = _VOLUME.match(head)
    if found is None or not _is_title(head, end - start):
        return None
    count = parse_numeral(found["n"]) or 0
    return Candidate(number, Form.VOLUME, Form.VOLUME.rank, start, end, end - start, count)


def _article(head: str, number: int, start: int, end: int) -> Candidate | None:
    found = _ARTICLE.match(head)
    if found is None:
        return None
    count = parse_numeral(found["n"]) or 0
    stop = start + len(found[0].rstrip(" \u3000\t"))
    certain = found["gap"] is not None
    if not certain and _ARTICLE_MENTIONED.match(head, found.end()):
        return None
    mark = "" if certain else RUN_ON
    return Candidate(number, Form.ARTICLE, Form.ARTICLE.rank, start, stop, end - start, count, mark)


def _counted(head: str, number: int, start: int, end: int) -> Candidate | None:
    found = _COUNTED.match(head)
    if found is None or end - start > LONGEST_ENUMERATED or not _is_title(head, end - start):
        return None
    count = parse_numeral(found["n"]) or 0
    return Candidate(number, Form.COUNTED, 0, start, end, end - start, count, found["word"])


def _fixed(text: str, number: int, start: int, end: int) -> Candidate | None:
    head = text[start:end]
    if _FIXED.match(head) is None or head[-1] in "。；;，,、" or _SENTENCE.search(head):
        return None
    return Candidate(number, Form.FIXED, Form.FIXED.rank, start, end, end - start)


def _looks_like_piece(text: str, start: int, end: int) -> bool:
    return (
        text.find("第", start, end) >= 0 or text[end - 1] in f"{NUMERALS}上中下卷" or text.find("卷", start, end) >= 0
    )


def _piece(head: str, number: int, start: int, end: int) -> Candidate | None:
    found = _PIECE.match(head) if len(head) <= 14 else None
    if found is not None:
        count = parse_numeral(found["n"]) or 0
        return Candidate(number, Form.PIECE, Form.PIECE.rank, start, end, end - start, count)
    found = _PIECE_OF.match(head)
    if found is None:
        return None
    count = parse_numeral(found["n"] or found["m"]) or 0
    return Candidate(number, Form.VOLUME, Form.VOLUME.rank, start, end, end - start, count)
