"""Counted: how often a Traditional text has the characters by which poor conversions are told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from tuibrowser.hanzi.fold import code_points
from tuibrowser.hanzi.merged import merged_characters
from tuibrowser.hanzi.script import count, script_characters

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from tuibrowser.hanzi.fold import Codes

_MAX_SIMPLIFIED: Final = 0.03
"""Simplified characters that any converter knows, for each Traditional one; with more, the text is in both scripts."""
_MAX_OTHER: Final = 0.1
"""Share of a character's places that may have another form in a text that lacks it."""
_SAMPLES: Final = 8
_SAMPLE: Final = 250
"""Code points of each of the stretches, evenly spread, by which a long text is told to be Simplified."""
_END: Final = 0xA000
"""Code points from here on are counted as one; what is looked up stands before."""

_TAIWAN: Final = "為裡眾群啟麵"
_STANDARD: Final = "爲裏衆羣啓麪"
"""The same characters as Taiwan writes them, and as OpenCC does if it is not told."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The numbers of a text's characters, by code point, and how many of them are Traditional-only."""

    counts: npt.NDArray[np.int64]
    traditional: int

    @property
    def style(self) -> str:
        """OpenCC's configuration for the forms that the text has: Taiwan's unless its own are more."""
        return "s2t" if self._sum(_STANDARD) > self._sum(_TAIWAN) else "s2tw"

    def left(self) -> frozenset[str]:
        """The merged characters whose Traditional forms the text lacks."""
        own = self.counts[_tables().merged]
        return frozenset(
            character
            for number, (character, forms) in zip(own.tolist(), _tables().forms, strict=True)
            if number and self.counts[forms].sum() <= _MAX_OTHER * number
        )

    def stands_for(self, character: str, others: str) -> bool:
        """Whether the text has a character, and next to none of some others."""
        number = int(self.counts[ord(character)])
        return number > 0 and self._sum(others) <= _MAX_OTHER * number

    def has_all(self, characters: str) -> bool:
        """Whether the text has each of some characters."""
        return all(self.counts[ord(character)] for character in characters)

    def _sum(self, characters: str) -> int:
        return int(self.counts[code_points(characters)].sum())


def counted_traditional(raw: str) -> Counted | None:
    """The counts of a text that is Traditional but for merged characters; None for any other, most of which are quick.

    Some of a text tells that it is Simplified.
    """
    step = max(_SAMPLE, len(raw) // _SAMPLES)
    traditional, simplified = count("".join(raw[at : at + _SAMPLE] for at in range(0, len(raw), step)))
    if simplified >= traditional:
        return None
    counts = np.bincount(np.minimum(code_points(raw), _END), minlength=_END)
    total = int(counts[_tables().traditional].sum())
    return Counted(counts, total) if counts[_tables().unmerged].sum() <= _MAX_SIMPLIFIED * total else None


@cache
def unmerged() -> frozenset[str]:
    """The Simplified-only characters that have one Traditional form, so that any converter knows them."""
    return script_characters()[1] - merged_characters().keys()


@dataclass(frozen=True, slots=True)
class _Tables:
    """Code points to look up in counts: those of scripts, of merged characters, and of the forms of each of these."""

    traditional: Codes
    unmerged: Codes
    merged: Codes
    forms: tuple[tuple[str, Codes], ...]


@cache
def _tables() -> _Tables:
    table = merged_characters()
    forms = tuple((character, _codes(merged.forms)) for character, merged in table.items())
    return _Tables(_codes(script_characters()[0]), _codes(unmerged()), _codes(table), forms)


def _codes(characters: Iterable[str]) -> Codes:
    codes = code_points("".join(characters))
    return codes[codes < _END]
