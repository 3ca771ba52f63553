from __future__ import annotations

import pytest

from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.structure import structure


def paragraphs(raw: str) -> list[str]:
    return structure(raw, PLAIN.parse(raw), "文.txt").text.repaired.split("\n")


BEFORE = "　　镇上开了一次大会，代表们从四面八方赶来，会场里坐得满满的。\n\n"


@pytest.mark.parametrize(
    "torn",
    [
        "　　会后公布了《|茶馆管理办法|》，并且修订了《|码头规约|》。",
        "　　他把“|夜市|”改了名字，又在门口挂上新的招牌。",
        "　　我们执行|街道卫生条例|，支持各家各户的打扫工作。",
        "　　细颗粒物（PM|2.5|）的浓度继续下降。",
        "　　到会的有东街、西街|、南街的代表，共三十人。",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_a_sentence_that_a_link_tore_is_one_paragraph(torn: str, end: str) -> None:
    if end == "\n\n" and ("执行" in torn or "PM" in torn):
        end = "\n"
    made = paragraphs(BEFORE + torn.replace("|", end) + "\n\n　　散会以后下起了雨。\n")
    assert made[1:] == [torn.strip().replace("|", ""), "散会以后下起了雨。"]


def test_where_links_are_lost_a_sentence_may_be_torn_between_words() -> None:
    raw = (
        "　　会后公布了《\n茶馆管理办法\n》，修订了《\n码头规约\n》，废止了《\n渡船章程\n》。\n\n"
        "　　今年新修的\n石板路\n总长二里，新开的店铺有十七家。\n"
    )
    assert paragraphs(raw) == [
        "会后公布了《茶馆管理办法》，修订了《码头规约》，废止了《渡船章程》。",
        "今年新修的石板路总长二里，新开的店铺有十七家。",
    ]


def test_headings_and_dialogue_are_not_torn() -> None:
    lines = [
        "开会的经过",
        "大会开了三天，来的人很多。",
        "“你也来了？”",
        "“来了。”",
        "……没有人说话。",
        "”他又说“，今天散了吧。",
    ]
    assert paragraphs("\n".join(lines)) == lines


def test_the_lines_of_a_printed_page_are_joined_as_their_indents_say() -> None:
    from tuibrowser.corpus.formats.org import MANDOKU

    raw = (
        "# -*- mode: mandoku-view; -*-\n#+TITLE: 茶館集\n<pb:KR9z9_WYG_001-1a>¶\n"
        "　欽定四庫全書¶\n茶館集巻二¶\n　　　題石橋¶\n"
        "　石橋在鎮之東建於宋時兩岸多柳行人息焉夏日水漲¶\n"
        "　舟子泊其下相與話雨至夜分乃散予少時常往遊之今¶\n"
        "　三十年矣¶\n　　　題茶館(并引/)¶\n"
        "　　茶館者老人何氏所開也門臨大道客常滿座何氏年¶\n"
        "<pb:KR9z9_WYG_001-1b>¶\n　　八十矣¶\n"
        "　館中日日有新聞客至何須更啓門若問主人年幾許笑¶\n　指庭前老樹根¶\n"
    )
    text = structure(raw, MANDOKU.parse(raw), "1.txt").text
    assert text.repaired.split("\n") == [
        "欽定四庫全書",
        "茶館集巻二",
        "題石橋",
        "石橋在鎮之東建於宋時兩岸多柳行人息焉夏日水漲舟子泊其下相與話雨至夜分乃散予少時常往遊之今三十年矣",
        "題茶館(并引/)",
        "茶館者老人何氏所開也門臨大道客常滿座何氏年八十矣",
        "館中日日有新聞客至何須更啓門若問主人年幾許笑指庭前老樹根",
    ]


def test_a_lost_verse_is_not_joined_with_the_title_above_it() -> None:
    poems = ["题石桥（二首） 何问渠", "桥上西风晚，江边落叶秋。"]
    lines = [*poems, "题茶馆 何问渠", "。", "渡口 何问渠", "。", *poems, "夜泊 何问渠", "。", *poems]
    assert paragraphs("\n".join(lines)) == lines
