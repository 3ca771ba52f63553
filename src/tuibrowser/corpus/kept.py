"""A small store of what was made last, bounded by number and by size."""

from __future__ import annotations

from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by number, the least recently used dropped first; the value last put is kept whatever its size."""

    def __init__(self, most: int, size: int) -> None:
        """Keep at most so many values, and at most so much in the sum of their sizes."""
        self._most = most
        self._size = size
        self._values: dict[int, tuple[Value, int]] = {}
        self._total = 0

    def __len__(self) -> int:
        return len(self._values)

    def get(self, number: int) -> Value | None:
        """The value put under a number, if it is still kept."""
        entry = self._values.pop(number, None)
        if entry is None:
            return None
        self._values[number] = entry
        return entry[0]

    def put(self, number: int, value: Value, size: int) -> Value:
        """Keep a value under a number that is not in use, drop what is too much, and return it."""
        self._total += size
        while self._values and (len(self._values) >= self._most or self._total > self._size):
            self._total -= self._values.pop(next(iter(self._values)))[1]
        self._values[number] = (value, size)
        return value
