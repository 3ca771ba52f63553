"""Corpus: the documents of some paths, in reading order, and their texts on demand."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple, Protocol

from tuibrowser.corpus.documents import Documents
from tuibrowser.corpus.errors import CorpusError, NotTextError
from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.files.looks import Looks, as_found, is_as_found, is_same, looks_of
from tuibrowser.corpus.files.sources import Sources
from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.model import LEFT_OUT, DocumentProblem, PathProblem
from tuibrowser.corpus.names import printable
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.corpus.containers.flat import Flat
    from tuibrowser.corpus.files.listing import Keeper
    from tuibrowser.corpus.model import Document, DocumentText, Source
    from tuibrowser.corpus.read import Reading
    from tuibrowser.host.piped import Piped

STANDARD_INPUT: Final = Path("-")
"""The path that stands for standard input."""

_OPEN: Final = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""How the paths of inputs begin that have no name of their own."""

CACHED: Final = 4_000_000
"""Code points of raw text kept in memory by a corpus. One text is always kept, however long it is."""


class Input(Protocol):
    """The input from a pipe: its bytes so far, and their number; `is_cut` where more came than is kept."""

    is_cut: bool

    @property
    def size(self) -> int:
        """How many bytes have come."""

    def data(self) -> bytes:
        """The bytes."""


