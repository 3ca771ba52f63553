"""Word documents: the text as a reader of the printed page has it, all changes accepted."""

from __future__ import annotations

import io
import zipfile

import pytest

from support.damage import damaged
from support.extracted import extracted, lines, survives
from support.office import docx, zipped
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.structure import structure


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def p(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def styled(style: str, text: str) -> str:
    return p(run(text), f'<w:pStyle w:val="{style}"/>')


def style(key: str, name: str, inside: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{inside}</w:style>'


def mark(kind: str, instruction: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/><w:instrText>{instruction}</w:instrText></w:r>'


def field(instruction: str, result: str) -> str:
    return mark("begin", instruction) + mark("separate") + result + mark("end")


def read(body: str, **parts: str) -> list[tuple[str, str]]:
    return lines(extracted(docx(body, **parts), "a.docx"))


def test_headings_are_known_by_outline_level_by_name_and_by_what_a_style_is_based_on() -> None:
    styles = (
        style("1", "heading 1")
        + style("a", "标题 2")
        + style("b", "节名", '<w:basedOn w:val="a"/>')
        + style("c", "要点", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
        + style("d", "正文 1", '<w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>')
        + style("e", "循环", '<w:basedOn w:val="e"/>')
    )
    body = (
        styled("1", "上编")
        + styled("a", "第一篇")
        + styled("b", "第一节")
        + styled("c", "要点甲")
        + p(run("自定的层级"), '<w:outlineLvl w:val="3"/>')
        + p(run("并非标题"), '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
        + styled("d", "也非标题。")
        + styled("e", "循环的样式。")
        + styled("没有", "没有的样式。")
    )
    assert read(body, styles=styles) == [
        ("heading1", "上编"),
        ("heading2", "第一篇"),
        ("heading2", "第一节"),
        ("heading3", "要点甲"),
        ("heading4", "自定的层级"),
        ("plain", "并非标题"),
        ("plain", "也非标题。"),
        ("plain", "循环的样式。"),
        ("plain", "没有的样式。"),
    ]


def test_a_long_paragraph_with_the_style_of_a_heading_is_text() -> None:
    assert read(styled("1", "长" * 130), styles=style("1", "heading 1"))[0][0] == "plain"


def test_changes_are_accepted_and_what_is_hidden_is_left_out() -> None:
    body = p(
        run("春眠")
        + f"<w:ins>{run('不觉')}</w:ins>"
        + "<w:del><w:r><w:delText>未觉</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('晓，')}</w:moveTo>"
        + run("密语", "<w:vanish/>")
        + run("处处", '<w:vanish w:val="0"/>')
        + run("按语", '<w:rStyle w:val="h"/>')
        + run("闻啼鸟。")
    )
    hidden = '<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    assert read(body, styles=hidden) == [("plain", "春眠不觉晓，处处闻啼鸟。")]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    assert read(p(run("前半句，"), "<w:rPr><w:del/></w:rPr>") + p(run("后半句。"))) == [("plain", "前半句，后半句。")]


def test_ruby_gives_its_base_alone() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('ㄅㄛ')}</w:rt><w:rubyBase>{run('薄')}</w:rubyBase></w:ruby></w:r>"
    assert read(p(run("如履") + ruby + run("冰"))) == [("plain", "如履薄冰")]


def test_lines_within_a_paragraph_stay_lines_which_the_rules_of_a_text_may_join() -> None:
    body = p("<w:r><w:t>其一</w:t><w:br/><w:t>甲乙丙</w:t><w:br/><w:br/><w:t>丁</w:t></w:r>") + p(run("又一段。"))
    made = extracted(docx(body), "a.docx")
    assert made.raw == "其一\n甲乙丙\n\n丁\n\n又一段。\n"
    assert {role for role, _ in lines(made)} == {"plain"}


def test_a_text_box_that_is_given_in_two_ways_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p(run('框中之文'))}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        f"<mc:AlternateContent><mc:Fallback>{run('只有后备')}</mc:Fallback></mc:AlternateContent>"
    )
    assert read(p(run("前") + f"<w:r>{both}</w:r>" + run("后"))) == [("plain", "前只有后备后"), ("plain", "框中之文")]


def test_paragraphs_are_lines_that_blank_paragraphs_and_centred_ones_part() -> None:
    body = (
        p(run("甲。"))
        + p(run("乙。"))
        + p("")
        + p(run("丙。"))
        + p(run("丁"), '<w:jc w:val="center"/>')
        + p(run("戊。"))
    )
    assert extracted(docx(body), "a.docx").raw == "甲。\n乙。\n\n丙。\n\n丁\n\n戊。\n"


def test_boxes_within_boxes_take_no_recursion() -> None:
    depth = 2_000
    opening, closing = "<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"
    assert read(opening * depth + p(run("深")) + closing * depth) == [("plain", "深")]


def test_notes_follow_their_paragraph_and_are_of_the_layer_of_notes() -> None:
    body = p(run("青青子衿") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("，悠悠我心。")) + p(
        run("纵我不往。") + '<w:r><w:endnoteReference w:id="2"/></w:r>'
    )
    footnotes = (
        f'<w:footnote w:type="separator" w:id="0">{p(run("线"))}</w:footnote>'
        f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>" + run("衿，衣领也。"))}</w:footnote>'
    )
    made = extracted(
        docx(body, footnotes=footnotes, endnotes=f'<w:endnote w:id="2">{p(run("纵，虽也。"))}</w:endnote>'), "a.docx"
    )
    assert lines(made) == [
        ("plain", "青青子衿，悠悠我心。"),
        ("note", "衿，衣领也。"),
        ("plain", "纵我不往。"),
        ("note", "纵，虽也。"),
    ]
    assert [made.raw[each.start : each.end] for each in made.parsed.layers] == ["衿，衣领也。", "纵，虽也。"]


@pytest.mark.parametrize("footnotes", ["", "<w:footnote w:id='3'/>", "<w:footnote"])
def test_notes_that_the_file_does_not_have_are_counted(footnotes: str) -> None:
    made = extracted(docx(p(run("甲") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=footnotes), "a.docx")
    assert lines(made) == [("plain", "甲")]
    assert [problem.detail for problem in made.problems] == [
        "notes that the file refers to and does not have: 1",
    ]


def test_instructions_of_fields_are_no_text_and_their_results_are() -> None:
    body = p(run("见") + field('HYPERLINK "http://a.example"', run("此处")) + run("。"))
    assert read(body) == [("plain", "见此处。")]


def test_a_table_of_contents_is_left_out_by_style_by_field_and_by_control() -> None:
    entries = (
        p(run("目录") + mark("begin", r" TOC \o "))
        + p(mark("separate") + run("甲章1"))
        + p(run("乙章9") + mark("end") + run("正文开始。"))
    )
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p(run('丙章3'))}</w:sdtContent></w:sdt>"
    )
    body = styled("t", "丁章4") + control + entries + p(run("正文。"))
    assert [text for _, text in read(body, styles=style("t", "toc 1"))] == ["目录", "正文开始。", "正文。"]


def test_a_field_that_never_closes_hides_no_text() -> None:
    opened = mark("begin", "TOC") + mark("separate")
    assert [text for _, text in read(p(opened + run("甲。")) + p(run("乙。")))] == ["甲。", "乙。"]


def test_tables_are_rows_and_those_that_lay_out_a_page_are_paragraphs() -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    within = f"<w:tbl>{row(p(run('子美')))}</w:tbl>"
    body = (
        f"<w:tbl>{row(p(run('名')), p(run('字')))}"
        f"{row(p(run('杜')) + p(run('甫')), within)}"
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(run('已删'))}</w:tc></w:tr></w:tbl>"
        f"<w:tbl>{row(p(run('一格之文。')) + p(run('又一段。')))}</w:tbl>"
    )
    assert read(body) == [
        ("row", "名　字"),
        ("row", "杜 甫　子美"),
        ("plain", "一格之文。"),
        ("plain", "又一段。"),
    ]


