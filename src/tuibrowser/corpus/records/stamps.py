"""Stamps: how the files of a corpus looked when they were read, to tell which of them changed.

A file that looks the same is taken for the same: path, name, size and time are what they were, and either nothing of
the file was changed since, as its system says, or its last bytes are the same too. A file of records is looked at once
for all of them.
"""

from __future__ import annotations

import json
import os
from array import array
from dataclasses import dataclass
from hashlib import blake2b
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tuibrowser.corpus.files.found import Found
    from tuibrowser.corpus.files.sources import Sources

TAIL: Final = 4096
"""Bytes at the end of a file that tell whether it is the same."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a file looked: path, member, size (bytes), times (ns), and a hash of its last bytes, empty if unreadable.

    `records` is how many documents are in it, `about` a hash of the sizes of these, of what a sidecar says of it, and
    of the work it belongs to.
    `changed` is 0 where it proves nothing.
    """

    name: str
    path: str
    member: str
    size: int
    mtime: int
    changed: int
    records: int
    about: str
    tail: str


def tail(path: str) -> str:
    """A hash of the last bytes of a file, and of how many it has."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        size = os.fstat(descriptor).st_size
        return _hash(os.pread(descriptor, TAIL, max(0, size - TAIL)), size)
    except OSError:
        return ""
    finally:
        os.close(descriptor)


def tail_of(data: bytes) -> str:
    """The same of a file by its bytes."""
    return _hash(data[-TAIL:], len(data))


def _hash(data: bytes, size: int) -> str:
    return blake2b(data + str(size).encode(), digest_size=8).hexdigest()


class Tails:
    """The tails of files, of which neighbours may be members of one archive."""

    def __init__(self) -> None:
        self._last = ("", "")

    def __call__(self, path: str) -> str:
        """The tail of the file at a path."""
        if path != self._last[0]:
            self._last = path, tail(path)
        return self._last[1]


def stamped(files: Iterable[Found], known: Iterable[str] = ()) -> Iterator[bytes]:
    """A line of JSON for each file: its stamp, as it looks now, by the size and time it had when it was found.

    `known` are the tails of the first of them, as they were when the files were read; an empty one is not known.
    """
    tails, given = Tails(), iter(known)
    return (b'%b"%b"]\n' % (_looks(file), (next(given, "") or tails(file.path)).encode("ascii")) for file in files)


def _looks(file: Found) -> bytes:
    """The line of a file as far as one knows it without opening the file: all but its tail."""
    name, path, member = map(encode_basestring_ascii, (file.name, file.path, file.member))
    looks = f'[{name},{path},{member},{file.size},{file.mtime},{file.changed},{len(file)},"{_about(file)}",'
    return looks.encode("ascii")


def _about(file: Found) -> str:
    if file.sizes is None and not file.declared and file.belonging is None:
        return ""
    sizes = file.sizes.tobytes() if file.sizes is not None else b""
    said = repr((file.declared, file.belonging)).encode("utf-8", "surrogatepass")
    return blake2b(sizes + said, digest_size=8).hexdigest()


def unchanged(lines: Iterable[bytes], sources: Sources) -> array[int]:
    """The place of each document, by number, among those of the stamps; -1 where its file is not the same any more.

    Raises ValueError and TypeError for lines that hold no stamps.
    """
    places: array[int] = array("i")
    known: dict[str, tuple[Stamp, int]] = {}
    waiting = _Counted(iter(lines))
    tails = Tails()
    for file in sources.files:
        if (first := waiting.passed(file)) is not None:
            places.extend(range(first, first + len(file)))
            continue
        found = known.pop(file.name, None)
        while found is None and (following := waiting.next()) is not None:
            if following[0].name == file.name:
                found = following
            else:
                known[following[0].name] = following
        if (
            found is not None
            and _looks_as(file, found[0])
            and (_is_untouched(file, found[0]) or tails(file.path) == found[0].tail)
        ):
            places.extend(range(found[1], found[1] + len(file)))
        else:
            places.extend([-1] * len(file))
    return places


class _Counted:
    """Stamps, each with the place of its first document."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._line: bytes | None = None
        """The next line, where that was looked at and not taken."""
        self._first = 0

    def passed(self, file: Found) -> int | None:
        """Take the next line, unread, if it is that of a file of which nothing was changed since."""
        if self._line is None:
            self._line = next(self._lines, b"")
        if not file.changed or not self._line.startswith(_looks(file)):
            return None
        self._line = None
        return self._counted(len(file))

    def next(self) -> tuple[Stamp, int] | None:
        line = self._line if self._line is not None else next(self._lines, b"")
        self._line = None
        if not line:
            return None
        stamp = Stamp(*json.loads(line))
        return stamp, self._counted(stamp.records)

    def _counted(self, records: int) -> int:
        first = self._first
        self._first += records
        return first


def _looks_as(file: Found, stamp: Stamp) -> bool:
    """Whether a file is what a stamp is of, as far as one knows without opening it."""
    return (file.path, file.member, file.size, file.mtime, len(file), _about(file)) == (
        stamp.path,
        stamp.member,
        stamp.size,
        stamp.mtime,
        stamp.records,
        stamp.about,
    )


def _is_untouched(file: Found, stamp: Stamp) -> bool:
    """Whether the system says that nothing of a file was changed since."""
    return file.changed != 0 and file.changed == stamp.changed
