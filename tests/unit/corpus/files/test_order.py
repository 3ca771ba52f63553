from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.files.order import natural_key, natural_order


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


def in_order(names: list[str]) -> list[str]:
    shuffled = names[:]
    random.Random(1).shuffle(shuffled)
    return sorted(shuffled, key=natural_order(shuffled))


@pytest.mark.parametrize(
    "numbers",
    [
        ["九十九", "一百", "一百一", "一百二", "一百九", "一百十", "一百一十二", "一百二十"],
        ["九十八", "九十九", "一百", "一百一", "一百二"],
        ["一百一十九", "一百二", "一百二十一", "一百二十二"],
        ["一百零一", "一百零二", "一百一", "一百一十一", "一百二"],
        ["九百九十九", "一千", "一千一", "一千二", "一千一百"],
        ["三百四", "三百四十一", "三百五"],
        ["二百", "二百五"],
    ],
)
def test_short_numbers_go_with_their_neighbours(numbers: list[str]) -> None:
    for form in ("卷{}.txt", "山中记第{}回 雨.txt", "集/卷{}/甲.txt"):
        names = [form.format(number) for number in numbers]
        assert in_order(names) == names


def test_each_folder_is_read_by_itself() -> None:
    units = [f"甲/卷{number}" for number in ("一百", "一百一", "一百二", "一百十")]
    tens = [f"乙/卷{number}" for number in ("一百零一", "一百一十九", "一百二", "一百二十一")]
    assert in_order([*tens, *units]) == [*sorted(tens, key=natural_key), *units]
