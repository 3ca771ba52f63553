"""The help of every command, made from the catalogue."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tuibrowser.cli.catalogue import COMMANDS, READ

if TYPE_CHECKING:
    from tuibrowser.cli.grammar import Command, Option

_WIDTH = 79


def help_text(command: Command) -> str:
    """What `--help` prints for a command: a summary, how it is written, examples, options."""
    name = f"tuibrowser {command.name}".rstrip()
    blocks = [f"{name}: {command.summary}", _indented(command.usage)]
    if command.description:
        blocks.append(textwrap.fill(command.description, _WIDTH))
    blocks.append("Examples\n" + "\n".join(_example(comment, line) for comment, line in command.examples))
    if command is READ:
        blocks.append("Commands\n" + _table([(other.name, other.summary) for other in COMMANDS.values()]))
    blocks.append("Options\n" + _table([(written(option), option.help) for option in command.options]))
    if command is READ:
        blocks.append(
            "tuibrowser COMMAND --help says more. A file that is named like a command, or that\n"
            "begins with + or -, is opened as ./NAME or after --."
        )
    return "\n\n".join(blocks) + "\n"


def _indented(lines: tuple[str, ...]) -> str:
    return textwrap.indent("\n".join(lines), "  ")


def _example(comment: str, line: str) -> str:
    return f"  # {comment}\n  {line}" if comment else f"  {line}"


def written(option: Option) -> str:
    """An option as it is given."""
    name = f"{option.short}, {option.name}" if option.short else option.name
    return f"{name} {option.value}" if option.value else name


def _table(rows: list[tuple[str, str]]) -> str:
    column = max(len(name) for name, _ in rows) + 4
    return "\n".join(
        textwrap.fill(what, _WIDTH, initial_indent=f"  {name}".ljust(column), subsequent_indent=" " * column)
        for name, what in rows
    )
