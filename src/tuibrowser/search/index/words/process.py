"""Process: cut the texts of an index into words in a process beside the one that started it.

It takes what to do as JSON on its standard input, tells how far it is as JSON lines on its standard output, and ends
with the one who started it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, restored, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_COMMAND: Final = ("-P", "-X", "utf8", "-m", "tuibrowser.search.index.words.process")
"""-P keeps Python from importing modules from the folder of the texts."""

_PARENT_CHECK_SECONDS: Final = 0.2
_NICENESS: Final = 5
"""The reader comes first."""


def cut_aside(
    generation: Path,
    segments: Sequence[str],
    folder: Path,
    dictionaries: Sequence[Path],
    progress: Callable[[int, int], object],
    cancelled: Callable[[], bool],
) -> bool:
    """Keep the words of the segments of a generation in a folder; return False where it was cancelled.

    Raises OSError where it fails.
    """
    if not sys.executable:
        raise OSError(plain("there is no interpreter to start"))
    task = {
        "generation": os.fspath(generation),
        "segments": list(segments),
        "folder": os.fspath(folder),
        "dictionaries": [os.fspath(path) for path in dictionaries],
    }
    with subprocess.Popen(
        [sys.executable, *_COMMAND], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            with cast("IO[bytes]", process.stdin) as asked:
                asked.write(json.dumps(task).encode("ascii"))
            return _follow(cast("IO[bytes]", process.stdout), progress, cancelled)
        finally:
            process.kill()


def _follow(told: IO[bytes], progress: Callable[[int, int], object], cancelled: Callable[[], bool]) -> bool:
    for line in told:
        if cancelled():
            return False
        event: dict[str, Any] = {name: restored(value) for name, value in json.loads(line).items()}
        if "failed" in event:
            raise OSError(event["failed"])
        if event["done"] is None:
            return True
        progress(event["done"], event["total"])
    raise OSError(plain("the process that cuts texts into words ended too soon"))


def main() -> None:
    """Do what standard input asks for."""
    os.nice(_NICENESS)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    task = json.load(sys.stdin.buffer)
    try:
        _cut(Path(task["generation"]), task["segments"], Path(task["folder"]), [*map(Path, task["dictionaries"])])
    except OSError as error:
        _tell(failed=stored(system_reason(error)))
    else:
        _tell(done=None)


def _cut(generation: Path, segments: Sequence[str], folder: Path, dictionaries: Sequence[Path]) -> None:
    from tuibrowser.hanzi.cutting import cutter
    from tuibrowser.search.index.store import load_segment, make_folder
    from tuibrowser.search.index.words.cut import cut
    from tuibrowser.search.index.words.files import made_by, save_layer

    of = made_by(generation.name, dictionaries)
    loaded = [load_segment(generation, name) for name in segments]
    layer = cut(loaded, cutter(dictionaries), lambda done, total: _tell(done=done, total=total), lambda: False)
    assert layer is not None
    make_folder(folder.parent, shared=False)
    save_layer(layer, folder, of)


def _tell(**event: object) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def _end_with_parent(parent: int) -> None:
    """End at once when who started this is gone: nobody waits for the words any more."""
    while os.getppid() == parent:
        time.sleep(_PARENT_CHECK_SECONDS)
    os._exit(0)


if __name__ == "__main__":
    main()
