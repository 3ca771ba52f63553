"""Sections of an edition: its blocks, its divisions with their headings, and the scrolls it consists of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.xml.tags import attributes
from tuibrowser.corpus.formats.xml.tei.writer import NUMBER

if TYPE_CHECKING:
    from tuibrowser.corpus.formats.xml.tei.writer import End, Start, Writer

_BODY: Final = re.findall(
    r"\S+", "p ab byline item trailer dateline closer opener salute signed speaker argument label"
)
_BLOCKS: Final = {
    **dict.fromkeys(_BODY, LineRole.BODY),
    "l": LineRole.VERSE,
    "row": LineRole.ROW,
    "docNumber": LineRole.FURNITURE,
}
"""Elements that are a block each, and its role."""
_APART: Final = frozenset(
    re.findall(r"\S+", "lg list table div div1 div2 div3 div4 div5 div6 div7 body front back text quote sp juan")
)
"""Elements before and after which a block ends."""
_DIVISIONS: Final = frozenset(["div", *(f"div{level}" for level in range(1, 8))])
_DEEPEST: Final = 6
_CELLS: Final = "\u3000"
"""What stands between the cells of a row."""


class Sections:
    """Starts and ends the blocks and divisions of an edition.

    `end_notes` is called where the notes on what ended belong. Headings are a level lower where there are several
    scrolls. What follows the text (`back`) is none of it where it `lists_variants`.
    """

    def __init__(self, writer: Writer, end_notes: End, *, has_scrolls: bool, lists_variants: bool) -> None:
        self._writer = writer
        self._end_notes = end_notes
        self._scroll = int(has_scrolls)
        self._lists_variants = lists_variants
        self._depth = 0
        self._in_row = self._in_cell = self._is_parted = False
        self._is_headed = False
        self._closes = False

    def starts(self) -> dict[str, Start]:
        """The functions that start its elements, by name."""
        return {
            **{name: self._block_start(role) for name, role in _BLOCKS.items()},
            **dict.fromkeys(_APART, self._apart),
            **dict.fromkeys(_DIVISIONS, self._division),
            "head": self._head,
            "mulu": self._mulu,
            "back": self._back,
            "cell": self._cell,
            "juan": self._juan,
            "jhead": self._jhead,
        }

    def _block_start(self, role: LineRole) -> Start:
        writer = self._writer

        def start(_: str) -> End | None:
            if writer.is_taking:
                return None
            if self._in_cell:
                writer.add(" " if self._is_parted else "")
                self._is_parted = True
                return None
            writer.end_block()
            self._in_row = False
            return end

        def end() -> None:
            writer.end_block(role)
            if role is LineRole.BODY:
                self._end_notes()

        return start

    def _apart(self, _: str) -> End | None:
        if self._writer.is_taking:
            return None
        self._writer.end_part()
        return self._end_apart

    def _end_apart(self) -> None:
        self._writer.end_part()
        self._end_notes()

    def _division(self, written: str) -> End | None:
        self._apart(written)
        self._depth += 1
        return self._end_division

    def _end_division(self) -> None:
        self._end_apart()
        self._depth -= 1
        self._writer.title = self._writer.shown = None

    def _back(self, written: str) -> End | None:
        """What follows the text; in an edition with variants it is those, and no text."""
        self._apart(written)
        self._writer.in_back = self._lists_variants
        return self._end_back

    def _end_back(self) -> None:
        self._end_apart()
        self._writer.in_back = False

    def _head(self, written: str) -> End | None:
        writer = self._writer
        if writer.is_taking:
            return None
        writer.end_block()
        writer.in_head = True
        is_number = 'type="no"' in written
        level = writer.title[1] if writer.title else self._level(self._depth)
        text: list[str] = []
        end_copy = writer.copy(text)

        def end() -> None:
            end_copy()
            writer.in_head = False
            if writer.is_begun and not is_number:
                writer.title = None
            if writer.shown == "".join("".join(text).split()):
                writer.end_block()
                return
            self._is_headed = self._is_headed or not is_number
            writer.end_block(LineRole.FURNITURE if is_number else LineRole.HEADING, 0 if is_number else level)
            self._end_notes()

        return end

    def _juan(self, written: str) -> End | None:
        """The beginning or the end of a scroll."""
        self._closes = 'fun="close"' in written
        return self._apart(written)

    def _jhead(self, _: str) -> End | None:
        """The title of a scroll.

        It is a heading at the beginning of a scroll where there are several, and where a section with a heading ended
        before it: what follows is no part of that section.
        """
        if self._writer.is_taking:
            return None
        self._writer.end_block()

        def end() -> None:
            is_heading = not self._closes and (self._scroll or self._is_headed)
            self._writer.end_block(LineRole.HEADING if is_heading else LineRole.BODY, int(bool(is_heading)))
            self._end_notes()

        return end

    def _mulu(self, written: str) -> End:
        """An entry of the contents: the heading of a section where the text has none."""
        said = attributes(written)

        def then(text: str) -> None:
            title = "".join(NUMBER.sub("", text, count=1).split()) or said.get("label", "")
            if title and said.get("type") != "卷" and not self._writer.in_head:
                number = said.get("level", "")
                level = int(number) if number.isascii() and number.isdigit() else self._depth
                self._writer.title = (title, self._level(level))

        return self._writer.take(then)

    def _level(self, depth: int) -> int:
        """The level of a heading so deep in the divisions of a scroll."""
        return min(_DEEPEST, max(1, depth) + self._scroll)

    def _cell(self, _: str) -> End:
        """A cell of a row, whose paragraphs are one."""
        if self._in_row:
            self._writer.add(_CELLS)
        self._in_row, self._in_cell, self._is_parted = True, True, False
        return self._end_cell

    def _end_cell(self) -> None:
        self._in_cell = False
