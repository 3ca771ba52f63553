"""Loading: every document of a corpus read, a batch at a time, in processes of its own where there is much to read."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Generic

from tuibrowser.corpus.loading.loaded import Failure, LoadedDocument, T, as_loaded, attempt
from tuibrowser.corpus.loading.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.loading.pool import Batch
    from tuibrowser.corpus.model import Source

ALONE: Final = 1_000_000
"""Bytes of a corpus above which processes of their own read it; starting them costs as much as reading so many."""
BATCH: Final = 256 * 1024
"""Bytes of files in a batch: some tens of milliseconds of reading, and about one of taking in what was read."""
_FILES: Final = 64
"""Files in a batch, so that a batch of long paths still fits into a pipe."""
_PATHS: Final = 12 * 1024
"""Bytes of paths in a batch, for the same reason."""
_BREATH_SECONDS: Final = 0.001
"""Pause after a document read in this process, in which the user interface can move."""


@dataclass(frozen=True, slots=True)
class LoadProgress(Generic[T]):
    """How many documents of all are done, those that were read since the last report, and those that could not be."""

    done: int
    total: int
    loaded: tuple[T, ...]
    failed: tuple[Failure, ...] = ()


def load(
    corpus: Corpus, cancelled: Callable[[], bool], only: Sequence[int] | None = None
) -> Iterator[LoadProgress[LoadedDocument]]:
    """Read all documents of a corpus, put their records into `corpus.documents`, and report after each batch.

    Documents are handed out as `load_as` does.
    """
    for progress in load_as(as_loaded, corpus, cancelled, only):
        for each in progress.loaded:
            corpus.documents[each.number] = each.document
        yield progress


def load_as(
    made: Callable[[LoadedDocument], T],
    corpus: Corpus,
    cancelled: Callable[[], bool],
    only: Sequence[int] | None = None,
) -> Iterator[LoadProgress[T]]:
    """Read all documents of a corpus, and report after each batch what `made` makes of them.

    `made` is a function of a module: it is called in the process that reads. Documents, or those whose ascending
    numbers are in `only`, are handed out in reading order, each once; one that cannot be read is left out of what is
    `loaded` and listed in `corpus.problems`. Ends soon after `cancelled` says so, or at once when the iterator is
    closed, and leaves no process behind.
    """
    numbers = range(len(corpus.documents)) if only is None else only
    total = len(numbers)
    done = 0
    waiting: dict[int, T | Failure] = {}
    following = 0  # the place in `numbers` of the next document to hand out
    for answers in _answers(made, corpus, numbers, cancelled):
        done += len(answers)
        waiting.update((answer.number, answer) for answer in answers)
        ready: list[T] = []
        failed: list[Failure] = []
        while following < total and (answer := waiting.pop(numbers[following], None)) is not None:
            following += 1
            if isinstance(answer, Failure):
                corpus.leave_out(answer.number, answer.reason)
                failed.append(answer)
            else:
                ready.append(answer)
        yield LoadProgress(done, total, tuple(ready), tuple(failed))


def _answers(
    made: Callable[[LoadedDocument], T], corpus: Corpus, numbers: Sequence[int], cancelled: Callable[[], bool]
) -> Iterator[list[T | Failure]]:
    """What became of each document, a batch at a time, in any order."""
    sources, done = corpus.sources, bytearray(len(corpus.sources))
    if sum(map(sources.size, numbers)) > ALONE:
        wanted = enumerate(sources) if len(numbers) == len(sources) else ((each, sources[each]) for each in numbers)
        files = ((number, source) for number, source in wanted if source.path.is_absolute())
        with suppress(OSError), Pool(batches(files), corpus.encoding, made) as pool:
            for answers in pool.answers(cancelled):
                for answer in answers:
                    done[answer.number] = True
                yield answers
    # All of a small corpus, and what is left where there are no processes to be had: slower, but as good.
    for number in (number for number in numbers if not done[number]):
        if cancelled():
            return
        yield [attempt(number, partial(corpus.read, number), made)]
        time.sleep(_BREATH_SECONDS)


def batches(documents: Iterable[tuple[int, Source]]) -> Iterator[Batch]:
    """Documents in batches of some size, the first of which is one document, to be there soon."""
    batch: list[tuple[int, Source]] = []
    room, paths = 0, _PATHS
    for number, source in documents:
        length = len(os.fsencode(source.path)) + 4 * (len(source.name) + len(source.member))
        if batch and (source.size > room or length > paths or len(batch) == _FILES):
            yield tuple(batch)
            batch, room, paths = [], BATCH, _PATHS
        batch.append((number, source))
        room, paths = room - source.size, paths - length
    if batch:
        yield tuple(batch)
