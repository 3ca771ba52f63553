"""Corpus: the documents of some paths, in reading order, and their texts on demand."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.documents import Documents
from tuibrowser.corpus.errors import CorpusError, NotTextError
from tuibrowser.corpus.files.looks import Looks, as_found, is_as_found, is_same, looks_of
from tuibrowser.corpus.files.sources import Found, Sources
from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.model import DocumentProblem, PathProblem
from tuibrowser.corpus.names import printable
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Document, DocumentText, Source
    from tuibrowser.corpus.read import Reading

STANDARD_INPUT: Final = Path("-")
"""The path that stands for standard input."""

LEFT_OUT: Final = "left-out"
"""The kind of problem of a document whose file proved to be no text, or could not be opened, after it was found."""

CACHED: Final = 4_000_000
"""Code points of raw text kept in memory by a corpus. One text is always kept, however long it is."""


class Seen(NamedTuple):
    """The texts of a document, and how its file looked when they were read."""

    text: DocumentText
    looks: Looks | None


class Corpus:
    """The documents found under some paths. A document's number is its index in `documents`.

    Before the loader reaches a document its record holds only a name and a title made from it; `document` and `text`
    read it at once. Everything may be called from any thread.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        problems: Sequence[PathProblem] = (),
        *,
        paths: Sequence[Path] = (),
        encoding: str | None = None,
        standard_input: bytes = b"",
        cached: int = CACHED,
    ) -> None:
        self.sources = Sources.of(sources)
        self.documents = Documents(self.sources)
        self.problems: list[PathProblem] = list(problems)
        self.paths: tuple[Path, ...] = tuple(paths)
        self.encoding = encoding
        self.standard_input = standard_input
        self._texts: Kept[int, Seen] = Kept(limit=cached, cost=_characters)
        self._lock = threading.Lock()

    @classmethod
    def discover(
        cls,
        paths: Sequence[Path | str],
        *,
        encoding: str | None = None,
        standard_input: bytes | None = None,
        cached: int = CACHED,
    ) -> Corpus:
        """Find the files of `paths` without reading them; a path `-` stands for `standard_input`.

        `cached` is the number of code points of raw text to keep in memory.

        Raises CorpusError for a path that does not exist or an encoding that is not known.
        """
        from tuibrowser.corpus.decoding.decode import encoding_name
        from tuibrowser.corpus.files.discover import discover

        if encoding is not None:
            encoding = encoding_name(encoding)
        named = [Path(path) for path in paths]
        data = standard_input or b""
        found = discover([path for path in named if path != STANDARD_INPUT])
        sources, problems = found.sources, list(found.problems)
        if STANDARD_INPUT in named and data:
            sources = Sources([Found(str(STANDARD_INPUT), _free_name(sources), len(data)), *sources.files])
        elif STANDARD_INPUT in named:
            problems.append(PathProblem("-", plain("nothing on standard input")))
        return cls(sources, problems, paths=named, encoding=encoding, standard_input=data, cached=cached)

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
        source = self.sources[number]
        looks = looks_of(source)
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
        from tuibrowser.corpus.read import read_bytes

        source = self.sources[number]
        looks = looks_of(source)  # Before it is read: what is written meanwhile is noticed.
        if source.path == STANDARD_INPUT:
            reading = read_bytes(self.standard_input, source, number, self.encoding)
        else:
            reading = _read_file(source, number, self.encoding)
        with self._lock:
            if self.documents[number] != reading.document:  # A record from the catalogue takes less memory.
                self.documents[number] = reading.document
            self._texts.put(number, Seen(reading.text, looks))
        return reading

    def look_again(self) -> list[int]:
        """Take up how the files look now; return the numbers of the documents whose files have changed.

        A file that is gone stays a document, whose reading fails.
        """
        changed = [at for at, file in enumerate(self.sources.files) if not _looks_the_same(file.source(0))]
        addresses = {printable(self.sources.files[at].address) for at in changed}
        with self._lock:
            self.problems = [problem for problem in self.problems if problem.path not in addresses]
        return [number for at in changed for number in self._take_looks(at)]

    def _take_looks(self, at: int) -> range:
        """Take up how a file looks now; return the numbers of the documents in it."""
        file = self.sources.files[at]
        source = file.source(0)
        looks = looks_of(source) or Looks(0, 0)
        size = file.size if source.member else looks.size
        numbers = self.sources.numbers_in(at)
        with self._lock:
            self.sources.renew(at, replace(file, size=size, mtime=looks.mtime, changed=0))
            self.documents.unread(at)
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

    def leave_out(self, number: int, reason: str) -> None:
        """Note that a document's file cannot be read: it stays as an empty document, since numbers must not change."""
        document = self.documents[number]
        problem = DocumentProblem(LEFT_OUT, reason)
        with self._lock:
            if problem in document.problems:
                return
            self.documents[number] = replace(document, problems=(problem,), read=True)
            self.problems.append(PathProblem(printable(document.source.address), reason))


def _characters(seen: Seen) -> int:
    return len(seen.text.raw)


def _read_file(source: Source, number: int, encoding: str | None) -> Reading:
    """Read a file, in a process of its own where its format may make reading it crash or hang."""
    from tuibrowser.corpus.read import is_guarded, read

    if not is_guarded(source):
        return read(source, number, encoding)
    from tuibrowser.corpus.loading.aside import ASIDE

    return ASIDE.read(source, number, encoding)


def _looks_the_same(source: Source) -> bool:
    return is_as_found(source, looks_of(source))


def _free_name(sources: Sources) -> str:
    """The name of the document on standard input, which no file beside it may have."""
    taken = {file.name for file in sources.files}
    name = "-"
    while name in taken:
        name += "-"
    return name
