"""Process: make the table of likeness in a process beside the one that asks for it, whose memory stays free."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.host.aside import carry_out, do_aside
from tuibrowser.search.index.words.process import task_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.search.index.words.keeper import WordPlace

_MODULE: Final = "tuibrowser.search.likeness.process"


def make_aside(place: WordPlace, progress: Callable[[int, int], object], cancelled: Callable[[], bool]) -> bool:
    """Keep the table of the words of an index beside these; return False where it was cancelled.

    Raises OSError where it fails.
    """
    return do_aside(_MODULE, task_of(place), progress, cancelled)


def _do(task: dict[str, Any], progress: Callable[[int, int], None]) -> None:
    from tuibrowser.host.vector_sort import avoid_slow_sort

    avoid_slow_sort()  # before NumPy is imported
    from tuibrowser.language.i18n import plain
    from tuibrowser.search.index.store import load_segment
    from tuibrowser.search.index.words.files import LayerUnusableError, load_layer, made_by
    from tuibrowser.search.likeness.files import save_table
    from tuibrowser.search.likeness.table import made

    generation, folder = Path(task["generation"]), Path(task["folder"])
    of = made_by(task["name"], [*map(Path, task["dictionaries"])])
    segments = [load_segment(generation, name) for name in task["segments"]]
    try:
        layer, _ = load_layer(folder, of, segments)
    except LayerUnusableError as error:
        raise OSError(plain("the words were cut again meanwhile")) from error
    save_table(made(segments, layer, progress), folder, of)


if __name__ == "__main__":
    carry_out(_do)
