"""The lean driver is taken where it is right."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tuibrowser.terminal import Mode, driver_class, has_mouse
from tuibrowser.terminal.driver import LeanDriver
from tuibrowser.terminal.plain import PlainDriver


def said_of(terminal: str) -> str:
    """What is known of a terminal, in a process of its own: a process looks one terminal up."""
    code = f"from tuibrowser.terminal.asking.abilities import abilities_of; print(abilities_of({terminal!r}))"
    return subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("terminal", ["xterm", "xterm-256color", "screen-256color", "linux", "xterm-of-tomorrow"])
def test_auto_takes_it_on_terminals_that_scroll_and_erase(terminal: str) -> None:
    assert "scroll=True" in said_of(terminal)


@pytest.mark.parametrize("terminal", ["dumb", "vt52", "vt100", "", "no-such-terminal"])
def test_auto_leaves_others_alone(terminal: str) -> None:
    assert said_of(terminal) == "None\n"


def test_auto_asks_for_the_terminal_of_the_environment() -> None:
    assert driver_class("auto", {"TERM": "no-such-terminal"}) is PlainDriver


def test_on_takes_it_on_terminals_nobody_knows() -> None:
    assert driver_class("on", {"TERM": "no-such-terminal"}) is LeanDriver


@pytest.mark.parametrize("mode", ["auto", "on"])
def test_a_driver_named_for_textual_goes_first(mode: Mode) -> None:
    environment = {"TERM": "xterm", "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}
    assert driver_class(mode, environment) is None


def test_off_is_off() -> None:
    assert driver_class("off", {"TERM": "xterm-256color"}) is PlainDriver


def test_screen_does_not_erase_in_colour() -> None:
    assert "colour_erase=False" in said_of("screen-256color")
    assert "colour_erase=True" in said_of("xterm-256color")


def test_no_table_says_that_a_terminal_has_margins() -> None:
    assert "margins=False" in said_of("xterm-256color")


@pytest.mark.parametrize(
    ("mode", "environment", "wanted"),
    [
        ("auto", {"TERM": "xterm-256color"}, True),
        ("auto", {"TERM": "screen", "STY": "1.pts"}, False),
        ("auto", {"TERM": "screen.xterm-256color", "STY": "1.pts", "TMUX": "/tmp/t,1,0"}, False),
        ("auto", {"TERM": "tmux-256color", "STY": "1.pts", "TMUX": "/tmp/t,1,0"}, True),
        ("auto", {"TERM": "screen", "STY": "1.pts", "TMUX": "/tmp/t,1,0"}, True),
        ("auto", {"TERM": "screen", "TMUX": "/tmp/t,1,0"}, True),
        ("on", {"TERM": "screen", "STY": "1.pts"}, True),
        ("off", {"TERM": "xterm-256color"}, False),
    ],
)
def test_the_mouse_is_left_alone_where_it_is_not_wanted(mode: Mode, environment: dict[str, str], wanted: bool) -> None:
    assert has_mouse(mode, environment) is wanted
