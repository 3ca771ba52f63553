from __future__ import annotations

import shutil
import subprocess

import pytest

from tuibrowser.cli.completion import bash, fish, zsh
from tuibrowser.cli.line.commands import COMMANDS, READ, SHELLS

SCRIPTS = {"bash": bash, "zsh": zsh, "fish": fish}

COMPLETE = """
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
compopt() {{ :; }}
_tuibrowser; printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def completed(*words: str) -> list[str]:
    line = " ".join(f"'{word}'" for word in ("tuibrowser", *words))
    script = bash() + COMPLETE.format(words=line)
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=20, check=True, cwd="/")
    return done.stdout.split()


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_has_every_command_and_every_option(shell: str) -> None:
    script = SCRIPTS[shell]()
    for command in (READ, *COMMANDS.values()):
        assert command.name in script
        for option in command.options:
            name = option.name.removeprefix("--")
            assert (f"-l {name} " if shell == "fish" else option.name) in script, (command.name, option.name)
        for operand in command.operands or ():
            assert operand in script


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_takes_the_script(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run(
        [shell, "-n"], input=SCRIPTS[shell](), capture_output=True, text=True, timeout=20, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_offers_what_fits_each_command() -> None:
    assert set(COMMANDS) <= set(completed(""))
    for command in COMMANDS.values():
        names = {option.name for option in command.options}
        assert names <= set(completed(command.name, "--")), command.name
        assert set(command.operands or ()) <= set(completed(command.name, "")), command.name
    assert completed("config", "") == []
    assert completed("show", "--script", "han") == ["hans", "hant"]
