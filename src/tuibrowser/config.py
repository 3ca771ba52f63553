"""The reader's config file: options in TOML, each checked, what is wrong named with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import platformdirs

from tuibrowser.commands import COMMANDS, Command, Place, key_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LEAST_MEASURE, LARGEST_MEASURE = 20, 400
LEAN: Final = ("auto", "on", "off")
AMBIGUOUS: Final = ("auto", "narrow", "wide")
THEMES: Final = ("ansi-dark", "ansi-light", "textual-dark", "textual-light", "nord", "gruvbox", "solarized-light")

_CHOICES: Final = {"theme": THEMES, "lean": LEAN, "ambiguous": AMBIGUOUS}


@dataclass(frozen=True, slots=True)
class Config:
    """The options. `keys` are the keys, by Textual's names, of the commands that the reader bound anew."""

    measure: int = 80
    """Cells of a line of text."""
    script: str = "original"
    """The script shown at the start: original, hans, hant or the name of an OpenCC configuration."""
    theme: str = "ansi-dark"
    """Colours: ansi-dark and ansi-light are the terminal's own."""
    outline: bool = True
    """Whether the outline is shown at the start."""
    lean: str = "auto"
    """Whether a terminal is sent only what changed: auto, on or off."""
    ambiguous: str = "auto"
    """Cells of “ ” … — · and their kind: auto (as the terminal says), narrow or wide."""
    dictionary: Path | None = None
    """Words of the reader's own, one a line, for the motions by word."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A config, and what was wrong with the file; a wrong option has its default."""

    config: Config
    problems: tuple[str, ...] = ()


def default_path() -> Path:
    """Where the config file is looked for."""
    return platformdirs.user_config_path("tuibrowser") / "config.toml"


def load(path: Path, scripts: Callable[[], frozenset[str]]) -> Loaded:
    """Read a config file; one that is not there is no problem. `scripts` names the scripts that can be shown."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Loaded(Config())
    except (OSError, UnicodeDecodeError) as error:
        return Loaded(Config(), (f"{path.name}: {error}",))
    import tomllib  # Few readers have a file, and for the others the first frame comes sooner.

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Loaded(Config(), (f"{path.name}: {error}",))
    return _checked(path.name, text, values, scripts)


def _checked(name: str, text: str, values: Mapping[str, Any], scripts: Callable[[], frozenset[str]]) -> Loaded:
    config = Config()
    problems: list[str] = []
    known = {option.name for option in fields(Config)}
    for key, value in values.items():
        if key not in known:
            wrong = f"{key} is no option: there are {', '.join(sorted(known))}"
        elif key == "keys":
            keys, wrongs = _keys(value)
            config = replace(config, keys=keys)
            problems += [f"{name}, line {_line(text, command)}: {why}" for command, why in wrongs]
            continue
        else:
            wrong = _wrong(key, value, scripts)
            if not wrong:
                taken: dict[str, Any] = {key: Path(value).expanduser() if key == "dictionary" else value}
                config = replace(config, **taken)
                continue
        problems.append(f"{name}, line {_line(text, key)}: {wrong}")
    return Loaded(config, tuple(problems))


def _wrong(key: str, value: object, scripts: Callable[[], frozenset[str]]) -> str:
    """What is wrong with the value of an option; empty if nothing is."""
    if key == "measure":
        number = isinstance(value, int) and not isinstance(value, bool) and LEAST_MEASURE <= value <= LARGEST_MEASURE
        return "" if number else f"measure is a whole number from {LEAST_MEASURE} to {LARGEST_MEASURE}"
    if key == "outline":
        return "" if isinstance(value, bool) else "outline is true or false"
    if key == "dictionary":
        is_file = isinstance(value, str) and Path(value).expanduser().is_file()
        return "" if is_file else "dictionary is the path of a file with a word a line"
    if key in _CHOICES:
        return "" if value in _CHOICES[key] else f"{key} is one of {', '.join(_CHOICES[key])}"
    return "" if value == "original" or value in scripts() else f"script is one of {', '.join(sorted(scripts()))}"


def _keys(table: object) -> tuple[dict[str, tuple[str, ...]], list[tuple[str, str]]]:
    """The bindings of a `[keys]` table, and what is wrong with others: the command and why."""
    if not isinstance(table, dict):
        return {}, [("keys", "keys is a table: a command's name = a list of keys")]
    known = {command.id for command in COMMANDS}
    bound: dict[str, tuple[str, ...]] = {}
    wrong: list[tuple[str, str]] = []
    for name, keys in table.items():
        if name not in known:
            wrong.append((name, f"there is no command {name}"))
        elif not isinstance(keys, list) or not keys or not all(isinstance(key, str) and key for key in keys):
            wrong.append((name, f"{name} takes a list of keys"))
        else:
            bound[name] = tuple(map(key_name, keys))
    for name, why in _clashes(rebound(bound)):
        if name in bound:
            del bound[name]
            wrong.append((name, why))
    return bound, wrong


def rebound(keys: Mapping[str, tuple[str, ...]]) -> tuple[Command, ...]:
    """All commands, with the keys that the reader gave them."""
    return tuple(replace(command, keys=keys.get(command.id, command.keys)) for command in COMMANDS)


def _clashes(commands: tuple[Command, ...]) -> list[tuple[str, str]]:
    """Commands whose keys another one of the same place has; keys for reading and everywhere share a place."""
    clashes = []
    owners: dict[tuple[Place, str], str] = {}
    for command in sorted(commands, key=lambda command: command in COMMANDS, reverse=True):
        place = Place.READING if command.place is Place.EVERYWHERE else command.place
        for key in command.keys:
            owner = owners.setdefault((place, key), command.id)
            if owner != command.id:
                clashes.append((command.id, f"{key} is the key of {owner}"))
    return clashes


def _line(text: str, key: str) -> int:
    """The line, from 1, on which a key stands."""
    found = re.search(rf"^[ \t]*\[?[\"']?{re.escape(key)}[\"']?\s*[=\].]", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found is not None else 1
