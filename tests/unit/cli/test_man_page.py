from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tuibrowser.cli.line.commands import COMMANDS as SHELL_COMMANDS
from tuibrowser.settings.commands import COMMANDS

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "man" / "tuibrowser.1"


def build_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_man_page", ROOT / "scripts" / "build_man_page.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def test_the_page_is_that_of_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == build_script().page()


def test_nothing_is_taken_for_a_request_of_roff() -> None:
    script = build_script()
    assert script.escaped(".TH it's ~/a-b\\c") == "\\&.TH it\\(aqs \\(ti/a\\-b\\ec"


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_groff_sets_every_command_and_key_without_a_warning() -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Kutf8", "-Tutf8", "-P-cbou", "-rLL=1000n", str(PAGE)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    text = " ".join(done.stdout.replace("‐\n", "").split())
    assert [name for name in SHELL_COMMANDS if f" {name} tuibrowser {name}" not in text] == []
    assert [command.id for command in COMMANDS if " ".join(command.help.split()) not in text] == []
