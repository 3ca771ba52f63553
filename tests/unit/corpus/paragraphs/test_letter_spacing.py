from __future__ import annotations

import pytest

from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.structure import structure


def shown(raw: str) -> str:
    text = structure(raw, PLAIN.parse(raw), "文.txt").text
    assert text.edits == ()
    return text.repaired


@pytest.mark.parametrize(
    ("raw", "repaired"),
    [
        ("茶 馆 旧 闻", "茶馆旧闻"),
        ("　　那 一 天 下 着 雨，街 上 没 有 人。", "那一天下着雨，街上没有人。"),
        ("　　那 一 天 下 着 雨 ， 街 上 没 有 人 。", "那一天下着雨，街上没有人。"),
        ("他在《茶　馆　旧　闻》里写过这件事。", "他在《茶馆旧闻》里写过这件事。"),
        ("二 〇 〇 九 年", "二〇〇九年"),
        ("第 一 章 茶 馆", "第一章茶馆"),
    ],
)
def test_blanks_between_single_characters_go(raw: str, repaired: str) -> None:
    assert shown(raw) == repaired


@pytest.mark.parametrize(
    "raw",
    [
        "序 言",
        "王 维 李白 杜甫 白居易",
        "王　维　　李　白　　杜子美",
        "李 小 山　　王 大 海　　何 老 三",
        "天 地 玄 黄\n宇 宙 洪 荒\n日 月 盈 昃",
        "江 上 秋 风 起，孤 舟 向 晚 归。",
        "甲\t乙\t丙\n一\t二\t三",
        "| 甲 乙 丙 |",
        "第一章 茶馆 石桥 渡口",
        "第 一 章 茶馆",
        "第 1 條 附 則：茶館之設置，另定之。",
        "字体：大 中 小",
        "他 走了 三 里路",
        "a b c 的三个字母",
    ],
)
def test_verse_tables_and_names_keep_their_blanks(raw: str) -> None:
    assert shown(raw) == raw


def test_offsets_map_over_the_blanks() -> None:
    text = structure(raw := "　　茶 馆 旧 闻\n", PLAIN.parse(raw), "文.txt").text
    assert text.alignment.source_span(2, 4) == (raw.index("旧"), raw.index("闻") + 1)
