"""What is wrong with a text that is no TOML, as a message; what is not known here stays in Python's English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

_KNOWN: Final[Mapping[str, str]] = {
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
_PLACED: Final = re.compile(r"(.+) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def toml_reason(error: ValueError) -> str:
    """What `tomllib` says of a text."""
    found = _PLACED.fullmatch(str(error))
    if found is None:
        return str(error)
    said, line, column = found.groups()
    what = _KNOWN.get(said, said)
    if line is None:
        return plain("{what} (at end of document)", what=what)
    return plain("{what} (at line {line}, column {column})", what=what, line=line, column=column)
