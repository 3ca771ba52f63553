"""Compressed files: the one file in each, unpacked within bounds."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from typing import IO, TYPE_CHECKING, Final, cast

from tuibrowser.corpus.containers.base import is_bomb
from tuibrowser.corpus.errors import CorpusError, NotTextError
from tuibrowser.host.library_errors import archive_reason
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Callable

_PIECE: Final = 1 << 20


class Bounded(io.RawIOBase):
    """A stream that is read no further than so many bytes."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        super().__init__()
        self._stream = stream
        self._most = most

    def read(self, size: int = -1) -> bytes:
        """Read on. Raises OSError beyond the bound."""
        data = self._stream.read(size)
        if self._stream.tell() > self._most:
            raise OSError(plain("too large for what it takes in its archive"))
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """The place."""
        return self._stream.tell()


def unpack(file: IO[bytes], ending: str) -> bytes:
    """The bytes that a file holds which is compressed as files with that suffix are.

    Raises NotTextError where it is damaged, or holds far more than it seems, or cannot be unpacked without a package
    that is not installed; OSError where it cannot be read.
    """
    packed = file.seek(0, io.SEEK_END)
    file.seek(0)
    pieces: list[bytes] = []
    size = 0
    try:
        stream = stream_of(file, ending)
        while piece := stream.read(_PIECE):
            size += len(piece)
            if is_bomb(size, packed):
                break
            pieces.append(piece)
    except (CorpusError, MemoryError):
        raise
    except Exception as error:  # each library has its own for what it cannot read
        raise NotTextError(plain("damaged: {error}", error=archive_reason(error))) from None
    if is_bomb(size, packed):
        raise NotTextError(plain("too large for what it takes in its archive"))
    return b"".join(pieces)


def stream_of(file: IO[bytes], ending: str) -> IO[bytes]:
    """What a file holds that is compressed as files with that suffix are."""
    return _STREAMS[ending](file)


def _zstandard(file: IO[bytes]) -> IO[bytes]:
    try:
        import zstandard  # type: ignore[import-not-found,unused-ignore]  # an extra
    except ImportError:
        raise NotTextError(plain("needs a package: pip install {package}", package="'tuibrowser[zst]'")) from None
    return cast("IO[bytes]", zstandard.ZstdDecompressor().stream_reader(file))


_STREAMS: Final[dict[str, Callable[[IO[bytes]], IO[bytes]]]] = {
    ".gz": lambda file: cast("IO[bytes]", gzip.GzipFile(fileobj=file)),
    ".bz2": lambda file: cast("IO[bytes]", bz2.BZ2File(file)),
    ".xz": lambda file: cast("IO[bytes]", lzma.LZMAFile(file)),  # noqa: SIM115  its user closes it
    ".zst": _zstandard,
}
