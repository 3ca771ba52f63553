"""A small store that keeps the values used last, bounded by their number and by the sum of their costs."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Key = TypeVar("Key", bound="Hashable")
Value = TypeVar("Value")


def _free(_: object) -> int:
    return 0


class Kept(Generic[Key, Value]):
    """Values by key. The least recently used is dropped first; the value put last stays, whatever it costs.

    May be called from any thread.
    """

    def __init__(
        self, most: int = sys.maxsize, *, limit: int = sys.maxsize, cost: Callable[[Value], int] = _free
    ) -> None:
        """Keep at most so many values, and values whose costs sum up to at most `limit`.

        A value's cost must not change while it is kept.
        """
        self._most = most
        self._limit = limit
        self._cost = cost
        self._values: dict[Key, Value] = {}
        """From the least recently used on."""
        self._total = 0
        self._lock = threading.Lock()

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, which is then the one used last; None where it is not kept."""
        with self._lock:
            value = self._values.pop(key, None)
            if value is not None:
                self._values[key] = value
            return value

    def put(self, key: Key, value: Value) -> Value:
        """Keep a value, instead of an earlier one of the same key, drop what is too much, and return it."""
        with self._lock:
            self._remove(key)
            self._values[key] = value
            self._total += self._cost(value)
            while len(self._values) > 1 and (len(self._values) > self._most or self._total > self._limit):
                self._remove(next(iter(self._values)))
        return value

    def drop(self, key: Key) -> None:
        """Keep the value of a key no longer."""
        with self._lock:
            self._remove(key)

    def clear(self) -> None:
        """Keep none of the values any longer."""
        with self._lock:
            self._values.clear()
            self._total = 0

    def items(self) -> list[tuple[Key, Value]]:
        """Return the keys and values, the one used last first."""
        with self._lock:
            return list(reversed(self._values.items()))

    def _remove(self, key: Key) -> None:
        if (value := self._values.pop(key, None)) is not None:
            self._total -= self._cost(value)
