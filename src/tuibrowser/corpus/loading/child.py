"""Children: the processes that read documents, started and ended."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from typing import IO, cast

from tuibrowser.corpus.loading.worker import COMMAND


def start() -> subprocess.Popen[bytes]:
    """Start a process that reads documents, with pipes for its tasks and its answers. Raises OSError."""
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
