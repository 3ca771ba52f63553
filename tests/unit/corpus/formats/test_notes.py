from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.timing import least_seconds
from tuibrowser.corpus.formats.markdown import parse as parse_markdown
from tuibrowser.corpus.formats.org import parse_mandoku, parse_org
from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.model import Layer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.corpus.formats.lines import Parsed


def notes(parse: Callable[[str], Parsed], raw: str) -> list[str]:
    layers = parse(raw).layers
    assert {span.layer for span in layers} <= {Layer.NOTE}
    return [raw[span.start : span.end] for span in layers]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("　秋夜(并序/)雨¶\n", ["(并序/)"]),
        ("雨(山在城/北)止(水名)¶\n", ["(山在城/北)", "(水名)"]),
        ("雨(山在城¶\n<pb:KR9z0002_WYG_001-2a>¶\n北)止¶\n", ["(山在城¶\n<pb:KR9z0002_WYG_001-2a>¶\n北)"]),
        ("** 秋夜(并序/)\n雨¶\n", ["(并序/)"]),
        ("雨(山(音/三)在城)止¶\n", ["(山(音/三)在城)"]),
        ("雨(山在城¶\n止(水名)¶\n", ["(水名)"]),
        ("雨)山(在城¶\n", []),
        ("雨(山¶\n** 冬)\n在城)¶\n", []),
        ("雨（水名）〔補〕¶\n", []),
        ("# src: A (1)\n#+NOTE: (二)\n雨¶\n", []),
        ("雨(" + "山" * 2_100 + ")止(水名)¶\n", ["(水名)"]),
    ],
)
def test_small_print_of_mandoku_is_notes(raw: str, expected: list[str]) -> None:
    assert notes(parse_mandoku, raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("秋夜聞雨[^1]。\n\n[^1]: 山在城北。\n", ["[^1]: 山在城北。"]),
        ("[^a]: 一\n[^乙]: 二\n三\n\n四\n", ["[^a]: 一", "[^乙]: 二\n三"]),
        ("[^1]: 一\n\n    二\n\n三\n", ["[^1]: 一\n\n    二"]),
        ("[^1]: 一\n# 三\n四\n", ["[^1]: 一"]),
        ("雨^[水名]止。\n", ["^[水名]"]),
        ("```\n[^1]: 一\n^[二]\n```\n", []),
        ("雨[^1](水名)止。\n[甲]: 乙\n", []),
    ],
)
def test_footnotes_of_markdown_are_notes(raw: str, expected: list[str]) -> None:
    assert notes(parse_markdown, raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("秋夜聞雨[fn:1]。\n\n[fn:1] 山在城北。\n", ["[fn:1] 山在城北。"]),
        ("[fn:1] 一\n[fn:b] 二\n\n三\n\n\n四\n", ["[fn:1] 一", "[fn:b] 二\n\n三"]),
        ("[fn:1] 一\n* 二\n三\n", ["[fn:1] 一"]),
        ("雨[fn:: 水名]止[fn:甲: 又名]。\n", ["[fn:: 水名]", "[fn:甲: 又名]"]),
        ("雨(水名)止。\n", []),
    ],
)
def test_footnotes_of_org_are_notes(raw: str, expected: list[str]) -> None:
    assert notes(parse_org, raw) == expected


def test_brackets_of_a_plain_text_are_its_authors() -> None:
    assert notes(PLAIN.parse, "雨(山在城/北)止（水名）[^1]\n[^1]: 一\n") == []


@pytest.mark.parametrize("parse", [parse_mandoku, parse_org, parse_markdown])
def test_brackets_without_end_take_linear_time(parse: Callable[[str], Parsed]) -> None:
    def seconds(count: int) -> float:
        return least_seconds(lambda: parse("雨([^[fn:a:^[" * count), 2)

    assert seconds(8_000) < 40 * max(seconds(800), 0.001)
