"""Body: the blocks of a document in XML one after another, each with the notes and the text boxes in it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import chain
from typing import TYPE_CHECKING

from tuibrowser.corpus.formats.office.blocks import LONG_CELL, Blocks

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from xml.etree.ElementTree import Element


class Body(ABC):
    """Writes the blocks of a document.

    A format says which elements are blocks and how a paragraph is written: `_inline` adds its text to `_written`, and
    the notes and text boxes in it to `_notes` and `_boxes`.
    """

    def __init__(self) -> None:
        self.blocks = Blocks()
        self._written: list[str] = []
        self._notes: list[Element] = []
        self._boxes: list[Element] = []

    def write(self, element: Element) -> None:
        """Write a child of the body: its paragraphs and tables, each with the text boxes in it after it."""
        stack = [self._blocks_of(element)]
        while stack:
            block = next(stack[-1], None)
            if block is None:
                stack.pop()
                if stack:
                    self.blocks.apart()
                continue
            self._block(block)
            if self._boxes:
                self.blocks.apart()
                stack.append(chain.from_iterable([self._blocks_of(child) for box in self._boxes for child in box]))
                self._boxes.clear()

    @abstractmethod
    def _blocks_of(self, element: Element) -> Iterator[Element]:
        """The blocks at an element or within it."""

    @abstractmethod
    def _paragraphs(self, element: Element) -> Iterator[Element]:
        """The paragraphs within an element, those of tables too."""

    @abstractmethod
    def _block(self, block: Element) -> None:
        """Write a block of any kind."""

    @abstractmethod
    def _paragraph(self, paragraph: Element) -> None:
        """Write a paragraph as a block."""

    @abstractmethod
    def _inline(self, paragraph: Element) -> None:
        """Take up what a paragraph holds."""

    @abstractmethod
    def _length(self, cell: Element) -> int:
        """The number of code points in a cell."""

    def _taken(self) -> str:
        text = "".join(self._written)
        self._written.clear()
        return text

    def _write_notes(self) -> None:
        notes, self._notes = self._notes, []
        for note in notes:
            for paragraph in self._paragraphs(note):
                self._inline(paragraph)
                self.blocks.note(self._taken())
        self._notes.clear()

    def _write_rows(self, rows: Sequence[Sequence[Element]]) -> None:
        """Write the rows of a table, or its paragraphs where it lays out a page."""
        is_layout = all(len(cells) == 1 for cells in rows)
        for cells in rows:
            if is_layout or any(self._length(cell) > LONG_CELL for cell in cells):
                for cell in cells:
                    for paragraph in self._paragraphs(cell):
                        self._paragraph(paragraph)
            else:
                self.blocks.row([self._cell(cell) for cell in cells])
                self._write_notes()
        self.blocks.apart()

    def _cell(self, cell: Element) -> str:
        for paragraph in self._paragraphs(cell):
            self._inline(paragraph)
            self._written.append(" ")
        return self._taken()


def within(element: Element, wanted: Container[str], left_out: Container[str]) -> Iterator[Element]:
    """The outermost elements of some names within an element, in order, none of them in an element that is left out."""
    stack = list(reversed(element))
    while stack:
        at = stack.pop()
        if at.tag in wanted:
            yield at
        elif at.tag not in left_out:
            stack += reversed(at)