def test_the_title_is_in_the_style_of_one_or_else_in_the_properties_if_the_text_bears_it_out() -> None:
    styles = style("T", "Title")
    body = styled("T", "山居") + styled("T", "杂记") + p(run("山中无历日。"))
    assert extracted(docx(body, styles=styles, title="模板"), "a.docx").parsed.metadata.title == "山居 杂记"
    plain = p(run("山居杂记")) + p(run("山中无历日。"))
    assert extracted(docx(plain, title="山居杂记"), "a.docx").parsed.metadata.title == "山居杂记"
    assert extracted(docx(plain, title="去年的报告"), "a.docx").parsed.metadata.title is None
    assert extracted(docx(plain, title="去年的报告"), "去年的报告.docx").parsed.metadata.title == "去年的报告"


def test_several_paragraphs_in_the_style_of_a_title_are_headings_alone() -> None:
    made = extracted(
        docx(styled("T", "其一") + p(run("甲。")) + styled("T", "其二") + p(run("乙。")), styles=style("T", "Title")),
        "a.docx",
    )
    assert made.parsed.metadata.title is None
    assert [each.title for each in structure(made.raw, made.parsed, "a.docx").headings] == ["其一", "其二"]


@pytest.mark.parametrize(
    ("creator", "author"), [("Administrator", None), ("微软用户", None), ("王小波", "王小波"), ("卍清風卍", None)]
)
def test_the_creator_is_the_author_only_where_it_is_a_name(creator: str, author: str | None) -> None:
    assert extracted(docx(p(run("文。")), creator=creator), "a.docx").parsed.metadata.author == author


