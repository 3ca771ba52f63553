"""Sequences of keys: `z t` is one command, typed as two keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.settings.key_names import STEP

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

STOPS = {"escape", "ctrl+g", "ctrl+c"}
"""Keys that give a sequence up and do nothing else."""


class Sequences:
    """Gathers the keys of a sequence; the keys that have a meaning are asked for only where one may begin."""

    def __init__(self, known: Collection[str]) -> None:
        """`known` holds all keys and sequences that are bound anywhere."""
        self._first = {key.split(STEP)[0] for key in known if STEP in key}
        self.pending = ""
        """The keys typed so far of a sequence that is not whole yet."""

    def take(self, key: str, bound: Callable[[], Collection[str]]) -> str | None:
        """Take a key; return the key or the whole sequence that is to be carried out, or None while one is pending.

        `bound` gives the keys and sequences that mean something at the place where the reader is.
        """
        if not self.pending and key not in self._first:
            return key
        if self.pending and key in STOPS:
            self.pending = ""
            return None
        typed = f"{self.pending}{STEP}{key}" if self.pending else key
        begins = any(each.startswith(typed + STEP) for each in bound())
        self.pending = typed if begins else ""
        return None if begins else typed

    def forget(self) -> None:
        """Give up what is pending."""
        self.pending = ""
