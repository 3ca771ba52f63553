from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.examples import examples
from tuibrowser.hanzi.alignment import IDENTITY, Alignment
from tuibrowser.hanzi.convert import CONFIGURATIONS, convert

WITH_WORDS = ["s2twp", "tw2sp", "s2hkp", "hk2sp"]
ONE_TO_ONE = [name for name in CONFIGURATIONS if name not in WITH_WORDS]
CHINESE = st.text(
    st.sampled_from("优化各项目标软件发布里后面优質資訊軟體隨身碟程式設計的士巴士U盘，。“”\n a1\0\ud800𠀀😀\ufe0f"),
    max_size=40,
)

WORDS_OF_TAIWAN = [
    ("优化", "最佳化"),
    ("软件", "軟體"),
    ("U盘", "隨身碟"),
    ("内存", "記憶體"),
    ("程序设计", "程式設計"),
    ("信息", "資訊"),
    ("博客", "部落格"),
    ("文件夹", "資料夾"),
    ("打印机", "印表機"),
    ("出租车", "計程車"),
    ("塞拉利昂", "獅子山"),
    ("SQL注入", "SQL隱碼攻擊"),
]


def test_all_configurations_that_opencc_ships_are_offered() -> None:
    assert set(CONFIGURATIONS) == {Path(name).stem for name in opencc.CONFIGS}
    assert all(words.endswith(".") for words in CONFIGURATIONS.values())


def test_the_manual_explains_all_of_them() -> None:
    manual = (Path(__file__).parents[3] / "docs" / "reading.md").read_text("utf-8")
    assert [name for name, words in CONFIGURATIONS.items() if f"| `{name}` | {words} |" not in manual] == []


def test_an_unknown_configuration_is_named() -> None:
    with pytest.raises(ValueError, match="s2x"):
        convert("发", "s2x")


@pytest.mark.parametrize(
    ("config", "text", "converted"),
    [
        ("s2t", "机关党建里发展", "機關黨建裏發展"),
        ("t2s", "機關黨建", "机关党建"),
        ("s2tw", "里面", "裡面"),
        ("s2hk", "里面", "裏面"),
        ("t2jp", "澤", "沢"),
        ("jp2t", "沢", "澤"),
        ("s2twp", "发布软件", "釋出軟體"),
        ("tw2sp", "軟體", "软件"),
    ],
)
def test_text_is_converted(config: str, text: str, converted: str) -> None:
    assert convert(text, config)[0] == converted


@pytest.mark.parametrize("config", ONE_TO_ONE)
@given(text=CHINESE)
@examples(30)
def test_without_words_every_offset_stays(config: str, text: str) -> None:
    converted, alignment = convert(text, config)
    assert len(converted) == len(text)
    assert alignment == IDENTITY


@pytest.mark.parametrize("config", ONE_TO_ONE)
def test_no_character_of_the_dictionaries_changes_the_length(config: str) -> None:
    """Each code point of the blocks that OpenCC converts, by itself."""
    ranges = [range(0x2E80, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x33480)]
    text = "\n".join(chr(code) for codes in ranges for code in codes)
    converted, alignment = convert(text, config)
    assert len(converted) == len(text)
    assert alignment == IDENTITY
    assert [at for at in range(1, len(text), 2) if converted[at] != "\n"] == []


@pytest.mark.parametrize("config", CONFIGURATIONS)
@pytest.mark.parametrize("unsafe", ["\0", "\ud800", "\udfff\0"])
def test_nothing_after_a_nul_or_lone_surrogate_is_lost(config: str, unsafe: str) -> None:
    before = convert("软件", config)[0]
    after = convert("優化", config)[0]
    assert convert(f"软件{unsafe}優化", config)[0] == before + unsafe + after


@pytest.mark.parametrize("config", WITH_WORDS)
@given(text=CHINESE)
def test_the_alignment_makes_the_converted_text_of_the_characters(config: str, text: str) -> None:
    """What lies between the edits is what the configuration without words makes of it."""
    converted, alignment = convert(text, config)
    plain = convert(text, config.removesuffix("p"))[0]
    at = at_target = 0
    for start, end, length in alignment.edits:
        assert plain[at:start] == converted[at_target : at_target + start - at]
        at_target += start - at + length
        at = end
    assert plain[at:] == converted[at_target:]


@pytest.mark.parametrize(("word", "converted"), WORDS_OF_TAIWAN)
def test_a_word_is_found_where_it_went(word: str, converted: str) -> None:
    text = f"一，关于{word}的问题，{word}也在其中。"
    shown, alignment = convert(text, "s2twp")
    assert shown == f"一，關於{converted}的問題，{converted}也在其中。"
    for at in (text.index(word), text.rindex(word)):
        start, end = alignment.target_span(at, at + len(word))
        assert shown[start:end] == converted
        assert alignment.source_span(start, end) == (at, at + len(word))
    for character in "一关于的问题也在其中":
        at = text.rindex(character)
        assert shown[alignment.to_target(at)] == convert(character, "s2tw")[0]


@pytest.mark.parametrize(("word", "converted"), WORDS_OF_TAIWAN)
def test_and_back_again(word: str, converted: str) -> None:
    text = f"一，關於{converted}的問題。"
    shown, alignment = convert(text, "tw2sp")
    back = shown[len("一，关于") : -len("的问题。")]
    start = len("一，關於")
    assert alignment.target_span(start, start + len(converted)) == (start, start + len(back))
    assert alignment.to_target(len(text) - 1) == len(shown) - 1


def test_a_word_of_another_length_alone_is_one_edit() -> None:
    assert convert("内存", "s2twp") == ("記憶體", Alignment([(0, 2, 3)]))


def test_a_long_text_is_aligned_clause_by_clause() -> None:
    text = "优化软件，发布各项目标。" * 5_000
    shown, alignment = convert(text, "s2twp")
    at = text.index("软件", len(text) // 2)
    start, end = alignment.target_span(at, at + 2)
    assert shown[start:end] == "軟體"


def test_a_long_text_without_a_mark_is_aligned_too() -> None:
    text = "甲" * 3_000 + "内存" + "乙" * 3_000 + "内存"
    shown, alignment = convert(text, "s2twp")
    assert alignment.to_target(3_000) == 3_000
    assert alignment.to_target(len(text)) == len(shown)
    assert shown[alignment.to_target(len(text) - 2) :].endswith("記憶體")


def test_threads_may_convert_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda at: convert(f"软件{at}", [*CONFIGURATIONS][at % 16])[0], range(200)))
    assert results == [convert(f"软件{at}", [*CONFIGURATIONS][at % 16])[0] for at in range(200)]


def test_importing_loads_neither_opencc_nor_rapidfuzz() -> None:
    code = "import sys, json, tuibrowser.hanzi.convert; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"opencc", "rapidfuzz"} & set(json.loads(done.stdout))


def test_radicals_are_converted_as_their_characters() -> None:
    assert convert("⼀只⻦⻜过⼭⾕", "s2t") == ("一隻鳥飛過山谷", IDENTITY)
    assert convert("⾒⼈", "t2s")[0] == "见人"
