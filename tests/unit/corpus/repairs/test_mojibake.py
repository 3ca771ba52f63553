from __future__ import annotations

from itertools import pairwise

import pytest

from tuibrowser.corpus.repairs.mojibake import find_mojibake


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


SIMPLIFIED = "山路很长，走到半山的时候雨停了，云从谷底升上来。"
TRADITIONAL = "山路很長，走到半山的時候雨停了，雲從谷底升上來。"


def misread(text: str, *encodings: str) -> str:
    """A text written in each encoding but the last, one after the other, and read in the next."""
    for meant, read in pairwise(encodings):
        text = text.encode(meant).decode(read)
    return text


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        (SIMPLIFIED, ("gbk", "big5hkscs")),
        (TRADITIONAL, ("big5", "gb18030")),
        (TRADITIONAL, ("big5", "latin-1")),
        (SIMPLIFIED, ("utf-8", "latin-1")),
    ],
)
def test_what_was_read_in_another_encoding_is_flagged(text: str, encodings: tuple[str, ...]) -> None:
    damaged = misread(text, *encodings)
    assert found(f"　　{damaged}\n") == [(damaged, text)]


@pytest.mark.parametrize("times", [2, 3])
def test_utf8_may_be_read_wrongly_time_and_again(times: int) -> None:
    damaged = SIMPLIFIED
    for _ in range(times):
        damaged = misread(damaged, "utf-8", "latin-1")
    assert found(damaged) == [(damaged, SIMPLIFIED)]


def test_a_character_lost_on_the_way_is_unknown_and_the_rest_is_not() -> None:
    damaged = misread(SIMPLIFIED, "gbk", "big5hkscs")
    ((original, suggestion),) = found(damaged[:9] + "\ufffd" + damaged[10:])
    assert original == damaged[:9] + "\ufffd" + damaged[10:]
    assert suggestion == SIMPLIFIED[:9] + "?" + SIMPLIFIED[10:]


@pytest.mark.parametrize(
    "text",
    [
        "注音：ㄨㄛˇ 我、ㄅㄛ 波，ㄆㄛ 坡。ㄇㄛ摸",
        "﹝注一﹞見前﹝注二﹞，又見卷三。",
        "山の家では、い川面に映る。川の音がい夜に聞こえる。",
        "字母 и 与 Τ，还有 ぃ。",
        "腔调很好，满腔的热情。",
        "\ue4c7是自造的字，\ue4c9也是。",
        "ªº ¤@ ¬O",
    ],
)
def test_characters_that_only_look_like_damage_are_left_alone(text: str) -> None:
    assert found(text) == []
