from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tuibrowser.userdata.model import Spot
from tuibrowser.userdata.store import UserData

if TYPE_CHECKING:
    from pathlib import Path


def command(state: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_STATE_HOME": str(state), "HOME": str(state)}
    words = (sys.executable, "-m", "tuibrowser", "bookmarks", *arguments)
    return subprocess.run(words, input=typed, capture_output=True, encoding="utf-8", check=False, env=environment)


def test_bookmarks_travel_to_another_machine_and_back(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    data = UserData(here / "tuibrowser" / "state.db")
    kept = data.mark(Spot("/c/講話.txt", "0" * 32, 7), 12, "高質量發展", title="講話", note="可引。")
    data.close()
    for form in ((), ("--json",)):
        exported = command(here, "export", *form)
        assert exported.returncode == 0
        imported = command(there, "import", "-", typed=exported.stdout)
        assert imported.stdout.startswith("1 new" if not form else "0 new")
    (record,) = json.loads(command(there, "export", "--json").stdout)["bookmarks"]
    assert (record["id"], record["note"], record["passage"]) == (kept.id, "可引。", "高質量發展")


def test_without_bookmarks_there_is_nothing_to_export(tmp_path: Path) -> None:
    assert command(tmp_path, "export").returncode == 1


def test_what_is_no_export_is_an_error_in_one_line(tmp_path: Path) -> None:
    for typed, arguments in (("{", ("import", "-")), ("", ("fly",)), ("", ("import",)), ("", ())):
        done = command(tmp_path, *arguments, typed=typed)
        assert done.returncode == 2
        assert done.stderr.startswith("tuibrowser: ")
        assert done.stderr.count("\n") == 1
