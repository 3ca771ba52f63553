from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.hanzi.alike import blanks, ideographs, invisible, usual

LETTERS = "一二十百年第王○◯〇⼀⼈⻓樂\u200b\ufeff\u200d\u200eا👩a \n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("⼭⽔之間", "山水之間"),  # Kangxi radicals
        ("⻓⻛⻔⺠", "长风门民"),  # of the supplement
        ("\uf9dd害", "利害"),  # a compatibility ideograph
        ("二○一二年", "二〇一二年"),
        ("一九八◯年", "一九八〇年"),
        ("二◯◯八", "二〇〇八"),
        ("第二百○七回", "第二百〇七回"),
        ("第○六章", "第〇六章"),
        ("趙○○先生", "趙○○先生"),
        ("○一、", "○一、"),  # a bullet
        ("plain", "plain"),
    ],
)
def test_usual(text: str, wanted: str) -> None:
    assert usual(text) == wanted


def test_circles_are_no_ideographs() -> None:
    assert ideographs("⼆○○⼋") == "二○○八"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\ufeff第\u200b一\u2060章\xad", "第一章"),
        ("山\u200d\u200c水\u200e", "山水"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("葛\U000e0100", "葛\U000e0100"),  # a variation selector chooses a form
        ("e\u0301", "e\u0301"),
    ],
)
def test_invisible(text: str, kept: str) -> None:
    assert _without(text) == kept


@given(st.text(st.sampled_from(LETTERS)))
def test_the_usual_text_is_as_long(text: str) -> None:
    found = usual(text)
    assert len(found) == len(text)
    assert usual(found) == found
    assert all(
        one == other or unicodedata.category(one) in {"So", "Lo"} for one, other in zip(text, found, strict=True)
    )


@given(st.text(st.sampled_from(LETTERS)))
def test_invisible_stretches_ascend(text: str) -> None:
    spans = invisible(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert invisible(_without(text)) == [] or "\u200d" in text or "\u200e" in text


def test_blanks_hold_all_white_space() -> None:
    white = {chr(code) for code in range(0x110000) if chr(code).isspace()}
    held = blanks("甲\u200b")
    assert held is not None
    assert white <= set(held)
    assert blanks("甲 ") is None


def _without(text: str) -> str:
    at, kept = 0, ""
    for start, end in invisible(text):
        kept += text[at:start]
        at = end
    return kept + text[at:]
