"""Catalogue: the records of documents on disk, so that a corpus that did not change need not be read again.

    documents.jsonl   a line of JSON for each document, in reading order: what is known of it, or why it could not be
                      read; messages are kept as `i18n.stored` writes them
    headings.bin      the headings and locators, of which there are many, packed for each document
    places.bin        where the line and the headings of each document begin, and where the last ones end
    failures.json     the places of the documents that could not be read
    files.jsonl       how all files looked, and then each (see `stamps`); or, in the catalogue of a part of a corpus,
                      numbers.bin: the numbers of its documents

All are mapped into memory, and a record is made of its line when it is asked for.
"""

from __future__ import annotations

import json
import mmap
import os
from array import array
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.model import (
    Document,
    DocumentProblem,
    Metadata,
    Script,
)
from tuibrowser.corpus.names import stem
from tuibrowser.corpus.records.packed_outline import EMPTY, Made, pack, unpack
from tuibrowser.corpus.records.stamps import stamped, unchanged
from tuibrowser.language.i18n import restored, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.files.sources import Sources
    from tuibrowser.corpus.loading.loaded import Failure, LoadedDocument
    from tuibrowser.corpus.model import Source
    from tuibrowser.corpus.records.packed_outline import PackedOutline

DOCUMENTS: Final = "documents.jsonl"
HEADINGS: Final = "headings.bin"
PLACES: Final = "places.bin"
FAILURES: Final = "failures.json"
FILES: Final = "files.jsonl"
NUMBERS: Final = "numbers.bin"

MAPPED: Final = (DOCUMENTS, HEADINGS, PLACES)
"""The files of a catalogue that stay mapped while it is in use."""

SMALL: Final = 2_000_000
"""Bytes of a corpus below which it is read in the time it takes to look for what is kept of it."""

_KEPT: Final = 64
"""Documents whose headings are kept in memory."""

_FIELDS: Final = ("title", "author", "delivered", "published", "publisher", "source", "work", "dated")
_PLACE: Final = 16
"""Bytes of the places of a document."""


class CatalogueError(ValueError):
    """A catalogue that is not what this program writes."""


class Record(NamedTuple):
    """A document as a catalogue has it: its line, its packed headings, and whether it could not be read.

    `tail` is that of its file when it was read (see `stamps`); empty where it is not all of a file, or not known.
    """

    line: bytes
    outline: bytes = b""
    failed: bool = False
    tail: str = ""


class Catalogue:
    """The records in a folder. Raises CatalogueError where they are damaged, OSError where they cannot be read.

    Once it is open only `places_of` needs the folder, which another process may remove.
    """

    def __init__(self, folder: Path) -> None:
        self._lines, self._packed, places = files = tuple(_mapped(folder / name) for name in MAPPED)
        self.files = [file for file in files if isinstance(file, mmap.mmap)]
        """What it is mapped from."""
        self._failures = _failures(folder / FAILURES)
        self._folder = folder
        if len(places) % _PLACE or not len(places):
            raise CatalogueError(f"{PLACES} is damaged")
        self._places = memoryview(places).cast("Q")
        if (self._places[-2], self._places[-1]) != (len(self._lines), len(self._packed)):
            raise CatalogueError(f"{PLACES} is damaged")
        self._outlines: Kept[int, PackedOutline] = Kept(_KEPT)
        self._names = _names(folder / FILES)
        self._numbers = range(len(self)) if self._names is not None else _numbers(folder / NUMBERS, len(self))

    def __len__(self) -> int:
        return len(self._places) // 2 - 1

    def numbers(self) -> Sequence[int]:
        """The numbers of the documents, ascending. Raises CatalogueError for a part that came without them."""
        if self._numbers is None:
            raise CatalogueError(f"{NUMBERS} is damaged")
        return self._numbers

    def places_of(self, sources: Sources) -> array[int]:
        """The place of each document of a corpus whose file is as it was; -1 of others. Raises CatalogueError."""
        try:
            with self._folder.joinpath(FILES).open("rb") as lines:
                looks = json.loads(next(lines, b""))["looks"]
                if looks and looks == sources.looks() and len(self) == len(sources):
                    return array("i", range(len(self)))
                return unchanged(lines, sources)
        except (ValueError, TypeError, KeyError) as error:
            raise CatalogueError(f"{FILES} is damaged") from error

    def is_of(self, sources: Sources) -> bool:
        """Whether it has documents of the same names in the same order."""
        return self._names == sources.digest() and len(self) == len(sources)

    def failures(self) -> list[tuple[int, str]]:
        """The places of the documents that could not be read, and why. Raises CatalogueError."""
        try:
            return [(at, restored(json.loads(self._line(at))["failure"])) for at in sorted(self._failures)]
        except (TypeError, ValueError, KeyError) as error:
            raise CatalogueError(f"{DOCUMENTS} is damaged") from error

    def document(self, at: int, source: Source, number: int) -> Document:
        """The record of a document, under another number; of one that could not be read only its name is known.

        Raises CatalogueError.
        """
        if at in self._failures:
            return Document(number, source, stem(source.name))
        try:
            record = json.loads(self._line(at))
            count, locators = record["outline"]
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
                headings=Made(count, lambda number: self._outline(at).heading(number)) if count else (),
                locators=Made(locators, lambda number: self._outline(at).locator(number)) if locators else (),
                problems=tuple(DocumentProblem(kind, restored(detail)) for kind, detail in record["problems"]),
                read=True,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogueError(f"{DOCUMENTS} is damaged") from error

    def heading_lines(self, at: int) -> tuple[int, ...]:
        """The lines of the raw text, from 1, on which a document's headings begin."""
        return self._outline(at).lines

    def record(self, at: int) -> Record:
        """A document's record, to be written into another catalogue."""
        return Record(self._line(at), self._packed_outline(at), at in self._failures)

    def _line(self, at: int) -> bytes:
        return bytes(self._lines[self._places[2 * at] : self._places[2 * at + 2]])

    def _packed_outline(self, at: int) -> bytes:
        return bytes(self._packed[self._places[2 * at + 1] : self._places[2 * at + 3]])

    def _outline(self, at: int) -> PackedOutline:
        known = self._outlines.get(at)
        if known is None:
            packed = self._packed_outline(at)
            try:
                known = self._outlines.put(at, unpack(packed) if packed else EMPTY)
            except ValueError as error:
                raise CatalogueError(f"{HEADINGS} is damaged") from error
        return known


