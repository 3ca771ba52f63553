"""Terminal: ask the environment, tmux and GNU screen about the terminal that the program is shown on."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Final

from tuibrowser.clipboard.plan import clipboard_feature, in_screen
from tuibrowser.doctor.model import LocaleFound, Problem, TerminalFound
from tuibrowser.host.environment import colours, locale_encoding, locale_name, mosh, remote, unfit
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tuibrowser.clipboard.tmux import Tmux

SLOW_ESCAPE: Final = 100
"""Milliseconds that tmux may wait after Esc without a reader's notice."""

_NAMES: Final = ("TERM_PROGRAM", "LC_TERMINAL", "WT_SESSION", "KITTY_WINDOW_ID", "VTE_VERSION", "KONSOLE_VERSION")
"""Variables by which terminals make themselves known; through SSH few of them come along."""

_SECONDS: Final = 2.0


def look_at_terminal(environment: Mapping[str, str], tmux: Tmux | None, size: tuple[int, int] | None) -> TerminalFound:
    """The terminal and what is wrong with it; `size` is in columns and rows."""
    return TerminalFound(
        environment.get("TERM", ""),
        ", ".join(f"{name}={environment[name]}" for name in _NAMES if environment.get(name)),
        colours(environment),
        size,
        remote(environment),
        mosh(environment),
        tmux,
        _screen_version(environment) if environment.get("STY") and not environment.get("TMUX") else None,
        tuple(_problems(environment, tmux)),
    )


def look_at_locale(environment: Mapping[str, str]) -> LocaleFound:
    """The locale."""
    return LocaleFound(locale_name(environment), locale_encoding(environment))


def _problems(environment: Mapping[str, str], tmux: Tmux | None) -> Iterator[Problem]:
    if found := unfit(environment, output_is_terminal=True):
        yield Problem(plain("terminal"), found.what, found.remedy)
    if environment.get("TMUX") and tmux is None:
        yield Problem(
            "tmux",
            plain("tmux is around but does not answer"),
            plain("in a container: {command}", command="tmux set -g set-clipboard on"),
        )
    if tmux is not None:
        yield from _problems_of_tmux(environment, tmux)


def _problems_of_tmux(environment: Mapping[str, str], tmux: Tmux) -> Iterator[Problem]:
    if tmux.number < (3, 2):
        yield Problem(
            "tmux",
            plain("tmux {version} cannot pass a passage on by itself", version=tmux.version),
            plain("update it to 3.2, or: {command}", command="tmux set -g set-clipboard on"),
        )
    if not tmux.clients:
        yield Problem("tmux", plain("tmux is shown on no terminal, so nothing can be passed on"), "tmux attach")
    elif in_screen(environment, tmux):
        yield Problem(
            "tmux",
            plain("the GNU screen around tmux does not pass copies on"),
            plain("attach to tmux without screen"),
        )
    elif not tmux.takes:
        yield Problem(
            "tmux",
            plain(
                "tmux does not believe that {terminal} has a clipboard, and keeps copies to itself",
                terminal=tmux.terminal,
            ),
            clipboard_feature(tmux.terminal),
        )
    if tmux.clients and not tmux.utf8:
        yield Problem("tmux", plain("tmux was attached without UTF-8: Chinese shows as underscores"), "tmux -u attach")
    if tmux.is_nested and not in_screen(environment, tmux):
        yield Problem(
            "tmux",
            plain("another tmux or GNU screen, on your own machine, stands around this one"),
            plain("there: {command}", command="tmux set -g set-clipboard on"),
        )
    if tmux.escape_time > SLOW_ESCAPE:
        waits = plain("Esc waits {time} ms in tmux", time=tmux.escape_time)
        yield Problem("tmux", waits, "tmux set -sg escape-time 10")


def _screen_version(environment: Mapping[str, str]) -> str:
    """The version of GNU screen, empty where it does not tell."""
    try:
        done = subprocess.run(
            ("screen", "--version"),
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    # Some versions end with 1 after telling.
    found = re.search(rb"version ([0-9][0-9.]*)", done.stdout)
    return found[1].decode("ascii") if found else ""
