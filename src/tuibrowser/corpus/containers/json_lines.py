"""JSON Lines: a record a line, each read when it is asked for."""

from __future__ import annotations

from array import array
from io import BytesIO
from operator import sub
from typing import IO, TYPE_CHECKING

from tuibrowser.corpus.containers.base import Member, Omitted
from tuibrowser.corpus.decoding.decode import decode, has_no_controls, plain_json
from tuibrowser.corpus.formats.base import Contents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tuibrowser.corpus.containers.base import Opened

_WIDE = (b"\xff\xfe", b"\xfe\xff")


class Records:
    """Records by their number from 1, each a stretch of a file.

    `decoded_from` is the encoding of the file where the bytes at hand are made anew from its text.
    """

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
        """All records as one member, since there may be very many."""
        sizes = self.sizes()
        return [Member("", sum(sizes), sizes)] if sizes else []

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

    def several(self, first: int, count: int) -> list[Contents]:
        """The contents of records that follow one another, from a number on, read and decoded at once."""
        starts, ends = (places[first - 1 : first - 1 + count] for places in (self._starts, self._ends))
        self._file.seek(starts[0])
        data = self._file.read(ends[-1] - starts[0])
        is_clean = has_no_controls(data)
        made: list[Contents] = []
        for number, start, end in zip(range(first, first + count), starts, ends, strict=True):
            record = data[start - starts[0] : end - starts[0]]
            text = plain_json(record) if is_clean or has_no_controls(record) else None
            made.append(Contents(record, str(number), None, self._key, True, self._decoded_from, text))
        return made


def open_container(file: IO[bytes], _name: str, encoding: str | None = None) -> Opened:
    """Open a file of a record a line. Blank lines are no records."""
    file.seek(0)
    if not file.read(2).startswith(_WIDE):
        return Records(file, *_lines(file), "jsonl")
    file.seek(0)
    decoded = decode(file.read(), encoding)
    return of_text(decoded.text, decoded.encoding)


def of_text(text: str, encoding: str) -> Records:
    """The records of a text that was decoded from an encoding, one a line."""
    file = BytesIO(text.encode("utf-8", "surrogatepass"))
    return Records(file, *_lines(file), "jsonl", encoding)


def gathered(records: Iterable[str], key: str, encoding: str) -> Records:
    """Records given as JSON, of a file in an encoding."""
    starts, ends, file = array("Q"), array("Q"), BytesIO()
    for record in records:
        starts.append(file.tell())
        file.write(record.encode("utf-8", "surrogatepass"))
        ends.append(file.tell())
    return Records(file, starts, ends, key, encoding)


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
