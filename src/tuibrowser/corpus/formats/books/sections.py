"""Sections of an e-book: which blocks of a page are headings, by its contents and by its markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.pages.blocks.block import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.books.contents_page import Entry
    from tuibrowser.corpus.formats.pages.blocks.block import Page

_NO_LETTERS: Final = re.compile(r"[\W_]+")
_NEAR: Final = 3
"""Blocks at the place that an entry of the contents names in which its title is looked for."""
_LINKED: Final = 0.7
"""Share of a page that is linked above which it is a page of contents."""
_FEWEST: Final = 4
"""Blocks with links of such a page, unless it says what it is."""
_CONTENTS: Final = re.compile("目[录錄次]|总目|總目|contents|tableofcontents")


def is_contents(page: Page) -> bool:
    """Whether a page is a list of links, as the contents of a book are."""
    size = sum(len("".join(block.text.split())) for block in page.blocks)
    linked = [block.linked for block in page.blocks if block.linked]
    is_named = bool(page.blocks) and _CONTENTS.fullmatch(_bare(page.blocks[0].text)) is not None
    return len(linked) >= (1 if is_named else _FEWEST) and sum(linked) > _LINKED * size


def mark_headings(page: Page, entries: Sequence[Entry]) -> list[Block]:
    """The blocks of a page with headings where the contents have entries, at the levels of the contents.

    The block that bears the title of an entry becomes a heading; where none does and the markup of the page has no
    headings at all, the title is put before the place. Other headings keep their distance to those.
    """
    blocks = page.blocks
    bare = not any(block.level for block in blocks)
    titled: dict[int, int] = {}
    put: dict[int, list[Block]] = {}
    at = {id(block): number for number, block in enumerate(blocks)}
    for entry in entries:
        start = at.get(id(page.anchors.get(entry.place)), 0 if not entry.place else -1)
        if not 0 <= start < len(blocks):
            continue
        number = _bearer(blocks, start, entry.title)
        if number is not None and number not in titled:
            titled[number] = entry.level
        elif number is None and bare:
            heading = Block(entry.title, 0, 0, LineRole.HEADING, entry.level)
            put.setdefault(start, []).append(heading)
    shift = 0
    if not titled and not bare and any(not entry.place for entry in entries):
        shift = entries[0].level - min(block.level for block in blocks if block.level)
    _set_levels(blocks, titled, shift)
    return [each for number, block in enumerate(blocks) for each in (*put.get(number, ()), block) if each.text]


def _bearer(blocks: Sequence[Block], start: int, title: str) -> int | None:
    """The number of the block at a place that bears a title, which may be divided between it and the next one."""
    wanted = _bare(title)
    for number in range(start, min(start + _NEAR, len(blocks))):
        said = _bare(blocks[number].text)
        if said and said == wanted:
            return number
        if said and wanted.startswith(said) and number + 1 < len(blocks):
            following = blocks[number + 1]
            if wanted == said + _bare(following.text):
                blocks[number].text += f" {following.text.strip()}"
                following.text = ""
                return number
    return None


def _set_levels(blocks: Sequence[Block], titled: dict[int, int], shift: int) -> None:
    for number, block in enumerate(blocks):
        if number in titled:
            shift = titled[number] - block.level if block.level else 0
            block.role, block.level, block.apart = LineRole.HEADING, titled[number], True
        elif block.level:
            block.level = max(1, block.level + shift)


def _bare(text: str) -> str:
    return _NO_LETTERS.sub("", text).casefold()
