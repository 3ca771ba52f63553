from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from support.documents import Piece, document
from tuibrowser.corpus.model import (
    Belonging,
    Document,
    DocumentText,
    Heading,
    HeadingKind,
    Locator,
    Metadata,
    ParagraphKind,
    Script,
    Source,
)
from tuibrowser.reading.quoting.citation import chinese_date, cite, difference, english_date, in_marks, place
from tuibrowser.reading.quoting.citation_style import FIELDS, STYLES, Style
from tuibrowser.reading.quoting.escape import cell, latex, markdown, org
from tuibrowser.reading.quoting.quotation import Change, Quotation, quote
from tuibrowser.reading.quoting.template import TemplateError
from tuibrowser.reading.quoting.write import DESCRIPTIONS, Format, write
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View

SPEECH = document(
    Piece("三、以高質量黨建引領高質量發(fā)展", (("(fā)", "", True),), ParagraphKind.HEADING),
    Piece("推動高質量發(fā)展，統一?!?0月以來的思想。", (("(fā)", "", True), ("?!?", "。”1", False))),
    Piece("床前明月光，\n疑是地上霜。", kind=ParagraphKind.VERSE, keeps_lines=True),
)
RECORD = Document(
    0,
    Source(Path("/texts/北京/講話.txt"), "北京/講話.txt", 100),
    "踐行對黨忠誠——讀《論語》",
    Metadata(
        "踐行對黨忠誠——讀《論語》", "李某", "2022-10-28T19:34:10", None, "市直機關工委", "https://example.org/1?a=1&b=2"
    ),
    script=Script.HANT,
    headings=(Heading(1, 0, SPEECH.paragraphs[0].raw_end, "三、以高質量黨建引領高質量發展"),),
)


CHAPTER = replace(
    RECORD,
    source=Source(Path("/texts/山房集/卷九／觀水.txt"), "山房集/卷九／觀水.txt", 100, belonging=Belonging("山房集")),
    title="卷九／觀水",
    metadata=Metadata(),
    headings=(),
)


def quoted(
    text: DocumentText = SPEECH,
    record: Document = RECORD,
    view: View | None = None,
    at: int = 1,
    last: int | None = None,
) -> Quotation:
    end = text.paragraphs[at if last is None else last].raw_end
    return quote(record, ViewedText(text, record.script, view or View()), text.paragraphs[at].raw_start, end)


LAW = document("第一章", "第三十七條", "犯罪情節輕微。", "第三十八條", "管制的期限。")
LAW_RECORD = Document(
    0,
    Source(Path("/laws/刑法.md"), "刑法.md"),
    "刑法",
    script=Script.HANT,
    headings=(
        Heading(1, LAW.paragraphs[0].raw_start, LAW.paragraphs[0].raw_end, "第一章"),
        Heading(2, LAW.paragraphs[1].raw_start, LAW.paragraphs[1].raw_end, "第三十七條", HeadingKind.ARTICLE),
        Heading(2, LAW.paragraphs[3].raw_start, LAW.paragraphs[3].raw_end, "第三十八條", HeadingKind.ARTICLE),
    ),
)
BARE = Document(0, Source(Path("/texts/佚名.txt"), "佚名.txt"), "佚名", script=Script.HANT)


# Citations


def test_a_speech() -> None:
    assert (
        cite(quoted())
        == "李某：《踐行對黨忠誠——讀〈論語〉》，2022年10月28日，「三、以高質量黨建引領高質量發展」，第2段"
    )


def test_in_simplified_characters_as_shown() -> None:
    simplified = quoted(view=View("hans"))
    assert (
        cite(simplified)
        == "李某：《践行对党忠诚——读〈论语〉》，2022年10月28日，“三、以高质量党建引领高质量发展”，第2段"
    )


def test_a_law_is_cited_by_its_articles() -> None:
    assert cite(quoted(LAW, LAW_RECORD, at=2)) == "《刑法》第三十七條"
    assert cite(quoted(LAW, LAW_RECORD, at=2, last=4)) == "《刑法》第三十七條至第三十八條"
    assert place(quoted(LAW, LAW_RECORD, at=0)) == "第1段"


