"""Catalogue: the records of documents on disk, so that a corpus that did not change need not be read again.

`documents.jsonl` holds a line of JSON for each document, in reading order: how its file looked (see `Stamp`) and what
is known of it, or why it could not be read; messages are kept as `i18n.stored` writes them. The headings, of which
there are many, are taken from `headings.bin` when they are asked for: packed for each document, at the place that its
line names.
"""

from __future__ import annotations

import json
import mmap
import os
from array import array
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.corpus import STANDARD_INPUT
from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.model import (
    Document,
    DocumentProblem,
    Metadata,
    Script,
)
from tuibrowser.corpus.records.packed_outline import EMPTY, Made, pack, unpack
from tuibrowser.language.i18n import restored, stored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.loading.loaded import Failure, LoadedDocument
    from tuibrowser.corpus.model import Source
    from tuibrowser.corpus.records.packed_outline import PackedOutline

DOCUMENTS: Final = "documents.jsonl"
HEADINGS: Final = "headings.bin"

SMALL: Final = 2_000_000
"""Bytes of a corpus below which it is read in the time it takes to look for what is kept of it."""

TAIL: Final = 4096
"""Bytes at the end of a file that tell whether it is the same."""

_KEPT: Final = 64
"""Documents whose headings are kept in memory."""

_FIELDS: Final = ("title", "author", "delivered", "published", "publisher", "source", "work", "dated")


class CatalogueError(ValueError):
    """A catalogue that is not what this program writes."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a file looked: its path, size (bytes), mtime (ns) and a hash of its last bytes, empty if it is not readable.

    A file that looks the same is taken for the same.
    """

    path: str
    size: int
    mtime: int
    tail: str


def stamp(source: Source) -> Stamp:
    """How a file looks now, by the size and time it had when it was found."""
    return Stamp(source.address, source.size, source.mtime, tail(source))


def tail(source: Source) -> str:
    """A hash of the last bytes of a file, and of what a sidecar says of it."""
    try:
        descriptor = os.open(source.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        size = os.fstat(descriptor).st_size if source.member else source.size
        data = os.pread(descriptor, TAIL, max(0, size - TAIL))
    except OSError:
        return ""
    finally:
        os.close(descriptor)
    if source.declared:
        data += repr(source.declared).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=8).hexdigest()


