"""Reading ahead: the first document is parsed in a process of its own while the interface is still being imported.

To import the interface and to parse a document each take a tenth of a second of computing; side by side on two cores
the reader waits for one of them.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Document, DocumentText

LARGEST = 4 << 20
"""Bytes of a first document that is read ahead: to hand on the texts of a larger one costs what it saves."""


class Ahead:
    """A first document that is being read. To be made while the process has no other thread: it forks."""

    def __init__(self, paths: Sequence[str], encoding: str | None) -> None:
        """Begin to read the first document of `paths`."""
        self._pipe, far_end = os.pipe()
        sys.stdout.flush()
        self._process = os.fork()
        if self._process == 0:
            _read_and_end(paths, encoding, far_end)
        os.close(far_end)

    def first(self) -> tuple[Document, DocumentText] | None:
        """The document with its texts, once it has been read; None where it could not be, or was asked for before."""
        if self._pipe < 0:
            return None
        with open(self._pipe, "rb") as pipe:  # noqa: PTH123  a descriptor has no path
            data = pipe.read()
        self._pipe = -1
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._process, 0)
        # What is unpickled comes from our own process, through a pipe that nobody else has.
        return pickle.loads(data) if data else None


def read_ahead(paths: Sequence[str], encoding: str | None) -> Ahead | None:
    """Begin to read the first document, where the system can fork and offers a second processor."""
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        return None
    try:
        return Ahead(paths, encoding)
    except OSError:
        return None


def _read_and_end(paths: Sequence[str], encoding: str | None, pipe: int) -> None:
    """Read the first document, send it, and end; whatever goes wrong, the parent reads it for itself and says why."""
    try:
        from tuibrowser.corpus.corpus import Corpus
        from tuibrowser.corpus.files.seeds import seeds_path

        corpus = Corpus.discover([Path(path) for path in paths] or [seeds_path()], encoding=encoding)
        if corpus.documents and corpus.documents[0].source.size <= LARGEST:
            reading = corpus.read(0)
            with open(pipe, "wb") as out:
                pickle.dump((reading.document, reading.text), out, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)
