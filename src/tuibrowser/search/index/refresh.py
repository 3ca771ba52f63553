"""Refresh: build the index of a corpus on disk, or bring it up to date; only files that changed are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from tuibrowser.corpus.loading.loaded import Failure, number_of
from tuibrowser.corpus.loading.loader import load
from tuibrowser.corpus.records.catalogue import CatalogueWriter, stamp
from tuibrowser.language.i18n import plain
from tuibrowser.search.index.gather import LARGEST, SEALED, gather, index_text
from tuibrowser.search.index.merge import batches, joined, part
from tuibrowser.search.index.sorting import indexed
from tuibrowser.search.index.store import (
    CancelledError,
    IndexUnusableError,
    commit,
    locked,
    make_folder,
    new_generation,
    open_index,
    parts_folder,
    remove,
    remove_others,
    remove_unused,
    save_segment,
    unchanged,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.loading.loaded import LoadedDocument
    from tuibrowser.search.index.gather import IndexText
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.store import StoredIndex

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
            _Update(corpus, generation, old, listener, cancelled).run()
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
        old: StoredIndex | None,
        listener: Listener,
        cancelled: Callable[[], bool],
    ) -> None:
        self._corpus = corpus
        self._generation = generation
        self._listener = listener
        self._cancelled = cancelled
        self._catalogue = CatalogueWriter()
        self._kept = _Kept(corpus, old)
        self._texts: list[IndexText] = []
        self._size = 0
        self._given = 0
        self._to_give: list[Segment] = []
        self._numbers: list[int] = []
        """Numbers of the documents in the next part, and of those that could not be read."""

    def run(self) -> None:
        names: list[str] = []
        for batch in batches(self._in_order(), LARGEST):
            names.append(f"s{len(names)}")
            save_segment(self._generation, names[-1], indexed(joined(batch)))
        self._catalogue.write(self._generation)
        commit(self._corpus, self._generation, names)

    def _in_order(self) -> Iterator[Segment]:
        """The documents in ascending order, in segments without postings: those read, and those kept in between."""
        documents = self._corpus.documents
        wanted = [document.number for document in documents if document.number not in self._kept]
        if sum(documents[number].source.size for number in wanted) > _SOON:
            self._give_kept()
        at = 0
        for progress in load(self._corpus, self._cancelled, wanted):
            answers: list[LoadedDocument | Failure] = [*progress.loaded, *progress.failed]
            for answer in sorted(answers, key=number_of):
                if at < number_of(answer):
                    yield from self._sealed()
                    yield from self._keep(at, number_of(answer))
                at = number_of(answer) + 1
                self._take(answer)
                if self._size >= SEALED:
                    yield from self._sealed()
            self._listener.progress(progress.done, progress.total)
        if self._cancelled():
            raise CancelledError
        yield from self._sealed()
        yield from self._keep(at, len(documents))

    def _take(self, answer: LoadedDocument | Failure) -> None:
        number = number_of(answer)
        source = self._corpus.documents[number].source
        self._numbers.append(number)
        if isinstance(answer, Failure):
            self._catalogue.fail(answer, source.name, stamp(source))
        else:
            self._catalogue.add(answer, stamp(source))
            self._texts.append(index_text(answer))
            self._size += len(answer.repaired)

    def _sealed(self) -> Iterator[Segment]:
        if not self._texts:
            return
        segment = gather(self._texts)
        self._texts, self._size = [], 0
        if self._listener.part is not None:
            self._to_give.append(segment)
            if sum(map(len, self._to_give)) >= _PARTS[min(self._given, len(_PARTS) - 1)]:
                self._give(self._to_give, self._numbers)
                self._to_give, self._numbers = [], []
        yield segment

    def _keep(self, first: int, last: int) -> Iterator[Segment]:
        for number in range(first, last):
            self._kept.record(number, self._catalogue)
        yield from self._kept.parts(first, last)

    # Parts for who waits

    def _give_kept(self) -> None:
        if self._listener.part is None:
            return
        numbers = sorted(self._kept)
        for number in numbers:
            self._kept.record(number, self._catalogue)
        for batch in batches(self._kept.parts(0, len(self._corpus.documents)), LARGEST):
            self._give(batch, numbers)
            numbers = []

    def _give(self, segments: Sequence[Segment], numbers: Sequence[int]) -> None:
        """Write a part and say where it is."""
        folder = parts_folder(self._generation) / f"p{self._given}"
        folder.mkdir(mode=0o700, parents=True)
        self._given += 1
        save_segment(folder, PART, indexed(joined(segments)))
        self._catalogue.write(folder, numbers)
        assert self._listener.part is not None
        self._listener.part(folder)


class _Kept(Mapping[int, int]):
    """The documents whose files did not change, by number: their places in the old catalogue; and their segments."""

    def __init__(self, corpus: Corpus, old: StoredIndex | None) -> None:
        self._old = old
        self._places = unchanged(old.catalogue, corpus) if old is not None else {}
        self._held: dict[int, tuple[int, int]] = {}
        for which, segment in enumerate(old.segments if old is not None else ()):
            for index, at in enumerate(segment.numbers.tolist()):
                self._held[at] = which, index

    def __getitem__(self, number: int) -> int:
        return self._places[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def record(self, number: int, catalogue: CatalogueWriter) -> None:
        assert self._old is not None
        catalogue.keep(number, self._old.catalogue, self._places[number])

    def parts(self, first: int, last: int) -> Iterator[Segment]:
        """The documents kept whose numbers are in a range; neighbours together, without postings."""
        if self._old is None:
            return
        run: list[int] = []
        before = (-1, -1)
        for number in range(first, last):
            held = self._held.get(self._places.get(number, -1))
            if held is None:
                continue
            if run and held != (before[0], before[1] + 1):
                yield self._part(run)
                run = []
            run.append(number)
            before = held
        if run:
            yield self._part(run)

    def _part(self, numbers: Sequence[int]) -> Segment:
        assert self._old is not None
        which, index = self._held[self._places[numbers[0]]]
        segment = self._old.segments[which]
        return part(segment, index, index + len(numbers), np.array(numbers, np.int32))
