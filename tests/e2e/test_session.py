"""A session in a real terminal: it starts, reads, copies, ends, and leaves the terminal as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from e2e.harness import (
    APP,
    ENTER_ALTERNATE,
    HIDE_CURSOR,
    LEAVE_ALTERNATE,
    SHOW_CURSOR,
    Terminal,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from e2e.harness import Sshd, Tmux

FIRST = "以高質量黨建引領高質量發展，是新時代機關黨建的要求。"
SECOND = "各單位要對照要求，認真落實。"
TEXT = f"講話\n\n一、引領\n\n{FIRST}\n\n二、落實\n\n{SECOND}\n"
MOUSE_OFF = b"\x1b[?1000l"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "講話.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def reader(variables: dict[str, str], file: Path) -> Iterator[Terminal]:
    """The program, showing a text."""
    with Terminal((*APP, str(file)), variables) as terminal:
        terminal.wait_for(SECOND)
        yield terminal


def restored(terminal: Terminal) -> None:
    """Assert that the program, now ended, left the main screen, with a cursor and without mouse reports."""
    received = terminal.received
    assert received.rfind(LEAVE_ALTERNATE) > received.rfind(ENTER_ALTERNATE) >= 0
    assert received.rfind(SHOW_CURSOR) > received.rfind(HIDE_CURSOR) >= 0
    assert received.rfind(MOUSE_OFF) > received.rfind(MOUSE_OFF.replace(b"l", b"h"))


def test_q_from_the_text_quits_with_0(reader: Terminal) -> None:
    reader.send("q")
    assert reader.wait() == 0
    restored(reader)


def test_the_seeds_are_opened_without_a_path(variables: dict[str, str]) -> None:
    with Terminal(APP, variables) as terminal:
        terminal.wait_for("政治機關")
        terminal.send("q")
        assert terminal.wait() == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_signals_restore_the_terminal(reader: Terminal, number: signal.Signals, status: int) -> None:
    reader.signal(number)
    assert reader.wait() == status
    restored(reader)


def test_a_lost_connection_ends_the_program(reader: Terminal) -> None:
    reader.hang_up()
    assert reader.wait() == 129


def test_a_crash_of_a_worker_restores_the_terminal_and_is_no_success(variables: dict[str, str], file: Path) -> None:
    crashing = (
        "import sys\n"
        "from tuibrowser.tui.app import BrowserApp\n"
        "from tuibrowser.__main__ import main\n"
        "async def crash(self): raise RuntimeError('boom')\n"
        "BrowserApp.crash = crash\n"
        "BrowserApp.on_ready = lambda self: self.set_timer(0.5, lambda: self.run_worker(self.crash()))\n"
        f"sys.argv[1:] = [{str(file)!r}]\n"
        "sys.exit(main())"
    )
    with Terminal((sys.executable, "-c", crashing), variables) as terminal:
        status = terminal.wait()
        assert status not in {0, 129, 143}
        restored(terminal)
        assert "boom" in terminal.display


def test_nothing_is_printed_to_stderr(variables: dict[str, str], file: Path, tmp_path: Path) -> None:
    log = tmp_path / "stderr"
    command = f'exec "$@" 2>"{log}"'
    with Terminal(("sh", "-c", command, "sh", *APP, str(file)), variables) as terminal:
        terminal.wait_for(SECOND)
        for keys, shown in (("t", "简体"), ("y", "characters sent to"), ("/", "everywhere"), ("fz", "initials")):
            terminal.send(keys)
            terminal.wait_for(shown)
        terminal.send("\x03")
        until(lambda: "everywhere" not in terminal.display, lambda: terminal.display)
        terminal.send("q")
        assert terminal.wait() == 0
    assert log.read_bytes() == b""


def test_y_reaches_the_terminal_and_says_so(reader: Terminal) -> None:
    reader.send("G")
    reader.send("y")
    reader.wait_for("characters sent to the terminal")
    assert len(reader.clipboards) == 1
    assert reader.clipboards[0] in TEXT


def test_y_says_in_which_script_the_passage_is(reader: Terminal) -> None:
    reader.send("t")
    reader.wait_for("繁→简")
    reader.send("y")
    reader.wait_for("as shown: 繁→简")


def test_y_in_tmux_reaches_its_buffer_and_the_terminal_outside(tmux: Tmux, file: Path) -> None:
    with tmux.attach() as outer:
        tmux.type(f"'{APP[0]}' -m tuibrowser '{file}'; echo ended with $?")
        tmux.send("Enter")
        tmux.wait_for(SECOND)
        tmux.send("y")
        tmux.wait_for("sent to tmux")
        assert tmux.buffer
        assert tmux.buffer in TEXT
        outer.wait_for_clipboard(tmux.buffer)
        tmux.send("q")
        tmux.wait_for("ended with 0")


def test_y_through_ssh_reaches_the_near_end(sshd: Sshd, variables: dict[str, str], file: Path) -> None:
    with sshd.connect((*APP, str(file)), variables) as terminal:
        terminal.wait_for(SECOND)
        terminal.send("y")
        terminal.wait_for("sent to the terminal")
        assert terminal.clipboards[0] in TEXT
        terminal.send("q")
        assert terminal.wait() == 0


def test_ctrl_z_suspends_and_fg_resumes(tmux: Tmux, file: Path) -> None:
    tmux.type(f"'{APP[0]}' -m tuibrowser '{file}'")
    tmux.send("Enter")
    tmux.wait_for(SECOND)
    tmux.send("C-z")
    tmux.wait_for("Stopped")
    assert SECOND not in tmux.display
    tmux.type("fg; echo ended with $?")
    tmux.send("Enter")
    tmux.wait_for(SECOND)
    tmux.send("t")
    tmux.wait_for("各单位要对照要求")
    tmux.send("q")
    tmux.wait_for("ended with 0")


def complaint(variables: dict[str, str], *arguments: str, terminal: bool = True) -> str:
    """The one line the program refuses to start with."""
    if not terminal:
        done = subprocess.run(
            (*APP, *arguments), env=variables, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        assert done.returncode == 2
        assert done.stdout == ""
        return done.stderr
    with Terminal((*APP, *arguments), variables, (200, 24)) as screen:
        assert screen.wait() == 2
        assert ENTER_ALTERNATE not in screen.received
        return screen.received.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"TERM": "dumb"}, "TERM is dumb"),
        ({"TERM": ""}, "TERM is not set"),
        ({"LC_ALL": "C"}, "encoding is ascii, not UTF-8"),
        ({"LC_ALL": "zh_CN.GB18030"}, "encoding is gb18030, not UTF-8"),
    ],
)
def test_an_unfit_terminal_is_told_in_one_line(
    variables: dict[str, str], file: Path, more: dict[str, str], said: str
) -> None:
    line = complaint({**variables, **more}, str(file))
    assert line.startswith("tuibrowser: ")
    assert said in line
    assert line.count("\n") == 1


def test_a_pipe_is_told_in_one_line(variables: dict[str, str], file: Path) -> None:
    line = complaint(variables, str(file), terminal=False)
    assert line.startswith("tuibrowser: standard output is not a terminal")
    assert line.count("\n") == 1


def test_a_missing_file_is_told_in_one_line(variables: dict[str, str]) -> None:
    line = complaint(variables, "no-such-file")
    assert line.startswith("tuibrowser: ")
    assert "no-such-file" in line
    assert line.count("\n") == 1


def test_standard_input_is_read_and_keys_still_come_from_the_terminal(variables: dict[str, str], file: Path) -> None:
    command = f"cat '{file}' | '{APP[0]}' -m tuibrowser -; echo ended with $?"
    with Terminal(("sh", "-c", command), variables) as terminal:
        terminal.wait_for(SECOND)
        terminal.send("q")
        terminal.wait_for("ended with 0")


def test_a_small_terminal_is_usable_and_a_tiny_one_no_crash(reader: Terminal) -> None:
    for size in ((60, 18), (40, 10), (20, 5), (120, 40)):
        reader.resize(size)
        os.kill(reader.process.pid, signal.SIGWINCH)
    until(lambda: SECOND in reader.display, lambda: reader.display)
    reader.send("q")
    assert reader.wait() == 0


def test_an_idle_program_sends_nothing(reader: Terminal) -> None:
    until(lambda: reader.quiet_for() > 0.5, lambda: "the program does not stop writing")
    received = len(reader.received)
    until(lambda: reader.quiet_for() > 1.5, lambda: "the program writes while idle")
    assert len(reader.received) == received
