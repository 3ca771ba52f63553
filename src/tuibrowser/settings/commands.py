"""Commands: the registry that bindings, palette, help and the key tables of the docs are made from."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import plain
from tuibrowser.settings.key_names import STEP, key_label
from tuibrowser.settings.tables.analysis import ANALYSIS, OPENING
from tuibrowser.settings.tables.browsing import EVERYWHERE, OUTLINE
from tuibrowser.settings.tables.choosing import BOOKMARKS, CHOICE
from tuibrowser.settings.tables.collating import COLLATION
from tuibrowser.settings.tables.collating import OPENING as COLLATING
from tuibrowser.settings.tables.dictionary import DICTIONARY
from tuibrowser.settings.tables.dictionary import OPENING as DEFINING
from tuibrowser.settings.tables.reading import READING, SELECTING
from tuibrowser.settings.tables.reuse import OPENING as SHARING
from tuibrowser.settings.tables.reuse import REUSE
from tuibrowser.settings.tables.searching import FIELD, LIST
from tuibrowser.settings.tables.study import ALIKE, READINGS, SIMILAR, STUDY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tuibrowser.language.i18n import Message


class Place(StrEnum):
    """Where a command's keys work; the widget of that place carries out its action."""

    READING = "reading"
    SELECTING = "selecting"
    EVERYWHERE = "everywhere"
    OUTLINE = "outline"
    FIELD = "search field"
    LIST = "search list"
    CHOICE = "list to choose from"
    BOOKMARKS = "bookmarks"
    ANALYSIS = "analysis"
    DICTIONARY = "dictionary"
    COLLATION = "collation"
    REUSE = "reuse"
    ALIKE = "words used alike"


PLACE_TITLES: Final[Mapping[str, Message]] = {
    Place.READING: plain("Reading (a number before a key: so many times)"),
    Place.SELECTING: plain("While something is selected"),
    Place.EVERYWHERE: plain("Everywhere but in text fields"),
    Place.OUTLINE: plain("Outline"),
    Place.FIELD: plain("Search field"),
    Place.LIST: plain("List of hits"),
    Place.CHOICE: plain("Lists to choose from: go to, commands, bookmarks …"),
    Place.BOOKMARKS: plain("List of bookmarks"),
    Place.ANALYSIS: plain("Corpus work"),
    Place.DICTIONARY: plain("Dictionary"),
    Place.COLLATION: plain("Collation"),
    Place.REUSE: plain("Shared passages"),
    Place.ALIKE: plain("Words used alike"),
}
"""The places in the order of the help, and what they are called there."""

_LISTED: Final = (Place.READING, Place.EVERYWHERE)
"""The places whose commands are carried out by their names as well."""


@frozen
class Command:
    """A thing the reader can do.

    `id` names it in config files, `place` is one of `Place` or the name of a desk whose panel has the keys, `keys` are
    Textual's key names, `action` is the action of the widget of `place`. A key may be a sequence of keys typed one
    after another, with blanks between: `z t`. In the tables, where blanks stand between keys, the steps of a sequence
    are joined by `-`. One that is not `listed` is left out of the palette (it makes sense by its key alone).
    """

    id: str
    place: str
    keys: tuple[str, ...]
    action: str
    name: Message
    help: Message
    listed: bool = True


def commands_in(place: str, rows: Iterable[tuple[str, str, str, Message, Message]]) -> tuple[Command, ...]:
    """The commands of a table: id, keys, action, name and help of each, the keys as in `z-t j`, see `Command`."""
    listed = place in _LISTED
    return tuple(Command(id, place, _keys(keys), action, name, help, listed) for id, keys, action, name, help in rows)  # noqa: A001


def everywhere(rows: Iterable[tuple[str, str, Message, Message]]) -> tuple[Command, ...]:
    """The commands for everywhere of a table: id, keys, name and help of each; they are carried out by their ids."""
    return commands_in(
        Place.EVERYWHERE,
        ((id, keys, f"command('{id}')", name, help) for id, keys, name, help in rows),  # noqa: A001
    )


