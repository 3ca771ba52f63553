"""Policy: whether the lean driver is right for this terminal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.driver import Driver

    from tuibrowser.terminal.asking.abilities import Abilities

Mode = Literal["auto", "on", "off"]
MODES: tuple[Mode, ...] = ("auto", "on", "off")


@runtime_checkable
class Redrawing(Protocol):
    """A driver that can empty the terminal for a redrawing."""

    def redraw(self) -> None:
        """Empty the terminal; the next frame is sent whole."""


@runtime_checkable
class Stopping(Protocol):
    """A driver that can stop the program as ctrl+z does."""

    def stop(self) -> bool:
        """Stop until somebody lets it go on; return False, at once, where nobody could."""


def driver_class(mode: Mode, environment: Mapping[str, str]) -> type[Driver] | None:
    """The lean or the plain driver, or None where Textual is to choose its own.

    `auto` takes the lean one where TERM names a terminal that scrolls and erases as a VT220 does, `on` wherever the
    system has Textual's driver for Linux. A driver named in TEXTUAL_DRIVER goes first: that is how a browser is served.
    Headless and inline programs never get to see either, since Textual has drivers of its own for them.
    """
    if os.name != "posix" or environment.get("TEXTUAL_DRIVER"):
        return None
    if mode == "off" or abilities(mode, environment) is None:
        from tuibrowser.terminal.plain import PlainDriver

        return PlainDriver
    from tuibrowser.terminal.driver import LeanDriver

    return LeanDriver


def page_driver() -> type[Driver]:
    """The driver for a program that is shown in a web page."""
    from tuibrowser.terminal.page import PageDriver

    return PageDriver


def has_mouse(mode: Mode, environment: Mapping[str, str]) -> bool:
    """Whether to ask for the mouse. `auto` does, but not in GNU screen, which holds Esc back while the mouse is on."""
    return mode == "on" or (mode == "auto" and not _in_screen(environment))


def _in_screen(environment: Mapping[str, str]) -> bool:
    """Whether GNU screen is the terminal; a tmux within it has STY, too, and calls itself screen or tmux."""
    terminal = environment.get("TERM", "")
    inner_tmux = bool(environment.get("TMUX")) and not terminal.startswith("screen.")
    return bool(environment.get("STY")) and terminal.startswith("screen") and not inner_tmux


def abilities(mode: Mode, environment: Mapping[str, str]) -> Abilities | None:
    """The abilities of the terminal of this environment, or None where the plain driver is right for it."""
    from tuibrowser.terminal.asking.abilities import Abilities, abilities_of

    known = abilities_of(environment.get("TERM", ""))
    return Abilities() if known is None and mode == "on" else known
