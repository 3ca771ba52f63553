"""Write man/tuibrowser.1 from the command line and the registry of keys: python scripts/build_man_page.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser import __version__
from tuibrowser.cli.line.commands import COMMANDS, READ
from tuibrowser.cli.line.usage import written
from tuibrowser.settings.commands import PLACE_TITLES, commands_of, keys_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tuibrowser.cli.line.grammar import Command

PAGE = Path(__file__).resolve().parents[1] / "man" / "tuibrowser.1"

STATUS = (
    ("0", "Something was found or done; the reader was left with q."),
    ("1", "Nothing was found."),
    ("2", "The command line or what it names is wrong; one line on standard error says why."),
    ("129, 143", "The terminal was lost; the program was told to end (SIGTERM)."),
)
VARIABLES = (
    ("NO_COLOR", "If set, nothing is coloured."),
    ("LC_ALL, LC_CTYPE, LANG", "The locale, whose encoding has to be UTF-8."),
    ("LANGUAGE, LC_ALL, LC_MESSAGES, LANG", "The language, where the config file names none: English or Chinese."),
    ("VISUAL, EDITOR", "The editor that E opens."),
    ("TUIBROWSER_SERVER", "off, or the socket of the server to ask; it is used before server in the config file."),
    (
        "TUIBROWSER_CERTIFICATES",
        "The folder of your certificate for --cluster; before certificates in the config file.",
    ),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME", "Where the files below are, if not in ~/.config and so on."),
)
FILES = (
    ("~/.config/tuibrowser/config.toml", "Options and keys; tuibrowser config --init writes a first one."),
    ("~/.local/state/tuibrowser/", "Places, bookmarks, earlier searches."),
    ("~/.cache/tuibrowser/", "Indexes, which may be deleted."),
)


def escaped(text: str) -> str:
    """Text as roff takes it literally."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti").replace("'", "\\(aq")
    return f"\\&{text}" if text.startswith(".") else text


def page() -> str:
    """The whole page."""
    lines = [
        '.\\" Made by scripts/build_man_page.py.',
        f'.TH TUIBROWSER 1 "" "tuibrowser {__version__}" "User Commands"',
        ".SH NAME",
        f"tuibrowser \\- {escaped(READ.summary)}",
        ".SH SYNOPSIS",
        *synopsis(READ),
        ".SH DESCRIPTION",
        escaped(READ.description),
        ".SH OPTIONS",
        *options(READ),
        ".SH COMMANDS",
    ]
    for command in COMMANDS.values():
        lines += [f".SS {command.name}", *synopsis(command), ".P", escaped(command.description or command.summary)]
        lines += [*options(command), *examples(command)]
    lines.append(".SH KEYS")
    for place, title in PLACE_TITLES.items():
        lines.append(f'.SS "{escaped(title)}"')
        rows = [(keys_label(each), each.help) for each in commands_of(place)]
        lines += tagged(rows)
    for title, rows in (("EXIT STATUS", STATUS), ("ENVIRONMENT", VARIABLES), ("FILES", FILES)):
        lines += [f'.SH "{title}"', *tagged(rows)]
    return "\n".join([*lines, ".SH EXAMPLES", *examples(READ)]) + "\n"


def synopsis(command: Command) -> Iterator[str]:
    """How a command is written, a line each."""
    for number, usage in enumerate(command.usage):
        if number:
            yield ".br"
        yield escaped(usage)


def options(command: Command) -> Iterator[str]:
    """The options of a command."""
    return tagged((written(option), option.help) for option in command.options)


def tagged(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Pairs of a term and what it means."""
    for term, words in rows:
        yield from (".TP", f"\\fB{escaped(term)}\\fR", escaped(words))


def examples(command: Command) -> Iterator[str]:
    """The examples of a command: each with what it does, where that is said."""
    for comment, line in command.examples:
        yield ".P"
        if comment:
            yield from (f"{escaped(comment[0].upper() + comment[1:])}:", ".br")
        yield f"\\&    {escaped(line)}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
