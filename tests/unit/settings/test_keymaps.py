from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.settings.commands import COMMANDS, Place
from tuibrowser.settings.config import load
from tuibrowser.settings.keymaps import PRESETS, rebound, without_clashes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_names_commands_and_leaves_none_without_a_key(preset: str) -> None:
    assert set(PRESETS[preset]) <= {command.id for command in COMMANDS}
    assert {command.id for command in rebound(PRESETS[preset]) if not command.keys} == {
        command.id for command in COMMANDS if not command.keys
    }


@pytest.mark.parametrize("preset", PRESETS)
def test_no_two_commands_of_a_place_share_a_key(preset: str) -> None:
    owners: dict[tuple[str, str], str] = {}
    for command in rebound(PRESETS[preset]):
        place = Place.READING if command.place is Place.EVERYWHERE else command.place
        for key in command.keys:
            assert owners.setdefault((place, key), command.id) == command.id, key


@pytest.mark.parametrize(
    ("key", "command"),
    [
        *(("f", "page-down"), ("b", "page-up"), ("space", "page-down"), ("d", "half-page-down")),
        *(("u", "half-page-up"), ("g", "start"), ("G", "end"), ("enter", "line-down"), ("slash", "search")),
        *(("n", "next-hit"), ("N", "previous-hit"), ("h", "help"), ("r", "redraw"), ("v", "editor"), ("q", "quit")),
    ],
)
def test_the_keys_of_less_do_what_they_do_in_less(key: str, command: str) -> None:
    places = {Place.READING, Place.EVERYWHERE}
    assert [each.id for each in rebound(PRESETS["less"]) if each.place in places and key in each.keys] == [command]


def test_bindings_clash_with_the_keys_of_the_preset_that_is_chosen() -> None:
    mine = {"raw": ("f",)}
    assert without_clashes("vim", mine) == ({}, [("raw", "f is the key of go-to")])
    assert without_clashes("less", mine) == ({}, [("raw", "f is the key of page-down")])
    assert without_clashes("less", {"raw": ("r",), "redraw": ("ctrl+l",)})[1] == []


def test_the_file_chooses_a_preset_wherever_the_option_stands(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('preset = "less"\n[keys]\nsearch = ["F"]\nabout = ["I"]\n', encoding="utf-8")
    found = load(path, frozenset, lambda _: {})
    assert found.problems == ("config.toml, line 3: F is the key of go-to",)
    assert found.config.keymap["about"] == ("I",)
    assert found.config.keymap["page-down"][0] == "f"