@pytest.mark.parametrize(
    ("labels", "where"),
    [
        (("12", "12"), "第12頁"),
        (("12", "14"), "第12–14頁"),
        (("749a16", "749b2"), "749a16–749b2"),
        (("749a16", "749a20"), "749a16–20"),
        (("1a", "1a"), "1a"),
    ],
)
def test_pages_and_lines_stand_in_place_of_the_paragraph(labels: tuple[str, str], where: str) -> None:
    locators = tuple(Locator(SPEECH.paragraphs[at].raw_start, label) for at, label in zip((1, 2), labels, strict=True))
    record = replace(RECORD, locators=locators)
    assert cite(quoted(record=record, last=2)).endswith(f"，{where}")
    assert cite(quoted(record=record, at=0)).endswith("，第1段")


def test_a_text_that_says_nothing_of_itself() -> None:
    assert cite(quoted(record=BARE, last=2)) == "《佚名》，第2–3段"


def test_templates_of_the_readers_own() -> None:
    style = Style("{title}[（{author}，{date}）][，載{source}][ {page}] {paragraph}", titles="“”‘’", paragraph="¶{}")
    assert cite(quoted(record=BARE), style) == "“佚名” ¶2"
    assert cite(quoted(), style).startswith(
        "“踐行對黨忠誠——讀《論語》”（李某，2022年10月28日），載https://example.org/1"
    )
    assert cite(quoted(), Style("{" + "}{".join(FIELDS) + "}")).startswith("李某《踐行")
    for wrong in ({"template": "{none}"}, {"titles": "《》"}, {"quotes": "“”"}, {"page": "頁"}):
        with pytest.raises((TemplateError, ValueError)):
            Style(**wrong)


WESTERN = STYLES["western"]


def test_the_western_style() -> None:
    assert (
        cite(quoted(), WESTERN)
        == "李某, “踐行對黨忠誠——讀《論語》”, 28 October 2022, “三、以高質量黨建引領高質量發展”, para. 2"
    )
    assert cite(quoted(record=BARE, last=2), WESTERN) == "“佚名”, paras. 2–3"
    assert cite(quoted(LAW, LAW_RECORD, at=2, last=4), WESTERN) == "“刑法”, 第三十七條–第三十八條"
    pages = tuple(Locator(SPEECH.paragraphs[at].raw_start, f"{at + 11}") for at in (1, 2))
    assert cite(quoted(record=replace(BARE, locators=pages)), WESTERN) == "“佚名”, p. 12"
    assert cite(quoted(record=replace(BARE, locators=pages), last=2), WESTERN) == "“佚名”, pp. 12–13"
    (footnote,) = write(Format.FOOTNOTE, [quoted(view=View("hans"))], WESTERN).splitlines()
    assert footnote.endswith(
        "para. 2 (converted from Traditional to Simplified; 1 repair: 發(fā)→發; 1 doubtful: ?!? (read 。”1))."
    )


def test_a_footnote_may_have_a_template_of_its_own() -> None:
    style = Style(footnote="{title}[, {article}]{paragraph}{note}", titles="", dates="iso")
    assert write(Format.FOOTNOTE, [quoted(record=BARE, at=0)], style) == "佚名第1段校正1處：發(fā)→發。"
    assert write(Format.CITED, [quoted(LAW, LAW_RECORD, at=2)], style) == "犯罪情節輕微。\n——刑法第三十七條"
    assert "，2022-10-28，" in cite(quoted(), style)


@pytest.mark.parametrize(
    ("iso", "date"),
    [("2022-10-28T19:34:10", "28 October 2022"), ("1985-03", "March 1985"), ("1911", "1911"), ("", ""), ("清", "清")],
)
def test_dates_in_english(iso: str, date: str) -> None:
    assert english_date(iso) == date


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("論語", "《論語》"),
        ("讀《論語》", "《讀〈論語〉》"),
        ("《論語》", "《論語》"),
        ("《論語》與《孟子》", "《〈論語〉與〈孟子〉》"),
        ("評《讀〈論語〉》", "《評〈讀《論語》〉》"),
        ("", ""),
    ],
)
def test_marks_inside_marks(title: str, marked: str) -> None:
    assert in_marks(title, "《》〈〉") == marked


