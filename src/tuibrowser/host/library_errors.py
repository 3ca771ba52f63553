"""Library errors: the error texts of what reads JSON and archives, as messages; an unknown one stays as it is."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Final

from tuibrowser.host.system_errors import by_english, system_error
from tuibrowser.language.i18n import plain, said

_JSON: Final = by_english(
    plain("Expecting value"),
    plain("Expecting property name enclosed in double quotes"),
    plain("Expecting ':' delimiter"),
    plain("Expecting ',' delimiter"),
    plain("Extra data"),
    plain("Illegal trailing comma before end of array"),
    plain("Illegal trailing comma before end of object"),
    plain("Invalid \\escape"),
    plain("Invalid \\uXXXX escape"),
    plain("Invalid control character at"),
    plain("Unterminated string starting at"),
)
_ARCHIVES: Final = by_english(
    plain("Bad magic number for central directory"),
    plain("Bad magic number for file header"),
    plain("Compressed data ended before the end-of-stream marker was reached"),
    plain("Compressed file ended before the end-of-stream marker was reached"),
    plain("Corrupt input data"),
    plain("File is not a zip file"),
    plain("Input format not supported by decoder"),
    plain("Invalid data stream"),
    plain("That compression method is not supported"),
    plain("Truncated central directory"),
    plain("Truncated file header"),
    plain("bad checksum"),
    plain("empty file"),
    plain("invalid header"),
    plain("truncated header"),
    plain("unexpected end of data"),
)
_BEGINNINGS: Final = {
    "Bad CRC-32 for file": plain("a checksum is wrong"),
    "CRC check failed": plain("a checksum is wrong"),
    "Error -": plain("what is compressed cannot be unpacked"),
    "Not a gzipped file": plain("not a gzip file"),
}
"""Texts that go on with bytes, numbers or names, which say no more to a reader."""


def json_reason(error: Exception) -> str:
    """Why a text is no JSON, from the error of `json`."""
    if not isinstance(error, JSONDecodeError):
        return said(error)
    what = _JSON.get(error.msg, error.msg)
    return plain(
        "{what}: line {line} column {column} (char {at})",
        what=what,
        line=error.lineno,
        column=error.colno,
        at=error.pos,
    )


def archive_reason(error: Exception) -> str:
    """Why an archive or a compressed file cannot be read, from the error of what reads it."""
    if isinstance(error, OSError) and error.errno is not None:
        return system_error(error)
    text = str(error)
    ours = next((message for beginning, message in _BEGINNINGS.items() if text.startswith(beginning)), None)
    return ours or _ARCHIVES.get(text) or said(error) or type(error).__name__
