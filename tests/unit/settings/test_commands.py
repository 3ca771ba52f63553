from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.corpus.containers import CONTAINERS
from tuibrowser.corpus.formats import FORMATS
from tuibrowser.settings.commands import COMMANDS, Place, commands_of, first_hour

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]


def test_every_command_has_a_name_of_its_own() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(ids) == len(set(ids))


def test_no_two_commands_of_a_place_share_a_key() -> None:
    for place in {command.place for command in COMMANDS}:
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


def test_the_readme_lists_the_first_keys_of_the_registry_and_the_page_on_keys_all() -> None:
    script = update_script()
    readme, keys = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/keys.md"))
    assert script.current(readme) == readme
    assert script.current_keys(keys) == keys


def test_the_readme_and_the_page_on_formats_list_the_registry_of_today() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert update_script().current_formats(page) == page
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = [*(each.name for each in FORMATS), *(each.name for each in CONTAINERS)]
    assert [name for name in names if name not in readme] == []


def test_ten_keys_are_for_the_first_hour() -> None:
    assert len(first_hour()) == 10
    assert first_hour()[0][0] == ["j", "k", "Space", "b"]


def test_a_picture_fetches_nothing_from_elsewhere() -> None:
    for picture in (ROOT / "docs" / "pictures").glob("*.svg"):
        assert "url(http" not in picture.read_text(encoding="utf-8"), picture.name


def test_the_page_on_configuration_shows_the_file_and_the_preset_of_today() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert update_script().current_configuration(page) == page


def test_the_page_on_configuration_names_every_command() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert [command.id for command in COMMANDS if f"`{command.id}`" not in page] == []
