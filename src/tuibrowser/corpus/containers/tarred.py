"""tar archives, compressed or not: the files in them, read one by one."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from typing import IO, TYPE_CHECKING, Final, cast

from tuibrowser.corpus.containers.base import SMALL, Member, Omitted, is_bomb
from tuibrowser.corpus.containers.compressed import Bounded
from tuibrowser.corpus.containers.paths import Names, is_hidden
from tuibrowser.corpus.errors import CorpusError, NotTextError
from tuibrowser.corpus.formats.base import Contents
from tuibrowser.host.library_errors import archive_reason
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from tuibrowser.corpus.containers.base import Opened

_DAMAGED: Final = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError)
_MOST_MEMBERS: Final = 1_000_000


class _Tar:
    def __init__(self, archive: tarfile.TarFile, names: Names, omitted: list[Omitted]) -> None:
        self._archive = archive
        self._names = names
        self.members = [Member(name, info.size) for name, info in names.items()]
        self.omitted = omitted

    def contents(self, name: str) -> Contents:
        """The contents of a member."""
        info: tarfile.TarInfo = self._names[name]
        try:
            data = cast("IO[bytes]", self._archive.extractfile(info)).read(info.size + 1)
        except _DAMAGED as error:
            raise NotTextError(plain("damaged: {error}", error=archive_reason(error))) from None
        if len(data) != info.size:
            raise NotTextError(plain("larger or smaller than its archive says"))
        return Contents(data, name)


def open_container(file: IO[bytes], _name: str, _encoding: str | None = None) -> Opened:
    """Open a tar archive. Raises NotTextError where it is none or damaged."""
    names, omitted = Names(), list[Omitted]()
    try:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        archive = tarfile.TarFile(fileobj=_unpacked(file, size), encoding="utf-8", errors="surrogateescape")
        for count, info in enumerate(archive):
            if count == _MOST_MEMBERS:
                raise NotTextError(plain("more than {most:,} files in it", most=_MOST_MEMBERS))
            if info.isdir() or is_hidden(info.name):
                continue
            if reason := _unfit(info, size) or names.add(info.name, info):
                omitted.append(Omitted(info.name, reason))
    except CorpusError:
        raise
    except _DAMAGED as error:
        if not names.items():
            raise NotTextError(plain("damaged: {error}", error=archive_reason(error))) from None
        omitted.append(Omitted("", plain("damaged: {error}", error=archive_reason(error))))
    return _Tar(archive, names, omitted)


def _unpacked(file: IO[bytes], size: int) -> IO[bytes]:
    head = file.read(6)
    file.seek(0)
    if head.startswith(b"\x1f\x8b"):
        unpacked: IO[bytes] = cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    elif head.startswith(b"BZh"):
        unpacked = cast("IO[bytes]", bz2.BZ2File(file))
    elif head.startswith(b"\xfd7zXZ"):
        unpacked = cast("IO[bytes]", lzma.LZMAFile(file))  # noqa: SIM115  its user closes it
    else:
        return file
    return cast("IO[bytes]", Bounded(unpacked, max(SMALL, 200 * size)))


def _unfit(info: tarfile.TarInfo, packed: int) -> str | None:
    if info.issym() or info.islnk():
        return plain("link in an archive")
    if not info.isreg():
        return plain("no file")
    return plain("too large for what it takes in its archive") if is_bomb(info.size, packed) else None
