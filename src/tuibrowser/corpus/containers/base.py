"""Containers: the type of a file that holds several documents, which are listed and then read one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import IO, TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.base import Contents

SMALL: Final = 64 << 20
"""Bytes of a member that may come out of a container, however little it takes there."""
LARGE: Final = 512 << 20
"""Bytes of a member that takes at least a twentieth of them in the container, as texts do."""
_RATIO: Final = 200
_USUAL_RATIO: Final = 20


@dataclass(frozen=True, slots=True)
class Member:
    """A document in a container: its name there, which tells it from the others, and its size in bytes.

    Where there are `sizes`, it is a file of so many records, whose names are their numbers from 1; it has no name where
    it is the container itself. `is_record` says that it is one of such records.
    """

    name: str
    size: int
    sizes: array[int] | None = None
    is_record: bool = False


@dataclass(frozen=True, slots=True)
class Omitted:
    """Something in a container that is left out, and why."""

    name: str
    reason: str


class Opened(Protocol):
    """A container that is open: what is in it, and the contents of each member."""

    @property
    def members(self) -> Sequence[Member]:
        """The documents, in their order in the container."""

    @property
    def omitted(self) -> Sequence[Omitted]:
        """The members that are left out."""

    def contents(self, name: str) -> Contents:
        """The contents of a member. Raises OSError and NotTextError where they cannot be read, with the reason."""


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of container. `module` has a function `open_container`, which is imported when it is needed.

    `holds_records` tells files of records from archives of files.
    """

    key: str
    name: str
    suffixes: tuple[str, ...]
    module: str = field(repr=False)
    holds_records: bool = False

    def open(self, file: IO[bytes], name: str, encoding: str | None = None) -> Opened | None:
        """Open a container; None where a file of this name is one document after all.

        `encoding` is the one that a person named for its text. `file` stays open as long as what is returned. Raises
        OSError and NotTextError where it cannot be read.
        """
        opened: Opened | None = import_module(self.module).open_container(file, name, encoding)
        return opened


def is_bomb(size: int, packed: int) -> bool:
    """Whether so many bytes, which take `packed` in a container, are more than a text would be."""
    ratio = size / max(1, packed)
    return size > (LARGE if ratio <= _USUAL_RATIO else SMALL) or (ratio > _RATIO and size > 1 << 20)
