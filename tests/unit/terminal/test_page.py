"""The driver of a web page ends with the page, and believes it only so far."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from textual import messages
from textual.app import App
from textual.events import AppFocus, Resize

from tuibrowser.terminal.page import MOST_COLUMNS, MOST_ROWS, PageDriver, _write_whole

if TYPE_CHECKING:
    from textual.message import Message

PROGRAM = """
import os, signal
from textual.app import App
from tuibrowser.terminal import page
page.LAST_SECONDS = 0.2
class Stuck(App[None]):
    def on_mount(self):
        if {stuck}:
            import time
            time.sleep(60)
Stuck(driver_class=page.PageDriver).run()
"""


class Noted(App[None]):
    """A program that only notes what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Message] = []

    def post_message(self, message: Message) -> bool:
        self.told.append(message)
        return True


@pytest.fixture
async def driver(monkeypatch: pytest.MonkeyPatch) -> PageDriver:
    reading, writing = os.pipe()
    monkeypatch.setattr(sys, "__stdout__", os.fdopen(writing, "w"))
    monkeypatch.setattr(sys, "__stdin__", os.fdopen(reading))
    return PageDriver(Noted())


async def test_a_size_is_believed_up_to_a_limit(driver: PageDriver) -> None:
    for width, height in ((100, 30), (10**9, 10**9), (0, -5), ("9", None)):
        driver.on_meta("resize", {"width": width, "height": height})
    sizes = [message.size for message in driver._app.told if isinstance(message, Resize)]  # type: ignore[attr-defined]
    assert sizes == [(100, 30), (MOST_COLUMNS, MOST_ROWS), (1, 1), (MOST_COLUMNS, MOST_ROWS)]


async def test_a_page_that_quits_ends_the_program(driver: PageDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.terminal.page.Timer", _NeverTimer)
    driver.on_meta("focus", {})
    driver.on_meta("quit", {})
    told = driver._app.told  # type: ignore[attr-defined]
    assert [type(message) for message in told] == [AppFocus, messages.ExitApp]


class _NeverTimer:
    daemon = False

    def __init__(self, *_: object) -> None: ...

    def start(self) -> None: ...


def test_all_is_written_or_nothing_where_nobody_reads() -> None:
    reading, writing = os.pipe()
    assert _write_whole(writing, b"ab") == 2
    assert os.read(reading, 9) == b"ab"
    os.close(reading)
    assert _write_whole(writing, b"abc") == 3
    os.close(writing)


@pytest.mark.slow
@pytest.mark.parametrize("stuck", [False, True])
def test_a_program_whose_other_side_is_gone_ends_even_if_it_is_stuck(stuck: bool) -> None:
    command = (sys.executable, "-c", PROGRAM.format(stuck=stuck))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == b"__GANGLION__\n"
        process.stdout.close()
        process.stdin.close()
        assert process.wait(60) == (1 if stuck else 0)
