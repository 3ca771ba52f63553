"""What a search for reuse gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

RUN: Final = 10
"""Characters in a row that documents share at least, where nothing else is asked for."""

SHORTEST: Final = 4
"""The fewest that a reader may ask for."""


class ReuseOrder(StrEnum):
    """How shared passages are ordered: as the texts have them, the longest first, or by the other document."""

    TEXT = "text"
    LENGTH = "length"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a shared passage stands.

    `start` and `end` are code points of the document's raw text, or of the text that was asked for, which has no
    document. `text` is the repaired text around it without page furniture, within its paragraphs, a newline between
    these; `spans` are the runs in it, in code points, ascending.
    """

    document: int | None
    start: int
    end: int
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that two documents share: runs of equal characters that follow one another closely in both.

    Each of the spans of `own` corresponds to that of `other` in the same place. `matched` counts the significant
    characters of `own` in them.
    """

    own: Standing
    other: Standing
    matched: int
    count: int
    """Places with the very same runs beside `own`, `other` included."""
    also: tuple[tuple[int, int], ...]
    """The others, each as its document and where it begins in the raw text."""
