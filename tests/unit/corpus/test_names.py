from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.names import likely_encoding, printable, stem, suffix


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


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("講話.txt", "big5"),
        ("讲话.txt", "gbk"),
        ("雨.txt", "big5"),
        ("雨.txt", "gbk"),
        ("山中記卷一百二.txt", "big5"),
        ("山の夜の音.txt", "euc_jp"),
        ("山の夜の音.txt", "cp932"),
        ("산속의 집에서.txt", "euc_kr"),
        ("café.txt", "cp1252"),
    ],
)
def test_names_are_read_by_the_rules_of_texts(name: str, encoding: str) -> None:
    assert printable(os.fsdecode(name.encode(encoding))) == name


def test_a_short_name_is_read_as_those_beside_it() -> None:
    short = os.fsdecode("嫌棄.txt".encode("big5"))
    assert printable(short) != "嫌棄.txt"
    likely = likely_encoding([short, os.fsdecode("山中的日記.txt".encode("big5")), "a.txt"])
    assert printable(short, likely) == "嫌棄.txt"
    assert printable(os.fsdecode("山中的日记.txt".encode("gbk")), likely) == "山中的日记.txt"
    assert likely_encoding(["a.txt", "山.txt"]) is None


def test_bytes_that_make_no_sense_are_written_out() -> None:
    assert printable(os.fsdecode("привет".encode("cp1251"))) == "\\xef\\xf0\\xe8\\xe2\\xe5\\xf2"


@given(st.text())
def test_a_printable_name_can_always_be_encoded_and_holds_no_control(name: str) -> None:
    shown = printable(name)
    shown.encode("utf-8")
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in shown)
