"""Keywords: find the paragraphs that hold several words in any order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.index.arrays import among, changes, least_of_each
from tuibrowser.search.matching.found import Found
from tuibrowser.search.matching.stretches import Stretches
from tuibrowser.search.model import HitKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

KEYWORDS_COST = 0.5
DISTANCE_COST = 1e-4
"""Cost of each character between the first and the last word."""
_FARTHEST = 2000
_MORE = 4
"""Matches of one word for each of another from which on only those in the paragraphs of the other are looked at."""


@dataclass(frozen=True)
class KeywordsFound(Found):
    """Paragraphs with all words: a match from the first word to the last of the closest set, and the words' matches."""

    words: tuple[Found, ...]

    def only(self, kept: Array | slice) -> KeywordsFound:
        """Those that a bool each, indices or a slice choose."""
        return KeywordsFound(self.kind, self.starts[kept], self.ends[kept], self.costs[kept], self.words)

    def spans(self, rows: Array) -> list[list[tuple[int, int]]]:
        """The words of each of some matches, sorted; overlapping ones are joined."""
        starts, ends = self.starts[rows], self.ends[rows]
        spans: list[list[tuple[int, int]]] = [[] for _ in range(len(starts))]
        for word in self.words:
            at, left = np.searchsorted(word.starts, starts), np.arange(len(starts))
            while len(left):
                left = left[(at[left] < len(word))]
                left = left[word.starts[at[left]] < ends[left]]
                inside = word.ends[at[left]] <= ends[left]
                for row in left[inside].tolist():
                    spans[row].append((int(word.starts[at[row]]), int(word.ends[at[row]])))
                left = left[~inside]
                at[left] += 1
        return [joined(each) for each in spans]

    def extents(self) -> tuple[Array, Array]:
        """Starts and ends of the first word of each match."""
        ends = self.ends.copy()
        for word in self.words:
            at = np.minimum(np.searchsorted(word.starts, self.starts), max(0, len(word) - 1))
            here = word.starts[at] == self.starts if len(word) else np.zeros(len(ends), bool)
            ends[here] = np.minimum(ends[here], word.ends[at[here]])
        return self.starts, ends


def joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans sorted, and joined where they overlap."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def paragraphs_with(segment: Segment, words: Sequence[Found]) -> Stretches:
    """The paragraphs in which a match of every word begins."""
    rarest, *others = sorted(words, key=len)
    paragraphs = segment.paragraph_index(rarest.starts)
    paragraphs = paragraphs.compress(changes(paragraphs))
    for word in others:
        paragraphs = paragraphs.compress(among(paragraphs, segment.paragraph_index(word.starts)))
    return Stretches(len(segment), *_bounds_of(segment, paragraphs))


def _bounds_of(segment: Segment, paragraphs: Array) -> tuple[Array, Array]:
    """int64: where paragraphs begin, and where the next ones do."""
    after = paragraphs + 1
    high = np.where(after < len(segment.para), segment.para.take(after, mode="clip"), len(segment))
    return segment.para.take(paragraphs).astype(np.int64), high.astype(np.int64)


def together(segment: Segment, words: Sequence[Found], more: float = 0.0) -> KeywordsFound:
    """The paragraphs that hold a match of every word, each with the closest matches around the first word.

    `more` is added to their costs.
    """
    empty = np.empty(0, np.int64)
    none = KeywordsFound(HitKind.KEYWORDS, empty, empty, np.empty(0, np.float32), tuple(words))
    if not words or not all(len(word) for word in words):
        return none
    rarest, *others = words
    fewest = min(words, key=len)
    if _MORE * len(fewest) < len(rarest):  # as those are rarest that are so in the whole corpus
        rarest = rarest.only(paragraphs_with(segment, [fewest]).hold(rarest.starts))
    paragraphs = segment.paragraph_index(rarest.starts)
    low, high = _bounds_of(segment, paragraphs)
    kept, starts, ends, dearest = np.arange(len(rarest)), rarest.starts, rarest.ends, rarest.costs
    for word in others:
        choice, inside = _closest(word, starts, ends, low, high)
        kept, low, high = kept[inside], low[inside], high[inside]
        starts = np.minimum(starts[inside], word.starts[choice])
        ends = np.maximum(ends[inside], word.ends[choice])
        dearest = np.maximum(dearest[inside], word.costs[choice])
    if not len(kept):
        return none
    first = least_of_each(paragraphs.take(kept), ends - starts, starts)
    starts, ends = starts[first], ends[first]
    distance = np.minimum(ends - starts, _FARTHEST)
    costs = more + KEYWORDS_COST + dearest[first].astype(np.float64) + DISTANCE_COST * distance
    return KeywordsFound(HitKind.KEYWORDS, starts, ends, costs.astype(np.float32), tuple(words))


def _closest(word: Found, starts: Array, ends: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """Return the match of a word nearest to each span within its paragraph, and which spans have one."""
    after = np.searchsorted(word.starts, starts)
    before = after - 1
    has_after = after < len(word)
    has_after[has_after] = word.ends[after[has_after]] <= high[has_after]
    has_before = before >= 0
    has_before[has_before] = word.starts[before[has_before]] >= low[has_before]
    last = len(word) - 1
    far = np.int64(1 << 40)
    ahead = np.where(has_after, word.ends[np.minimum(after, last)] - ends, far)
    behind = np.where(has_before, starts - word.starts[np.maximum(before, 0)], far)
    choice = np.where(ahead <= behind, np.minimum(after, last), np.maximum(before, 0))
    inside = has_after | has_before
    return choice[inside], inside
