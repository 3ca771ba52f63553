"""Paths that lead into a container: poems.jsonl/17, books.zip/卷一.txt."""

# Paths are given as strings, as discovery has them.
# ruff: noqa: PTH110, PTH112, PTH113, PTH119
from __future__ import annotations

import os.path
from typing import NamedTuple

from tuibrowser.corpus.containers import container_for
from tuibrowser.corpus.names import inner_name


class Within(NamedTuple):
    """A container and what is named in it: a member, or the beginning of the names of several."""

    container: str
    member: str

    def holds(self, name: str) -> bool:
        """Whether a member is meant: of that name, or in the folder or the container of that name."""
        return name == self.member or name.startswith(f"{self.member}/")


def is_there(path: str) -> bool:
    """Whether anything is at a path, or a container that it leads into; a name that no file system takes is not."""
    try:
        return bool(path) and (os.path.exists(path) or within(path) is not None)
    except (OSError, ValueError):
        return False


def within(path: str) -> Within | None:
    """The container that a path leads into; None where no file on the way is one. The member may not be there."""
    container, member = path.rstrip("/"), ""
    while True:
        container, name = os.path.split(container)
        if not name:
            return None
        member = f"{name}/{member}" if member else name
        if os.path.isfile(container):
            return Within(container, member) if _is_container(container) else None
        if not container or os.path.isdir(container):
            return None


def _is_container(path: str) -> bool:
    if container_for(inner_name(os.path.basename(path))) is not None:
        return True
    from tuibrowser.corpus.containers.told import archive_at  # Few paths lead into a file.

    return archive_at(path) is not None
