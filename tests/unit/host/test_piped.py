from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tuibrowser.host import piped
from tuibrowser.host.piped import Piped, read_for

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:
            continue


def never() -> None:
    raise AssertionError("there was something to read")


def test_a_pipe_that_ends_is_read_whole(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.write(writing, "湖水平如镜".encode())
    os.close(writing)
    assert read_for(reading, 1.0, never) == Piped("湖水平如镜".encode())


def test_what_comes_in_pieces_is_read_until_the_end(pipe: tuple[int, int]) -> None:
    reading, writing = pipe

    def write() -> None:
        for piece in ("湖水", "平如", "镜"):
            os.write(writing, piece.encode())
            time.sleep(0.02)
        os.close(writing)

    threading.Thread(target=write).start()
    assert read_for(reading, 20.0, never) == Piped("湖水平如镜".encode())


def test_a_pipe_that_goes_on_gives_its_whole_lines_so_far(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.write(writing, "湖水平如镜\n小舟泛".encode()[:-1])
    assert read_for(reading, 0.05, never) == Piped("湖水平如镜\n".encode(), goes_on=True)
    os.write(writing, b"abc")
    assert read_for(reading, 0.05, never) == Piped(b"abc", goes_on=True)


def test_no_more_is_read_than_a_reader_can_take(pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = pipe
    monkeypatch.setattr(piped, "MOST", 10)
    os.write(writing, b"0123456789\nabc")
    assert read_for(reading, 20.0, never) == Piped(b"0123456789\n", goes_on=True)


def test_the_wait_for_the_first_byte_is_told_and_goes_on(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    told: list[bool] = []

    def begin() -> None:
        told.append(True)
        os.write(writing, b"late")
        os.close(writing)

    assert read_for(reading, 0.05, begin) == Piped(b"late")
    assert told == [True]
