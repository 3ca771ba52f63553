"""Documents: the records of a corpus, each made when it is looked at; those read since the start are kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol, overload

from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.model import Document
from tuibrowser.corpus.names import stem

if TYPE_CHECKING:
    from tuibrowser.corpus.files.sources import Sources
    from tuibrowser.corpus.model import Source

_MADE: Final = 256
"""Records kept after they were made; a screen shows some tens of them."""


class Records(Protocol):
    """Records of documents on disk."""

    def document(self, at: int, source: Source, number: int) -> Document:
        """The record at a place, as that of a document of a source and number."""


class Documents(Sequence[Document]):
    """The records of all documents by their numbers, as much as is known of each by now."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.version = 0
        """Goes up with whatever becomes known."""
        self.taken = 0
        """How often records were taken up."""
        self._read: dict[int, Document] = {}
        self._known: list[tuple[Sequence[int], Records]] = []
        self._made: Kept[tuple[int, int], Document] = Kept(_MADE)
        """Records lately made, by their numbers and the version that they were made in."""
        self._stale: set[int] = set()
        """Files that were changed since their documents were read."""

    def __len__(self) -> int:
        return len(self.sources)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> list[Document]: ...
    def __getitem__(self, index: int | slice) -> Document | list[Document]:
        if isinstance(index, slice):
            return [self._document(number) for number in range(*index.indices(len(self)))]
        return self._document(range(len(self))[index])

    def __iter__(self) -> Iterator[Document]:
        return map(self._document, range(len(self)))

    def __setitem__(self, number: int, document: Document) -> None:
        self._read[number] = document
        self.version += 1

    def read(self) -> dict[int, Document]:
        """The documents that were read since the start, by number."""
        return dict(self._read)

    def forget(self, number: int) -> None:
        """Know a document no longer as it was read."""
        self._read.pop(number, None)
        self.version += 1

    def know(self, numbers: Sequence[int], records: Records) -> None:
        """Take documents, by ascending numbers, from records in the same order, and no longer as they were read."""
        self.version += 1
        self.taken += 1
        if len(numbers) == len(self):
            self._known, self._read, self._stale = [(numbers, records)], {}, set()
            return
        self._known = [*self._known, (numbers, records)]
        for number in numbers:
            self._read.pop(number, None)

    def renew(self) -> None:
        """Know the documents that were read by how their files look now."""
        self.version += 1
        for number, document in self.read().items():
            self._read[number] = replace(document, source=self.sources[number])

    def unread(self, file: int) -> None:
        """Know the documents of a file, which was changed, no longer as they are but as they were."""
        self.version += 1
        self._stale.add(file)
        for number in [each for each in self.sources.numbers_in(file) if each in self._read]:
            self._read[number] = replace(self._read[number], source=self.sources[number], read=False)

    def _document(self, number: int) -> Document:
        read = self._read.get(number) or self._made.get((number, self.version))
        return read if read is not None else self._made.put((number, self.version), self._as_recorded(number))

    def _as_recorded(self, number: int) -> Document:
        document = self._recorded(number)
        is_stale = self._stale and self.sources.place(number)[0] in self._stale
        return replace(document, read=False) if is_stale else document

    def _recorded(self, number: int) -> Document:
        source = self.sources[number]
        for numbers, records in reversed(self._known):
            at = number - numbers.start if isinstance(numbers, range) else bisect_left(numbers, number)
            if 0 <= at < len(numbers) and numbers[at] == number:
                return records.document(at, source, number)
        return Document(number, source, stem(source.name))
