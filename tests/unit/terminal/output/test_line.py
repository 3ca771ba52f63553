"""What is short is written at once, and never before what came earlier."""

from __future__ import annotations

import errno
import fcntl
import io
import os
import pty
import resource
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tuibrowser.terminal.output.line import SHORT, Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

MOST_OF_SELECT = 1024
"""The first number of a file that `select` does not take."""


@pytest.fixture
def terminal() -> Iterator[tuple[int, TextIO]]:
    near, far = pty.openpty()
    with os.fdopen(far, "w", encoding="utf-8", newline="") as file:
        yield near, file
    os.close(near)


def test_what_is_short_goes_out_at_once(terminal: tuple[int, TextIO]) -> None:
    near, file = terminal
    assert Line(file).write_now("高質量")
    assert os.read(near, 99).decode() == "高質量"


def test_what_is_long_is_left_to_the_thread(terminal: tuple[int, TextIO]) -> None:
    assert not Line(terminal[1]).write_now("x" * (SHORT + 1))


def test_nothing_overtakes_what_waits_in_the_thread(terminal: tuple[int, TextIO]) -> None:
    near, file = terminal
    line = Line(file)
    line.give()
    assert not line.write_now("second")
    line.write("first")
    assert line.write_now("second")
    came = b""
    while len(came) < len(b"firstsecond"):
        came += os.read(near, 99)
    assert came == b"firstsecond"


def test_a_file_with_a_high_number_is_written_to(terminal: tuple[int, TextIO]) -> None:
    near, file = terminal
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] <= MOST_OF_SELECT:
        pytest.skip("this system has no more open files")
    high = fcntl.fcntl(file.fileno(), fcntl.F_DUPFD_CLOEXEC, MOST_OF_SELECT)
    with os.fdopen(high, "w", encoding="utf-8") as far:
        assert Line(far).write_now("船")
    assert os.read(near, 9).decode() == "船"


def test_a_terminal_that_takes_nothing_is_not_waited_for(terminal: tuple[int, TextIO]) -> None:
    near, file = terminal
    line = Line(file)
    for _ in range(1000):
        if not line.write_now("x" * SHORT):
            break
    else:
        pytest.fail("it takes whatever comes")
    assert os.read(near, 1)


def test_a_terminal_that_has_gone_is_no_error(terminal: tuple[int, TextIO]) -> None:
    assert not Line(Path(os.devnull).open(encoding="utf-8")).write_now("x")  # noqa: SIM115 - open for reading only


def test_a_terminal_that_has_gone_ends_nothing() -> None:
    class Gone(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.EIO, "Input/output error")

    Line(Gone()).write("船")
