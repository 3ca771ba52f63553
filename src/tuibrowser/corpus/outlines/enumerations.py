"""Enumerations: paragraphs numbered 一、 （一） 1. and so on, which head a text or its list items alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.outlines.forms import Candidate, Form
from tuibrowser.corpus.outlines.units import latin_numeral
from tuibrowser.hanzi.numerals import parse_numeral
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    import re

    from tuibrowser.corpus.paragraphs.spacing import Spacing

LONGEST_ENUMERATED: Final = 45
"""Code points of a heading that may be an item of a list, 三、."""
LONGEST_RUN_IN: Final = 40
"""Code points of the sentence that heads a paragraph."""
SHORTEST_REST: Final = 25
"""Code points of the paragraph that such a sentence heads."""
_LONGEST_BARE: Final = 24
"""Code points of a heading whose number only a space sets apart."""
_LONGEST_APART: Final = 120
"""Code points of one that blank lines set apart."""
_LONGEST_NUMBER: Final = 12

_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_CIRCLES: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE: Final = "[一二三四五六七八九十百零〇○◯廿卅]{1,6}"
_ARABIC: Final = "[0-9０-９]{1,4}"
_ENUMERATED: Final = (
    (Form.CHINESE, late(rf"(?P<n>{_CHINESE})[ \u3000]?(?P<mark>[、．.：:])[ \u3000]*")),
    (
        Form.BRACKETED,
        late(rf"(?P<mark>[（(【〔［\[])[ \u3000]?(?P<n>{_CHINESE})[ \u3000]?[)）】〕］\]][ \u3000、]*"),
    ),
    (Form.ARABIC, late(rf"(?P<n>{_ARABIC})[ \u3000]?(?P<mark>[、．.：:)）。])(?![0-9０-９])[ \u3000]*")),
    (
        Form.ARABIC_BRACKETED,
        late(rf"(?P<mark>[（(【〔［\[])[ \u3000]?(?P<n>{_ARABIC})[ \u3000]?[)）】〕］\]][ \u3000、]*"),
    ),
    (Form.ORDINAL, late(r"第(?P<n>[一二三四五六七八九十]{1,3})(?P<mark>[，,、:：])[ \u3000]*")),
    (Form.FINANCIAL, late(r"(?P<n>[壹贰叁肆伍陆柒捌玖拾貳參陸弍]{1,3})(?P<mark>[、．.：:])[ \u3000]*")),
    (Form.STEM, late(r"(?P<n>[甲乙丙丁戊己庚辛壬癸])(?P<mark>[、．.])[ \u3000]*")),
    (
        Form.ROMAN,
        late(r"(?P<n>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]|[IVX]{1,5})(?P<mark>[、．.：:]|$)(?![A-Za-z])[ \u3000]*"),
    ),
    (Form.ROMAN, late(r"(?P<n>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ])(?P<mark>)[ \u3000]+(?=\S)")),
    (Form.CIRCLED, late(r"(?P<n>[①-⑳㈠-㈩])(?P<mark>)[ \u3000、]*")),
    (
        Form.BARE_CHINESE,
        late(rf"(?P<mark>其?)(?P<n>{_CHINESE}|[壹贰叁肆伍陆柒捌玖拾貳參陸弍]{{1,3}})(?:[ \u3000]+(?=\S)|$)"),
    ),
    (Form.DECIMAL, late(r"(?P<mark>\d{1,2}(?:[.-]\d{1,2}){0,2})[.-](?P<n>\d{1,2})[ \u3000]+(?=\S)")),
    (Form.NUMBER_ALONE, late(rf"(?P<n>{_ARABIC})(?P<mark>)$")),
    (Form.BARE_ARABIC, late(rf"(?P<n>{_ARABIC})(?P<mark>)[ \u3000]+(?=[\u3400-\u9fff“‘「『《【])")),
    (
        Form.GLUED_ARABIC,
        late(rf"(?P<n>{_ARABIC})(?P<mark>)(?=[\u3400-\u9fff《])(?![年月日号號个個名位元万萬亿億岁歲天时時分点點度])"),
    ),
)
_FIRSTS: Final = {
    **dict.fromkeys("一二三四五六七八九十百零〇○◯廿卅", (Form.CHINESE, Form.BARE_CHINESE)),
    **dict.fromkeys("其", (Form.BARE_CHINESE,)),
    **dict.fromkeys("（(【〔［[", (Form.BRACKETED, Form.ARABIC_BRACKETED)),
    **dict.fromkeys(
        "0123456789０１２３４５６７８９",
        (Form.ARABIC, Form.DECIMAL, Form.NUMBER_ALONE, Form.BARE_ARABIC, Form.GLUED_ARABIC),
    ),
    **dict.fromkeys("第", (Form.ORDINAL,)),
    **dict.fromkeys("壹贰叁肆伍陆柒捌玖拾貳參陸弍", (Form.FINANCIAL, Form.BARE_CHINESE)),
    **dict.fromkeys(_STEMS, (Form.STEM,)),
    **dict.fromkeys("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫIVX", (Form.ROMAN,)),
    **dict.fromkeys(f"{_CIRCLES}㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", (Form.CIRCLED,)),
}
_BY_FIRST: Final = {
    first: [(form, pattern) for form, pattern in _ENUMERATED if form in forms] for first, forms in _FIRSTS.items()
}
"""The patterns that may match a line, by its first code point."""
FIRST: Final = frozenset(_FIRSTS)
"""The code points that such a line begins with."""
_BARE: Final = (Form.BARE_CHINESE, Form.BARE_ARABIC, Form.GLUED_ARABIC, Form.NUMBER_ALONE)
_TITLED: Final = (Form.ORDINAL, Form.STEM, Form.CIRCLED)
"""Forms that are no heading without a title after the number."""
_OF_PAGES: Final = (Form.NUMBER_ALONE, Form.ARABIC, Form.ARABIC_BRACKETED, Form.ROMAN)
"""Forms that the number of a page may have."""
_SHORT_LINE: Final = 20
"""Code points of a line, such as a heading, that ends without a mark."""
_NARROW: Final = str.maketrans("．：（）［］", ".:()[]")
_ANY_MARK: Final = late("[，,。；;：:！？]")
_LIST_MARK: Final = late("[；;：:]")
_WIDE: Final = late(r"[ \u3000]{2,}|\t")
_STOP: Final = late("[。！？]")
_MOST_PAUSES: Final = 2
"""Commas in a heading."""
_SENTENCE_ENDS: Final = frozenset("。！？!?；;…”’」』》）)】—─")


def enumerated(text: str, number: int, start: int, end: int, spacing: Spacing) -> Candidate | None:
    """The candidate that the paragraph `number` makes in one of the forms of SERIES; None without a number."""
    head = text[start : min(end, start + _LONGEST_NUMBER + 1)]
    for form, pattern in _BY_FIRST.get(head[0], ()):
        if (found := pattern.match(head)) is not None:
            return _candidate(text, form, found, number, start, end, spacing)
    return None


def _candidate(
    text: str, form: Form, found: re.Match[str], number: int, start: int, end: int, spacing: Spacing
) -> Candidate | None:
    count = _value(form, found["n"])
    body, is_bare = start + found.end(), form in _BARE
    rank = form.rank + (found["mark"].count(".") + found["mark"].count("-") if form is Form.DECIMAL else 0)
    made = Candidate(number, form, rank, start, end, end - start, count, found["mark"].translate(_NARROW))
    if body >= end:
        return None if form in _TITLED else made._replace(bare=True, fit=_is_alone(text, form, number, start, spacing))
    stop = _title_end(text, body, number, start, end, spacing)
    unmarked = stop == end and not _ANY_MARK.search(text, body, end)
    if is_bare and not (unmarked and end - start <= _LONGEST_BARE):
        return None
    if stop is None:
        return made._replace(fit=False)
    return made._replace(end=stop, bare=unmarked)


def _value(form: Form, numeral: str) -> int:
    if form is Form.STEM:
        return _STEMS.index(numeral) + 1
    if form is Form.ROMAN:
        return latin_numeral(numeral)
    if form is Form.CIRCLED:
        return _CIRCLES.find(numeral) + 1 or ord(numeral) - ord("㈠") + 1
    return parse_numeral(numeral) or 0


def _is_alone(text: str, form: Form, number: int, start: int, spacing: Spacing) -> bool:
    """Whether a number on a line of its own heads what follows: it breaks no sentence, as that of a page may."""
    if spacing.clings(number):
        return False
    if form not in _OF_PAGES or start < 2 or text[start - 2] in _SENTENCE_ENDS or spacing.is_led(number):
        return True
    return start - text.rfind("\n", 0, start - 1) <= _SHORT_LINE


def _title_end(text: str, body: int, number: int, start: int, end: int, spacing: Spacing) -> int | None:
    """Where the heading ends that begins a numbered paragraph: with it, or with its first sentence."""
    if end - start <= LONGEST_ENUMERATED:
        title = text[body:end]
        if title[-1] in "；;，,、：:":
            return None
        if "。" not in title[:-1] and "；" not in title and _pauses(title) <= _MOST_PAUSES:
            return end
    if end - start <= _LONGEST_APART and text[end - 1] not in "。；;，,、：:" and spacing.is_apart(number):
        return end
    if (wide := _WIDE.search(text, body, min(end, body + LONGEST_RUN_IN))) and end - wide.end() >= SHORTEST_REST:
        return wide.start()
    stop = _STOP.search(text, body, min(end, start + LONGEST_RUN_IN + 1))
    if stop is None or end - stop.start() < SHORTEST_REST:
        return None
    title = text[body : stop.start()]
    return None if _LIST_MARK.search(title) or _pauses(title) > _MOST_PAUSES else stop.end()


def _pauses(title: str) -> int:
    return title.count("，") + title.count(",")
