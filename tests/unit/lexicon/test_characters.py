from __future__ import annotations

import pytest

from tuibrowser.lexicon.characters import character
from tuibrowser.lexicon.zhuyin import zhuyin


@pytest.mark.parametrize(
    ("pinyin", "symbols"),
    [
        ("zhōng", "ㄓㄨㄥ"),
        ("lǜ", "ㄌㄩˋ"),
        ("xué", "ㄒㄩㄝˊ"),
        ("yuán", "ㄩㄢˊ"),
        ("wǒ", "ㄨㄛˇ"),
        ("shì", "ㄕˋ"),
        ("ér", "ㄦˊ"),
        ("yóu", "ㄧㄡˊ"),
        ("de", "˙ㄉㄜ"),
        ("ń", ""),
    ],
)
def test_a_syllable_in_zhuyin(pinyin: str, symbols: str) -> None:
    assert zhuyin(pinyin) == symbols


def test_a_character_with_several_readings() -> None:
    found = character("行")
    assert found is not None
    assert found.pinyin[:2] == ("xíng", "háng")
    assert (found.codepoint, found.radical, found.strokes) == ("U+884C", "行+0", 6)
    assert {"戶庚", "胡郎"} <= {rhyme.fanqie for rhyme in found.rhymes}
    assert found.record()["zhuyin"] == [zhuyin(each) for each in found.pinyin]


def test_a_character_knows_its_variants() -> None:
    found = character("国")
    assert found is not None
    assert "國" in found.variants
    assert found.definition


@pytest.mark.parametrize("letter", ["a", "。", "\U000f0000"])
def test_nothing_is_known_of_other_characters(letter: str) -> None:
    assert character(letter) is None


def test_a_character_beyond_the_first_plane() -> None:
    found = character("𠮷")
    assert found is not None
    assert found.radical == "口+3"
