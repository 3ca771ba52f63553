"""Keys as the program takes them: full-width letters are letters, and alt+key is Esc, then the key."""

from __future__ import annotations

from textual import events
from textual.keys import _character_to_key

from tuibrowser.settings.key_names import key_label

FULL_WIDTH_FIRST, FULL_WIDTH_LAST = "！", "～"
FULL_WIDTH_OFFSET = ord("！") - ord("!")
IDEOGRAPHIC = {"　": " ", "。": ".", "、": "/", "《": "<", "》": ">", "「": "[", "」": "]", "【": "[", "】": "]"}
"""What Chinese input methods type for punctuation that is not simply full-width."""

ALT = "alt+"


def half_width(character: str) -> str:
    """The ASCII character that a full-width one, or an input method's punctuation mark, stands for."""
    if FULL_WIDTH_FIRST <= character <= FULL_WIDTH_LAST:
        return chr(ord(character) - FULL_WIDTH_OFFSET)
    return IDEOGRAPHIC.get(character, character)


def as_command(event: events.Key) -> events.Key:
    """The key event as a command would have it: half-width."""
    character = event.character
    if not character or (plain := half_width(character)) == character:
        return event
    return events.Key(_character_to_key(plain), plain)


def apart(event: events.Key) -> list[events.Key]:
    """The keys of an event: Esc followed at once by a key arrives as alt+key, which nobody here means."""
    if not event.key.startswith(ALT):
        return [event]
    name = event.key[len(ALT) :]
    character = event.character if event.character and len(event.character) == 1 else (name if len(name) == 1 else None)
    return [events.Key("escape", "\x1b"), events.Key(name, character)]


def shown_key(event: events.Key) -> str:
    """How a key that was pressed is named to the reader: `~`, `zx`, `ctrl+b`."""
    character = event.character
    return (
        character if character is not None and character.isprintable() and character.strip() else key_label(event.key)
    )
