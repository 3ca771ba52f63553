"""Reading ahead: a corpus is found, and its first document parsed, in a process of its own during the imports.

Where its files are kept from the last time and are most likely the same, they are taken from there, and found anew
while the first document is shown.

To import the interface and to parse a document each take a tenth of a second of computing; side by side on two cores
the reader waits for one of them. What only parsing needs is then not imported here before the first frame.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import threading
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.collecting import nothing_to_collect
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.files.listing import Keeper
    from tuibrowser.corpus.files.looks import Looks
    from tuibrowser.corpus.files.sources import Sources
    from tuibrowser.corpus.model import Document, DocumentText, PathProblem
    from tuibrowser.corpus.recalled import FoundAnew

LARGEST = 4 << 20
"""Bytes of a first document that is read ahead: to hand on the texts of a larger one costs what it saves."""


class ReadAhead(NamedTuple):
    """The outcome of reading ahead: the files, and the first document with how its file looked.

    Files that are those of the last time are found now: a `FoundAnew` follows.
    """

    files: tuple[Sources, tuple[PathProblem, ...]]
    first: tuple[Document, DocumentText, Looks | None] | None
    is_recalled: bool = False


class Ahead:
    """A corpus whose first document is being read. To be made while the process has no other thread: it forks."""

    def __init__(self, paths: Sequence[Path], encoding: str | None, keeper: Keeper | None = None) -> None:
        """Begin to find the files of `paths`, which `keeper` may have in order, and to read the first document."""
        self._asked = (list(paths), encoding)
        self._keeper = keeper
        self._is_over = False
        self._lock = threading.Lock()
        near_end, far_end = os.pipe()
        sys.stdout.flush()
        self._process: int | None = os.fork()
        if self._process == 0:
            _read_and_end(paths, encoding, keeper, far_end)
        os.close(far_end)
        self._pipe: IO[bytes] = os.fdopen(near_end, "rb")

    def corpus(self, paths: Sequence[Path], encoding: str | None) -> Corpus:
        """The corpus of some paths, to be asked for once: what was read ahead is in it, where that is of these paths.

        It may be a `RecalledCorpus`. Raises CorpusError as `Corpus.discover` does.
        """
        from tuibrowser.corpus.corpus import Corpus

        told: ReadAhead | None = self._told() if (list(paths), encoding) == self._asked else None
        if told is None:
            self._end()
            self._check()
            return Corpus.discover(paths, encoding=encoding, keeper=self._keeper)
        if told.is_recalled:
            from tuibrowser.corpus.recalled import RecalledCorpus

            sources = told.files[0]
            corpus: Corpus = RecalledCorpus(
                sources, paths=paths, encoding=encoding, find=lambda: self._found_anew(sources)
            )
        else:
            self._end()
            corpus = Corpus(*told.files, paths=paths, encoding=encoding)
        if told.first is not None:
            corpus.take(*told.first)
        return corpus

    def _found_anew(self, before: Sources) -> FoundAnew:
        """What is found instead of the files that were kept."""
        from tuibrowser.corpus.corpus import Corpus
        from tuibrowser.corpus.recalled import found_anew

        found: FoundAnew | None = self._told()
        self._end()
        if found is not None:
            return found
        self._check()
        paths, encoding = self._asked
        return found_anew(before, Corpus.discover(paths, encoding=encoding, keeper=self._keeper))

    def _check(self) -> None:
        if self._is_over:
            raise CorpusError(plain("the files are not looked for any more"))

    def _told(self) -> Any:
        """What the process tells next; None where something went wrong."""
        # What is unpickled comes from our own process, through a pipe that nobody else has.
        with nothing_to_collect(), contextlib.suppress(EOFError, pickle.UnpicklingError):
            return pickle.load(self._pipe)
        return None

    def give_up(self) -> None:
        """Look for no files any more: nobody waits for them. From any thread."""
        self._is_over = True
        self._kill()

    def _end(self) -> None:
        """End the process, which has nothing more to do or has it for nothing."""
        self._pipe.close()
        self._kill()

    def _kill(self) -> None:
        with self._lock, contextlib.suppress(ChildProcessError, ProcessLookupError):
            if self._process is not None:
                process, self._process = self._process, None
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)


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
        from tuibrowser.corpus.recalled import found_anew, recalled

        with open(pipe, "wb") as out:
            before = recalled(paths, encoding, keeper)
            if before is not None:
                _send(out, ReadAhead((before, ()), _first(Corpus(before, paths=paths, encoding=encoding)), True))
            corpus = Corpus.discover(paths, encoding=encoding, keeper=keeper)
            if before is not None:
                _send(out, found_anew(before, corpus))
            else:
                _send(out, ReadAhead((corpus.sources, tuple(corpus.problems)), _first(corpus)))
    finally:
        os._exit(0)


def _send(out: IO[bytes], told: object) -> None:
    pickle.dump(told, out, pickle.HIGHEST_PROTOCOL)
    out.flush()


def _first(corpus: Corpus) -> tuple[Document, DocumentText, Looks | None] | None:
    """The first document with its texts; None where there is none, or the parent has to read it for itself."""
    if not corpus.documents or corpus.sources.size(0) > LARGEST:
        return None
    try:
        text, looks = corpus.seen(0)
    except (CorpusError, OSError):
        return None
    return corpus.documents[0], text, looks
