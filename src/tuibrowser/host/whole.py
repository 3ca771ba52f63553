"""Whole: write a file whole or not at all, since what is there may be somebody's work."""

from __future__ import annotations

import os
from stat import S_IMODE
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(file: Path, data: bytes) -> None:
    """Replace a file, which keeps its permissions, when all is written. Raise OSError where it cannot be."""
    target = file.resolve()
    if target.exists() and not target.is_file():  # a terminal, a pipe
        target.write_bytes(data)
        return
    new = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        new.write_bytes(data)
        if target.exists():
            new.chmod(S_IMODE(target.stat().st_mode))
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)


def encoded(text: str) -> bytes:
    """A text in UTF-8; half of a UTF-16 pair, which UTF-8 cannot hold, is written out."""
    return text.encode("utf-8", "backslashreplace")
