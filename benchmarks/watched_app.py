"""The program with a watch on its event loop: every turn of the loop above a length is written down.

    python benchmarks/watched_app.py LOG ARGUMENTS…

LOG gets a line of JSON for each such turn: when it began (seconds of the monotonic clock), how long it took and how
much of that the processor worked for it (milliseconds), and whose turn it was. The rest is the program's command line.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

LONG = 0.01
"""Seconds of a turn that is written down."""


def watch(log: Path) -> None:
    """Time every turn of every event loop from now on."""
    run = asyncio.Handle._run
    file = log.open("a", encoding="utf-8", buffering=1)

    def timed(handle: asyncio.Handle) -> None:
        began, worked = perf_counter(), thread_time()
        run(handle)
        took = perf_counter() - began
        if took >= LONG:
            turn = [began, 1000 * took, 1000 * (thread_time() - worked), whose(handle)]
            file.write(json.dumps(turn) + "\n")

    asyncio.Handle._run = timed  # type: ignore[method-assign]


def whose(handle: Any) -> str:
    """The task, or the function, whose turn it was."""
    task = getattr(handle._callback, "__self__", None)
    return task.get_name() if isinstance(task, asyncio.Task) else str(handle._callback)[:80]


def main() -> None:
    watch(Path(sys.argv[1]))
    sys.argv = ["tuibrowser", *sys.argv[2:]]
    from tuibrowser.__main__ import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
