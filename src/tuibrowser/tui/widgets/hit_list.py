"""The list of hits, grouped by document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.i18n import shown
from tuibrowser.kinds import HIT_KINDS
from tuibrowser.tui.strips import PLAIN, fit, fit_end, fit_middle, narrow, strip_of, styled, take
from tuibrowser.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.style import Style
    from textual.strip import Strip

    from tuibrowser.search.model import Hit

SECTION_CELLS = 12
NARROW = 70
"""Below this width the list leaves out the sections."""


@dataclass(frozen=True, slots=True)
class HitLine:
    """A hit as the list shows it: its document's heading, its section, and its text with the spans in it."""

    hit: Hit
    heading: str
    section: str
    text: str
    spans: tuple[tuple[int, int], ...]


Where = tuple[int, tuple[tuple[int, int], ...]]


def where(hit: Hit) -> Where:
    """The place of a hit: its document and its first span."""
    return hit.document, hit.spans[:1]


def same_place(one: Hit, other: Hit) -> bool:
    """Whether two hits stand at the same place."""
    return where(one) == where(other)


def shown_order(hits: Sequence[Hit]) -> list[int]:
    """The indices of hits as the list shows them from top to bottom."""
    return [index for indices in _by_document(hits) for index in indices]


def _by_document(hits: Sequence[Hit]) -> Iterable[list[int]]:
    """The indices of the hits of each document, in the order of their best."""
    groups: dict[int, list[int]] = {}
    for index, hit in enumerate(hits):
        groups.setdefault(hit.document, []).append(index)
    return groups.values()


class HitList(LineList, can_focus=True):
    """Hits under a line for each document; the cursor stands on hits only. Its keys are the search panel's."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._hits: tuple[Hit, ...] = ()
        self._lines: dict[int, HitLine] = {}
        self._marked: set[Where] = set()
        self._counts: dict[int, int] = {}
        """Of each document how many places its hits stand for."""
        self._rows: list[tuple[int, int]] = []
        """For each row the hit's index, or (-1, index of the first hit below) for a document's line."""

    def show(self, hits: Sequence[Hit], cursor: int, lines: dict[int, HitLine]) -> None:
        """Show hits, best first, grouped by document in the order of their best, with the text of some by their index.

        The cursor goes to a hit; those that were marked stay so in another order.
        """
        known = {(line.hit.document, line.hit.paragraph): line for line in self._lines.values()}
        self._hits = tuple(hits)
        # Until their text comes, hits that were shown before look as they did: nothing flickers, and no byte is sent.
        places = ((index, (hit.document, hit.paragraph)) for index, hit in enumerate(self._hits))
        self._lines = {index: known[place] for index, place in places if place in known} | lines
        self._rows, self._counts = [], {}
        for indices in _by_document(self._hits):
            self._counts[self._hits[indices[0]].document] = sum(self._hits[index].count for index in indices)
            self._rows.append((-1, indices[0]))
            self._rows += [(index, index) for index in indices]
        self._top = 0
        row = next((row for row, (index, _) in enumerate(self._rows) if index == cursor), 0)
        self.rows_changed(row)

    def add_lines(self, lines: dict[int, HitLine]) -> None:
        """Take up the text of hits, by their index."""
        self._lines |= lines
        visible = self._rows[self._top : self._top + self.size.height]
        if any(first in lines for _, first in visible):
            self.refresh()

    @property
    def current(self) -> Hit | None:
        """The hit under the cursor."""
        index = self.current_index
        return self._hits[index] if index is not None else None

    @property
    def current_index(self) -> int | None:
        """The number of the hit under the cursor."""
        if not 0 <= self.cursor < len(self._rows):
            return None
        index = self._rows[self.cursor][0]
        return index if index >= 0 else None

    def hit_at(self, row: int) -> Hit | None:
        """The hit on a row; None for a document's line."""
        index = self._rows[row][0] if 0 <= row < len(self._rows) else -1
        return self._hits[index] if index >= 0 else None

    def toggle_mark(self) -> None:
        """Mark the hit under the cursor, or take its mark away, and go on to the next."""
        if (index := self.current_index) is not None:
            self._marked ^= {where(self._hits[index])}
            self.refresh()
            self.action_move(1)

    def forget_marks(self) -> None:
        """Take all marks away."""
        self._marked = set()

    @property
    def chosen(self) -> list[Hit]:
        """The marked hits in the order shown, or without marks the one under the cursor."""
        marked = [self._hits[index] for index, _ in self._rows if index >= 0 and self._is_marked(index)]
        return marked or ([self.current] if self.current is not None else [])

    def _is_marked(self, index: int) -> bool:
        return bool(self._marked) and where(self._hits[index]) in self._marked

    @property
    def row_count(self) -> int:
        """How many lines there are, documents' lines counted."""
        return len(self._rows)

    def can_stop_at(self, row: int) -> bool:
        """Whether a row holds a hit."""
        return self._rows[row][0] >= 0

    def draw_row(self, row: int, width: int, cursor: bool) -> Strip:
        """Draw a hit or a document's line."""
        index, first = self._rows[row]
        line = self._lines.get(index if index >= 0 else first)
        if index < 0:
            return self._draw_document(first, line, width)
        if line is None:
            return strip_of([Segment("   …", self.style("dim"))], width)
        return self._draw_hit(line, width, cursor, self._is_marked(index))

    def _draw_document(self, first: int, line: HitLine | None, width: int) -> Strip:
        document = self._hits[first].document
        count = self._counts[document]
        heading = line.heading if line is not None else "…"
        room = width - len(str(count)) - 3
        label = fit_middle(heading, room)
        gap = " " * (room - cell_width(label) + 1)
        return strip_of(
            [Segment(" " + label, self.style("header")), Segment(f"{gap}{count}", self.style("dim"))], width
        )

    def _draw_hit(self, line: HitLine, width: int, cursor: bool, marked: bool) -> Strip:
        base = self.style("cursor") if cursor else PLAIN
        more = f" +{line.hit.count - 1}" if line.hit.count > 1 else ""
        right = f" {shown(HIT_KINDS[line.hit.kind])}{more} ¶{line.hit.paragraph + 1} "
        section_room = SECTION_CELLS if width >= NARROW else 0
        section = fit(line.section, section_room)
        mark = (narrow("▌", ">") if cursor else " ") + ("* " if marked else "  ")
        left = f"{mark}{section}{' ' * (section_room - cell_width(section))} " if section_room else mark
        room = max(8, width - cell_width(left) - cell_width(right))
        context, used = self._snippet(line, room, base)
        gap = " " * max(0, room - used)
        dim = base + self.style("dim")
        return strip_of([Segment(left, dim), *context, Segment(gap, base), Segment(right, dim)], width, base)

    def _snippet(self, line: HitLine, room: int, base: Style) -> tuple[list[Segment], int]:
        """The text around the first span, the span a third from the left at most; and the cells it takes."""
        start, end = line.spans[0] if line.spans else (0, 0)
        after_cells = cell_width(line.text[end:])
        match = min(cell_width(line.text[start:end]), room)
        before_room = max((room - match) // 3, room - match - after_cells)
        before = fit_end(line.text[:start], before_room)
        cut = before.startswith("…") and cell_width(line.text[:start]) > before_room
        shown = take(line.text[start:], room - cell_width(before))
        segments = [Segment("…", base)] if cut else []
        from_ = start - (len(before) - 1 if cut else len(before))
        styles = [(a, b, self.style("match")) for a, b in line.spans]
        segments += styled(line.text, from_, start + len(shown), styles, base)
        return segments, cell_width(before) + cell_width(shown)
