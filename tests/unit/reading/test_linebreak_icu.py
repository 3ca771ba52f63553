"""Line breaking against ICU's, as an oracle that shares nothing with ours."""

from __future__ import annotations

import icu
import pytest

from support.shared import SHARED
from tuibrowser.reading.lines.linebreak import break_lines

WIDTHS = [*range(20, 121, 7), 120]

OWN_TEXTS = [
    "机关党建要紧紧围绕中心、建设队伍、服务群众，坚持党建和业务工作一起谋划、一起部署、一起落实、一起检查。",
    "機關黨建要緊緊圍繞中心,建設隊伍;服務群眾:堅持黨建(和業務工作)一起謀劃!一起部署?一起落實.一起檢查。",
    "他说：“要防止‘两张皮’，推动（高质量发展）取得新成效……”——大家都记住了：《规划》『纲要』「意见」【通知】。",
    "2022年10月28日19:34，增长5.5%，共1,234.5亿元；气温－3℃～12℃，售价￥100、US$20，见http://www.example.com/a?b=c。",
    "第一百二十条之一：COVID-19疫情期间，GDP（国内生产总值）同比增长3.0％，达到1210207亿元，其中R&D经费占2.55％。",
    "子曰：「學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？人不知而不慍，不亦君子乎？」（論語·學而第一）",
]

CLOSING_CLASSES = frozenset({8, 11, 15, 16, 18, 27, 36, 37})
"""Closing and exclamation marks, inseparable ones, infix ones, non-starters, solidus, closing brackets, small kana.

The values of ULineBreak in ICU's uchar.h, which PyICU names only in part.
"""
OPENING_CLASSES = frozenset({20})


def line_break_class(character: str) -> int:
    return int(icu.Char.getIntPropertyValue(character, icu.UProperty.LINE_BREAK))


def icu_breaks(text: str) -> set[int]:
    """The code point offsets at which ICU lets a line of Chinese end."""
    iterator = icu.BreakIterator.createLineInstance(icu.Locale("zh"))
    iterator.setText(icu.UnicodeString(text))
    code_points = {0: 0}
    units = 0
    for at, character in enumerate(text, 1):
        units += 2 if character > "\uffff" else 1
        code_points[units] = at
    return {code_points[unit] for unit in iterator if unit in code_points}


def forbidden(text: str, width: int, allowed: set[int]) -> list[str]:
    """The places where a line begins with a closing mark or ends with an opening one, and ICU lets none end."""
    return [
        f"{text[max(0, at - 5) : at]}|{text[at : at + 5]}"
        for at in break_lines(text, width)[1:]
        if at not in allowed
        and (
            text[at] in "”’"
            or text[at - 1] in "“‘"
            or line_break_class(text[at]) in CLOSING_CLASSES
            or line_break_class(text[at - 1]) in OPENING_CLASSES
        )
    ]


@pytest.mark.parametrize("text", OWN_TEXTS)
def test_no_line_begins_or_ends_with_a_mark_where_icu_avoids_it(text: str) -> None:
    allowed = icu_breaks(text)
    assert [place for width in WIDTHS for place in forbidden(text, width, allowed)] == []


@pytest.mark.parametrize("text", OWN_TEXTS)
def test_every_line_ends_where_icu_lets_one_end(text: str) -> None:
    allowed = icu_breaks(text)
    for width in (width for width in WIDTHS if width >= 40):
        assert [at for at in break_lines(text, width)[1:] if at not in allowed] == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpora are not here")
@pytest.mark.parametrize("folder", ["reports", "classical", "laws_cn", "laws_tw", "novel_txt"])
def test_real_texts_are_set_as_icu_would_allow(folder: str) -> None:
    files = sorted(file for file in (SHARED / "corpora" / "dev" / folder).rglob("*") if file.is_file())
    paragraphs = [
        line for file in files[:: max(1, len(files) // 12)] for line in file.read_text("utf-8", "replace").split("\n")
    ]
    long_ones = [line for line in paragraphs if len(line) > 12][:400]
    assert len(long_ones) > 50
    found: list[str] = []
    for text in long_ones:
        allowed = icu_breaks(text)
        for width in WIDTHS[::3]:
            found += forbidden(text, width, allowed)
    assert found == []
