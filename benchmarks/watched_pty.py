"""Watched pty: start a program in a terminal of its own and note when it writes what."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import tempfile
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE = (120, 40)
"""Columns and rows."""

_SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-Z\\-~])")


class WatchedPty:
    """A program in a pty; all times are seconds of `time.perf_counter`."""

    def __init__(self, command: Sequence[str], home: str, size: tuple[int, int] = SIZE) -> None:
        self.output = bytearray()
        self.pieces: list[tuple[float, bytes]] = []
        """What was written since the last key, and when each piece of it came."""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, env=environment(home), stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._master)

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def processor_time(self) -> float:
        """Milliseconds that the process has computed so far, in all its threads; what it started is not counted."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6

    def until_text(self, text: str, seconds: float = 60) -> float:
        """When `text` was first among what was written; raise TimeoutError if it never is."""
        wanted = text.encode()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            moment = self._read(end - time.perf_counter())
            if moment is not None and wanted in _SEQUENCE.sub(b"", self.output):
                return moment
            if moment is None and self._process.poll() is not None:
                break
        last = bytes(_SEQUENCE.sub(b"", self.output))[-400:].decode(errors="replace")
        raise TimeoutError(f"{text!r} was not written; the last was {last!r}")

    def press(self, keys: str, quiet: float, seconds: float = 10) -> tuple[float, float, int] | None:
        """Type; return the times of the first and of the last byte of the answer, and its length.

        The answer is over when nothing was written for `quiet` seconds. None where there is no answer.
        """
        typed = self.type(keys)
        first = self._read(seconds)
        if first is None:
            return None
        last = first
        while (moment := self._read(quiet)) is not None and moment - typed < seconds:
            last = moment
        return first - typed, last - typed, len(self.output)

    def type(self, keys: str) -> float:
        """Type without waiting; return when."""
        self.output.clear()
        self.pieces.clear()
        typed = time.perf_counter()
        os.write(self._master, keys.encode())
        return typed

    def read_until(self, moment: float) -> None:
        """Take what is written until a moment."""
        while (left := moment - time.perf_counter()) > 0:
            self._read(left)

    def settle(self, quiet: float = 0.5, seconds: float = 300) -> None:
        """Wait until nothing has been written for `quiet` seconds."""
        end = time.perf_counter() + seconds
        while self._read(quiet) is not None and time.perf_counter() < end:
            pass

    def _read(self, seconds: float) -> float | None:
        """Read what is there; return when it came, or None if nothing does within `seconds` or ever will."""
        if not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return None
        moment = time.perf_counter()
        try:
            data = os.read(self._master, 1 << 20)
        except OSError:
            return None
        self.output += data
        self.pieces.append((moment, data))
        return moment if data else None


def environment(home: str) -> dict[str, str]:
    """The variables of a fresh user at a true-colour terminal of this machine."""
    return {
        "HOME": home,
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def fresh_home() -> tempfile.TemporaryDirectory[str]:
    """A home without settings, state or caches."""
    return tempfile.TemporaryDirectory(prefix="home")
