"""Supervised: a process is started again when it ends, until it is ended here."""

from __future__ import annotations

import queue
import signal

import pytest

from tuibrowser.host.supervised import Supervised


@pytest.mark.slow
def test_a_process_that_ends_is_started_again_until_it_is_ended() -> None:
    ended: queue.Queue[int] = queue.Queue()
    kept = Supervised("http.server", ["--bind", "127.0.0.1", "0"], ended.put)
    first = kept.process
    first.kill()
    assert ended.get(timeout=20) == -signal.SIGKILL
    while kept.process is first:
        pass
    kept.end()
    assert kept.process.poll() is not None
    assert ended.empty()
