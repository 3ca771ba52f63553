"""Timing: how long something takes, without the collector, which late in a long run stops for half a second."""

from __future__ import annotations

import contextlib
import gc
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOT_LINEAR = 25.0
"""A growth, as `growth` returns it, above which two thirds of the time at the larger size are quadratic."""


@contextlib.contextmanager
def collector_off() -> Iterator[None]:
    """Let the collector of garbage wait until the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def least_seconds(call: Callable[[], object], times: int = 5) -> float:
    """Return the least processor time of several calls, which other programs hardly change."""
    seconds = []
    with collector_off():
        for _ in range(times):
            began = process_time()
            call()
            seconds.append(process_time() - began)
    return min(seconds)


def growth(call: Callable[[int], object], size: int) -> float:
    """Return how many times as long as a call for a tenth of a size one for the size takes, each at its quickest.

    What takes linear time returns ten, what takes quadratic time up to a hundred.
    """
    return least_seconds(lambda: call(size), 2) / least_seconds(lambda: call(size // 10), 3)
