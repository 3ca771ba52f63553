"""Environment: what the variables of a process say about the terminal it was started in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

RECORD_NAMES = "TUIBROWSER_RECORD_NAMES"
"""The variable that hands the names of fields in the config file on to processes that read: JSON."""

DICTIONARIES = "TUIBROWSER_DICTIONARIES"
"""The variable that hands the paths of the reader's dictionaries on to what cuts texts into words: JSON."""

SERVER = "TUIBROWSER_SERVER"
"""The variable that names the socket of a server, or says that none is wanted."""

SERVER_OFF = "off"

SERVER_OWNERS = "TUIBROWSER_SERVER_OWNERS"
"""The variable that names the users whose servers are trusted too, divided by commas."""

CERTIFICATES = "TUIBROWSER_CERTIFICATES"
"""The variable that names the folder of an operator's certificate for a cluster."""

PAGE = "TUIBROWSER_PAGE"
"""The variable that says that the reading screen is shown in a web page, whose reader sits elsewhere."""

TRUE_COLOUR = 1 << 24
_REMOTE = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")
_WITHOUT_CURSOR = frozenset({"", "dumb", "unknown", "emacs"})
_WITHOUT_COLOUR = ("vt1", "vt2", "vt3", "vt4", "vt5")
_HEADLESS = plain("search, outline and show write to files and pipes")


class Unfit(NamedTuple):
    """Why the reading screen cannot be shown, and what to do instead: in words, or as a command line."""

    what: str
    remedy: str
    is_command: bool = False


def unfit(environment: Mapping[str, str], output_is_terminal: bool, keys_are_terminal: bool = True) -> Unfit | None:
    """What keeps the reading screen from being shown here, or None."""
    if in_page(environment):
        return None
    if not output_is_terminal:
        return Unfit(plain("standard output is not a terminal"), _HEADLESS)
    if not keys_are_terminal:
        remedy = plain("to read a document from it, give -; {otherwise}", otherwise=_HEADLESS)
        return Unfit(plain("standard input is not a terminal"), remedy)
    terminal = environment.get("TERM", "")
    if not terminal:
        return Unfit(plain("TERM is not set: this needs a terminal with a movable cursor"), _HEADLESS)
    if terminal in _WITHOUT_CURSOR:
        what = plain("TERM is {terminal}: this needs a terminal with a movable cursor", terminal=terminal)
        return Unfit(what, _HEADLESS)
    encoding = locale_encoding(environment)
    if encoding not in {"", "utf-8"}:
        what = plain("the locale's encoding is {encoding}, not UTF-8", encoding=encoding)
        return Unfit(what, "LC_ALL=C.UTF-8 tuibrowser", is_command=True)
    return None


def problem(environment: Mapping[str, str], output_is_terminal: bool, keys_are_terminal: bool = True) -> str | None:
    """What `unfit` finds, in one line, or None."""
    found = unfit(environment, output_is_terminal, keys_are_terminal)
    if found is None:
        return None
    if found.is_command:
        return plain("{problem} (try: {command})", problem=found.what, command=found.remedy)
    return plain("{problem} ({remedy})", problem=found.what, remedy=found.remedy)


def in_page(environment: Mapping[str, str]) -> bool:
    """Whether the reading screen is shown in a web page: its reader writes no files here and starts no programs."""
    return bool(environment.get(PAGE))


def locale_name(environment: Mapping[str, str]) -> str:
    """The locale of character classification, such as zh_CN.UTF-8; empty where no variable names one."""
    names = (environment.get(variable, "") for variable in ("LC_ALL", "LC_CTYPE", "LANG"))
    return next((name for name in names if name), "")


def locale_encoding(environment: Mapping[str, str]) -> str:
    """The encoding the locale asks for, in lower case (utf-8, gb18030, ascii); empty where it names none.

    A name without an encoding (zh_TW) is not evidence: the terminals of today that carry it speak UTF-8.
    """
    name = locale_name(environment)
    if name in {"C", "POSIX"}:
        return "ascii"
    encoding = name.partition("@")[0].partition(".")[2].lower()
    if name.upper() in {"UTF-8", "UTF8"} or encoding in {"utf8", "utf-8"}:
        return "utf-8"
    return encoding


def remote(environment: Mapping[str, str]) -> bool:
    """Whether the reader sits at another machine (SSH, or mosh, which is started through it)."""
    return any(environment.get(name) for name in _REMOTE) or any(name.startswith("MOSH_") for name in environment)


def mosh(environment: Mapping[str, str]) -> bool:
    """Whether the connection looks like mosh, whose server leaves this mark beside the variables of SSH."""
    if any(name.startswith("MOSH_") for name in environment):
        return True
    return remote(environment) and environment.get("NCURSES_NO_UTF8_ACS") == "1"


def colours(environment: Mapping[str, str]) -> int:
    """How many colours the terminal shows and the reader wants: 0, 16, 256 or TRUE_COLOUR.

    NO_COLOR counts when it is not empty (no-color.org).
    """
    terminal = environment.get("TERM", "")
    if environment.get("NO_COLOR") or terminal in _WITHOUT_CURSOR or terminal.startswith(_WITHOUT_COLOUR):
        return 0
    if environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"} or terminal.endswith("-direct"):
        return TRUE_COLOUR
    return 256 if "256" in terminal else 16
