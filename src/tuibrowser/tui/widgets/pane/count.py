"""Count: the number typed before a key, which says how many times the key acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_DIGITS: Final = 6
"""Digits of a count; of more the last ones are taken."""


class Count:
    """The digits typed one right after another; any other key between them makes a new count begin."""

    def __init__(self, keys_seen: Callable[[], int]) -> None:
        """`keys_seen` returns how many keys were typed so far, with the one that is acted on."""
        self._keys_seen = keys_seen
        self._typed = ""
        self._typed_at = 0

    @property
    def is_begun(self) -> bool:
        """Whether the key typed before this one is a digit of a count."""
        return bool(self._digits)

    def add(self, character: str | None) -> bool:
        """Take in a digit; return whether it is one of a count, which does not begin with 0."""
        digit = character or ""
        if not (digit.isascii() and digit.isdecimal()) or (digit == "0" and not self.is_begun):
            return False
        self._typed = (self._digits + digit)[-MOST_DIGITS:]
        self._typed_at = self._keys_seen()
        return True

    def take(self) -> int | None:
        """Return the number typed before this key, None where none was, and begin anew."""
        digits, self._typed = self._digits, ""
        return int(digits) if digits else None

    def times(self) -> int:
        """Return how many times this key acts: the number typed before it, else once; and begin anew."""
        return self.take() or 1

    @property
    def _digits(self) -> str:
        return self._typed if self._keys_seen() - self._typed_at <= 1 else ""
