from __future__ import annotations

from dataclasses import replace

import pytest

from tuibrowser.clipboard.tmux import Tmux
from tuibrowser.doctor.terminal import look_at_locale, look_at_terminal

FINE = {"TERM": "xterm-256color", "LANG": "zh_CN.UTF-8"}
IN_TMUX = FINE | {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}
SERVER = Tmux("3.3a", "external", "off", clients=1, terminal="xterm-256color")


def told(environment: dict[str, str], tmux: Tmux | None = None) -> list[tuple[str, str]]:
    return [(each.what, each.remedy) for each in look_at_terminal(environment, tmux, None).problems]


def test_a_terminal_in_order_has_nothing_to_be_mended() -> None:
    found = look_at_terminal(FINE | {"COLORTERM": "truecolor", "TERM_PROGRAM": "WezTerm"}, None, (80, 24))
    assert found.problems == ()
    assert (found.term, found.program, found.colours) == ("xterm-256color", "TERM_PROGRAM=WezTerm", 1 << 24)
    assert (found.size, found.remote, found.screen) == ((80, 24), False, None)
    assert told(IN_TMUX, SERVER) == []


def test_an_unfit_locale_is_named_with_the_next_step() -> None:
    assert told(FINE | {"LC_ALL": "zh_CN.GB18030"}) == [
        ("the locale's encoding is gb18030, not UTF-8", "LC_ALL=C.UTF-8 tuibrowser")
    ]
    assert look_at_locale({"LC_ALL": "zh_CN.GB18030"}).encoding == "gb18030"


@pytest.mark.parametrize(
    ("server", "what", "remedy"),
    [
        (replace(SERVER, version="2.9"), "tmux 2.9 cannot pass", "set-clipboard on"),
        (replace(SERVER, clients=0), "shown on no terminal", "tmux attach"),
        (replace(SERVER, terminal="foot", takes=False), "foot has a clipboard", ",foot:clipboard'"),
        (replace(SERVER, utf8=False), "underscores", "tmux -u attach"),
        (replace(SERVER, terminal="tmux-256color"), "on your own machine", "there: tmux set -g set-clipboard on"),
        (replace(SERVER, escape_time=500), "Esc waits 500 ms", "escape-time 10"),
        (None, "does not answer", "set-clipboard on"),
    ],
)
def test_what_is_wrong_with_tmux_is_named_with_the_next_step(server: Tmux | None, what: str, remedy: str) -> None:
    ((said, next_step),) = told(IN_TMUX, server)
    assert what in said
    assert remedy in next_step


def test_a_screen_around_tmux_is_no_setting_of_tmuxs() -> None:
    ((said, _),) = told(IN_TMUX | {"STY": "1.pts-0"}, replace(SERVER, terminal="screen", takes=False))
    assert said == "the GNU screen around tmux does not pass copies on"
