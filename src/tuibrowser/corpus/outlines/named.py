"""Named headings: find the lines that a book has around its chapters, such as 序, 楔子, 番外一 or 附錄."""

from __future__ import annotations

from typing import Final

from tuibrowser.corpus.numbering import NUMERALS
from tuibrowser.corpus.outlines.forms import Candidate, Form
from tuibrowser.corpus.outlines.units import BRACKETED, LONGEST_RUN_IN, PROSE, SHORTEST_REST, WIDE
from tuibrowser.language.patterns import late

_LONGEST: Final = 20
"""Code points of one that may be followed by anything."""
_LONGEST_WITH_TITLE: Final = 40
"""Code points of one with a title of its own, set apart from its name."""
_S: Final = r"[ \u3000]{0,4}"
_NAMED: Final = late(
    rf"(?:楔{_S}子|引{_S}[子言]|[自原重代譯译]?[ \u3000]?序(?:[言幕章曲]|[ \u3000][言幕章])?[一二三四]?"
    rf"|前{_S}言|[题題]{_S}[记記]"
    rf"|[导導]{_S}[言论論语語读讀]|[绪緒]{_S}[言论論]|凡{_S}例|目{_S}[录錄次]|摘{_S}要|[后後]{_S}[记記序]|[后後]日[谈談]"
    rf"|跋(?:[ \u3000]?[语語])?|尾{_S}[声聲]|附{_S}[录錄则則表件图圖](?:[一二三四五六七八九十\d]{{1,3}})?"
    rf"|[参參][ \u3000]?考[ \u3000]?[文书書][ \u3000]?[献獻目]|致{_S}[谢謝]|[结結]{_S}[语论論語]|[结結]束[语語]"
    rf"|[总總]{_S}[则則]|[尾余餘]{_S}[声聲论論]"
    rf"|[终終尾][章曲]|最[终終](?:章|回|卷)|大[结結]局|[间間][章奏]|幕[间間]|[开開][篇场場](?:白)?|[卷][首尾末][语語]"
    rf"|(?:完[本结結]|上架|新[书書]|卷末|完稿|封[笔筆])感言|作者的[话話]|作者有[话話](?:要)?[说說]|小[剧劇][场場]|特典|彩蛋|[编編]者[按的](?:[话話])?|[译譯]者(?:序|的[话話])"
    rf"|出版[说說]明|[内內]容[简簡]介|作者[简簡]介|(?:[编編]|作|[译譯])者[后後][记記]"
    rf"|(?:特[别別])?番{_S}外(?:篇|卷|集|章)?|外[传傳](?:篇)?|特[别別]篇)"
    rf"(?:之?{_S}[（(]?[{NUMERALS}上中下终終完]{{1,4}}[)）]?)?"
    r"(?P<gap>$|[ \u3000\t]+|[:：、·.．—–-]{1,2}|(?=[（(《【「]))"
)
_SENTENCE: Final = late("[。；]")

FIRST: Final = frozenset(
    "楔引序自原重代譯译前题題小特彩导導绪緒凡目摘后後跋尾附参參致结結番总總余餘终終最大间間幕开開卷完上新封作编編出内內特外"
)
"""The code points that such a line begins with."""


def named(text: str, number: int, start: int, end: int) -> Candidate | None:
    """The candidate that a paragraph makes which is such a heading, or begins with one."""
    if end - start > _LONGEST_WITH_TITLE:
        return _run_in(text, number, start, end)
    head = text[start:end]
    found = _NAMED.match(head)
    if found is None:
        return None
    title = BRACKETED.sub("", head) if found["gap"] else head
    if head[-1] in "。；;，,、" or _SENTENCE.search(title):
        return _run_in(text, number, start, end)
    if end - start > _LONGEST and (not found["gap"] or "，" in head or head[0] == "附"):
        return None
    return Candidate(number, Form.FIXED, Form.FIXED.rank, start, end, end - start)


def _run_in(text: str, number: int, start: int, end: int) -> Candidate | None:
    """The candidate that a paragraph makes in which wide blanks set such a heading apart from the text after it."""
    found = _NAMED.match(text, start, min(end, start + LONGEST_RUN_IN))
    if found is None or text[start] == "目":
        return None
    wide = WIDE.search(text, found.start("gap"), min(end, start + LONGEST_RUN_IN))
    if wide is None or end - wide.end() < SHORTEST_REST or not PROSE.search(text, wide.end(), end):
        return None
    return Candidate(number, Form.FIXED, Form.FIXED.rank, start, wide.start(), end - start, sure=False)
