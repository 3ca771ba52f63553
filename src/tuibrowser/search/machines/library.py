"""Library: a corpus as a server has it, indexed again when its files change."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from tuibrowser import __version__
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.records.catalogue import worth_keeping
from tuibrowser.language.i18n import plain
from tuibrowser.search.index.places import kept_listing
from tuibrowser.search.index.process import Beside
from tuibrowser.search.machines.shelf import LocalShelf
from tuibrowser.search.opened import find_kept, open_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tuibrowser.search.index.refresh import Listener
    from tuibrowser.search.searcher import Searcher

_SHARE: Final = 20
"""Times what a look at the files took that is waited before the next one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A state of a corpus: what answers, and its name."""

    generation: str
    corpus: Corpus
    searcher: Searcher
    shelf: LocalShelf


class Watching(ABC):
    """What is served, and who looks again and again whether it is another one."""

    current: Shown

    def __init__(self) -> None:
        self._wake = threading.Event()
        self._is_over = False

    @abstractmethod
    def look(self) -> bool:
        """Whether something else is served from now on. Raise CorpusError, OSError."""

    def watch(self, every: float, changed: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Look again and again, `every` so many seconds at most, until the end."""
        pause = every
        while True:
            self._wake.wait(pause)
            self._wake.clear()
            if self._is_over:
                return
            began = time.monotonic()
            try:
                if self.look():
                    changed()
            except (CorpusError, OSError) as error:
                failed(error)
            pause = max(every, _SHARE * (time.monotonic() - began))

    def look_now(self) -> None:
        """Let it be looked at now."""
        self._wake.set()

    def end(self) -> None:
        """Look no more."""
        self._is_over = True
        self._wake.set()


class Library(Watching):
    """A corpus that this process indexes and searches, and who looks whether its files are as they were."""

    def __init__(
        self, paths: Sequence[str], encoding: str | None, index_dir: Path | None, listener: Listener, name: str
    ) -> None:
        """Open a corpus. Raise CorpusError."""
        super().__init__()
        self._paths = paths
        self._encoding = encoding
        self._index_dir = index_dir
        self._listener = listener
        self._name = name
        self.current = self._opened(self._found())

    def _found(self) -> Corpus:
        return Corpus.discover(self._paths, encoding=self._encoding, keeper=kept_listing)

    def _opened(self, corpus: Corpus) -> Shown:
        if not corpus.documents:
            raise CorpusError(plain("no document found"))
        if worth_keeping(corpus) and find_kept(corpus, self._index_dir, _ignore).index is None:
            self._build(corpus)
        engine = open_engine(corpus, self._index_dir, self._listener)
        return Shown(generation_of(corpus), corpus, engine, LocalShelf(corpus, self._name, self.look_now))

    def _build(self, corpus: Corpus) -> None:
        """Have a process build the index, whose memory is then free again; where it fails, what opens it builds it."""
        with suppress(OSError), Beside(corpus) as process:
            for event in process.events():
                if event["event"] == "progress":
                    self._listener.progress(event["done"], event["total"])

    def look(self) -> bool:
        """Whether files have changed, came or went; they are indexed again then. Raise CorpusError, OSError."""
        corpus = self._found()
        if generation_of(corpus) == self.current.generation:
            return False
        self.current = self._opened(corpus)
        return True


def generation_of(corpus: Corpus) -> str:
    """A name for a state of the files of a corpus; with another version of the program it is another one."""
    digest = blake2b(f"{__version__}\0{corpus.sources.digest()}".encode(), digest_size=12)
    for file in corpus.sources.files:
        digest.update(b"%d %d %d\n" % (file.size, file.mtime, len(file)))
    return digest.hexdigest()


def _ignore(*_: object) -> None:
    pass
