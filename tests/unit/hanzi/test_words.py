from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.hanzi.convert import convert
from tuibrowser.hanzi.words import Words, own_problem

TEXTS = st.text(
    st.sampled_from("機關黨建机关党建高質量發展的是，。「」 \nabC-19.,'２０％カなé\u0301葛\U000e0100\U00020000\ud800\0")
)


@pytest.fixture(scope="module")
def words() -> Words:
    loaded = Words()
    assert loaded.load()
    return loaded


def cut(words: Words, text: str) -> str:
    return " ".join(text[start:end] for start, end in words.spans(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("机关党建要围绕中心、建设队伍。", "机关 党建 要 围绕 中心 建设 队伍"),
        ("機關黨建要圍繞中心、建設隊伍。", "機關 黨建 要 圍繞 中心 建設 隊伍"),
        ("南京市長江大橋", "南京市 長江大橋"),
        ("防控COVID-19疫情，增长5.5%", "防控 COVID-19 疫情 增长 5.5%"),
        ("总额1,234.5元，２０２２年", "总额 1,234.5 元 ２０２２ 年"),
        ("她在café，唱AA制", "她 在 café 唱 AA制"),
        ("カタカナとT恤", "カタカナと T恤"),
        ("葛\U000e0100城", "葛\U000e0100 城"),
        ("𠮷野家", "𠮷 野家"),
        ("，。！ \n", ""),
        ("", ""),
    ],
)
def test_where_the_words_are(words: Words, text: str, expected: str) -> None:
    assert cut(words, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("機關黨建。", "機 關 黨 建"), ("COVID-19的熱潮", "COVID-19 的 熱 潮"), ("カタカナだ", "カタカナだ"), ("", "")],
)
def test_before_the_dictionary_is_there_each_ideograph_is_a_word(text: str, expected: str) -> None:
    assert cut(Words(), text) == expected


def test_traditional_text_is_cut_where_the_same_text_in_simplified_characters_is(words: Words) -> None:
    text = "當前，全市上下正不斷興起學習的熱潮，機關黨建高質量發展，是各項工作的根本。後天下之樂而樂。"
    assert words.spans(text) == words.spans(convert(text, "t2s")[0])


@pytest.mark.parametrize("loaded", [True, False])
@given(text=TEXTS)
def test_words_are_in_order_and_leave_out_nothing_that_is_written(words: Words, loaded: bool, text: str) -> None:
    spans = (words if loaded else Words()).spans(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(start < end <= len(text) for start, end in spans)
    inside = {at for start, end in spans for at in range(start, end)}
    assert {at for at, character in enumerate(text) if character.isalnum()} <= inside


@pytest.mark.slow
def test_the_dictionary_is_read_as_jieba_reads_it(words: Words) -> None:
    import jieba

    tokenizer = words._tokenizer
    assert tokenizer is not None
    with (Path(jieba.__file__).parent / "dict.txt").open("rb") as file:
        assert jieba.Tokenizer.gen_pfdict(file) == (tokenizer.FREQ, tokenizer.total)


@pytest.mark.slow
def test_loading_prints_nothing_and_writes_nothing(tmp_path: Path) -> None:
    code = "from tuibrowser.hanzi.words import Words; words = Words(); words.load(); words.spans('機關黨建')"
    done = subprocess.run(
        (sys.executable, "-c", code),
        capture_output=True,
        check=True,
        env={**os.environ, "TMPDIR": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert (done.stdout, done.stderr) == (b"", b"")
    assert list(tmp_path.rglob("*")) == []


def test_threads_that_ask_at_once_load_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loads = []

    def slow(*_: object) -> tuple[dict[str, int], int]:
        loads.append(1)
        time.sleep(0.05)
        return {"机": 0, "机关": 5}, 5

    monkeypatch.setattr("tuibrowser.hanzi.words._frequencies", slow)
    words = Words()
    threads = [threading.Thread(target=words.load) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(loads), cut(words, "機關")) == (1, "機關")


@pytest.mark.slow
def test_loading_can_be_given_up_and_begun_again() -> None:
    words = Words()
    assert not words.load(lambda: True)
    assert cut(words, "機關黨建") == "機 關 黨 建"
    assert words.load()
    assert cut(words, "機關黨建") == "機關 黨建"


@pytest.mark.slow
def test_words_of_the_readers_own(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("踐行對黨忠誠 100 n\n\n两张皮\n", encoding="utf-8")
    words = Words(tmp_path / "own.txt")
    words.load()
    assert cut(words, "践行对党忠诚，防止兩張皮") == "践行对党忠诚 防止 兩張皮"
    assert words.problem is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "own.txt was not used: No such file or directory"),
        ("詞\n".encode("utf-16"), "own.txt was not used: not UTF-8"),
        ("一個詞 很多\n好詞\n".encode(), "own.txt: 1 of its lines hold no word"),
    ],
)
def test_a_dictionary_that_cannot_be_used_is_named_and_the_words_are_found_all_the_same(
    tmp_path: Path, content: bytes | None, problem: str
) -> None:
    if content is not None:
        (tmp_path / "own.txt").write_bytes(content)
    words = Words(tmp_path / "own.txt")
    assert words.load()
    assert words.problem == own_problem(tmp_path / "own.txt") == problem
    assert cut(words, "機關黨建") == "機關 黨建"


def test_a_long_text_that_no_dictionary_knows_takes_time_by_its_length(words: Words) -> None:
    text = "".join(chr(0x4E00 + (at * 7919) % 0x5000) for at in range(20_000))
    began = time.process_time()
    words.spans(text)
    assert time.process_time() - began < 5


def test_jieba_stays_silent_afterwards(words: Words) -> None:
    assert not logging.getLogger("jieba").isEnabledFor(logging.CRITICAL)
