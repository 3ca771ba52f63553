"""Between the program and a shell: background, stopping, going on, and what the terminal still says at the end."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from e2e.harness import APP, ENTER_ALTERNATE, LEAVE_ALTERNATE, Terminal, until

if TYPE_CHECKING:
    from collections.abc import Iterator

SHELL = ("bash", "--norc", "--noprofile", "-i")
TEXT = "秋水\n\n" + "\n\n".join(f"第{number}段，百川灌河。" for number in range(1, 81)) + "\n"
FIRST, LAST = "第1段", "第80段"


@pytest.fixture
def command(tmp_path: Path) -> str:
    path = tmp_path / "秋水.txt"
    path.write_text(TEXT, encoding="utf-8")
    return f"'{APP[0]}' -m tuibrowser '{path}'"


@pytest.fixture
def shell(variables: dict[str, str]) -> Iterator[Terminal]:
    with Terminal(SHELL, {**variables, "PS1": "PROMPT> "}) as terminal:
        terminal.wait_for("PROMPT>")
        yield terminal


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    return [int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def works(shell: Terminal) -> None:
    """The program is on the screen and does what keys ask for."""
    shell.wait_for(FIRST)
    shell.send("G")
    shell.wait_for(LAST)


def ends(shell: Terminal) -> None:
    """`q` gives back a terminal in which the shell echoes and edits."""
    shell.send("q")
    until(lambda: shell.received.rfind(LEAVE_ALTERNATE) > shell.received.rfind(ENTER_ALTERNATE), lambda: shell.display)
    shell.send("echo status $?.\r")
    shell.wait_for("status 0.")


def test_a_start_in_the_background_waits_for_fg(shell: Terminal, command: str) -> None:
    shell.send(f"{command} &\r")
    end = time.monotonic() + 30
    while "Stopped" not in shell.display and time.monotonic() < end:
        time.sleep(0.5)
        shell.send("\r")
    assert ENTER_ALTERNATE not in shell.received
    shell.send("fg\r")
    works(shell)
    ends(shell)


def test_ctrl_z_bg_and_fg(shell: Terminal, command: str) -> None:
    shell.send(f"{command}\r")
    shell.wait_for(FIRST)
    shell.send("\x1a")
    shell.wait_for("Stopped")
    shell.send("bg\r")
    time.sleep(0.3)
    assert shell.received.count(ENTER_ALTERNATE) == 1
    shell.send("fg\r")
    until(lambda: shell.received.count(ENTER_ALTERNATE) == 2, lambda: shell.display)
    works(shell)
    ends(shell)


def test_ctrl_z_stops_a_script_around_the_program_too(shell: Terminal, command: str) -> None:
    shell.send(f'sh -c "{command}; echo after"\r')
    shell.wait_for(FIRST)
    shell.send("\x1a")
    shell.wait_for("Stopped")
    shell.send("fg\r")
    until(lambda: shell.received.count(ENTER_ALTERNATE) == 2, lambda: shell.display)
    works(shell)
    shell.send("q")
    shell.wait_for("after")


def test_a_stop_from_outside_and_fg_draw_all_again(shell: Terminal, command: str) -> None:
    shell.send(f"{command}\r")
    shell.wait_for(FIRST)
    [program] = children(shell.process.pid)
    os.kill(program, signal.SIGSTOP)
    until(lambda: b"Stopped" in shell.received, lambda: shell.display)
    shell.send("echo scribble; fg\r")
    until(lambda: shell.received.count(ENTER_ALTERNATE) == 2, lambda: shell.display)
    works(shell)
    ends(shell)


def test_going_on_without_a_stop_changes_nothing(shell: Terminal, command: str) -> None:
    shell.send(f"{command}\r")
    shell.wait_for(FIRST)
    until(lambda: shell.quiet_for() > 0.5, lambda: "it never rests")
    before = shell.display
    [program] = children(shell.process.pid)
    os.kill(program, signal.SIGCONT)
    until(lambda: shell.received.count(ENTER_ALTERNATE) == 2 and shell.display == before, lambda: shell.display)
    works(shell)
    ends(shell)


def test_ctrl_z_without_job_control_does_nothing_and_says_so(variables: dict[str, str], command: str) -> None:
    with Terminal(("sh", "-c", f"exec {command}"), variables) as terminal:
        terminal.wait_for(FIRST)
        terminal.send("\x1a")
        terminal.wait_for("nobody could bring the program back")
        terminal.send("G")
        terminal.wait_for(LAST)
        assert terminal.received.count(ENTER_ALTERNATE) == 1
        terminal.signal(signal.SIGTSTP)
        terminal.send("g")
        terminal.wait_for(FIRST)


@pytest.mark.parametrize("distance", [0.1, 0.6, 1.5])
@pytest.mark.parametrize("key", ["q", "\x1a"])
def test_nothing_that_is_under_way_reaches_the_shell(
    variables: dict[str, str], command: str, distance: float, key: str
) -> None:
    with FarTerminal(SHELL, {**variables, "PS1": "PROMPT> "}, distance=distance) as shell:
        shell.wait_for("PROMPT>")
        shell.send(f"{command}\r")
        shell.wait_for(FIRST)
        time.sleep(0.3)
        shell.send(key)
        shell.wait_for("PROMPT>")
        time.sleep(distance + 0.3)
        rest = shell.received[shell.received.rfind(LEAVE_ALTERNATE) :]
        assert shell.moves
        assert not any(sign in rest for sign in (b"^[", b"<35;", b";1R", b"35M"))


class FarTerminal(Terminal):
    """A terminal some way off, over which the mouse is being moved."""

    moves = 0

    def _answer(self) -> None:
        received = self.received
        asked, ended = received.rfind(b"1003;1006h"), received.rfind(b"\x1b[?1003l")
        if asked > ended and self._distance is not None:
            self.moves += 1
            self._answers.append((time.monotonic() + self._distance, b"\x1b[<35;20;12M"))
        super()._answer()


def test_exported_columns_and_lines_do_not_fix_the_size(variables: dict[str, str], command: str) -> None:
    more = {**variables, "COLUMNS": "60", "LINES": "12"}
    with Terminal(("sh", "-c", f"exec {command}"), more, (100, 30)) as terminal:
        until(lambda: "¶1/" in terminal.display.split("\n")[29], lambda: terminal.display)
        terminal.resize((90, 20))
        os.kill(terminal.process.pid, signal.SIGWINCH)
        until(lambda: "¶1/" in terminal.display.split("\n")[19], lambda: terminal.display)


def test_answers_for_an_editor_that_has_ended_are_no_commands(
    variables: dict[str, str], command: str, tmp_path: Path
) -> None:
    editor = tmp_path / "asks"
    editor.write_text("#!/bin/sh\nprintf 'asked'\n")
    editor.chmod(0o755)
    with Terminal(("sh", "-c", f"exec {command}"), {**variables, "EDITOR": str(editor)}) as terminal:
        terminal.wait_for(FIRST)
        terminal.send("E")
        until(lambda: terminal.received.count(ENTER_ALTERNATE) == 2, lambda: terminal.display)
        terminal.send("\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\\x1b[?62;22;52c\x1b[>41;380;0c\x1b[?0u")
        terminal.send("5}")
        terminal.wait_for("¶6/")
        assert "means nothing here" not in terminal.display
