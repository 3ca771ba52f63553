"""Refresh: build the index of a corpus on disk, or bring it up to date; only files that changed are read."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.files.listing import packed_sources
from tuibrowser.corpus.loading.loaded import Failure
from tuibrowser.corpus.loading.loader import load_as
from tuibrowser.corpus.records.catalogue import CatalogueWriter, record_of_failure
from tuibrowser.language.i18n import plain
from tuibrowser.search.index.making.gather import LARGEST, SEALED, gather
from tuibrowser.search.index.making.merge import batches, joined, part
from tuibrowser.search.index.making.sorting import indexed
from tuibrowser.search.index.names import NamesBuilder, save_names
from tuibrowser.search.index.places import LISTING, make_folder
from tuibrowser.search.index.store import (
    CancelledError,
    IndexUnusableError,
    commit,
    locked,
    new_generation,
    open_index,
    parts_folder,
    remove,
    remove_others,
    remove_unused,
    save_segment,
)
from tuibrowser.search.index.taken import called, taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document
    from tuibrowser.corpus.records.catalogue import Record
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.store import StoredIndex
    from tuibrowser.search.index.taken import IndexText, Taken

_NUMBER: Final = attrgetter("number")
PART: Final = "s0"
"""The name of the one segment in the folder of a part."""

_PARTS: Final = (1_000_000, 2_000_000, 4_000_000)
"""Characters of the first parts that can be searched while the others are being read; the last holds for all after."""

_SOON: Final = 8_000_000
"""Bytes to read that are read so soon that the documents kept need no part of their own."""


def _ignore(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told how far the work is.

    `progress` is called with the number of documents read and of those to read, `waiting` when another process is at
    the same work, `note` with a sentence for the reader, and `part`, if there is one, with the folder of a segment,
    and its catalogue, of documents that can be searched already; it is there until the work is done.
    """

    progress: Callable[[int, int], object] = _ignore
    waiting: Callable[[], object] = _ignore
    note: Callable[[str], object] = _ignore
    part: Callable[[Path], object] | None = None


def refresh(
    corpus: Corpus, folder: Path, listener: Listener, cancelled: Callable[[], bool], *, shared: bool = False
) -> bool:
    """Build the index of a corpus in a folder, or bring it up to date; return whether there was anything to do.

    The index is then the one that is built from nothing. One that is `shared` may be read by others. Raises OSError
    where it cannot be written, and CancelledError.
    """
    make_folder(folder, shared=shared)
    with locked(folder, cancelled, listener.waiting):
        try:
            old: StoredIndex | None = open_index(corpus, folder, own=not shared)
        except IndexUnusableError as error:
            old = None
            if error.reason:
                listener.note(plain("the index {reason}: it is built again", reason=error.reason))
        if old is not None and old.fits(corpus):
            return False
        # What was begun and never finished, by a process that was ended.
        remove_others(folder, old.generation if old is not None else "")
        generation = new_generation(folder, shared=shared)
        try:
            with CatalogueWriter(generation) as catalogue:
                names = _Update(corpus, generation, catalogue, old, listener, cancelled).run()
                catalogue.finish(corpus.sources)
            generation.joinpath(LISTING).write_bytes(packed_sources(corpus.sources))
            commit(corpus, generation, names)
        except BaseException:
            remove(generation)
            raise
    if not shared:
        remove_unused(folder.parent)
    return True


