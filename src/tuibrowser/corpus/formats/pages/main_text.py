"""Main text: which blocks of a page are its text, and which are menus, lists of links, comments and notices.

A block speaks for the text where it has a sentence that is hardly linked. It speaks for the box that holds it, less for
the next, less for the third; the box for which most is said holds the text, or one around it where much stands beside.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tuibrowser.corpus.formats.pages.blocks import Block, Box, Page

_ASIDE: Final = re.compile(
    r"comment|reply|pinglun|liuyan|relat|recommend|tuijian|\bhot|rank|sidebar|side-|foot(?!note)|copyright|login|crumb"
    r"|share|qrcode|menu|\bnav|topbar|boilerplate|header_?template|licen[sc]e|noprint|catlinks|\bpush\b|banner|\bads?(?:[_-]|\b)|\badvert|popup|modal",
    re.IGNORECASE,
)
"""What the names of boxes say that hold no text."""
_TEXT: Final = re.compile(r"article|content|zhengwen|TRS_Editor|\btext\b|main|detail|body", re.IGNORECASE)
"""What the names of boxes say that hold the text."""
_NAMED: Final = re.compile(r"""\b(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"""display\s*:\s*none|\shidden(?=$|[\s/=])""", re.IGNORECASE)
_MARK: Final = re.compile("[，。！？；：、,.!?;]")
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
    """Say of each block of a page what it is a part of."""
    boxes, blocks = page.boxes, page.blocks
    tree = _Tree([box.parent for box in boxes], [block.box for block in blocks])
    hidden = tree.inherited([_is_hidden(box.written) for box in boxes])
    weights = [0 if hidden[block.box] else _weight(block) for block in blocks]
    if not any(weights) and any(found := list(map(_weight, blocks))):
        hidden, weights = [False] * len(boxes), found
    held = tree.held(weights)
    names: dict[str, bool] = {}
    most = _KEPT_ASIDE * held[0]
    aside = tree.inherited([held[number] <= most and _is_aside(box, names) for number, box in enumerate(boxes)])
    within = _within(
        page, tree, [0 if aside[block.box] else weight for block, weight in zip(blocks, weights, strict=True)]
    )
    own = [inside and not outside for inside, outside in zip(within, aside, strict=True)]
    return [
        Part.HIDDEN if hidden[block.box] else Part.TEXT if own[block.box] and is_own(block) else Part.FURNITURE
        for block in blocks
    ]


class _Tree(NamedTuple):
    """The boxes of a page, by their parents, and its blocks, by their boxes."""

    parents: Sequence[int]
    places: Sequence[int]

    def held(self, values: Iterable[int]) -> list[int]:
        """The sum of the values of the blocks in each box and the boxes within it."""
        held = [0] * len(self.parents)
        for place, value in zip(self.places, values, strict=True):
            held[place] += value
        for number in range(len(held) - 1, 0, -1):
            if value := held[number]:
                held[self.parents[number]] += value
        return held

    def inherited(self, own: list[bool]) -> list[bool]:
        """Whether each box is so or stands in one that is."""
        if any(own):
            for number in range(1, len(own)):
                own[number] = own[number] or own[self.parents[number]]
        return own

    def around(self, held: Sequence[int], number: int) -> int:
        """The next box around one that holds more than it; the page where none does."""
        around = self.parents[number]
        while around > 0 and held[around] < _MORE * held[number]:
            around = self.parents[around]
        return max(0, around)


def _within(page: Page, tree: _Tree, weights: Sequence[int]) -> list[bool]:
    """Which boxes stand within the one that holds the text, or are it; all where nothing speaks for one."""
    if not any(weights):
        return [True] * len(page.boxes)
    best = _best(page, weights)
    held = tree.held(weights)
    while held[best] < _ENOUGH * held[0]:
        best = tree.around(held, best)
    if best:
        sizes = [len(block.text) for block in page.blocks]
        every = tree.held(sizes)
        good = tree.held(size if weight else 0 for size, weight in zip(sizes, weights, strict=True))
    while best:
        around = tree.around(held, best)
        more = good[around] - good[best]
        if more < max(_ALIKE * (every[around] - every[best]), _LEAST_MORE * good[best], 1):
            break
        best = around
    return tree.inherited([number == best for number in range(len(page.boxes))])


def _best(page: Page, weights: Sequence[int]) -> int:
    """The number of the box for which the blocks say most."""
    boxes = page.boxes
    said = [0.0] * len(boxes)
    for block, weight in zip(page.blocks, weights, strict=True):
        if weight:
            box = block.box
            if boxes[box].tag in _PARTS:
                box = max(0, boxes[box].parent)
            for share in _FADING:
                said[box] += weight * share
                box = boxes[box].parent
                if box < 0:
                    break
    return max(range(len(boxes)), key=said.__getitem__)


def _weight(block: Block) -> int:
    """How much a block says for the box that holds it; 0 where it is linked or no sentence."""
    size = len(block.text.strip())
    plain = size - block.linked
    if plain < _SHORTEST or block.linked > _LINKED * size or not (marks := len(_MARK.findall(block.text))):
        return 0
    return plain + _MARK_WEIGHT * marks


def speaks(block: Block) -> bool:
    """Whether a block speaks for the text: it is a sentence that is hardly linked."""
    return _weight(block) > 0


def is_own(block: Block) -> bool:
    """Whether a block within the text is of it, and no link to something else."""
    return block.linked <= _MOST_LINKED * len(block.text.strip())


def _is_hidden(written: str) -> bool:
    return ("isplay" in written or "hidden" in written) and _HIDDEN.search(written) is not None


def _is_aside(box: Box, names: dict[str, bool]) -> bool:
    """Whether the tag or the name of a box says that it holds no text; `names` keeps what was found of names."""
    if box.tag in _ASIDES:
        return True
    if not box.written:
        return False
    if (known := names.get(box.written)) is None:
        named = " ".join("".join(each) for each in _NAMED.findall(box.written))
        known = names[box.written] = _ASIDE.search(named) is not None and _TEXT.search(named) is None
    return known
