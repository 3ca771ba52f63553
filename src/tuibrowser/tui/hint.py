"""The hint of the very first start: four keys in the status line, gone at the first key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.commands import first_key
from tuibrowser.i18n import plain, shown

if TYPE_CHECKING:
    from tuibrowser.commands import Command

_WORDS: Final = {"search": plain("search"), "copy": plain("copy"), "help": plain("all keys"), "quit": plain("quit")}
"""The commands that are named, in this order, and how."""


def first_hint(commands: tuple[Command, ...]) -> str:
    """The hint, with the keys that the commands have."""
    return " · ".join(f"{first_key(name, commands)} {shown(words)}" for name, words in _WORDS.items())
