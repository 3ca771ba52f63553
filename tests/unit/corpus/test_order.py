from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.order import natural_key


@pytest.mark.parametrize(
    "names",
    [
        ["第2章.txt", "第10章.txt"],
        ["第１章", "第２章", "第１０章"],
        ["卷二", "卷十", "卷十一", "卷二十", "卷一百"],
        ["卷上", "卷中", "卷下"],
        ["上卷", "中卷", "下卷"],
        ["卷一上", "卷一中", "卷一下", "卷二上"],
        ["史記（上）", "史記（中）", "史記（下）"],
        ["甲編", "乙編", "丙編", "丁編"],
        ["赵一／甲.txt", "赵二／乙.txt", "赵十／丙.txt"],
        ["第1章", "第二章", "第３章"],
        ["序.txt", "卷一.txt", "卷二.txt", "跋.txt"],
        ["2022年3月", "2022年10月", "2023年1月"],
        ["1.txt", "2.md", "10.txt"],
        ["chapter9", "Chapter10", "chapter11"],
        ["甲/卷二/a", "甲/卷十/a", "乙"][:2],
        ["第1章.txt", "第1章 附錄.txt", "第2章.txt"],
    ],
)
def test_names_come_in_reading_order(names: list[str]) -> None:
    shuffled = names[:]
    random.Random(0).shuffle(shuffled)
    assert sorted(shuffled, key=natural_key) == names


def test_names_that_read_alike_still_have_an_order() -> None:
    assert natural_key("第1章") != natural_key("第一章")


def test_a_word_made_of_numerals_breaks_nothing() -> None:
    assert sorted(["万历野获编", "三国演义", "百家姓", "千万"], key=natural_key)


def test_a_number_of_thousands_of_digits_is_no_trouble() -> None:
    assert natural_key("9" * 10_000)


@given(st.lists(st.text(alphabet="第章卷上中下一二十百0129a./（）序", max_size=8), max_size=8))
def test_keys_of_any_names_can_be_compared(names: list[str]) -> None:
    ordered = sorted(names, key=natural_key)
    backwards = ordered[::-1]
    backwards.sort(key=natural_key)
    assert backwards == ordered
