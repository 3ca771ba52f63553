"""Tasks: jobs in threads beside the event loop, with progress, and given up when they are not wanted any more."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.system_errors import system_error
from tuibrowser.language.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


class Task:
    """A job that was begun."""

    def __init__(self) -> None:
        self._is_cancelled = threading.Event()
        self.done = self.total = 0
        """How far it is; a total of 0 where that is not known."""

    @property
    def is_cancelled(self) -> bool:
        """Whether it was given up."""
        return self._is_cancelled.is_set()

    def cancel(self) -> None:
        """Give it up: what it comes to is not wanted."""
        self._is_cancelled.set()


class Progress:
    """The handle that a job gets: to say how far it is, and to ask whether it was given up."""

    def __init__(self, task: Task, changed: Callable[[], object]) -> None:
        self._task = task
        self._changed = changed

    def __call__(self, done: int, total: int) -> None:
        """Say how far the job is; only another percentage is shown."""
        before = _percent(self._task)
        self._task.done, self._task.total = done, total
        if _percent(self._task) != before:
            self._changed()

    @property
    def is_cancelled(self) -> bool:
        """Whether the job was given up: it returns early then, whatever it likes."""
        return self._task.is_cancelled


def _percent(task: Task) -> int:
    return 100 * task.done // task.total if task.total else 0


class Tasks:
    """The jobs that run.

    `post` calls a function on the event loop, `show` is told there of how many percent the slowest job has done, or
    None where none runs or says how far it is; `fail` says why one failed.
    """

    def __init__(
        self,
        post: Callable[[Callable[[], object]], object],
        show: Callable[[int | None], object],
        fail: Callable[[str], object],
    ) -> None:
        self._post = post
        self._show = show
        self._fail = fail
        self._running: list[Task] = []

    def start(
        self,
        job: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[], None] | None = None,
    ) -> Task:
        """Do a job in a thread of its own; on the event loop, `done` takes its result.

        `failed` is called instead where there is none, since the job failed or was given up.
        """
        task = Task()
        self._running.append(task)

        def run() -> None:
            try:
                result = job(Progress(task, lambda: self._post(self._changed)))
            except (CorpusError, OSError) as error:
                reason = system_error(error)
                self._post(lambda: self._failed(task, reason, failed))
            except Exception as error:  # A job that fails is no reason to end the program.
                reason = tr("this could not be done: {error}", error=type(error).__name__)
                self._post(lambda: self._failed(task, reason, failed))
            else:
                self._post(lambda: self._ended(task, failed if task.is_cancelled else lambda: done(result)))

        threading.Thread(target=run, name="task", daemon=True).start()
        return task

    def cancel(self) -> bool:
        """Give up all that runs; whether anything did."""
        was_running = any(not task.is_cancelled for task in self._running)
        for task in self._running:
            task.cancel()
        self._changed()
        return was_running

    def _failed(self, task: Task, reason: str, failed: Callable[[], None] | None) -> None:
        if not task.is_cancelled:
            self._fail(reason)
        self._ended(task, failed)

    def _ended(self, task: Task, act: Callable[[], None] | None) -> None:
        self._running.remove(task)
        self._changed()
        if act is not None:
            act()

    def _changed(self) -> None:
        known = [_percent(task) for task in self._running if task.total and not task.is_cancelled]
        self._show(min(known, default=None))
