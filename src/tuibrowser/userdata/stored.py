"""Stored: keep strings in SQLite that UTF-8 cannot carry.

Names of files and texts may hold half of a UTF-16 pair. Such a string is kept as a BLOB of its UTF-8 with surrogates,
every other one as TEXT, so that equal strings are equal in the database.
"""

from __future__ import annotations

_ERRORS = "surrogatepass"


def stored(text: str) -> str | bytes:
    """A string as a value for SQLite."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", _ERRORS)
    return text


def loaded(value: object) -> str:
    """The string that a value of SQLite stands for; an empty one for what is none."""
    if isinstance(value, bytes):
        return value.decode("utf-8", _ERRORS)
    return value if isinstance(value, str) else ""
