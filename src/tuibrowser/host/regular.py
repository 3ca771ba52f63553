"""Regular: read regular files up to a size; a pipe or a device in their place would hang or fill the memory."""

from __future__ import annotations

import os
import stat
from typing import IO, TYPE_CHECKING, Final

from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from pathlib import Path

_AT_ONCE: Final = 1 << 24
"""Bytes taken at a time."""


def open_regular(path: Path) -> int:
    """A descriptor to read a file by. Raise OSError, also for what is no regular file."""
    return _opened(path)[0]


def _opened(path: Path) -> tuple[int, int]:
    """A descriptor, and the size of the file."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    found = os.fstat(descriptor)
    if stat.S_ISREG(found.st_mode):
        return descriptor, found.st_size
    os.close(descriptor)
    raise OSError(plain("is a directory") if stat.S_ISDIR(found.st_mode) else plain("not a regular file"))


def read_whole(path: Path) -> bytes:
    """The bytes of a file, of a small one in as few calls of the system as may be. Raise OSError as `open_regular`."""
    descriptor, size = _opened(path)
    try:
        data = os.read(descriptor, min(size, _AT_ONCE) + 1)
        if len(data) == size:  # and no byte more
            return data
        pieces = [data]
        while data:
            data = os.read(descriptor, _AT_ONCE)
            pieces.append(data)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of a file. Raise OSError, also for what is no regular file and for more than `most` bytes."""
    with os.fdopen(open_regular(path), "rb") as file:
        return read_bounded(file, most)


def read_bounded(file: IO[bytes], most: int) -> bytes:
    """The bytes of an open file. Raise OSError for more than `most` of them."""
    data = file.read(most + 1)
    if len(data) > most:
        raise OSError(plain("larger than {most:,} bytes", most=most))
    return data
