"""A reader that is killed leaves a terminal in order, and a word on why."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from e2e.harness import APP, ENTER_ALTERNATE, LEAVE_ALTERNATE, SHOW_CURSOR, Terminal, until

SHELL = ("bash", "--norc", "--noprofile", "-i")

CUT_SHORT = """
import mmap, os, sys, tempfile
from tuibrowser.tui.app import BrowserApp
from tuibrowser.__main__ import main
file = tempfile.TemporaryFile()
file.write(bytes(1 << 20))
file.flush()
mapped = mmap.mmap(file.fileno(), 1 << 20, prot=mmap.PROT_READ)
def read(self):
    os.ftruncate(file.fileno(), 0)
    mapped[1 << 19]
BrowserApp.on_ready = lambda self: self.set_timer(1.0, lambda: read(self))
sys.argv[1:] = [{path!r}]
sys.exit(main())
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "秋水.txt"
    path.write_text("秋水\n\n第1段，百川灌河。\n", encoding="utf-8")
    return path


def children(process: int) -> list[int]:
    return [int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def modes(shell: Terminal) -> int:
    """The local modes of the terminal."""
    return int(termios.tcgetattr(shell._master)[3])


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (signal.SIGKILL, "tuibrowser: killed"),
        (signal.SIGSEGV, "tuibrowser: ended by a crash"),
        (signal.SIGBUS, "tuibrowser: ended by a bus error"),
        (signal.SIGUSR1, "tuibrowser: killed"),
    ],
)
def test_whatever_kills_the_reader_the_shell_has_its_terminal(
    variables: dict[str, str], file: Path, number: signal.Signals, said: str
) -> None:
    with Terminal(SHELL, {**variables, "PS1": "PROMPT> "}) as shell:
        shell.wait_for("PROMPT>")
        shell.send(f"'{APP[0]}' -m tuibrowser '{file}'\r")
        shell.wait_for("第1段")
        [reader] = children(shell.process.pid)
        os.kill(reader, number)
        until(lambda: said.encode() in shell.received, lambda: shell.display)
        received = shell.received
        assert received.rfind(LEAVE_ALTERNATE) > received.rfind(ENTER_ALTERNATE)
        assert received.rfind(SHOW_CURSOR) > received.rfind(LEAVE_ALTERNATE)
        assert received.rfind(b"\x1b[?1003l") > received.rfind(b"1003;1006h")
        shell.send("echo status $?.\r")
        shell.wait_for(f"status {128 + number}.")


def test_a_mapped_file_that_is_cut_short_is_named(variables: dict[str, str], file: Path) -> None:
    command = (sys.executable, "-c", CUT_SHORT.format(path=str(file)))
    with Terminal(("sh", "-c", 'trap "" HUP; "$@"; stty -a; sleep 1', "sh", *command), variables) as terminal:
        until(lambda: b"cut short" in terminal.received, lambda: terminal.display)
        assert terminal.received.rfind(LEAVE_ALTERNATE) > terminal.received.rfind(ENTER_ALTERNATE)
        until(lambda: modes(terminal) & termios.ICANON != 0, lambda: "the terminal is raw")


def test_a_reader_that_is_stopped_and_killed_leaves_the_shell_alone(variables: dict[str, str], file: Path) -> None:
    with Terminal(SHELL, {**variables, "PS1": "PROMPT> "}) as shell:
        shell.wait_for("PROMPT>")
        shell.send(f"'{APP[0]}' -m tuibrowser '{file}'\r")
        shell.wait_for("第1段")
        shell.send("\x1a")
        shell.wait_for("Stopped")
        [reader] = children(shell.process.pid)
        before = len(shell.received)
        os.kill(reader, signal.SIGKILL)
        time.sleep(0.5)
        assert b"\x1b[?1049l" not in shell.received[before:]


def test_the_guard_ends_with_the_reader(variables: dict[str, str], file: Path) -> None:
    with Terminal((*APP, str(file)), variables) as terminal:
        terminal.wait_for("第1段")
        guards = children(terminal.process.pid)
        assert guards
        terminal.send("q")
        assert terminal.wait() == 0
        until(lambda: not any(Path(f"/proc/{each}").exists() for each in guards), lambda: "it stays")
        assert b"killed" not in terminal.received


def test_commands_for_the_shell_have_no_guard(variables: dict[str, str], file: Path) -> None:
    code = (
        "import sys; from tuibrowser.cli.run import run; run(['--version'])\n"
        "print('tuibrowser.host.guard' in sys.modules)"
    )
    done = subprocess.run((sys.executable, "-c", code), env=variables, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
