"""Names: make file names printable on any terminal and safe to print."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.decoding.encodings import EUC_TW, foreign
from tuibrowser.hanzi.frequency import cost, mean_cost

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNSAFE: Final = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls
    "\u2028\u2029\ufeff"  # separators that end lines elsewhere, and the byte order mark
    "\ud800-\udfff"  # bytes of names that are not UTF-8
    "]"
)
_UNDECODED: Final = re.compile("[\udc80-\udcff]")
_PLAUSIBLE: Final = 7.8
"""Greatest mean cost of a character in a name that is Chinese beyond doubt."""
_DOUBTFUL: Final = 9.2
"""Greatest mean cost of a character in a name that may be Chinese, if no other encoding is sure."""
_CLOSE: Final = 2.0
"""Difference of the costs of a name in two encodings that its neighbours outweigh."""
SIDECARS: Final = ("metadata.csv", "metadata.tsv", "metadata.json", "metadata.jsonl")
"""What files are called that say what is known of the files beside them; the first that is there counts."""
COMPRESSED: Final = frozenset({".gz", ".bz2", ".xz", ".zst"})
_LONGEST_SUFFIX: Final = 10
_FILE_NAMES: Final = sys.getfilesystemencoding()
"""The encoding in which Python gives names of files."""


def as_utf8(name: str) -> str:
    """A file name or an argument as UTF-8 where its bytes are that, even if the locale took them for something else."""
    if name.isascii() or (_FILE_NAMES == "utf-8" and name.isprintable()):
        return name
    try:
        return os.fsencode(name).decode("utf-8")
    except UnicodeError:
        return name


def printable(name: str, likely: str | None = None) -> str:
    r"""A file name or path with each control and bidi control written out, as in `a\x1bb`.

    A part that is not UTF-8 is taken for GBK or Big5 where it makes Chinese so, as the names in old archives do, and
    for another encoding where that is sure; else its bytes are written out. `likely` is the encoding that most names
    beside it are in, which decides where both would do.
    """
    name = as_utf8(name)
    if name.isprintable():
        return name
    if _UNDECODED.search(name):
        name = "/".join([_guessed(part, likely) for part in name.split("/")])
    return _UNSAFE.sub(_escape, name)


def likely_encoding(names: Iterable[str]) -> str | None:
    """The encoding that names which are not UTF-8 are most likely in; None where all names are."""
    totals: Counter[str] = Counter()
    for name in names:
        for part in name.split("/") if _UNDECODED.search(name) else ():
            totals.update({codec: -price for codec, (_, price) in _chinese(os.fsencode(part)).items()})
    return totals.most_common(1)[0][0] if totals else None


def suffix(name: str) -> str:
    """The suffix of a file name in lower case with its dot, or an empty string.

    A suffix is of at most ten ASCII letters and digits, among them a letter: 第1.5章 and 卷.001 have none.
    """
    at = name.rfind(".")
    return _suffix(name[at + 1 :]) if at > 0 else ""


@lru_cache(1024)
def _suffix(ending: str) -> str:
    """The suffix that the end of a name is. Kept: the files of a corpus have few different ones."""
    if not ending.isalnum() or not ending.isascii() or ending.isdecimal() or len(ending) > _LONGEST_SUFFIX:
        return ""
    return f".{ending.lower()}"


def is_compressed(name: str) -> bool:
    """Whether a file is by its name one that holds another, compressed."""
    return suffix(name) in COMPRESSED


def inner_name(name: str) -> str:
    """The name of the file that a compressed one holds: 卷一.txt of 卷一.txt.gz; another name as it is."""
    return name[: len(name) - len(suffix(name))] if is_compressed(name) else name


@lru_cache(128)
def stem(name: str) -> str:
    """The last part of a document's name without its suffix, or without both where it is compressed.

    Kept: the name of a document is asked for its stem by several rules, one after another, while others are read too.
    """
    last = name.rstrip("/").rpartition("/")[2] or name
    ending = suffix(last)
    if ending in COMPRESSED:
        last = last[: -len(ending)]
        ending = suffix(last)
    return last[: len(last) - len(ending)]


def _guessed(part: str, likely: str | None) -> str:
    """A name with undecoded bytes as it reads in the encoding that its characters are most usual in, if they are."""
    if not _UNDECODED.search(part):
        return part
    ending = suffix(part)
    data = os.fsencode(part[: len(part) - len(ending)])
    readings = _chinese(data)
    best = min(readings, key=lambda codec: readings[codec][1])
    if likely in readings and readings[likely][1] < readings[best][1] + _CLOSE:
        best = likely
    text = readings[best][0]
    mean = mean_cost(text)
    if mean > _PLAUSIBLE and (codec := foreign(data)) and codec != EUC_TW:
        return data.decode(codec, "surrogateescape") + ending
    return text + ending if mean <= _DOUBTFUL else part


def _chinese(data: bytes) -> dict[str, tuple[str, float]]:
    """What the bytes of a name say in each encoding of Chinese, and how surprising that is."""
    readings = {}
    for codec in ("gb18030", "big5hkscs"):
        text = data.decode(codec, "replace")
        readings[codec] = text, sum(map(cost, text))
    return readings


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
