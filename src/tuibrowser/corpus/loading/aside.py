"""Reading aside: a document read in a process of its own, so that a crash, a hang or a bomb costs that file alone."""

from __future__ import annotations

import atexit
import os
import pickle
import selectors
import threading
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final, cast

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.loading import child
from tuibrowser.corpus.loading.frames import FRAME
from tuibrowser.corpus.loading.limits import seconds_for
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    import subprocess

    from tuibrowser.corpus.model import Source
    from tuibrowser.corpus.read import Reading

_PIECE: Final = 1 << 20


class Aside:
    """A process that reads one document at a time, started for the first and kept for the next ones."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, source: Source, number: int, encoding: str | None) -> Reading:
        """Read a document as `read` does, and raise what that raises.

        Raises NotTextError where the process ends or takes too long over it, OSError where there is none to be had.
        """
        with self._lock:
            is_first = self._process is None
            process = self._process = self._process or child.start()
            answer = self._answer(process, source, number, encoding, seconds_for([source], is_first=is_first))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            child.end(self._process)
            self._process = None

    def _answer(
        self, process: subprocess.Popen[bytes], source: Source, number: int, encoding: str | None, seconds: float
    ) -> Reading | Exception:
        tasks, answers = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        with suppress(BrokenPipeError):  # it ended; its answer will say so
            pickle.dump((encoding, [(number, source)], None), tasks, pickle.HIGHEST_PROTOCOL)
            tasks.flush()
        received = bytearray()
        deadline = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(answers, selectors.EVENT_READ)
            while len(received) < FRAME.size or len(received) < FRAME.size + FRAME.unpack_from(received)[0]:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    self.end()
                    return NotTextError(plain("cannot be read: it takes too long"))
                piece = os.read(answers.fileno(), _PIECE)
                if not piece:
                    self.end()
                    return NotTextError(plain("cannot be read: the process that read it ended"))
                received += piece
        # What is unpickled comes from our own process, through a pipe that nobody else has.
        answer: list[Reading | Exception] = pickle.loads(memoryview(received)[FRAME.size :])
        return answer[0]


ASIDE: Final = Aside()
"""The one of this process."""

atexit.register(ASIDE.end)
