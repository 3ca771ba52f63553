"""Children: the processes that read documents, started and ended."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from typing import IO, Final, cast

from tuibrowser.corpus.loading.frames import COMMAND

_begun: Final[list[subprocess.Popen[bytes]]] = []
"""Those that were started before there was anything to read."""


def begin(count: int) -> None:
    """Start some processes that will be wanted soon: until then they get themselves ready."""
    with suppress(OSError):
        while len(_begun) < count:
            _begun.append(_started())


def end_begun() -> None:
    """End those of them that nobody wanted."""
    while _begun:
        end(_begun.pop())


def start() -> subprocess.Popen[bytes]:
    """A process that reads documents, with pipes for its tasks and its answers. Raises OSError."""
    return _begun.pop() if _begun else _started()


def _started() -> subprocess.Popen[bytes]:
    if not sys.executable:
        raise OSError("there is no interpreter to start")
    return subprocess.Popen(
        [sys.executable, *COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process at once."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            cast("IO[bytes]", pipe).close()
    process.wait()
