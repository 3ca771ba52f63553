from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.timing import NOT_LINEAR, growth
from tuibrowser.corpus.formats.markdown import MARKDOWN
from tuibrowser.corpus.formats.org import MANDOKU
from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.structure import Structured, structure

PIECES = st.lists(
    st.sampled_from(
        [
            "第一章　總則",
            "第三條 ",
            "一、起因",
            "（一）說明。",
            "標題：",
            "2022年10月28日",
            "發(fā)展",
            "\u200b",
            "\ufeff第⼆章\u200d",
            "作者：\u2060⽼李",
            "床前明月光，",
            "高質量發展是首要任務",
            "。",
            "word ",
            "　　",
            "\t",
            "# ",
            "** ",
            "<pb:X_1a>¶",
            "¶",
            "```",
            "\n",
            "\n\n",
            "\r\n",
            "\ufffd",
            "\x00",
            "\ud800",
            "?!?0月",
        ]
    ),
    max_size=60,
)
FORMATS = st.sampled_from([PLAIN, MARKDOWN, MANDOKU])


@st.composite
def structured(draw: st.DrawFn) -> Structured:
    raw = "".join(draw(PIECES))
    if draw(st.booleans()):
        raw = "\n".join(raw[at : at + 30] for at in range(0, len(raw), 30))
    return structure(raw, draw(FORMATS).parse(raw), "文.txt")


@pytest.mark.slow
@given(structured())
def test_paragraphs_agree_with_both_texts(made: Structured) -> None:
    text = made.text
    assert "\n".join(text.repaired[each.start : each.end] for each in text.paragraphs) == text.repaired
    last = 0
    for paragraph in text.paragraphs:
        assert paragraph.start < paragraph.end
        assert last <= paragraph.raw_start < paragraph.raw_end
        last = paragraph.raw_end
        span = text.alignment.target_span(paragraph.raw_start, paragraph.raw_end)
        assert span == (paragraph.start, paragraph.end)


@pytest.mark.slow
@given(structured())
def test_a_character_is_that_of_the_raw_text_or_divides_lines(made: Structured) -> None:
    text = made.text
    for offset, character in enumerate(text.repaired):
        source = text.alignment.to_source(offset)
        assert character in "\n " or text.raw[source] == character


@pytest.mark.slow
@given(structured())
def test_headings_stand_in_order_within_the_raw_text(made: Structured) -> None:
    last = 0
    for heading in made.headings:
        assert last <= heading.start < heading.end <= len(made.text.raw)
        assert heading.level >= 1
        assert heading.title
        assert "\n" not in heading.title
        last = heading.end


@pytest.mark.parametrize("raw", ["", "\n", " ", "\x00", "\ud800", "\r\r\n\n", "\ufeff"])
def test_hardly_a_text_is_no_trouble(raw: str) -> None:
    made = structure(raw, PLAIN.parse(raw), "文.txt")
    assert made.text.raw == raw
    assert made.headings == ()
    assert made.title is None


def test_a_fence_around_nothing_is_no_trouble() -> None:
    raw = "```\n\n```"
    assert structure(raw, MARKDOWN.parse(raw), "文.md").text.raw == raw


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["天", "一", "第", "第一条 ", "　", "(", "?!", "標題：", "2022年", "“", "首页|", "#", "\t", "發(fā)", "1", "鈥?"],
)
def test_a_text_of_one_thing_takes_linear_time(unit: str) -> None:
    def find(raw: str) -> None:
        structure(raw, PLAIN.parse(raw), "文.txt")

    def one_line(size: int) -> None:
        find(unit * (size // len(unit)))

    def lines(size: int) -> None:
        find(f"{unit * 8}\n" * (size // len(unit) // 8))

    assert growth(one_line, 50_000) < NOT_LINEAR
    assert growth(lines, 50_000) < NOT_LINEAR
