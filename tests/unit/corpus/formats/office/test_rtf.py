"""RTF: text in whatever encoding, with headings, notes, tables and the results of fields."""

from __future__ import annotations

import pytest

from support.damage import damaged
from support.extracted import extracted, lines, survives
from tuibrowser.corpus.errors import NotTextError

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fnil\fcharset134 SimSun;}"
    r"{\f2\fnil\fcharset136 MingLiU;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2\sbasedon1 Section;}{\s3\outlinelevel2 Point;}"
    r"{\s4 Title;}{\s5 toc 1;}{\*\cs6 Char;}}"
)


def made(body: str, head: str = HEAD) -> bytes:
    return (head + body + "}").encode("latin-1")


def u(text: str) -> str:
    """Characters as Word writes them, each with a question mark for programs that do not know Unicode."""
    units = text.encode("utf-16-le")
    numbers = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    return "".join(f"\\u{number}?" for number in numbers)


def hexes(text: str, codec: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(codec))


def read(body: str) -> list[tuple[str, str]]:
    return lines(extracted(made(body), "a.rtf"))


def test_characters_are_read_by_number_and_by_the_encoding_of_their_font() -> None:
    body = (
        rf"\pard {u('甲𠮷')}\f1 {hexes('乙。', 'gbk')}\f2 {hexes('丙說', 'big5')}\f0 Ren\'e9\par "
        rf"\uc2\u19969\'b6\'a1\uc0\u25098\uc1\'93q\'94\par"
    )
    assert read(body) == [("plain", "甲𠮷乙。丙說René"), ("plain", "丁戊“q”")]


def test_a_second_byte_may_be_written_as_a_letter() -> None:
    first, second = "薖".encode("gbk")
    assert chr(second).isalpha()
    assert read(rf"\pard\f1 \'{first:02x}{chr(second)}{hexes('轴', 'gbk')}\par") == [("plain", "薖轴")]


def test_the_code_page_of_the_file_counts_for_fonts_that_say_nothing() -> None:
    head = r"{\rtf1\ansi\ansicpg936{\fonttbl\f0\fnil Helvetica;}"
    assert lines(extracted(made(rf"\f0 {hexes('山中无历日', 'gbk')}\par", head), "a.rtf")) == [("plain", "山中无历日")]


def test_headings_titles_and_contents_are_known_by_style_and_level() -> None:
    body = (
        rf"\pard\s4 {u('书名')}\par\pard\s5 {u('甲章')}1\par\pard\s1 {u('甲章')}\par\pard\s2 {u('一节')}\par"
        rf"\pard\s3 {u('要点')}\par\pard\outlinelevel1 {u('自定')}\par\pard\s1\outlinelevel9 {u('正文。')}\par"
    )
    assert read(body) == [
        ("heading1", "书名"),
        ("heading1", "甲章"),
        ("heading1", "一节"),
        ("heading3", "要点"),
        ("heading2", "自定"),
        ("plain", "正文。"),
    ]
    assert extracted(made(body), "a.rtf").parsed.metadata.title == "书名"


def test_notes_follow_their_paragraph() -> None:
    body = (
        rf"\pard {u('青青子衿')}{{\super\chftn{{\footnote\pard\plain\chftn {u('衿，衣领也。')}}}}}"
        rf"{u('，悠悠我心。')}\par "
        rf"\pard {u('纵我不往。')}{{\footnote\ftnalt {u('纵，虽也。')}\par {u('又一段。')}}}\par"
    )
    assert read(body) == [
        ("plain", "青青子衿，悠悠我心。"),
        ("note", "衿，衣领也。"),
        ("plain", "纵我不往。"),
        ("note", "纵，虽也。"),
        ("note", "又一段。"),
    ]


def test_what_is_hidden_deleted_or_about_the_text_is_left_out() -> None:
    body = (
        rf"{{\info{{\title {u('山居杂记')}}}{{\author {u('王小波')}}}{{\operator x}}}}"
        rf"{{\header {u('页眉')}}}{{\*\unknown {u('未知')}}}"
        rf"\pard {u('山居杂记')}{{\v {u('密语')}}}{{\deleted {u('已删')}}}"
        rf"{{\*\bkmkstart a}}{{\annotation {u('按语')}}}\par"
        rf"{{\pict\bin5 }}{{{{}}}}{{\upr{{a}}{{\*\ud{{{u('统一码')}}}}}}}\par"
    )
    result = extracted(made(body), "a.rtf")
    assert lines(result) == [("plain", "山居杂记"), ("plain", "统一码")]
    assert (result.parsed.metadata.title, result.parsed.metadata.author) == ("山居杂记", "王小波")


