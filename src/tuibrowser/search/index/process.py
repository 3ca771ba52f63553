"""Process: build the index of a corpus in a process beside the one that started it.

It is `tuibrowser index --for-reader`: it takes the files on its standard input, as `packed_sources` has them, so that
both have the same documents under the same numbers, tells how far it is as JSON lines on its standard output, and ends
with the one who started it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from array import array
from base64 import b64decode, b64encode
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, Final, Self, cast

from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.files.listing import packed_sources
from tuibrowser.corpus.model import Belonging
from tuibrowser.language.i18n import plain, restored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from tuibrowser.corpus.corpus import Corpus

_COMMAND: Final = ("-P", "-X", "utf8", "-m", "tuibrowser", "index", "--json", "--for-reader")
"""-P keeps Python from importing modules from the folder of the texts."""


class Beside:
    """The process, as a context that ends it on leaving. Raises OSError where it cannot be started."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if not sys.executable:
            raise OSError(plain("there is no interpreter to start"))
        encoding = ("--encoding", self._corpus.encoding) if self._corpus.encoding else ()
        self._process = subprocess.Popen(
            [sys.executable, *_COMMAND, *encoding, "--", *map(os.fspath, self._corpus.paths)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None and not pipe.closed:
                    pipe.close()
            self._process.wait()

    def end(self) -> None:
        """End it at once; from any thread."""
        if self._process is not None:
            self._process.kill()

    def events(self) -> Iterator[dict[str, Any]]:
        """The events that it reports, until the index is done. Raises OSError when it fails or ends before."""
        assert self._process is not None
        with suppress(BrokenPipeError), cast("IO[bytes]", self._process.stdin) as files:  # it ended, as is told below
            files.write(packed_sources(self._corpus.sources))
        for line in cast("IO[bytes]", self._process.stdout):
            event: dict[str, Any] = {name: restored(value) for name, value in json.loads(line).items()}
            if event["event"] == "failed":
                raise OSError(event["reason"])
            yield event
            if event["event"] == "done":
                return
        raise OSError(plain("the process that builds it ended too soon"))


def row_of(file: Found) -> list[object]:
    """A file as a row of JSON."""
    sizes = None if file.sizes is None else b64encode(file.sizes.tobytes()).decode("ascii")
    work = file.belonging
    belonging = None if work is None else [work.work, work.volumes, work.by_number]
    return [file.path, file.name, file.size, file.mtime, file.changed, file.member, file.declared, sizes, belonging]


def found_of(
    path: str,
    name: str,
    size: int,
    mtime: int,
    changed: int,
    member: str,
    declared: list[list[str]],
    sizes: str | None,
    belonging: list[Any] | None,
) -> Found:
    """The file that such a row is of. Raises TypeError, ValueError, AttributeError where it is none."""
    records = None if sizes is None else array("Q", b64decode(sizes))
    part = None if belonging is None else Belonging(belonging[0], tuple(belonging[1]), belonging[2])
    said = tuple((str(column), str(value)) for column, value in declared)
    return Found(str(path), str(name), int(size), int(mtime), int(changed), part, str(member), said, records)
