from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest

from tuibrowser.search.index import checks
from tuibrowser.search.index.checks import CHECKED, every_measured, fault

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["a.npy", "b.npy"]


@pytest.fixture
def generation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files that were written some time ago, on a machine that has a name for the time since it was started."""
    monkeypatch.setattr(checks, "_UNSETTLED", -60_000_000_000)
    boot = tmp_path / "boot"
    boot.write_text("first\n")
    monkeypatch.setattr(checks, "_BOOT", boot)
    folder = tmp_path / "g0"
    folder.mkdir()
    for name in NAMES:
        folder.joinpath(name).write_bytes(name.encode() * 9)
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose checksums were computed."""
    names: list[str] = []
    original = checks.measured

    def noting(path: Path) -> tuple[int, int]:
        names.append(path.name)
        return original(path)

    monkeypatch.setattr(checks, "measured", noting)
    return names


def test_what_was_written_just_now_need_not_be_read_again(generation: Path, read: list[str]) -> None:
    files = every_measured(generation, NAMES)
    read.clear()
    assert fault(generation, files, note=False) == ""
    assert not read


def test_what_was_found_whole_is_not_read_again_until_the_machine_is_started(
    generation: Path, read: list[str], tmp_path: Path
) -> None:
    files = every_measured(generation, NAMES)
    for boot in ("second", "third"):
        (tmp_path / "boot").write_text(boot)
        read.clear()
        assert fault(generation, files, note=True) == ""
        assert sorted(read) == NAMES
        assert fault(generation, files, note=True) == ""
        assert sorted(read) == NAMES


def test_nothing_is_noted_unless_asked_for(generation: Path, read: list[str]) -> None:
    files = every_measured(generation, NAMES)
    (generation / CHECKED).unlink()
    assert fault(generation, files, note=False) == ""
    assert not (generation / CHECKED).exists()


@pytest.mark.parametrize("time_kept", [False, True])
def test_a_file_that_was_changed_is_noticed(generation: Path, time_kept: bool) -> None:
    files, path = every_measured(generation, NAMES), generation / NAMES[0]
    was = path.stat()
    time.sleep(0.01)
    path.write_bytes(b"x" * was.st_size)
    if time_kept:
        os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert fault(generation, files, note=True) == f"is damaged ({NAMES[0]} was changed)"


def test_a_file_that_changed_just_now_proves_nothing(
    generation: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "_UNSETTLED", 60_000_000_000)
    files = every_measured(generation, NAMES)
    read.clear()
    assert fault(generation, files, note=True) == ""
    assert sorted(read) == NAMES


def test_where_a_start_of_the_machine_has_no_name_all_is_read(
    generation: Path, read: list[str], tmp_path: Path
) -> None:
    (tmp_path / "boot").unlink()
    files = every_measured(generation, NAMES)
    read.clear()
    assert fault(generation, files, note=True) == ""
    assert sorted(read) == NAMES


@pytest.mark.parametrize("noted", ["", "[]", "{", '{"boot": "first"}', '{"boot": "first", "files": [1]}'])
def test_a_spoiled_note_is_as_good_as_none(generation: Path, read: list[str], noted: str) -> None:
    files = every_measured(generation, NAMES)
    (generation / CHECKED).write_text(noted)
    read.clear()
    assert fault(generation, files, note=True) == ""
    assert sorted(read) == NAMES
    assert sorted(json.loads((generation / CHECKED).read_text())["files"]) == NAMES


def test_a_folder_in_the_place_of_a_file_is_no_file(generation: Path) -> None:
    files, path = every_measured(generation, NAMES), generation / NAMES[0]
    path.unlink()
    path.mkdir()
    with pytest.raises(OSError, match="is a directory"):
        fault(generation, files, note=True)
