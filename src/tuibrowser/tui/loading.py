"""Loading a corpus beside the event loop: files found, documents read, search fed."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.tui.messages import CorpusFound, Failed, Loaded, LoadingDone, SearchReady

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.tui.memory import Memory

REPORT_SECONDS = 0.1
"""Time between two reports of progress: the reader cannot follow more."""


class Loading:
    """Finds and reads a corpus in a thread of its own and posts what becomes of it."""

    def __init__(self, post: Callable[[Message], bool]) -> None:
        self._post = post
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Stop as soon as can be."""
        self._stopped.set()

    def find(self, make: Callable[[], Corpus], memory: Memory) -> None:
        """Find the files of a corpus, and what was read in it last."""
        threading.Thread(target=self._find, args=(make, memory), name="find", daemon=True).start()

    def _find(self, make: Callable[[], Corpus], memory: Memory) -> None:
        try:
            corpus = make()
        except (CorpusError, OSError) as error:
            self._post(Failed(str(error)))
        else:
            last = memory.opened(tuple(str(path.absolute()) for path in corpus.paths), corpus.encoding)
            self._post(CorpusFound(corpus, last, memory.data.queries()))

    def read(self, corpus: Corpus) -> None:
        """Read all documents and make them searchable."""
        threading.Thread(target=self._read, args=(corpus,), name="load", daemon=True).start()

    def _read(self, corpus: Corpus) -> None:
        from tuibrowser.corpus.loader import load
        from tuibrowser.search.engine import Engine
        from tuibrowser.search.titles import TitleFinder

        engine = Engine(corpus)
        self._post(SearchReady(engine, TitleFinder(corpus)))
        numbers: list[int] = []
        reported = 0.0
        for progress in load(corpus, self._stopped.is_set):
            engine.add(progress.loaded)
            numbers += [loaded.document.number for loaded in progress.loaded]
            if time.monotonic() - reported >= REPORT_SECONDS:
                reported = time.monotonic()
                self._post(Loaded(tuple(numbers), progress.done, progress.total))
                numbers = []
        if not self._stopped.is_set():
            engine.complete()
            total = len(corpus.documents)
            self._post(Loaded(tuple(numbers), total, total))
            self._post(LoadingDone())
