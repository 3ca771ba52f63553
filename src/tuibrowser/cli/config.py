"""`tuibrowser config`: print where the config file is and the options that hold, or write a first file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.printing.output import one_line
from tuibrowser.cli.sources import say
from tuibrowser.language.i18n import plain, tr
from tuibrowser.settings.config_file import commented, effective, read_config
from tuibrowser.settings.early import default_path

if TYPE_CHECKING:
    from pathlib import Path

    from tuibrowser.cli.line.grammar import Arguments


def config(arguments: Arguments) -> int:
    """Print the path of the config file and the options that hold, or write a first file; return the exit status."""
    if arguments.operands:
        raise UsageError(plain("config takes no {operand!r}", operand=arguments.operands[0]), arguments.command)
    path = default_path()
    return _init(path) if arguments.flag("--init") else _show(path)


def _init(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(commented())
    except FileExistsError:
        raise CommandError(
            plain("{path} exists already and stays as it is; move it away for a new one", path=path)
        ) from None
    sys.stdout.write(f"{one_line(str(path))}\n")
    return 0


def _show(path: Path) -> int:
    loaded = read_config(path)
    where = one_line(str(path))
    if not path.exists():
        where = tr("{path} (not there; tuibrowser config --init writes it)", path=where)
    sys.stdout.write(f"# {where}\n\n{effective(loaded.config)}")
    say(loaded.problems)
    return 2 if loaded.problems else 0
