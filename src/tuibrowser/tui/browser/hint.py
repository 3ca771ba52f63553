"""Hints in the status line: four keys at the very first start, and the keys that may follow the first of a sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import plain, shown
from tuibrowser.settings.commands import first_key
from tuibrowser.settings.key_names import STEP, key_label

if TYPE_CHECKING:
    from tuibrowser.settings.commands import Command

_WORDS: Final = {"search": plain("search"), "copy": plain("copy"), "help": plain("all keys"), "quit": plain("quit")}
"""The commands that are named, in this order, and how."""


def first_hint(commands: tuple[Command, ...]) -> str:
    """The hint, with the keys that the commands have."""
    return " · ".join(f"{first_key(name, commands)} {shown(words)}" for name, words in _WORDS.items())


def following(pending: str, commands: tuple[Command, ...]) -> str:
    """The keys that may follow those typed of a sequence, and what each does; empty where nothing is pending."""
    if not pending:
        return ""
    found = [
        f"{key_label(key)} {shown(command.name)}"
        for command in commands
        for key in command.keys
        if key.startswith(pending + STEP)
    ]
    return f"{key_label(pending)} …  {' · '.join(found)}"
