"""What a search for parallels gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuibrowser.search.model import Bound


@dataclass(frozen=True, slots=True)
class Parallel:
    """A passage of a document that corresponds to one that was asked for.

    `start` and `end` are code points of the document's raw text, `text` are the paragraphs of the repaired text that
    it stands in, a newline between them. Each of `pairs` is a stretch of the passage asked for and the one of `text`
    that corresponds: two starts and ends `(start, end, text_start, text_end)`, in code points. `matched` significant
    characters are the same in both, but for script and variants; `cover` is their share of those asked for. The
    `score` is lower by one for each that is another one, missing or added within a pair.
    """

    document: int
    start: int
    end: int
    paragraph: int
    """The number, from 0, of the paragraph in which it begins."""
    text: str
    pairs: tuple[tuple[int, int, int, int], ...]
    matched: int
    cover: float
    score: int
    count: int = 1
    """Places with the very same words, this one included."""
    also: tuple[tuple[int, int], ...] = ()
    """The others, each as its document and where it begins in the raw text."""


@dataclass(frozen=True, slots=True)
class Parallels:
    """The parallels of a passage, the best first, those of the same words as one; `total` counts each of them.

    `at_least` says that there may be more, and `bounds` name what was bounded on purpose.
    """

    rows: tuple[Parallel, ...] = ()
    total: int = 0
    at_least: bool = False
    bounds: tuple[Bound, ...] = ()
    elapsed_ms: float = 0.0
