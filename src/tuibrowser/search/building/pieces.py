"""Pieces: cut a corpus into stretches of documents that a host reads, indexes and keeps, each named by its files.

Where the cuts are depends on the corpus alone, not on the hosts. A piece ends before the document whose name has the
least checksum among those that may begin the next one, so that a file that comes or goes moves only the cuts near it.
"""

from __future__ import annotations

import json
import zlib
from array import array
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.files.looks import is_as_found, looks_of
from tuibrowser.corpus.files.sources import Sources
from tuibrowser.corpus.records.stamps import Tails
from tuibrowser.search.index.process import found_of, row_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.files.found import Found

    Array = npt.NDArray[Any]

LARGEST: Final = 100_000_000
"""Bytes of the files of a piece, unless it is a single document."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a piece is made of: so many documents of some files, from the first on, counted from that of the files.

    `files` are lines of JSON, deflated: a file as it was found, and the tail that it had. `maker` is what makes it.
    """

    files: bytes
    first: int
    documents: int
    encoding: str | None
    maker: str

    @property
    def name(self) -> str:
        """The name of the piece: another one where anything of the task is another."""
        said = json.dumps([self.first, self.documents, self.encoding, self.maker]).encode("ascii")
        return f"c{blake2b(said + self.files, digest_size=12).hexdigest()}"

    def found(self) -> list[tuple[Found, str]]:
        """The files with their tails. Raises ValueError where they are none."""
        try:
            rows = [json.loads(line) for line in zlib.decompress(self.files).splitlines()]
            return [(found_of(*row), str(told)) for *row, told in rows]
        except (TypeError, AttributeError, zlib.error) as error:
            raise ValueError(str(error)) from error

    def corpus(self) -> Corpus:
        """The files as a corpus, whose documents from `first` on are those of the piece. Raises ValueError."""
        return Corpus(Sources([file for file, _ in self.found()]), encoding=self.encoding)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a corpus: the number of its first document there, the bytes of its documents, and its task."""

    name: str
    first: int
    size: int
    task: Task


def pieces_of(corpus: Corpus, maker: str, largest: int = LARGEST) -> list[Piece]:
    """The pieces of a corpus; the files are opened to see how they end."""
    sizes = _sizes(corpus.sources)
    pieces = []
    for numbers in cuts(corpus.sources, sizes, largest):
        task = _task(corpus, numbers, maker)
        pieces.append(Piece(task.name, numbers.start, int(sizes[numbers.start : numbers.stop].sum()), task))
    return pieces


def _sizes(sources: Sources) -> Array:
    """The bytes of each document."""
    every = array("Q")
    for file in sources.files:
        every.extend(array("Q", (file.size,)) if file.sizes is None else file.sizes)
    return np.array(every, np.int64)


def cuts(sources: Sources, sizes: Array, largest: int) -> list[range]:
    """The numbers of the documents of each piece."""
    ends = np.cumsum(sizes)
    found, first = [], 0
    while first < len(ends):
        begun = int(ends[first - 1]) if first else 0
        low, high = np.searchsorted(ends, (begun + largest // 2, begun + largest), "right").tolist()
        following = len(ends)
        if high < following:
            may_begin = range(max(low, first) + 1, high + 1)
            following = min(may_begin, key=lambda at: _checksum(sources, at), default=max(high, first + 1))
        found.append(range(first, following))
        first = following
    return found


def _checksum(sources: Sources, number: int) -> int:
    return zlib.crc32(sources.name(number).encode("utf-8", "surrogatepass"))


def _task(corpus: Corpus, numbers: range, maker: str) -> Task:
    sources = corpus.sources
    first, last = (sources.place(number)[0] for number in (numbers.start, numbers.stop - 1))
    begin = sources.numbers_in(first).start
    lines, tails = [], Tails()
    for at in range(first, last + 1):
        file = _within(sources.files[at], sources.numbers_in(at), numbers)
        lines.append(json.dumps([*row_of(file), tails(file.path)]).encode("ascii") + b"\n")
    files = zlib.compress(b"".join(lines))
    return Task(files, numbers.start - begin, len(numbers), corpus.encoding, maker)


def _within(file: Found, own: range, numbers: range) -> Found:
    """A file whose records outside a piece are told without their sizes, as it looks on any host."""
    if file.sizes is None or (numbers.start <= own.start and own.stop <= numbers.stop):
        return replace(file, changed=0)
    first, last = max(numbers.start - own.start, 0), min(numbers.stop, own.stop) - own.start
    sizes = array("Q", bytes(8 * first)) + file.sizes[first:last] + array("Q", bytes(8 * (len(file) - last)))
    return replace(file, changed=0, sizes=sizes)


def differing(found: Sequence[tuple[Found, str]]) -> str | None:
    """The path of the first of some files that is not as it was found; None where all are."""
    tails = Tails()
    for file, told in found:
        source = file.source(0)
        if not is_as_found(source, looks_of(source)) or tails(file.path) != told:
            return file.path
    return None
