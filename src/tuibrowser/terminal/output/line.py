"""Line: the way out to the terminal, past Textual's writing thread where nothing waits in it."""

from __future__ import annotations

import os
import select
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

SHORT = 1024
"""Bytes that are written at once: a terminal that takes any takes so many without a wait."""


class Line:
    """Stands between Textual's writing thread and the file, and counts what has gone out."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._written = 0
        self._given = 0

    def give(self) -> None:
        """Note that something was handed to the thread."""
        self._given += 1

    def start_anew(self) -> None:
        """Nothing is under way: the thread is a new one."""
        self._given = self._written

    def write_now(self, data: str) -> bool:
        """Write something short here and now, if nothing is to come before it and nobody has to wait for it.

        A thread that is handed something gets its turn when this one rests: the echo of a key would wait for that.
        """
        raw = data.encode()
        if self._given != self._written or len(raw) > SHORT:
            return False
        try:
            if not self._takes_more():
                return False
            while raw:
                raw = raw[os.write(self.fileno(), raw) :]
        except (OSError, ValueError):
            return False  # the terminal has gone, which the thread will find out
        return True

    def _takes_more(self) -> bool:
        """Whether something can be written without a wait. `select` has no numbers of files from 1,024 on."""
        ready = select.poll()
        ready.register(self.fileno(), select.POLLOUT)
        return any(events & select.POLLOUT for _, events in ready.poll(0))

    # -- what the thread takes for a file

    def write(self, data: str) -> None:
        """Write and note it. What a terminal that has gone would have shown is dropped: the reader is being ended."""
        with suppress(OSError):
            self._file.write(data)
            self._file.flush()
        self._written += 1

    def flush(self) -> None:
        """All that was written has been flushed."""

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether the file is a terminal."""
        return self._file.isatty()