@pytest.mark.parametrize(
    ("iso", "date"),
    [
        ("2022-10-28T19:34:10", "2022年10月28日"),
        ("2022-03", "2022年3月"),
        ("1949", "1949年"),
        ("", ""),
        ("開元二年", "開元二年"),
    ],
)
def test_dates(iso: str, date: str) -> None:
    assert chinese_date(iso) == date


# What is not the original


def test_repairs_and_conversion_are_named() -> None:
    assert difference(quoted()) == "校正1處：發(fā)→發；存疑1處：?!?（疑作。”1）"
    assert difference(quoted(view=View("hans"))) == "由繁体转为简体；校正1处：發(fā)→發；存疑1处：?!?（疑作。”1）"
    assert difference(quoted(view=View("s2twp", repaired=False))) == "存疑1處：?!?（疑作。”1）"
    assert difference(quoted(at=2)) == ""
    original = quoted(at=2)
    assert (original.conversion, original.repairs, original.damage) == ("", (), ())


def test_what_is_the_same_in_the_other_script_was_not_converted() -> None:
    text = document("一二三四五六。")
    assert quoted(text, replace(BARE, script=Script.HANT), View("hans"), at=0).conversion == ""


def test_many_repairs_are_not_all_spelled_out() -> None:
    many = replace(quoted(), repairs=tuple(Change(f"{n}(x)", f"{n}") for n in range(20)), damage=())
    assert difference(many).startswith("校正20處：0(x)→0、")
    assert difference(many).endswith("7(x)→7等")


def test_the_original_stands_above_what_is_shown() -> None:
    shown = quoted(view=View("hans"))
    assert write(Format.ORIGINAL, [shown]) == "推動高質量發(fā)展，統一?!?0月以來的思想。"
    assert write(Format.BOTH, [shown]).split("\n")[:3] == [
        "推動高質量發(fā)展，統一?!?0月以來的思想。",
        "",
        "推动高质量发展，统一?!?0月以来的思想。",
    ]
    assert write(Format.BOTH, [quoted(at=2)]).count("床前") == 1


def test_lines_that_were_joined_stay_joined_in_the_original() -> None:
    text = document(Piece("推動高質\n量發(fā)展，\n統一。", (("(fā)", "", True),)))
    assert quoted(text, BARE, at=0).original == "推動高質量發(fā)展，統一。"
    start = text.raw.index("質")
    part = quote(BARE, ViewedText(text, Script.HANT, View()), start, text.raw.index("展"))
    assert (part.text, part.original) == ("質量發", "質量發(fā)")


def test_in_the_raw_view_the_original_is_what_is_seen() -> None:
    text = document(Piece("推動高質\n量發(fā)展。", (("(fā)", "", True),)))
    raw = quoted(text, BARE, View("hans", repaired=False), at=0)
    assert (raw.original, raw.text) == ("推動高質\n量發(fā)展。", "推动高质\n量发(fā)展。")
    assert (raw.repairs, raw.conversion) == ((), "hans")


# Formats


def test_text_with_its_citation() -> None:
    assert write(Format.CITED, [quoted(LAW, LAW_RECORD, at=2)]) == "犯罪情節輕微。\n——《刑法》第三十七條"
    assert write(Format.CITED, [quoted()]).endswith("第2段（校正1處：發(fā)→發；存疑1處：?!?（疑作。”1））")
    assert write(Format.FOOTNOTE, [quoted(at=2)]).endswith("，第3段。")
    assert write(Format.REFERENCE, [quoted(at=2)]).startswith("北京/講話.txt#3@")


def test_several_are_divided() -> None:
    two = [quoted(LAW, LAW_RECORD, at=2), quoted(LAW, LAW_RECORD, at=4)]
    assert write(Format.TEXT, two) == "犯罪情節輕微。\n\n管制的期限。"
    assert write(Format.FOOTNOTE, two) == "《刑法》第三十七條。\n《刑法》第三十八條。"


