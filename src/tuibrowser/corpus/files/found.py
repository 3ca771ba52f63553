"""Found: a file as it was found, and the documents that are in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.corpus.model import Source
from tuibrowser.corpus.passing import passed_by_fields

if TYPE_CHECKING:
    from array import array

    from tuibrowser.corpus.model import Belonging


_path = lru_cache(1)(Path)
"""One path for all records of a file."""


@passed_by_fields
@dataclass(frozen=True, slots=True)
class Found:
    """A file, or a member of an archive, as it was found; of one that holds records `sizes` has the bytes of each.

    `changed` is the time (ns) at which anything of the file was changed last; 0 where that is not known, or was just
    before the file was found, so that the next change might bear the same time. The other fields are those of `Source`.
    """

    path: str
    name: str
    size: int = 0
    mtime: int = 0
    changed: int = 0
    belonging: Belonging | None = None
    member: str = ""
    declared: tuple[tuple[str, str], ...] = ()
    sizes: array[int] | None = None

    def __len__(self) -> int:
        return 1 if self.sizes is None else len(self.sizes)

    def source(self, at: int) -> Source:
        """One of the documents in it, from 0."""
        path = _path(self.path)
        if self.sizes is None:
            return Source(path, self.name, self.size, self.mtime, self.belonging, self.member, self.declared)
        member = f"{self.member}/{at + 1}" if self.member else str(at + 1)
        return Source(path, f"{self.name}/{at + 1}", self.sizes[at], self.mtime, None, member, self.declared)

    @property
    def address(self) -> str:
        """The path with the member after it."""
        return f"{self.path}/{self.member}" if self.member else self.path


def found(source: Source) -> Found:
    """A document of its own as what was found."""
    path = str(source.path)
    return Found(path, source.name, source.size, source.mtime, 0, source.belonging, source.member, source.declared)
