from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tuibrowser.tui.work.background import NewestJob

if TYPE_CHECKING:
    from tuibrowser.tui.work.background import Replaced

LONGEST_WAIT = 10.0


def _set(done: threading.Event, _: Replaced) -> None:
    done.set()


def threads_of(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == name]


def test_a_newer_job_replaces_the_one_that_runs_and_the_one_that_waits() -> None:
    jobs, done = NewestJob("newest"), threading.Event()
    begun = threading.Event()
    seen: list[tuple[str, bool]] = []

    def first(replaced: Replaced) -> None:
        begun.set()
        seen.append(("first", replaced.within(LONGEST_WAIT)))

    def third(replaced: Replaced) -> None:
        seen.append(("third", replaced()))
        done.set()

    jobs.submit(first)
    assert begun.wait(LONGEST_WAIT)
    with jobs._wake:  # Both are asked for before the thread takes the next one.
        jobs.submit(lambda replaced: seen.append(("second", replaced())))
        jobs.submit(third)
    assert done.wait(LONGEST_WAIT)
    assert seen == [("first", True), ("third", False)]


def test_a_thread_without_a_job_ends_and_another_one_begins_with_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.tui.work.background._IDLE", 0.01)
    jobs = NewestJob("idle")
    for _ in range(2):
        done = threading.Event()
        jobs.submit(partial(_set, done))
        assert done.wait(LONGEST_WAIT)
        for thread in threads_of("idle"):
            thread.join(LONGEST_WAIT)
        assert not threads_of("idle")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("is_waiting", [False, True])
def test_a_job_that_fails_keeps_no_other_from_being_done(*, is_waiting: bool) -> None:
    name = f"failing {is_waiting}"
    jobs, may_fail, done = NewestJob(name), threading.Event(), threading.Event()

    def fail(_: Replaced) -> None:
        may_fail.wait(LONGEST_WAIT)
        raise RuntimeError

    jobs.submit(fail)
    (thread,) = threads_of(name)
    if is_waiting:
        while jobs._job is not None:
            time.sleep(0.001)
        jobs.submit(partial(_set, done))
    may_fail.set()
    thread.join(LONGEST_WAIT)
    if not is_waiting:
        jobs.submit(partial(_set, done))
    assert done.wait(LONGEST_WAIT)
