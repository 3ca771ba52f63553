"""Tmux: ask a tmux server about itself, the terminals it is shown on, and the tmux around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.clipboard.transports import UndeliveredError, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Ask = Callable[..., str]

SECONDS: Final = 1.0
"""Seconds to wait for an answer."""
_DEEPEST: Final = 4
"""Servers inside one another that are looked at."""
_MOST_SOCKETS: Final = 16
"""Other servers of this user that are asked whether one of their panes is a client's terminal."""

_SETTINGS = "#{version} #{set-clipboard} #{escape-time}"
_CLIENT = "#{client_activity} #{client_tty} #{client_utf8} #{client_termname}"
_TERMINAL = re.compile(r"Terminal \d+: (\S+) for (\S+?),")
_NO_CLIPBOARD = re.compile(r"\s*\d+: Ms: \[missing\]")


@dataclass(frozen=True, slots=True)
class Tmux:
    """One tmux server, as it is seen from a pane of it.

    `clients` counts the terminals it is shown on; `terminal` is the TERM of the one used last and `takes` whether tmux
    believes that this one has a clipboard. `around` are the sockets of the servers around it on this machine, the
    nearest first. `version`, `escape_time` and the options `set_clipboard` and `passthrough`, empty where it does not
    know them, are what `look_closely` adds.
    """

    version: str = ""
    set_clipboard: str = ""
    passthrough: str = ""
    clients: int = 0
    terminal: str = ""
    takes: bool = True
    utf8: bool = True
    """Whether the terminal used last was attached as one of UTF-8."""
    escape_time: int = 0
    """Milliseconds that tmux waits after Esc."""
    around: tuple[str, ...] = ()

    @property
    def number(self) -> tuple[int, int]:
        """The version as numbers: (3, 3) for 3.3a; those of development (next-3.5, master) count as new."""
        found = re.match(r"(\d+)\.(\d+)", self.version.removeprefix("next-"))
        return (int(found[1]), int(found[2])) if found else (99, 0)

    @property
    def is_nested(self) -> bool:
        """Whether a tmux or GNU screen on another machine stands between it and the reader."""
        return not self.around and self.terminal.startswith(("tmux", "screen"))


def look(environment: Mapping[str, str]) -> Tmux | None:
    """The tmux that the environment names, as copying needs it; None outside tmux, and where it does not answer.

    It runs two commands of tmux, some milliseconds each, and as many for each server around it: call it beside an event
    loop.
    """
    socket = _socket(environment)
    if not socket:
        return None
    seen = [socket]
    found, terminal_path = _server(_asker(environment, socket))
    if found is None:
        return None
    nearest = found
    while terminal_path and len(seen) < _DEEPEST:
        outer = _server_with_pane(environment, terminal_path, seen)
        if outer is None:
            break
        seen.append(outer)
        next_out, terminal_path = _server(_asker(environment, outer))
        if next_out is None:
            break
        nearest = next_out
    if len(seen) == 1:
        return found
    return replace(found, terminal=nearest.terminal, takes=nearest.takes, around=tuple(seen[1:]))


def look_closely(environment: Mapping[str, str]) -> Tmux | None:
    """The same with its version and settings, for two commands more."""
    socket = _socket(environment)
    ask = _asker(environment, socket)
    told = _first(ask, "display-message", "-p", _SETTINGS) if socket else ""
    if not told:
        return None
    version, set_clipboard, escape_time = (*told.split(" "), "", "")[:3]
    return replace(
        look(environment) or Tmux(),
        version=version,
        set_clipboard=set_clipboard,
        passthrough=_first(ask, "show-options", "-gv", "allow-passthrough"),
        escape_time=int(escape_time) if escape_time.isdecimal() else 0,
    )


def _socket(environment: Mapping[str, str]) -> str:
    """The socket of the server around the program, empty outside tmux."""
    return environment.get("TMUX", "").rpartition(",")[0].rpartition(",")[0]


def _asker(environment: Mapping[str, str], socket: str) -> Ask:
    def ask(*command: str) -> str:
        return run(("tmux", "-S", socket, *command), b"", environment, SECONDS)

    return ask


def _server(ask: Ask) -> tuple[Tmux | None, str]:
    """What one server says, and the path of the terminal it was used on last."""
    try:
        clients = [line.split(" ") for line in sorted(ask("list-clients", "-F", _CLIENT).splitlines())]
    except UndeliveredError:
        return None, ""
    _, path, utf8, terminal = clients[-1] if clients and len(clients[-1]) == len(_CLIENT.split()) else ("", "", "", "")
    takes = path not in _without_clipboard(_lines(ask, "show-messages", "-T"))
    return Tmux(clients=len(clients), terminal=terminal, takes=takes, utf8=utf8 != "0"), path


def _without_clipboard(listing: list[str]) -> set[str]:
    """The terminals, by path, for which tmux has no sequence that sets a clipboard."""
    without, path = set(), ""
    for line in listing:
        if heading := _TERMINAL.match(line):
            path = heading[2]
        elif _NO_CLIPBOARD.match(line):
            without.add(path)
    return without


def _server_with_pane(environment: Mapping[str, str], path: str, seen: list[str]) -> str | None:
    """The socket of another server of this user, one of whose panes is the terminal of that path."""
    try:
        sockets = [str(each) for each in sorted(Path(seen[0]).parent.iterdir()) if each.is_socket()]
    except OSError:
        return None
    for socket in [each for each in sockets if each not in seen][:_MOST_SOCKETS]:
        if path in _lines(_asker(environment, socket), "list-panes", "-a", "-F", "#{pane_tty}"):
            return socket
    return None


def _lines(ask: Ask, *command: str) -> list[str]:
    try:
        return ask(*command).splitlines()
    except UndeliveredError:
        return []


def _first(ask: Ask, *command: str) -> str:
    return next(iter(_lines(ask, *command)), "").strip()
