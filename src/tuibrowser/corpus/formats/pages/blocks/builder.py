"""Builder: the blocks of a page in the making, as its boxes, headings and rules begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.pages.blocks.block import Block, Page
from tuibrowser.corpus.formats.pages.blocks.open_boxes import OpenBoxes
from tuibrowser.corpus.formats.pages.blocks.pieces import MOSTLY, Pieces
from tuibrowser.corpus.formats.pages.blocks.tables import join_rows

if TYPE_CHECKING:
    from tuibrowser.corpus.formats.pages.blocks.tags import Tag

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_AFTER_HEADINGS: Final = frozenset(HEADINGS) | frozenset(["blockquote", "dl", "ol", "p", "pre", "table", "ul"])
"""Elements that end a heading with text which has no end tag."""


class Builder:
    """The page so far, the boxes that are open, and the pieces of the block at hand.

    What it does at a tag takes the tag. `anchors` are the names of the elements that have begun since the last block.
    """

    def __init__(self) -> None:
        self.page = Page()
        self.opened = OpenBoxes(self.page.boxes)
        self.pieces = Pieces()
        self.anchors: list[str] = []
        self._texts, self._lines = self.pieces.texts, self.pieces.lines
        self._level = self._heading = 0
        self._is_ruled = False

    @property
    def in_heading(self) -> bool:
        """Whether a heading is open."""
        return self._level > 0

    def start_box(self, tag: Tag) -> None:
        """Begin a box."""
        if self._texts or self._lines:
            self.end_block()
        if self._level and tag.name in _AFTER_HEADINGS and len(self.page.blocks) > self._heading:
            self._end_heading(f"h{self._level}")
        self.opened.begin(tag)

    def add_leaf(self, tag: Tag, text: str, *, is_linked: bool = False) -> bool:
        """Add a box that holds nothing but a text, which may be a link; return whether it could be added at once."""
        if self._texts or self._lines:
            self.end_block()
        if self._level or self.opened.preformatted or tag.is_preformatted or not self.pieces.is_idle:
            return False
        box = self.opened.add(tag)
        if text and not text.isspace():
            linked = 0
            if is_linked:
                linked = len("".join(text.split()))
                if linked > MOSTLY * len(text.strip()):
                    text = f" {text} "
            block = Block(text, linked, box)
            self.page.blocks.append(block)
            if self._is_ruled or self.anchors:
                self._mark(block)
        return True

    def start_heading(self, tag: Tag) -> None:
        """Begin a heading."""
        self.start_box(tag)
        self._level, self._heading = HEADINGS[tag.name], len(self.page.blocks)

    def start_preformatted(self, tag: Tag) -> None:
        """Begin text whose line ends are shown."""
        self.start_box(tag)
        self.opened.preformatted += 1

    def end_box(self, tag: Tag) -> None:
        """End a box."""
        if self._texts or self._lines:
            self.end_block()
        self.opened.end(tag.name)

    def end_heading(self, tag: Tag) -> None:
        """End a heading, of whatever level."""
        self._end_heading(tag.name)

    def _end_heading(self, name: str) -> None:
        self.end_block()
        self.opened.end(name)
        self._level = 0

    def end_preformatted(self, tag: Tag) -> None:
        """End text whose line ends are shown."""
        self.end_box(tag)
        self.opened.end_preformatted()

    def break_line(self, _: Tag) -> None:
        """End a line, or a paragraph where the line has no text."""
        if self.opened.preformatted:
            self._texts.append("\n")
        elif self.pieces.break_line(self.opened.box) and not self._level:
            self.end_block()

    def rule(self, _: Tag) -> None:
        """Put a rule."""
        self.end_block()
        self._is_ruled = True

    def end_block(self) -> None:
        """End the block at hand, if it has text."""
        opened = self.opened
        blocks = self.pieces.end(opened.box, self._level, preformatted=opened.preformatted > 0)
        if not blocks:
            return
        self.page.blocks += blocks
        if self._is_ruled or self.anchors:
            self._mark(blocks[0])

    def _mark(self, block: Block) -> None:
        """Give a block what has stood before it since the last one."""
        if self._is_ruled:
            block.ruled, self._is_ruled = True, False
        for name in self.anchors:
            self.page.anchors.setdefault(name, block)
        self.anchors.clear()

    def made(self) -> Page:
        """The page, ended."""
        self.end_block()
        self.opened.end_all()
        join_rows(self.page)
        return self.page
