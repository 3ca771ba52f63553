from __future__ import annotations

import pytest

from tuibrowser.host.environment import (
    TRUE_COLOUR,
    colours,
    locale_encoding,
    locale_name,
    mosh,
    problem,
    remote,
)

GOOD = {"TERM": "xterm-256color", "LANG": "zh_CN.UTF-8"}


def test_a_usable_terminal_has_no_problem() -> None:
    assert problem(GOOD, output_is_terminal=True) is None


@pytest.mark.parametrize("locale", ["en_US.utf8", "C.UTF-8", "UTF-8", "zh_TW.UTF-8@radical", "zh_TW", ""])
def test_locales_of_todays_terminals_are_fine(locale: str) -> None:
    assert problem({"TERM": "xterm", "LANG": locale}, output_is_terminal=True) is None


@pytest.mark.parametrize(
    ("locale", "encoding"), [("C", "ascii"), ("POSIX", "ascii"), ("zh_CN.GB18030", "gb18030"), ("zh_TW.Big5", "big5")]
)
def test_another_encoding_is_named_with_a_way_out(locale: str, encoding: str) -> None:
    assert locale_encoding({"LC_ALL": locale}) == encoding
    message = problem({"TERM": "xterm", "LC_ALL": locale}, output_is_terminal=True)
    assert message is not None
    assert f"encoding is {encoding}" in message
    assert "LC_ALL=C.UTF-8 tuibrowser" in message


def test_lc_all_overrides_lc_ctype_overrides_lang() -> None:
    assert locale_name({"LANG": "a", "LC_CTYPE": "b", "LC_ALL": "c"}) == "c"
    assert locale_name({"LANG": "a", "LC_CTYPE": "b", "LC_ALL": ""}) == "b"
    assert locale_name({}) == ""


@pytest.mark.parametrize("terminal", ["dumb", "unknown", ""])
def test_a_terminal_without_a_cursor_is_refused(terminal: str) -> None:
    message = problem({"TERM": terminal, "LANG": "C.UTF-8"}, output_is_terminal=True)
    assert message is not None
    assert message.startswith(f"TERM is {terminal or 'not set'}")
    assert "\n" not in message


def test_pipes_are_sent_to_the_commands_that_write_to_them() -> None:
    assert "search, outline and show" in (problem(GOOD, output_is_terminal=False) or "")
    assert "standard input is not a terminal" in (problem(GOOD, True, keys_are_terminal=False) or "")


def test_ssh_and_mosh_are_remote() -> None:
    assert remote({"SSH_CONNECTION": "1 2 3 4"})
    assert remote({"SSH_TTY": "/dev/pts/0"})
    assert remote({"SSH_CLIENT": "1 2 3"})
    assert not remote({})
    assert remote({"MOSH_IP": "1.2.3.4"})
    assert not remote({"SSH_CONNECTION": "", "SSH_AUTH_SOCK": "/tmp/agent", "SSH_AGENT_PID": "1"})
    assert mosh({"SSH_TTY": "/dev/pts/0", "NCURSES_NO_UTF8_ACS": "1"})
    assert not mosh({"NCURSES_NO_UTF8_ACS": "1"})


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, TRUE_COLOUR),
        ({"TERM": "xterm-direct"}, TRUE_COLOUR),
        ({"TERM": "tmux-256color"}, 256),
        ({"TERM": "xterm"}, 16),
        ({"TERM": "linux"}, 16),
        ({"TERM": "vt220"}, 0),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, 0),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, 0),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, 256),
    ],
)
def test_colours(environment: dict[str, str], expected: int) -> None:
    assert colours(environment) == expected
