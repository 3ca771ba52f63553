from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from e2e.forking import forks
from tuibrowser.userdata.exchange import to_markdown
from tuibrowser.userdata.model import Bookmark, Spot
from tuibrowser.userdata.store import UserData

if TYPE_CHECKING:
    from pathlib import Path


def command(state: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_STATE_HOME": str(state), "HOME": str(state)}
    done = forks().run(("bookmarks", *arguments), environment, typed.encode())
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


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


def test_an_export_leaves_no_file_where_none_was(tmp_path: Path) -> None:
    command(tmp_path, "export")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
@pytest.mark.parametrize("from_file", [True, False])
def test_an_import_takes_a_byte_order_mark_in_any_locale(tmp_path: Path, locale: str, from_file: bool) -> None:
    mark = Bookmark("1", Spot("/c/講話.txt", "0" * 32, 7), 12, "高質量", "講話", note="可引。")
    given = b"\xef\xbb\xbf" + to_markdown([mark]).replace("\n", "\r\n").encode()
    (tmp_path / "marks.md").write_bytes(given)
    operand = str(tmp_path / "marks.md") if from_file else "-"
    words = (sys.executable, "-m", "tuibrowser", "bookmarks", "import", operand)
    # Without UTF-8 mode Python decodes standard input as the locale says.
    variables = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "LC_ALL": locale, "PYTHONUTF8": "0"}
    variables["PYTHONCOERCECLOCALE"] = "0"
    done = subprocess.run(words, input=given, capture_output=True, check=False, env=variables)
    assert done.stdout == b"1 new, 0 replaced, 0 known already\n"
    (record,) = json.loads(command(tmp_path, "export", "--json").stdout)["bookmarks"]
    assert (record["title"], record["passage"], record["note"]) == ("講話", "高質量", "可引。")


def test_a_closed_standard_input_is_an_error_in_one_line(tmp_path: Path) -> None:
    line = f"{shlex.quote(sys.executable)} -m tuibrowser bookmarks import - <&-"
    variables = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    done = subprocess.run(("sh", "-c", line), capture_output=True, encoding="utf-8", check=False, env=variables)
    assert (done.returncode, done.stderr) == (2, "tuibrowser: standard input is closed\n")


def test_what_is_no_export_is_an_error_in_one_line(tmp_path: Path) -> None:
    for typed, arguments in (("{", ("import", "-")), ("", ("fly",)), ("", ("import",)), ("", ())):
        done = command(tmp_path, *arguments, typed=typed)
        assert done.returncode == 2
        assert done.stderr.startswith("tuibrowser: ")
        assert done.stderr.count("\n") == 1
