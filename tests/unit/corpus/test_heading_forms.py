from __future__ import annotations

import pytest

from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.structure import structure

FIRST = "　　雨下了整整一夜，天亮的時候，巷子裏的水已經沒過了腳踝。"
SECOND = "　　他把傘靠在門邊，坐下來喝茶，誰也沒有先開口說話，屋裏只剩下滴水的聲音。"


def titles(raw: str) -> list[str]:
    return [heading.title for heading in structure(raw, PLAIN.parse(raw), "文.txt").headings]


def levels(raw: str) -> list[tuple[int, str]]:
    return [(heading.level, heading.title) for heading in structure(raw, PLAIN.parse(raw), "文.txt").headings]


def book(*headings: str) -> str:
    """A text in which two paragraphs stand below each heading, and a blank line above it."""
    return "\n".join(f"{heading}\n{FIRST}\n{SECOND}\n" for heading in headings)


@pytest.mark.parametrize(
    "headings",
    [
        ("1、雨巷", "2、茶館", "3、歸人"),
        ("1．雨巷", "2．茶館", "3．歸人"),
        ("1：雨巷", "2：茶館", "3：歸人"),
        ("1）雨巷", "2）茶館", "3）歸人"),
        ("1 、雨巷", "2 、茶館", "3 、歸人"),
        ("001 雨巷", "002 茶館", "003 歸人"),
        ("01雨巷", "02茶館", "03歸人"),
        ("１、雨巷", "２、茶館", "３、歸人"),
        ("1", "2", "3"),
        ("001", "002", "003"),
        ("１", "２", "３"),
        ("1.", "2.", "3."),
        ("一、", "二、", "三、"),
        ("（一）", "（二）", "（三）"),
        ("(1)", "(2)", "(3)"),
        ("（一）雨巷", "（二）茶館", "（三）歸人"),
        ("【一】雨巷", "【二】茶館", "【三】歸人"),
        ("其一", "其二", "其三"),
        ("壹", "貳", "參"),
        ("Ⅰ", "Ⅱ", "Ⅲ"),
        ("Ⅰ、雨巷", "Ⅱ、茶館", "Ⅲ、歸人"),
        ("I. 雨巷", "II. 茶館", "III. 歸人"),
        ("一：雨巷", "二：茶館", "三：歸人"),
        ("Chapter 1 Rain", "Chapter 2 Tea", "Chapter 3 Home"),
        ("CHAPTER I", "CHAPTER II", "CHAPTER III"),
        ("第 1 章 雨巷", "第 2 章 茶館", "第 3 章 歸人"),
        ("第 一 章 雨巷", "第 二 章 茶館", "第 十 一 章 歸人"),
        ("第01章 雨巷", "第02章 茶館", "第03章 歸人"),
        ("第１章 雨巷", "第２章 茶館", "第３章 歸人"),
        ("第一章——雨巷", "第二章——茶館", "第三章——歸人"),
        ("第一章·雨巷", "第二章·茶館", "第三章·歸人"),
        ("第一章雨巷", "第二章茶館", "第三章歸人"),
        ("第一話 雨巷", "第二話 茶館", "第三話 歸人"),
        ("第一章 雨巷", "第一点五章 茶館".replace("一点五", "1.5"), "第二、三章 歸人"),
        ("正文 第一章 雨巷", "正文 第二章 茶館", "正文 第三章 歸人"),
        ("VIP章節 第一章 雨巷", "VIP章節 第二章 茶館", "VIP章節 第三章 歸人"),
        ("章節目錄 第一章 雨巷", "章節目錄 第二章 茶館", "章節目錄 第三章 歸人"),
        ("第一卷 江南 第一章 雨巷", "第一卷 江南 第二章 茶館", "第二卷 塞北 第一章 歸人"),
        ("楔子", "第一章 雨巷", "終章 歸人"),
        ("序章 雨巷", "第一章 茶館", "尾聲"),
        ("第一章 雨巷", "番外一 茶館", "番外：歸人"),
        ("第一章 雨巷", "番外篇 茶館", "完本感言"),
        ("第一章 雨巷", "番外 “走。”", "特別篇 歸人"),
        ("【第一章】雨巷", "【第二章】茶館", "【第三章】歸人"),
        ("（第一章）雨巷", "（第二章）茶館", "（第三章）歸人"),
        ("（第一章 雨巷）", "（第二章 茶館）", "（第三章 歸人）"),
        ("第〇章 雨巷", "第一章 茶館", "第二章（上）"),
        ("第一季 雨巷", "第二季 茶館", "第三季 歸人"),
        ("1.1 雨巷", "1.2 茶館", "2.1 歸人"),
        ("①雨巷", "②茶館", "③歸人"),
        ("第一章 雨巷？進來吧。", "第二章 茶館", "第三章 歸人。"),
    ],
    ids=lambda headings: " ".join(headings),
)
def test_many_ways_to_set_a_heading(headings: tuple[str, ...]) -> None:
    assert titles(book(*headings)) == list(headings)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("【", "】"),
        ("=== ", " ==="),
        ("===", "==="),
        ("☆、", ""),
        ("★", "★"),
        ("※ ", ""),
        ("——", "——"),
        ("＊＊", "＊＊"),
        ("〖", "〗"),
        ("########", "########"),
        ("##", ""),
        ("＃＃", "＃＃"),
    ],
)
def test_what_decorates_a_heading_is_no_part_of_its_title(before: str, after: str) -> None:
    bare = ["第一章 雨巷", "第二章 茶館", "番外 歸人"]
    raw = book(*(f"{before}{title}{after}" for title in bare))
    made = structure(raw, PLAIN.parse(raw), "文.txt")
    assert [heading.title for heading in made.headings] == bare
    assert [raw[heading.start : heading.end] for heading in made.headings] == [
        f"{before}{title}{after}" for title in bare
    ]


