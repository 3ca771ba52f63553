"""Frames: the newest frame that is still to be sent, as a difference, or as it is where the model fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.terminal.cells.errors import Unmodelled
from tuibrowser.terminal.difference.lean import Lean

if TYPE_CHECKING:
    from tuibrowser.terminal.asking.abilities import Abilities

MOST_FAULTS = 3
"""Errors of the model after which the plain frames are sent for good."""


class Frames:
    """Takes the frames for one terminal. The newest one waits until its difference is asked for."""

    def __init__(self, size: tuple[int, int], abilities: Abilities) -> None:
        """Nothing is known of what the terminal shows; `size` is its columns and rows."""
        self.is_pending = False
        """Whether a frame has not been sent."""
        self._faults = 0
        self._resized = False
        self.start_anew(size, abilities)

    def start_anew(self, size: tuple[int, int], abilities: Abilities) -> None:
        """Begin a new model: nothing is known of the terminal, and no frame waits."""
        self._lean = Lean(*size, abilities)
        self.is_pending = False

    @property
    def has_failed(self) -> bool:
        """Whether the model has made too many errors to be used."""
        return self._faults >= MOST_FAULTS

    def set_abilities(self, abilities: Abilities) -> None:
        """Use what the terminal can do, by its own answer."""
        self._lean.abilities = abilities

    def resized(self) -> None:
        """Note that the terminal had another size, if only for a while: it may have lost what stood on it."""
        self._resized = True

    def wipe(self, size: tuple[int, int]) -> str:
        """Return what empties the terminal, in whatever state it is; no frame waits any more."""
        no_margins = "\x1b[?69l" if self._lean.abilities.margins else ""
        self.is_pending = False
        return no_margins + self._lean.wipe(size)

    def take(self, data: str, size: tuple[int, int]) -> bool:
        """Take a frame for a terminal of this size; return False where the model does not understand it."""
        try:
            self._follow(size)
            self._lean.take(data)
        except Unmodelled:
            return False
        except Exception:
            self._faults += 1
            return False
        self.is_pending = True
        return True

    def _follow(self, size: tuple[int, int]) -> None:
        """Start anew where the terminal has another size, or had one for a while."""
        if size != self._lean.size:
            self._lean.forget(size)
            self.is_pending = False
        elif self._resized:
            self._lean.doubt()
        self._resized = False

    def changes(self) -> str | None:
        """Return the difference that shows the newest frame, None after an error of the model."""
        try:
            changes = self._lean.changes()
        except Exception:
            self._faults += 1
            return None
        self.is_pending = False
        return changes

    def forget(self, size: tuple[int, int]) -> bool:
        """Know no more what the terminal shows; return whether a frame was waiting, which is lost."""
        was_pending, self.is_pending = self.is_pending, False
        self._lean.forget(size)
        return was_pending