class Catalogue:
    """The records in a folder. Raises CatalogueError where they are damaged, OSError where they cannot be read."""

    def __init__(self, folder: Path) -> None:
        with folder.joinpath(DOCUMENTS).open("rb") as file:
            lines = file.readlines()
        try:
            self._records: list[dict[str, Any]] = [json.loads(line) for line in lines]
            self.stamps = [Stamp(*record["stamp"]) for record in self._records]
            self.names: list[str] = [record["name"] for record in self._records]
        except (ValueError, KeyError, TypeError) as error:
            raise CatalogueError(f"{DOCUMENTS} is damaged") from error
        places = [record["outline"][2:4] if "outline" in record else (0, 0) for record in self._records]
        self._outlines = _Outlines(_mapped(folder / HEADINGS), places)

    def __len__(self) -> int:
        return len(self._records)

    def failure(self, at: int) -> str | None:
        """Why a document could not be read; None where it was. Raises CatalogueError."""
        try:
            reason: str | None = restored(self._records[at].get("failure"))
        except (TypeError, ValueError) as error:
            raise CatalogueError(f"{DOCUMENTS} is damaged") from error
        return reason

    def document(self, at: int, source: Source, number: int) -> Document:
        """The record of a document that was read, under another number. Raises CatalogueError."""
        record, outlines = self._records[at], self._outlines
        try:
            count, locators, *_ = record["outline"]
            return Document(
                number=number,
                source=source,
                title=record["title"],
                metadata=Metadata(**dict(zip(_FIELDS, record["metadata"], strict=True))),
                format=record["format"],
                fields=_pairs(record["fields"]),
                origins=_pairs(record["origins"]),
                encoding=record["encoding"],
                script=Script(record["script"]),
                characters=record["characters"],
                paragraphs=record["paragraphs"],
                headings=Made(count, lambda number: outlines[at].heading(number)) if count else (),
                locators=Made(locators, lambda number: outlines[at].locator(number)) if locators else (),
                problems=tuple(DocumentProblem(kind, restored(detail)) for kind, detail in record["problems"]),
                read=True,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogueError(f"{DOCUMENTS} is damaged") from error

    def heading_lines(self, at: int) -> tuple[int, ...]:
        """The lines of the raw text, from 1, on which a document's headings begin."""
        return self._outlines[at].lines

    def line(self, at: int) -> tuple[dict[str, Any], bytes]:
        """A document's record, to be written into another catalogue."""
        return self._records[at], self._outlines.packed(at)


class _Outlines:
    """The outlines of all documents. It outlives the catalogue, as long as there are documents with headings."""

    def __init__(self, data: bytes | mmap.mmap, places: Sequence[tuple[int, int]]) -> None:
        self._data = data
        self._places = array("Q", [number for place in places for number in place])
        self._kept: Kept[int, PackedOutline] = Kept(_KEPT)

    def packed(self, at: int) -> bytes:
        start, length = self._places[2 * at : 2 * at + 2]
        return bytes(self._data[start : start + length])

    def __getitem__(self, at: int) -> PackedOutline:
        known = self._kept.get(at)
        if known is None:
            packed = self.packed(at)
            try:
                known = self._kept.put(at, unpack(packed) if packed else EMPTY)
            except ValueError as error:
                raise CatalogueError(f"{HEADINGS} is damaged") from error
        return known


def _pairs(listed: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in listed)


def worth_keeping(corpus: Corpus) -> bool:
    """Whether what is known of a corpus is kept on disk: not of a small one, nor of a text from standard input."""
    sources = [document.source for document in corpus.documents]
    return sum(source.size for source in sources) >= SMALL and all(each.path != STANDARD_INPUT for each in sources)


def take_records(corpus: Corpus, catalogue: Catalogue) -> list[tuple[int, int]]:
    """Know the documents of a catalogue as far as they are in a corpus.

    Return the numbers of those that could be read, and their places in the catalogue. Raises CatalogueError.
    """
    taken = []
    for at, name in enumerate(catalogue.names):
        number = corpus.number_of(name)
        if number is None:
            continue
        if (reason := catalogue.failure(at)) is not None:
            corpus.leave_out(number, reason)
            continue
        corpus.documents[number] = catalogue.document(at, corpus.documents[number].source, number)
        taken.append((number, at))
    return taken


def _mapped(path: Path) -> bytes | mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if os.fstat(file.fileno()).st_size else b""


class CatalogueWriter:
    """Gathers records and writes them, in the order of their numbers."""

    def __init__(self) -> None:
        self._records: dict[int, tuple[dict[str, Any], bytes]] = {}

    def add(self, loaded: LoadedDocument, stamp: Stamp) -> None:
        """Take in a document that was read."""
        document, packed = loaded.document, b""
        if document.headings or document.locators:
            packed = pack(document, loaded.heading_lines)
        record = {
            "name": document.name,
            "stamp": [stamp.path, stamp.size, stamp.mtime, stamp.tail],
            "title": document.title,
            "metadata": [getattr(document.metadata, name) for name in _FIELDS],
            "format": document.format,
            "fields": document.fields,
            "origins": document.origins,
            "encoding": document.encoding,
            "script": document.script.value,
            "characters": document.characters,
            "paragraphs": document.paragraphs,
            "problems": [[problem.kind, stored(problem.detail)] for problem in document.problems],
            "outline": [len(document.headings), len(document.locators), 0, len(packed)],
        }
        self._records[document.number] = record, packed

    def fail(self, failure: Failure, name: str, stamp: Stamp) -> None:
        """Take in a document that could not be read."""
        record = {
            "name": name,
            "stamp": [stamp.path, stamp.size, stamp.mtime, stamp.tail],
            "failure": stored(failure.reason),
        }
        self._records[failure.number] = record, b""

    def keep(self, number: int, catalogue: Catalogue, at: int) -> None:
        """Take a record over from another catalogue."""
        self._records[number] = catalogue.line(at)

    def write(self, folder: Path, numbers: Sequence[int] | None = None) -> None:
        """Write all records, or some. Raises OSError."""
        start = 0
        with folder.joinpath(DOCUMENTS).open("wb") as documents, folder.joinpath(HEADINGS).open("wb") as headings:
            for number in sorted(self._records) if numbers is None else numbers:
                record, packed = self._records[number]
                if "outline" in record:
                    count, locators, _, length = record["outline"]
                    record = {**record, "outline": [count, locators, start, length]}
                documents.write(_line(record))
                headings.write(packed)
                start += len(packed)


def _line(record: dict[str, Any]) -> bytes:
    return _encoded(record) + b"\n"


def _encoded(value: object) -> bytes:
    """JSON as `json.loads` takes it: in UTF-8, with the surrogates that names of files may hold."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
