"""Plan: choose the routes by which a passage can reach the clipboard of the machine that the reader sits at.

This module has no effects: an environment goes in, a plan comes out. docs/clipboard.md says which routes were measured
to work, with tmux 3.3a and GNU screen 4.9.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from tuibrowser.host.environment import in_page, mosh, remote
from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import clauses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tuibrowser.clipboard.tmux import Tmux

    Which = Callable[[str], str | None]

# Bytes of base64, up to which a route was seen to deliver, and above which it is not tried.
TMUX_KNOWN = 6_666_668
TMUX_RAW_KNOWN = 400_000
TMUX_RAW_MOST = 1_000_000
SCREEN_KNOWN = 6_666_668
TERMINAL_KNOWN = 100_000
TERMINAL_MOST = 8_000_000

TMUX_ADVICE = plain("in tmux: prefix ]; elsewhere: if the terminal allows OSC 52")
TERMINAL_ADVICE = plain("arrives if the terminal allows OSC 52")
RAW_TMUX_ADVICE = plain("arrives only with: tmux set -g set-clipboard on")
DETACHED_ADVICE = plain("in tmux: prefix ]; tmux is shown on no terminal now")
NESTED_ADVICE = plain("the tmux of your own machine passes it only with: tmux set -g set-clipboard on")
IN_SCREEN_ADVICE = plain("in tmux: prefix ]; the GNU screen around tmux does not pass it on")
NESTED_SCREEN_ADVICE = plain("GNU screen on your own machine does not pass it on")
MOSH_ADVICE = plain("mosh passes it from version 1.4 on")
ITERM_ADVICE = plain("iTerm2 takes it once Settings, General, Selection allows applications to access the clipboard")
PAGE_ADVICE = plain("arrives if the page is at localhost or on HTTPS")
CONSOLE_ADVICE = plain("the console has no clipboard")

# Windows reads what is piped to clip.exe in a code page it guesses; base64 cannot be misread.
_POWERSHELL = (
    "$b=[Console]::In.ReadToEnd();"
    "Set-Clipboard -Value ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($b)))"
)


class Means(Enum):
    """How a route is travelled: a program fed on its standard input, or a sequence written to the terminal."""

    PROGRAM = auto()
    OSC52 = auto()
    THROUGH_TMUX = auto()
    """OSC 52, and once more in a wrapping that a tmux with allow-passthrough takes off."""
    SCREEN = auto()


@dataclass(frozen=True, slots=True)
class Route:
    """One way to a clipboard.

    `name` completes "sent to …". A PROGRAM has a `command` that reads the passage in `encoding` (a codec of Python, or
    base64 for base64 of UTF-8). `sure` routes report failure, so no failure means delivery; the others come with
    `advice`. After one that `goes_on` and delivered, the routes that are not sure are taken as well. Above `most`
    bytes of base64 it is not tried, above `known` nobody has seen it deliver.
    """

    name: str
    means: Means
    command: tuple[str, ...] = ()
    encoding: str = "utf-8"
    sure: bool = False
    advice: str = ""
    goes_on: bool = False
    known: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The routes to try, best first, for one passage; `refused` says which were left out for its size, and why.

    No route is left where everything was refused: the file that is always written is then the only copy.
    """

    routes: tuple[Route, ...]
    refused: tuple[str, ...] = ()


def plan(environment: Mapping[str, str], which: Which, size: int, platform: str, tmux: Tmux | None = None) -> Plan:
    """Plan for a passage of `size` bytes of UTF-8; `which` finds programs, `platform` is as in `sys.platform`.

    `tmux` is what the tmux around the program says, None where there is none or it does not answer.
    """
    length = base64_length(size)
    routes: list[Route] = []
    refused: list[str] = []
    for route in possible(environment, which, platform, tmux):
        if route.most is not None and length > route.most:
            refused.append(
                plain(
                    "too long for {route}, {length} of at most {most}",
                    route=route.name,
                    length=many(length, "byte"),
                    most=many(route.most, "byte"),
                )
            )
        else:
            routes.append(_after(refused, _with_size(route, length)))
    return Plan(tuple(routes), tuple(refused))


def base64_length(size: int) -> int:
    """Bytes of base64 that `size` bytes become."""
    return (size + 2) // 3 * 4


def possible(environment: Mapping[str, str], which: Which, platform: str, tmux: Tmux | None = None) -> Iterator[Route]:
    """Every route there is, best first, whatever the passage's size; the arguments are those of `plan`."""
    if in_page(environment):
        yield Route(plain("the page"), Means.OSC52, advice=PAGE_ADVICE, most=TERMINAL_MOST)
        return
    in_tmux = bool(environment.get("TMUX"))
    if not remote(environment):
        for route in _local(environment, which, platform):
            # The reader of a tmux pastes from its buffer too, and may have come to it from elsewhere.
            yield replace(route, goes_on=in_tmux)
    if in_tmux:
        yield from _tmux(environment, which, tmux)
    elif environment.get("STY"):
        advice = _terminal_advice(environment)
        yield Route("GNU screen", Means.SCREEN, advice=advice, known=SCREEN_KNOWN, most=TERMINAL_MOST)
    elif remote(environment) and environment.get("TERM", "").startswith("tmux"):
        advice = _terminal_advice(environment)
        yield Route(plain("the terminal"), Means.THROUGH_TMUX, advice=advice, known=TMUX_RAW_KNOWN, most=TMUX_RAW_MOST)
    else:
        advice = _terminal_advice(environment)
        yield Route(plain("the terminal"), Means.OSC52, advice=advice, known=TERMINAL_KNOWN, most=TERMINAL_MOST)


