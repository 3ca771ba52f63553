"""Signals of the system to this process, waited for by its main thread."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


class Signals:
    """Signals that are waited for, one after another, in place of what they do else.

    The system's handler writes each into a socket. A handler in Python alone is not enough: it runs in the main thread,
    which sleeps on where the signal comes just before it falls asleep, or wakes another thread.
    """

    def __init__(self) -> None:
        """Only the main thread can wait for signals."""
        self._taken, self._given = socket.socketpair()
        self._given.setblocking(False)
        signal.set_wakeup_fd(self._given.fileno(), warn_on_full_buffer=False)

    def take(self, *wanted: int) -> None:
        """Wait for some more from now on. None is blocked: a thread of a library would take it, and end all."""
        for each in wanted:
            signal.signal(each, _do_nothing)

    def next(self) -> int:
        """Wait for the next one; return its number."""
        return self._taken.recv(1)[0]

    def close(self) -> None:
        """Take no more; what was taken keeps doing nothing."""
        signal.set_wakeup_fd(-1)
        self._taken.close()
        self._given.close()


def _do_nothing(number: int, frame: FrameType | None) -> None:
    pass
