from __future__ import annotations

import pytest

from tuibrowser.clipboard.plan import (
    DETACHED_ADVICE,
    ITERM_ADVICE,
    MOSH_ADVICE,
    NESTED_ADVICE,
    RAW_TMUX_ADVICE,
    SCREEN_KNOWN,
    TERMINAL_MOST,
    TMUX_RAW_MOST,
    Means,
    Plan,
    base64_length,
    plan,
)
from tuibrowser.clipboard.tmux import Tmux

SSH = {"SSH_CONNECTION": "10.0.0.1 5000 10.0.0.2 22", "TERM": "xterm-256color"}
TMUX = {"TMUX": "/tmp/tmux-0/default,1,0", "TERM": "tmux-256color"}
EVERYTHING = {"pbcopy", "wl-copy", "xclip", "xsel", "clip.exe", "powershell.exe", "tmux"}


def planned(
    environment: dict[str, str],
    programs: set[str] = EVERYTHING,
    size: int = 300,
    platform: str = "linux",
    tmux: Tmux | None = None,
) -> Plan:
    return plan(environment, lambda name: f"/bin/{name}" if name in programs else None, size, platform, tmux)


def advice(chosen: Plan) -> str:
    """What is said if the first route is taken."""
    return chosen.routes[0].advice


def names(chosen: Plan) -> list[str]:
    return [route.name for route in chosen.routes]


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"TERM": "xterm"}, "darwin", ["pbcopy", "the terminal"]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", ["wl-copy", "the terminal"]),
        ({"DISPLAY": ":0"}, "linux", ["xclip", "xsel", "the terminal"]),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip", "xsel", "the terminal"]),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", ["powershell", "clip", "the terminal"]),
        ({"TERM": "xterm"}, "linux", ["the terminal"]),
    ],
)
def test_at_its_own_machine_a_program_is_asked_first(
    environment: dict[str, str], platform: str, expected: list[str]
) -> None:
    assert names(planned(environment, platform=platform)) == expected


@pytest.mark.parametrize("name", ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "MOSH_SERVER_PID"])
def test_the_clipboard_of_a_remote_machine_is_nobodys(name: str) -> None:
    environment = {name: "1", "DISPLAY": "localhost:10.0", "WAYLAND_DISPLAY": "wayland-0", "WSL_INTEROP": "/run/1"}
    assert names(planned(environment)) == ["the terminal"]
    assert names(planned(environment, platform="darwin")) == ["the terminal"]


def test_a_program_that_is_not_there_is_not_planned() -> None:
    assert names(planned({"DISPLAY": ":0"}, {"xsel"})) == ["xsel", "the terminal"]


def test_a_program_is_sure_and_needs_no_advice() -> None:
    chosen = planned({"DISPLAY": ":0"})
    assert names(chosen)[0] == "xclip"
    assert chosen.routes[0].sure
    assert chosen.routes[0].advice == ""


def test_pbcopy_is_told_that_the_passage_is_utf8_whatever_the_locale() -> None:
    route = planned({"LANG": "C"}, platform="darwin").routes[0]
    assert route.command == ("/usr/bin/env", "LC_ALL=en_US.UTF-8", "/bin/pbcopy")


def test_windows_gets_encodings_it_cannot_misread() -> None:
    first, second, _ = planned({"WSL_INTEROP": "/run/WSL/1_interop"}).routes
    assert (first.encoding, second.encoding) == ("base64", "utf-16-le")


def test_in_tmux_over_ssh_tmux_passes_the_passage_on() -> None:
    chosen = planned(SSH | TMUX)
    assert names(chosen) == ["tmux", "tmux's own buffer", "the terminal"]
    assert chosen.routes[0].command == ("/bin/tmux", "load-buffer", "-w", "-")
    assert not chosen.routes[0].sure
    assert "prefix" in advice(chosen)


def test_an_old_tmux_gets_its_buffer_filled_and_the_terminal_asked() -> None:
    _, buffer, raw = planned(SSH | TMUX).routes
    assert buffer.goes_on
    assert raw.advice == RAW_TMUX_ADVICE


def test_in_tmux_at_its_own_machine_both_the_machine_and_tmux_have_it() -> None:
    chosen = planned({"DISPLAY": ":0"} | TMUX)
    assert names(chosen) == ["xclip", "xsel", "tmux", "tmux's own buffer", "the terminal"]
    assert [route.goes_on for route in chosen.routes] == [True, True, False, True, False]


