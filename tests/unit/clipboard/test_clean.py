from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.clipboard.clean import clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高質量\n\t發展", "高質量\n\t發展"),
        ("\x1b[31m紅\x1b[0m字", "紅字"),
        ("前\x1b]52;c;5YGH\x07後", "前後"),
        ("前\x1b]0;題\x1b\\後", "前後"),
        ("前\x1bP+q544e\x1b\\後", "前後"),
        ("前\x9b2J後", "前後"),
        ("前\x9d0;題\x9c後", "前後"),
        ("前\x1b(B後\x1bc", "前後"),
        ("一行\r\n二行\r三行\x85四行", "一行\n二行\n三行\n四行"),
        ("壞\x00的\x08字\x7f", "壞的字"),
        ("左\u202e右\u2066左\u200e", "左右左"),
        ("半\ud800個", "半個"),
        ("𠀀𫝀", "𠀀𫝀"),
    ],
)
def test_only_text_is_left(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_an_unfinished_sequence_takes_no_text_with_it() -> None:
    assert clean("前\x1b]題目\n正文") == "前]題目\n正文"
    assert clean("前\x1b[中文") == "前[中文"
    assert clean("末\x1b") == "末"


def test_a_sequence_put_together_from_the_remains_of_others_does_no_harm() -> None:
    assert "\x1b" not in clean("\x1b\x1b[0m[31m紅")


@pytest.mark.slow
def test_a_million_starts_of_sequences_are_no_work() -> None:
    assert clean("\x1b]" * 500_000) == "]" * 500_000
    assert clean("\x1b[" + "1;" * 500_000) == "[" + "1;" * 500_000


def test_a_whole_book_is_cleaned_as_each_of_its_lines() -> None:
    line = "紅\x1b[31m字\x1b]52;c;5YGH\x07，\r\n"
    assert clean(line * 20_000) == "紅字，\n" * 20_000
    assert clean("紅\x1b[31m" * 20_000) == "紅" * 20_000


@given(st.text(st.characters(codec=None)))
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    cleaned = clean(text)
    assert all(character in "\n\t" or unicodedata.category(character) != "Cc" for character in cleaned)
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned


@given(st.text(st.sampled_from("高質量發展，。“”——\n\t abc123")))
def test_text_alone_is_left_as_it_is(text: str) -> None:
    assert clean(text) == text
