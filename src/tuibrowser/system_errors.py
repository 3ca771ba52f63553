"""What the system and Python say of errors, as messages; what is not known here stays as they have it, in English."""

from __future__ import annotations

import errno
import re
from typing import Final

from tuibrowser.i18n import Message, plain

_REASONS: Final = {
    errno.EACCES: plain("permission denied"),
    errno.EDQUOT: plain("disk quota exceeded"),
    errno.EEXIST: plain("file exists"),
    errno.EIO: plain("input/output error"),
    errno.EISDIR: plain("is a directory"),
    errno.ELOOP: plain("too many levels of symbolic links"),
    errno.EMFILE: plain("too many open files"),
    errno.ENAMETOOLONG: plain("file name too long"),
    errno.ENOENT: plain("no such file or directory"),
    errno.ENOMEM: plain("cannot allocate memory"),
    errno.ENOSPC: plain("no space left on device"),
    errno.ENOTDIR: plain("not a directory"),
    errno.EPERM: plain("operation not permitted"),
    errno.EROFS: plain("read-only file system"),
}
_NOT_UTF8: Final = plain("not UTF-8")
_TOML: Final = {
    str(message): message
    for message in (
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
}
_AT: Final = re.compile(
    r"(?P<what>.+) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL
)


def system_reason(error: OSError | UnicodeDecodeError, english: str | None = None) -> str:
    """Why a file could not be read or written; in English as given, else in the words of the system in lower case."""
    if isinstance(error, UnicodeDecodeError):
        return Message(english or str(error), _NOT_UTF8.template, {})
    english = english or (error.strerror or str(error)).lower()
    known = _REASONS.get(error.errno) if error.errno is not None else None
    return Message(english, known.template, {}) if known is not None else english


def toml_reason(error: ValueError) -> str:
    """What is wrong with a text that is no TOML, by the error of `tomllib`."""
    found = _AT.fullmatch(str(error))
    if found is None:
        return str(error)
    said, line, column = found.groups()
    what = _TOML.get(said, said)
    if line is None:
        return plain("{what} (at end of document)", what=what)
    return plain("{what} (at line {line}, column {column})", what=what, line=line, column=column)