def test_the_title_of_a_book_keeps_its_marks() -> None:
    assert titles(book("《第一章》", "《第二章》")) == ["《第一章》", "《第二章》"]


def test_a_series_goes_on_past_a_hundred() -> None:
    numbers = [f"{number}、舊事{number}" for number in range(1, 121)]
    assert titles(book(*numbers)) == numbers
    chinese = [f"{tens}{digit}、舊事" for tens in ("九十", "一百零", "一百一十") for digit in "一二三四五六七八九"]
    assert titles(book(*chinese)) == chinese


@pytest.mark.parametrize(
    "numbers",
    [(1, 2, 2, 3), (1, 1, 2, 3), (1, 2, 3, 7, 8), (1, 2, 4, 3, 5), (1, 2, 9, 3, 4), (5, 6, 7, 8, 9), (0, 1, 2)],
    ids=str,
)
def test_numbers_given_twice_skipped_or_out_of_order_do_not_end_a_series(numbers: tuple[int, ...]) -> None:
    headings = [f"{number}、茶館{'甲乙丙丁戊'[at]}" for at, number in enumerate(numbers)]
    assert titles(book(*headings)) == headings


def test_numbers_may_be_marked_in_several_ways() -> None:
    headings = ["1、雨巷", "2.茶館", "3：歸人", "4、舊夢"]
    assert titles(book(*headings)) == headings


def test_a_series_within_another_of_its_form_does_not_end_it() -> None:
    inner = ("一、先到的人", "二、後到的人", "三、沒到的人")
    raw = book("一、緣起", "二、經過", *inner, "三、結果", "一、得", "二、失", "四、餘論")
    assert levels(raw) == [
        (1, "一、緣起"),
        (1, "二、經過"),
        (2, "一、先到的人"),
        (2, "二、後到的人"),
        (2, "三、沒到的人"),
        (1, "三、結果"),
        (2, "一、得"),
        (2, "二、失"),
        (1, "四、餘論"),
    ]


def test_a_short_member_that_reads_like_an_item_is_a_heading_among_titles() -> None:
    headings = ["一、雨巷", "二、茶館裏的人：", "三、歸人", "四、舊夢", "五、尾聲"]
    assert titles(book(*headings)) == headings


