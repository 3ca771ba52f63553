"""Blocks: the stretches of text that the markup of a page divides, and the boxes they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field

from tuibrowser.corpus.formats.lines import LineRole


@dataclass(slots=True)
class Box:
    """An element that holds blocks: its tag, its attributes as written, and the number of the box it stands in."""

    tag: str
    written: str
    parent: int


@dataclass(slots=True)
class Block:
    """A stretch of text, the code points of it that are linked, and the number of the box it stands in.

    White space in `text` is as it was written. A block that is `apart` does not go on with the one before it. `refs`
    are stretches of the text that refer to notes; `labels` are pages that begin in it, each with an offset. One that is
    `ruled` stands directly below a rule.
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


@dataclass(slots=True)
class Page:
    """The blocks and the boxes of a page, in its order; a box comes after the one it stands in.

    `anchors` are the blocks in which elements with certain names begin.
    """

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=lambda: [Box("body", "", -1)])
    anchors: dict[str, Block] = field(default_factory=dict)
