"""Parallels as matches of a kind of their own, which a search lists, counts and steps through like all others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.matching.found import Found
from tuibrowser.search.model import HitKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.parallels.find import Place
    from tuibrowser.search.parallels.passage import Passage

    Array = npt.NDArray[Any]
    Span = tuple[int, int]

_COST: Final = 3.0
_MISSING_COST: Final = 2.0
"""Further cost where nothing of the passage is there."""


@dataclass(frozen=True)
class ParallelsFound(Found):
    """The parallels of a passage; each marks the stretches that correspond to a part of it."""

    blocks: tuple[tuple[Span, ...], ...]

    def only(self, kept: Array | slice) -> ParallelsFound:
        """Those that a bool each, indices or a slice choose."""
        chosen = np.arange(len(self))[kept].tolist()
        blocks = tuple(self.blocks[at] for at in chosen)
        return ParallelsFound(self.kind, self.starts[kept], self.ends[kept], self.costs[kept], blocks)

    def spans(self, rows: Array) -> list[list[Span]]:
        """The stretches that each of some parallels marks."""
        return [list(self.blocks[row]) for row in np.arange(len(self))[rows].tolist()]


def parallels_found(
    passage: Passage, places: Sequence[Place], segments: Sequence[Segment]
) -> Iterator[tuple[Segment, ParallelsFound]]:
    """The parallels of each segment as matches, the better ones cheaper."""
    for number, segment in enumerate(segments):
        here = sorted(
            (place.joined for place in places if place.segment == number), key=lambda each: (each.low, -each.score)
        )
        if not here:
            continue
        shares = np.array([each.score / len(passage) for each in here], np.float32)
        yield (
            segment,
            ParallelsFound(
                HitKind.PARALLEL,
                np.array([each.low for each in here], np.int64),
                np.array([each.high for each in here], np.int64),
                np.float32(_COST) + np.float32(_MISSING_COST) * (1 - np.clip(shares, 0, 1)),
                tuple(tuple((block.low, block.high) for block in each.blocks) for each in here),
            ),
        )
