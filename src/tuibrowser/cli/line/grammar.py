"""Grammar: parse a command line: options by their table, operands by their order."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import UsageError
from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tuibrowser.language.i18n import Message

# So that a query such as -广东, "-a b" or -5 is an operand without further ado.
_OPTION = re.compile(r"(--?[A-Za-z][A-Za-z-]*)(?:=(.*))?", re.DOTALL)


@frozen
class Option:
    """An option of a command. `value` names what it takes (None for a flag), `choices` what completion offers."""

    name: str
    help: Message
    value: str | None = None
    choices: tuple[str, ...] = ()
    short: str | None = None


@frozen
class Command:
    """A command: its name (empty for the reader itself), what it does, how it is written, its options and examples.

    `module`, below `tuibrowser.cli`, has the function of its name that carries it out. `operands` lists words that
    complete its operands; None stands for file names. `examples` are pairs of a comment and a command line.
    """

    name: str
    module: str
    summary: Message
    usage: tuple[str, ...]
    options: tuple[Option, ...]
    examples: tuple[tuple[str, str], ...]
    description: str = ""
    operands: tuple[str, ...] | None = None

    def option(self, name: str) -> Option | None:
        """The option of that name, long or short."""
        return next((option for option in self.options if name in (option.name, option.short)), None)


@frozen
class Arguments:
    """A command line taken apart: the operands in order, and the options by their long names."""

    command: str
    operands: tuple[str, ...]
    values: Mapping[str, str | None] = field(default_factory=dict)
    literal: int = 0
    """How many of the last operands stood after `--`."""
    given: tuple[tuple[str, str | None], ...] = ()
    """The options with their values as they were given, also those given several times."""

    def flag(self, name: str) -> bool:
        """Whether a flag was given."""
        return name in self.values

    def text(self, name: str) -> str | None:
        """The value of an option, None where it was not given."""
        return self.values.get(name)

    def texts(self, name: str) -> list[str]:
        """All values of an option that may be given several times."""
        return [value for given, value in self.given if given == name and value is not None]

    def number(self, name: str) -> int | None:
        """The value of an option that takes a whole number from 1; raise UsageError where it is none."""
        text = self.values.get(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text)):
            raise UsageError(
                plain("{option} takes a whole number from 1, not {given!r}", option=name, given=text), self.command
            )
        return int(text)


def is_option(argument: str) -> bool:
    """Whether an argument before `--` has the form of an option."""
    return _OPTION.fullmatch(argument) is not None


def parse(command: Command, arguments: Sequence[str]) -> Arguments:
    """Take the arguments of a command apart; raise UsageError for an unknown option or a missing value.

    Options and operands may stand in any order; `--` ends the options; of an option given twice the last one holds.
    """
    operands: list[str] = []
    given: list[tuple[str, str | None]] = []
    rest = list(reversed(arguments))
    literal = 0
    while rest:
        argument = rest.pop()
        if argument == "--":
            literal = len(rest)
            operands += reversed(rest)
            break
        match = _OPTION.fullmatch(argument)
        if match is None:
            operands.append(argument)
        else:
            option = _known(command, match[1])
            given.append((option.name, _value(command, option, match[2], rest)))
    return Arguments(command.name, tuple(operands), dict(given), literal, tuple(given))


def _known(command: Command, name: str) -> Option:
    option = command.option(name)
    if option is None:
        raise UsageError(
            plain("unknown option {option} (what begins with a dash and is no option goes after --)", option=name),
            command.name,
        )
    return option


def _value(command: Command, option: Option, given: str | None, rest: list[str]) -> str | None:
    if option.value is None:
        if given is not None:
            raise UsageError(plain("{option} takes no value", option=option.name), command.name)
        return None
    if given is not None:
        return given
    if not rest or rest[-1] == "--":
        raise UsageError(plain("{option} needs {value}", option=option.name, value=option.value), command.name)
    return rest.pop()


def first_operand(arguments: Sequence[str], options: Iterable[Option]) -> int | None:
    """The place of the first argument that is neither an option nor an option's value; None without one or at `--`."""
    valued = {name for option in options if option.value is not None for name in (option.name, option.short)}
    at = 0
    while at < len(arguments):
        if arguments[at] == "--":
            return None
        if not is_option(arguments[at]):
            return at
        at += 2 if arguments[at] in valued else 1
    return None
