"""Jobs beside the event loop: what becomes of those that end, fail and are given up."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain
from tuibrowser.tui.work.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.tui.work.tasks import Progress


class Loop:
    """An event loop that does what was posted when it is told to."""

    def __init__(self) -> None:
        self.posted: queue.Queue[Callable[[], object]] = queue.Queue()
        self.shown: list[int | None] = []
        self.failures: list[str] = []
        self.tasks = Tasks(self.posted.put, self.shown.append, self.failures.append)

    def run(self, count: int = 1) -> None:
        for _ in range(count):
            self.posted.get(timeout=10)()


def test_the_result_of_a_job_is_taken_on_the_event_loop() -> None:
    loop, taken = Loop(), list[str]()
    where: list[str] = []

    def job(_: Progress) -> str:
        where.append(threading.current_thread().name)
        return "月落乌啼"

    loop.tasks.start(job, taken.append)
    assert taken == []
    loop.run()
    assert taken == ["月落乌啼"]
    assert where != [threading.current_thread().name]


def test_a_job_says_how_far_it_is_and_only_another_percentage_is_shown() -> None:
    loop = Loop()

    def job(progress: Progress) -> None:
        for done in (1, 2, 1_000, 2_000):
            progress(done, 2_000)

    loop.tasks.start(job, lambda _: None)
    loop.run(3)
    assert loop.posted.empty()
    assert loop.shown[-1] is None
    assert set(loop.shown) <= {50, 100, None}


def test_of_two_jobs_the_slower_one_is_shown() -> None:
    loop, release = Loop(), threading.Event()

    def job(done: int) -> Callable[[Progress], None]:
        def work(progress: Progress) -> None:
            progress(done, 100)
            release.wait(10)

        return work

    loop.tasks.start(job(70), lambda _: None)
    loop.run()
    loop.tasks.start(job(20), lambda _: None)
    loop.run()
    assert loop.shown == [70, 20]
    release.set()
    loop.run(2)
    assert loop.shown[-1] is None


def test_a_job_that_was_given_up_ends_without_a_word_and_its_owner_is_told() -> None:
    loop, taken = Loop(), list[str]()

    def job(progress: Progress) -> str:
        while not progress.is_cancelled:
            threading.Event().wait(0.005)
        return "never taken"

    task = loop.tasks.start(job, taken.append, lambda: taken.append("given up"))
    assert loop.tasks.cancel()
    loop.run()
    assert task.is_cancelled
    assert taken == ["given up"]
    assert loop.failures == []
    assert not loop.tasks.cancel(), "nothing runs any more"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CorpusError(plain("the file has gone")), "the file has gone"),
        (RuntimeError("詩"), "this could not be done: RuntimeError"),
    ],
)
def test_a_job_that_fails_says_why_and_its_owner_is_told(error: Exception, words: str) -> None:
    loop, told = Loop(), []

    def job(_: Progress) -> None:
        raise error

    loop.tasks.start(job, lambda _: told.append("done"), lambda: told.append("failed"))
    loop.run()
    assert loop.failures == [words]
    assert told == ["failed"]
