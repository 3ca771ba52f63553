"""Making: read the documents of a piece, index them and write them into a folder, which is then renamed into place.

    FOLDER/p…/                      the piece until it is whole: its own letters, then some at random
    FOLDER/c…/s0.post.npy …         the arrays of its segments, whose documents are counted from 0
    FOLDER/c…/documents.jsonl …     the records of its documents
    FOLDER/c…/names.paths_ids.npy … what its documents are called
    FOLDER/c…/manifest.json         the size and checksum of each file

A piece that is made twice has the same files.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from operator import attrgetter
from secrets import token_hex
from typing import TYPE_CHECKING, Final

import numpy as np

from tuibrowser.corpus.loading.loaded import Failure
from tuibrowser.corpus.loading.loader import load_as
from tuibrowser.corpus.records.catalogue import CatalogueWriter, record_of_failure
from tuibrowser.host.regular import read_regular
from tuibrowser.language.i18n import plain
from tuibrowser.search.building.pieces import differing
from tuibrowser.search.index.checks import every_measured, fault
from tuibrowser.search.index.discard import discard
from tuibrowser.search.index.making.gather import LARGEST, SEALED, gather
from tuibrowser.search.index.making.merge import batches, joined
from tuibrowser.search.index.making.sorting import indexed
from tuibrowser.search.index.names import NamesBuilder, save_names
from tuibrowser.search.index.places import MANIFEST, make_folder, maker
from tuibrowser.search.index.store import save_segment
from tuibrowser.search.index.taken import called, taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tuibrowser.search.building.pieces import Task
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.taken import IndexText, Taken

    Progress = Callable[[int, int], object]

_NUMBER: Final = attrgetter("number")
_LARGEST_MANIFEST: Final = 10_000_000
_FORMAT: Final = 1
_RANDOM: Final = 4
"""Bytes that tell apart those who make the same piece."""


@dataclass(frozen=True, slots=True)
class Made:
    """A piece on disk: its segments, documents, those of them that could not be read, characters, and its files.

    A file has its size and its CRC-32. `digest` is the same for pieces whose files are.
    """

    segments: int
    documents: int
    failed: int
    characters: int
    files: dict[str, tuple[int, int]]

    @property
    def digest(self) -> str:
        """A hash of the files."""
        return blake2b(json.dumps(sorted(self.files.items())).encode("ascii"), digest_size=12).hexdigest()

    @property
    def size(self) -> int:
        """The bytes of the files."""
        return sum(size for size, _ in self.files.values())


def this_maker() -> str:
    """What makes pieces here: another one where the same files may make another piece."""
    return blake2b(json.dumps([_FORMAT, maker()]).encode("ascii"), digest_size=12).hexdigest()


def whole(piece: Path) -> Made | None:
    """A piece whose files are all as they were written; None where it is not."""
    try:
        made = read_made(piece)
        return None if fault(piece, made.files, note=True) else made
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def read_made(piece: Path) -> Made:
    """What the manifest of a piece says. Raises OSError, and ValueError, KeyError or TypeError where it is damaged."""
    said = json.loads(read_regular(piece / MANIFEST, _LARGEST_MANIFEST))
    files = {str(name): (int(size), int(checksum)) for name, (size, checksum) in said["files"].items()}
    if any("/" in name for name in files):
        raise ValueError("not the name of a file")
    return Made(int(said["segments"]), int(said["documents"]), int(said["failed"]), int(said["characters"]), files)


def make(task: Task, folder: Path, progress: Progress) -> None:
    """Make a piece, whatever is there of it. Raises OSError, also where a file is not the one that the task names."""
    new = folder / f"p{task.name[1:]}{token_hex(_RANDOM)}"
    make_folder(new, shared=False)
    try:
        _check(task)
        said = _written(task, new, progress)
        _check(task)
        files = every_measured(new, [file.name for file in new.iterdir()])
        new.joinpath(MANIFEST).write_text(json.dumps({**said, "files": files}, indent=1), encoding="ascii")
        _put(new, folder / task.name)
    finally:
        discard(new)


def _check(task: Task) -> None:
    """Raise OSError where a file is not the one that the task names: what is read would be another text."""
    if (path := differing(task.found())) is not None:
        raise OSError(plain("it has another {path} than the gateway, or the file was changed meanwhile", path=path))


def _put(new: Path, piece: Path) -> None:
    """Rename a piece into place, unless another process has just done so."""
    with suppress(OSError):
        new.rename(piece)
        return
    if whole(piece) is None:
        discard(piece)
        new.rename(piece)


def _written(task: Task, new: Path, progress: Progress) -> dict[str, int]:
    """Write the files of a piece; return how many segments, documents, failures and characters it has."""
    named = NamesBuilder()
    count = characters = 0
    with CatalogueWriter(new) as catalogue:
        reader = _Reader(task, catalogue, named, progress)
        for count, batch in enumerate(batches(reader.segments(), LARGEST), 1):
            segment = indexed(joined(batch))
            characters += len(segment)
            numbers = segment.numbers - np.int32(task.first)
            save_segment(new, f"s{count - 1}", replace(segment, numbers=numbers))
        catalogue.finish_part(range(task.documents))
    save_names(new, named.names())
    return {"segments": count, "documents": task.documents, "failed": reader.failed, "characters": characters}


class _Reader:
    """Reads the documents of a piece, and writes their records."""

    def __init__(self, task: Task, catalogue: CatalogueWriter, named: NamesBuilder, progress: Progress) -> None:
        self._task = task
        self._corpus = task.corpus()
        self._catalogue = catalogue
        self._named = named
        self._progress = progress
        self._texts: list[IndexText] = []
        self.failed = 0

    def segments(self) -> Iterator[Segment]:
        """The documents in their order, in segments without postings."""
        size = 0
        numbers = range(self._task.first, self._task.first + self._task.documents)
        for step in load_as(taken, self._corpus, lambda: False, numbers):
            answers: list[Taken | Failure] = [*step.loaded, *step.failed]
            for answer in sorted(answers, key=_NUMBER):
                size += self._take(answer)
                if size >= SEALED:
                    yield self._sealed()
                    size = 0
            self._progress(step.done, step.total)
        if self._texts:
            yield self._sealed()

    def _take(self, answer: Taken | Failure) -> int:
        """Take in a document; return how many characters it has."""
        number = answer.number
        self._corpus.documents.forget(number)
        if isinstance(answer, Failure):
            self.failed += 1
            self._catalogue.add(record_of_failure(answer))
            self._named.add(called(self._corpus.documents[number]))
            return 0
        self._catalogue.add(answer.record)
        self._named.add(answer.called)
        self._texts.append(answer.text)
        return len(answer.text.repaired)

    def _sealed(self) -> Segment:
        texts, self._texts = self._texts, []
        return gather(texts)
