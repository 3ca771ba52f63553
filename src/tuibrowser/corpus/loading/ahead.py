"""Reading ahead: a corpus is found, and its first document parsed, in a process of its own during the imports.

To import the interface and to parse a document each take a tenth of a second of computing; side by side on two cores
the reader waits for one of them. What only parsing needs is then not imported here before the first frame.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from typing import TYPE_CHECKING, NamedTuple

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.collecting import nothing_to_collect

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.files.listing import Keeper
    from tuibrowser.corpus.files.sources import Sources
    from tuibrowser.corpus.model import Document, DocumentText, PathProblem

LARGEST = 4 << 20
"""Bytes of a first document that is read ahead: to hand on the texts of a larger one costs what it saves."""


class ReadAhead(NamedTuple):
    """The outcome of reading ahead: the files, and the first document."""

    files: tuple[Sources, tuple[PathProblem, ...]]
    first: tuple[Document, DocumentText] | None


class Ahead:
    """A corpus whose first document is being read. To be made while the process has no other thread: it forks."""

    def __init__(self, paths: Sequence[Path], encoding: str | None, keeper: Keeper | None = None) -> None:
        """Begin to find the files of `paths`, which `keeper` may have in order, and to read the first document."""
        self._asked = (list(paths), encoding)
        self._keeper = keeper
        self._pipe, far_end = os.pipe()
        sys.stdout.flush()
        self._process = os.fork()
        if self._process == 0:
            _read_and_end(paths, encoding, keeper, far_end)
        os.close(far_end)

    def corpus(self, paths: Sequence[Path], encoding: str | None) -> Corpus:
        """The corpus of some paths, to be asked for once: what was read ahead is in it, where that is of these paths.

        Raises CorpusError as `Corpus.discover` does.
        """
        from tuibrowser.corpus.corpus import Corpus

        found = self._found() if (list(paths), encoding) == self._asked else None
        self._end()
        if found is None:
            return Corpus.discover(paths, encoding=encoding, keeper=self._keeper)
        corpus = Corpus(*found.files, paths=paths, encoding=encoding)
        if found.first is not None:
            corpus.take(*found.first)
        return corpus

    def _found(self) -> ReadAhead | None:
        """What was found, once all of it is; None where something went wrong."""
        with open(self._pipe, "rb", closefd=False) as pipe:
            data = pipe.read()
        # What is unpickled comes from our own process, through a pipe that nobody else has.
        with nothing_to_collect():
            return pickle.loads(data) if data else None

    def _end(self) -> None:
        """End the process, which has nothing more to do or has it for nothing."""
        os.close(self._pipe)
        with contextlib.suppress(ChildProcessError, ProcessLookupError):
            os.kill(self._process, 9)
            os.waitpid(self._process, 0)


def read_ahead(paths: Sequence[Path], encoding: str | None, keeper: Keeper | None = None) -> Ahead | None:
    """Begin to read the first document, where the system can fork and offers a second processor."""
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        return None
    try:
        return Ahead(paths, encoding, keeper)
    except OSError:
        return None


def _read_and_end(paths: Sequence[Path], encoding: str | None, keeper: Keeper | None, pipe: int) -> None:
    """Read the first document, send it, and end; whatever goes wrong, the parent reads it for itself and says why."""
    try:
        from tuibrowser.corpus.corpus import Corpus

        corpus = Corpus.discover(paths, encoding=encoding, keeper=keeper)
        files = corpus.sources, tuple(corpus.problems)
        with open(pipe, "wb") as out:
            pickle.dump(ReadAhead(files, _first(corpus)), out, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _first(corpus: Corpus) -> tuple[Document, DocumentText] | None:
    """The first document with its texts; None where there is none, or the parent has to read it for itself."""
    if not corpus.documents or corpus.sources.size(0) > LARGEST:
        return None
    try:
        reading = corpus.read(0)
    except (CorpusError, OSError):
        return None
    return reading.document, reading.text
