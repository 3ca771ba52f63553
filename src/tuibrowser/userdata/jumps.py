"""Jumps: go back and forward among the places that a reader left by a jump."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tuibrowser.userdata.model import Spot

MOST: Final = 200
"""Places kept; the oldest go first."""


class Jumps:
    """A list of places and where in it the reader is: behind the last one until they go back."""

    def __init__(self, spots: Iterable[Spot] = ()) -> None:
        """Begin with places kept from earlier, the oldest first."""
        self._spots = list(spots)[-MOST:]
        self._at = len(self._spots)

    def leave(self, spot: Spot) -> bool:
        """Note the place that a jump leaves, and forget what lay ahead; return whether it is another than the last."""
        del self._spots[self._at :]
        is_new = not self._spots or not _same(self._spots[-1], spot)
        if is_new:
            self._spots.append(spot)
            del self._spots[:-MOST]
        self._at = len(self._spots)
        return is_new

    def back(self, here: Spot) -> Spot | None:
        """The place before this one, or None at the first; `here` can be gone forward to again."""
        if self._at == len(self._spots) and not (self._spots and _same(self._spots[-1], here)):
            self._spots.append(here)
        elif self._at == len(self._spots):
            self._at -= 1
        if self._at <= 0:
            return None
        self._at -= 1
        return self._spots[self._at]

    def forward(self) -> Spot | None:
        """The place after this one, or None at the last."""
        if self._at + 1 >= len(self._spots):
            return None
        self._at += 1
        return self._spots[self._at]


def _same(one: Spot, other: Spot) -> bool:
    return (one.path, one.offset) == (other.path, other.offset)