def _local(environment: Mapping[str, str], which: Which, platform: str) -> Iterator[Route]:
    """The clipboard programs of this machine."""
    for name, *arguments, encoding in _programs(environment, platform):
        path = which(name)
        if path:
            # pbcopy takes the locale's word for the encoding, which may be Mac OS Roman.
            before = ("/usr/bin/env", "LC_ALL=en_US.UTF-8") if name == "pbcopy" else ()
            label = name.removesuffix(".exe")
            yield Route(label, Means.PROGRAM, (*before, path, *arguments), encoding=encoding, sure=True)


def _programs(environment: Mapping[str, str], platform: str) -> Iterator[tuple[str, ...]]:
    """Programs that may be there: name, arguments and, last, the encoding they read."""
    if platform == "darwin":
        yield ("pbcopy", "utf-8")
    if environment.get("WSL_DISTRO_NAME") or environment.get("WSL_INTEROP"):
        yield ("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _POWERSHELL, "base64")
        yield ("clip.exe", "utf-16-le")
    if environment.get("WAYLAND_DISPLAY"):
        yield ("wl-copy", "--type", "text/plain", "utf-8")
    if environment.get("DISPLAY"):
        yield ("xclip", "-selection", "clipboard", "-in", "utf-8")
        yield ("xsel", "--clipboard", "--input", "utf-8")


def _tmux(environment: Mapping[str, str], which: Which, tmux: Tmux | None) -> Iterator[Route]:
    """Into tmux's buffer and, with -w (tmux 3.2), on to the terminal of its client, whatever set-clipboard says."""
    path = which("tmux")
    if path:
        load = Route("tmux", Means.PROGRAM, (path, "load-buffer", "-w", "-"), advice=_tmux_advice(environment, tmux))
        load = replace(load, known=TMUX_KNOWN, most=TERMINAL_MOST)
        if tmux is not None and tmux.around:
            # A tmux around this one loses what this one sends it, unless told otherwise; but it can be asked itself.
            yield replace(load, command=(path, "load-buffer", "-"), goes_on=True)
            outer = replace(load, name=plain("the tmux around it"))
            for socket in tmux.around[:-1]:
                yield replace(outer, command=(path, "-S", socket, "load-buffer", "-"), goes_on=True)
            yield replace(outer, command=(path, "-S", tmux.around[-1], "load-buffer", "-w", "-"))
        if tmux is not None and tmux.is_nested:
            load = replace(load, known=TMUX_RAW_KNOWN, most=TMUX_RAW_MOST)
        yield load
        buffer = replace(load, name=plain("tmux's own buffer"), known=None, most=None)
        yield replace(buffer, command=(path, "load-buffer", "-"), goes_on=True)
    yield Route(plain("the terminal"), Means.OSC52, advice=RAW_TMUX_ADVICE, known=TMUX_RAW_KNOWN, most=TMUX_RAW_MOST)


def _tmux_advice(environment: Mapping[str, str], tmux: Tmux | None) -> str:
    """Return advice if tmux may not pass a passage on to the terminal it is shown on."""
    if tmux is None:
        return TMUX_ADVICE
    if not tmux.clients:
        return DETACHED_ADVICE
    if in_screen(environment, tmux):
        return IN_SCREEN_ADVICE
    if not tmux.takes:
        return plain("in tmux: prefix ]; elsewhere only with: {command}", command=clipboard_feature(tmux.terminal))
    if tmux.is_nested:
        return plain("in tmux: prefix ]; {advice}", advice=NESTED_ADVICE)
    return TMUX_ADVICE


def in_screen(environment: Mapping[str, str], tmux: Tmux) -> bool:
    """Whether tmux runs in a GNU screen of this machine; the other way round STY is there too, but not that TERM."""
    return bool(environment.get("STY")) and tmux.terminal.startswith("screen")


def clipboard_feature(terminal: str) -> str:
    """The command that tells tmux that the terminals of a TERM have a clipboard."""
    return plain("tmux set -as terminal-features ',{terminal}:clipboard' (then detach and attach)", terminal=terminal)


def _terminal_advice(environment: Mapping[str, str]) -> str:
    """Return advice if OSC 52 may not arrive, with no tmux of this machine in between."""
    terminal = environment.get("TERM", "")
    if remote(environment) and terminal.startswith("tmux"):
        return NESTED_ADVICE
    if remote(environment) and terminal.startswith("screen") and not environment.get("STY"):
        # tmux, too, called itself screen before 3.4.
        return clauses([NESTED_ADVICE, NESTED_SCREEN_ADVICE])
    if mosh(environment):
        return clauses([MOSH_ADVICE, TERMINAL_ADVICE])
    if environment.get("LC_TERMINAL") == "iTerm2" or environment.get("TERM_PROGRAM") == "iTerm.app":
        return ITERM_ADVICE
    if terminal == "linux":
        return CONSOLE_ADVICE
    return TERMINAL_ADVICE


def _with_size(route: Route, length: int) -> Route:
    """The same route, with a warning where the passage is longer than any that was seen to arrive."""
    if route.known is None:
        return route
    if length > route.known:
        warning = plain(
            "it is long: {length}, and {known} are known to pass",
            length=many(length, "byte"),
            known=many(route.known, "byte"),
        )
    elif length > TERMINAL_KNOWN:
        warning = plain(
            "it is long: {length}, and some terminals take no more than {most:,}",
            length=many(length, "byte"),
            most=TERMINAL_KNOWN,
        )
    else:
        return route
    return replace(route, advice=clauses([warning, route.advice]))


def _after(refused: list[str], route: Route) -> Route:
    """The same route; one that is not sure says why better ones were left out."""
    if not refused or route.sure:
        return route
    return replace(route, advice=clauses([*refused, route.advice]))
