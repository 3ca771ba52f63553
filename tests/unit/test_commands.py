from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.commands import COMMANDS, Place, commands_of

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def test_every_command_has_a_name_of_its_own() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(ids) == len(set(ids))


def test_no_two_commands_of_a_place_share_a_key() -> None:
    for place in Place:
        keys = [key for command in commands_of(place) for key in command.keys]
        assert len(keys) == len(set(keys)), place


def test_keys_of_the_reading_pane_and_those_of_everywhere_do_not_clash() -> None:
    reading = {key for command in commands_of(Place.READING) for key in command.keys}
    everywhere = {key for command in commands_of(Place.EVERYWHERE) for key in command.keys}
    assert not reading & everywhere


def update_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update_readme", ROOT / "scripts" / "update_readme.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def test_the_readme_lists_the_keys_of_the_registry() -> None:
    script = update_script()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert script.with_part(readme, "keys", script.key_table()) == readme


def test_the_page_on_configuration_shows_the_file_and_the_preset_of_today() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert update_script().current_configuration(page) == page


def test_the_page_on_configuration_names_every_command() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert [command.id for command in COMMANDS if f"`{command.id}`" not in page] == []
