"""File names as a reader may see them: printable on any terminal and safe to print."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

_UNSAFE: Final = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls
    "\u2028\u2029\ufeff"  # separators that end lines elsewhere, and the byte order mark
    "\ud800-\udfff"  # bytes of names that are not UTF-8
    "]"
)
_SUFFIX: Final = re.compile(r"\.(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,10}\Z")


def printable(name: str) -> str:
    r"""A file name with each control, bidi control and undecodable byte written out, as in `a\x1bb`."""
    return _UNSAFE.sub(_escape, name)


def suffix(name: str) -> str:
    """The suffix of a file name in lower case with its dot, or an empty string.

    A suffix is of at most ten ASCII letters and digits, among them a letter: 第1.5章 and 卷.001 have none.
    """
    found = _SUFFIX.search(name)
    return found[0].lower() if found and found.start() > 0 else ""


def stem(name: str) -> str:
    """The last part of a document's name without its suffix."""
    last = PurePosixPath(name).name or name
    return last[: len(last) - len(suffix(last))]


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
