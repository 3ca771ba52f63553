from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.names import printable, stem, suffix


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("論語.txt", ".txt"),
        ("論語.TXT", ".txt"),
        ("論語.tar.gz", ".gz"),
        ("論語", ""),
        ("第1.5章", ""),
        ("卷.001", ""),
        ("筆記.mp3", ".mp3"),
        ("v1.0 說明", ""),
        (".txt", ""),
    ],
)
def test_a_suffix_is_short_ascii_and_holds_a_letter(name: str, expected: str) -> None:
    assert suffix(name) == expected


def test_the_stem_is_the_last_part_without_its_suffix() -> None:
    assert stem("經部/論語/卷一.txt") == "卷一"
    assert stem("第1.5章") == "第1.5章"


def test_escape_sequences_bidi_controls_and_undecodable_bytes_are_written_out() -> None:
    assert printable("a\x1b[31mb") == "a\\x1b[31mb"
    assert printable("論\u202e語\n") == "論\\u202e語\\x0a"
    assert printable(os.fsdecode(b"\xff\xfe.txt")) == "\\xff\\xfe.txt"


def test_names_that_old_archives_leave_in_gbk_or_big5_are_read() -> None:
    assert printable(os.fsdecode("论语/卷一 学而.txt".encode("gbk"))) == "论语/卷一 学而.txt"
    assert printable(os.fsdecode("老子道德經.txt".encode("big5"))) == "老子道德經.txt"
    assert printable("經部/" + os.fsdecode("论语".encode("gbk"))) == "經部/论语"


@given(st.text())
def test_a_printable_name_can_always_be_encoded_and_holds_no_control(name: str) -> None:
    shown = printable(name)
    shown.encode("utf-8")
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in shown)
