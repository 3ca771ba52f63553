from __future__ import annotations

import pytest

from tuibrowser.settings.commands import COMMANDS
from tuibrowser.settings.key_names import key_label, key_name
from tuibrowser.settings.keymaps import without_clashes
from tuibrowser.tui.browser.hint import following
from tuibrowser.tui.keys.sequences import Sequences

BOUND = ("j", "z t", "z z", "ctrl+w plus minus")


def typed(*keys: str) -> list[str | None]:
    sequences = Sequences(BOUND)
    return [sequences.take(key, lambda: BOUND) for key in keys]


def test_a_key_by_itself_is_carried_out_at_once() -> None:
    assert typed("j", "x") == ["j", "x"]


def test_a_sequence_is_carried_out_when_it_is_whole() -> None:
    assert typed("z", "t", "j") == [None, "z t", "j"]
    assert typed("ctrl+w", "plus", "minus") == [None, None, "ctrl+w plus minus"]


def test_a_sequence_that_nobody_knows_is_handed_on_as_typed() -> None:
    assert typed("z", "q", "j") == [None, "z q", "j"]


@pytest.mark.parametrize("stop", ["escape", "ctrl+g", "ctrl+c"])
def test_escape_gives_a_sequence_up_and_does_nothing_else(stop: str) -> None:
    assert typed("z", stop, "t") == [None, None, "t"]


def test_no_sequence_begins_where_none_is_bound() -> None:
    sequences = Sequences(BOUND)
    assert sequences.take("z", lambda: ("j",)) == "z"


def test_the_keys_of_a_sequence_are_shown_together() -> None:
    assert key_label("z t") == "zt"
    assert key_label("z greater_than_sign") == "z>"
    assert key_label("ctrl+w plus") == "ctrl+w +"


def test_every_key_of_a_mark_is_shown_as_the_mark() -> None:
    assert [key for command in COMMANDS for key in command.keys if "_" in key_label(key)] == []


@pytest.mark.parametrize(
    ("written", "key"),
    [("zt", "z t"), ("z t", "z t"), ("z>", "z greater_than_sign"), ("up", "up"), ("f1", "f1"), ("↓", "down")],
)
def test_a_sequence_is_written_in_the_file_as_it_is_shown(written: str, key: str) -> None:
    assert key_name(written) == key


def test_a_key_that_begins_a_sequence_is_a_clash() -> None:
    assert without_clashes("vim", {"raw": ("z",)})[1] == [("raw", "z and zt, the key of to-top, begin alike")]
    assert without_clashes("vim", {"raw": ("f x",)})[1] == [("raw", "fx and f, the key of go-to, begin alike")]
    assert without_clashes("vim", {"raw": ("z q",)})[1] == []


def test_the_keys_that_may_follow_are_named() -> None:
    words = following("z", COMMANDS)
    assert words.startswith("z …  ")
    assert "zt Line to the top" in words
    assert following("", COMMANDS) == ""