def test_markdown_org_and_latex_keep_verse_and_paragraphs() -> None:
    verse = quoted(at=2)
    assert write(Format.MARKDOWN, [verse]).split("\n")[:4] == [
        "> 床前明月光，\\",
        "> 疑是地上霜。",
        ">",
        f"> ——{cite(verse)}",
    ]
    assert write(Format.ORG, [verse]).split("\n")[:3] == ["#+begin_quote", "床前明月光，\\\\", "疑是地上霜。"]
    latex_lines = write(Format.LATEX, [verse]).split("\n")
    assert latex_lines[:3] == ["\\begin{quotation}", "床前明月光，\\\\", "疑是地上霜。"]
    assert latex_lines[-1] == "\\end{quotation}"


def test_bibtex() -> None:
    entry = write(Format.BIBTEX, [quoted(), quoted(at=2)])
    assert entry.startswith("@misc{tb2022-")
    assert entry.count("@misc") == 1
    assert (
        "  author = {{李某}},\n  title = {{踐行對黨忠誠——讀《論語》}},\n  date = {2022-10-28},\n  year = {2022},"
        in entry
    )
    assert "  url = {https://example.org/1?a=1&b=2}," in entry
    assert "howpublished" not in entry


def test_several_authors() -> None:
    two = replace(quoted(), author="李某、王某")
    assert "author = {{李某} and {王某}}" in write(Format.BIBTEX, [two])
    assert "AU  - 李某\nAU  - 王某\n" in write(Format.RIS, [two])
    assert json.loads(write(Format.CSL_JSON, [two]))[0]["author"] == [{"literal": "李某"}, {"literal": "王某"}]


def test_ris() -> None:
    lines = write(Format.RIS, [quoted(at=2), quoted(LAW, LAW_RECORD, at=2)]).split("\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines if line)
    assert lines[0] == "TY  - GEN"
    assert [line for line in lines if line.startswith(("TY", "ER"))] == ["TY  - GEN", "ER  - ", "TY  - STAT", "ER  - "]
    assert "DA  - 2022/10/28/" in lines
    assert "AB  - 床前明月光， 疑是地上霜。" in lines


def test_csl_json() -> None:
    speech, law = json.loads(write(Format.CSL_JSON, [quoted(), quoted(LAW, LAW_RECORD, at=2)]))
    assert speech["issued"] == {"date-parts": [[2022, 10, 28]]}
    assert speech["URL"] == "https://example.org/1?a=1&b=2"
    assert (law["type"], law["title"], law["note"]) == ("legislation", "刑法", "第三十七條")
    assert set(law) == {"id", "type", "title", "language", "note"}


def test_tables() -> None:
    table = write(Format.TSV, [quoted(), quoted(at=2), quoted(LAW, LAW_RECORD, at=2)])
    rows = [line.split("\t") for line in table.split("\n")]
    assert {len(row) for row in rows} == {10}
    assert rows[2][0] == "床前明月光，\\n疑是地上霜。"
    records = [json.loads(line) for line in write(Format.JSON_LINES, [quoted(), quoted(at=2)]).split("\n")]
    assert [record["text"] for record in records] == [quoted().text, quoted(at=2).text]
    assert records[0]["repairs"] == [["發(fā)", "發"]]


@pytest.mark.parametrize("form", Format)
def test_every_format_is_described_and_bears_anything(form: Format) -> None:
    assert DESCRIPTIONS[form]
    hostile = replace(
        quoted(),
        title="}\\{\n\t\ud800",
        author="\x1b]52;",
        paragraphs=("=1+1\t\ud800\n#+end_quote",),
        date="無",
        source="}",
    )
    write(form, [hostile]).encode("utf-8", "replace")
    assert write(form, []) in {"", "[]", table_head(), table_head().replace("\t", ",")}


def test_a_table_of_commas_holds_no_formula_and_comes_back() -> None:
    quotation = replace(quoted(), paragraphs=("＝1+1，“好”", "第二段"), author='李"某", 王某')
    head, row = csv.reader(io.StringIO(write(Format.CSV, [quotation])))
    assert head == table_head().split("\t")
    assert row[head.index("text")] == "'＝1+1，“好”\n第二段"
    assert row[head.index("author")] == '李"某", 王某'


def table_head() -> str:
    return "text\toriginal\tauthor\ttitle\tdate\tsection\tplace\tnote\tdocument\treference"


ANYTHING = st.text(st.sampled_from("機關 \n\t\r{}\\%#&_=+-@\"'<>*`\ud800\u2028") | st.characters(), max_size=20)
HOSTILE = st.builds(
    replace,
    st.just(quoted()),
    paragraphs=st.lists(ANYTHING, max_size=3).map(tuple),
    **dict.fromkeys(("original", "title", "author", "publisher", "source", "document", "reference"), ANYTHING),
    date=st.sampled_from(["", "2022", "2022-10", "2022-10-28T19:34:10", "無"]),
)


@given(st.lists(HOSTILE, max_size=3))
def test_bibliographies_can_be_read_whatever_stands_in_a_document(quotations: list[Quotation]) -> None:
    documents = len({quotation.document for quotation in quotations})
    bibtex = write(Format.BIBTEX, quotations)
    entries = re.split(r"(?<=\n})\n\n", bibtex) if bibtex else []
    assert len(entries) == documents
    for entry in entries:
        depths = [0]
        for mark in re.sub(r"[^{}]", "", entry):
            depths.append(depths[-1] + (1 if mark == "{" else -1))
        assert depths[-1] == 0
        assert min(depths[1:-1]) > 0
    ris = write(Format.RIS, quotations)
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in ris.split("\n") if line)
    assert ris.count("\nER  - ") == documents
    assert len(json.loads(write(Format.CSL_JSON, quotations))) == documents


