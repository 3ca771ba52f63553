"""Keymaps: the presets of keys, like vi (the registry's own) and like less, over which the reader's `[keys]` lie."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import plain
from tuibrowser.settings.commands import COMMANDS, Command, Place
from tuibrowser.settings.key_names import STEP, key_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tuibrowser.language.i18n import Message

    Keys = Mapping[str, tuple[str, ...]]
    """Keys, by Textual's names, of commands, by their ids."""

# As in less but for what it has no word for: y Y e copy, ? is the help, p and { } go by paragraphs, m keeps a note.
_LESS: Final = {
    "line-down": "j down enter ctrl+e ctrl+n",
    "line-up": "k up ctrl+y ctrl+k ctrl+p",
    "page-down": "f space pagedown ctrl+f ctrl+v",
    "page-up": "b pageup ctrl+b",
    "start": "g less_than_sign home",
    "end": "G greater_than_sign end",
    "next-heading": "right_square_bracket",
    "previous-heading": "left_square_bracket",
    "select": "c",
    "select-paragraphs": "C V",
    "select-by-character": "c v",
    "select-by-paragraph": "C V",
    "go-to": "F",
    "follow": "f6",
    "raw": "R",
    "reread": "f5",
    "about": "i equals_sign",
    "editor": "v E",
    "help": "h question_mark f1",
    "palette": "colon",
    "redraw": "r ctrl+l ctrl+r",
    "quit": "q Q",
    "outline-page-down": "f space pagedown ctrl+f ctrl+v",
    "outline-page-up": "b pageup ctrl+b",
    "outline-start": "g less_than_sign home",
    "outline-end": "G greater_than_sign end",
    "list-page-down": "f pagedown ctrl+f ctrl+v",
    "list-page-up": "b pageup ctrl+b",
    "list-start": "g less_than_sign home",
    "list-end": "G greater_than_sign end",
}

PRESETS: Final[Mapping[str, Keys]] = {
    "vim": {},
    "less": {name: tuple(keys.split()) for name, keys in _LESS.items()},
}
"""The commands of each preset whose keys are not those of the registry."""

_SHARED: Final[Mapping[str, str]] = {Place.EVERYWHERE: Place.READING, Place.BOOKMARKS: Place.CHOICE}


def keymap(preset: str, keys: Keys) -> dict[str, tuple[str, ...]]:
    """The keys of the commands that have others than in the registry: those of a preset, and the reader's over them."""
    return {**PRESETS[preset], **keys}


def rebound(keys: Keys, commands: tuple[Command, ...] = COMMANDS) -> tuple[Command, ...]:
    """Commands, with the keys of a keymap."""
    return tuple(replace(command, keys=keys.get(command.id, command.keys)) for command in commands)


def without_clashes(preset: str, keys: Keys) -> tuple[dict[str, tuple[str, ...]], list[tuple[str, Message]]]:
    """The reader's bindings that take no key of another command of the preset, and why the others were left out.

    A command whose binding is left out has its own keys again, which may clash in turn.
    """
    kept = dict(keys)
    wrong: list[tuple[str, Message]] = []
    while clash := next(_clashes(preset, kept), None):
        del kept[clash[0]]
        wrong.append(clash)
    return kept, wrong


def _clashes(preset: str, keys: Keys) -> Iterator[tuple[str, Message]]:
    """Bindings of the reader whose key another command of the same place has, and why that is none.

    Keys for reading and those for everywhere share a place, and so do those of a list and of the list of bookmarks.
    A key that begins a sequence of another command clashes with it: the program could not tell which is meant.
    """
    owners: dict[tuple[str, str], str] = {}
    beginnings: dict[tuple[str, str], tuple[str, str]] = {}
    for command in sorted(rebound(keymap(preset, keys)), key=lambda command: command.id in keys):
        place = _SHARED.get(command.place, command.place)
        for key in command.keys:
            owner = owners.setdefault((place, key), command.id)
            if owner != command.id:
                yield command.id, plain("{key} is the key of {command}", key=key_label(key), command=owner)
            if (longer := beginnings.get((place, key))) is not None and longer[1] != command.id:
                yield command.id, _begins(key, *longer)
            for beginning in _beginnings(key):
                beginnings.setdefault((place, beginning), (key, command.id))
                if (owner := owners.get((place, beginning), command.id)) != command.id:
                    yield command.id, _begins(key, beginning, owner)


def _beginnings(key: str) -> Iterator[str]:
    """The shorter sequences that a sequence begins with."""
    steps = key.split(STEP)
    return (STEP.join(steps[:length]) for length in range(1, len(steps)))


def _begins(key: str, other: str, command: str) -> Message:
    return plain(
        "{key} and {other}, the key of {command}, begin alike",
        key=key_label(key),
        other=key_label(other),
        command=command,
    )
