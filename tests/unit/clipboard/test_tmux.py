from __future__ import annotations

import os
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tuibrowser.clipboard.tmux import Tmux, look, look_closely

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANSWERS = """\
    display-message) echo 3.3a external 500 ;;
    list-clients) printf '100 /dev/pts/7 1 xterm-256color\\n200 /dev/pts/9 1 screen-256color\\n' ;;
    "show-options -gv allow-passthrough") echo off ;;
    show-messages) printf 'Terminal 0: xterm-256color for /dev/pts/7, flags=0x0:\\n 192: Ms: (string) x\\n'
                   printf 'Terminal 1: screen-256color for /dev/pts/9, flags=0x20:\\n 192: Ms: [missing]\\n' ;;
"""


def fake(folder: Path, answers: str, outer: str = "") -> dict[str, str]:
    """An environment with a tmux that answers so; where `outer` is a socket, it has the pane /dev/pts/9."""
    program = folder / "bin" / "tmux"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\nsocket=$2; shift 2\ncase "$1 $2 $3" in\n'
        f'  "list-panes -a -F") [ "$socket" = "{outer}" ] && echo /dev/pts/9; exit 0 ;;\n'
        f'  "list-clients -F "*) [ "$socket" = "{outer}" ] && echo 1 /dev/pts/1 1 xterm-256color && exit ;;\n'
        'esac\ncase "$1" in show-options) set -- "$*" ;; esac\n'
        f'case "$1" in\n{answers}    *) exit 1 ;;\nesac\n'
    )
    program.chmod(0o755)
    return {"PATH": f"{program.parent}:{os.environ['PATH']}", "TMUX": f"{folder / 'inner'},1,0"}


@pytest.fixture
def outer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A socket in the folder of tmux's sockets."""
    monkeypatch.chdir(tmp_path)  # The path of a socket may not be long.
    with socket.socket(socket.AF_UNIX) as other:
        other.bind("outer")
        yield str(tmp_path / "outer")


def test_outside_tmux_there_is_nothing_to_see() -> None:
    assert look({"PATH": os.environ["PATH"]}) is None
    assert look_closely({"PATH": os.environ["PATH"]}) is None


def test_a_tmux_that_does_not_answer_is_none(tmp_path: Path) -> None:
    environment = fake(tmp_path, "")
    assert look(environment) is None
    assert look_closely(environment) is None


def test_the_terminal_used_last_is_the_one_that_counts(tmp_path: Path) -> None:
    environment = fake(tmp_path, ANSWERS)
    found = look_closely(environment)
    assert found is not None
    assert look(environment) == replace(found, version="", set_clipboard="", passthrough="", escape_time=0)
    assert (found.version, found.set_clipboard, found.passthrough, found.escape_time) == (
        "3.3a",
        "external",
        "off",
        500,
    )
    assert (found.clients, found.terminal, found.takes) == (2, "screen-256color", False)
    assert found.is_nested


def test_a_tmux_that_answers_half_is_taken_for_one_that_works(tmp_path: Path) -> None:
    found = look_closely(fake(tmp_path, "    display-message) echo 3.3a ;;\n"))
    assert found == Tmux("3.3a")


def test_a_copy_asks_tmux_twice(tmp_path: Path) -> None:
    environment = fake(tmp_path, f'    *) echo "$1" >> {tmp_path}/asked ;;\n')
    assert look(environment) == Tmux()
    assert (tmp_path / "asked").read_text().split() == ["list-clients", "show-messages"]


def test_a_tmux_around_it_is_found_by_the_terminal_it_gives(tmp_path: Path, outer: str) -> None:
    found = look(fake(tmp_path, ANSWERS, outer))
    assert found is not None
    assert found.around == (outer,)
    assert found.terminal == "xterm-256color"
    assert found.takes
    assert not found.is_nested


@pytest.mark.parametrize(
    ("version", "number"),
    [("3.3a", (3, 3)), ("2.9", (2, 9)), ("next-3.6", (3, 6)), ("master", (99, 0)), ("openbsd-7.4", (99, 0))],
)
def test_versions_are_numbers(version: str, number: tuple[int, int]) -> None:
    assert Tmux(version).number == number
