"""Blocks: the stretches of text that the markup of a page divides, and the boxes they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.pages.blocks.tags import PAGE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


class Held(NamedTuple):
    """What boxes hold with all within them, by the sums of what those before each hold, and the ends of each."""

    sums: Sequence[int]
    ends: Sequence[int]

    def of(self, box: int) -> int:
        """What a box holds."""
        return self.sums[self.ends[box]] - self.sums[box]


class Boxes:
    """The elements of a page that hold blocks, numbered from 0, the page itself, in the order of their beginnings.

    Each has its tag, the number of the box around it, and the number after that of the last box within it.
    """

    __slots__ = ("ends", "parents", "tags")

    def __init__(self) -> None:
        self.tags = [PAGE]
        self.parents = [-1]
        self.ends = [0]

    def __len__(self) -> int:
        return len(self.tags)

    def within(self, boxes: Iterable[int]) -> Sequence[int]:
        """Say of each box whether it is one of some, in their order, or stands in one."""
        found = bytearray(len(self))
        for box in boxes:
            if not found[box]:
                found[box : self.ends[box]] = b"\1" * (self.ends[box] - box)
        return found

    def held(self, values: Iterable[tuple[int, int]]) -> Held:
        """The sums of values, each with the number of the box that it stands in."""
        own = [0] * len(self)
        for box, value in values:
            own[box] += value
        return Held(list(accumulate(own, initial=0)), self.ends)


@dataclass(slots=True)
class Block:
    """A stretch of text, the code points of it that are linked, and the number of the box it stands in.

    White space in `text` is as it was written. A block that is `apart` does not go on with the one before it. `refs`
    are stretches of the text that refer to notes; `labels` are pages that begin in it, each with an offset. One that is
    `ruled` stands directly below a rule. `weight` is how much it says for the box that holds it to be the text.
    """

    text: str
    linked: int
    box: int
    role: LineRole = LineRole.BODY
    level: int = 0
    apart: bool = True
    refs: tuple[tuple[int, int], ...] = ()
    labels: tuple[tuple[int, str], ...] = ()
    ruled: bool = False
    weight: int = 0


class Lost(NamedTuple):
    """What a browser does not show by the faults of the markup.

    `mistaken` are texts that markup takes for tags, such as b則不然。 of 若a<b則不然。
    `unended` are the names of elements and comments (`!--`) that do not end, each with the code points that it hides.
    """

    mistaken: Sequence[str] = ()
    unended: Sequence[tuple[str, int]] = ()


NOTHING_LOST: Final = Lost()


@dataclass(slots=True)
class Page:
    """The blocks and the boxes of a page, in its order; a box comes after the one it stands in.

    `anchors` are the blocks in which elements with certain names begin. `tags` are the texts of the tags, each once.
    `lost` is what is no text by the faults of the markup.
    """

    blocks: list[Block] = field(default_factory=list)
    boxes: Boxes = field(default_factory=Boxes)
    anchors: dict[str, Block] = field(default_factory=dict)
    tags: Collection[str] = ()
    lost: Lost = NOTHING_LOST
