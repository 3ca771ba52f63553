"""A server and its readers within a test."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.machines.library import Library, Shown, generation_of
from tuibrowser.search.machines.served import ServedCorpus
from tuibrowser.search.machines.server import Server
from tuibrowser.search.machines.shelf import LocalShelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.search.searcher import Searcher


class Running:
    """A server in a thread; `log` are its lines."""

    def __init__(self, path: Path, current: Callable[[], Shown]) -> None:
        self.path = path
        self.current = current
        self.log: list[str] = []
        self.start()

    def start(self) -> None:
        self.server = Server(self.path, lambda: self.current(), self.log.append, cores=2)
        self.server.open()
        self._thread = threading.Thread(target=self.server.run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self.server.stop()
        self._thread.join()


def shown_of(corpus: Corpus, searcher: Searcher) -> Shown:
    return Shown(generation_of(corpus), corpus, searcher, LocalShelf(corpus, "a test"))


@contextmanager
def serving(corpus: Corpus, searcher: Searcher) -> Iterator[Running]:
    """A server of a corpus."""
    shown = shown_of(corpus, searcher)
    with serving_at(lambda: shown) as running:
        yield running


@contextmanager
def serving_at(current: Callable[[], Shown], path: Path | None = None) -> Iterator[Running]:
    """A server of what is current, at a socket that is named, or one with a short path."""
    with TemporaryDirectory() as folder:
        running = Running(path or Path(folder) / "s", current)
        try:
            yield running
        finally:
            running.stop()


@contextmanager
def served_files(paths: Sequence[str], encoding: str | None) -> Iterator[ServedCorpus]:
    """The texts of some files as a reader has them from a server that looks at the files when asked to."""
    library = Library(paths, encoding, None, Listener(), "a test")
    with serving_at(lambda: library.current) as running:

        def watch() -> None:
            library.watch(3600, running.server.tell_changed, lambda error: running.log.append(str(error)))

        threading.Thread(target=watch, daemon=True).start()
        reader = ServedCorpus(running.path)
        yield reader
        reader.line.close()
        library.end()


@contextmanager
def served(corpus: Corpus, searcher: Searcher) -> Iterator[ServedCorpus]:
    """A corpus as a reader has it from a server."""
    with serving(corpus, searcher) as running:
        reader = ServedCorpus(running.path)
        yield reader
        reader.line.close()