def test_in_tmux_without_its_program_only_the_sequence_is_left() -> None:
    chosen = planned(SSH | TMUX, programs=set())
    assert names(chosen) == ["the terminal"]
    assert advice(chosen) == RAW_TMUX_ADVICE


def test_gnu_screen_gets_chunks() -> None:
    chosen = planned(SSH | {"STY": "123.pts-0.host", "TERM": "screen"})
    assert [route.means for route in chosen.routes] == [Means.SCREEN]
    assert names(chosen) == ["GNU screen"]


def test_a_tmux_around_ssh_has_to_be_told_to_pass_it_on() -> None:
    assert advice(planned(SSH | {"TERM": "tmux-256color"})) == NESTED_ADVICE
    assert advice(planned(SSH | {"TERM": "screen-256color"})).startswith(NESTED_ADVICE)


def test_mosh_and_iterm_have_their_own_advice() -> None:
    assert advice(planned(SSH | {"NCURSES_NO_UTF8_ACS": "1"})).startswith(MOSH_ADVICE)
    assert advice(planned(SSH | {"LC_TERMINAL": "iTerm2"})) == ITERM_ADVICE


def test_base64_grows_by_a_third() -> None:
    assert [base64_length(size) for size in (0, 1, 2, 3, 4)] == [0, 4, 4, 4, 8]


def test_what_is_longer_than_was_ever_seen_to_pass_is_sent_with_a_warning() -> None:
    screen = SSH | {"STY": "1"}
    most = SCREEN_KNOWN // 4 * 3
    assert "known to pass" not in advice(planned(screen, size=most))
    assert "6,666,668 bytes are known to pass" in advice(planned(screen, size=most + 1))


def test_what_tmux_is_known_to_lose_is_not_sent_raw() -> None:
    chosen = planned(SSH | TMUX, size=TMUX_RAW_MOST)
    assert names(chosen) == ["tmux", "tmux's own buffer"]
    assert "at most 1,000,000 bytes" in chosen.refused[0]


def test_a_whole_book_goes_to_the_file_alone() -> None:
    chosen = planned(SSH, size=TERMINAL_MOST)
    assert chosen.routes == ()
    assert "too long for the terminal" in "; ".join(chosen.refused)


def test_a_tmux_around_tmux_is_asked_itself() -> None:
    chosen = planned(SSH | TMUX, tmux=Tmux("3.3a", clients=1, terminal="xterm", around=("/tmp/a", "/tmp/b")))
    assert [route.command[1:] for route in chosen.routes[:3]] == [
        ("load-buffer", "-"),
        ("-S", "/tmp/a", "load-buffer", "-"),
        ("-S", "/tmp/b", "load-buffer", "-w", "-"),
    ]
    assert [route.goes_on for route in chosen.routes[:3]] == [True, True, False]


def test_a_tmux_that_knows_no_clipboard_is_told_how_to() -> None:
    chosen = planned(TMUX, tmux=Tmux("3.3a", clients=1, terminal="foot", takes=False))
    assert "set -as terminal-features ',foot:clipboard'" in advice(chosen)


def test_a_tmux_that_nobody_sees_says_so() -> None:
    assert advice(planned(TMUX, tmux=Tmux("3.3a"))) == DETACHED_ADVICE


def test_a_tmux_behind_another_machines_tmux_has_its_limit() -> None:
    nested = Tmux("3.3a", clients=1, terminal="tmux-256color")
    assert NESTED_ADVICE in advice(planned(SSH | TMUX, tmux=nested))
    long = planned(SSH | TMUX, size=TMUX_RAW_MOST, tmux=nested)
    assert names(long) == ["tmux's own buffer"]
    assert advice(long).startswith("too long for tmux, ")
    assert "prefix ]" in advice(long)


def test_a_tmux_around_ssh_is_asked_in_both_ways_up_to_its_limit() -> None:
    near = SSH | {"TERM": "tmux-256color"}
    assert [route.means for route in planned(near).routes] == [Means.THROUGH_TMUX]
    assert planned(near, size=TMUX_RAW_MOST).routes == ()


def test_what_some_terminals_do_not_take_is_said() -> None:
    assert "some terminals take no more than 100,000" in advice(planned(SSH | TMUX, size=100_000))


def test_a_page_is_sent_it_and_no_program_of_the_machine_is_asked() -> None:
    chosen = planned({**TMUX, "DISPLAY": ":0", "TUIBROWSER_PAGE": "1"}, platform="darwin")
    assert [(route.name, route.means) for route in chosen.routes] == [("the page", Means.OSC52)]
    assert "HTTPS" in advice(chosen)