def _names(path: Path) -> str | None:
    """The hash of the names of all documents of a corpus; None where there is none, as in a part."""
    try:
        with path.open("rb") as lines:
            return str(json.loads(lines.readline())["names"])
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        raise CatalogueError(f"{FILES} is damaged") from error


def _numbers(path: Path, count: int) -> Sequence[int] | None:
    """The numbers of the documents of a part; None where they are not there."""
    try:
        numbers = array("i", path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise CatalogueError(f"{NUMBERS} is damaged") from error
    if len(numbers) != count:
        raise CatalogueError(f"{NUMBERS} is damaged")
    return numbers


def _failures(path: Path) -> frozenset[int]:
    try:
        return frozenset(map(int, json.loads(path.read_bytes())))
    except (ValueError, TypeError) as error:
        raise CatalogueError(f"{FAILURES} is damaged") from error


def _pairs(listed: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, value in listed)


def worth_keeping(corpus: Corpus) -> bool:
    """Whether what is known of a corpus is kept on disk: not of a small one, nor of a text from standard input."""
    sources = corpus.sources
    return sources.total_size >= SMALL and sources.are_files


def take_records(corpus: Corpus, catalogue: Catalogue) -> Sequence[int]:
    """Know the documents of a catalogue of a corpus, or of a part of one; return the numbers of those that were read.

    The catalogue must have been made of the very files of the corpus, under the same numbers. Raises CatalogueError.
    """
    numbers, failures = catalogue.numbers(), catalogue.failures()
    corpus.documents.know(numbers, catalogue)
    for at, reason in failures:
        corpus.leave_out(numbers[at], reason)
    if not failures:
        return numbers
    failed = {at for at, _ in failures}
    return array("i", [number for at, number in enumerate(numbers) if at not in failed])


def _mapped(path: Path) -> bytes | mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if os.fstat(file.fileno()).st_size else b""


class CatalogueWriter:
    """Writes records into a folder, in the order of their numbers; as a context it closes its files. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines, self._headings, self._places = (folder.joinpath(name).open("wb") for name in MAPPED)
        self._at = array("Q", (0, 0))
        self._tails: list[str] = []
        self._failed: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in (self._lines, self._headings, self._places):
            file.close()

    def add(self, record: Record) -> None:
        """Write the record of the next document."""
        self._places.write(self._at.tobytes())
        self._lines.write(record.line)
        self._headings.write(record.outline)
        self._at[0] += len(record.line)
        self._at[1] += len(record.outline)
        if record.failed:
            self._failed.append(len(self._tails))
        self._tails.append(record.tail)

    def finish(self, sources: Sources) -> None:
        """Write what is left to be written of a corpus, whose documents were all added."""
        with self._folder.joinpath(FILES).open("wb") as lines:
            lines.write(_encoded({"names": sources.digest(), "looks": sources.looks()}) + b"\n")
            lines.writelines(stamped(sources.files, self._known(sources)))
        self._end()

    def _known(self, sources: Sources) -> Iterator[str]:
        """The tail of each file, empty where it is not known."""
        for at in range(len(sources.files)):
            numbers = sources.numbers_in(at)
            yield self._tails[numbers.start] if len(numbers) == 1 else ""

    def finish_part(self, numbers: Iterable[int]) -> None:
        """Write what is left to be written of a part, whose documents have these numbers."""
        self._folder.joinpath(NUMBERS).write_bytes(array("i", numbers).tobytes())
        self._end()

    def _end(self) -> None:
        self._places.write(self._at.tobytes())
        self._folder.joinpath(FAILURES).write_bytes(_encoded(self._failed))


def record_of(loaded: LoadedDocument) -> Record:
    """The record of a document that was read."""
    document = loaded.document
    packed = pack(document, loaded.heading_lines) if document.headings or document.locators else b""
    record = {
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
        "outline": [len(document.headings), len(document.locators)],
    }
    return Record(_encoded(record) + b"\n", packed, tail=loaded.tail)


def record_of_failure(failure: Failure) -> Record:
    """The record of a document that could not be read."""
    return Record(_encoded({"failure": stored(failure.reason)}) + b"\n", failed=True)


def _encoded(value: object) -> bytes:
    """JSON as `json.loads` takes it: in UTF-8, with the surrogates that names of files may hold."""
    return _JSON.encode(value).encode("utf-8", "surrogatepass")


_JSON: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)