def test_the_date_that_a_cover_has_is_no_date_of_the_text() -> None:
    cover = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x/PublishDate[1]"/><w:date/></w:sdtPr>'
        f"<w:sdtContent>{p(run('2016-9-23'))}</w:sdtContent></w:sdt>"
    )
    made = extracted(docx(cover + p(run("正文。"))), "a.docx")
    assert structure(made.raw, made.parsed, "a.docx").metadata.date is None


def test_a_strict_document_is_read_like_any_other() -> None:
    data = docx(p(run("严格之文。")))
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = {
        name: archive.read(name).replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        for name in ("word/document.xml",)
    }
    assert lines(extracted(zipped(parts), "a.docx")) == [("plain", "严格之文。")]


def test_a_document_whose_text_breaks_off_is_read_so_far_and_says_so() -> None:
    whole = docx("".join(p(run(f"第{number}段。")) for number in range(3000)))
    xml = zipfile.ZipFile(io.BytesIO(whole)).read("word/document.xml")
    made = extracted(zipped({"word/document.xml": xml[: len(xml) // 2]}), "a.docx")
    assert lines(made)[:1000] == [("plain", f"第{number}段。") for number in range(1000)]
    assert [each.kind for each in made.problems] == ["left-out"]


def test_a_short_document_with_a_damaged_tag_has_what_stands_before_it() -> None:
    whole = docx(p(run("渡口有舟三艘。")) + p(run("皆舊。")) + p(run("岸上有亭。")))
    xml = zipfile.ZipFile(io.BytesIO(whole)).read("word/document.xml")
    at = xml.index("岸上".encode())
    made = extracted(zipped({"word/document.xml": xml[:at] + b"<w:t x=>" + xml[at:]}), "a.docx")
    assert lines(made) == [("plain", "渡口有舟三艘。"), ("plain", "皆舊。")]
    assert [each.kind for each in made.problems] == ["left-out"]


def test_what_says_how_a_text_looks_is_no_text_unless_it_is_quoted() -> None:
    looks = '<w:rFonts w:ascii="SimSun"/><w:b w:val="0"/><w:sz w:val="24"/>'
    quoted = '<w:p><w:r><w:t><![CDATA[渡口<w:sz w:val="24"/>有舟。]]></w:t></w:r></w:p>'
    tagged = p(run("渡口", looks) + run("有舟。", looks)).replace(
        "<w:p>", '<w:p w:rsidR="00AB12CD" w:rsidP="00AB12CD">'
    )
    assert read(tagged) == [("plain", "渡口有舟。")]
    assert read(tagged + quoted) == [("plain", "渡口有舟。"), ("plain", '渡口<w:sz w:val="24"/>有舟。')]


def test_what_is_no_sound_document_says_why() -> None:
    data = docx(p(run("文。")))
    entities = '<!DOCTYPE a [<!ENTITY x "哈哈">]><w:document xmlns:w="x"><w:body>&x;</w:body></w:document>'
    bomb = b"<w:document>" + b" " * (70 << 20)
    for broken in (
        data[: len(data) // 2],
        b"PK\x03\x04",
        zipped({"a.txt": "x"}),
        zipped({"xl/workbook.xml": "<a/>"}),
        zipped({"word/document.xml": entities}),
        zipped({"word/document.xml": bomb}),
        zipped({"word/document.xml": b"<a>" * 5_000_000}),
        docx("<w:p " + " ".join(f'a{number}="x"' for number in range(200_000)) + "/>"),
    ):
        with pytest.raises(NotTextError):
            extracted(broken, "a.docx")


def test_deep_nesting_takes_no_recursion() -> None:
    depth = 8_000
    body = p(f"{'<w:smartTag>' * depth}{run('深')}{'</w:smartTag>' * depth}")
    nested = f"{'<w:sdt><w:sdtContent>' * depth}{p(run('处'))}{'</w:sdtContent></w:sdt>' * depth}"
    assert [text for _, text in read(body + nested)] == ["深", "处"]


RICH = docx(
    styled("1", "题")
    + p(run("甲") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + field("TOC", run("乙")))
    + p(run("丙")),
    styles=style("1", "heading 1"),
    footnotes=f'<w:footnote w:id="2">{p(run("注"))}</w:footnote>',
    title="题",
)
RICH_XML = zipfile.ZipFile(io.BytesIO(RICH)).read("word/document.xml")


def test_damage_gives_a_reason_or_a_sound_text() -> None:
    assert 0 < survives("a.docx", damaged(RICH, 300)) <= 300
    assert survives("a.docx", (zipped({"word/document.xml": each}) for each in damaged(RICH_XML, 300))) < 300


@pytest.mark.long
def test_much_damage_gives_a_reason_or_a_sound_text() -> None:
    survives("a.docx", damaged(RICH, 20_000, seed=2))
    survives("a.docx", (zipped({"word/document.xml": each}) for each in damaged(RICH_XML, 20_000, seed=3)))
