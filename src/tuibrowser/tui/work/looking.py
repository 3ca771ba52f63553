"""Looking: whether the files of a corpus are as they were when they were read, asked of the system in a thread."""

from __future__ import annotations

import time
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.files.looks import is_as_found, is_same
from tuibrowser.tui.work.background import NewestJob
from tuibrowser.tui.work.messages import FilesChanged, ShownChanged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from textual.message import Message

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.files.looks import Looks

MOST: Final = 20_000
"""Documents that are looked at in one sweep; the next one goes on from there."""

_RUN: Final = 200
"""Documents that are looked at without a pause, which leaves the processor to the event loop."""

_PAUSE: Final = 0.002


class Looking:
    """Looks at the files of a corpus and posts what has changed; the newest look wins."""

    def __init__(self, post: Callable[[Message], bool], corpus: Corpus) -> None:
        self._post = post
        self._corpus = corpus
        self._job = NewestJob("look")
        self._next = 0
        """The document at which the next sweep begins."""
        self._changed: set[Path] = set()
        self._told = 0
        self._last: Path | None = None
        """The file asked for last: members of one file follow each other."""

    def look(self, shown: int | None, known: Looks | None, hits: Iterable[int], *, sweep: bool) -> None:
        """Look at the document shown, which was read when its file looked as is `known`, and at those of some hits.

        `sweep` looks at the others too, as many as one look may.
        """
        wanted = set(hits)

        def job(cancelled: Callable[[], bool]) -> None:
            with suppress(CorpusError):  # The server is away; the next look is another one.
                if shown is not None:
                    self._look_at_shown(shown, known)
                self._look_at_all(shown, wanted, cancelled, sweep=sweep)

        self._job.submit(job)

    def forget(self) -> None:
        """Know of no change: the corpus is read again."""
        self._changed, self._told, self._next = set(), 0, 0

    def _look_at_shown(self, number: int, known: Looks | None) -> None:
        source = self._corpus.sources[number]
        looks = self._corpus.looks(number)
        if not is_same(source, known, looks):
            self._post(ShownChanged(number, looks))

    def _look_at_all(self, shown: int | None, hits: set[int], cancelled: Callable[[], bool], *, sweep: bool) -> None:
        self._last = None
        total = len(self._corpus.sources)
        first = self._next if self._next < total else 0
        last = min(total, first + MOST) if sweep else first
        for done, number in enumerate(chain(hits, range(first, last))):
            if done % _RUN == _RUN - 1:
                time.sleep(_PAUSE)
                if cancelled():
                    break
            self._look_at(number, shown)
        else:
            self._next = last if sweep else self._next
        if len(self._changed) > self._told:
            self._told = len(self._changed)
            self._post(FilesChanged(self._told))

    def _look_at(self, number: int, shown: int | None) -> None:
        """Look at the file of a document; that of the one shown is told by itself, unless it holds others."""
        source = self._corpus.sources[number]
        if source.path == self._last or (number == shown and not source.member):
            return
        self._last = source.path
        if not is_as_found(source, self._corpus.looks(number)):
            self._changed.add(source.path)
