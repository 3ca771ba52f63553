"""Run: choose the command of a command line, carry it out, and turn the outcome into an exit status."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.commands import COMMANDS, READ
from tuibrowser.cli.line.grammar import first_operand, parse
from tuibrowser.cli.line.options import CLUSTER
from tuibrowser.cli.printing.output import one_line, prepare_streams
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.environment import CERTIFICATES, DICTIONARIES, RECORD_NAMES, SERVER, SERVER_OFF, SERVER_OWNERS
from tuibrowser.language.i18n import plain, said, shown, speak
from tuibrowser.settings.early import at_start

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.cli.line.grammar import Arguments, Command
    from tuibrowser.settings.early import AtStart

FOUND, NOTHING, ERROR = 0, 1, 2
"""Exit statuses of the commands."""

_INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line, without the program's name; return the exit status and never raise."""
    config = at_start(os.environ)
    speak(config.language)
    if sys.stdout is None:
        return _complain(plain("standard output is closed"))
    prepare_streams()
    _hand_on(config)
    try:
        status = _carry_out(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has seen enough; Python must not complain when it flushes at exit.
        _discard_output()
        return FOUND
    except KeyboardInterrupt:
        _discard_output()
        return _INTERRUPTED
    except UsageError as error:
        name = f"tuibrowser {error.command}".rstrip()
        return _complain(plain("{problem}; see {command} --help", problem=said(error), command=name))
    except (CommandError, CorpusError, OSError) as error:
        return _complain(_reason(error))
    return status


def _hand_on(config: AtStart) -> None:
    """Tell this process and those it starts what the config file says of records, words and servers."""
    names, own = config.record_names, config.dictionaries
    if config.server:
        os.environ.setdefault(SERVER, config.server)
    if config.certificates:
        os.environ.setdefault(CERTIFICATES, config.certificates)
    if config.trust:
        os.environ.setdefault(SERVER_OWNERS, ",".join(config.trust))
    if not names and not own:
        return
    import json  # few have any

    if names:
        os.environ[RECORD_NAMES] = json.dumps({field: list(given) for field, given in names.items()})
    if own:
        os.environ[DICTIONARIES] = json.dumps([os.path.abspath(path) for path in own])  # noqa: PTH100


def _carry_out(arguments: Sequence[str]) -> int:
    command, rest = choose(arguments)
    parsed = parse(command, rest)
    if parsed.flag("--help"):
        from tuibrowser.cli.line.usage import help_text

        sys.stdout.write(help_text(command))
        return FOUND
    if parsed.flag("--version"):
        from tuibrowser import __version__

        sys.stdout.write(f"tuibrowser {__version__}\n")
        return FOUND
    if parsed.flag("--no-server"):
        os.environ[SERVER] = SERVER_OFF
    if command.option(CLUSTER.name) is CLUSTER and (cluster := parsed.text(CLUSTER.name)) is not None:
        from tuibrowser.cli.cluster.direct import through_cluster

        parsed = through_cluster(parsed, cluster)
    return _dispatch(command, parsed)


def choose(arguments: Sequence[str]) -> tuple[Command, list[str]]:
    """The command that the first operand names, else the reader; and the arguments without that name."""
    options = [option for command in (READ, *COMMANDS.values()) for option in command.options]
    at = first_operand(arguments, options)
    command = COMMANDS.get(arguments[at]) if at is not None else None
    if at is None or command is None:
        return READ, list(arguments)
    return command, [*arguments[:at], *arguments[at + 1 :]]


def _dispatch(command: Command, arguments: Arguments) -> int:
    # Each is imported where it is chosen, so that none pays for another.
    module = import_module(f"tuibrowser.cli.{command.module}")
    carry_out: Callable[[Arguments], int] = getattr(module, command.name or READ.module)
    return carry_out(arguments)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        from tuibrowser.host.state_folder import HOMELESS  # late: most command lines end well
        from tuibrowser.host.system_errors import system_reason

        problem = system_reason(error, error.strerror)
        named = error.filename and not str(error.filename).startswith(str(HOMELESS))
        return plain("{file}: {problem}", file=error.filename, problem=problem) if named else problem
    return said(error)


def _complain(message: str) -> int:
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except OSError:
            _discard_output()
    if sys.stderr is not None:
        sys.stderr.write(f"tuibrowser: {one_line(shown(message))}\n")
    return ERROR


def _discard_output() -> None:
    """Send what is still to be written nowhere, so that Python does not fail on it at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