def test_series_after_each_other_stand_at_one_level() -> None:
    raw = book("第一章 雨巷", "一、甲", "二、乙", "第二章 茶館", "一、丙", "二、丁", "三、戊")
    assert [level for level, _ in levels(raw)] == [1, 2, 2, 1, 2, 2, 2]


def test_volumes_are_told_apart_by_their_place() -> None:
    assert levels(book("上卷", "第一章 雨", "下卷", "第一章 晴")) == [
        (1, "上卷"),
        (2, "第一章 雨"),
        (1, "下卷"),
        (2, "第一章 晴"),
    ]
    assert levels(book("上篇 雨巷", "下篇 茶館")) == [(1, "上篇 雨巷"), (1, "下篇 茶館")]
    assert titles(book("上卷")) == []


def test_what_stands_before_numbered_headings_is_not_above_them() -> None:
    assert levels(book("前言", "一、雨巷", "二、茶館", "結束語")) == [
        (1, "前言"),
        (1, "一、雨巷"),
        (1, "二、茶館"),
        (1, "結束語"),
    ]


def test_a_long_title_is_one_where_its_number_stands_apart() -> None:
    long = "第一章 他在雨裏走了很久很久終於看見巷口那盞燈的時候忽然不知道該說什麼纔好了（求月票，求推薦，感謝支持）"
    assert len(long) > 50
    assert titles(book(long, "第二章 茶館")) == [long, "第二章 茶館"]


@pytest.mark.parametrize("gap", ["　　", "    ", "\t", " "])
def test_text_may_follow_a_title_in_its_line(gap: str) -> None:
    text = (FIRST + SECOND + FIRST).replace("　", "")
    raw = "".join(
        f"{title}{gap}{text}{text[:at]}。\n"
        for at, title in ((5, "第一章 雨巷"), (17, "第二章 茶館"), (9, "第三章 歸人"))
    )
    made = structure(raw, PLAIN.parse(raw), "文.txt")
    assert [heading.title for heading in made.headings] == ["第一章 雨巷", "第二章 茶館", "第三章 歸人"]
    assert [raw[heading.start : heading.end] for heading in made.headings] == [
        "第一章 雨巷",
        "第二章 茶館",
        "第三章 歸人",
    ]
    assert {paragraph.kind.value for paragraph in made.text.paragraphs} == {"body"}


def test_text_may_follow_a_title_in_brackets() -> None:
    raw = "".join(f"【第{number}章 雨巷】{SECOND.strip()}\n{FIRST}\n" for number in "一二三")
    assert titles(raw) == ["第一章 雨巷", "第二章 雨巷", "第三章 雨巷"]


def test_two_halves_of_a_title_with_a_wide_gap_are_one_title() -> None:
    headings = ["第一回　雨巷深深人不見　　茶煙裊裊客初來", "第二回　舊雨重逢疑是夢　　新愁難遣醉為鄉"]
    assert titles(book(*headings)) == [" ".join(heading.split()) for heading in headings]


@pytest.mark.parametrize(
    "contents",
    [
        "目錄\n第一章 雨巷　第二章 茶館　第三章 歸人\n",
        "目錄\n第一章 雨巷 第二章 茶館\n第三章 歸人\n",
        "章節目錄\n第一章 雨巷……1\n第二章 茶館……9\n第三章 歸人……15\n",
        "目次\n\n第一章 雨巷\n\n第二章 茶館\n\n第三章 歸人\n",
        "【目錄】\n第一章\n第二章\n第三章\n",
        "目錄：第一章 雨巷 第二章 茶館 第三章 歸人\n",
        "目錄\n第一章 雨巷／第二章 茶館／第三章 歸人\n",
        "目錄\n第一章 雨巷\n第二章 茶館\n",
        "第一章 雨巷|第二章 茶館|第三章 歸人\n",
    ],
)
def test_a_table_of_contents_is_no_heading(contents: str) -> None:
    headings = ["第一章 雨巷", "第二章 茶館", "第三章 歸人"]
    assert titles(f"{contents}\n{book(*headings)}") == headings


def test_a_line_of_numbered_contents_is_no_heading() -> None:
    headings = ["一、雨巷", "二、茶館", "三、歸人"]
    assert titles(f"目錄\n{'　'.join(headings)}\n{book(*headings)}") == headings


