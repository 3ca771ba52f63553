"""Looks: the size and time of the file of a source, by which a change is known without reading it."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tuibrowser.corpus.model import Source


class Looks(NamedTuple):
    """How a file looks: its size (bytes) and mtime (ns)."""

    size: int
    mtime: int


def looks_of(source: Source) -> Looks | None:
    """How the file of a source, for a member that of its container, looks now; None where there is no such file.

    Standard input has no file, and always looks as it was found.
    """
    if not source.path.is_absolute():
        return as_found(source)
    try:
        found = source.path.stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return Looks(found.st_size, found.st_mtime_ns)


def as_found(source: Source) -> Looks:
    """How the file of a source looked when it was found. For a member the size is not that of its container."""
    return Looks(source.size, source.mtime)


def is_same(source: Source, known: Looks | None, now: Looks | None) -> bool:
    """Whether a file looks as is known; what was read when it was found is known by how it was found."""
    return known == now or (known == as_found(source) and is_as_found(source, now))


def is_as_found(source: Source, looks: Looks | None) -> bool:
    """Whether a file looks as it did when it was found; of a container the time alone tells."""
    if looks is None or looks.mtime != source.mtime:
        return False
    return bool(source.member) or looks.size == source.size
