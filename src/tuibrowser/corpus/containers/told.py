"""Told by bytes: what an archive, an office package or a compressed file is where its name does not say it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, TypeVar

from tuibrowser.corpus.containers import BY_KEY
from tuibrowser.corpus.decoding.beginnings import BZIP2
from tuibrowser.host.regular import open_regular

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.corpus.containers.base import Container

T = TypeVar("T")

ZIPPED: Final = b"PK\x03\x04"
"""How a ZIP archive begins, and so a file of one of PACKAGES."""
PACKAGES: Final = frozenset({"docx", "epub", "odt"})
"""The keys of the formats that are ZIP archives."""
_PACKINGS: Final = (
    (b"\x1f\x8b", ".gz"),
    *((magic, ".bz2") for magic in BZIP2),
    (b"\xfd7zXZ", ".xz"),
)
_TAR: Final = slice(257, 262), b"ustar"
"""Where a tar archive says what it is."""
_BLOCK: Final = 512
_WHOLE: Final = (ZIPPED, b"%PDF-", b"\xd0\xcf\x11\xe0", *(magic for magic, _ in _PACKINGS))
_KEYS: Final = {
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
}
"""The formats by what the member `mimetype` says."""
_LONGEST: Final = 100
"""Bytes of that member."""


def needs_its_end(head: bytes) -> bool:
    """Whether what begins so cannot be read before all of it is there."""
    return head.startswith(_WHOLE)


def packing(head: bytes) -> str:
    """The suffix of what is compressed and begins so; an empty string for all else."""
    return next((ending for magic, ending in _PACKINGS if head.startswith(magic)), "")


def packed_as(file: IO[bytes]) -> str | None:
    """The key of the format, or of the container, that a ZIP archive is by what is in it.

    None for a package of another kind, as of a spreadsheet, and for an archive that cannot be opened.
    """
    import zipfile

    try:
        archive = zipfile.ZipFile(file)
        names = set(archive.namelist())
        if "mimetype" in names:
            with archive.open("mimetype") as member:
                kind = member.read(_LONGEST).decode("ascii", "replace").strip()
            if kind in _KEYS or kind.startswith("application/"):
                return _KEYS.get(kind)
    except Exception:  # each way of packing has its own errors
        return None
    if "META-INF/container.xml" in names:
        return "epub"
    if "[Content_Types].xml" in names:
        return "docx" if any(name.startswith("word/") for name in names) else None
    return "zip"


def archive_in(file: IO[bytes]) -> Container | None:
    """The archive that a file is by its bytes."""
    file.seek(0)
    head = file.read(_BLOCK)
    if head.startswith(ZIPPED):
        return BY_KEY["zip"] if packed_as(file) == "zip" else None
    if ending := packing(head):
        head = _unpacked_head(file, ending)
    where, magic = _TAR
    return BY_KEY["tar"] if head[where] == magic else None


def _unpacked_head(file: IO[bytes], ending: str) -> bytes:
    """The first bytes of what a compressed file holds, as far as they can be read."""
    from tuibrowser.corpus.containers.compressed import stream_of

    file.seek(0)
    try:
        return stream_of(file, ending).read(_BLOCK)
    except Exception:  # each library has its own for what it cannot read
        return b""


def archive_at(path: str) -> Container | None:
    """The archive that the regular file at a path is by its bytes; None where it cannot be read."""
    return _asked(path, archive_in)


def packed_at(path: str) -> str | None:
    """What `packed_as` says of the regular file at a path; None where it cannot be read."""
    return _asked(path, packed_as)


def _asked(path: str, question: Callable[[IO[bytes]], T]) -> T | None:
    try:
        with os.fdopen(open_regular(Path(path)), "rb") as file:
            return question(file)
    except OSError:
        return None
