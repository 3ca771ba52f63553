"""Contents: the one way to the bytes of a source, a file or a member of a container."""

from __future__ import annotations

import io
import os
import threading
from typing import IO, TYPE_CHECKING, Final

from tuibrowser.corpus.containers.compressed import unpack
from tuibrowser.corpus.containers.flat import Flat, open_flat
from tuibrowser.corpus.containers.told import packing
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.base import Contents
from tuibrowser.corpus.names import inner_name, is_compressed, suffix
from tuibrowser.corpus.records.stamps import tail_of
from tuibrowser.host.regular import open_regular, read_whole
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tuibrowser.corpus.model import Source


def contents_of(source: Source, encoding: str | None = None) -> Contents:
    """Read the bytes of a source.

    Raises OSError where the file cannot be opened, or is a pipe or device by now; NotTextError where a container or a
    compressed file is damaged.
    """
    if source.member:
        with _LAST.lock:
            return of_member(_LAST.container(source.path, encoding), source, encoding)
    if is_compressed(source.name):
        with open_file(source.path) as file:
            return Contents(unpack(file, suffix(source.name)), inner_name(source.name), encoding)
    return received(read_whole(source.path), source.name, encoding)


def contents_beside(sources: Sequence[Source], encoding: str | None = None) -> list[Contents | None]:
    """The contents of the records among some sources, those that follow one another in a file read at once.

    None for each other source, and where something is wrong, which `contents_of` tells.
    """
    found: list[Contents | None] = []
    while len(found) < len(sources):
        first = len(found)
        count = _following(sources, first)
        found += (_records(sources[first], count, encoding) if count > 1 else None) or [None] * count
    return found


def _following(sources: Sequence[Source], first: int) -> int:
    """How many sources, from one on, seem to be records that follow one another in a file."""
    source, at = sources[first], first + 1
    outer, _, member = source.member.rpartition("/")
    number = int(member) if member.isascii() and member.isdecimal() and len(member) < _DIGITS else 0
    while number and at < len(sources) and sources[at].path == source.path:
        number += 1
        if sources[at].member != (f"{outer}/{number}" if outer else str(number)):
            break
        at += 1
    return at - first


def _records(source: Source, count: int, encoding: str | None) -> Sequence[Contents] | None:
    """A record and those after it; None where there are no such records, or they cannot be read."""
    try:
        with _LAST.lock:
            found = _LAST.container(source.path, encoding).records(source.member, count)
    except Exception:  # what is wrong, each that is read alone tells for itself
        return None
    if found is None or encoding is None:
        return found
    return [each if each.decoded_from else each._replace(encoding=encoding, text=None) for each in found]


_DIGITS: Final = 10
"""Digits of a number that is too large for that of a record."""


def of_member(archive: Flat, source: Source, encoding: str | None = None) -> Contents:
    """The contents of a source that is a member of an open container. Raises OSError and NotTextError."""
    contents = archive.contents(source.member)
    if contents.format and encoding is None:
        return contents
    name = contents.name if contents.format else source.name
    return contents._replace(name=name, encoding=None if contents.decoded_from else encoding)


def received(data: bytes, name: str, encoding: str | None = None) -> Contents:
    """The contents of a file, or of what came through a pipe, unpacked where the bytes say that they are compressed.

    Raises NotTextError where they are damaged.
    """
    tail = tail_of(data)
    if ending := packing(data):
        data = unpack(io.BytesIO(data), ending)
    return Contents(data, name, encoding, tail=tail)


def open_file(path: Path) -> IO[bytes]:
    """Open a regular file to read. Raises OSError."""
    return os.fdopen(open_regular(path), "rb")


class _Last:
    """The container opened last, which is kept open, since its members are read one after another."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._path: Path | None = None
        self._looks: tuple[object, ...] = ()
        self._file: IO[bytes] = io.BytesIO()
        self._opened: Flat | None = None

    def container(self, path: Path, encoding: str | None) -> Flat:
        """The open container of a path, opened anew where the file has changed, or is to be read otherwise."""
        status = path.stat()
        looks = (status.st_ino, status.st_size, status.st_mtime_ns, encoding)
        if self._opened is None or (path, looks) != (self._path, self._looks):
            self._file.close()
            self._opened = None
            self._file = open_file(path)
            self._path, self._looks = path, looks
            self._opened = open_flat(self._file, path.name, encoding)
        if self._opened is None:
            raise NotTextError(plain("it holds no documents of their own any more"))
        return self._opened


_LAST = _Last()
