"""Mapped: check that the files an index is mapped from are as long as they were.

Reading a part that a mapped file has lost ends the process by a signal. The check costs two microseconds a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from mmap import mmap
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import numpy.typing as npt

    Array = npt.NDArray[Any]


class CutShortError(CorpusError):
    """A file was cut short while it was mapped."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapped file, and how long it was when it was mapped."""

    file: mmap
    size: int


def map_array(path: Path) -> Array:
    """Map an array. Raises OSError, and ValueError where the file holds none."""
    # Not as a memmap, each slice of which costs more.
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def mapped(parts: Iterable[Array | mmap]) -> tuple[Mapped, ...]:
    """Note the files of what is mapped; an array that is in memory has none."""
    files = [part if isinstance(part, mmap) else _behind(part) for part in parts]
    return tuple(Mapped(file, len(file)) for file in files if file is not None)


def _behind(array: Array) -> mmap | None:
    base: Any = array
    while isinstance(base, np.ndarray):
        base = base.base
    return base if isinstance(base, mmap) else None


def check(files: Iterable[Mapped]) -> None:
    """Raise CutShortError if a file is shorter or its system no longer has it, as a server of files may say.

    One that was replaced or removed stays whole for who has mapped it.
    """
    # A mapping keeps its file open, and asks that for its size: a third of the time of asking by name.
    for each in files:
        try:
            is_short = each.file.size() < each.size
        except OSError:
            is_short = True
        if is_short:
            raise CutShortError(plain("the index was cut short while it was open; start again to have it built anew"))
