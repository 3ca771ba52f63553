from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.hanzi.numerals import parse_numeral

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("０１２", 12),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零三", 103),
        ("一百〇三", 103),
        ("一百○三", 103),
        ("二◯五", 205),
        ("一百三", 130),
        ("百二十", 120),
        ("一千零一十", 1010),
        ("三萬五千", 35_000),
        ("三万五", 35_000),
        ("三万零五", 30_005),
        ("12万5千", 125_000),
        ("一亿零三万", 100_030_000),
        ("三千万亿", 3_000 * 10**12),
        ("廿三", 23),
        ("卅", 30),
        ("卌一", 41),
        ("百廿", 120),
        ("壹拾貳", 12),
        ("叁佰", 300),
        ("二〇二二", 2022),
        ("二○二二", 2022),
        ("〇", 0),
        ("两千", 2000),
    ],
)
def test_a_numeral_reads_as_its_number(text: str, number: int) -> None:
    assert parse_numeral(text) == number


@pytest.mark.parametrize("text", ["", "上", "第一", "十十", "十百", "万", "一二三百", "一 二", "二三十廿", "一" * 33])
def test_what_is_no_numeral_reads_as_none(text: str) -> None:
    assert parse_numeral(text) is None


def written(number: int) -> str:
    """A number below a hundred million in Chinese, the way it is written out."""
    if number >= 10_000:
        rest = number % 10_000
        return written(number // 10_000) + "萬" + (("零" if rest < 1000 else "") + written(rest) if rest else "")
    text = ""
    gap = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap else "") + DIGITS[digit] + name
        gap = not digit and bool(text)
    return text


@given(st.integers(min_value=1, max_value=99_999_999))
def test_every_number_written_out_reads_back(number: int) -> None:
    assert parse_numeral(written(number)) == number


@given(st.text(alphabet="〇零一二三十廿百千万亿两壹拾9０第", max_size=40))
def test_no_run_of_characters_breaks_it(text: str) -> None:
    number = parse_numeral(text)
    assert number is None or number >= 0


def test_a_last_digit_counts_as_it_stands_where_that_is_asked_for() -> None:
    assert [parse_numeral(text, spoken=False) for text in ("一百二", "三千五", "一百二十", "十二")] == [
        102,
        3005,
        120,
        12,
    ]
