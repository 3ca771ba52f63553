from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.timing import NOT_LINEAR, growth
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.base import TextFormat
from tuibrowser.corpus.model import Document, DocumentProblem, Script, Source
from tuibrowser.corpus.read import read, read_bytes

if TYPE_CHECKING:
    from tuibrowser.corpus.formats.lines import Parsed


def document(data: bytes, name: str = "卷一.txt") -> Document:
    return read_bytes(data, Source(Path("/無"), name), 0).document


def test_a_document_without_a_title_goes_by_its_file() -> None:
    assert document("有朋自遠方來。".encode(), "學而/卷一.txt").title == "卷一"


def test_what_the_format_declares_is_known_of_the_document() -> None:
    made = document("---\ntitle: 道德經\nauthor: 老子\n---\n道可道，非常道。\n".encode(), "a.md")
    assert (made.title, made.metadata.author) == ("道德經", "老子")


def test_the_format_is_known_by_the_first_line_where_it_says_so() -> None:
    made = document("# -*- mode: mandoku-view -*-\n<pb:KR1_X_007-1a>¶\n子曰：¶\n".encode())
    assert [locator.label for locator in made.locators] == ["007-1a"]


def test_encoding_script_and_size_are_known_of_every_document() -> None:
    made = document("學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？".encode("big5hkscs"))
    assert (made.encoding, made.script, made.characters, made.read) == ("big5hkscs", Script.HANT, 23, True)


@pytest.mark.parametrize("step", ["find_edits", "read_front", "group_lines", "outline"])
def test_a_text_whose_structure_cannot_be_found_opens_in_plain_lines(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise IndexError("out of range")

    monkeypatch.setattr(f"tuibrowser.corpus.structure.{step}", fails)
    made = read_bytes("　　學而時習之\n\n不亦說乎\n".encode(), Source(Path("/無"), "卷一.txt"), 0)
    assert made.text.repaired == "學而時習之\n不亦說乎"
    assert made.document.title == "卷一"
    assert made.document.problems == (DocumentProblem("layout", "shown as plain lines: IndexError: out of range"),)


def test_a_format_that_fails_leaves_the_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(raw: str) -> Parsed:
        raise RecursionError(raw)

    monkeypatch.setattr("tuibrowser.corpus.read.format_for", lambda *_: TextFormat("broken", "broken", (), fails))
    made = read_bytes(b"# A\n\ntext\n", Source(Path("/none"), "a.md"), 0)
    assert made.text.repaired == "# A\ntext"
    assert [problem.kind for problem in made.document.problems] == ["layout"]


def test_what_is_wrong_with_the_bytes_is_among_the_problems() -> None:
    made = document("學而時習之\x07，不亦說乎？".encode() + b"\xff")
    assert DocumentProblem("replaced-bytes", "1 byte not valid in utf-8") in made.problems
    assert DocumentProblem("control-characters", "1 control character") in made.problems


def test_a_named_encoding_is_used(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("これは日本語です。".encode("shift_jis"))
    assert read(Source(path, "a.txt"), 0, "shift_jis").text.raw == "これは日本語です。"


def test_a_file_that_has_gone_raises_what_the_system_says(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(Source(tmp_path / "a.txt", "a.txt"), 0)


LETTERS = "甲乙第一二章條。，：；！「」（）()a1 \t　\n\r\f#*-=`~<>¶[]:|\0\x1b\u202e\u2028\ufeff\U00020000(fā)"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.org", "a"])
@given(text=st.text(alphabet=LETTERS, max_size=120))
def test_every_text_can_be_read_and_its_raw_text_is_its_own(name: str, text: str) -> None:
    data = text.encode("utf-8")
    try:
        reading = read_bytes(data, Source(Path("/無"), name), 0)
    except NotTextError:
        return
    if reading.document.encoding == "utf-8":
        assert reading.text.raw == text
    assert reading.document.paragraphs == len(reading.text.paragraphs)
    assert all(heading.start <= heading.end <= len(reading.text.raw) for heading in reading.document.headings)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    "piece",
    [
        "字",
        "字\n",
        "\n",
        "　",
        "第一章\n",
        "第一條 字。\n",
        "一、字\n",
        "「",
        "(fā)",
        "發(fā)",
        "：",
        "1.",
        "# 字\n",
        "字" * 39 + "\n",
        "\t",
        "-",
    ],
)
def test_every_text_takes_time_by_its_length(name: str, piece: str) -> None:
    def read_many(size: int) -> None:
        read_bytes(piece.encode() * (size // len(piece.encode())), Source(Path("/無"), name), 0)

    assert growth(read_many, 50_000) < NOT_LINEAR
