"""Wording: what many messages have in common, the system's own errors and things in a row."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from tuibrowser.i18n import Message, plain, said

if TYPE_CHECKING:
    from collections.abc import Iterable

_SYSTEM: Final = {
    message: message
    for message in (
        plain("Argument list too long"),
        plain("Bad file descriptor"),
        plain("Broken pipe"),
        plain("Cannot allocate memory"),
        plain("Connection timed out"),
        plain("Device or resource busy"),
        plain("Directory not empty"),
        plain("Disk quota exceeded"),
        plain("Exec format error"),
        plain("File exists"),
        plain("File name too long"),
        plain("File too large"),
        plain("Host is down"),
        plain("Inappropriate ioctl for device"),
        plain("Input/output error"),
        plain("Invalid argument"),
        plain("Invalid cross-device link"),
        plain("Is a directory"),
        plain("No locks available"),
        plain("No such device"),
        plain("No such device or address"),
        plain("No such file or directory"),
        plain("No space left on device"),
        plain("Not a directory"),
        plain("Operation not permitted"),
        plain("Operation not supported"),
        plain("Permission denied"),
        plain("Read-only file system"),
        plain("Resource temporarily unavailable"),
        plain("Stale file handle"),
        plain("Text file busy"),
        plain("Too many levels of symbolic links"),
        plain("Too many open files"),
        plain("Too many open files in system"),
        plain("Transport endpoint is not connected"),
        # SQLite's.
        plain("attempt to write a readonly database"),
        plain("database disk image is malformed"),
        plain("database is locked"),
        plain("database or disk is full"),
        plain("disk I/O error"),
        plain("file is not a database"),
        plain("unable to open database file"),
    )
}
"""The errors of the system and of SQLite that a reader may meet, by what is said of them in English."""


def system(error: BaseException) -> str:
    """What the system, or SQLite, says of an error, as in `Permission denied`; of another its message, else its name."""
    words = (isinstance(error, OSError) and error.strerror) or said(error) or type(error).__name__
    return _SYSTEM.get(words, words)


def reason(error: BaseException) -> str:
    """The same as it stands in a sentence, as in `permission denied`."""
    return _as(system(error).lower(), system(error))


def system_in_full(error: BaseException) -> str:
    """An error as Python writes it, with its number and the file; in other languages without the number."""
    if not isinstance(error, OSError) or not error.strerror:
        return said(error)
    words = system(error)
    if error.filename is not None:
        words = plain("{error}: {file}", error=words, file=str(error.filename))
    return _as(str(error), words)


def listed(things: Iterable[str]) -> str:
    """Things in a row, divided by commas; nothing for none."""
    return reduce(lambda one, other: plain("{one}, {other}", one=one, other=other) if one else other, things, "")


def clauses(parts: Iterable[str]) -> str:
    """Parts of a sentence in a row, divided by semicolons, without those that are empty."""
    return reduce(lambda one, other: plain("{one}; {other}", one=one, other=other) if one else other, filter(None, parts), "")


def _as(english: str, message: str) -> str:
    """A message that is another one in English."""
    return Message(english, message.template, message.values) if isinstance(message, Message) else english
