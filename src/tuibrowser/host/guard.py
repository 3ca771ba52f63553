"""Guard: a process beside the reader that restores the terminal if the reader is killed.

If another process cuts a mapped file short, a signal (SIGBUS) ends the reader that no Python code can handle; nor can
it handle SIGKILL. The guard waits for the end of a pipe, and costs a fork at the start.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import termios
from typing import Final

from tuibrowser.language.frozen import frozen

_TAKEN, _GIVEN_BACK = b"\x01", b"\x02"
_FATAL: Final = b"Fatal Python error: "
_BUS_ERROR: Final = b"Bus error"
_IGNORED: Final = ("SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGPIPE")
_OUTPUT: Final = 1

RESTORED: Final = (
    b"\x18\x1b\\\x1b[?2026l"  # whatever was cut off has ended
    b"\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[<u"  # no reports
    b"\x1b[?69l\x1b[r\x1b[m\x1b[?7h\x1b[?1049l\x1b[?25h"  # the main screen
)
"""Sequences that take back everything that the reader asks of a terminal."""


@frozen
class GuardMessages:
    """The messages of the guard, without a line's end: on a mapped file that was cut short, a crash, a kill."""

    cut_short: str
    crashed: str
    killed: str


class Guard:
    """The reader's end of the pipe."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def tell(self, taken: bool) -> None:
        """Note that the reader takes the terminal, or has given it back."""
        with contextlib.suppress(OSError):  # the guard itself was killed
            os.write(self._pipe, _TAKEN if taken else _GIVEN_BACK)


def stand_guard(words: GuardMessages) -> Guard | None:
    """Start a guard for this process, where standard output is a terminal; to be done before there are threads."""
    if not hasattr(os, "fork") or not os.isatty(_OUTPUT):
        return None
    end, pipe = os.pipe()
    if os.fork() == 0:
        try:
            os.close(pipe)
            _watch(end, words)
        finally:
            os._exit(0)
    os.close(end)
    faulthandler.enable(pipe, all_threads=False)
    return Guard(pipe)


def _watch(end: int, words: GuardMessages) -> None:
    """Wait for the reader's end; put the terminal in order if the reader could not."""
    for name in _IGNORED:
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    os.dup2(_OUTPUT, 0)  # who writes to the reader's standard input is not to wait for the guard
    modes = termios.tcgetattr(_OUTPUT)
    taken, report = False, b""
    while told := os.read(end, 4096):
        last = max(told.rfind(_TAKEN), told.rfind(_GIVEN_BACK))
        taken = told[last : last + 1] == _TAKEN if last >= 0 else taken
        report = (report + told[last + 1 :])[:4096]
    if taken:
        _restore(modes, _reason(report, words))


def _reason(report: bytes, words: GuardMessages) -> str:
    """What to say, by what the reader wrote when it crashed."""
    _, fatal, what = report.partition(_FATAL)
    if not fatal:
        return words.killed
    return words.cut_short if what.startswith(_BUS_ERROR) else words.crashed


def _restore(modes: list[object], reason: str) -> None:
    os.write(_OUTPUT, RESTORED)
    with contextlib.suppress(termios.error):
        if not termios.tcgetattr(_OUTPUT)[3] & (termios.ICANON | termios.ISIG):  # else the shell was there before
            termios.tcsetattr(_OUTPUT, termios.TCSANOW, modes)  # type: ignore[arg-type]  # as it was got
            termios.tcflush(_OUTPUT, termios.TCIFLUSH)
    os.write(_OUTPUT, f"\r{reason}\r\n".encode())
