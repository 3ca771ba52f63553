"""Texts that come through pipes, with keys from the terminal, in a real tmux; and in the commands of the shell."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from e2e.harness import APP, until

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.harness import Tmux

pytestmark = pytest.mark.slow

COMMAND = " ".join(f"'{word}'" for word in APP)
SECOND = "末行方至。"
TEXT = "澗水清而淺。"


@pytest.mark.parametrize(
    "line",
    [
        "printf '澗記\\n\\n%s\\n' 澗水清而淺。 | {app} -",
        "printf '澗記\\n\\n%s\\n' 澗水清而淺。 | {app} /dev/stdin",
        "{app} /dev/stdin < {file}",
        "{app} <(cat {file})",
        "echo {file} | xargs {app}",
        "mkfifo {file}.p; cat {file} > {file}.p & {app} {file}.p",
    ],
)
def test_keys_come_from_the_terminal(tmux: Tmux, tmp_path: Path, line: str) -> None:
    file = tmp_path / "澗.txt"
    file.write_text(f"澗記\n\n{TEXT}\n", encoding="utf-8")
    tmux.type(line.format(app=COMMAND, file=file) + "; echo ended $?")
    tmux.send("Enter")
    tmux.wait_for("repaired")
    tmux.wait_for(TEXT)
    tmux.send("2", "G", "y")
    tmux.wait_for("sent to tmux")
    assert tmux.buffer == TEXT
    tmux.send("q")
    tmux.wait_for("ended 0")


def test_an_input_that_goes_on_is_shown_and_read_further(tmux: Tmux, tmp_path: Path) -> None:
    rest = tmp_path / "rest"
    os.mkfifo(rest)
    tmux.type(f"(echo 首行已至。; cat {rest}) | {COMMAND} -; echo ended $?")
    tmux.send("Enter")
    tmux.wait_for("the input goes on")
    tmux.wait_for("首行已至")

    def reads_on() -> bool:
        tmux.send("R")
        return SECOND in tmux.display

    with rest.open("w", encoding="utf-8") as far:
        assert not reads_on()
        far.write(f"\n{SECOND}\n")
        far.flush()
        until(reads_on, lambda: tmux.display)
        tmux.send("q")


def test_the_commands_of_the_shell_read_pipes(variables: dict[str, str]) -> None:
    if not (bash := shutil.which("bash")):
        pytest.skip("bash is not installed")
    for command in ("show <(echo 澗水清而淺。)", "search 澗水 <(echo 澗水清而淺。) <(echo 他文無涉。)"):
        done = subprocess.run(
            [bash, "-c", f"{COMMAND} {command}"], env=variables, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
        assert TEXT in done.stdout
