"""Checks: are the files of an index as they were written?

A manifest names the size and the CRC-32 of each file. To compute a checksum, all of a file is read. When a file is
found whole, that is noted together with how the file looks. As long as it looks the same, and the machine was not
started again since, it is not read again. A machine that stops may lose what it wrote last: only a checksum tells.
"""

from __future__ import annotations

import json
import mmap
import os
import stat
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.host.regular import open_regular, read_regular
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Looks = list[int]
    """Inode, size, and when (ns) its contents and anything of a file was changed last; 0 where that proves nothing."""

CHECKED: Final = "checked.json"
"""The file of a generation that notes which of the others were found whole."""

_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_LARGEST: Final = 100_000_000
_THREADS: Final = 2
_UNSETTLED: Final = 1_000_000_000
"""How coarse (ns) the clock of a file system may be: within it a file may change again and look the same."""


def every_measured(generation: Path, names: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return the size and CRC-32 of files of a generation just written, and note that they are whole.

    Raises OSError.
    """
    every = sorted(names)
    looks = {name: _looks(generation / name) for name in every}
    found = {name: measured(generation / name) for name in every}
    _note(generation, looks)
    return found


def fault(generation: Path, files: Mapping[str, tuple[int, int]], *, note: bool) -> str:
    """Return what is wrong with files of a generation, in words that follow "the index"; empty if nothing is.

    `files` are the size and the CRC-32 of each by name. With `note` it is noted which of them are whole.
    Raises OSError.
    """
    known = _known(generation)
    looks: dict[str, Looks] = {}
    for name, (size, _) in files.items():
        try:
            looks[name] = _looks(generation / name)
        except FileNotFoundError:
            return plain("is damaged ({name} is missing)", name=name)
        if looks[name][1] != size:
            return plain(
                "is damaged ({name} has {found:,} bytes, not {size:,})", name=name, found=looks[name][1], size=size
            )
    unknown = [name for name in files if not looks[name][-1] or known.get(name) != looks[name]]
    unknown.sort(key=lambda name: files[name][0], reverse=True)
    with ThreadPoolExecutor(_THREADS) as pool:  # a checksum keeps no other thread waiting
        for name, found in zip(unknown, pool.map(lambda name: measured(generation / name), unknown), strict=True):
            if found != tuple(files[name]):
                return plain("is damaged ({name} was changed)", name=name)
    if unknown and note:
        _note(generation, looks)
    return ""


def _looks(path: Path) -> Looks:
    """How a file looks. Raises OSError, also for what is no regular file."""
    settled = time_ns() - _UNSETTLED
    found = os.stat(path)  # noqa: PTH116  # there are hundreds
    if not stat.S_ISREG(found.st_mode):
        os.close(open_regular(path))
    return [found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns if found.st_ctime_ns < settled else 0]


def measured(path: Path) -> tuple[int, int]:
    """The size of a file and its CRC-32. Raises OSError."""
    with os.fdopen(open_regular(path), "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if not size:
            return 0, 0
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return size, zlib.crc32(data)


def _boot() -> str:
    """What the system calls the time since the machine was started; empty where it has no name for that."""
    with suppress(OSError):
        return _BOOT.read_text("ascii").strip()
    return ""


def _known(generation: Path) -> Mapping[str, Looks]:
    """How the files looked that were found whole since the machine was started."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        noted: dict[str, Any] = json.loads(read_regular(generation / CHECKED, _LARGEST))
        if noted["boot"] and noted["boot"] == _boot():
            return dict(noted["files"])
    return {}


def _note(generation: Path, looks: Mapping[str, Looks]) -> None:
    """Note how files look that are whole."""
    settled = {name: each for name, each in looks.items() if each[-1]}
    if not settled or not (boot := _boot()):
        return
    new = generation / f"{CHECKED}.{os.getpid()}"
    with suppress(OSError):
        new.write_text(json.dumps({"boot": boot, "files": settled}), encoding="ascii")
        new.replace(generation / CHECKED)