@given(st.lists(HOSTILE, max_size=3))
def test_tables_can_be_read_whatever_stands_in_a_document(quotations: list[Quotation]) -> None:
    rows = write(Format.TSV, quotations).split("\n")
    assert len(rows) == len(quotations) + 1
    assert {row.count("\t") for row in rows} == {9}
    lines = write(Format.JSON_LINES, quotations)
    assert len([json.loads(line) for line in lines.split("\n") if line]) == len(quotations)


@example(replace(quoted(), paragraphs=("\r0",)))
@given(HOSTILE)
def test_a_quotation_in_markdown_is_nothing_but_one(quotation: Quotation) -> None:
    tokens = MarkdownIt("commonmark").parse(write(Format.MARKDOWN, [quotation]))
    assert (tokens[0].type, tokens[-1].type) == ("blockquote_open", "blockquote_close")
    assert {token.type for token in tokens[1:-1]} <= {"paragraph_open", "inline", "paragraph_close"}


# Escapes

LINES = st.text(st.sampled_from("機關 a1*_`~#+-=>.()[]{}<&;|\\!$\t:/\"'^%\n"), max_size=40)


@given(LINES)
@example("1  \n1")
def test_markdown_shows_the_text_as_it_is(text: str) -> None:
    shown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown(text))
    paragraphs = re.sub(r"</?p>|\n", " ", shown)
    assert "<" not in re.sub(r"<p>|</p>", "", shown)
    assert html.unescape(paragraphs).split() == text.split()


@given(LINES)
def test_braces_in_latex_are_balanced_and_no_mark_is_left(text: str) -> None:
    written = latex(text)
    depth = 0
    for found in re.finditer(r"\\[a-zA-Z]+|\\.|[{}]|[#$%&_^~]", written, re.DOTALL):
        mark = found.group()
        assert mark[0] == "\\" or mark in "{}"
        depth += (mark == "{") - (mark == "}")
        assert depth >= 0
    assert depth == 0


