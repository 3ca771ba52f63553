from __future__ import annotations

import pytest

from tuibrowser.hanzi.fold import fold
from tuibrowser.hanzi.readings import (
    beginning_ids,
    full_cuts,
    homophone_ids,
    initials,
    mixed_cut,
    syllable_ids,
    syllables_of,
    typed_letters,
)

Ranges = tuple[tuple[int, int], ...]


def among(character: str, ranges: Ranges) -> bool:
    identity = int(fold(character)[0])
    return any(start <= identity < end for start, end in ranges)


def cuts(text: str) -> list[str]:
    letters = typed_letters(text)
    assert letters is not None
    return [" ".join(cut.parts) for cut in full_cuts(letters)]


def test_a_syllable_names_its_characters() -> None:
    assert all(among(character, syllable_ids("zhi")) for character in "质知智之")
    assert not among("高", syllable_ids("zhi"))


def test_a_character_is_found_by_every_reading() -> None:
    assert {"hang", "xing"} <= syllables_of(int(fold("行")[0]))
    assert among("行", syllable_ids("hang"))
    assert among("行", syllable_ids("xing"))
    assert among("重", beginning_ids("ch"))


def test_homophones_share_a_reading() -> None:
    ids = homophone_ids(int(fold("形")[0]))
    assert among("型", ids)
    assert among("行", ids)
    assert not among("航", ids)


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("gaozhiliang", "gao zhi liang"),
        ("xian", "xian"),
        ("xi'an", "xi an"),
        ("xi’an", "xi an"),
        ("fangan", "fang an"),
        ("gaozhiliangf", "gao zhi liang f~"),
        ("lüse", "lv se"),
        ("lvse", "lv se"),
        ("GaoZhi", "gao zhi"),
    ],
)
def test_letters_are_cut_into_syllables(typed: str, best: str) -> None:
    assert cuts(typed)[0] == best


def test_every_way_to_cut_is_tried() -> None:
    assert {"fang an", "fan gan"} <= set(cuts("fangan"))


def test_u_is_typed_for_umlaut_too() -> None:
    letters = typed_letters("nuren")
    assert letters is not None
    assert among("女", full_cuts(letters)[0].places[0])
    assert among("奴", full_cuts(letters)[0].places[0])


def test_initials_and_mixtures() -> None:
    places = initials("gzl")
    assert places is not None
    assert all(among(character, ids) for character, ids in zip("高质量", places, strict=True))
    assert initials("gui") is None
    mixed = mixed_cut("gaozlfazhan")
    assert mixed is not None
    assert mixed.parts == ("gao", "z~", "l~", "fa", "zhan")


@pytest.mark.parametrize("text", ["", "高", "a1", "'", "gao-zhi"])
def test_what_is_no_pinyin_is_none(text: str) -> None:
    assert typed_letters(text) is None


@pytest.mark.parametrize("text", ["a" * 10_000, "xian" * 2_000, "zhuang" * 15, "bcdf" * 20], ids=lambda text: text[:12])
def test_long_strings_of_letters_are_cut_soon_or_not_at_all(text: str) -> None:
    assert len(cuts(text)) <= 40


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("shānshuǐ", "shanshui"),
        ("shan1shui3", "shan'shui"),
        ("shan1 shui3".replace(" ", "'"), "shan''shui"),
        ("nǚ'ér", "nv'er"),
        ("lǜsè", "lvse"),
        ("lü4se4", "lv'se"),
        ("xué", "xue"),
        ("jǘ", "ju"),
        ("de5", "de"),
        ("chā", "cha"),
        ("cha\u0304", "cha"),
    ],
)
def test_tones_are_not_looked_at(typed: str, letters: str) -> None:
    assert typed_letters(typed) == letters


@pytest.mark.parametrize("text", ["mp3", "a4", "h2o", "win10", "covid19", "shan12", "b2b"])
def test_other_digits_are_no_tones(text: str) -> None:
    assert typed_letters(text) is None


def test_u_is_written_yu_in_passports() -> None:
    (cut,) = [cut for cut in full_cuts("lyuse") if cut.complete][:1]
    assert cut.places == full_cuts("lvse")[0].places
    assert full_cuts("nyue")[0].places == full_cuts("nve")[0].places
