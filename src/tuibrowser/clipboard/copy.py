"""Copy: send a passage by the best route that works, keep it in a file, and say honestly what happened."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from tuibrowser.clipboard.clean import clean
from tuibrowser.clipboard.plan import Means, Plan, Route, plan
from tuibrowser.clipboard.tmux import SECONDS, look
from tuibrowser.clipboard.transports import (
    UndeliveredError,
    encoded,
    osc52,
    osc52_through_tmux,
    run,
    screen_osc52,
    write_file,
)
from tuibrowser.host.environment import in_page
from tuibrowser.host.state_folder import state_folder
from tuibrowser.host.system_errors import system_error
from tuibrowser.language.i18n import many, plain, said
from tuibrowser.language.wording import clauses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    WriteTerminal = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome of a copy.

    `characters` counts the code points sent, `routes` are the names of those it was sent along (none: it is only in
    the file), `file` is where it was kept. Unless `sure`, nobody confirmed the delivery and `advice` says what helps.
    `errors` are the routes that failed, each with its reason.
    """

    characters: int
    routes: tuple[str, ...] = ()
    file: Path | None = None
    sure: bool = False
    advice: str = ""
    errors: tuple[str, ...] = ()

    @property
    def sent(self) -> bool:
        """Whether any route took the passage."""
        return bool(self.routes)

    @property
    def message(self) -> str:
        """One sentence without a full stop, such as "214 characters sent to tmux"; what is shown may be added to it."""
        if not self.characters:
            return plain("nothing to copy")
        count = many(self.characters, "character")
        if self.routes:
            routes = reduce(lambda one, two: plain("{first} and {second}", first=one, second=two), self.routes)
            return plain("{characters} sent to {routes}", characters=count, routes=routes)
        if self.file:
            return plain("{characters} kept in {file}", characters=count, file=_tilde(self.file))
        return plain("{characters} not copied", characters=count)

    @property
    def hint(self) -> str:
        """Advice for the case that the passage did not arrive; empty where delivery is sure."""
        if self.sure or not self.characters:
            return ""
        return clauses([self.advice, *(() if self.routes else self.errors)])

    @property
    def kept(self) -> str:
        """Where the passage is as well as where it was sent; empty where delivery is sure."""
        return _tilde(self.file) if self.routes and self.file and not self.sure else ""


def copy(
    passage: str,
    write_terminal: WriteTerminal,
    environment: Mapping[str, str] = os.environ,
    *,
    folder: Path | None = None,
    which: Callable[[str], str | None] | None = None,
    platform: str = sys.platform,
) -> Receipt:
    """Send the cleaned `passage` by the first route that takes it; a route that fails is followed by the next.

    `write_terminal` gets a whole control sequence to be written at once, in the calling thread. `folder` is where the
    file is kept (the state folder). Never raises. It may wait for programs, some milliseconds as a rule and three
    seconds for each that hangs: call it beside an event loop, not in it.
    """
    text = clean(passage)
    if not text:
        return Receipt(0)
    # A reader elsewhere could not get at a file.
    file, errors = (None, ()) if in_page(environment) else _keep(text, folder)
    environment = current(environment)
    size = len(text.encode())
    route = plan(environment, which or finder(environment), size, platform, look(environment))
    return _send(text, route, file, errors, write_terminal, environment)


def current(environment: Mapping[str, str]) -> Mapping[str, str]:
    """The environment, in tmux with what tmux knows of the terminal attached last.

    A program in tmux keeps the variables it was started with, though its reader may since have come back over SSH, or
    sat down at the machine itself. Left as it is where tmux does not answer.
    """
    if not environment.get("TMUX"):
        return environment
    try:
        listing = run(("tmux", "show-environment"), b"", environment, SECONDS)
    except UndeliveredError:
        return environment
    # SSH_TTY and SSH_CLIENT are not kept up to date: where tmux has its word on SSH_CONNECTION, that alone counts.
    fresh = {name: value for name, value in environment.items() if name not in {"SSH_TTY", "SSH_CLIENT"}}
    told = False
    for line in listing.splitlines():
        name, separator, value = line.partition("=")
        if name.lstrip("-") not in {"DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION"}:
            continue
        told = told or name.lstrip("-") == "SSH_CONNECTION"
        if separator:
            fresh[name] = value
        else:
            fresh.pop(name.lstrip("-"), None)
    return fresh if told else environment


def _tilde(file: Path) -> str:
    """The file's path as a reader would type it."""
    home = os.path.expanduser("~")  # noqa: PTH111  (Path.home() raises where there is none)
    return f"~{str(file)[len(home) :]}" if str(file).startswith(f"{home}/") else str(file)


def finder(environment: Mapping[str, str]) -> Callable[[str], str | None]:
    """A function that tells where a program is on the PATH of an environment, None where it is not."""
    return lambda name: shutil.which(name, path=environment.get("PATH"))


def _keep(text: str, folder: Path | None) -> tuple[Path | None, tuple[str, ...]]:
    """Write the file; a failure is no reason not to go on."""
    try:
        return write_file(text, folder or state_folder()), ()
    except (OSError, RuntimeError) as error:
        return None, (plain("not kept in a file: {reason}", reason=system_error(error)),)


def _send(
    text: str,
    chosen: Plan,
    file: Path | None,
    errors: tuple[str, ...],
    write_terminal: WriteTerminal,
    environment: Mapping[str, str],
) -> Receipt:
    """Walk the plan until a route has taken the passage."""
    failed = [*errors, *chosen.refused]
    taken: list[Route] = []
    for route in chosen.routes:
        sure = any(earlier.sure for earlier in taken)
        if sure and route.sure:
            continue
        reason = _travel(text, route, write_terminal, environment)
        if reason:
            failed.append(reason)
            continue
        taken.append(route)
        if not route.goes_on:
            break
    sure = any(route.sure for route in taken)
    advice = "" if sure or not taken else taken[-1].advice
    return Receipt(len(text), tuple(route.name for route in taken), file, sure, advice, tuple(failed))


def _travel(text: str, route: Route, write_terminal: WriteTerminal, environment: Mapping[str, str]) -> str:
    """Take one route; return why it failed, or nothing."""
    try:
        match route.means:
            case Means.PROGRAM:
                run(route.command, encoded(text, route.encoding), environment)
            case Means.OSC52:
                write_terminal(osc52(text).decode("ascii"))
            case Means.THROUGH_TMUX:
                write_terminal(osc52_through_tmux(text).decode("ascii"))
            case Means.SCREEN:
                write_terminal(screen_osc52(text).decode("ascii"))
    except UndeliveredError as error:
        return said(error)
    except Exception as error:  # The terminal's writer is not ours: whatever it raises, the next route may work.
        return plain("{program}: {reason}", program=route.name, reason=system_error(error))
    return ""
