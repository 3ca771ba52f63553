"""PDF files: paragraphs from lines, headings from the outline, places from page labels."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from support.damage import damaged
from support.extracted import extracted, lines, survives
from support.pdf import HEIGHT, At, Mark, paragraph, pdf
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.pdf import engine
from tuibrowser.corpus.formats.pdf.layout import Line
from tuibrowser.corpus.formats.pdf.paragraphs import Follows, how_lines_follow

PROSE = (
    "庆历四年春滕子京谪守巴陵郡越明年政通人和百废具兴乃重修岳阳楼增其旧制刻唐贤今人诗赋于其上属予作文"
    "以记之予观夫巴陵胜状在洞庭一湖"
)
OTHER = (
    "若夫霪雨霏霏连月不开阴风怒号浊浪排空日星隐曜山岳潜形商旅不行樯倾楫摧薄暮"
    "冥冥虎啸猿啼登斯楼也则有去国怀乡忧谗畏讥满目萧然"
)


def texts(data: bytes, name: str = "a.pdf") -> list[str]:
    return [text for _, text in lines(extracted(data, name))]


def test_no_text_is_lost_where_a_font_is_not_embedded() -> None:
    rare = "㐀䶵鿏兀〇々龥"
    assert texts(pdf([[At(rare), At("〔注〕“”—…①Ⅳㄅ", y=80)]])) == [rare, "〔注〕“”—…①Ⅳㄅ"]


def test_lines_are_joined_to_paragraphs_by_indents_and_margins() -> None:
    page = [*paragraph(PROSE + "。"), *paragraph(OTHER + "。", y=40 + 18 * 4)]
    assert texts(pdf([page])) == [PROSE + "。", OTHER + "。"]


def test_a_paragraph_goes_on_on_the_next_page_and_its_places_are_known() -> None:
    rows = paragraph(PROSE + OTHER + PROSE)
    first, second = rows[:5], [At(row.text, row.x, 40 + 18 * at, row.size) for at, row in enumerate(rows[5:])]
    made = extracted(pdf([first, second], labels="0 <</S /r>> 1 <</S /D /St 7>>"), "a.pdf")
    assert [text for _, text in lines(made)] == [PROSE + OTHER + PROSE]
    assert [(each.label, made.raw[each.offset :][:3]) for each in made.parsed.locators] == [
        ("i", PROSE[:3]),
        ("7", second[0].text[:3]),
    ]


def test_the_words_of_an_outline_are_headings_with_their_levels() -> None:
    page = [At("第一章", 180, 40), *paragraph(PROSE, y=80), At("一 楼", 180, 170), *paragraph(OTHER, y=210)]
    outline = (Mark("第一章", 0, (Mark("一 楼", 0), Mark("此题不在页上", 0))), Mark("第1页", 0))
    made = extracted(pdf([page], outline=outline), "a.pdf")
    assert lines(made) == [
        ("heading1", "第一章"),
        ("body", PROSE),
        ("heading2", "一 楼"),
        ("heading2", "此题不在页上"),
        ("body", OTHER),
    ]
    assert made.parsed.marked_up


def test_running_heads_and_page_numbers_are_furniture() -> None:
    text = [PROSE[number * 3 :] + OTHER[number * 5 :] for number in range(6)]
    pages = [
        [
            At("岳阳楼集" if number % 2 else "范仲淹文", 170, 20, 9),
            *paragraph(f"{text[number]}。", y=60),
            At(f"— {number + 11} —", 190, HEIGHT - 20, 9),
        ]
        for number in range(6)
    ]
    made = extracted(pdf(pages), "a.pdf")
    said = lines(made)
    assert [text for role, text in said if role == "furniture"] == ["范仲淹文", "岳阳楼集"]
    assert [text for role, text in said if role != "furniture"] == [f"{each}。" for each in text]
    assert [each.label for each in made.parsed.locators] == ["11", "12", "13", "14", "15", "16"]


def test_headings_that_open_pages_are_no_running_heads() -> None:
    chapters = [f"第{number}回" for number in "一二三四五六"]
    pages = [
        [At(chapter, 170, 40), *paragraph(PROSE[number * 4 :] + OTHER + "。", y=80)]
        for number, chapter in enumerate(chapters)
    ]
    assert texts(pdf(pages))[::2] == chapters


def test_columns_are_read_one_after_the_other_and_a_title_drawn_last_first() -> None:
    columns = [*paragraph(PROSE, 40, 100, characters=12, size=10), *paragraph(OTHER, 220, 100, characters=12, size=10)]
    assert texts(pdf([[*columns, At("岳阳楼记", 150, 50, 24)]])) == ["岳阳楼记", PROSE, OTHER]


def test_headings_and_labels_that_are_drawn_apart_stand_where_they_belong() -> None:
    above, below = paragraph(PROSE, y=40), paragraph(OTHER, y=200)
    late = [At("二", 180, 165), At("摘要", 12, 200, 12)]
    below[0] = At(below[0].text, 40, 200)
    assert texts(pdf([[*above, *below, *late]])) == [PROSE, "二", f"摘要 {OTHER}"]


def test_vertical_lines_have_usual_marks_and_are_joined() -> None:
    column = "子曰﹁學而時習之不亦說乎﹂有朋自遠方來不亦樂乎人不知而不慍不亦君子乎"
    rows = [column[at : at + 18] for at in range(0, len(column), 18)]
    page = [At(row, 340 - 24 * number, 60, 14, vertical=True) for number, row in enumerate(rows)]
    assert texts(pdf([page])) == [column.replace("﹁", "「").replace("﹂", "」")]


def test_blanks_between_all_characters_are_those_of_ocr() -> None:
    spaced = " ".join(PROSE[:18])
    page = [At(spaced, 40, 40), At("晉 人 所 作 ， 已 佚", 40, 90)]
    assert texts(pdf([page])) == [PROSE[:18], "晉人所作，已佚"]
    assert texts(pdf([[At("王安石 曾巩"), *paragraph(PROSE, y=80)]]))[0] == "王安石 曾巩"


def test_rows_of_a_table_are_not_joined() -> None:
    page = [At(f"项目{number} {number}00.00 {number}50.00", 40, 40 + 18 * at) for at, number in enumerate((1, 2, 3))]
    assert {role for role, _ in lines(extracted(pdf([page]), "a.pdf"))} == {"row"}


def test_properties_are_believed_where_they_look_true() -> None:
    properties = {
        "Title": b"<" + "Microsoft Word - 岳阳楼记.doc".encode("gb18030").hex().encode() + b">",
        "Author": b"asus",
    }
    data = pdf([paragraph("岳阳楼记" + PROSE)], properties=properties)
    assert extracted(data, "a.pdf").parsed.metadata.title == "岳阳楼记"
    assert extracted(data, "a.pdf").parsed.metadata.author is None
    told = pdf([paragraph(PROSE)], properties={"Author": "范仲淹".encode("gb18030"), "CreationDate": b"D:20190101"})
    assert extracted(told, "a.pdf").parsed.metadata.author == "范仲淹"
    assert extracted(told, "a.pdf").parsed.metadata.published is None


def test_large_characters_at_the_top_are_the_title() -> None:
    made = extracted(pdf([[At("岳阳楼记①", 140, 60, 22), *paragraph(PROSE, y=120)]]), "1.pdf")
    assert lines(made)[0] == ("heading1", "岳阳楼记")
    dated = pdf([[At("岳阳楼记", 140, 60, 22), At("2016-9-23", 140, 180, 28), *paragraph(PROSE, y=260)]])
    assert [text for role, text in lines(extracted(dated, "1.pdf")) if role == "heading1"] == ["岳阳楼记"]
    assert not made.parsed.marked_up


def test_an_owner_password_opens_with_none_and_a_user_password_does_not() -> None:
    page = [paragraph(PROSE)]
    assert texts(pdf(page, owner=b"secret")) == [PROSE]
    with pytest.raises(NotTextError, match="password"):
        extracted(pdf(page, owner=b"secret", user=b"1234"), "a.pdf")


def test_pages_without_text_are_named() -> None:
    with pytest.raises(NotTextError, match="scanned"):
        extracted(pdf([[], []]), "a.pdf")
    made = extracted(pdf([paragraph(PROSE), [], []]), "a.pdf")
    assert [(each.kind, each.detail) for each in made.problems] == [("no-text", "2 of 3 pages have no text")]


def test_pages_beyond_the_most_that_are_read_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([[At("渡口有舟三艘，岸上有亭。")]] * 5)
    assert extracted(data, "a.pdf").problems == ()
    monkeypatch.setattr(engine, "_MOST_PAGES", 3)
    found = extracted(data, "a.pdf").problems
    assert [problem.detail for problem in found] == ["2 of 5 pages cannot be read"]


def test_headings_however_deep_and_many_are_kept() -> None:
    mark = Mark("底", 0)
    for number in range(30, 0, -1):
        mark = Mark(f"层{number}", 0, (mark,))
    found = [(role, text) for role, text in lines(extracted(pdf([[At("渡口有舟三艘。")]], outline=(mark,)), "a.pdf"))]
    assert found[:2] == [("heading1", "层1"), ("heading2", "层2")]
    assert len([role for role, _ in found if role.startswith("heading")]) == 31


def test_several_threads_may_read_at_once() -> None:
    files = [pdf([paragraph(PROSE[number:] + OTHER) for _ in range(5)]) for number in range(8)]
    alone = [extracted(data, "a.pdf").raw for data in files]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda data: extracted(data, "a.pdf").raw, files)) == alone


def test_what_is_no_sound_pdf_says_why() -> None:
    for broken in (b"%PDF-1.4\n", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>"):
        with pytest.raises(NotTextError):
            extracted(broken, "a.pdf")


RICH = pdf(
    [[At("第一章", 180, 40), *paragraph(PROSE, y=80)], [At("— 2 —", 190, 580), *paragraph(OTHER)]],
    outline=(Mark("第一章", 0, (Mark("一", 1),)),),
    labels="0 <</S /D /St 3>>",
    properties={"Title": "岳阳楼记".encode("gb18030")},
)


@pytest.mark.slow
def test_damage_gives_a_reason_or_a_sound_text() -> None:
    assert survives("a.pdf", damaged(RICH, 400)) > 0


@pytest.mark.long
def test_much_damage_gives_a_reason_or_a_sound_text() -> None:
    survives("a.pdf", damaged(RICH, 20_000, seed=2))


def test_lines_whose_places_are_no_numbers_are_lines_all_the_same() -> None:
    nowhere = float("nan")
    lines = [Line("渡口有舟三艘", nowhere, nowhere, nowhere, nowhere, 0), Line("岸上有亭", 10.0, 50.0, 20.0, 10.0, 0)]
    follows = how_lines_follow(lines)
    assert len(follows) == 2
    assert follows[0] is Follows.APART


def test_characters_drawn_one_below_the_other_by_themselves_are_lines() -> None:
    columns = ("第一回甄士隱夢幻識通靈", "列位看官你道此書從何而來")
    page = [
        At(character, 300 - 30 * number, 60 + 24 * row, 20)
        for number, column in enumerate(columns)
        for row, character in enumerate(column)
    ]
    assert "".join(texts(pdf([page]))) == "".join(columns)
    assert len(texts(pdf([page]))) <= len(columns)
    level = [At(title, 40, 60 + 27 * row, 24) for row, title in enumerate("岳阳楼记")]
    assert texts(pdf([[*level, *paragraph(PROSE, x=120, y=220)]]))[0] == "岳阳楼记"


def test_a_title_that_is_the_running_head_of_later_pages_is_kept() -> None:
    pages = [[At("岳阳楼记考", 120, 60, 22), *paragraph(PROSE, y=120)]]
    pages += [[At("岳阳楼记考", 120, 30, 9), *paragraph(OTHER, y=60)] for _ in range(5)]
    made = lines(extracted(pdf(pages), "a.pdf"))
    assert made[0] == ("heading1", "岳阳楼记考")
    assert made.count(("furniture", "岳阳楼记考")) == 1


def test_the_title_printed_above_a_text_with_an_outline_is_the_title() -> None:
    page = [At("楼 台 志", 120, 60, 26), At("[宋]林间", 140, 100, 12), *paragraph(PROSE, y=140)]
    made = extracted(pdf([page, paragraph(OTHER)], outline=(Mark("序", 0), Mark("卷一", 1))), "a.pdf")
    assert made.parsed.metadata.title == "楼台志"
    assert [text for kind, text in lines(made) if kind.startswith("heading")] == ["序", "卷一"]
    assert lines(made)[2] == ("heading1", "序")


def test_characters_drawn_twice_stand_in_the_text_once() -> None:
    assert texts(pdf([[At("由由于于校校者者水水平平有有限限")]])) == ["由于校者水平有限"]
    assert texts(pdf([[At("高高兴兴、干干净净地回来")]])) == ["高高兴兴、干干净净地回来"]
    for kept in ("翠翠红红处处莺莺燕燕", "哈哈哈哈哈哈哈哈哈哈哈哈"):
        assert texts(pdf([[At(kept)]])) == [kept]
