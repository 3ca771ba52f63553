"""Process: make a piece of an index in a process beside the one that asks for it."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.host.aside import carry_out, do_aside
from tuibrowser.host.vector_sort import avoid_slow_sort

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.search.building.pieces import Task

_MODULE: Final = "tuibrowser.search.building.process"


def make_aside(task: Task, folder: Path, progress: Callable[[int, int], object], cancelled: Callable[[], bool]) -> bool:
    """Make a piece in a folder; return False where it was cancelled. Raises OSError where it fails."""
    said = {
        "folder": os.fspath(folder),
        "files": b64encode(task.files).decode("ascii"),
        "first": task.first,
        "documents": task.documents,
        "encoding": task.encoding,
        "maker": task.maker,
    }
    return do_aside(_MODULE, said, progress, cancelled)


def _do(said: dict[str, Any], progress: Callable[[int, int], None]) -> None:
    avoid_slow_sort()  # before NumPy is imported
    from tuibrowser.search.building.making import make
    from tuibrowser.search.building.pieces import Task

    task = Task(b64decode(said["files"]), said["first"], said["documents"], said["encoding"], said["maker"])
    make(task, Path(said["folder"]), progress)


if __name__ == "__main__":
    carry_out(_do)
