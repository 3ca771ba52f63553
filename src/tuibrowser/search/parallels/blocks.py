"""Blocks: stretches of a passage and of a text that correspond, character by character but for some."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.fold import LOST, fold
from tuibrowser.search.parallels.passage import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    from rapidfuzz.distance import Opcode, Opcodes

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.parallels.passage import Passage

    Array = npt.NDArray[Any]

LEAST: Final = 6
"""The score from which on a block is one, but for passages of fewer characters."""
_DROP: Final = 8
"""How far the score of a block may fall below its best before the block ends."""
_LOST: Final = as_text(fold(LOST))
_PAIR: Final = 2
"""Characters that texts must have for an alignment to gain anything."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a passage and one of a text, from `low` to `high`, that correspond, in significant characters.

    `matched` of the characters are the same; each that is another one, missing or added takes one from the `score`,
    but for one that is lost in either, for which □ stands.
    """

    start: int
    end: int
    low: int
    high: int
    matched: int
    score: int


@dataclass(frozen=True)
class Window:
    """The significant characters of a stretch of a segment."""

    ids: Array
    positions: Array

    def placed(self, block: Block) -> Block:
        """A block of the window with the positions in the segment from which and up to which it reaches."""
        low, high = int(self.positions[block.low]), int(self.positions[block.high - 1]) + 1
        return replace(block, low=low, high=high)


def window_of(segment: Segment, low: int, high: int) -> Window:
    """The significant characters from one position to another."""
    codes = segment.codes[low:high]
    held = np.flatnonzero(~segment.gap.take(codes) & (codes != 0))
    return Window(segment.fold.take(codes.take(held)), held + low)


def blocks_in(passage: Passage, ids: Array) -> list[Block]:
    """The blocks of a passage and the ids of a window, in the order of both; each reaches as far as it gains."""
    least = min(LEAST, len(passage))
    query, text = passage.folded, as_text(ids)
    return [_reaching(query, text, core) for core in _cores(query, text) if core.score >= least]


@dataclass(slots=True)
class Run:
    """A stretch of both texts, and what it holds."""

    start: int
    low: int
    end: int
    high: int
    matched: int = 0
    score: int = 0


def _cores(query: str, text: str) -> Iterator[Run]:
    """The best stretches of an alignment: none falls far below its best within, or below 0."""
    run: Run | None = None
    score = matched = 0
    for step in _steps(query, text):
        length = max(step.src_end - step.src_start, step.dest_end - step.dest_start)
        if step.tag == "equal":
            if run is None:
                run, score, matched = Run(step.src_start, step.dest_start, 0, 0), 0, 0
            score, matched = score + length, matched + length
            if score > run.score:
                run.end, run.high, run.score, run.matched = step.src_end, step.dest_end, score, matched
        elif run is not None:
            score -= length - _lost(step, query, text)
            if score <= 0 or run.score - score > _DROP:
                yield run
                run = None
    if run is not None:
        yield run


def _reaching(query: str, text: str, core: Run) -> Block:
    """A block that goes from a core as far as it gains: anchored there, its ends align better."""
    before = gain(query[: core.start][::-1], text[: core.low][::-1])
    after = gain(query[core.end :], text[core.high :])
    return Block(
        core.start - before.end,
        core.end + after.end,
        core.low - before.high,
        core.high + after.high,
        core.matched + before.matched + after.matched,
        core.score + before.score + after.score,
    )


def gain(query: str, text: str) -> Run:
    """The beginnings of two texts that are most alike: each equal character counts one, each other takes one away."""
    best = Run(0, 0, 0, 0)
    same = 0
    while same < min(len(query), len(text)) and query[same] == text[same]:
        same += 1
    best.end = best.high = best.matched = best.score = score = matched = same
    query, text = query[same:], text[same : same + int((len(query) - same) * 1.15) + 3]
    if min(len(query), len(text)) < _PAIR:
        return best
    for step in _steps(query, text):
        length = max(step.src_end - step.src_start, step.dest_end - step.dest_start)
        if step.tag == "equal":
            score, matched = score + length, matched + length
            if score > best.score:
                best = Run(0, 0, same + step.src_end, same + step.dest_end, matched, score)
        else:
            score -= length - _lost(step, query, text)
            if best.score - score > _DROP:
                break
    return best


def _lost(step: Opcode, query: str, text: str) -> int:
    """How many of the characters that stand for one another are lost in either text."""
    if step.tag != "replace" or (_LOST not in query and _LOST not in text):
        return 0
    pairs = zip(query[step.src_start : step.src_end], text[step.dest_start : step.dest_end], strict=True)
    return sum(_LOST in pair for pair in pairs)


def _steps(query: str, text: str) -> Opcodes:
    from rapidfuzz.distance import Levenshtein  # Not when the searcher is loaded: it takes 20 ms.

    return Levenshtein.opcodes(query, text)
