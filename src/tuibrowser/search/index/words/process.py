"""Process: cut the texts of an index into words in a process beside the one that asks for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.hanzi.cutting import dictionaries
from tuibrowser.host.aside import carry_out, do_aside

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.search.index.words.keeper import WordPlace

_MODULE: Final = "tuibrowser.search.index.words.process"


def cut_aside(place: WordPlace, progress: Callable[[int, int], object], cancelled: Callable[[], bool]) -> bool:
    """Keep the words of an index in their place; return False where it was cancelled. Raises OSError where it fails."""
    return do_aside(_MODULE, task_of(place), progress, cancelled)


def task_of(place: WordPlace) -> dict[str, object]:
    """What a process is told that works on the words of an index: their generation, their folder, what cuts them."""
    return {
        "generation": os.fspath(place.generation),
        "name": place.name,
        "segments": list(place.segments),
        "folder": os.fspath(place.own_folder),
        "dictionaries": [os.fspath(path) for path in dictionaries()],
    }


def _do(task: dict[str, Any], progress: Callable[[int, int], None]) -> None:
    from tuibrowser.hanzi.cutting import cutter
    from tuibrowser.search.index.places import make_folder
    from tuibrowser.search.index.store import load_segment
    from tuibrowser.search.index.words.cut import cut
    from tuibrowser.search.index.words.files import made_by, save_layer

    generation, folder, own = Path(task["generation"]), Path(task["folder"]), [*map(Path, task["dictionaries"])]
    of = made_by(task["name"], own)
    segments = [load_segment(generation, name) for name in task["segments"]]
    layer = cut(segments, cutter(own), progress, lambda: False)
    assert layer is not None
    make_folder(folder.parent, shared=False)
    save_layer(layer, folder, of)


if __name__ == "__main__":
    carry_out(_do)
