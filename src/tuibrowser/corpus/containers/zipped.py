"""ZIP archives: the files in them, read one by one; nothing is written and no link is followed."""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Final

from tuibrowser.corpus.containers.base import Member, Omitted, is_bomb
from tuibrowser.corpus.containers.paths import Names, is_hidden
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.base import Contents
from tuibrowser.hanzi.frequency import mean_cost
from tuibrowser.host.library_errors import archive_reason
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from tuibrowser.corpus.containers.base import Opened

_ENCRYPTED: Final = 0x1
_UTF8: Final = 0x800
_PLAUSIBLE: Final = 9.2
"""Greatest mean cost of the characters of a name that is Chinese."""
_MOST_MEMBERS: Final = 1_000_000
_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError, OSError)


class _Zip:
    def __init__(self, archive: zipfile.ZipFile, names: Names, omitted: list[Omitted]) -> None:
        self._archive = archive
        self._names = names
        self.members = [Member(name, info.file_size) for name, info in names.items()]
        self.omitted = omitted

    def contents(self, name: str) -> Contents:
        """The contents of a member."""
        info = self._names[name]
        try:
            with self._archive.open(info) as file:
                data = file.read(info.file_size + 1)
        except _DAMAGED as error:
            raise NotTextError(plain("damaged: {error}", error=archive_reason(error))) from None
        if len(data) != info.file_size:
            raise NotTextError(plain("larger or smaller than its archive says"))
        return Contents(data, name)


def open_container(file: IO[bytes], _name: str, _encoding: str | None = None) -> Opened:
    """Open a ZIP archive. Raises NotTextError where it is none or damaged."""
    try:
        archive = zipfile.ZipFile(file)
        infos = archive.infolist()
    except _DAMAGED as error:
        raise NotTextError(plain("damaged: {error}", error=archive_reason(error))) from None
    if len(infos) > _MOST_MEMBERS:
        raise NotTextError(plain("more than {most:,} files in it", most=_MOST_MEMBERS))
    names, omitted = Names(), list[Omitted]()
    for info in infos:
        path = _path(info)
        if info.filename.endswith("/") or is_hidden(path):  # `is_dir` takes no file without a name
            continue
        if (reason := _unfit(info)) or (reason := names.add(path, info)):
            omitted.append(Omitted(path, reason))
    return _Zip(archive, names, omitted)


def _path(info: zipfile.ZipInfo) -> str:
    """The name of a member; bytes that are not said to be UTF-8 stand as surrogates, as in the names of files."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        data = info.orig_filename.replace("\\", "/").encode("cp437")
    except UnicodeError:
        return info.filename
    return _in_gbk(data) or data.decode("utf-8", "surrogateescape")


def _in_gbk(data: bytes) -> str | None:
    """A name that is Chinese in GBK and letters with accents in UTF-8, as 目录 is; None for any other."""
    try:
        as_utf8, as_gbk = data.decode("utf-8"), data.decode("gb18030")
    except UnicodeError:
        return None
    letters = [character for character in as_gbk if not character.isascii()]
    if not letters or any(character >= "\u2e80" for character in as_utf8):
        return None
    return as_gbk if mean_cost("".join(letters)) <= _PLAUSIBLE else None


def _unfit(info: zipfile.ZipInfo) -> str | None:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return plain("symbolic link in an archive")
    if info.flag_bits & _ENCRYPTED:
        return plain("encrypted")
    if is_bomb(info.file_size, info.compress_size):
        return plain("too large for what it takes in its archive")
    return None
