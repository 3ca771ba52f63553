"""Background: a thread beside the event loop that works on the newest job only."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    Job = Callable[["Replaced"], None]


_IDLE: Final = 2.0
"""Seconds without a job after which a thread ends, and lets go of what its last job held."""


class Replaced:
    """Says whether a job was replaced by another, or is to end."""

    def __init__(self, wake: threading.Condition, is_replaced: Callable[[], bool]) -> None:
        self._wake = wake
        self._is_replaced = is_replaced

    def __call__(self) -> bool:
        """Whether it was."""
        return self._is_replaced()

    def within(self, seconds: float) -> bool:
        """Wait so long at most for it; whether it was."""
        with self._wake:
            return self._wake.wait_for(self._is_replaced, seconds)


class NewestJob:
    """Runs jobs one after another in a daemon thread of its own; a new job replaces the one that waits or runs.

    A job is called with what says whether it was replaced; it returns early then.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._wake = threading.Condition()
        self._job: Job | None = None
        self._serial = 0
        self._thread: threading.Thread | None = None

    def submit(self, job: Job) -> None:
        """Do `job` next, instead of whatever was asked for before."""
        with self._wake:
            self._serial += 1
            self._job = job
            if self._thread is None:
                self._begin()
            self._wake.notify()

    def cancel(self) -> None:
        """Drop the job that waits and tell the one that runs to return."""
        with self._wake:
            self._serial += 1
            self._job = None
            self._wake.notify()

    def _begin(self) -> None:
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            while (job := self._next()) is not None:
                job()
        except BaseException:
            with self._wake:
                self._thread = None
                if self._job is not None:
                    self._begin()
            raise

    def _next(self) -> Callable[[], None] | None:
        """The job that waits, or comes soon; None where none does, and the thread ends."""
        with self._wake:
            self._wake.wait_for(lambda: self._job is not None, _IDLE)
            if self._job is None:
                self._thread = None
                return None
            job, self._job = self._job, None
            return partial(job, Replaced(self._wake, self._changed_since(self._serial)))

    def _changed_since(self, serial: int) -> Callable[[], bool]:
        return lambda: serial != self._serial
