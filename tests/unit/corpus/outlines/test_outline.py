from __future__ import annotations

import pytest

from tuibrowser.corpus.files.seeds import seeds_path
from tuibrowser.corpus.formats.markdown import MARKDOWN
from tuibrowser.corpus.formats.org import MANDOKU
from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.model import HeadingKind, ParagraphKind
from tuibrowser.corpus.structure import structure

TEXT = "這一段是正文，說的是與標題有關的事情，寫得長一些，好讓它看起來像一段真正的文章。"


def outline(raw: str, name: str = "文.txt") -> list[tuple[int, str]]:
    parse = MARKDOWN.parse if name.endswith(".md") else PLAIN.parse
    return [(heading.level, heading.title) for heading in structure(raw, parse(raw), name).headings]


def document(*lines: str) -> str:
    """A text in which a line of text follows each heading."""
    return "\n".join(f"{line}\n{TEXT}" for line in lines) + "\n"


def test_the_document_that_comes_with_the_program_has_seven_headings() -> None:
    raw = next(path for path in seeds_path().iterdir() if path.suffix == ".txt").read_text(encoding="utf-8")
    assert outline(raw) == [
        (1, "第一條經驗,發揮黨的政治建設對黨的各項建設的統領作用"),
        (1, "第二條經驗,把講政治、對黨忠誠落實到具體行動中"),
        (1, "第三條經驗,在提高黨員、幹部政治能力方面,進行了探索實踐"),
        (1, "一、帶頭深刻領悟“兩個確立”的決定性意義,堅決做到“兩個維護”"),
        (1, "二、強化政治擔當,以實際行動踐行對黨忠誠"),
        (1, "三、嚴明黨的政治紀律和政治規矩,建設風清氣正的政治機關"),
        (1, "四、切實提高黨員、幹部的政治判斷力、政治領悟力、政治執行力"),
    ]


def test_parts_chapters_and_sections_are_nested() -> None:
    raw = document("第一編 總則", "第一章　法例", "第二章　人", "第 一 節 自然人", "第二編 債", "第一章 通則", "附則")
    assert outline(raw) == [
        (1, "第一編 總則"),
        (2, "第一章 法例"),
        (2, "第二章 人"),
        (3, "第 一 節 自然人"),
        (1, "第二編 債"),
        (2, "第一章 通則"),
        (2, "附則"),
    ]


def test_articles_are_their_label_alone() -> None:
    raw = "第一章　总则\n第一条 为了加强管理，制定本条例。\n第二条　本条例适用于本市。\n第三条之一 本条例施行。\n"
    made = structure(raw, PLAIN.parse(raw), "文.txt")
    assert [(heading.level, heading.title, heading.kind) for heading in made.headings] == [
        (1, "第一章 总则", HeadingKind.SECTION),
        (2, "第一条", HeadingKind.ARTICLE),
        (2, "第二条", HeadingKind.ARTICLE),
        (2, "第三条之一", HeadingKind.ARTICLE),
    ]
    assert [raw[heading.start : heading.end] for heading in made.headings][1:] == ["第一条", "第二条", "第三条之一"]
    assert [paragraph.kind for paragraph in made.text.paragraphs] == [ParagraphKind.HEADING] + [ParagraphKind.BODY] * 3


def test_articles_of_taiwan_may_have_a_hyphen_and_lines_of_their_own() -> None:
    raw = "第 1 條\n    本法依憲法制定之。\n第 1-1 條\n    本條新增之。\n第 2 條\n    一、申請表\n    二、證明書\n"
    made = structure(raw, PLAIN.parse(raw), "文.txt")
    assert [heading.title for heading in made.headings] == ["第 1 條", "第 1-1 條", "第 2 條"]
    assert made.text.paragraphs[0].kind is ParagraphKind.HEADING


@pytest.mark.parametrize(
    "line",
    [
        "第三章讲的是这个问题，我们看下去。",
        "第三条规定的情形，不在此限。",
        "第一部分的内容很多",
        "第五章、第六章、第七章；第八章",
        "序列號碼是多少",
        "一、二、三，走！",
        "卷起千堆雪",
        "第一章的由來",
    ],
)
def test_a_sentence_that_begins_like_a_heading_is_none(line: str) -> None:
    assert outline(f"{TEXT}\n{line}\n{TEXT}\n") == []


