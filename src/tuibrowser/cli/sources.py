"""Sources: find the texts that the operands of a command name."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError
from tuibrowser.cli.printing.output import one_line
from tuibrowser.corpus.containers.within import is_there
from tuibrowser.host.environment import SERVER
from tuibrowser.language.i18n import plain, shown, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

STANDARD_INPUT = "-"

_FIRST_WORD_AFTER = 0.5
_NEXT_WORD_AFTER = 0.1
"""Seconds: what is done sooner needs no word, and a terminal on a slow line not many."""


def check_paths(paths: Sequence[str]) -> None:
    """Raise CommandError for a path where nothing is; those of a server that is named may be on another machine."""
    if os.environ.get(SERVER, "").startswith("/"):
        return
    for path in paths:
        if path != STANDARD_INPUT and not is_there(path):
            raise CommandError(plain("no such file or folder: {path}", path=path or repr(path)))


def exists(path: str) -> bool:
    """Whether anything is at a path; a name that no file system takes is not."""
    try:
        return bool(path) and Path(path).exists()
    except (OSError, ValueError):
        return False


def standard_input() -> bytes:
    """All bytes of standard input; raise CommandError where it is closed."""
    if sys.stdin is None:
        raise CommandError(plain("standard input is closed"))
    return sys.stdin.buffer.read()


def standard_input_for(paths: Sequence[str]) -> bytes | None:
    """All bytes of standard input where one of the paths is `-`, else None."""
    return standard_input() if STANDARD_INPUT in paths else None


def say(sentences: Iterable[str]) -> None:
    """Say something that is no error on standard error."""
    if sys.stderr is not None:
        sys.stderr.writelines(f"tuibrowser: {one_line(shown(sentence))}\n" for sentence in sentences)


def _reading(done: int, total: int) -> str:
    return tr("reading {done:,} of {total:,}", done=done, total=total)


class Progress:
    """A word on standard error, where that is a terminal, on how far the reading of a large corpus is.

    `told` says how far other work is.
    """

    def __init__(self, told: Callable[[int, int], str] = _reading) -> None:
        self._told = told
        self._speaks = sys.stderr is not None and sys.stderr.isatty()
        self._next = monotonic() + _FIRST_WORD_AFTER
        self._spoken = False

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` is done, if it is time for that; wipe it after the last."""
        if not self._speaks:
            return
        if done >= total:
            self._write("\r\x1b[K" if self._spoken else "")
        elif monotonic() >= self._next:
            self._next = monotonic() + _NEXT_WORD_AFTER
            self._spoken = True
            self._write("\r" + self._told(done, total))

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
