"""The palette finds every command by its English name and, in Chinese, by its characters, pinyin and initials."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.hanzi.fold import fold
from tuibrowser.hanzi.readings import syllables_of
from tuibrowser.language import i18n
from tuibrowser.language.i18n import LANGUAGES, SIMPLIFIED, TRADITIONAL, catalogue, plain, shown
from tuibrowser.settings.commands import COMMANDS
from tuibrowser.tui.dialogs.palette import QUIT, command_finder
from tuibrowser.tui.dialogs.picker import Option, among

if TYPE_CHECKING:
    from tuibrowser.settings.commands import Command

LISTED = [*(command for command in COMMANDS if command.listed and command.id != "palette"), QUIT]
WIDEST_NAME = 20
LONGEST_WAIT = 0.05
"""Seconds for what a letter typed makes the palette look for, once it has looked for another."""


@pytest.fixture(params=[SIMPLIFIED, TRADITIONAL])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    language: str = request.param
    monkeypatch.setattr(i18n._spoken, "catalogue", catalogue(language))
    return language


def found(typed: str) -> list[str]:
    """The ids of the commands that the palette finds, best first."""
    options = command_finder(COMMANDS)(typed, lambda: False)
    return [option.choice.command.id for option in options if option.choice.command is not None]


def pinyin(name: str) -> list[str]:
    """A reading of each Chinese character of a name."""
    readings = (syllables_of(identity) for identity in fold(name).tolist())
    return [min(each) for each in readings if each]


def only_chinese(name: str) -> str:
    """A name without letters and punctuation, as in 复制诊断（doctor）."""
    return "".join(character for character in name if character >= "\u2e80" and character.isalnum())


@pytest.mark.parametrize("chosen", LANGUAGES)
def test_every_command_is_listed_before_anything_is_typed(chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n._spoken, "catalogue", catalogue(chosen))
    assert sorted(found("")) == sorted(command.id for command in LISTED)


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("command", LISTED, ids=lambda command: command.id)
def test_a_command_is_found_by_every_name_it_has(command: Command) -> None:
    name = only_chinese(shown(command.name))
    syllables = pinyin(name)
    assert len(name) == len(syllables) > 1, "its name is Chinese, and every character has a reading"
    for typed in (name, "".join(syllables), "".join(syllable[0] for syllable in syllables)):
        assert command.id in found(typed)[:4], typed
    if command is not QUIT:
        assert command.id in found(str(command.name)), "by its English name"
        assert command.id in found(command.id), "by its id"


@pytest.mark.usefixtures("language")
def test_what_begins_so_comes_before_what_holds_it_and_that_before_what_is_like_it() -> None:
    assert found("fz")[:3] == ["copy", "cite", "copy-as"]
    assert found("copy")[:3] == ["copy", "cite", "copy-as"]
    assert found("zt")[0] == "theme"
    assert found("theme")[0] == "theme"
    assert found("xiayiy")[0] == "page-down"
    assert found("dagang")[:2] == ["switch", "outline"]


def test_the_other_script_and_a_name_half_remembered_are_understood(language: str) -> None:
    assert found("複製" if language == SIMPLIFIED else "复制")[:3] == ["copy", "cite", "copy-as"]
    assert found("下页")[0] == "page-down"


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("typed", ["q", "quit", "wq"])
def test_what_vi_users_type_quits(typed: str) -> None:
    assert found(typed)[0] == "leave"


@pytest.mark.usefixtures("language")
def test_the_whole_name_of_quitting_quits() -> None:
    name = shown(QUIT.name)
    assert found(name)[0] == found("".join(pinyin(name)))[0] == "leave"


def test_a_number_is_a_line(language: str) -> None:
    (option,) = command_finder(COMMANDS)("120", lambda: False)
    assert option.choice.line == 120
    assert shown(option.label) == "跳到第 120 行"
    assert option.label == "Go to line 120"


@pytest.mark.usefixtures("language")
def test_names_are_short_enough_for_a_row() -> None:
    assert [shown(command.name) for command in LISTED if cell_width(shown(command.name)) > WIDEST_NAME] == []


def seconds(typed: str) -> float:
    start = time.process_time()
    found(typed)
    return time.process_time() - start


@pytest.mark.usefixtures("language")
def test_a_letter_is_answered_at_once() -> None:
    found("a")
    for typed in ("f", "fz", "fuzhi", "複製", "x" * 100):
        assert min(seconds(typed) for _ in range(5)) < LONGEST_WAIT, typed


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("typed", ["dark", "shense", "ss", "深色", "nord", ""])
def test_options_are_found_by_what_is_shown_of_them_and_by_their_english(typed: str) -> None:
    options = [Option(1, "nord", plain("dark")), Option(2, "paper", plain("light"))]
    assert 1 in [option.choice for option in among(options)(typed, lambda: False)]
    assert [option.choice for option in among(options)("qs", lambda: False)] == [2]
