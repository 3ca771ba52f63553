from __future__ import annotations

import pytest

from tuibrowser.corpus.mojibake import find_mojibake


def found(text: str) -> list[tuple[str, str]]:
    return [(edit.original, edit.replacement) for edit in find_mojibake(text)]


@pytest.mark.parametrize(
    ("text", "original", "suggestion"),
    [
        ("要“統一?!?0月以來", "?!?", "。”1"),
        ("他说：“好的?!?022年再议", "?!?", "。”2"),
        ("舉“旗幟?!畠蓚€確立’", "?!畠蓚€", "。‘兩個"),
        ("前ä¸­æ–‡后", "ä¸­æ–‡", "中文"),
        ("前ÖÐÎÄ后", "ÖÐÎÄ", "中文"),
        ("前锟斤拷锟斤拷后", "锟斤拷锟斤拷", "锟斤拷锟斤拷"),
        ("前烫烫烫烫后", "烫烫烫烫", "烫烫烫烫"),
        ("前\ufffd\ufffd后", "\ufffd\ufffd", "\ufffd\ufffd"),
        ("鏂囧瓧锛屼腑鏂囥€傚ソ", "鏂囧瓧锛屼腑鏂囥€傚ソ", "文字，中文。好"),
    ],
    ids=lambda value: value,
)
def test_damage_is_flagged_with_the_likely_text(text: str, original: str, suggestion: str) -> None:
    assert found(text) == [(original, suggestion)]
    assert all(not edit.certain and edit.rule == "mojibake" for edit in find_mojibake(text))


@pytest.mark.parametrize(
    "text",
    [
        "真的?!",
        "真的?!你说什么?!?",
        "怎麼會這樣?!? 不可能!",
        "水很烫，烫烫的。",
        "café, naïve, Ångström, élève",
        "Größe – São Paulo",
        "鈥是一个字，锛也是。",
        "屯田、屯兵。",
        "€100",
    ],
)
def test_healthy_text_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_million_signs_of_damage_take_no_more_than_linear_time() -> None:
    assert len(find_mojibake("?!" * 300_000)) == 0
    assert len(find_mojibake("\ufffd字" * 300_000)) == 10_000
