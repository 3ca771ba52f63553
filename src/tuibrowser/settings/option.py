"""Option: how the value of an option of the config file is read and checked."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.host.environment import SERVER_OFF
from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import listed
from tuibrowser.settings.commands import COMMANDS
from tuibrowser.settings.key_names import key_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tuibrowser.language.i18n import Message

    Scripts = Callable[[], frozenset[str]]
    """Names the scripts that can be shown, when asked."""

    CitationCheck = Callable[[Mapping[str, object]], Mapping[str, str]]
    """Names the settings of a citation that are wrong, and why each is."""

    Wrong = list[tuple[str, str]]
    """What is wrong: the key in the file, and why."""

    Read = Callable[[str, Any, "Checks"], tuple[Any, Wrong]]
    """From an option's name and its value in the file to its value here and what is wrong; None has the default."""

AUTO: Final = "auto"


@frozen
class Checks:
    """The checks of values that other rooms provide."""

    scripts: Scripts
    citation: CitationCheck


@frozen
class Option:
    """An option of the file: how its value is read, and what is said of it where the file is written.

    `sample` is TOML that shows how it is given where the default itself does not (a path, a table).
    """

    read: Read
    comment: Message
    sample: str = ""


def option(default: object, read: Read, comment: Message, sample: str = "") -> Any:
    """A field of Config that is an option: its default, its reading, its comment."""
    return field(default=default, metadata={"option": Option(read, comment, sample)})


def table(read: Read, comment: Message, sample: str) -> Any:
    """A field of Config that is a table of the file, empty by default."""
    return field(default_factory=dict, metadata={"option": Option(read, comment, sample)})


def _checked(
    is_right: Callable[[Any], bool], say: Callable[[str], Message], take: Callable[[Any], object] | None = None
) -> Read:
    """Read a value that has to pass a check; `say` says what an option's is, `take` makes what is kept of it."""

    def read(name: str, value: Any, _: Checks) -> tuple[Any, Wrong]:
        if not is_right(value):
            return None, [(name, say(name))]
        return (value if take is None else take(value)), []

    return read


def whole(least: int, largest: int) -> Read:
    """Read a whole number within bounds."""
    return _checked(
        lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= largest,
        lambda name: plain(
            "{option} is a whole number from {least} to {largest}", option=name, least=least, largest=largest
        ),
    )


def one_of(names: tuple[str, ...]) -> Read:
    """Read one of some names."""
    return _checked(lambda value: value in names, lambda name: _is_one_of(name, names))


def _is_one_of(name: str, names: Sequence[str]) -> Message:
    return plain("{option} is one of {names}", option=name, names=listed(names))


BOOLEAN = _checked(lambda value: isinstance(value, bool), lambda name: plain("{option} is true or false", option=name))


def _is_file(value: object) -> bool:
    """Whether a value is the path of a regular file."""
    try:
        return isinstance(value, str) and Path(value).expanduser().is_file()
    except (OSError, RuntimeError, ValueError):  # A name too long, a user unknown, a null character.
        return False


def read_word_files(name: str, value: Any, _: Checks) -> tuple[Any, Wrong]:
    """The files of words that are named, one or a list; what is wrong with the others."""
    return _files(
        name, value, plain("{option} is the path of a file with a word a line, or a list of such", option=name)
    )


def read_lexicon_files(name: str, value: Any, _: Checks) -> tuple[Any, Wrong]:
    """The dictionaries that are named, likewise."""
    return _files(name, value, plain("{option} is the path of a dictionary, or a list of such", option=name))


def _files(name: str, value: Any, complaint: Message) -> tuple[Any, Wrong]:
    given = value if isinstance(value, list) else [value]
    found = tuple(Path(path).expanduser() for path in given if _is_file(path))
    return found or None, [(name, complaint)] if len(found) < len(given) else []


def read_script(name: str, value: Any, checks: Checks) -> tuple[Any, Wrong]:
    """Read the name of a script that can be shown."""
    if value == "original":
        return value, []
    scripts = checks.scripts()
    if isinstance(value, str) and value in scripts:
        return value, []
    return None, [(name, _is_one_of(name, sorted(scripts)))]


read_server = _checked(
    lambda value: value in (AUTO, SERVER_OFF) or (isinstance(value, str) and value.startswith("/")),
    lambda name: plain("{option} is auto, off or the path of a socket", option=name),
)

read_folder = _checked(
    lambda value: isinstance(value, str),
    lambda name: plain("{option} is the path of a folder", option=name),
)

read_users = _checked(
    lambda value: isinstance(value, list) and all(isinstance(each, str) and each and "," not in each for each in value),
    lambda name: plain("{option} is a list of names of users", option=name),
    tuple,
)


def read_citation(name: str, table: Any, checks: Checks) -> tuple[dict[str, str] | None, Wrong]:
    """The settings of a `[citation]` table that can be used, and what is wrong with the others."""
    if not isinstance(table, dict):
        return None, [(name, plain("citation is a table: [citation], and below it template = …"))]
    wrong = checks.citation(table)
    return {setting: text for setting, text in table.items() if setting not in wrong}, list(wrong.items())


def read_records(_: str, table: Any, __: Checks) -> tuple[dict[str, tuple[str, ...]], Wrong]:
    """The names in a `[records]` table, and what is wrong with others."""
    if not isinstance(table, dict):
        return {}, [("records", plain("records is a table: a field = a list of names"))]
    named: dict[str, tuple[str, ...]] = {}
    wrong: Wrong = []
    known = listed(RECORD_FIELDS)
    for key, names in table.items():
        if key not in RECORD_FIELDS:
            wrong.append((key, plain("there is no field {name}: one of {fields}", name=key, fields=known)))
        elif not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
            wrong.append((key, plain("{name} takes a list of names", name=key)))
        else:
            named[key] = tuple(names)
    return named, wrong


def read_keys(_: str, table: Any, __: Checks) -> tuple[dict[str, tuple[str, ...]], Wrong]:
    """The bindings of a `[keys]` table; their clashes are found when every option is known."""
    if not isinstance(table, dict):
        return {}, [("keys", plain("keys is a table: a command's name = a list of keys"))]
    known = {command.id for command in COMMANDS}
    bound: dict[str, tuple[str, ...]] = {}
    wrong: Wrong = []
    for name, keys in table.items():
        if name not in known:
            wrong.append((name, plain("there is no command {name}", name=name)))
        elif not isinstance(keys, list) or not keys or not all(isinstance(key, str) and key for key in keys):
            wrong.append((name, plain("{name} takes a list of keys", name=name)))
        else:
            bound[name] = tuple(map(key_name, keys))
    return bound, wrong


RECORD_FIELDS: Final = ("title", "author", "date", "text", "source", "publisher", "note", "work")
"""The fields of records that have a meaning of their own."""
