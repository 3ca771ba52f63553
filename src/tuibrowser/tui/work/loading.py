"""Loading a corpus beside the event loop: files found, documents known, search fed.

What was indexed before is taken up as it is. A large corpus is indexed by a process of its own, whose parts can be
searched as they come; a small one, and one whose index cannot be kept, is read into memory.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.system_errors import system_error
from tuibrowser.language.i18n import said, shown, tr
from tuibrowser.tui.work.messages import (
    CorpusFound,
    DocumentsRead,
    Failed,
    FilesFound,
    LoadingDone,
    Noted,
    NotOpened,
    ReadAgain,
    SearchReady,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.message import Message

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.recalled import RecalledCorpus
    from tuibrowser.search.engine import Engine
    from tuibrowser.search.index.process import Beside
    from tuibrowser.search.machines.served import ServedCorpus
    from tuibrowser.tui.work.memory import Memory

REPORT_SECONDS = 0.1
"""Time between two reports of progress: the reader cannot follow more."""


class Loading:
    """Finds and reads a corpus in a thread of its own and posts what becomes of it."""

    def __init__(self, post: Callable[[Message], bool]) -> None:
        self._post = post
        self._stopped = threading.Event()
        self._process: Beside | None = None
        self._reported = 0.0

    def stop(self) -> None:
        """Stop as soon as can be."""
        self._stopped.set()
        if (process := self._process) is not None:
            process.end()

    def find(self, make: Callable[[], Corpus], memory: Memory) -> None:
        """Find the files of a corpus, and what was read in it last."""
        threading.Thread(target=self._find, args=(make, memory), name="find", daemon=True).start()

    def _find(self, make: Callable[[], Corpus], memory: Memory) -> None:
        from tuibrowser.corpus.recalled import RecalledCorpus

        try:
            corpus = make()
            last = _remembered(corpus, memory)
            is_recalled = isinstance(corpus, RecalledCorpus)
            self._post(CorpusFound(corpus, last, memory.data.queries(), is_recalled))
            if isinstance(corpus, RecalledCorpus):
                self._post(FilesFound(_find_files(corpus)))
        except (CorpusError, OSError) as error:
            self._post(NotOpened(system_error(error)))

    def read(self, corpus: Corpus, index_dir: Path | None = None) -> None:
        """Know all documents and make them searchable; a shared index may be in `index_dir`."""
        threading.Thread(target=self._read, args=(corpus, index_dir), name="load", daemon=True).start()

    def _read(self, corpus: Corpus, index_dir: Path | None) -> None:
        if corpus.is_served:
            from tuibrowser.tui.work.attending import attend

            attend(cast("ServedCorpus", corpus), self._post)
            return
        from tuibrowser.corpus.records.catalogue import worth_keeping
        from tuibrowser.search.engine import Engine

        engine = Engine(corpus)
        ready = SearchReady(engine)
        if not worth_keeping(corpus):
            self._post(ready)
            self._read_here(corpus, engine)
        elif not self._open_index(corpus, engine, ready, index_dir):
            self._build_index(corpus, engine)

    def read_again(self, corpus: Corpus) -> None:
        """Read those files of a corpus again that have changed, and make them searchable as they are now."""
        threading.Thread(target=self._read_again, args=(corpus,), name="load", daemon=True).start()

    def _read_again(self, corpus: Corpus) -> None:
        from tuibrowser.corpus.records.catalogue import worth_keeping
        from tuibrowser.search.engine import Engine

        try:
            changed = corpus.look_again()
        except CorpusError as error:
            self._post(Failed(shown(said(error))))
            self._post(LoadingDone())
            return
        self._post(ReadAgain(len(changed)))
        if not changed:
            return
        if corpus.is_served:  # The server tells when they are indexed.
            self._post(LoadingDone())
            return
        engine = Engine(corpus)
        if worth_keeping(corpus):
            self._build_index(corpus, engine)
        else:
            self._read_here(corpus, engine)
        if not self._stopped.is_set():
            self._post(SearchReady(engine))

    def _open_index(self, corpus: Corpus, engine: Engine, ready: SearchReady, index_dir: Path | None) -> bool:
        """Take up an index that is up to date; whether there is one."""
        from tuibrowser.search.index.store import IndexUnusableError
        from tuibrowser.search.opened import find_kept, take_up

        kept = find_kept(corpus, index_dir, self._note)
        reason = kept.reason
        if kept.index is not None:
            try:
                numbers = take_up(engine, corpus, kept.index)
            except IndexUnusableError as error:
                reason = error.reason
            else:
                self._post(ready)
                self._finished(corpus, numbers)
                return True
        self._post(ready)
        if reason:
            self._note(tr("the index {reason}: it is built again", reason=reason))
        return False

    def _build_index(self, corpus: Corpus, engine: Engine) -> None:
        """Have a process build the index, and take up the parts that are ready; without one, read all here."""
        from tuibrowser.search.index.places import folder_of
        from tuibrowser.search.index.process import Beside
        from tuibrowser.search.index.store import IndexUnusableError, open_index
        from tuibrowser.search.opened import reason_of, take_up

        parts = _Parts(corpus, engine)
        try:
            with Beside(corpus) as process:
                self._process = process
                for event in process.events():
                    self._take(event, parts)
            stored = open_index(corpus, folder_of(corpus))
            self._finished(corpus, parts.news(take_up(engine, corpus, stored)))
        except (OSError, ValueError, IndexUnusableError) as error:
            if not self._stopped.is_set():
                reason = reason_of(error)
                self._note(tr("no index can be kept ({reason}): all is read into memory", reason=reason))
                engine.adopt((), whole=False)
                self._read_here(corpus, engine)
        finally:
            self._process = None

    def _take(self, event: dict[str, Any], parts: _Parts) -> None:
        kind = event["event"]
        if kind == "part":
            self._post(DocumentsRead(parts.take(Path(event["path"])), parts.done, parts.total))
        elif kind == "progress":
            parts.done, parts.total = event["done"], event["total"]
            if self._due():
                self._post(DocumentsRead((), parts.done, parts.total))
        elif kind == "waiting":
            self._note(tr("another process is building the index: waiting for it"))

    def _read_here(self, corpus: Corpus, engine: Engine) -> None:
        """Read all documents into memory."""
        from tuibrowser.corpus.loading.loader import load

        numbers: list[int] = []
        for progress in load(corpus, self._stopped.is_set):
            engine.add(progress.loaded)
            numbers += [loaded.document.number for loaded in progress.loaded]
            if self._due():
                self._post(DocumentsRead(tuple(numbers), progress.done, progress.total))
                numbers = []
        if not self._stopped.is_set():
            engine.complete()
            self._finished(corpus, numbers)

    def _finished(self, corpus: Corpus, numbers: Sequence[int]) -> None:
        total = len(corpus.documents)
        self._post(DocumentsRead(numbers, total, total))
        self._post(LoadingDone())

    def _note(self, sentence: str) -> None:
        self._post(Noted(sentence))

    def _due(self) -> bool:
        """Whether it is time for another report."""
        now = time.monotonic()
        if now - self._reported < REPORT_SECONDS:
            return False
        self._reported = now
        return True


def _remembered(corpus: Corpus, memory: Memory) -> str | None:
    """Keep that a corpus was opened, if it can be opened again; return the path of the document read last in it."""
    if corpus.has_inputs:
        return None
    return memory.opened(tuple(str(path.absolute()) for path in corpus.paths), corpus.encoding)


def _find_files(corpus: RecalledCorpus) -> bool:
    """Find the files of a corpus; where they hold other documents, it is not recalled the next time."""
    are_same = corpus.find_files()
    if not are_same:
        from tuibrowser.search.index.places import doubt

        doubt(corpus)
    return are_same


class _Parts:
    """The parts of an index in the making that are taken up, and how far the reading is."""

    def __init__(self, corpus: Corpus, engine: Engine) -> None:
        self._corpus = corpus
        self._engine = engine
        self._known: set[int] = set()
        self.done = 0
        self.total = len(corpus.documents)

    def take(self, folder: Path) -> tuple[int, ...]:
        """Take up a part; return the numbers of its documents."""
        from tuibrowser.corpus.records.catalogue import take_records
        from tuibrowser.search.opened import open_part

        try:
            part = open_part(folder)
            numbers = take_records(self._corpus, part.catalogue)
        except (OSError, ValueError):
            return ()  # The index may just have been done.
        self._engine.extend(part.segment)
        return self.news(numbers)

    def news(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """The documents among these that were not known before."""
        fresh = tuple(number for number in numbers if number not in self._known)
        self._known.update(fresh)
        return fresh
