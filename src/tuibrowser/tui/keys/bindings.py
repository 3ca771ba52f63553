"""Bindings made from the registry of commands."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tuibrowser.settings.commands import COMMANDS, Command, Place, commands_of
from tuibrowser.settings.key_names import key_label

_FIELDS = {Place.FIELD, Place.CHOICE, Place.BOOKMARKS}


def bindings_of(place: str, commands: tuple[Command, ...] = COMMANDS) -> list[BindingType]:
    """The bindings of a place; those of text fields come before what the field itself does with the key."""
    return [
        Binding(
            ",".join(command.keys),
            command.action,
            command.name,
            show=False,
            key_display=" ".join(map(key_label, command.keys)),
            id=command.id,
            priority=place in _FIELDS,
        )
        for command in commands_of(place, commands)
        if command.keys
    ]