def _keys(written: str) -> tuple[str, ...]:
    """The keys of a table's entry: `z-t j` is the sequence `z t` and the key `j`."""
    return tuple(key.replace("-", STEP) for key in written.split())


COMMANDS: Final = (
    *commands_in(Place.READING, READING),
    *commands_in(Place.SELECTING, SELECTING),
    *commands_in(Place.OUTLINE, OUTLINE),
    *commands_in(Place.FIELD, FIELD),
    *commands_in(Place.LIST, LIST),
    *commands_in(Place.CHOICE, CHOICE),
    *commands_in(Place.BOOKMARKS, BOOKMARKS),
    *commands_in(Place.ANALYSIS, ANALYSIS),
    *commands_in(Place.DICTIONARY, DICTIONARY),
    *commands_in(Place.COLLATION, COLLATION),
    *commands_in(Place.REUSE, REUSE),
    *commands_in(Place.ALIKE, ALIKE),
    *everywhere(EVERYWHERE),
    *everywhere(OPENING),
    *everywhere(STUDY),
    *everywhere(SHARING),
    *everywhere(COLLATING),
    *everywhere(DEFINING),
    *everywhere(READINGS),
    *everywhere(SIMILAR),
)

AT_HOST: Final = frozenset(
    {"editor", "suspend", "doctor", "analysis-export", "reuse-export", "collation-export"},
)
"""The commands that write files where the program runs, start programs there, or tell about that machine."""

FIRST_HOUR = (
    ("line-down line-up page-down page-up", plain("A line, a page down and up")),
    ("next-heading previous-heading", plain("The next heading, the previous one")),
    ("next-document previous-document", plain("The next document, the previous one")),
    ("switch outline", plain("Into the outline and back; show or hide it")),
    ("go-to", plain("Go to a document or heading by its name, pinyin or initials")),
    ("search", plain("Search: characters in either script, pinyin, initials")),
    ("next-hit previous-hit", plain("The next hit, the previous one")),
    ("script raw", plain("Change the script; show the text as the file has it")),
    ("copy cite", plain("Copy the paragraph, or with its citation")),
    ("help palette quit", plain("All keys, commands by name, leave")),
)
"""The keys of the first hour with the program: ids of commands, and what they do together."""

MOUSE = (
    (plain("wheel"), plain("Scroll; what is selected stays")),
    (plain("click"), plain("Choose the paragraph, a line of the outline, a hit; select nothing")),
    (plain("drag"), plain("Select the characters from one to the other; beyond the edge the text scrolls on")),
    (plain("double click"), plain("Select the word; dragged, word by word")),
    (plain("triple click"), plain("Select the sentence; a fourth click, the paragraph")),
    (plain("shift+click"), plain("Move the end of what is selected there, where the terminal leaves this to programs")),
)
"""What the mouse does in the text, for the help and the README."""


def keys_label(command: Command) -> str:
    """Return the label of a command's keys; without a key, its name in the palette."""
    return " ".join(map(key_label, command.keys)) or f":{command.id}"


def first_key(name: str, commands: tuple[Command, ...] = COMMANDS) -> str:
    """Return the label of the first key of the command of an id."""
    return keys_label(next(command for command in commands if command.id == name)).split(" ")[0]


def first_hour(commands: tuple[Command, ...] = COMMANDS) -> list[tuple[list[str], Message]]:
    """The first keys of the commands of the first hour, as they are shown, and what they do."""
    return [([first_key(name, commands) for name in names.split()], words) for names, words in FIRST_HOUR]


def commands_of(place: str, commands: tuple[Command, ...] = COMMANDS) -> tuple[Command, ...]:
    """The commands of a place, in the order of the help."""
    return tuple(command for command in commands if command.place == place)