class _Update:
    """One run of the work."""

    def __init__(
        self,
        corpus: Corpus,
        generation: Path,
        catalogue: CatalogueWriter,
        old: StoredIndex | None,
        listener: Listener,
        cancelled: Callable[[], bool],
    ) -> None:
        self._corpus = corpus
        self._generation = generation
        self._catalogue = catalogue
        self._listener = listener
        self._cancelled = cancelled
        self._kept = _Kept(corpus, old)
        self._named = NamesBuilder()
        self._texts: list[IndexText] = []
        self._size = 0
        self._given = 0
        self._to_give: list[Segment] = []
        self._records: list[tuple[int, Record]] = []
        """Those of the documents in the next part, and of those that could not be read."""

    def run(self) -> list[str]:
        """Write the segments and the records; return the names of the segments."""
        names: list[str] = []
        for batch in batches(self._in_order(), LARGEST):
            names.append(f"s{len(names)}")
            save_segment(self._generation, names[-1], indexed(joined(batch)))
        save_names(self._generation, self._named.names())
        return names

    def _in_order(self) -> Iterator[Segment]:
        """The documents in ascending order, in segments without postings: those read, and those kept in between."""
        sources = self._corpus.sources
        wanted = self._kept.others()
        if sum(map(sources.size, wanted)) > _SOON:
            self._give_kept()
        at = 0
        for progress in load_as(taken, self._corpus, self._cancelled, wanted):
            answers: list[Taken | Failure] = [*progress.loaded, *progress.failed]
            for answer in sorted(answers, key=_NUMBER):
                if at < answer.number:
                    yield from self._sealed()
                    yield from self._keep(at, answer.number)
                at = answer.number + 1
                self._take(answer)
                if self._size >= SEALED:
                    yield from self._sealed()
            self._listener.progress(progress.done, progress.total)
        if self._cancelled():
            raise CancelledError
        yield from self._sealed()
        yield from self._keep(at, len(sources))

    def _take(self, answer: Taken | Failure) -> None:
        number = answer.number
        if isinstance(answer, Failure):
            record = record_of_failure(answer)
            self._named.add(called(self._corpus.documents[number]))
        else:
            record = answer.record
            self._named.add(answer.called)
            self._texts.append(answer.text)
            self._size += len(answer.text.repaired)
        self._corpus.documents.forget(number)  # it is read from the index as soon as that is done
        self._catalogue.add(record)
        if self._listener.part is not None:
            self._records.append((number, record))

    def _sealed(self) -> Iterator[Segment]:
        if not self._texts:
            return
        segment = gather(self._texts)
        self._texts, self._size = [], 0
        if self._listener.part is not None:
            self._to_give.append(segment)
            if sum(map(len, self._to_give)) >= _PARTS[min(self._given, len(_PARTS) - 1)]:
                self._give(self._to_give, self._records)
                self._to_give, self._records = [], []
        yield segment

    def _keep(self, first: int, last: int) -> Iterator[Segment]:
        for number in range(first, last):
            self._catalogue.add(self._kept.record(number))
            self._named.add(called(self._kept.document(number)))
        yield from self._kept.parts(first, last)

    # Parts for who waits

    def _give_kept(self) -> None:
        if self._listener.part is None:
            return
        records: Iterable[tuple[int, Record]] = ((number, self._kept.record(number)) for number in self._kept)
        for batch in batches(self._kept.parts(0, len(self._corpus.sources)), LARGEST):
            self._give(batch, records)
            records = ()

    def _give(self, segments: Sequence[Segment], records: Iterable[tuple[int, Record]]) -> None:
        """Write a part and say where it is."""
        folder = parts_folder(self._generation) / f"p{self._given}"
        folder.mkdir(mode=0o700, parents=True)
        self._given += 1
        save_segment(folder, PART, indexed(joined(segments)))
        numbers: array[int] = array("i")
        with CatalogueWriter(folder) as catalogue:
            for number, record in records:
                catalogue.add(record)
                numbers.append(number)
            catalogue.finish_part(numbers)
        assert self._listener.part is not None
        self._listener.part(folder)


class _Kept(Iterable[int]):
    """The numbers of the documents whose files did not change; their records and their segments."""

    def __init__(self, corpus: Corpus, old: StoredIndex | None) -> None:
        self._old = old
        self._sources = corpus.sources
        count = len(corpus.sources)
        self._places = np.full(count, -1) if old is None else np.array(old.catalogue.places_of(corpus.sources), int)
        """The place of each document in the old catalogue, -1 where it has changed."""
        held = np.full((1 if old is None else len(old.catalogue) + 1, 2), -1)
        for which, segment in enumerate(old.segments if old is not None else ()):
            held[segment.numbers, 0] = which
            held[segment.numbers, 1] = np.arange(len(segment.numbers))
        self._held = held.take(self._places, axis=0)  # the last row is that of no place
        """The segment that each document is in, and its index there; -1 where it is in none."""

    def __iter__(self) -> Iterator[int]:
        return iter(np.flatnonzero(self._places >= 0).tolist())

    def others(self) -> list[int]:
        """The numbers of the documents that are to be read."""
        return list(np.flatnonzero(self._places < 0).tolist())

    def record(self, number: int) -> Record:
        """The record of a document."""
        assert self._old is not None
        return self._old.catalogue.record(int(self._places[number]))

    def document(self, number: int) -> Document:
        """The record of a document as it is known."""
        assert self._old is not None
        return self._old.catalogue.document(int(self._places[number]), self._sources[number], number)

    def parts(self, first: int, last: int) -> Iterator[Segment]:
        """The documents kept whose numbers are in a range; neighbours together, without postings."""
        numbers = first + np.flatnonzero(self._held[first:last, 0] >= 0)
        held = self._held.take(numbers, axis=0)
        apart = np.flatnonzero((np.diff(held[:, 0]) != 0) | (np.diff(held[:, 1]) != 1)) + 1
        for run in np.split(numbers, apart) if len(numbers) else ():
            yield self._part(run)

    def _part(self, numbers: npt.NDArray[Any]) -> Segment:
        assert self._old is not None
        which, index = self._held[numbers[0]].tolist()
        return part(self._old.segments[which], index, index + len(numbers), numbers.astype(np.int32))
