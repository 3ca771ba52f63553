"""Mapped: check that the files an index is mapped from are as long as they were.

Reading a part that a mapped file has lost ends the process by a signal. The check costs microseconds a file.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class CutShortError(CorpusError):
    """A file was cut short while it was mapped."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A file as it was when it was mapped."""

    path: str
    identity: tuple[int, int]
    size: int


def mapped(paths: Iterable[Path]) -> tuple[Mapped, ...]:
    """Note files that are mapped. Raises OSError."""
    return tuple(_noted(os.fspath(path)) for path in paths)


def _noted(path: str) -> Mapped:
    found = os.stat(path)  # noqa: PTH116  # before every search
    return Mapped(path, (found.st_dev, found.st_ino), found.st_size)


def check(files: Iterable[Mapped]) -> None:
    """Raise CutShortError if a file is shorter; one that was replaced or removed stays whole for who has mapped it."""
    for file in files:
        try:
            now = _noted(file.path)
        except OSError:
            continue
        if now.identity == file.identity and now.size < file.size:
            raise CutShortError(plain("the index was cut short while it was open; start again to have it built anew"))
