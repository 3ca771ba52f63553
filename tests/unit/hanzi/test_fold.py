from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.hanzi.fold import BREAK, SOUND_GROUPS, code_points, fold, fold_table

if TYPE_CHECKING:
    from types import ModuleType

BUILDER = Path(__file__).resolve().parents[3] / "scripts/build_fold_table.py"


def alike(*characters: str) -> bool:
    return len({int(fold(character)[0]) for character in characters}) == 1


@pytest.mark.parametrize(
    "characters",
    [
        "国國",
        "发發髮",
        "里裏裡",
        "为爲為",
        "龙龍竜",
        "说說説",
        "复復覆",
        "了瞭",
        "借藉",
        "远遠逺",
        "高髙",
        "曾曽",
        "青靑",
        "么麼",
        "aAａＡ",
        "，,",
        "１1",
        "\u8c48\uf900",  # a compatibility ideograph
        "民⺠",  # radicals
        "长長⻓⻑",
        "山⼭",
        "一㇐",
        "〇○◯",
        "eéÉēę",
        "uüǚ",
        "oø",
        "аӑ",
        "αάἅ",
    ],
)
def test_forms_of_one_character_fold_together(characters: str) -> None:
    assert alike(*characters)


@pytest.mark.parametrize("characters", ["高低", "未末", "己已", "。，", "ab", "你您", "他她", "かが", "<≮", "〇零"])
def test_other_characters_stay_apart(characters: str) -> None:
    assert not alike(*characters)


def test_the_characters_of_a_syllable_are_one_range_of_ids() -> None:
    table = fold_table()
    at = table.syllables.index("gao")
    ids = range(table.starts[at], table.starts[at + 1])
    assert {int(identity) for identity in fold("高告搞糕")} <= set(ids)
    assert int(fold("质")[0]) not in ids


def test_a_sound_group_holds_characters_of_the_same_initials_or_none() -> None:
    groups = fold_table().groups
    assert groups.max() < SOUND_GROUPS
    first, second, other, mark = (int(groups[identity]) for identity in fold("高哥打，"))
    assert first == second != other
    assert mark == int(groups[BREAK]) == 0


def test_marks_spaces_and_controls_are_gaps_and_nothing_else_is() -> None:
    end = fold_table().gap_end
    assert (fold("，。「」“”—… 　\n\t-(\u200b\ufe0f") < end).all()
    assert (fold("a\u0301e\u0304\u20d7")[[1, 3, 4]] < end).all()
    assert (fold("高aｚ1①々〇カ\u3099") >= end).all()


def test_rare_ideographs_share_ids_with_some_others() -> None:
    shared = [
        character
        for character in "\U00030000\U000313ff\U00031350"
        if fold_table().shares_its_id(int(fold(character)[0]))
    ]
    assert shared


@given(st.text())
def test_a_text_has_an_id_for_each_code_point(text: str) -> None:
    assert len(fold(text)) == len(code_points(text)) == len(text)
    assert not (fold(text.replace("\0", "")) == BREAK).any()


def test_an_unpaired_surrogate_counts_as_the_replacement_character() -> None:
    assert code_points("a\ud800b").tolist() == [ord("a"), 0xFFFD, ord("b")]


def builder() -> ModuleType:
    specification = importlib.util.spec_from_file_location("build_fold_table", BUILDER)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_building_the_table_again_gives_the_same() -> None:
    for name in ("pypinyin", "yitizi", "opencc", "jieba"):
        pytest.importorskip(name)
    with np.load(builder().TARGET) as shipped:
        arrays: dict[str, Any] = {name: shipped[name] for name in shipped.files}
    made = builder().build()
    if made["versions"].tolist() != arrays["versions"].tolist():
        pytest.skip(f"the table was made from {arrays['versions']}, here are {made['versions']}")
    assert set(made) == set(arrays)
    for name, array in made.items():
        assert np.array_equal(array, arrays[name]), name
