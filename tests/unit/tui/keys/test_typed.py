from __future__ import annotations

from textual import events

from tuibrowser.tui.keys.typed import apart, as_command, half_width


def test_full_width_letters_and_marks_are_their_half_width_ones() -> None:
    assert [half_width(c) for c in "ｊＧ／？：｛５＊　、。《【"] == list("jG/?:{5* /.<[")


def test_ideographs_stay_themselves() -> None:
    assert half_width("高") == "高"


def test_a_full_width_key_does_what_the_half_width_one_does() -> None:
    key = as_command(events.Key("fullwidth_latin_small_letter_j", "ｊ"))
    assert (key.key, key.character) == ("j", "j")
    key = as_command(events.Key("fullwidth_solidus", "／"))
    assert (key.key, key.character) == ("slash", "/")


def test_escape_followed_at_once_by_a_key_is_two_keys() -> None:
    keys = apart(events.Key("alt+j", "j"))
    assert [(key.key, key.character) for key in keys] == [("escape", "\x1b"), ("j", "j")]
    keys = apart(events.Key("alt+slash", None))
    assert [key.key for key in keys] == ["escape", "slash"]


def test_other_keys_stay_one() -> None:
    key = events.Key("ctrl+d", "\x04")
    assert apart(key) == [key]
