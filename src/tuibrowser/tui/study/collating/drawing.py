"""Drawing: a row of a sheet as a line of the screen, one text beside the other or below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.segment import Segment

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import shown
from tuibrowser.study.collating.rows import Look
from tuibrowser.study.collating.stretches import NONE
from tuibrowser.tui.study.collating.words import moved_words, omitted_words
from tuibrowser.tui.widgets.strips import PLAIN, fit, narrow, one_line, strip_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual.strip import Strip

    from tuibrowser.study.collating.rows import Note, Piece, Row
    from tuibrowser.tui.study.collating.collated import Collated

MARGIN: Final = 1
"""Cells before a row: the mark of the difference the reader is at."""
BETWEEN: Final = 3
"""Cells between two texts that stand side by side,"""
LABEL: Final = 3
"""and those before each of them where one stands below the other."""
LEAST_BESIDE: Final = 100
"""Cells from which the texts stand side by side."""

_STYLES: Final = {
    Look.CHANGED: "changed",
    Look.ALONE: "alone",
    Look.VARIANT: "variant",
    Look.MOVED: "moved",
    Look.ASIDE: "quiet",
    Look.GAP: "quiet",
}


def cells_of(width: int, *, is_beside: bool) -> int:
    """The cells of a text on a screen of so many."""
    return (width - MARGIN - BETWEEN) // 2 if is_beside else width - MARGIN - LABEL


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws rows. `style` gives the style of a name, `current` is the number of the difference the reader is at."""

    style: Callable[[str], Style]
    shown: Collated
    current: int
    is_beside: bool

    def line(self, row: Row, at: int, width: int) -> Strip:
        """A line of the screen: of a row the line of so many."""
        if row.note is not None:
            return self._note(row, width)
        margin = self._margin(row)
        kind = sign(row)
        if self.is_beside:
            cells = cells_of(width, is_beside=True)
            between = Segment(f" {kind} ", self.style("quiet"))
            return strip_of([margin, *self._side(row.one, cells), between, *self._side(row.other, cells)], width)
        side = row.sides[at]
        is_both = len(row.sides) == 1 and kind in " m~"
        label = " " if is_both and not _is_arrival(row) else "ab"[side]
        pieces = row.other if side else row.one
        return strip_of([margin, Segment(f"{label}{kind} ", self.style("quiet")), *self._side(pieces, width)], width)

    def _margin(self, row: Row) -> Segment:
        is_here = self.current in row.numbers
        return Segment(narrow("▌", ">") if is_here else " ", self.style("here") if is_here else PLAIN)

    def _side(self, pieces: Sequence[Piece], cells: int) -> list[Segment]:
        segments = [Segment(piece.text, self._style(piece)) for piece in pieces]
        used = sum(cell_width(piece.text) for piece in pieces)
        return [*segments, Segment(" " * (cells - used), PLAIN)]

    def _style(self, piece: Piece) -> Style:
        style = self.style(_STYLES[piece.look]) if piece.look in _STYLES else PLAIN
        if piece.number != NONE and piece.number == self.current and piece.look is not Look.MOVED:
            return style + self.style("current")
        return style

    def _note(self, row: Row, width: int) -> Strip:
        assert row.note is not None
        names = [words for words in (row.note.one, row.note.other) if words]
        if row.note.moved == NONE and all(map(self.shown.is_name, names)):
            return self._names(row.note, width)
        if row.note.moved == NONE:
            return strip_of(
                [Segment(" "), Segment(fit(one_line(shown(omitted_words(row.note))), width - 2), self.style("quiet"))],
                width,
            )
        is_here = row.note.moved == self.current
        words = shown(moved_words(self.shown.made.differences[row.note.moved], is_arrival=row.note.is_arrival))
        style = self.style("moved") + self.style("current") if is_here else self.style("moved")
        mark = Segment(narrow("▌", ">") if is_here else " ", self.style("here") if is_here else PLAIN)
        return strip_of([mark, Segment(fit(words, width - 2), style)], width)

    def _names(self, note: Note, width: int) -> Strip:
        """The names of an article in both texts: a line of their own, which is not compared."""
        if self.is_beside:
            cells = cells_of(width, is_beside=True)
            left, right = fit(one_line(note.one), cells), fit(one_line(note.other), cells)
            words = f" {left}{' ' * (cells - cell_width(left) + BETWEEN)}{right}"
        elif note.one == note.other:
            words = f"    {fit(note.one, width - 5)}"
        else:
            named = zip("ab", (note.one, note.other), strict=True)
            words = " " + fit("   ".join(f"{siglum}  {name}" for siglum, name in named if name), width - 2)
        return strip_of([Segment(words, self.style("quiet"))], width)


def _is_arrival(row: Row) -> bool:
    """Whether a moved passage stands alone in a row."""
    return Look.MOVED in row.looks and Look.GAP in row.looks


def sign(row: Row) -> str:
    """The sign of what is in a row, as in `diff -y`: | other, < only in the first, > only in the second."""
    alone = {side for side, pieces in (("<", row.one), (">", row.other)) for each in pieces if each.look is Look.ALONE}
    if Look.CHANGED in row.looks or len(alone) > 1:
        return "|"
    if alone:
        return alone.pop()
    if Look.VARIANT in row.looks:
        return "~"
    return "m" if Look.MOVED in row.looks else " "