@given(LINES)
def test_cells_come_back(text: str) -> None:
    written = cell(text)
    assert "\t" not in written
    assert "\n" not in written
    plain = written.removeprefix("'") if text[:1] in set("=+-@＝＋－＠") else written
    back = re.sub(r"\\(.)", lambda found: {"t": "\t", "n": "\n", "r": "\r"}.get(found[1], found[1]), plain)
    assert back == text


@pytest.mark.parametrize(
    "text",
    ["* 標題", "#+begin", "*粗*", "# 註", "- 項", "1. 項", "[[link]]", "\\alpha", "| 表 |", "a/斜/", "<<錨>>"],
)
def test_org_marks_are_none_any_more(text: str) -> None:
    written = org(text)
    assert written.replace("\u200b", "") == text
    assert (written != text) == (text != "a/斜/")


def test_org_has_names_for_low_and_high_marks() -> None:
    assert org("a_b^2") == r"a\under{}b\asciicirc{}2"


def test_a_chapter_is_cited_with_its_work_and_volume() -> None:
    assert cite(quoted(record=CHAPTER)) == "《山房集·卷九·觀水》，第2段"
    assert cite(quoted(record=CHAPTER, view=View("hans"))).startswith("《山房集·卷九·观水》")
    assert "title = {{山房集·卷九·觀水}}" in write(Format.BIBTEX, [quoted(record=CHAPTER)])


def test_a_scroll_is_cited_by_its_section_else_by_its_file() -> None:
    scroll = replace(CHAPTER, title="山房集", metadata=Metadata(work="山房集"), headings=RECORD.headings)
    assert cite(quoted(record=scroll)) == "《山房集》，「三、以高質量黨建引領高質量發展」，第2段"
    assert cite(quoted(record=replace(scroll, headings=()))) == "《山房集·卷九·觀水》，第2段"


def test_the_heading_that_is_the_title_of_the_part_is_not_said_twice() -> None:
    chapter = replace(CHAPTER, headings=(Heading(1, 0, 2, "觀水"), Heading(2, 2, 4, "一、泉")))
    assert cite(quoted(record=chapter)) == "《山房集·卷九·觀水》，「一、泉」，第2段"


def test_a_passage_that_runs_on_into_another_section_is_cited_by_what_both_stand_in() -> None:
    text = document("第二卷 秋水", "第五章 閣樓", "過夜。", "第六章 渡口", "天明。")
    starts = [paragraph.raw_start for paragraph in text.paragraphs]
    ends = [paragraph.raw_end for paragraph in text.paragraphs]
    headings = (
        Heading(1, starts[0], ends[0], "第二卷 秋水"),
        Heading(2, starts[1], ends[1], "第五章 閣樓"),
        Heading(2, starts[3], ends[3], "第六章 渡口"),
    )
    record = replace(BARE, headings=headings)
    assert quoted(text, record, at=2).section == ("第二卷 秋水", "第五章 閣樓")
    assert quoted(text, record, at=2, last=4).section == ("第二卷 秋水",)
    assert quoted(text, replace(BARE, headings=headings[1:]), at=2, last=4).section == ()


HILLS = document("山中多雨，晝夜不息，樵者不出。")
DATED = replace(
    RECORD, title="山居", metadata=Metadata("山居", "周某", published="1691", dated="康熙三十年六月"), headings=()
)
EARLY = replace(RECORD, title="山居", metadata=Metadata("山居", "周某", published="-0220"), headings=())


def test_a_reign_stands_with_the_year_it_means() -> None:
    quotation = quoted(HILLS, DATED, at=0)
    assert cite(quotation) == "周某：《山居》，康熙三十年六月（1691），第1段"
    assert cite(quotation, STYLES["western"]) == "周某, “山居”, 康熙三十年六月 (1691), para. 1"
    assert cite(quotation, Style(dates="iso")) == "周某：《山居》，1691，第1段"
    assert "  date = {1691},\n  year = {1691},\n  note = {康熙三十年六月（1691），第1段},\n" in write(
        Format.BIBTEX, [quotation]
    )


