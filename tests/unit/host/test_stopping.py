"""Work that nobody wants any more ends at its next step."""

from __future__ import annotations

import threading

import pytest

from tuibrowser.host.stopping import StoppedError, check, is_stopped, stopping


def test_work_is_stopped_within_alone() -> None:
    wanted = [True]
    check()
    with stopping(lambda: not wanted[0]):
        check()
        wanted[0] = False
        assert is_stopped()
        with stopping(lambda: False):
            check()
        with pytest.raises(StoppedError):
            check()
    check()


def test_other_threads_go_on() -> None:
    found: list[bool] = []
    with stopping(lambda: True):
        thread = threading.Thread(target=lambda: found.append(is_stopped()))
        thread.start()
        thread.join()
        assert is_stopped()
    assert found == [False]
