"""The clipboard's routes in real tmux, GNU screen and sshd, each with its default settings."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from e2e.harness import COPY_ONCE, Terminal, need, until

if TYPE_CHECKING:
    from e2e.harness import Sshd, Tmux

PASSAGE = "以高質量黨建引領高質量發展。"


def typed(*words: str) -> str:
    return " ".join(f"'{word}'" for word in words)


def kept(variables: dict[str, str]) -> str:
    return (Path(variables["XDG_STATE_HOME"]) / "tuibrowser" / "clipboard.txt").read_text(encoding="utf-8")


def test_a_plain_terminal_gets_osc52_and_a_file_is_kept(variables: dict[str, str]) -> None:
    with Terminal((*COPY_ONCE, PASSAGE), variables) as terminal:
        assert terminal.wait() == 0
        assert terminal.clipboards == [PASSAGE]
        assert "14 characters sent to the terminal" in terminal.display
    assert kept(variables) == PASSAGE


@pytest.mark.parametrize("setting", ["", "off", "on"])
def test_tmux_has_it_in_its_buffer_and_passes_it_on(tmux: Tmux, setting: str) -> None:
    if setting:
        tmux.run("set-option", "-g", "set-clipboard", setting)
    with tmux.attach() as outer:
        tmux.type(typed(*COPY_ONCE, PASSAGE))
        tmux.send("Enter")
        tmux.wait_for("14 characters sent to tmux")
        assert tmux.buffer == PASSAGE
        outer.wait_for_clipboard(PASSAGE)


def test_tmux_carries_a_whole_chapter(tmux: Tmux) -> None:
    with tmux.attach() as outer:
        tmux.type(typed(*COPY_ONCE, PASSAGE, "20000"))
        tmux.send("Enter")
        tmux.wait_for("280,000 characters sent to tmux")
        outer.wait_for_clipboard(PASSAGE * 20_000)


def test_what_is_copied_through_ssh_arrives_at_the_near_end(sshd: Sshd, variables: dict[str, str]) -> None:
    with sshd.connect((*COPY_ONCE, PASSAGE), variables) as terminal:
        terminal.wait_for_clipboard(PASSAGE)
        assert terminal.wait() == 0
        assert "14 characters sent to the terminal" in terminal.display


def test_a_remote_display_is_not_taken_for_the_readers(sshd: Sshd, variables: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "xclip").write_text("#!/bin/sh\ncat > /dev/null\n")
    (folder / "xclip").chmod(0o755)
    far = {**variables, "DISPLAY": ":0", "PATH": f"{folder}:{variables['PATH']}"}
    with sshd.connect((*COPY_ONCE, PASSAGE), far) as terminal:
        terminal.wait_for_clipboard(PASSAGE)


def test_tmux_on_a_remote_machine_passes_it_to_the_near_end(sshd: Sshd, tmux: Tmux, variables: dict[str, str]) -> None:
    with sshd.connect((*tmux.client, "attach", "-t", "main"), {**tmux.variables, "TERM": variables["TERM"]}) as outer:
        until(lambda: bool(tmux.run("list-clients")), lambda: outer.display)
        tmux.type(typed(*COPY_ONCE, PASSAGE))
        tmux.send("Enter")
        outer.wait_for_clipboard(PASSAGE)


@pytest.mark.parametrize("times", [1, 5, 100, 2000])
def test_gnu_screen_passes_every_chunk(variables: dict[str, str], tmp_path: Path, times: int) -> None:
    need("screen")
    folder = tmp_path / "screen"
    folder.mkdir(mode=0o700)
    where = {**variables, "SCREENDIR": str(folder)}
    script = f"{typed(*COPY_ONCE, PASSAGE, str(times))}; read end"
    try:
        with Terminal(("screen", "-U", "-c", "/dev/null", "sh", "-c", script), where) as terminal:
            terminal.wait_for(f"{14 * times:,} characters sent to GNU screen")
            terminal.wait_for_clipboard(PASSAGE * times)
            terminal.send("\r")
            terminal.wait()
    finally:
        subprocess.run(("screen", "-X", "quit"), env=where, capture_output=True, check=False)


def test_tmux_around_a_shell_without_tmuxs_program_still_tries(tmux: Tmux, tmp_path: Path) -> None:
    """A container has tmux around it, and its variables, but not its program or its socket."""
    tmux.run("set-option", "-g", "set-clipboard", "on")
    with tmux.attach() as outer:
        tmux.type(f"PATH={tmp_path} {typed(*COPY_ONCE, PASSAGE)}")
        tmux.send("Enter")
        tmux.wait_for("14 characters sent to the terminal")
        outer.wait_for_clipboard(PASSAGE)


def test_the_message_is_the_only_thing_printed(variables: dict[str, str]) -> None:
    done = subprocess.run((*COPY_ONCE, PASSAGE), env=variables, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert re.fullmatch(r"\x1b\]52;c;[A-Za-z0-9+/=]+\x0714 characters sent to the terminal\n", done.stdout)


@pytest.mark.parametrize("setting", ["on", "external", "off"])
def test_a_tmux_in_a_tmux_reaches_the_terminal_outside_both(tmux: Tmux, setting: str) -> None:
    tmux.run("set-option", "-s", "set-clipboard", setting)
    with tmux.attach() as outer:
        tmux.type("PS1='inner> ' TMUX= tmux -L inner -f /dev/null new-session 'bash --norc --noprofile'")
        tmux.send("Enter")
        try:
            tmux.wait_for("inner>")
            tmux.type(typed(*COPY_ONCE, PASSAGE, "10000"))
            tmux.send("Enter")
            tmux.wait_for("140,000 characters sent to tmux and the tmux around it")
            outer.wait_for_clipboard(PASSAGE * 10_000)
            assert tmux.buffer == PASSAGE * 10_000
        finally:
            subprocess.run(("tmux", "-L", "inner", "kill-server"), env=tmux.variables, check=False)


@pytest.mark.parametrize(("option", "value"), [("set-clipboard", "on"), ("allow-passthrough", "on")])
def test_a_tmux_around_ssh_passes_it_either_way(
    sshd: Sshd, tmux: Tmux, variables: dict[str, str], option: str, value: str
) -> None:
    tmux.run("set-option", "-g", option, value)
    with tmux.attach() as outer:
        tmux.type(shlex.join(sshd.command((*COPY_ONCE, PASSAGE), variables)))
        tmux.send("Enter")
        outer.wait_for_clipboard(PASSAGE)


def test_what_a_tmux_around_ssh_would_lose_is_in_the_file_and_said(sshd: Sshd, variables: dict[str, str]) -> None:
    near = {**variables, "TERM": "tmux-256color"}
    with sshd.connect((*COPY_ONCE, PASSAGE, "20000"), near) as terminal:
        assert terminal.wait() == 0
        assert terminal.clipboards == []
        assert "280,000 characters kept in ~/state/tuibrowser/clipboard.txt" in terminal.display
    assert kept(variables) == PASSAGE * 20_000