def test_enumerations_are_headings_where_text_stands_below_them() -> None:
    raw = document("一、指導思想", "（一）總體要求", "（二）基本原則", "二、主要任務", "1.加強領導", "2.加強監督")
    assert outline(raw) == [
        (1, "一、指導思想"),
        (2, "（一）總體要求"),
        (2, "（二）基本原則"),
        (1, "二、主要任務"),
        (2, "1.加強領導"),
        (2, "2.加強監督"),
    ]


@pytest.mark.parametrize(
    "items",
    [
        ("一、吃飯；", "二、睡覺；", "三、做事。"),
        ("一、業務局", "二、發行局", "三、外匯局"),
        ("（一）劳动定额与计件单价；", "（二）工资分配制度；", "（三）工资水平。"),
        ("1. 甲", "2. 乙", "3. 丙"),
    ],
)
def test_a_list_is_no_outline(items: tuple[str, ...]) -> None:
    assert outline("\n".join((TEXT, *items, TEXT))) == []


def test_a_series_begins_at_one_and_has_two_members() -> None:
    assert outline(document("三、從這裏開始")) == []
    assert outline(document("二、從這裏開始", "三、接着說")) == []
    assert [title for _, title in outline(document("一、從這裏開始", "二、接着說"))] == ["一、從這裏開始", "二、接着說"]


def test_the_sentence_at_the_beginning_of_a_paragraph_may_head_it() -> None:
    raw = (
        f"一、去年的工作\n（一）創新宏觀調控。{TEXT}\n（二）打贏脫貧攻堅戰，鞏固成果。{TEXT}\n"
        f"二、今年的工作\n第一，深化機構改革。{TEXT}\n第二，轉變政府職能。{TEXT}\n"
    )
    made = structure(raw, PLAIN.parse(raw), "文.txt")
    assert [(heading.level, heading.title) for heading in made.headings] == [
        (1, "一、去年的工作"),
        (2, "（一）創新宏觀調控。"),
        (2, "（二）打贏脫貧攻堅戰，鞏固成果。"),
        (1, "二、今年的工作"),
        (2, "第一，深化機構改革。"),
        (2, "第二，轉變政府職能。"),
    ]
    assert [raw[heading.start : heading.end] for heading in made.headings] == [
        heading.title for heading in made.headings
    ]
    assert [paragraph.kind.value for paragraph in made.text.paragraphs] == [
        "heading",
        "body",
        "body",
        "heading",
        "body",
        "body",
    ]


def test_chapters_of_a_novel_and_what_stands_around_them() -> None:
    raw = document("楔子", "第一回　甄士隱夢幻識通靈　賈雨村風塵懷閨秀", "第一百二十回 甄士隱詳說太虛情", "後記")
    assert [title for _, title in outline(raw)] == [
        "楔子",
        "第一回 甄士隱夢幻識通靈 賈雨村風塵懷閨秀",
        "第一百二十回 甄士隱詳說太虛情",
        "後記",
    ]


@pytest.mark.parametrize(
    "titles",
    [
        ("第1章 重生", "第2章 你是谁？", "第3章 啊！"),
        ("正文 第一章 重生", "正文 第二章 归来"),
        ("第一章：重生", "第二章：归来"),
        ("第001章 重生", "第002章 归来"),
        ("第一幕", "第二幕"),
        ("一", "二", "三"),
        ("一　童年", "二　少年"),
        ("壹、緣起", "貳、經過"),
        ("甲、緣起", "乙、經過"),
        ("1 引言", "2 方法"),
        ("第一篇 緣起", "第二篇 經過"),
        ("卷之一", "卷之二"),
        ("卷一 本紀", "卷二 列傳"),
    ],
    ids=lambda titles: titles[0],
)
def test_many_ways_to_number_a_chapter(titles: tuple[str, ...]) -> None:
    assert outline(document(*titles)) == [(1, " ".join(title.split())) for title in titles]


