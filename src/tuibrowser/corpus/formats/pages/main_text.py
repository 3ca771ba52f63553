"""Main text: which blocks of a page are its text, and which are menus, lists of links, comments and notices.

A block speaks for the text where it has a sentence that is hardly linked. It speaks for the box that holds it, less for
the next, less for the third; the box for which most is said holds the text, or one around it where much stands beside.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tuibrowser.corpus.formats.pages.blocks.block import Block, Boxes, Held, Page
    from tuibrowser.corpus.formats.pages.blocks.tags import Tag

_ASIDE: Final = re.compile(
    r"comment|reply|pinglun|liuyan|relat|recommend|tuijian|\bhot|rank|sidebar|side-|foot(?!note)|copyright|login|crumb"
    r"|share|qrcode|menu|\bnav|topbar|boilerplate|header_?template|licen[sc]e|noprint|catlinks|\bpush\b|banner"
    r"|\bads?(?:[_-]|\b)|\badvert|popup|modal",
    re.IGNORECASE,
)
"""What the names of boxes say that hold no text."""
_TEXT: Final = re.compile(r"article|content|zhengwen|TRS_Editor|\btext\b|main|detail|body", re.IGNORECASE)
"""What the names of boxes say that hold the text."""
_NAMED: Final = re.compile(r"""\b(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_MARKS: Final = "，。！？；：、,.!?;"
_ASIDES: Final = frozenset(("aside", "footer", "nav"))
_PARTS: Final = frozenset(["blockquote", "dd", "h1", "h2", "h3", "h4", "li", "p", "pre"])
"""Boxes that hold a block each and speak for the box around them."""
_SHORTEST: Final = 8
"""Code points that are not linked in a block that speaks for the text."""
_LINKED: Final = 0.3
"""Greatest share of such a block that is linked."""
_MARK_WEIGHT: Final = 8
_MOST_LINKED: Final = 0.5
"""Share of a block within the text above which it is a link to something else."""
_KEPT_ASIDE: Final = 0.4
"""Share of the weight of all blocks above which a box is the text whatever it is called."""
_ENOUGH: Final = 0.6
"""Share of the weight of all blocks that the text has."""
_MORE: Final = 1.05
"""How much more weight than the box within it one must have to be taken in its place."""
_ALIKE: Final = 0.7
"""Share of what stands beside the text that speaks for it above which that is text too, as in a book on one page."""
_LEAST_MORE: Final = 0.2
"""Share of the text that such text has at least; less of it may be a notice."""
_FADING: Final = (1.0, 0.5, 0.25)
"""How much a block says for the box that holds it, for the next and for the third."""


class Part(StrEnum):
    """The part of a page that a block belongs to."""

    TEXT = "text"
    FURNITURE = "furniture"
    HIDDEN = "hidden"
    """What the page does not show."""


def parts_of(page: Page) -> list[Part]:
    """Say of each block of a page what it is a part of, after each is weighed."""
    boxes, blocks = page.boxes, page.blocks
    hidden = boxes.within([number for number, tag in enumerate(boxes.tags) if tag.is_hidden])
    _weigh(blocks, hidden)
    if not any(block.weight for block in blocks):
        shown = bytes(len(boxes))
        _weigh(blocks, shown)
        if any(block.weight for block in blocks):
            hidden = shown
    within, aside = _text_box(page)
    return [
        Part.HIDDEN
        if hidden[block.box]
        else Part.TEXT
        if block.box in within and not aside[block.box] and is_own(block)
        else Part.FURNITURE
        for block in blocks
    ]


def _weigh(blocks: Iterable[Block], hidden: Sequence[int]) -> None:
    """Say of each block how much it says for the box that holds it; one in a hidden box says nothing."""
    for block in blocks:
        if len(block.text) - block.linked >= _SHORTEST and not hidden[block.box]:
            block.weight = _weight(block)


def _weight(block: Block) -> int:
    """How much a block says for the box that holds it; 0 where it is linked or no sentence."""
    size = len(block.text.strip())
    plain = size - block.linked
    if plain < _SHORTEST or block.linked > _LINKED * size or not (marks := sum(map(block.text.count, _MARKS))):
        return 0
    return plain + _MARK_WEIGHT * marks


def speaks(block: Block) -> bool:
    """Whether a block that was weighed speaks for the text: it is a sentence that is hardly linked."""
    return block.weight > 0


def is_own(block: Block) -> bool:
    """Whether a block within the text is of it, and no link to something else."""
    return not block.linked or block.linked <= _MOST_LINKED * len(block.text.strip())


def _text_box(page: Page) -> tuple[range, Sequence[int]]:
    """The boxes within the one that holds the text, and which of these stand in one that holds none."""
    boxes = page.boxes
    spoken = [block for block in page.blocks if block.weight]
    held = boxes.held((block.box, block.weight) for block in spoken)
    most = _KEPT_ASIDE * held.of(0)
    names: dict[str, bool] = {}

    def is_aside(box: int) -> bool:
        return held.of(box) <= most and _is_aside(boxes.tags[box], names)

    aside = boxes.within(filter(is_aside, _around(boxes, spoken)))
    spoken = [block for block in spoken if not aside[block.box]]
    best = _holder(page, spoken) if spoken else 0
    within = range(best, boxes.ends[best])
    return within, boxes.within(filter(is_aside, within))


def _is_aside(tag: Tag, names: dict[str, bool]) -> bool:
    """Whether the name or the class of an element says that it holds no text; `names` keeps what was found."""
    if tag.name in _ASIDES:
        return True
    if not tag.written:
        return False
    if (known := names.get(tag.written)) is None:
        named = " ".join("".join(each) for each in _NAMED.findall(tag.written))
        known = names[tag.written] = _ASIDE.search(named) is not None and _TEXT.search(named) is None
    return known


def _around(boxes: Boxes, blocks: Iterable[Block]) -> Sequence[int]:
    """The boxes that some blocks stand in, and those around them."""
    found: set[int] = set()
    for block in blocks:
        box = block.box
        while box >= 0 and box not in found:
            found.add(box)
            box = boxes.parents[box]
    return sorted(found)


def _holder(page: Page, spoken: Sequence[Block]) -> int:
    """The box that holds the text, by the blocks that speak for it."""
    boxes = page.boxes
    best = _best(boxes, spoken)
    held = boxes.held((block.box, block.weight) for block in spoken)
    while held.of(best) < _ENOUGH * held.of(0):
        best = _outer(boxes, held, best)
    if best:
        every = boxes.held((block.box, len(block.text)) for block in page.blocks)
        good = boxes.held((block.box, len(block.text)) for block in spoken)
    while best:
        outer = _outer(boxes, held, best)
        more = good.of(outer) - good.of(best)
        if more < max(_ALIKE * (every.of(outer) - every.of(best)), _LEAST_MORE * good.of(best), 1):
            break
        best = outer
    return best


def _outer(boxes: Boxes, held: Held, box: int) -> int:
    """The next box around one that holds more than it; the page where none does."""
    outer = boxes.parents[box]
    while outer > 0 and held.of(outer) < _MORE * held.of(box):
        outer = boxes.parents[outer]
    return max(0, outer)


def _best(boxes: Boxes, spoken: Iterable[Block]) -> int:
    """The box for which the blocks say most."""
    said: dict[int, float] = {}
    for block in spoken:
        box = block.box
        if boxes.tags[box].name in _PARTS:
            box = max(0, boxes.parents[box])
        for share in _FADING:
            said[box] = said.get(box, 0.0) + block.weight * share
            box = boxes.parents[box]
            if box < 0:
                break
    return max(sorted(said), key=said.__getitem__)
