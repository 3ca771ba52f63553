"""Series of headings by markup in which some paragraphs have none."""

from __future__ import annotations

import pytest

from support.extracted import extracted
from support.office import docx
from tuibrowser.corpus.formats.markdown import MARKDOWN
from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.corpus.structure import structure

TEXT = "渡口有舟三艘，皆舊，行人往來不絕，舟子日日在岸上候客，風雨不改。"


def titles(*lines: str) -> list[tuple[int, str]]:
    """The headings of a Markdown text in which a paragraph stands below each line."""
    raw = "".join(f"{line}\n\n{TEXT}\n\n" for line in lines)
    return [(each.level, each.title) for each in structure(raw, MARKDOWN.parse(raw), "文.md").headings]


def test_lines_that_fill_a_gap_are_headings_of_its_level() -> None:
    found = titles(
        "# 上卷", "## 第一問 舟", "第二問 橋", "第三問 亭", "# 下卷", "## 第四問 岸", "第五問 燈", "## 第六問 雨"
    )
    assert found == [
        (1, "上卷"),
        *((2, f"第{number}問 {word}") for number, word in zip("一二三", "舟橋亭", strict=True)),
        (1, "下卷"),
        *((2, f"第{number}問 {word}") for number, word in zip("四五六", "岸燈雨", strict=True)),
    ]


def test_lines_that_lead_up_to_the_first_heading_of_a_series_are_headings() -> None:
    found = titles("# 渡口問答", "# 上卷", "第一問 舟", "第二問 橋", "## 第三問 亭")
    assert found == [(1, "上卷"), (2, "第一問 舟"), (2, "第二問 橋"), (2, "第三問 亭")]


@pytest.mark.parametrize("before", [["第二問 橋"], ["第一問 舟", "第一問 舟", "第二問 橋"], ["第一問 舟", "第三問 亭"]])
def test_what_does_not_lead_up_to_a_heading_is_text(before: list[str]) -> None:
    assert titles("# 渡口問答", "# 上卷", *before, "## 第三問 亭") == [(1, "上卷"), (2, "第三問 亭")]


@pytest.mark.parametrize(
    "between",
    [
        ["第三問 亭"],
        ["第二問 橋", "第二問 橋"],
        ["第三問 亭", "第二問 橋"],
        ["第一問 舟", "第二問 橋", "第三問 亭"],
        ["第二問 橋", "第三問 問的是舟子何時歸來。"],
        ["第二說 橋", "第三說 亭"],
        ["第二問題在於橋", "第三問題在於亭"],
    ],
)
def test_what_does_not_fill_the_gap_is_text(between: list[str]) -> None:
    found = titles("# 渡口問答", "## 第一問 舟", *between, "## 第四問 岸")
    assert found == [(1, "第一問 舟"), (1, "第四問 岸")]


def test_what_stands_between_headings_of_two_levels_is_text() -> None:
    found = titles("# 渡口問答", "# 第一問 舟", "第二問 橋", "## 第三問 亭")
    assert found == [(1, "第一問 舟"), (2, "第三問 亭")]


def test_a_word_file_in_which_only_some_headings_have_a_style() -> None:
    def p(text: str, properties: str = "") -> str:
        return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    style = '<w:pStyle w:val="2"/>'
    title = '<w:pStyle w:val="t"/>'
    styles = (
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="title"/></w:style>'
    )
    body = p("渡口計", title) + "".join(
        each + p(TEXT) for each in (p("第一計借舟", style), p("第二計過橋"), p("第三計候雨", style))
    )
    made = extracted(docx(body, styles=styles), "計.docx")
    found = structure(made.raw, made.parsed, "計.docx")
    assert [(each.level, each.title) for each in found.headings] == [
        (1, "第一計借舟"),
        (1, "第二計過橋"),
        (1, "第三計候雨"),
    ]
    kinds = [each.kind for each in found.text.paragraphs]
    assert kinds == [ParagraphKind.HEADING, *[ParagraphKind.HEADING, ParagraphKind.BODY] * 3]
