"""Usage: the help of every command, made from the table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.cli.line.commands import COMMANDS, READ
from tuibrowser.corpus.containers import CONTAINERS
from tuibrowser.corpus.formats import FORMATS
from tuibrowser.language.i18n import shown, tr
from tuibrowser.reading.lines.wrapped import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.cli.line.grammar import Command, Option

_WIDTH = 79


def help_text(command: Command) -> str:
    """What `--help` prints for a command: a summary, how it is written, examples, options."""
    name = f"tuibrowser {command.name}".rstrip()
    blocks = [
        tr("{command}: {summary}", command=name, summary=command.summary),
        "\n".join(f"  {usage}" for usage in command.usage),
    ]
    if command.description:
        blocks.append("\n".join(wrapped(shown(command.description), _WIDTH)))
    examples = (_example(shown(comment), line) for comment, line in command.examples)
    blocks.append("\n".join([tr("Examples"), *examples]))
    if command is READ:
        others = [(other.name, shown(other.summary)) for other in COMMANDS.values()]
        blocks.append("\n".join([tr("Commands"), *_table(others)]))
        names = ", ".join(dict.fromkeys([*(shown(each.name) for each in FORMATS), *(each.name for each in CONTAINERS)]))
        blocks.append("\n".join([tr("Formats"), *(f"  {line}" for line in wrapped(names, _WIDTH - 2))]))
    options = [(written(option), shown(option.help)) for option in command.options]
    blocks.append("\n".join([tr("Options"), *_table(options)]))
    if command is READ:
        blocks.append(
            tr(
                "tuibrowser COMMAND --help says more. A file that is named like a command, or that\n"
                "begins with + or -, is opened as ./NAME or after --."
            )
        )
    return "\n\n".join(blocks) + "\n"


def _example(comment: str, line: str) -> str:
    return f"  # {comment}\n  {line}" if comment else f"  {line}"


def written(option: Option) -> str:
    """An option as it is given."""
    name = f"{option.short}, {option.name}" if option.short else option.name
    return f"{name} {option.value}" if option.value else name


def _table(rows: list[tuple[str, str]]) -> Iterator[str]:
    """Rows of a name and what it is, which is wrapped in a column of its own."""
    column = max(len(name) for name, _ in rows) + 4
    for name, what in rows:
        for number, line in enumerate(wrapped(what, _WIDTH - column)):
            yield (f"  {name}" if number == 0 else "").ljust(column) + line
