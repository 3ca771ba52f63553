"""Python's garbage collections, which stop every thread: put off until the start is over and no keys come.

A full collection walks all there is: documents and headings of a large corpus, for tens of milliseconds, wherever in a
key's answer it happens to fall. So they are left to moments without keys. What such a collection finds alive is not
walked again until the reader has been away for a while; what is young is collected as ever, but not before the first
look at the keys: a start makes what stays. Once keys pause, memory that is free goes back to the system. At the end
nothing is collected, nor taken apart.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
import threading
from typing import Final, NoReturn

from tuibrowser.host.heap import give_back

_PUT_OFF: Final = 500
"""Collections of the middle generation from which on a full one comes in spite of keys: some 3 million new objects."""

_WORTH: Final = 10
"""Collections of the middle generation since the last full one from which on another is worth its time."""

_PAUSE: Final = 2
"""Looks in a row without a key between them after which the heap is looked through."""

_AWAY: Final = 30
"""Looks in a row without a key between them after which the reader is taken to be away."""


def put_off_collections() -> None:
    """Have no collections until `Collecting` looks, and then no full ones until it starts them or far too much lies."""
    gc.disable()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _PUT_OFF)


def end(status: int) -> NoReturn:
    """End the process with an exit status, once it has done what was to be done at its end.

    Python itself would then take all modules and objects apart, which takes half a second of computing. Threads that
    still run end with the process.
    """
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(status)


class Collecting:
    """Collects garbage whenever there were no keys between two looks."""

    def __init__(self) -> None:
        self._keys = -1
        self._still = 0

    def look(self, keys: int) -> None:
        """Take the number of keys seen so far; collect what is new if there was none since the last look.

        Collect all, what was found alive before too, once the reader is away.
        """
        gc.enable()
        self._still = self._still + 1 if keys == self._keys else 0
        self._keys = keys
        if self._still == _PAUSE:
            threading.Thread(target=give_back, name="heap", daemon=True).start()  # tens of milliseconds
        if self._still == _AWAY:
            gc.unfreeze()
        elif not self._still or gc.get_count()[2] < _WORTH:
            return
        gc.collect()
        gc.freeze()