def test_fields_give_their_results_and_a_table_of_contents_nothing() -> None:
    body = (
        rf"\pard {u('见')}{{\field{{\*\fldinst HYPERLINK \\l x}}{{\fldrslt {u('此处')}}}}}{u('与')}"
        rf"{{\field{{\*\fldinst EQ \\o\\ad(\\s\\up 9(bo),{u('薄')})}}{{\fldrslt }}}}{u('冰。')}\par"
        rf"{{\field{{\*\fldinst TOC \\o}}{{\fldrslt {u('甲章')}1\par {u('乙章')}2\par}}}}\pard {u('正文。')}\par"
    )
    assert [text for _, text in read(body)] == ["见此处与薄冰。", "正文。"]


def test_tables_are_rows_and_boxes_follow() -> None:
    body = (
        rf"\trowd\pard\intbl {u('名')}\cell {u('字')}\cell\row"
        rf"\trowd\pard\intbl {u('杜')}\par {u('甫')}\cell {u('子美')}\cell\row"
        rf"\pard {u('前')}{{\shp{{\*\shpinst{{\sp{{\sn x}}{{\sv 1}}}}{{\shptxt\pard {u('框中')}\par}}}}"
        rf"{{\shprslt {u('框中')}}}}}{u('后')}\par"
    )
    assert read(body) == [("row", "名　字"), ("row", "杜 甫　子美"), ("plain", "前后"), ("plain", "框中")]


def test_line_ends_within_a_paragraph_stay() -> None:
    assert (
        extracted(made(rf"\pard {u('其一')}\line {u('甲')}\par {u('乙')}\~\_\-{{\{{}}\par"), "a.rtf").raw
        == "其一\n甲\n\n乙 -{\n"
    )


def test_what_is_no_sound_file_says_why() -> None:
    for broken in (b"", b"x", b"{\\rt", b"\x00" * 10):
        with pytest.raises(NotTextError):
            extracted(broken, "a.rtf")
    assert lines(extracted(b"{\\rtf1 abc\\bin999999999 x", "a.rtf")) == [("plain", "abc")]


@pytest.mark.parametrize(
    ("end", "last"),
    [
        (r"\pard 岸上", ("plain", "岸上")),
        (r"\pard\s1 岸上{\b 有", ("heading1", "岸上有")),
        (r"{\pard\s1 岸上有", ("heading1", "岸上有")),
        (r"\pard 岸上{\footnote 渡口", ("note", "渡口")),
        (r"\pard\intbl 岸上{\footnote 渡口}\cell 有亭\cell", ("note", "渡口")),
    ],
)
def test_a_file_that_breaks_off_is_read_so_far_and_says_so(end: str, last: tuple[str, str]) -> None:
    begin = rf"\pard {u('渡口有舟。')}\par"
    found = extracted(f"{HEAD}{begin}{''.join(u(each) if each > '~' else each for each in end)}".encode(), "a.rtf")
    assert lines(found)[0] == ("plain", "渡口有舟。")
    assert lines(found)[-1] == last
    assert [problem.detail for problem in found.problems] == ["the file breaks off; what comes after is lost"]
    assert extracted(made(begin), "a.rtf").problems == ()


@pytest.mark.slow
def test_deep_nesting_takes_no_recursion() -> None:
    assert read("{" * 50_000 + u("深") + "}" * 50_000) == [("plain", "深")]
    assert read("{" * 50_000 + u("浅")) == [("plain", "浅")]
    with pytest.raises(NotTextError):
        read("{" * 200_000)


RICH = made(
    rf"\pard\s1 {u('题')}\par\pard\f1 {hexes('甲乙', 'gbk')}{{\footnote {u('注')}}}\par\pard\intbl a\cell b\cell\row"
    rf"{{\field{{\*\fldinst TOC}}{{\fldrslt x}}}}{{\shp{{\shptxt y\par}}}}\uc2\u19969\'b6\'a1\par"
)


def test_damage_gives_a_reason_or_a_sound_text() -> None:
    assert survives("a.rtf", damaged(RICH, 500)) < 500


@pytest.mark.long
def test_much_damage_gives_a_reason_or_a_sound_text() -> None:
    survives("a.rtf", damaged(RICH, 20_000, seed=2))
