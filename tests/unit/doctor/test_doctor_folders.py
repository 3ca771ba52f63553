from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tuibrowser.doctor.folders import look_at_folders
from tuibrowser.userdata.model import Spot
from tuibrowser.userdata.store import UserData

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folders, of which none is there yet."""
    for name in ("config", "state", "cache"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    return tmp_path


def kept(home: Path) -> Path:
    """A database with one bookmark, closed."""
    path = home / "state/tuibrowser/state.db"
    data = UserData(path)
    data.mark(Spot("/c/講話.txt", "0" * 32, 7), 12, "高質量發展", title="講話")
    data.close()
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """What the files of a folder hold."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_new_reader_has_nothing_and_nothing_is_made(home: Path) -> None:
    config, state, cache = look_at_folders()
    assert config.healthy
    assert state.healthy
    assert cache.healthy
    assert (state.path, state.state) == (str(home / "state/tuibrowser/state.db"), "not written yet")
    assert list(home.iterdir()) == []


def test_a_sound_state_says_what_it_holds(home: Path) -> None:
    kept(home)
    _, state, _ = look_at_folders()
    assert state.state == "sound: 1 bookmark, 0 places"
    assert state.problems == ()


def test_a_damaged_state_is_named_and_left_as_it_is(home: Path) -> None:
    path = home / "state/tuibrowser/state.db"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database" * 1000)
    _, state, _ = look_at_folders()
    assert not state.healthy
    assert "bookmarks and places cannot be read" in state.problems[0].what
    assert "sets the file aside" in state.problems[0].remedy
    assert path.read_bytes() == b"no database" * 1000


def test_a_state_of_a_later_version_is_not_to_be_opened_but_updated_for(home: Path) -> None:
    path = kept(home)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    _, state, _ = look_at_folders()
    assert not state.healthy
    assert (state.problems[0].what, state.problems[0].remedy) == (
        "the file of bookmarks and places is of a later version",
        "update tuibrowser",
    )


def test_a_state_that_is_damaged_within_is_set_aside(home: Path) -> None:
    path = kept(home)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * 4096 + whole[8192:])
    _, state, _ = look_at_folders()
    assert "malformed" in state.problems[0].what
    assert "sets the file aside" in state.problems[0].remedy


def test_a_state_that_cannot_be_opened_is_not_called_damaged(home: Path) -> None:
    path = home / "state/tuibrowser/state.db"
    path.mkdir(parents=True)
    _, state, _ = look_at_folders()
    assert "cannot be read: " in state.problems[0].what
    assert state.problems[0].remedy == f"look at the permissions of {path}"


def test_an_empty_file_is_empty(home: Path) -> None:
    path = home / "state/tuibrowser/state.db"
    path.parent.mkdir(parents=True)
    path.touch()
    _, state, _ = look_at_folders()
    assert (state.healthy, state.state) == (True, "empty")


def test_a_look_leaves_every_file_as_it_is_and_makes_none(home: Path) -> None:
    path = kept(home)
    before = contents(path.parent)
    assert look_at_folders()[1].state == "sound: 1 bookmark, 0 places"
    assert contents(path.parent) == before


def test_a_look_after_a_kill_reads_the_log_and_leaves_it(home: Path) -> None:
    path = kept(home)
    data = UserData(path)
    data.mark(Spot("/c/講話.txt", "0" * 32, 9), 12, "發展", title="講話")
    copied = contents(path.parent)
    data.close()
    for name, content in copied.items():
        path.with_name(name).write_bytes(content)
    assert "state.db-wal" in copied
    assert look_at_folders()[1].state == "sound: 2 bookmarks, 0 places"
    assert contents(path.parent) == copied


def test_mistakes_in_the_config_are_told_with_their_line(home: Path) -> None:
    path = home / "config/tuibrowser/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text("measure = 3\n")
    config, _, _ = look_at_folders()
    assert not config.healthy
    assert "line 1: measure is a whole number" in config.problems[0].what


def test_a_file_in_the_place_of_a_folder_is_named(home: Path) -> None:
    (home / "cache").write_text("")
    _, _, cache = look_at_folders()
    assert not cache.healthy
    assert cache.problems[0].what.startswith(f"{home / 'cache'} is no folder")
