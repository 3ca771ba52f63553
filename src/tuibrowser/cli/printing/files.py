"""Files: the format that a command writes, by name or by the ending of a file, and files written whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.host.system_errors import system_reason
from tuibrowser.host.whole import write_whole
from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tuibrowser.cli.line.grammar import Arguments

JSON_NAME = "json"


def format_of(arguments: Arguments, names: Sequence[str], endings: Mapping[str, str]) -> str | None:
    """The format that `--format`, `--json` or the ending of the file names; None for people.

    Raise UsageError for a format that is not among the names, and for a file whose ending is not known.
    """
    name, output = arguments.text("--format"), arguments.text("--output")
    if name is not None and name not in names:
        known = listed(names)
        raise UsageError(plain("no such format: {name} (there are {known})", name=name, known=known), arguments.command)
    if arguments.flag("--json"):
        if name not in (None, JSON_NAME):
            raise UsageError(plain("--json and --format {name} contradict each other", name=name), arguments.command)
        return JSON_NAME
    if name is None and output is not None:
        name = next((form for ending, form in endings.items() if output.lower().endswith(ending)), None)
        if name is None:
            known = listed(endings)
            raise UsageError(
                plain("{file}: name a format, or end the name in one of {known}", file=output, known=known),
                arguments.command,
            )
    return name


def write_file(file: Path, data: bytes) -> None:
    """Write a file whole or not at all: what is there may be somebody's work.

    Raise CommandError where it cannot be written.
    """
    try:
        write_whole(file, data)
    except OSError as error:
        why = plain("cannot write {file}: {reason}", file=str(file), reason=system_reason(error))
        raise CommandError(why) from None
