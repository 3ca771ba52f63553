"""Gate: whether a frame may be sent now, and a timer for the moment when it may."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tuibrowser.terminal.output.pacing import Pacer

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

FULL_QUEUE = 5
"""Writes waiting for the terminal, from which on a line whose terminal gives no answers counts as busy."""

BUSY = 0.02
"""Seconds after which to look at such a queue again."""


class Gate:
    """Holds frames back while the line is busy."""

    def __init__(self, loop: asyncio.AbstractEventLoop, queued: Callable[[], int], go_on: Callable[[], None]) -> None:
        """`queued` counts the writes that wait for the terminal; `go_on` is called when a frame may perhaps be sent."""
        self._loop = loop
        self._queued = queued
        self._go_on = go_on
        self.start_anew()

    def start_anew(self) -> None:
        """Forget what was sent and answered, and any timer."""
        self._pacer = Pacer()
        self._timer: asyncio.TimerHandle | None = None
        self._answers = 0
        self._answers_taken = 0

    # -- the pace of the line

    def ask(self) -> None:
        """Note that a question was asked."""
        self._pacer.ask(time.monotonic())

    def sent(self, size: int) -> bool:
        """Note so many bytes; return whether to ask a question after them."""
        return bool(self._pacer.sent(size, time.monotonic()))

    def answered(self) -> None:
        """Note an answer. The thread that reads the terminal calls this."""
        self._answers += 1

    def wait(self) -> float:
        """Return the seconds that the next frame has to wait, as far as is known; 0 where it has not."""
        self.take_answers()
        if self._pacer.trusted:
            return self._pacer.wait(time.monotonic())
        return BUSY if self._queued() >= FULL_QUEUE else 0

    def take_answers(self) -> None:
        """Let the answers that have come count."""
        while self._answers_taken < self._answers:
            self._answers_taken += 1
            self._pacer.answered(time.monotonic())

    # -- the timer

    def look_again(self, seconds: float) -> None:
        """Call `go_on` after so many seconds, if no call is due already."""
        if self._timer is None:
            self._timer = self._loop.call_later(seconds, self._go_on)

    def stop(self) -> None:
        """Cancel the call that is due."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
