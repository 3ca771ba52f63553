from __future__ import annotations

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


def test_a_new_reader_has_nothing_and_nothing_is_made(home: Path) -> None:
    config, state, cache = look_at_folders()
    assert config.healthy
    assert state.healthy
    assert cache.healthy
    assert (state.path, state.state) == (str(home / "state/tuibrowser/state.db"), "not written yet")
    assert list(home.iterdir()) == []


def test_a_sound_state_says_what_it_holds(home: Path) -> None:
    data = UserData(home / "state/tuibrowser/state.db")
    data.mark(Spot("/c/講話.txt", "0" * 32, 7), 12, "高質量發展", title="講話")
    data.close()
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
