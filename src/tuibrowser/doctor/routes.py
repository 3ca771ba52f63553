"""Routes: which way a passage would go from here, why, and up to which length."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tuibrowser.clipboard.plan import CONSOLE_ADVICE, possible
from tuibrowser.clipboard.transports import FILE_NAME
from tuibrowser.doctor.model import ClipboardFound, Problem, RouteFound
from tuibrowser.host.environment import mosh, remote
from tuibrowser.host.state_folder import state_folder
from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import clauses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tuibrowser.clipboard.plan import Route
    from tuibrowser.clipboard.tmux import Tmux


def look_at_clipboard(
    environment: Mapping[str, str],
    tmux: Tmux | None,
    which: Callable[[str], str | None],
    platform: str = sys.platform,
) -> ClipboardFound:
    """The routes from here, best first; the arguments are those of the plan."""
    routes = tuple(map(_found, possible(environment, which, platform, tmux)))
    return ClipboardFound(
        _why(environment, tmux, routes),
        routes,
        str(state_folder() / FILE_NAME),
        tuple(_problems(environment, routes)),
    )


def _found(route: Route) -> RouteFound:
    return RouteFound(
        route.name, route.command, route.sure, _text_bytes(route.known), _text_bytes(route.most), route.advice
    )


def _text_bytes(length: int | None) -> int | None:
    """The bytes of UTF-8 that so many bytes of base64 hold."""
    return None if length is None else length // 4 * 3


def _why(environment: Mapping[str, str], tmux: Tmux | None, routes: tuple[RouteFound, ...]) -> str:
    """Why the first route is the first, in one sentence without a full stop."""
    return clauses([_where(environment, routes), _how(environment, tmux)])


def _where(environment: Mapping[str, str], routes: tuple[RouteFound, ...]) -> str:
    if remote(environment):
        way = "mosh" if mosh(environment) else "SSH"
        return plain("you sit at another machine ({way}), so no clipboard program of this one is asked", way=way)
    if sure := [route.name for route in routes if route.sure]:
        return plain("you sit at this machine, and {route} reaches its clipboard", route=sure[0])
    return plain("no clipboard program of this machine can be used")


def _how(environment: Mapping[str, str], tmux: Tmux | None) -> str:
    if environment.get("TMUX"):
        if tmux is None:
            return plain("TMUX is set but tmux does not answer, so it is sent what a terminal would be")
        if tmux.around:
            return plain(
                "tmux runs in a tmux of this machine: each is given the passage, and the outer one passes it on"
            )
        if tmux.is_nested:
            return plain(
                "tmux is given the passage and passes it to the tmux or GNU screen around it, which may lose it"
            )
        return plain("tmux is given the passage and passes it on, whatever set-clipboard says")
    if environment.get("STY"):
        return plain("GNU screen passes on what is sent in small pieces")
    if remote(environment) and environment.get("TERM", "").startswith("tmux"):
        return plain("TERM names a tmux on your own machine, which is asked in both ways it may allow")
    return plain("the terminal can be asked by OSC 52")


def _problems(environment: Mapping[str, str], routes: tuple[RouteFound, ...]) -> Iterator[Problem]:
    local = not remote(environment) and not any(route.sure for route in routes)
    if local and environment.get("WAYLAND_DISPLAY"):
        missing = plain("{program} is missing, so only the terminal can be asked", program="wl-copy")
        yield Problem(plain("clipboard"), missing, plain("install {package}", package="wl-clipboard"))
    elif local and environment.get("DISPLAY"):
        missing = plain("xclip and xsel are missing, so only the terminal can be asked")
        yield Problem(plain("clipboard"), missing, plain("install {package}", package="xclip"))
    if mosh(environment):
        remedy = plain("look at mosh --version on both machines")
        yield Problem(plain("clipboard"), plain("mosh before 1.4 loses what is copied"), remedy)
    if routes and routes[0].advice == CONSOLE_ADVICE:
        remedy = plain("copies are kept in the file; or run it in tmux")
        yield Problem(plain("clipboard"), plain("this console has no clipboard"), remedy)
