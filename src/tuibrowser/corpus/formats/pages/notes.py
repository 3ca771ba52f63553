"""Notes of a page: the boxes that hold footnotes, and the blocks at its end that begin with the signs of notes."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.pages.blocks.block import Block, Page
    from tuibrowser.corpus.formats.pages.blocks.tags import Tag

_NOTES: Final = re.compile(
    r"""\b(?:epub:type|role|class|id)\s*=\s*["']?[^"'>]*\b(?:doc-)?(?:foot|end|rear)-?notes?\b(?!-?(?:ref|back|link))|\bclass\s*=\s*["'](?:[^"']*\s)?references\b""",
    re.IGNORECASE,
)
_TYPED: Final = re.compile(r"""\b(?:epub:type|role)\s*=\s*["'][^"']*\b(?:foot|end|rear)notes?\b""")
"""What the page itself must say, since its class may say but that it has notes."""
_SIGN: Final = re.compile(
    r"\s*(?P<sign>[\[〔【（(［][\d*†‡§注註一二三四五六七八九十]{1,5}[\]〕】）)］]|[①-⑳⓪❶-❿]|[*†‡※])"
)
"""The sign with which a note begins below a rule, and which stands in the text as well."""
_HEADED: Final = re.compile(r"[【\[〔]?(?:[尾脚腳附]?[注註](?:[释釋解]|文)?|[Nn]otes?)[】\]〕]?[:：]?")
"""What stands above notes."""
_NUMBERED: Final = re.compile(rf"{_SIGN.pattern}|\s*\d{{1,4}}(?!\d|年|月)")
_MOST: Final = 0.6
"""Share of the blocks below such a heading that begin with a sign or number where they are notes."""


def in_notes(page: Page) -> set[int]:
    """The identities of the blocks of a page that are of a footnote or endnote."""
    blocks = page.blocks
    found = {id(block) for block in blocks[_below(blocks) :] if not block.level}
    boxes = page.boxes
    if noted := [number for number, tag in enumerate(boxes.tags) if _is_of_notes(tag)]:
        within = boxes.within(noted)
        found.update(id(block) for block in blocks if within[block.box] and not block.level)
    return found


def _is_of_notes(tag: Tag) -> bool:
    """Whether an element holds a footnote or endnote."""
    written = tag.written
    if "note" not in written and "references" not in written:
        return False
    return (_NOTES if tag.name != "body" else _TYPED).search(written) is not None


def _below(blocks: Sequence[Block]) -> int:
    """The number of the first block of the notes at the end of a page; that after the last where there are none.

    Each begins with a link to where it belongs; or they stand below a rule, and begin with a sign that the text above
    has too; or below a heading that calls them so, and most begin with a sign or a number, up to each heading among
    them.
    """
    first = len(blocks)
    while first and _leads_back(blocks[first - 1]):
        first -= 1
    rule = next((number for number in range(len(blocks) - 1, 0, -1) if blocks[number].ruled), 0)
    if rule and (_leads_back(blocks[rule]) or _is_signed(blocks, rule)):
        first = min(first, rule)
    return min(first, _headed(blocks))


def _headed(blocks: Sequence[Block]) -> int:
    """The number of the first block below the last heading of notes."""
    for number in range(len(blocks) - 2, -1, -1):
        text = blocks[number].text
        if ("注" in text or "註" in text or "ote" in text) and _HEADED.fullmatch("".join(text.split())):
            parts = [list(part) for headed, part in groupby(blocks[number + 1 :], _is_heading) if not headed]
            return number + 1 if parts and all(map(_are_numbered, parts)) else len(blocks)
    return len(blocks)


def _is_heading(block: Block) -> bool:
    return block.level > 0


def _are_numbered(blocks: Sequence[Block]) -> bool:
    return sum(_NUMBERED.match(block.text) is not None for block in blocks) >= _MOST * len(blocks)


def _leads_back(block: Block) -> bool:
    """Whether a block begins with a link that refers to a note, or from one."""
    return bool(block.refs) and not block.level and not block.text[: block.refs[0][0]].strip()


def _is_signed(blocks: Sequence[Block], first: int) -> bool:
    """Whether a block begins with a sign that stands in the blocks before it."""
    found = _SIGN.match(blocks[first].text)
    return found is not None and any(found["sign"] in block.text for block in blocks[:first])
