"""Config file: read it, or write it as text: with every option commented out at its default, or with its value now."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.convert import CONFIGURATIONS
from tuibrowser.language.i18n import shown, tr
from tuibrowser.reading.lines.wrapped import wrapped
from tuibrowser.reading.quoting.citation_style import read_style
from tuibrowser.reading.views.view import HANS, HANT
from tuibrowser.settings.config import OPTIONS, Config, ReadConfig, load
from tuibrowser.settings.key_names import key_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CELLS: Final = 98
"""Characters of a line of a comment, without its mark."""


def read_config(path: Path) -> ReadConfig:
    """The options of a file, checked with what the rooms know of scripts and citations; none there is no problem."""
    return load(path, lambda: frozenset({HANS, HANT, *CONFIGURATIONS}), lambda table: read_style(table)[1])


def commented() -> str:
    """A file in which every option stands commented out at its default, or, where that says nothing, by a sample."""
    default = Config()
    head = tr("tuibrowser: take the # from a line and change its value; a line left as it is has its default.")
    blocks = [f"# {head}\n"]
    for name, option in OPTIONS.items():
        comment = [f"# {line}" for line in wrapped(shown(option.comment), _CELLS)]
        value = getattr(default, name)
        if isinstance(value, dict):
            # The head of the table is no comment: below one, a key would belong to the table before it.
            lines = [f"[{name}]", *(f"# {line}" for line in option.sample.splitlines())]
        else:
            lines = [f"# {name} = {option.sample or toml(value)}"]
        blocks.append("\n".join([*comment, *lines]) + "\n")
    return "\n".join(blocks)


def effective(config: Config) -> str:
    """The value of every option as TOML, as a file could have it; a path that is not given is a comment."""
    single, tables = [], []
    for field in fields(Config):
        value = getattr(config, field.name)
        if isinstance(value, dict):
            tables += [f"\n[{field.name}]", *_table(value)]
        else:
            unset = tr("{option} is not set", option=field.name)
            single.append(f"# {unset}" if value == () else f"{field.name} = {toml(value)}")
    return "\n".join([*single, *tables]) + "\n"


def _table(values: Mapping[str, object]) -> Iterator[str]:
    for name, value in values.items():
        yield f"{name} = {toml([key_label(key) for key in value] if isinstance(value, tuple) else value)}"


def toml(value: object) -> str:
    """A value in TOML: a truth value, a number, a list of words, or a word or path in quotes."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml, value))}]"
    quoted = str(value.as_posix() if isinstance(value, Path) else value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(_escaped(character) for character in quoted)}"'


def _escaped(character: str) -> str:
    return character if character.isprintable() else f"\\U{ord(character):08x}"
