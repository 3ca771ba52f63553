"""Process: cut the texts of an index into words in a process beside the one that asks for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.host.aside import carry_out, do_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MODULE: Final = "tuibrowser.search.index.words.process"


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
    task = {
        "generation": os.fspath(generation),
        "segments": list(segments),
        "folder": os.fspath(folder),
        "dictionaries": [os.fspath(path) for path in dictionaries],
    }
    return do_aside(_MODULE, task, progress, cancelled)


def _do(task: dict[str, Any], progress: Callable[[int, int], None]) -> None:
    folder, dictionaries = Path(task["folder"]), [*map(Path, task["dictionaries"])]
    _cut(Path(task["generation"]), task["segments"], folder, dictionaries, progress)


def _cut(
    generation: Path,
    segments: Sequence[str],
    folder: Path,
    dictionaries: Sequence[Path],
    progress: Callable[[int, int], None],
) -> None:
    from tuibrowser.hanzi.cutting import cutter
    from tuibrowser.search.index.store import load_segment, make_folder
    from tuibrowser.search.index.words.cut import cut
    from tuibrowser.search.index.words.files import made_by, save_layer

    of = made_by(generation.name, dictionaries)
    loaded = [load_segment(generation, name) for name in segments]
    layer = cut(loaded, cutter(dictionaries), progress, lambda: False)
    assert layer is not None
    make_folder(folder.parent, shared=False)
    save_layer(layer, folder, of)


if __name__ == "__main__":
    carry_out(_do)
