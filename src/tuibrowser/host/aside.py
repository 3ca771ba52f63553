"""Aside: a task that a module of this program does in a process beside the one that asks for it.

The task is JSON on the standard input of the process, which tells how far it is as JSON lines on its standard output
and ends with the one who started it.
"""

from __future__ import annotations

import json
import selectors
import subprocess
import sys
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, Final, cast

from tuibrowser.host.parent import end_with_parent, give_way
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, restored, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_COMMAND: Final = ("-P", "-X", "utf8", "-m")
"""-P keeps Python from importing modules from the folder of the texts."""

_CHECK_SECONDS: Final = 0.2


def do_aside(
    module: str, task: Mapping[str, object], progress: Callable[[int, int], object], cancelled: Callable[[], bool]
) -> bool:
    """Have a module, whose `main` calls `carry_out`, do a task; return False where it was cancelled.

    Raises OSError where it fails.
    """
    if not sys.executable:
        raise OSError(plain("there is no interpreter to start"))
    with subprocess.Popen(
        [sys.executable, *_COMMAND, module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    ) as process:
        try:
            with suppress(BrokenPipeError), cast("IO[bytes]", process.stdin) as asked:  # it ended, as is told below
                asked.write(json.dumps(task).encode("ascii"))
            return _follow(cast("IO[bytes]", process.stdout), progress, cancelled)
        finally:
            process.kill()


def _follow(told: IO[bytes], progress: Callable[[int, int], object], cancelled: Callable[[], bool]) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(told, selectors.EVENT_READ)
        while not cancelled():
            if not selector.select(_CHECK_SECONDS):
                continue
            if not (line := told.readline()):
                raise OSError(plain("the process that does this ended too soon"))
            event: dict[str, Any] = {name: restored(value) for name, value in json.loads(line).items()}
            if "failed" in event:
                raise OSError(event["failed"])
            if event["done"] is None:
                return True
            progress(event["done"], event["total"])
    return False


def carry_out(job: Callable[[dict[str, Any], Callable[[int, int], None]], object]) -> None:
    """Do what standard input asks for: `job` takes the task, and is given what it tells how far it is."""
    give_way()
    end_with_parent()
    try:
        job(json.load(sys.stdin.buffer), lambda done, total: _tell(done=done, total=total))
    except OSError as error:
        _tell(failed=stored(system_reason(error)))
    else:
        _tell(done=None)


def _tell(**event: object) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()
