"""Open boxes: the elements that hold blocks and have not ended yet, where their end tags may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tuibrowser.corpus.formats.pages.blocks.block import Boxes
    from tuibrowser.corpus.formats.pages.blocks.tags import Tag

_CELLS: Final = frozenset(("td", "th"))
_TERMS: Final = frozenset(("dt", "dd"))
LIKE: Final = {
    "li": frozenset(("li",)),
    "dt": _TERMS,
    "dd": _TERMS,
    "tr": _CELLS | {"tr"},
    "td": _CELLS,
    "th": _CELLS,
}
"""Elements that end where another one begins."""
_WITHIN: Final = frozenset(("ul", "ol", "menu", "dir", "dl", "table"))
"""Elements that hold such; none outside them ends."""
_BARRIERS: Final = frozenset(("td", "th", "table", "caption"))
"""Elements that no end tag of another element within them ends, but for those that hold them."""
_OF_TABLES: Final = frozenset(["caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"])
_DEEPEST: Final = 250
"""Boxes in each other; those further in are no boxes of their own."""


class OpenBoxes:
    """The boxes that are open: `box` is the number of the innermost one; line ends are shown where `preformatted`."""

    def __init__(self, boxes: Boxes) -> None:
        """Begin with the page itself, the first of `boxes`, to which those that begin are added."""
        self.box = self.preformatted = 0
        self._boxes = boxes
        self._names = [boxes.tags[0].name]
        self._numbers = [0]
        self._styled: set[int] = set()
        """Boxes whose style says that they are preformatted."""

    def begin(self, tag: Tag) -> None:
        """Open a box, which ends a paragraph, and the box before it that ends where one of its like begins."""
        names = self._names
        if tag.name in LIKE and names[-1] not in _WITHIN:
            self._end_like(tag.name)
        if names[-1] == "p":
            self._pop()
        if len(names) < _DEEPEST:
            boxes = self._boxes
            boxes.parents.append(self.box)
            self.box = box = len(boxes.tags)
            boxes.tags.append(tag)
            boxes.ends.append(0)
            names.append(tag.name)
            self._numbers.append(box)
            if tag.is_preformatted:
                self.preformatted += 1
                self._styled.add(box)

    def add(self, tag: Tag) -> int:
        """Add a box that ends at once; return its number."""
        names = self._names
        if tag.name in LIKE and names[-1] not in _WITHIN:
            self._end_like(tag.name)
        if names[-1] == "p":
            self._pop()
        if len(names) >= _DEEPEST:
            return self.box
        boxes = self._boxes
        boxes.parents.append(self.box)
        boxes.tags.append(tag)
        box = len(boxes.ends)
        boxes.ends.append(box + 1)
        return box

    def end(self, name: str) -> None:
        """End an element, if it is open."""
        names = self._names
        if names[-1] == name:
            self._pop()
        elif name in names:
            self._end_outer(name)

    def _end_like(self, name: str) -> None:
        """End the element that ends where one of its like begins."""
        like, names = LIKE[name], self._names
        for number in range(len(names) - 1, 0, -1):
            if names[number] in like:
                self._close(number)
            elif names[number] in _WITHIN:
                return

    def end_preformatted(self) -> None:
        """Show line ends no longer, unless an element around says so as well."""
        self.preformatted = max(0, self.preformatted - 1)

    def end_all(self) -> None:
        """End the page."""
        self._close(1)
        self._boxes.ends[0] = len(self._boxes)

    def _close(self, number: int) -> None:
        """Close all boxes from one of the open ones on."""
        while len(self._names) > number:
            self._pop()

    def _end_outer(self, name: str) -> None:
        """End an element in which others are open, unless it is one around a table that is."""
        names = self._names
        for number in range(len(names) - 2, 0, -1):
            if names[number + 1] in _BARRIERS and name not in _OF_TABLES:
                return
            if names[number] == name:
                self._close(number)
                return

    def _pop(self) -> None:
        """Close the innermost box; the page itself stays open."""
        names, numbers = self._names, self._numbers
        if len(names) > 1:
            names.pop()
            box = numbers.pop()
            self._boxes.ends[box] = len(self._boxes.tags)
            self.box = numbers[-1]
            if box in self._styled:
                self.end_preformatted()
