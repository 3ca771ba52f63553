"""Regular: read regular files up to a size; a pipe or a device in their place would hang or fill the memory."""

from __future__ import annotations

import os
import stat
from typing import IO, TYPE_CHECKING

from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from pathlib import Path


def open_regular(path: Path) -> int:
    """A descriptor to read a file by. Raise OSError, also for what is no regular file."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    raise OSError(plain("is a directory") if stat.S_ISDIR(mode) else plain("not a regular file"))


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
