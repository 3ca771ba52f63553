"""Joined blocks: the blocks of a document that stand near one another make one parallel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tuibrowser.search.parallels.blocks import Block

_NEAR: Final = 20
"""Positions between two blocks of a parallel, or as many as the second is long."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The blocks of a parallel in reading order; their stretches of a text, given by positions, are disjoint."""

    blocks: tuple[Block, ...]

    @property
    def low(self) -> int:
        """Where it begins in the segment."""
        return self.blocks[0].low

    @property
    def high(self) -> int:
        """Where it ends in the segment."""
        return self.blocks[-1].high

    @property
    def matched(self) -> int:
        """The significant characters that are the same."""
        return sum(block.matched for block in self.blocks)

    @property
    def score(self) -> int:
        """The sum of the scores."""
        return sum(block.score for block in self.blocks)


def joined(blocks: Iterable[Block]) -> Iterator[Joined]:
    """The parallels that the blocks of a document make, those of most score of blocks that overlap."""
    for near in _near(sorted(blocks, key=lambda block: (block.low, block.start))):
        rest = sorted(near, key=lambda block: -block.score)
        while rest:
            chosen: list[Block] = []
            for block in rest:
                if not any(_clash(block, other) for other in chosen):
                    chosen.append(block)
            yield Joined(tuple(sorted(chosen, key=lambda block: block.low)))
            rest = [block for block in rest if not any(_overlap(block, other) for other in chosen)]


def _near(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks in reading order, those that stand near one another together."""
    group: list[Block] = []
    reached = 0
    for block in blocks:
        if group and block.low > reached + max(_NEAR, block.high - block.low):
            yield group
            group = []
        group.append(block)
        reached = max(reached, block.high) if len(group) > 1 else block.high
    if group:
        yield group


def _overlap(one: Block, other: Block) -> bool:
    """Whether two blocks share a part of the text."""
    return one.low < other.high and other.low < one.high


def _clash(one: Block, other: Block) -> bool:
    """Whether two blocks share a part of the text, or the greater part of the passage."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return _overlap(one, other) or 2 * shared > one.end - one.start
