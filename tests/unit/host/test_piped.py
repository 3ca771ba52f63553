"""What comes through pipes."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.host.piped import Piped, is_pipe

if TYPE_CHECKING:
    from pathlib import Path


def pipe() -> tuple[Piped, int]:
    """A pipe and the descriptor to write to it by."""
    near, far = os.pipe()
    return Piped(lambda: near), far


def test_all_comes_that_is_written_before_the_end() -> None:
    piped, far = pipe()
    os.write(far, "雨後有虹。".encode())
    os.close(far)
    piped.wait()
    assert piped.is_over
    assert piped.data() == "雨後有虹。".encode()


def test_an_input_that_goes_on_gives_what_has_come() -> None:
    piped, far = pipe()
    os.write(far, "雨後".encode())
    began = time.monotonic()
    piped.wait(0.2)
    assert 0.1 < time.monotonic() - began < 10
    assert not piped.is_over
    assert piped.data() == "雨後".encode()
    os.close(far)


@pytest.mark.parametrize("text", ["虹", "é", "𠀀", "虹彩"])
def test_half_a_character_waits_for_its_other_half(text: str) -> None:
    piped, far = pipe()
    data = text.encode()
    os.write(far, b"a" + data[:-1])
    piped.wait(0.05)
    assert piped.data() == b"a" + text[:-1].encode()
    os.write(far, data[-1:])
    os.close(far)
    piped.wait()
    assert piped.data() == b"a" + data


def test_more_than_is_kept_is_left() -> None:
    near, far = os.pipe()
    piped = Piped(lambda: near, 4)
    os.write(far, b"abcdef")
    piped.wait()
    assert (piped.data(), piped.is_cut, piped.is_over) == (b"abcd", True, True)
    os.close(far)


def test_standard_input_has_names_and_files_are_no_pipes(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管")
    assert is_pipe(str(tmp_path / "管"))
    assert is_pipe("/dev/stdin")
    assert not is_pipe(str(tmp_path))
    assert not is_pipe(str(tmp_path / "無"))


def test_a_document_comes_through_each_pipe_that_is_named() -> None:
    first, second = os.pipe(), os.pipe()
    for (_, far), text in zip((first, second), ("首篇之文。\n", "次篇之文。\n"), strict=True):
        os.write(far, text.encode())
        os.close(far)
    corpus = Corpus.discover([f"/dev/fd/{first[0]}", f"/dev/fd/{second[0]}"])
    assert [corpus.text(number).raw for number in range(2)] == ["首篇之文。\n", "次篇之文。\n"]
    assert corpus.has_inputs
    for near, _ in (first, second):
        os.close(near)


def test_what_has_come_since_is_a_change() -> None:
    piped, far = pipe()
    os.write(far, "雨後有虹。\n".encode())
    piped.wait(0.05)
    corpus = Corpus.discover(["-"], piped={"-": piped})
    assert corpus.look_again() == []
    os.write(far, "虹有七色。\n".encode())
    os.close(far)
    piped.wait()
    assert corpus.text(0).raw.endswith("虹有七色。\n")
    assert corpus.look_again() == [0]
    assert corpus.documents[0].source.size == piped.size


def test_an_input_cut_short_is_a_problem_of_the_corpus() -> None:
    near, far = os.pipe()
    piped = Piped(lambda: near, 15)
    os.write(far, "雨後有虹，其色七。\n".encode())
    os.close(far)
    piped.wait()
    corpus = Corpus.discover(["-"], piped={"-": piped})
    assert corpus.text(0).raw == "雨後有虹，"
    assert "first 15 bytes" in corpus.problems[0].reason


def test_the_first_bytes_are_shown_until_all_are_asked_for() -> None:
    piped, far = pipe()
    os.write(far, "雨後有虹。".encode())
    os.close(far)
    piped.wait()
    piped.show(7)
    assert (piped.size, piped.data()) == (7, "雨後".encode())
    piped.show()
    assert (piped.size, piped.data()) == (15, "雨後有虹。".encode())
    assert not piped.goes_on


def test_more_than_is_kept_goes_on_and_ends_with_a_whole_character() -> None:
    near, far = os.pipe()
    piped = Piped(lambda: near, 7)
    os.write(far, "雨後有虹。".encode())
    piped.wait()
    assert piped.goes_on
    assert piped.data() == "雨後".encode()
    os.close(far)
