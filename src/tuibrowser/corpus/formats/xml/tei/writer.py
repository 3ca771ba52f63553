"""Writer of an edition: its blocks in the raw text, and the text that is taken out of them to go elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.model import Layer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.corpus.formats.extraction import Extraction

    End = Callable[[], None]
    """What to do where an element ends."""
    Start = Callable[[str], End | None]
    """What to do where an element starts, with its attributes as written."""

NUMBER: Final = re.compile(r"\s*No\. ?[A-Z]?\d+[a-z]?(?:-[A-Z])?(?=\s|$)")
"""The number of a text or of a part of it in the catalogue of a canon."""


class Writer:
    """Writes the text of an edition to a raw text.

    What starts and ends elements writes by this. `title` is that of a section which has not had its heading, with its
    level: it goes before the first text of the section, unless that is a heading (`in_head`); it is then `shown`. The
    text after the edition's own (`in_back`) is furniture.
    """

    def __init__(self, made: Extraction) -> None:
        self._made = made
        self._taken: list[list[str]] = []
        self._copies: list[list[str]] = []
        self.is_begun = False
        self.title: tuple[str, int] | None = None
        self.shown: str | None = None
        self.in_head = False
        self.in_back = False

    @property
    def is_taking(self) -> bool:
        """Whether text goes elsewhere than to a block."""
        return bool(self._taken)

    def add(self, text: str) -> None:
        """Add text to where it belongs."""
        for copy in self._copies:
            copy.append(text)
        if self._taken:
            self._taken[-1].append(text)
            return
        if not self.is_begun and not text.isspace():
            self._begin()
            if self.in_head:
                text = self._without_number(text)
        self._made.write(text)

    def end_block(self, role: LineRole = LineRole.BODY, level: int = 0) -> None:
        """End the block at hand."""
        self._made.end(LineRole.FURNITURE if self.in_back else role, 0 if self.in_back else level)
        self.is_begun = False

    def end_part(self) -> None:
        """End the block at hand, and let the next one stand apart from it."""
        self.end_block()
        self._made.part()

    def add_note(self, note: str) -> None:
        """Add a note as a block."""
        self._made.block(note, LineRole.NOTE)

    def add_apparatus(self, entry: str) -> None:
        """Add a line of the apparatus as a block."""
        self._made.write(entry)
        self._made.end(LineRole.FURNITURE, layer=Layer.APPARATUS)

    def locate(self, label: str) -> None:
        """Say that the place which citations name by `label` begins here."""
        if not self._taken:
            self._made.locate(label)

    def bracket(self) -> End:
        """Put the text of an element in brackets, as a note within its block."""
        in_block = not self._taken
        if in_block:
            if not self.is_begun:
                self._begin()
            self._made.enter(Layer.NOTE)
        self.add("（")

        def end() -> None:
            self.add("）")
            if in_block:
                self._made.leave()

        return end

    def add_in_line(self, note: str) -> None:
        """Add a note within its block, as it is written."""
        if self._taken:
            self.add(note)
            return
        if not self.is_begun:
            self._begin()
        self._made.enter(Layer.NOTE)
        self.add(note)
        self._made.leave()

    def take(self, then: Callable[[str], None]) -> End:
        """Take the text of an element out of the block, and hand it on where the element ends."""
        text: list[str] = []
        restore = self.divert(text)

        def end() -> None:
            restore()
            then("".join(text))

        return end

    def replace(self, make: Callable[[str], str]) -> End:
        """Add what `make` returns for the text of an element instead of that text."""
        copies, self._copies = self._copies, []

        def then(text: str) -> None:
            self._copies = copies
            self.add(make(text))

        return self.take(then)

    def divert(self, into: list[str]) -> End:
        """Take the text of an element out of the block."""
        return _held(self._taken, into)

    def copy(self, into: list[str]) -> End:
        """Keep the text of an element, beside adding it."""
        return _held(self._copies, into)

    def _without_number(self, text: str) -> str:
        """What follows the number of a catalogue with which a heading begins, which is added as furniture."""
        number = NUMBER.match(text)
        if number is None:
            return text
        self._made.enter(Layer.FURNITURE)
        self._made.write(number[0])
        self._made.leave()
        return text[number.end() :]

    def _begin(self) -> None:
        """Begin a block; the title of a section that has no heading goes before it."""
        self.is_begun = True
        if self.title is not None and not self.in_head:
            self._made.end()
            self._made.block(self.title[0], LineRole.HEADING, self.title[1])
            self.shown, self.title = self.title[0], None


def _held(holder: list[list[str]], text: list[str]) -> End:
    holder.append(text)

    def end() -> None:
        holder.pop()

    return end
