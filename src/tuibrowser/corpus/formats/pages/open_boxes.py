"""Open boxes: the elements that hold blocks and have not ended yet, where their end tags may be missing."""

from __future__ import annotations

import re
from typing import Final

from tuibrowser.corpus.formats.pages.blocks import Box

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
_PREFORMATTED: Final = re.compile(r"white-space\s*:\s*pre\b|\bbbs-screen\b")
"""What an element says whose line ends are shown; that of a bulletin board says so by its class."""


class OpenBoxes:
    """The boxes that are open: `box` is the number of the innermost one; line ends are shown where `preformatted`."""

    def __init__(self, boxes: list[Box]) -> None:
        """Begin with the page itself, the first of `boxes`, to which those that begin are added."""
        self.box = self.preformatted = 0
        self._boxes = boxes
        self._open: list[tuple[str, int]] = [("body", 0)]
        self._counts: dict[str, int] = {}
        self._styled: set[int] = set()
        """Boxes whose style says that they are preformatted."""

    def begin(self, tag: str, written: str) -> None:
        """Open a box, which ends a paragraph."""
        if self._open[-1][0] == "p":
            self._pop()
        if len(self._open) < _DEEPEST:
            boxes = self._boxes
            boxes.append(Box(tag, written, self.box))
            self.box = len(boxes) - 1
            if ("pre" in written or "bbs-" in written) and _PREFORMATTED.search(written):
                self.preformatted += 1
                self._styled.add(self.box)
            self._open.append((tag, self.box))
            self._counts[tag] = self._counts.get(tag, 0) + 1

    def end(self, tag: str) -> None:
        """End an element, if it is open."""
        if self._open[-1][0] == tag:
            self._pop()
        elif self._counts.get(tag):
            self._end_outer(tag)

    def end_like(self, tag: str) -> None:
        """End the element that ends where one of its like begins."""
        like = LIKE[tag]
        for number in range(len(self._open) - 1, 0, -1):
            opened = self._open[number][0]
            if opened in like:
                while len(self._open) > number:
                    self._pop()
            elif opened in _WITHIN:
                return

    def end_preformatted(self) -> None:
        """Show line ends no longer, unless an element around says so as well."""
        self.preformatted = max(0, self.preformatted - 1)

    def _end_outer(self, tag: str) -> None:
        """End an element in which others are open, unless it is one around a table that is."""
        for number in range(len(self._open) - 2, 0, -1):
            inner = self._open[number + 1][0]
            if inner in _BARRIERS and tag not in _OF_TABLES:
                return
            if self._open[number][0] == tag:
                while len(self._open) > number:
                    self._pop()
                return

    def _pop(self) -> None:
        """Close the innermost box; the page itself stays open."""
        if len(self._open) > 1:
            tag, box = self._open.pop()
            self._counts[tag] -= 1
            self.box = self._open[-1][1]
            if box in self._styled:
                self.end_preformatted()
