"""OpenDocument texts: the text as a reader of the printed page has it."""

from __future__ import annotations

import io
import zipfile

import pytest

from support.damage import damaged
from support.extracted import extracted, lines, survives
from support.office import fodt, odt, zipped
from tuibrowser.corpus.errors import NotTextError


def p(inside: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def read(body: str, **parts: str) -> list[tuple[str, str]]:
    return lines(extracted(odt(body, **parts), "a.odt"))


def test_headings_are_known_by_their_element_their_name_and_the_level_of_their_style() -> None:
    styles = (
        '<style:style style:name="节" style:parent-style-name="Heading_20_2"/>'
        '<style:style style:name="要点" style:default-outline-level="3"/>'
        '<style:style style:name="P2" style:parent-style-name="P1"/>'
    )
    own = '<style:style style:name="P1" style:parent-style-name="节"/>'
    body = (
        '<text:h text:outline-level="1">上编</text:h>'
        + p("第一节", "P1")
        + p("第二节", "P2")
        + p("要点甲", "要点")
        + p("正文。")
        + "<text:h>无级</text:h>"
    )
    assert read(body, styles=styles, own_styles=own) == [
        ("heading1", "上编"),
        ("heading2", "第一节"),
        ("heading2", "第二节"),
        ("heading3", "要点甲"),
        ("plain", "正文。"),
        ("heading1", "无级"),
    ]


def test_what_stands_between_elements_is_text_and_changes_and_comments_are_not() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + p("已删")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + p(
            "春<text:span>眠</text:span>不<text:change-start/>觉<text:bookmark/>晓"
            "<office:annotation><text:p>按语</text:p></office:annotation>，"
            "<text:ruby><text:ruby-base>处</text:ruby-base><text:ruby-text>ㄔㄨ</text:ruby-text></text:ruby>处\n"
            '闻<text:span text:style-name="隐">密语</text:span>啼<text:s text:c="2"/>鸟。'
        )
    )
    own = '<style:style style:name="隐"><style:text-properties text:display="none"/></style:style>'
    assert read(body, own_styles=own) == [("plain", "春眠不觉晓，处处 闻啼 鸟。")]


def test_notes_follow_their_paragraph() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"
    body = p(f"青青子衿{note.format(p('衿，衣领也。'))}，悠悠我心。") + p("纵我不往。")
    assert read(body) == [("plain", "青青子衿，悠悠我心。"), ("note", "衿，衣领也。"), ("plain", "纵我不往。")]


def row(*cells: str) -> str:
    within = "".join(f"<table:table-cell>{p(each)}</table:table-cell>" for each in cells)
    return f"<table:table-row>{within}</table:table-row>"


def test_lists_sections_boxes_and_tables_are_read_and_a_table_of_contents_is_not() -> None:
    def item(inside: str) -> str:
        return f"<text:list><text:list-item>{inside}</text:list-item></text:list>"

    head = f"<table:table-header-rows>{row('名', '字')}</table:table-header-rows>"
    body = (
        f"<text:table-of-content><text:index-body>{p('甲章1')}</text:index-body></text:table-of-content>"
        + p("乙章2", "Contents_20_1")
        + f"<text:section>{p('节中之文。')}</text:section>"
        + item(p("其一") + item(p("其二")))
        + p(f"前<draw:frame><draw:text-box>{p('框中')}</draw:text-box></draw:frame>后")
        + f"<table:table>{head}{row('杜甫', '子美')}</table:table>"
    )
    assert read(body) == [
        ("plain", "节中之文。"),
        ("plain", "其一"),
        ("plain", "其二"),
        ("plain", "前后"),
        ("plain", "框中"),
        ("row", "名　字"),
        ("row", "杜甫　子美"),
    ]


def test_the_title_is_in_the_style_of_one_or_in_the_properties() -> None:
    meta = (
        "<dc:title>山居杂记</dc:title><meta:initial-creator>王小波</meta:initial-creator><dc:creator>User</dc:creator>"
    )
    made = extracted(odt(p("山居杂记") + p("山中无历日。"), meta=meta), "a.odt").parsed.metadata
    assert (made.title, made.author) == ("山居杂记", "王小波")
    assert extracted(odt(p("另一题", "Title") + p("文。"), meta=meta), "a.odt").parsed.metadata.title == "另一题"


def test_the_same_in_one_file_is_read_alike() -> None:
    meta = "<dc:title>山居杂记</dc:title>"
    made = extracted(fodt(p("山居杂记") + "<text:h>其一</text:h>" + p("文。"), meta=meta), "a.fodt")
    assert made.parsed.metadata.title == "山居杂记"
    assert lines(made) == [("plain", "山居杂记"), ("heading1", "其一"), ("plain", "文。")]


def test_what_is_no_sound_document_says_why() -> None:
    data = odt(p("文。"))
    encrypted = odt(p("文。"), manifest="<encryption-data/>")
    for broken in (data[: len(data) // 2], zipped({"a": "b"}), b"<office:document/>", b"x", b"", encrypted):
        with pytest.raises(NotTextError):
            extracted(broken, "a.odt")


def test_deep_nesting_takes_no_recursion() -> None:
    depth = 8_000
    spans = f"{'<text:span>' * depth}深{'</text:span>' * depth}"
    sections = f"{'<text:section>' * depth}{p('处')}{'</text:section>' * depth}"
    assert [text for _, text in read(p(spans) + sections)] == ["深", "处"]


RICH = odt('<text:h text:outline-level="1">题</text:h>' + p('甲<text:s text:c="3"/>乙<text:span>丙</text:span>'))
RICH_XML = zipfile.ZipFile(io.BytesIO(RICH)).read("content.xml")


def test_damage_gives_a_reason_or_a_sound_text() -> None:
    assert 0 < survives("a.odt", damaged(RICH, 300)) <= 300
    assert survives("a.odt", (zipped({"content.xml": each}) for each in damaged(RICH_XML, 300))) < 300


@pytest.mark.long
def test_much_damage_gives_a_reason_or_a_sound_text() -> None:
    survives("a.odt", damaged(RICH, 20_000, seed=2))
    survives("a.odt", (zipped({"content.xml": each}) for each in damaged(RICH_XML, 20_000, seed=3)))
