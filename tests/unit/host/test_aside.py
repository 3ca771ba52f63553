"""A task aside: what became of it is told."""

from __future__ import annotations

import os
import resource
import subprocess
from contextlib import ExitStack
from typing import Any

import pytest

from tuibrowser.host.aside import do_aside


def test_a_process_that_ends_without_a_word_is_an_error() -> None:
    with pytest.raises(OSError, match="ended too soon"):
        do_aside("tuibrowser.no_such_module", {}, lambda *_: None, lambda: False)


class Ended(subprocess.Popen[bytes]):
    """A process that has ended before it is given anything."""

    def __init__(self, *arguments: Any, **how: Any) -> None:
        super().__init__(*arguments, **how)
        self.wait()


def test_a_process_that_ends_before_it_takes_the_task_is_such_an_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", Ended)
    with pytest.raises(OSError, match="ended too soon"):
        do_aside("tuibrowser.no_such_module", {}, lambda *_: None, lambda: False)


def test_what_is_cancelled_ends_at_once() -> None:
    assert not do_aside("tuibrowser.no_such_module", {}, lambda *_: None, lambda: True)


def test_a_process_is_followed_where_over_a_thousand_files_are_open() -> None:
    fewest = 1_100
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < fewest:
        pytest.skip("this system does not let a process open so many files")
    with ExitStack() as stack:
        if soft != resource.RLIM_INFINITY and soft < fewest:
            resource.setrlimit(resource.RLIMIT_NOFILE, (fewest, hard))
            stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        number = 0
        while number < 1_024:  # Beyond what `select` takes
            number = os.open(os.devnull, os.O_RDONLY)
            stack.callback(os.close, number)
        with pytest.raises(OSError, match="ended too soon"):
            do_aside("tuibrowser.no_such_module", {}, lambda *_: None, lambda: False)