class Received:
    """An input that has come to its end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)
        self.is_cut = False

    def data(self) -> bytes:
        """The bytes."""
        return self._data


class Seen(NamedTuple):
    """The texts of a document, and how its file looked when they were read."""

    text: DocumentText
    looks: Looks | None


class Corpus:
    """The documents found under some paths. A document's number is its index in `documents`.

    Before the loader reaches a document its record holds only a name and a title made from it; `document` and `text`
    read it at once. Everything may be called from any thread.
    """

    is_served: ClassVar = False
    """Whether another process has the texts, and searches them."""

    def __init__(
        self,
        sources: Sequence[Source],
        problems: Sequence[PathProblem] = (),
        *,
        paths: Sequence[Path] = (),
        encoding: str | None = None,
        inputs: Mapping[Path, Input] | None = None,
        cached: int = CACHED,
    ) -> None:
        """`inputs` are what comes through pipes, by the paths of their sources."""
        self.sources = Sources.of(sources)
        self.documents = Documents(self.sources)
        self.problems: list[PathProblem] = list(problems)
        self.paths: tuple[Path, ...] = tuple(paths)
        self.encoding = encoding
        self._inputs = dict(inputs or {})
        self._archives: dict[Path, Flat | None] = {}
        self._texts: Kept[int, Seen] = Kept(limit=cached, cost=_characters)
        self._left_out: dict[int, PathProblem] = {}
        self._lock = threading.Lock()

    @classmethod
    def discover(
        cls,
        paths: Sequence[Path | str],
        *,
        encoding: str | None = None,
        standard_input: bytes | None = None,
        piped: Mapping[str, Piped] | None = None,
        cached: int = CACHED,
        keeper: Keeper | None = None,
    ) -> Corpus:
        """Find the files of `paths` without reading them; a path `-` stands for `standard_input`.

        A path that is a pipe is read to its end, unless it is among those `piped`, which are being read.
        `cached` is the number of code points of raw text to keep in memory. `keeper` has the files as they were ordered
        before, where an index is kept of them.

        Raises CorpusError for a path that does not exist or an encoding that is not known.
        """
        from tuibrowser.corpus.decoding.decode import encoding_name
        from tuibrowser.corpus.files.discover import discover

        if encoding is not None:
            encoding = encoding_name(encoding)
        named = [Path(path) for path in paths]
        coming = _inputs(named, standard_input, piped or {})
        found = discover([path for path in named if path not in coming], encoding, keeper if not coming else None)
        sources, problems = found.sources, list(found.problems)
        inputs: dict[Path, Input] = {}
        for path, data in reversed(coming.items()):
            name = _free_name(sources, path)
            if not data.size:
                problems.append(PathProblem(name, plain("nothing on standard input")))
                continue
            kept_as = Path(os.path.normpath(f"-{path}")) if path != STANDARD_INPUT else path
            found_in, left_out = _found_in(data, str(kept_as), name, encoding)
            sources = Sources([*found_in, *sources.files])
            problems += left_out
            inputs[kept_as] = data
            if data.is_cut:
                problems.append(PathProblem(name, plain("only the first {size:,} bytes were read", size=data.size)))
        return cls(sources, problems, paths=named, encoding=encoding, inputs=inputs, cached=cached)

    @property
    def has_inputs(self) -> bool:
        """Whether it has what came through a pipe, and so cannot be opened again."""
        return bool(self._inputs)

    def looks(self, number: int) -> Looks | None:
        """How the file of a document looks now; None where there is none. An input changes while more comes."""
        return self._looks(self.sources[number])

    def _looks(self, source: Source) -> Looks | None:
        data = self._inputs.get(source.path)
        return looks_of(source) if data is None else Looks(data.size, source.mtime)

    def document(self, number: int) -> Document:
        """The full record of a document, read from its file if need be. Raises CorpusError as `text` does."""
        document = self.documents[number]
        if not document.read:
            self.text(number)
        return self.documents[number]

    def text(self, number: int) -> DocumentText:
        """The texts of a document as its file has them now: parsed from that unless they are still in memory.

        Raises CorpusError where the file is gone or cannot be read as text any more.
        """
        return self.seen(number).text

    def seen(self, number: int) -> Seen:
        """The texts of a document, as `text`, with how its file looks. Raises CorpusError as that does."""
        source, looks = self.sources[number], self.looks(number)
        known = self._texts.get(number)
        if known is not None and looks is not None and is_same(source, known.looks, looks):
            return known
        try:
            return Seen(self.read(number).text, looks)
        except OSError as error:
            raise CorpusError(
                plain("cannot open {name}: {reason}", name=source.name, reason=system_reason(error))
            ) from None
        except NotTextError as error:
            raise CorpusError(plain("cannot open {name}: {reason}", name=source.name, reason=said(error))) from None

    def read(self, number: int) -> Reading:
        """Read a document anew and keep its record and texts. Raises OSError and NotTextError as reading does."""
        source = self.sources[number]
        looks = self.looks(number)  # Before it is read: what is written meanwhile is noticed.
        if (data := self._inputs.get(source.path)) is not None:
            reading = self._read_input(data, source, number)
        else:
            reading = _read_file(source, number, self.encoding)
        with self._lock:
            if self.documents[number] != reading.document:  # A record from the catalogue takes less memory.
                self.documents[number] = reading.document
            self._texts.put(number, Seen(reading.text, looks))
        return reading

    def _read_input(self, data: Input, source: Source, number: int) -> Reading:
        """Read what came through a pipe, or a document of an archive that came so."""
        from tuibrowser.corpus.read import read_bytes, read_contents

        if not source.member:
            return read_bytes(data.data(), source, number, self.encoding)
        from tuibrowser.corpus.files.contents import of_member

        with self._lock:
            if source.path not in self._archives:
                self._archives[source.path] = _archive(data, self.encoding)
            archive = self._archives[source.path]
            if archive is None:
                raise NotTextError(plain("it holds no documents of their own any more"))
            contents = of_member(archive, source, self.encoding)
        return read_contents(contents, source, number)

    def look_again(self) -> list[int]:
        """Take up how the files look now; return the numbers of the documents whose files have changed.

        A file that is gone stays a document, whose reading fails.
        """
        sources = [file.source(0) for file in self.sources.files]
        changed = [at for at, source in enumerate(sources) if not is_as_found(source, self._looks(source))]
        addresses = {printable(self.sources.files[at].address) for at in changed}
        with self._lock:
            self.problems = [problem for problem in self.problems if problem.path not in addresses]
        return [number for at in changed for number in self._take_looks(at)]

    def _take_looks(self, at: int) -> range:
        """Take up how a file looks now; return the numbers of the documents in it."""
        file = self.sources.files[at]
        source = file.source(0)
        looks = self._looks(source) or Looks(0, 0)
        size = file.size if source.member else looks.size
        numbers = self.sources.numbers_in(at)
        with self._lock:
            self.sources.renew(at, replace(file, size=size, mtime=looks.mtime, changed=0))
            self.documents.unread(at)
            for number in numbers:
                self._left_out.pop(number, None)
        for number in numbers:
            self.forget(number)
        return numbers

    def forget(self, number: int) -> None:
        """Forget the texts of a document, so that they are parsed from its file again."""
        self._texts.drop(number)

    def take(self, document: Document, text: DocumentText, looks: Looks | None = None) -> None:
        """Take in a document that was read elsewhere, if it is the one of its number here and still what it was.

        `looks` are those of its file then, where they are others than when it was found.
        """
        if document.number < len(self.sources) and self.sources[document.number] == document.source:
            with self._lock:
                self.documents[document.number] = document
                self._texts.put(document.number, Seen(text, looks or as_found(document.source)))

    def number_of(self, name: str) -> int | None:
        """The number of the document of that very name."""
        return self.sources.number_of(name)

    def find(self, name: str) -> Document | None:
        """The document of that name, or the only one whose name ends in it after a `/`."""
        if (number := self.number_of(name)) is not None:
            return self.documents[number]
        ending = f"/{name}"
        numbers = [number for number, full in enumerate(self.sources.names()) if full.endswith(ending)]
        return self.documents[numbers[0]] if len(numbers) == 1 else None

    def left_out(self) -> list[int]:
        """The numbers of the documents whose files could not be read, as far as it has been tried."""
        return [number for number in sorted(self._left_out) if self.documents[number].is_left_out]

    def leave_out(self, number: int, reason: str) -> None:
        """Note that a document's file cannot be read: it stays as an empty document, since numbers must not change."""
        document = self.documents[number]
        problem = DocumentProblem(LEFT_OUT, reason)
        with self._lock:
            if problem not in document.problems:
                self.documents[number] = replace(
                    document, characters=0, paragraphs=0, headings=(), locators=(), problems=(problem,), read=True
                )
            told = PathProblem(printable(document.source.address), reason)
            if self._left_out.get(number) != told:  # an index that is taken up tells of it once more
                self._left_out[number] = told
                self.problems.append(told)


