from __future__ import annotations

import pytest

from tuibrowser.hanzi.sounds import BEGINNING, SHORTENED, WHOLE, WITHIN, folded, likeness


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("复制", "fuzhi", WHOLE),
        ("复制", "FuZhi", WHOLE),
        ("复制", "fu'zhi", WHOLE),
        ("复制", "fu zhi", WHOLE),
        ("复制", "复制", WHOLE),
        ("複製", "复制", WHOLE),
        ("复制", "复zhi", WHOLE),
        ("复制", "fz", WHOLE - SHORTENED),
        ("复制", "fuzh", WHOLE - SHORTENED),
        ("复制", "fu", BEGINNING),
        ("复制", "f", BEGINNING),
        ("复制本段", "fuzhi", BEGINNING),
        ("复制本段", "fzb", BEGINNING - SHORTENED),
        ("以其他格式复制", "fuzhi", WITHIN),
        ("以其他格式复制", "复制", WITHIN),
        ("以其他格式复制", "fz", WITHIN - SHORTENED),
        ("用 $EDITOR 打开", "dakai", WITHIN),
        ("复制为…", "fuzhiwei", WHOLE),
        ("复制诊断（doctor）", "fzzd", BEGINNING - SHORTENED),
    ],
)
def test_a_name_is_meant_by_its_characters_its_pinyin_and_its_initials(name: str, typed: str, expected: float) -> None:
    assert likeness(name, typed) == expected


@pytest.mark.parametrize(
    ("name", "typed"),
    [("行首", "xingshou"), ("行首", "hangshou"), ("重绘屏幕", "chonghui"), ("重绘屏幕", "zhonghui"), ("行首", "xs")],
)
def test_any_reading_of_a_character_will_do(name: str, typed: str) -> None:
    assert likeness(name, typed) >= BEGINNING - SHORTENED


@pytest.mark.parametrize("typed", ["lüse", "lvse", "luse", "ls"])
def test_u_is_typed_for_umlaut_too(typed: str) -> None:
    assert likeness("绿色", typed) > BEGINNING


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("复制", ""),
        ("复制", "…"),
        ("复制", "fuzhib"),
        ("复制", "zf"),
        ("复制", "copy"),
        ("Copy", "copy"),
        ("用 $EDITOR 打开", "editor"),
        ("", "fz"),
        ("复制", "f" * 10_000),
    ],
)
def test_what_is_no_sound_of_a_name_does_not_mean_it(name: str, typed: str) -> None:
    assert likeness(name, typed) == 0


def test_texts_are_compared_without_blanks_case_and_script() -> None:
    assert folded("复制 Markdown…") == folded("複製markdown")
    assert folded("复制") != folded("粘贴")
