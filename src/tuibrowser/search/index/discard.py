"""Discard: delete an index, but only files and folders that an index has, and follow no link."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GENERATION: Final = re.compile(r"[cgpw][0-9a-f]{4,32}", re.ASCII)
"""A folder of a generation, of its parts, or of its words; or one of a piece on one of several hosts."""

_PART: Final = re.compile(r"p\d+", re.ASCII)

_FILE: Final = re.compile(
    r"documents\.jsonl|(?:headings|places|numbers|listing)\.bin|failures\.json|files\.jsonl|manifest\.json|checked\.json(?:\.\d+)?|names\.json|similar\.json|(?:s\d+|names|vocabulary|similar)\.[a-z_]+\.npy",
    re.ASCII,
)

_INDEX: Final = re.compile(r"[0-9a-f]{24}", re.ASCII)
"""A folder of an index."""

_ABOUT: Final = ("manifest.json", "lock", "doubted")
"""The files beside the generations of an index."""

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def discard(generation: Path) -> None:
    """Remove the folder of a generation, its parts or its words; what is no part of an index stays, with its folder."""
    with suppress(OSError):
        descriptor = os.open(generation.parent, _FOLDER)
        try:
            _discard(descriptor, generation.name)
        finally:
            os.close(descriptor)


def discard_generations(folder: Path, kept: str = "") -> None:
    """Remove all generations of an index but one, with their parts and words."""
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208  # Names alone.
            if name != kept and _GENERATION.fullmatch(name):
                discard(folder / name)


def discard_index(folder: Path) -> None:
    """Remove an index: its generations, its manifest, its lock."""
    if folder.is_symlink() or not _INDEX.fullmatch(folder.name):
        return
    discard_generations(folder)
    with suppress(OSError):
        for name in _ABOUT:
            folder.joinpath(name).unlink(missing_ok=True)
        folder.rmdir()


def _discard(parent: int, name: str) -> None:
    """Remove a folder in an open one, with what an index has in it. Raise OSError where something stays."""
    descriptor = os.open(name, _FOLDER, dir_fd=parent)
    try:
        for entry in _own(descriptor):
            if _PART.fullmatch(entry):
                with suppress(OSError):
                    _discard(descriptor, entry)
            else:
                os.unlink(entry, dir_fd=descriptor)
    finally:
        os.close(descriptor)
    os.rmdir(name, dir_fd=parent)


def _own(descriptor: int) -> Iterator[str]:
    """The names in an open folder that an index gives to files and folders, and that are such."""
    for name in os.listdir(descriptor):
        mode = os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode
        is_part = stat.S_ISDIR(mode) and _PART.fullmatch(name)
        if is_part or (stat.S_ISREG(mode) and _FILE.fullmatch(name)):
            yield name
