from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.hanzi.grapheme import grapheme_starts

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    "graphemes",
    [
        ["漢", "字"],
        ["葛\U000e0100", "城"],
        ["e\u0301", "a"],
        ["か\u3099", "な"],
        ["一", "\n", "二"],
        ["\n", "\n"],
        ["\n", "\u0301", "一"],
        [FAMILY, "人"],
        ["\U0001f44d\U0001f3fd", "好"],
        ["\U0001f1e8\U0001f1f3", "\U0001f1f9\U0001f1fc", "\U0001f1ed", "國"],
        ["𠮷", "。"],
        [],
    ],
)
def test_where_characters_begin(graphemes: list[str]) -> None:
    starts = list(grapheme_starts("".join(graphemes)))
    assert starts == [len("".join(graphemes[:at])) for at in range(len(graphemes))]


@given(st.text(st.sampled_from("漢e\u0301\n\u200d\ufe0f\U0001f468\U0001f3fd\U0001f1e8")))
def test_the_first_is_at_the_beginning_and_every_line_feed_alone(text: str) -> None:
    starts = list(grapheme_starts(text))
    assert starts[:1] == [0][: len(text)]
    for offset, character in enumerate(text):
        if character == "\n":
            assert {offset, offset + 1} <= {*starts, len(text)}