def _characters(seen: Seen) -> int:
    return len(seen.text.raw)


def _read_file(source: Source, number: int, encoding: str | None) -> Reading:
    """Read a file, in a process of its own where its format may make reading it crash or hang."""
    from tuibrowser.corpus.files.contents import contents_of
    from tuibrowser.corpus.read import is_guarded, read_contents

    contents = contents_of(source, encoding)
    if not is_guarded(contents):
        return read_contents(contents, source, number)
    from tuibrowser.corpus.loading.aside import ASIDE

    return ASIDE.read(source, number, encoding)


def _inputs(named: Sequence[Path], standard_input: bytes | None, piped: Mapping[str, Piped]) -> dict[Path, Input]:
    """What comes through those of some paths that are no files."""
    from tuibrowser.host.piped import Piped, is_pipe

    found: dict[Path, Input] = {}
    for path in named:
        known = piped.get(str(path))
        if known is not None:
            found[path] = known
        elif path == STANDARD_INPUT:
            found[path] = Received(standard_input or b"")
        elif is_pipe(str(path)):
            found[path] = data = Piped.at(str(path))
            data.wait()
    return found


def _archive(data: Input, encoding: str | None) -> Flat | None:
    """The archive that came through a pipe; None where something else did, or an archive that cannot be opened."""
    from tuibrowser.corpus.containers.flat import open_flat

    try:
        return open_flat(BytesIO(data.data()), "", encoding)
    except (OSError, NotTextError):
        return None


def _found_in(data: Input, path: str, name: str, encoding: str | None) -> tuple[Sequence[Found], Sequence[PathProblem]]:
    """The documents in what came through a pipe, and what of it is left out: one, unless it is an archive."""
    archive = _archive(data, encoding)
    if archive is None:
        return [Found(path, name, data.size)], ()
    from tuibrowser.corpus.files.discover import discover_in

    found = discover_in(archive, path, name)
    return found.sources.files, found.problems


def _free_name(sources: Sources, path: Path) -> str:
    """The name of what comes through a pipe, which no file beside it may have."""
    taken = {file.name for file in sources.files}
    name = "-" if path == STANDARD_INPUT or str(path).startswith(_OPEN) else printable(path.name)
    while name in taken:
        name += "-"
    return name
