"""Piped: what comes through a pipe, read in a thread, so that what has come so far can be used before its end."""

from __future__ import annotations

import os
import stat
import threading
import time
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Callable

MOST: Final = 256 << 20
"""Bytes that are kept of an input; the rest is not read."""

STANDARD_INPUT: Final = ("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")
"""Names of standard input."""

_PIECE: Final = 1 << 16


class Piped:
    """An input that cannot be read twice."""

    def __init__(self, opened: Callable[[], int], most: int = MOST) -> None:
        """Begin to read from the descriptor that `opened` gives, which may wait for somebody to write."""
        self._received = bytearray()
        self._most = most
        self._shown: int | None = None
        self._changed = threading.Condition()
        self._is_over = False
        self.is_cut = False
        """Whether there was more than is kept."""
        threading.Thread(target=self._read, args=(opened,), name="pipe", daemon=True).start()

    @classmethod
    def at(cls, path: str) -> Self:
        """The input that comes through the pipe at a path."""
        return cls(lambda: os.dup(0) if path in STANDARD_INPUT else os.open(path, os.O_RDONLY | os.O_CLOEXEC))

    def _read(self, opened: Callable[[], int]) -> None:
        try:
            descriptor = opened()
            try:
                while not self.is_cut and (piece := os.read(descriptor, _PIECE)):
                    with self._changed:
                        self.is_cut = len(self._received) + len(piece) > self._most
                        self._received += piece[: self._most - len(self._received)]
                        self._changed.notify_all()
            finally:
                os.close(descriptor)
        except OSError:
            pass  # What came before the trouble is what there is.
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    @property
    def is_over(self) -> bool:
        """Whether all that is kept has come."""
        return self._is_over

    @property
    def goes_on(self) -> bool:
        """Whether more comes, or came than is kept."""
        return not self._is_over or self.is_cut

    def begins(self, seconds: float) -> bool:
        """Whether something comes, or the end, within some seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._is_over or bool(self._received), seconds)

    def wait(self, seconds: float | None = None) -> None:
        """Wait for the end, or until some seconds after the first byte have passed."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or self._received)
            end = None if seconds is None else time.monotonic() + seconds
            while not self._is_over and (end is None or time.monotonic() < end):
                self._changed.wait(None if end is None else max(0.0, end - time.monotonic()))

    def show(self, most: int | None = None) -> None:
        """Let `size` and `data` be those of the first `most` bytes, or of all."""
        self._shown = most

    @property
    def come(self) -> int:
        """How many bytes have come."""
        return len(self._received)

    @property
    def size(self) -> int:
        """How many bytes are shown of those that have come."""
        return self.come if self._shown is None else min(self.come, self._shown)

    def data(self) -> bytes:
        """The bytes that have come, or are shown; where more may come without a last character that is not whole."""
        with self._changed:
            size = self.size
            is_all = self._is_over and not self.is_cut and size == len(self._received)
            data = bytes(self._received[:size])
        return data if is_all else data[: len(data) - _begun(data)]


def _begun(data: bytes) -> int:
    """How many bytes at the end are the beginning of a character in UTF-8."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte & 0xC0 != 0x80:
            length = 4 if byte >= 0xF0 else 3 if byte >= 0xE0 else 2 if byte >= 0xC0 else 1
            return back if length > back else 0
    return 0


def is_pipe(path: str) -> bool:
    """Whether a path is standard input by any name but `-`, or a pipe."""
    try:
        return path in STANDARD_INPUT[1:] or stat.S_ISFIFO(os.stat(path).st_mode)  # noqa: PTH116
    except (OSError, ValueError):
        return False
