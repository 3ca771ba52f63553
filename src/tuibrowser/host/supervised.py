"""Supervised: a process of this program that is started again whenever it ends."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_COMMAND: Final = ("-P", "-X", "utf8", "-m")
"""-P keeps Python from importing modules from the folder of the texts."""

_SOON: Final = 10.0
"""Seconds: what ends before is started again after a longer and longer pause."""
_SHORTEST, _LONGEST = 0.1, 10.0
"""Seconds of the pause."""


class Supervised:
    """Keeps a module of this program running in a process until it is ended."""

    def __init__(self, module: str, arguments: Sequence[str], ended: Callable[[int], object]) -> None:
        """Start it. `ended` is called, in a thread, with the exit status each time the process ends by itself."""
        self._command = [sys.executable, *_COMMAND, module, *arguments]
        self._ended = ended
        self._over = threading.Event()
        self._lock = threading.Lock()
        self.process = self._started()
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """End the process and start it no more."""
        with self._lock:
            self._over.set()
            self.process.terminate()
        try:
            self.process.wait(1)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._thread.join()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def _watch(self) -> None:
        pause = _SHORTEST
        while True:
            began = time.monotonic()
            status = self.process.wait()
            if self._over.is_set():
                return
            self._ended(status)
            pause = min(pause * 2, _LONGEST) if time.monotonic() - began < _SOON else _SHORTEST
            if self._over.wait(pause):
                return
            with self._lock:
                if self._over.is_set():
                    return
                self.process = self._started()
