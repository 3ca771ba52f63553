"""The list of hits, grouped by document."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Protocol

from rich.segment import Segment
from textual.message import Message

from tuibrowser.corpus.model import Layer
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import shown
from tuibrowser.search.answering.listing import listing_of_hits
from tuibrowser.search.kinds import HIT_KINDS, LAYER_NAMES
from tuibrowser.tui.widgets.line_list import LineList
from tuibrowser.tui.widgets.strips import PLAIN, fit, fit_end, fit_middle, narrow, strip_of, styled, take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.style import Style
    from textual.strip import Strip

    from tuibrowser.search.answering.listing import Listing
    from tuibrowser.search.model import Hit

SECTION_CELLS = 12
NARROW = 70
"""Below this width the list leaves out the sections."""


@dataclass(frozen=True, slots=True)
class HitLine:
    """A hit as the list shows it: its document's heading and name, its section, its text with the spans in it, and the
    layer of the text in which it begins."""

    hit: Hit
    heading: str
    document: str
    section: str
    text: str
    spans: tuple[tuple[int, int], ...]
    layer: Layer = Layer.TEXT


Where = tuple[int, tuple[tuple[int, int], ...]]


def where(hit: Hit) -> Where:
    """The place of a hit: its document and its first span."""
    return hit.document, hit.spans[:1]


@dataclass(slots=True)
class Marks:
    """Which hits are marked: those that stand apart, or all others."""

    others: bool = False
    apart: set[Where] | frozenset[Where] = field(default_factory=set)

    @property
    def are_none(self) -> bool:
        """Whether none is marked."""
        return not self.others and not self.apart

    @property
    def are_all(self) -> bool:
        """Whether all are marked."""
        return self.others and not self.apart

    def holds(self, hit: Hit) -> bool:
        """Whether a hit is marked."""
        return (where(hit) in self.apart) != self.others

    def toggle(self, hit: Hit) -> None:
        """Mark a hit, or take its mark away."""
        self.apart = set(self.apart) ^ {where(hit)}


class Hits(Protocol):
    """Hits that are made when they are asked for, and their number."""

    def __iter__(self) -> Iterator[Hit]: ...

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Chosen:
    """The marked hits of a listing, which are made when they are asked for."""

    listing: Listing
    marks: Marks

    def __iter__(self) -> Iterator[Hit]:
        return (hit for hit in self.listing if self.marks.holds(hit))

    def __len__(self) -> int:
        return len(self.listing) - len(self.marks.apart) if self.marks.others else len(self.marks.apart)


class HitList(LineList, can_focus=True):
    """Hits under a line for each document; the cursor stands on hits only. Its keys are the search panel's."""

    @dataclass
    class LinesWanted(Message):
        """The text of some hits of a listing is to be seen and not there yet."""

        listing: Listing
        indices: Sequence[int]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._listing = listing_of_hits(())
        self._lines: dict[int, HitLine] = {}
        self._headed: dict[str, set[int]] = {}
        """The documents under each heading, as far as they are known."""
        self._marks = Marks()
        self._folded: set[int] = set()
        """The numbers of the documents whose hits are folded away."""
        self._tops: list[int] = [0]
        """The row of each document's line, and at last how many rows there are."""
        self._is_asking = False

    def show(self, listing: Listing, kept: Hit | None, lines: dict[int, HitLine]) -> None:
        """Show hits with the text of some by their index; those that were marked stay so in another order.

        The cursor goes to the hit that was `kept`, else to the first.
        """
        known = {where(line.hit): line for line in self._lines.values()}
        self._listing = listing
        # Until their text comes, hits that were shown before look as they did: nothing flickers, and no byte is sent.
        shown = listing.hits(0, min(self.size.height, len(listing))) if known else ()
        places = ((index, where(hit)) for index, hit in enumerate(shown))
        self._lines = {index: known[place] for index, place in places if place in known} | lines
        self._headed = {}
        self._note_headings(self._lines.values())
        self._lay_out()
        self._top = 0
        index = listing.index_of(kept) if kept is not None else None
        self.rows_changed(self._row_of(index or 0))

    def _lay_out(self) -> None:
        """Work out on which row each document's line is."""
        listing = self._listing
        sizes = (
            1 if number in self._folded else 1 + end - start
            for number, (start, end) in zip(listing.documents, pairwise(listing.begins), strict=True)
        )
        self._tops = list(accumulate(sizes, initial=0))

    def _at(self, row: int) -> tuple[int, int]:
        """The place in the listing of the document of a row, and the index of its hit, -1 for a document's line."""
        document = bisect_right(self._tops, row) - 1
        below = row - self._tops[document]
        return document, self._listing.begins[document] + below - 1 if below else -1

    def _row_of(self, index: int) -> int:
        """The row of a hit, or of its document's line where it is folded away."""
        if not len(self._listing):
            return 0
        document = bisect_right(self._listing.begins, index) - 1
        if self._listing.documents[document] in self._folded:
            return self._tops[document]
        return self._tops[document] + 1 + index - self._listing.begins[document]

    def add_lines(self, listing: Listing, lines: dict[int, HitLine]) -> None:
        """Take up the text of hits of a listing, by their index."""
        if listing is self._listing:
            self._lines |= lines
            self._note_headings(lines.values())
            self.refresh()

    @property
    def current(self) -> Hit | None:
        """The hit under the cursor; on the line of a folded document its first."""
        index = self.current_index
        return self._hit(index) if index is not None else None

    @property
    def current_index(self) -> int | None:
        """The index of that hit."""
        if not 0 <= self.cursor < self.row_count:
            return None
        document, index = self._at(self.cursor)
        return index if index >= 0 else self._listing.begins[document]

    def _hit(self, index: int) -> Hit:
        line = self._lines.get(index)
        return line.hit if line is not None else self._listing.hits(index, index + 1)[0]

    def hit_at(self, row: int) -> Hit | None:
        """The hit on a row; None for a document's line that is not folded."""
        if not 0 <= row < self.row_count or not self.can_stop_at(row):
            return None
        document, index = self._at(row)
        return self._hit(index if index >= 0 else self._listing.begins[document])

    # Folding

    def fold(self, *, all_documents: bool = False) -> None:
        """Fold the hits of the document under the cursor away, or those of all."""
        self._change_folds(all_documents, self._folded.update)

    def unfold(self, *, all_documents: bool = False) -> None:
        """Show them again."""
        self._change_folds(all_documents, self._folded.difference_update)

    def _change_folds(self, all_documents: bool, change: Callable[[Iterable[int]], None]) -> None:
        if (index := self.current_index) is None:
            return
        document = bisect_right(self._listing.begins, index) - 1
        change(self._listing.documents if all_documents else [self._listing.documents[document]])
        self._lay_out()
        self.rows_changed(self._row_of(index))

    def unfold_all(self) -> None:
        """Fold nothing, as for a new query."""
        self._folded = set()

    # Marks

    def toggle_mark(self) -> None:
        """Mark the hit under the cursor, or take its mark away, and go on to the next."""
        if (hit := self.current) is not None:
            self._marks.toggle(hit)
            self.refresh()
            self.action_move(1)

    def mark_all(self) -> None:
        """Mark all hits, or none where all are marked."""
        self._marks = Marks() if self._marks.are_all else Marks(others=True)
        self.refresh()

    def forget_marks(self) -> None:
        """Take all marks away."""
        self._marks = Marks()

    @property
    def chosen(self) -> Hits:
        """The marked hits in the order shown, or without marks the one under the cursor; to be read in any thread."""
        if self._marks.are_none:
            return [self.current] if self.current is not None else []
        return Chosen(self._listing, replace(self._marks, apart=frozenset(self._marks.apart)))

    @property
    def row_count(self) -> int:
        """How many lines there are, documents' lines counted."""
        return self._tops[-1]

    def can_stop_at(self, row: int) -> bool:
        """Whether a row holds a hit, or a folded document."""
        document, index = self._at(row)
        return index >= 0 or self._listing.documents[document] in self._folded

    def draw_row(self, row: int, width: int, cursor: bool) -> Strip:
        """Draw a hit or a document's line."""
        document, index = self._at(row)
        line = self._lines.get(index if index >= 0 else self._listing.begins[document])
        if line is None and not self._is_asking:
            self._is_asking = True
            self.call_after_refresh(self._ask_for_lines)
        if index < 0:
            return self._draw_document(document, line, width, cursor)
        if line is None:
            mark = narrow("▌", ">") if cursor else " "
            return strip_of([Segment(mark, PLAIN), Segment("  …", self.style("dim"))], width)
        return self._draw_hit(line, width, cursor, self._marks.holds(line.hit))

    def _ask_for_lines(self) -> None:
        """Ask for the text of what is visible, and of as much before and after it."""
        self._is_asking = False
        height = max(1, self.size.height)
        rows = range(max(0, self._top - height), min(self.row_count, self._top + 2 * height))
        places = (self._at(row) for row in rows)
        wanted = {index if index >= 0 else self._listing.begins[document] for document, index in places}
        if missing := sorted(wanted.difference(self._lines)):
            self.post_message(self.LinesWanted(self._listing, missing))

    def _note_headings(self, lines: Iterable[HitLine]) -> None:
        for line in lines:
            self._headed.setdefault(line.heading, set()).add(line.hit.document)

    def _draw_document(self, document: int, line: HitLine | None, width: int, cursor: bool) -> Strip:
        count = self._listing.places[document]
        heading = line.heading if line is not None else "…"
        room = width - len(str(count)) - 3
        if line is not None and len(self._headed.get(heading, ())) > 1:  # two rows that would look the same
            heading = f"{heading}  {line.document}"
        label = fit_middle(heading, room)
        gap = " " * (room - cell_width(label) + 1)
        base = self.style("cursor") if cursor else PLAIN
        header, dim = base + self.style("header"), base + self.style("dim")
        mark = narrow("▸", "+") if self._listing.documents[document] in self._folded else " "
        return strip_of([Segment(mark + label, header), Segment(f"{gap}{count}", dim)], width, base)

    def _draw_hit(self, line: HitLine, width: int, cursor: bool, marked: bool) -> Strip:
        base = self.style("cursor") if cursor else PLAIN
        more = f" +{line.hit.count - 1}" if line.hit.count > 1 else ""
        layer = f" {shown(LAYER_NAMES[line.layer])}" if line.layer in LAYER_NAMES else ""
        right = f"{layer} {shown(HIT_KINDS[line.hit.kind])}{more} ¶{line.hit.paragraph + 1} "
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
