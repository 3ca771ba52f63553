"""Sources: find the texts that the operands of a command name."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError
from tuibrowser.cli.printing.output import one_line
from tuibrowser.corpus.containers.within import is_there
from tuibrowser.host.piped import read_for
from tuibrowser.language.i18n import plain, shown, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tuibrowser.host.piped import Piped

STANDARD_INPUT = "-"

_STANDARD_INPUTS = frozenset({"/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"})
_DESCRIPTORS = ("/dev/fd/", "/proc/self/fd/")

FIRST_SECONDS = 1.0
"""Seconds for which the reader waits for the end of a pipe."""

_FIRST_WORD_AFTER = 0.5
_NEXT_WORD_AFTER = 0.1
"""Seconds: what is done sooner needs no word, and a terminal on a slow line not many."""


def check_paths(paths: Sequence[str]) -> None:
    """Raise CommandError for a path where nothing is."""
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


def with_input(paths: Sequence[str]) -> tuple[Sequence[str], bytes | None]:
    """The paths, with `-` for one that is a pipe or standard input by another name; and all bytes of that, if any."""
    paths, pipe = _with_dash(paths)
    if pipe is None:
        return paths, None
    if pipe == STANDARD_INPUT:
        return paths, standard_input()
    with Path(pipe).open("rb") as file:
        return paths, file.read()


def with_first_input(paths: Sequence[str]) -> tuple[Sequence[str], Piped | None]:
    """The same, with what comes through the pipe in its first second, if it does not end before."""
    paths, pipe = _with_dash(paths)
    if pipe is None:
        return paths, None
    if pipe != STANDARD_INPUT:
        descriptor = os.open(pipe, os.O_RDONLY | os.O_CLOEXEC)
    elif sys.stdin is None:
        raise CommandError(plain("standard input is closed"))
    else:
        descriptor = os.dup(sys.stdin.fileno())
    try:
        return paths, read_for(descriptor, FIRST_SECONDS, lambda: say([plain("waiting for standard input")]))
    finally:
        os.close(descriptor)


def _with_dash(paths: Sequence[str]) -> tuple[Sequence[str], str | None]:
    """The paths, with `-` for the first that is a pipe; and the path of that, if there is any."""
    for at, path in enumerate(paths):
        if path == STANDARD_INPUT or path in _STANDARD_INPUTS:
            return [*paths[:at], STANDARD_INPUT, *paths[at + 1 :]], STANDARD_INPUT
        if _is_pipe(path):
            return [*paths[:at], STANDARD_INPUT, *paths[at + 1 :]], path
    return paths, None


def _is_pipe(path: str) -> bool:
    """Whether a path leads to an open end of a pipe, as `<(command)` does; a named one may have nobody who writes."""
    try:
        return path.startswith(_DESCRIPTORS) and stat.S_ISFIFO(Path(path).stat().st_mode)
    except (OSError, ValueError):
        return False


def say(sentences: Iterable[str]) -> None:
    """Say something that is no error on standard error."""
    if sys.stderr is not None:
        sys.stderr.writelines(f"tuibrowser: {one_line(shown(sentence))}\n" for sentence in sentences)


class Progress:
    """A word on standard error, where that is a terminal, on how far the reading of a large corpus is."""

    def __init__(self) -> None:
        self._speaks = sys.stderr is not None and sys.stderr.isatty()
        self._next = monotonic() + _FIRST_WORD_AFTER
        self._spoken = False

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` documents are read, if it is time for that; wipe it after the last."""
        if not self._speaks:
            return
        if done >= total:
            self._write("\r\x1b[K" if self._spoken else "")
        elif monotonic() >= self._next:
            self._next = monotonic() + _NEXT_WORD_AFTER
            self._spoken = True
            self._write("\r" + tr("reading {done:,} of {total:,}", done=done, total=total))

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
