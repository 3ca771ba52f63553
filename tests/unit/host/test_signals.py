"""Signals reach the main thread, whichever thread the system gives them to."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

import pytest

from tuibrowser.host.signals import Signals

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def signals() -> Iterator[Signals]:
    before = {each: signal.getsignal(each) for each in (signal.SIGUSR1, signal.SIGUSR2)}
    signals = Signals()
    signals.take(*before)
    yield signals
    signals.close()
    for each, handler in before.items():
        signal.signal(each, handler)


def test_signals_come_in_their_order_and_are_kept_until_they_are_waited_for(signals: Signals) -> None:
    signal.raise_signal(signal.SIGUSR2)
    signal.raise_signal(signal.SIGUSR1)
    assert [signals.next(), signals.next()] == [signal.SIGUSR2, signal.SIGUSR1]


def test_a_signal_that_another_thread_gets_is_waited_for_no_longer(signals: Signals) -> None:
    thread = threading.Thread(target=lambda: signal.pthread_kill(threading.get_ident(), signal.SIGUSR1))
    thread.start()
    assert signals.next() == signal.SIGUSR1
    thread.join()
