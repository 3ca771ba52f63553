"""From the operands of a command to the texts it works on."""

from __future__ import annotations

import codecs
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STANDARD_INPUT = "-"

_FIRST_WORD_AFTER = 0.5
_NEXT_WORD_AFTER = 0.1
"""Seconds: what is done sooner needs no word, and a terminal on a slow line not many."""


def check_paths(paths: Sequence[str]) -> None:
    """Raise CommandError for a path where nothing is."""
    for path in paths:
        if path != STANDARD_INPUT and not Path(path).exists():
            raise CommandError(f"{path or repr(path)}: no such file or folder")


def check_encoding(name: str | None) -> str | None:
    """The name of an encoding of texts, None for none; raise CommandError where Python knows none of that name."""
    if name is None:
        return None
    try:
        b"".decode(name)
        codecs.lookup(name)
    except (LookupError, UnicodeError, ValueError):
        raise CommandError(f"unknown encoding {name!r} (such as utf-8, gb18030, big5hkscs, utf-16)") from None
    return name


@contextmanager
def readable_paths(operands: Sequence[str], encoding: str | None) -> Iterator[list[str]]:
    """The paths that operands name, `-` as a file that holds standard input; raise CommandError where one is wrong."""
    check_encoding(encoding)
    check_paths(operands)
    if STANDARD_INPUT not in operands:
        yield list(operands)
        return
    with tempfile.TemporaryDirectory(prefix="tuibrowser-") as folder:
        file = Path(folder, "standard input")
        file.write_bytes(standard_input())
        yield [str(file) if operand == STANDARD_INPUT else operand for operand in dict.fromkeys(operands)]


def standard_input() -> bytes:
    """All bytes of standard input; raise CommandError where it is closed."""
    if sys.stdin is None:
        raise CommandError("standard input is closed")
    return sys.stdin.buffer.read()


class Progress:
    """A word on standard error, where that is a terminal, on how far the reading of a large corpus is."""

    def __init__(self) -> None:
        self._speaks = sys.stderr is not None and sys.stderr.isatty()
        self._next = monotonic() + _FIRST_WORD_AFTER
        self._spoken = False

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` documents are read, if it is time for that."""
        if self._speaks and done < total and monotonic() >= self._next:
            self._next = monotonic() + _NEXT_WORD_AFTER
            self._spoken = True
            sys.stderr.write(f"\rreading {done:,} of {total:,}")
            sys.stderr.flush()

    def end(self) -> None:
        """Wipe what was said."""
        if self._spoken:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