def test_a_long_line_of_contents_is_no_heading_and_neither_is_its_name() -> None:
    headings = [f"第{number}章 舊事{number}" for number in range(1, 41)]
    assert titles(f"目錄\n{'　'.join(headings)}\n{book(*headings)}") == headings


def test_what_says_that_a_chapter_ends_is_no_heading() -> None:
    assert titles(book("第一卷 雨", "第一章 雨巷", "第一章完", "第二章 茶館", "（第二章完）", "第一卷·終")) == [
        "第一卷 雨",
        "第一章 雨巷",
        "第二章 茶館",
    ]


def test_a_tune_of_a_play_is_no_heading_and_lost_characters_stay() -> None:
    assert titles("".join(f"【{tune}】{SECOND.strip()}\n" for tune in ("前腔", "尾聲", "前腔"))) == []
    assert titles(book("□□贈友人", "□巷", "茶館")) == ["□□贈友人", "□巷", "茶館"]


def test_a_few_numbers_below_many_titles_do_not_hide_these() -> None:
    headings = [f"{first}{last}" for first in "春夏秋冬" for last in "雨風雲"]
    headings[5:5] = ["其一 雨", "其二 晴"]
    assert titles(book(*headings)) == headings


@pytest.mark.parametrize(
    "line",
    [
        "第二节课上",
        "第五回合",
        "第三场比赛",
        "第一集团军",
        "第一次",
        "第四本書丢了",
        "第二篇文章",
        "第十章程",
        "上集",
        "2019年",
        "3个苹果",
        "外传出去",
        "Chapter 3 tells of rain.",
        "一",
        "1",
        "（一）",
        "（第三章）",
    ],
)
def test_a_line_that_only_begins_like_a_heading_is_none(line: str) -> None:
    assert titles(f"{FIRST}\n{line}\n{SECOND}\n{FIRST}\n") == []


def test_the_numbers_of_pages_are_no_headings() -> None:
    half = SECOND.strip()[:20]
    raw = "".join(f"{FIRST}{half}\n{number}\n{half}。\n" for number in range(1, 9))
    assert titles(raw) == []
    assert titles("".join(f"{FIRST}\n- {number} -\n{SECOND}\n" for number in range(1, 9))) == []


def test_items_numbered_above_each_paragraph_are_no_headings() -> None:
    assert titles("".join(f"{number}\n{FIRST}{'再說' * number}。\n" for number in range(1, 9))) == []


def test_short_titles_may_stand_above_short_paragraphs_where_blank_lines_set_them_off() -> None:
    raw = "".join(
        f"\n{title}\n　　{said}\n{FIRST}\n{SECOND}\n"
        for title, said in (("雨巷", "「是你？」"), ("茶館", "沒人答應。"))
    )
    assert titles(raw) == ["雨巷", "茶館"]


def test_a_piece_may_begin_with_a_short_paragraph_among_others_that_do_not() -> None:
    pieces = [(title, "「誰？」" if title == "歸人" else FIRST.strip()) for title in ("雨巷", "茶館", "歸人", "舊夢")]
    parts = (part for title, begin in pieces for part in (title, begin, SECOND.strip(), SECOND.strip()))
    raw = "\n\n".join(("江南舊事集", *parts))
    assert titles(raw) == ["雨巷", "茶館", "歸人", "舊夢"]


def test_pieces_of_a_collection_below_a_foreword() -> None:
    assert levels(book("前言", "雨巷", "茶館", "歸人", "後記")) == [
        (1, "前言"),
        (1, "雨巷"),
        (1, "茶館"),
        (1, "歸人"),
        (1, "後記"),
    ]


def test_lines_that_end_a_piece_are_no_headings() -> None:
    assert titles(f"{book('雨巷', '茶館')}\n（完）\n\n全書完\n\n未完待續\n") == ["雨巷", "茶館"]


def report(*parts: str) -> str:
    """A text with a blank line between paragraphs and more around its headings, those that begin with ！."""
    return "".join(f"\n\n\n{part[1:]}\n\n\n" if part[0] == "！" else f"\n{part}\n" for part in parts)


