"""JSON Lines: a record a line, each read when it is asked for."""

from __future__ import annotations

from array import array
from operator import sub
from typing import IO, TYPE_CHECKING

from tuibrowser.corpus.containers.base import Member, Omitted
from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.formats.base import Contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.containers.base import Opened

_PIECE = 1 << 24
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class Records:
    """Records by their number from 1, each a stretch of a file."""

    def __init__(
        self, file: IO[bytes], starts: array[int], ends: array[int], key: str, decoded_from: str | None = None
    ) -> None:
        self._decoded_from = decoded_from
        self._file = file
        self._starts, self._ends = starts, ends
        self._key = key
        self.omitted: Sequence[Omitted] = ()

    @property
    def members(self) -> Sequence[Member]:
        """The records."""
        return [Member(str(number), size) for number, size in enumerate(self.sizes(), 1)]

    def sizes(self) -> array[int]:
        """The bytes of each record."""
        return array("Q", map(sub, self._ends, self._starts))

    def contents(self, name: str) -> Contents:
        """The contents of a record."""
        at = int(name) - 1
        start, end = self._starts[at], self._ends[at]
        self._file.seek(start)
        data = self._file.read(end - start)
        return Contents(data, name, format=self._key, is_record=True, decoded_from=self._decoded_from)


def open_container(file: IO[bytes], name: str) -> Opened:  # noqa: ARG001  it says nothing more
    """Open a file of a record a line. Blank lines are no records."""
    file.seek(0)
    if file.read(2).startswith(_WIDE):
        file = _in_utf8(file)
    return Records(file, *_lines(file), "jsonl")


def _in_utf8(file: IO[bytes]) -> IO[bytes]:
    from io import BytesIO

    file.seek(0)
    return BytesIO(decode(file.read()).text.encode("utf-8", "surrogatepass"))


def _lines(file: IO[bytes]) -> tuple[array[int], array[int]]:
    """Where the lines with something in them begin and end."""
    starts, ends = array("Q"), array("Q")
    file.seek(0)
    at = 0
    for line in file:
        end = at + len(line)
        text = line.strip()
        if text and text != b"\xef\xbb\xbf":
            starts.append(at)
            ends.append(end)
        at = end
    return starts, ends