def test_decimal_numbers_are_nested() -> None:
    raw = document("1 引言", "1.1 背景", "1.2 目的", "2 方法", "2.1 資料", "2.2 步驟")
    assert outline(raw) == [
        (1, "1 引言"),
        (2, "1.1 背景"),
        (2, "1.2 目的"),
        (1, "2 方法"),
        (2, "2.1 資料"),
        (2, "2.2 步驟"),
    ]


def test_chapters_of_the_classics() -> None:
    assert [title for _, title in outline(document("學而第一", "為政第二", "卷上", "六經受病發傷寒熱病第一"))] == [
        "學而第一",
        "為政第二",
        "卷上",
    ]


def test_a_table_of_contents_is_dropped() -> None:
    contents = "目　录\n第一章　总则………1\n第二章　职责………5\n第三章　附则………9\n"
    assert outline(contents + document("第一章　总则", "第二章　职责", "第三章　附则")) == [
        (1, "第一章 总则"),
        (1, "第二章 职责"),
        (1, "第三章 附则"),
    ]


def test_short_lines_over_prose_are_headings_where_there_are_no_others() -> None:
    assert outline(document("基本案情", "裁判结果", "典型意义")) == [(1, "基本案情"), (1, "裁判结果"), (1, "典型意义")]
    assert outline(document("基本案情", "裁判结果")) == []
    assert outline(document("有诗为证", "正是", "诗曰", "但见那")) == []
    assert outline("不知道\n来了\n好吧\n走了\n") == []


def test_markup_goes_before_all_rules() -> None:
    raw = f"# 關於某事\n\n## 緣起\n\n一、甲\n\n{TEXT}\n\n二、乙\n\n{TEXT}\n\n### 細節\n\n{TEXT}\n\n## 結果\n\n{TEXT}\n"
    assert outline(raw, "文.md") == [(1, "緣起"), (2, "細節"), (1, "結果")]


def test_the_articles_of_a_law_in_markdown_are_found_too() -> None:
    raw = "# 某条例\n\n## 第一章　总则\n\n第一条 为了加强管理，制定本条例。\n\n第二条 本条例适用于本市。\n"
    assert outline(raw, "某条例.md") == [(1, "第一章 总则"), (2, "第一条"), (2, "第二条")]


def test_several_headings_of_the_first_level_are_chapters_and_no_title() -> None:
    assert outline("# 甲\n\n正文。\n\n# 乙\n\n正文。\n", "文.md") == [(1, "甲"), (1, "乙")]


def test_starred_headings_of_mandoku() -> None:
    raw = "# -*- mode: mandoku-view -*-\n#+TITLE: 論語\n** 7 《述而篇第七》\n\n7.1子曰：¶\n「述而不作，¶\n信而好古，¶\n"
    assert [heading.title for heading in structure(raw, MANDOKU.parse(raw), "7.txt").headings] == ["7 《述而篇第七》"]


def test_hashes_in_a_plain_text_are_headings() -> None:
    assert outline(document("# 卷一", "## 學而", "# 卷二")) == [(1, "卷一"), (2, "學而"), (1, "卷二")]


def test_marks_that_are_not_drawn_hide_no_heading() -> None:
    raw = document("\ufeff第一章 出山", "第\u200b二章 渡河", "\u200b\ufeff第三章\u2060 入城", "第四章 還鄉\u200e")
    assert outline(raw) == [(1, "第一章 出山"), (1, "第二章 渡河"), (1, "第三章 入城"), (1, "第四章 還鄉")]
    markdown = "# 書\n\n## 甲篇\n\n" + TEXT + "\n\n\ufeff## 乙篇\n\n" + TEXT + "\n"
    assert [title for _, title in outline(markdown, "文.md")] == ["甲篇", "乙篇"]


def test_radicals_are_the_characters_they_look_like() -> None:
    raw = document("第⼀章 ⼭⽔", "第⼆章 ⻛⾬", "第三章 ⽇⽉")
    assert outline(raw) == [(1, "第一章 山水"), (1, "第二章 风雨"), (1, "第三章 日月")]


def test_a_circle_in_a_number_is_a_zero() -> None:
    raw = document(*(f"第{number}回 夜話" for number in ("九十九", "一百", "一百○一", "一百◯二", "一○三")))
    assert len(outline(raw)) == 5