def test_lines_set_apart_like_numbered_headings_are_headings_too() -> None:
    text = (FIRST, SECOND, FIRST)
    raw = report(
        *text,
        "！去年的收成",
        *text,
        "！一、關於稻米",
        *text,
        "！最後談談倉庫",
        *text,
        "！二、關於茶葉",
        *text,
        "！今年的打算",
        *text,
    )
    assert levels(raw) == [
        (1, "去年的收成"),
        (2, "一、關於稻米"),
        (3, "最後談談倉庫"),
        (2, "二、關於茶葉"),
        (1, "今年的打算"),
    ]


def test_what_is_addressed_or_announced_is_no_heading() -> None:
    text = (FIRST, SECOND, FIRST)
    raw = report(
        *text,
        "！一、關於稻米",
        *text,
        "！各位鄉親：",
        *text,
        "！（二〇一九年三月五日）",
        *text,
        "！二、關於茶葉",
        *text,
    )
    assert titles(raw) == ["一、關於稻米", "二、關於茶葉"]


def test_a_heading_set_apart_may_be_long_and_hold_a_sentence() -> None:
    long = "二、既要開倉，又要節用。今年的雨水比往年都多，上游的堤防還沒有修好，凡事都要早作打算，不可大意"
    text = (FIRST, SECOND, FIRST)
    assert titles(report(*text, "！一、關於稻米", *text, f"！{long}", *text)) == ["一、關於稻米", long]


@pytest.mark.parametrize(
    ("first", "second"),
    [("卷一 江南", "卷二 塞北"), ("卷一", "卷二"), ("卷第一", "卷第二"), ("卷上", "卷下"), ("卷上 雨", "卷中 雪")],
)
def test_the_first_of_several_volumes_heads_its_chapters_at_the_top_of_a_text(first: str, second: str) -> None:
    chapters = book("第一章 雨巷", "第二章 茶館"), book("第三章 歸人", "第四章 遠行")
    raw = f"{first}\n\n{chapters[0]}\n{second}\n\n{chapters[1]}"
    assert levels(raw) == [
        (1, first),
        (2, "第一章 雨巷"),
        (2, "第二章 茶館"),
        (1, second),
        (2, "第三章 歸人"),
        (2, "第四章 遠行"),
    ]
    assert structure(raw, PLAIN.parse(raw), "文.txt").title is None


def test_a_volume_alone_is_the_title_of_its_text() -> None:
    raw = "卷一 江南\n\n" + book("第一章 雨巷", "第二章 茶館")
    assert structure(raw, PLAIN.parse(raw), "文.txt").title == "卷一 江南"


@pytest.mark.parametrize("quotes", ["「」", "『』", "“”"])
def test_quotation_marks_around_the_number_of_a_unit_are_decoration(quotes: str) -> None:
    bare = ["第一章 雨巷", "第二章 茶館", "第三章 歸人"]
    assert titles(book(*(f"{quotes[0]}{title}{quotes[1]}" for title in bare))) == bare


def test_a_unit_that_someone_says_is_no_heading() -> None:
    assert titles(f"第一章 雨巷\n{FIRST}\n「第五章」\n{SECOND}\n\n第二章 茶館\n{FIRST}\n") == [
        "第一章 雨巷",
        "第二章 茶館",
    ]


def test_a_named_heading_stands_before_its_text_in_one_line_as_chapters_do() -> None:
    text = SECOND.strip()
    raw = f"楔子　　{text}\n{FIRST}\n第一章 雨巷　　{text}\n{FIRST}\n番外 歸人　　{text}\n{FIRST}\n"
    assert titles(raw) == ["楔子", "第一章 雨巷", "番外 歸人"]


@pytest.mark.parametrize("mark", ["；", ";", "。"])
def test_a_line_of_contents_may_be_divided_like_sentences(mark: str) -> None:
    headings = ["第一章 雨巷", "第二章 茶館", "第三章 歸人"]
    assert titles(f"本書目錄\n{mark.join(headings)}。\n\n{book(*headings)}") == headings
