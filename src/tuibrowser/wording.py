"""Wording: what every room that speaks to the reader says alike."""

from __future__ import annotations

from typing import Final

_HISSING: Final = ("s", "x", "ch", "sh")
"""Ends of nouns that take -es."""


def many(count: int, noun: str) -> str:
    """A number with its noun, as in 1 match and 1,024 matches; `noun` is a regular one in the singular."""
    ending = "" if count == 1 else "es" if noun.endswith(_HISSING) else "s"
    return f"{count:,} {noun}{ending}"
