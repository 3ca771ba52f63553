"""Stopping: let long work in a thread end early, once nobody wants its result any more.

Work is done within `stopping`, and calls `check` at each of its steps; both are of one thread.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class StoppedError(Exception):
    """Raised where work was stopped."""


def _never() -> bool:
    return False


_cancelled: ContextVar[Callable[[], bool]] = ContextVar("cancelled", default=_never)


@contextmanager
def stopping(cancelled: Callable[[], bool]) -> Iterator[None]:
    """Let the work within be stopped as soon as `cancelled` says so."""
    token = _cancelled.set(cancelled)
    try:
        yield
    finally:
        _cancelled.reset(token)


def is_stopped() -> bool:
    """Whether the work of this thread is to be stopped."""
    return _cancelled.get()()


def check() -> None:
    """Raise StoppedError where the work of this thread is to be stopped."""
    if is_stopped():
        raise StoppedError
