"""System errors: the error texts of the system, SQLite and Python as messages; an unknown one stays as it is."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING, Final

from tuibrowser.host.state_folder import HOMELESS
from tuibrowser.language.i18n import Message, plain, said

if TYPE_CHECKING:
    import sqlite3


def by_english(*messages: str) -> dict[str, str]:
    """Return messages by their English, which is the error text of a library."""
    return {str(message): message for message in messages}


_REASONS: Final = {
    errno.E2BIG: plain("argument list too long"),
    errno.EACCES: plain("permission denied"),
    errno.EAGAIN: plain("resource temporarily unavailable"),
    errno.EBADF: plain("bad file descriptor"),
    errno.EBUSY: plain("device or resource busy"),
    errno.EDQUOT: plain("disk quota exceeded"),
    errno.EEXIST: plain("file exists"),
    errno.EFBIG: plain("file too large"),
    errno.EINVAL: plain("invalid argument"),
    errno.EIO: plain("input/output error"),
    errno.EISDIR: plain("is a directory"),
    errno.ELOOP: plain("too many levels of symbolic links"),
    errno.EMFILE: plain("too many open files"),
    errno.ENAMETOOLONG: plain("file name too long"),
    errno.ENFILE: plain("too many open files in system"),
    errno.ENODEV: plain("no such device"),
    errno.ENOENT: plain("no such file or directory"),
    errno.ENOEXEC: plain("exec format error"),
    errno.ENOLCK: plain("no locks available"),
    errno.ENOMEM: plain("cannot allocate memory"),
    errno.ENOSPC: plain("no space left on device"),
    errno.ENOTCONN: plain("transport endpoint is not connected"),
    errno.ENOTDIR: plain("not a directory"),
    errno.ENOTEMPTY: plain("directory not empty"),
    errno.ENXIO: plain("no such device or address"),
    errno.EOPNOTSUPP: plain("operation not supported"),
    errno.EPERM: plain("operation not permitted"),
    errno.EPIPE: plain("broken pipe"),
    errno.EROFS: plain("read-only file system"),
    errno.ESTALE: plain("stale file handle"),
    errno.ETIMEDOUT: plain("connection timed out"),
    errno.ETXTBSY: plain("text file busy"),
    errno.EXDEV: plain("invalid cross-device link"),
}
_SQLITE: Final = by_english(
    plain("attempt to write a readonly database"),
    plain("database disk image is malformed"),
    plain("database is locked"),
    plain("database or disk is full"),
    plain("disk I/O error"),
    plain("file is not a database"),
    plain("unable to open database file"),
)
_NOT_UTF8: Final = plain("not UTF-8")
_NO_HOME: Final = plain("no home folder is known: HOME is not set")
_TOML: Final = by_english(
    plain("Cannot overwrite a value"),
    plain("Expected '=' after a key in a key/value pair"),
    plain("Expected ']' at the end of a table declaration"),
    plain("Expected newline or end of document after a statement"),
    plain("Illegal character '\\n'"),
    plain("Invalid initial character for a key part"),
    plain("Invalid statement"),
    plain("Invalid value"),
    plain("Unclosed array"),
    plain("Unclosed inline table"),
    plain("Unescaped '\\' in a string"),
    plain("Unterminated string"),
)
_AT: Final = re.compile(
    r"(?P<what>.+) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL
)


def system_reason(error: Exception, english: str | None = None) -> str:
    """Why something failed, such as to read a file; in English as given, else in lower case, as in a sentence.

    The words are the system's, else those of the error's own message, else its name.
    """
    if isinstance(error, UnicodeDecodeError):
        return Message(english or str(error), _NOT_UTF8.template, {})
    if isinstance(error, OSError) and str(error.filename).startswith(str(HOMELESS.parent)):
        return _NO_HOME
    own = (isinstance(error, OSError) and error.strerror) or said(error) or type(error).__name__
    known = _REASONS.get(error.errno or 0, own) if isinstance(error, OSError) else own
    return _as(english or own.lower(), known)


def system_error(error: Exception) -> str:
    """Why something failed, with the file if the system names one; without the number that Python puts before it."""
    reason = system_reason(error)
    if not isinstance(error, OSError) or error.errno is None:
        return _as(str(error), reason)
    if error.filename is None or reason is _NO_HOME:
        return reason
    return plain("{reason}: {file}", reason=reason, file=str(error.filename))


def sqlite_reason(error: sqlite3.Error) -> str:
    """Why a database cannot be used, in SQLite's words."""
    return _SQLITE.get(str(error), str(error))


def _as(english: str, message: str) -> str:
    """Return our message for an error text, so that it can be translated; its English stays that of the system."""
    return Message(english, message.template, message.values) if isinstance(message, Message) else english


def toml_reason(error: ValueError) -> str:
    """Return what is wrong with a text that is no TOML, from the error of `tomllib`."""
    found = _AT.fullmatch(str(error))
    if found is None:
        return str(error)
    words, line, column = found.groups()
    what = _TOML.get(words, words)
    if line is None:
        return plain("{what} (at end of document)", what=what)
    return plain("{what} (at line {line}, column {column})", what=what, line=line, column=column)
