"""How files look, and texts that are read again when they look otherwise."""

from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.files.looks import as_found, is_as_found, is_same, looks_of

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "春水生於山下，至秋而涸。\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "水記.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def rewrite(file: Path, text: str) -> None:
    """Write a file anew, a millisecond after it was written before, however fast the test is."""
    later = file.stat().st_mtime_ns + 1_000_000
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(later, later))


def test_a_file_looks_as_it_was_found_until_it_is_written(file: Path) -> None:
    source = Corpus.discover([file]).documents[0].source
    assert looks_of(source) == as_found(source)
    assert is_as_found(source, looks_of(source))
    rewrite(file, TEXT)
    assert not is_as_found(source, looks_of(source))
    assert not is_same(source, as_found(source), looks_of(source))


@pytest.mark.parametrize("in_its_place", ["nothing", "folder", "pipe"])
def test_a_file_that_is_none_any_more_looks_like_nothing(file: Path, in_its_place: str) -> None:
    source = Corpus.discover([file]).documents[0].source
    file.unlink()
    if in_its_place == "folder":
        file.mkdir()
    elif in_its_place == "pipe":
        os.mkfifo(file)
    assert looks_of(source) is None
    assert not is_as_found(source, None)


def test_standard_input_never_changes() -> None:
    corpus = Corpus.discover(["-"], standard_input=TEXT.encode())
    source = corpus.documents[0].source
    assert is_as_found(source, looks_of(source))
    assert corpus.text(0) is corpus.text(0)


def test_a_text_is_kept_as_long_as_its_file_is_the_same(file: Path) -> None:
    corpus = Corpus.discover([file])
    first = corpus.text(0)
    assert corpus.text(0) is first
    rewrite(file, "冬雪積於山上。\n")
    assert corpus.text(0).raw == "冬雪積於山上。\n"
    assert corpus.documents[0].characters == 8
    file.unlink()
    with pytest.raises(CorpusError):
        corpus.text(0)


def test_a_member_is_read_again_with_its_archive(tmp_path: Path) -> None:
    archive = tmp_path / "集.zip"
    for number, text in enumerate((TEXT, TEXT.replace("山", "谷"))):
        with zipfile.ZipFile(archive, "w") as made:
            made.writestr("水.txt", text)
        os.utime(archive, ns=(10**18 + number, 10**18 + number))
        if number == 0:
            corpus = Corpus.discover([archive])
            assert corpus.text(0).raw == TEXT
            assert corpus.text(0) is corpus.text(0)
    assert "谷" in corpus.text(0).raw


def test_what_was_read_elsewhere_is_kept_with_the_looks_it_had(file: Path) -> None:
    corpus = Corpus.discover([file])
    reading = corpus.read(0)
    rewrite(file, TEXT + "後人增之。\n")
    corpus.take(reading.document, reading.text)
    assert "後人" in corpus.text(0).raw
    corpus.take(reading.document, reading.text, looks_of(reading.document.source))
    assert corpus.text(0) is reading.text


def test_looking_again_takes_up_what_has_changed(tmp_path: Path, file: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text(f"{name}之文。\n", encoding="utf-8")
    corpus = Corpus.discover([tmp_path])
    assert corpus.look_again() == []
    rewrite(file, "今改。\n")
    (tmp_path / "甲.txt").unlink()
    corpus.leave_out(corpus.number_of("甲.txt") or 0, "no such file")
    changed = corpus.look_again()
    assert {corpus.documents[number].name for number in changed} == {"水記.txt", "甲.txt"}
    assert corpus.problems == []
    number = corpus.number_of("水記.txt")
    assert number is not None
    assert corpus.documents[number].source.size == len("今改。\n".encode())
    assert corpus.text(number).raw == "今改。\n"
    assert corpus.look_again() == [corpus.number_of("甲.txt")]