def test_a_year_before_our_era_is_cited_as_people_count_it() -> None:
    quotation = quoted(HILLS, EARLY, at=0)
    assert cite(quotation) == "周某：《山居》，公元前221年，第1段"
    assert cite(quotation, STYLES["western"]) == "周某, “山居”, 221 BC, para. 1"
    assert "  date = {-0220},\n  year = {前221},\n" in write(Format.BIBTEX, [quotation])
    assert "PY  - " not in write(Format.RIS, [quotation])
    assert "N1  - 公元前221年，第1段" in write(Format.RIS, [quotation])
    assert json.loads(write(Format.CSL_JSON, [quotation]))[0]["issued"] == {"literal": "公元前221年"}
    assert json.loads(write(Format.JSON_LINES, [quotation]))["date"] == "-0220"


@pytest.mark.parametrize(
    ("labels", "where"),
    [
        (("0848c07", "0848c10"), "T02, no. 99, p. 848c7–10"),
        (("0848c07", "0849a02"), "T02, no. 99, p. 848c7–849a2"),
        (("0848b28", "0848c03"), "T02, no. 99, p. 848b28–848c3"),
        (("0848c07", "0848c07"), "T02, no. 99, p. 848c7"),
        (("a001a01", "a001a03"), "T02, no. 99, p. a1a1–3"),
        (("12", "14"), "T02, no. 99, p. 12–14"),
    ],
)
def test_a_text_of_a_canon_is_cited_by_volume_number_page_column_and_line(labels: tuple[str, str], where: str) -> None:
    locators = tuple(Locator(SPEECH.paragraphs[at].raw_start, label) for at, label in zip((1, 2), labels, strict=True))
    fields = (("canon", "T"), ("volume", "02"), ("number", "99"), ("dynasty", "劉宋"))
    record = replace(RECORD, locators=locators, fields=fields)
    quotation = quoted(record=record, last=2)
    assert cite(quotation).endswith(f"，{where}")
    assert cite(quotation, STYLES["western"]).endswith(f", {where}")
    assert quotation.locators == (labels if labels[0] != labels[1] else labels[:1])
    for form in (
        Format.CITED,
        Format.BOTH,
        Format.MARKDOWN,
        Format.FOOTNOTE,
        Format.BIBTEX,
        Format.RIS,
        Format.CSL_JSON,
    ):
        assert where in write(form, [quotation])
    assert json.loads(write(Format.JSON_LINES, [quotation]))["place"] == where
    assert where not in cite(quoted(record=record, at=0))


def test_what_only_the_name_of_the_file_says_stands_in_brackets() -> None:
    origins = (("title", "name"), ("author", "text"), ("date", "name"), ("source", "name"))
    quotation = quoted(HILLS, replace(DATED, origins=origins), at=0)
    assert cite(quotation) == "周某：[《山居》]，[康熙三十年六月（1691）]，第1段"
    assert cite(quotation, STYLES["western"]) == "周某, [“山居”], [康熙三十年六月 (1691)], para. 1"
    assert cite(quotation, template="{author}，{title}") == "周某，[《山居》]"
    assert json.loads(write(Format.JSON_LINES, [quotation]))["guessed"] == ["date", "title"]


def test_programs_get_a_guess_without_brackets_and_a_note() -> None:
    quotation = quoted(HILLS, replace(DATED, origins=(("title", "name"), ("date", "markup"))), at=0)
    bibtex = write(Format.BIBTEX, [quotation])
    assert "  title = {{山居}},\n" in bibtex
    assert "第1段，題名據檔案名}" in bibtex
    assert "TI  - 山居\n" in write(Format.RIS, [quotation])
    item = json.loads(write(Format.CSL_JSON, [quotation], STYLES["western"]))[0]
    assert item["title"] == "山居"
    assert item["note"].endswith("title by the name of the file")


def test_what_the_text_or_the_markup_says_stands_without_brackets() -> None:
    origins = (("title", "text"), ("author", "markup"), ("date", "sidecar"))
    assert "[" not in cite(quoted(HILLS, replace(DATED, origins=origins), at=0))
    assert json.loads(write(Format.JSON_LINES, [quoted()]))["guessed"] == []
