"""File names as a reader may see them: printable on any terminal and safe to print."""

from __future__ import annotations

import os
import re
from typing import Final

from tuibrowser.hanzi.common import COMMON

_UNSAFE: Final = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls
    "\u2028\u2029\ufeff"  # separators that end lines elsewhere, and the byte order mark
    "\ud800-\udfff"  # bytes of names that are not UTF-8
    "]"
)
_UNDECODED: Final = re.compile("[\udc80-\udcff]")
_LEAST_COMMON: Final = 0.4
"""Share of common characters in a name that makes sense; in one taken for the wrong encoding it is about 0.1."""
_SUFFIX: Final = re.compile(r"\.(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,10}\Z")


def as_utf8(name: str) -> str:
    """A file name or an argument as UTF-8 where its bytes are that, even if the locale took them for something else."""
    if name.isascii():
        return name
    try:
        return os.fsencode(name).decode("utf-8")
    except UnicodeError:
        return name


def printable(name: str) -> str:
    r"""A file name or path with each control and bidi control written out, as in `a\x1bb`.

    A part that is not UTF-8 is taken for GBK or Big5 where it makes Chinese so, as the names in old archives do; else
    its bytes are written out.
    """
    name = as_utf8(name)
    if _UNDECODED.search(name):
        name = "/".join([_guessed(part) for part in name.split("/")])
    return _UNSAFE.sub(_escape, name)


def suffix(name: str) -> str:
    """The suffix of a file name in lower case with its dot, or an empty string.

    A suffix is of at most ten ASCII letters and digits, among them a letter: 第1.5章 and 卷.001 have none.
    """
    found = _SUFFIX.search(name)
    return found[0].lower() if found and found.start() > 0 else ""


def stem(name: str) -> str:
    """The last part of a document's name without its suffix."""
    last = name.rstrip("/").rpartition("/")[2] or name
    return last[: len(last) - len(suffix(last))]


def _guessed(part: str) -> str:
    """A name with undecoded bytes as it reads in the encoding that gives it most common characters, if most are."""
    if not _UNDECODED.search(part):
        return part
    best, score = part, _LEAST_COMMON
    for codec in ("gb18030", "big5hkscs"):
        try:
            text = os.fsencode(part).decode(codec)
        except UnicodeError:
            continue
        beyond = sum(character > "\x7f" for character in text)
        common = sum(map(COMMON.__contains__, text))
        if beyond and common / beyond > score:
            best, score = text, common / beyond
    return best


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
