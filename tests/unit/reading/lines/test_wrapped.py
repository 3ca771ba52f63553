from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.reading.lines.wrapped import wrapped

CLOSING = "，。、；：？！）」』”’》〉"
WORDS = st.sampled_from(
    ["阅读", "引用", "，", "。", "（", "）", "；", " PATH ", " --index-dir ", "report.txt", "“", "”", "《", "》", " N "]
)


def test_latin_text_is_broken_at_its_spaces() -> None:
    text = "read the files in this encoding, half-width or not, instead of finding it out"
    assert wrapped(text, 20) == textwrap.wrap(text, 20, break_on_hyphens=False)


def test_a_latin_word_that_fits_into_no_line_stays_whole() -> None:
    assert wrapped("see ~/state/tuibrowser/clipboard.txt there", 20) == [
        "see",
        "~/state/tuibrowser/clipboard.txt",
        "there",
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("打开文件夹，供阅读。", ["打开文件", "夹，供阅", "读。"]),
        ("打开文件文件夹，供阅读。", ["打开文件文", "件夹，供阅", "读。"]),
        ("先在 DIR 中（见说明）查找", ["先在 DIR", "中（见说", "明）查找"]),
    ],
)
def test_chinese_is_broken_between_characters_and_no_closing_mark_begins_a_line(text: str, lines: list[str]) -> None:
    assert wrapped(text, 10) == lines


def test_no_line_ends_after_the_slash_that_a_path_begins_with() -> None:
    assert wrapped("保存在 /root/clipboard.txt", 24) == ["保存在", "/root/clipboard.txt"]
    assert wrapped("保存在 /root/state/clipboard.txt", 24)[:2] == ["保存在", "/root/state/clipboard."]


@given(st.lists(WORDS, min_size=1, max_size=60).map("".join), st.integers(24, 79))
def test_lines_fit_and_lose_nothing_but_spaces(text: str, cells: int) -> None:
    text = f"字{text}"
    lines = wrapped(text, cells)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_width(line) <= cells for line in lines)


@given(st.lists(st.sampled_from(["阅读", "引用", "，", "。", "一次", "PATH", "）"]), max_size=60), st.integers(24, 79))
def test_no_line_begins_with_a_closing_mark(pieces: list[str], cells: int) -> None:
    # A mark stands between words, as in a sentence: a run of marks that fills a line has to be cut.
    words = "".join(piece if piece not in CLOSING else f"字{piece}" for piece in pieces)
    assert not [line for line in wrapped(f"打开{words}", cells)[1:] if line[0] in CLOSING]


def test_nothing_is_no_line() -> None:
    assert wrapped("", 20) == []
