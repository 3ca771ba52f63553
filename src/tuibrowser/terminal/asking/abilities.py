"""Abilities: what the terminal is known to do, and what its entry in terminfo says about that."""

from __future__ import annotations

import contextlib
from typing import NamedTuple


class Abilities(NamedTuple):
    """What may be asked of a terminal."""

    scroll: bool = True
    """Scrolling regions (DECSTBM), and lines deleted and inserted within them (DL, IL)."""
    erase_characters: bool = True
    """Erasing a number of cells in place (ECH)."""
    colour_erase: bool = False
    """What is erased or comes in by scrolling takes the background of the pen ("bce")."""
    margins: bool = False
    """Left and right margins (DECLRMM); only the terminal's own answer tells."""
    ambiguous_settled: bool = False
    """Ambiguous characters are known to take as many cells as the layout gives them."""


_LIKE_XTERM = (
    "xterm",
    "alacritty",
    "foot",
    "kitty",
    "wezterm",
    "ghostty",
    "contour",
    "konsole",
    "vte",
    "gnome",
    "rxvt",
    "st-",
)
"""Terminals that are often newer than the terminfo of the machine one logs in to."""


def abilities_of(terminal: str) -> Abilities | None:
    """The abilities of a terminal by its TERM, or None where lines cannot be scrolled and erased as on a VT220."""
    strings = _terminfo(terminal)
    if strings is None:
        return Abilities(colour_erase=True) if terminal.startswith(_LIKE_XTERM) else None
    if not all(strings.get(name, b"").startswith(b"\x1b[") for name in ("cup", "el", "csr", "dl", "il")):
        return None
    return Abilities(
        erase_characters=strings["ech"].startswith(b"\x1b["),
        colour_erase=bool(strings["bce"]) and not terminal.startswith("screen"),
    )


_looked_up: list[str] = []


def _terminfo(terminal: str) -> dict[str, bytes] | None:
    """The capabilities of the terminal that matter here, or None where nothing is known of it.

    The curses module looks up one terminal in a process: nothing is known of another one.
    """
    with contextlib.suppress(ImportError):
        import curses

        with contextlib.suppress(curses.error):
            if not _looked_up:
                curses.setupterm(terminal, 1)
                _looked_up.append(terminal)
            if terminal in _looked_up:
                found = {name: curses.tigetstr(name) or b"" for name in ("cup", "el", "csr", "dl", "il", "ech")}
                return {**found, "bce": b"1" if curses.tigetflag("bce") > 0 else b""}
    return None
