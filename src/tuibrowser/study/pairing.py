"""Pairing: a passage and one of its parallels aligned character by character, and how much they have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibrowser.search.parallels.blocks import blocks_in
from tuibrowser.search.parallels.passage import Passage, passage_of
from tuibrowser.study.collating.alignment import align
from tuibrowser.study.collating.sheet import Sheet, Text
from tuibrowser.study.collating.stretches import NONE, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.search.parallels.blocks import Block


@dataclass(frozen=True, slots=True)
class Pairing:
    """A sheet for each stretch that corresponds, in the order of the parallel.

    `matched` of the `size` significant characters of the passage are the same; each that is another one, missing or
    added within a stretch takes one from the `score`, by which parallels are ordered.
    """

    sheets: tuple[Sheet, ...]
    matched: int
    score: int
    size: int

    @property
    def cover(self) -> float:
        """The share of the passage's characters that are the same."""
        return self.matched / self.size


def pairing(words: str, stretches: Sequence[str]) -> Pairing | None:
    """The alignment of a passage and the stretches of a parallel; None where they have nothing in common."""
    passage = passage_of(words)
    pairs = [(block, part) for part in map(passage_of, stretches) for block in _blocks(passage, part)]
    if not pairs:
        return None
    return Pairing(
        tuple(_sheet(passage, part, block) for block, part in pairs),
        sum(block.matched for block, _ in pairs),
        sum(block.score for block, _ in pairs),
        len(passage),
    )


def _blocks(passage: Passage, part: Passage) -> Iterator[Block]:
    """How a stretch of a parallel corresponds to the passage: by the block that scores most."""
    if blocks := blocks_in(passage, part.ids):
        yield max(blocks, key=lambda block: block.score)


def _sheet(passage: Passage, part: Passage, block: Block) -> Sheet:
    steps = align(passage.ids[block.start : block.end], part.ids[block.low : block.high])
    stretches = [
        Stretch(step.start, step.end, step.other_start, step.other_end, NONE if step.equal else number)
        for number, step in enumerate(steps)
    ]
    return Sheet(_text(passage, block.start, block.end), _text(part, block.low, block.high), stretches)


def _text(passage: Passage, start: int, end: int) -> Text:
    return Text(passage.text.replace("\n", " "), passage.at[start:end], passage.span(start, end))
