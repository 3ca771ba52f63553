from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.clipboard.tmux import Tmux
from tuibrowser.doctor.routes import look_at_clipboard

if TYPE_CHECKING:
    from tuibrowser.doctor.model import ClipboardFound

SSH = {"SSH_CONNECTION": "10.0.0.1 5000 10.0.0.2 22", "TERM": "xterm-256color"}
TMUX = {"TMUX": "/tmp/tmux-0/default,1,0", "TERM": "tmux-256color"}


def found(environment: dict[str, str], *programs: str, tmux: Tmux | None = None) -> ClipboardFound:
    def which(name: str) -> str | None:
        return f"/bin/{name}" if name in programs else None

    return look_at_clipboard(environment, tmux, which, "linux")


def test_limits_are_those_of_the_text_not_of_base64() -> None:
    (route,) = found(SSH).routes
    assert (route.known, route.most) == (75_000, 6_000_000)
    assert found({"DISPLAY": ":0"}, "xclip").routes[0].most is None


@pytest.mark.parametrize(
    ("environment", "tmux", "why"),
    [
        (SSH, None, "you sit at another machine (SSH), so no clipboard program of this one is asked; the terminal"),
        (SSH | {"MOSH_KEY": "x"}, None, "you sit at another machine (mosh)"),
        ({"DISPLAY": ":0"}, None, "you sit at this machine, and xclip reaches its clipboard"),
        ({"TERM": "xterm"}, None, "no clipboard program of this machine can be used"),
        (SSH | TMUX, Tmux("3.3a", clients=1, terminal="xterm"), "passes it on, whatever set-clipboard says"),
        (SSH | TMUX, Tmux("3.3a", clients=1, terminal="tmux-256color"), "around it, which may lose it"),
        (TMUX, Tmux("3.3a", around=("/tmp/a",)), "tmux runs in a tmux of this machine"),
        (TMUX, None, "tmux does not answer"),
        (SSH | {"STY": "1"}, None, "GNU screen passes on what is sent in small pieces"),
        (SSH | {"TERM": "tmux-256color"}, None, "TERM names a tmux on your own machine"),
    ],
)
def test_the_first_way_is_explained(environment: dict[str, str], tmux: Tmux | None, why: str) -> None:
    assert why in found(environment, "xclip", "tmux", tmux=tmux).why


@pytest.mark.parametrize(
    ("environment", "remedy"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0"}, "install wl-clipboard"),
        ({"DISPLAY": ":0"}, "install xclip"),
        ({"TERM": "linux"}, "copies are kept in the file"),
        (SSH | {"NCURSES_NO_UTF8_ACS": "1"}, "mosh --version"),
    ],
)
def test_what_keeps_a_copy_from_arriving_is_named_with_the_next_step(environment: dict[str, str], remedy: str) -> None:
    assert [problem.remedy for problem in found(environment).problems if remedy in problem.remedy]


def test_where_a_program_is_there_nothing_has_to_be_mended() -> None:
    assert found({"DISPLAY": ":0"}, "xsel").problems == ()
