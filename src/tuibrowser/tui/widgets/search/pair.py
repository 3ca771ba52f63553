"""Pair: a passage that was asked for and the parallel under the cursor, character under character or beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import tr
from tuibrowser.study.collating.rows import Look, rows_of
from tuibrowser.tui.widgets.grounded import Grounded
from tuibrowser.tui.widgets.strips import PLAIN, fit, strip_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.strip import Strip

    from tuibrowser.study.collating.rows import Piece
    from tuibrowser.study.pairing import Pairing

_MARGIN: Final = 2
_BETWEEN: Final = 3
_BESIDE: Final = 100
"""Cells from which the passage and the parallel stand side by side."""
_STYLES: Final = {Look.CHANGED: "changed", Look.ALONE: "changed", Look.GAP: "quiet", Look.ASIDE: "quiet"}


class AlignedPair(Grounded):
    """Says how much a parallel shares, and shows both texts; it takes no more than a third of the panel."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"aligned-pair--changed", "aligned-pair--quiet"}

    DEFAULT_CSS = """
    AlignedPair {
        height: 3;
        display: none;
        & > .aligned-pair--changed { text-style: bold underline; color: $warning; }
        & > .aligned-pair--quiet { text-style: $quiet; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._pairing: Pairing | None = None
        self._cells = 0
        self._lines: list[tuple[Sequence[Piece], ...]] = []

    def show(self, pairing: Pairing | None, width: int, most: int) -> None:
        """Show a pairing in so many cells and at most so many lines; nothing where there is none."""
        self._pairing, self._cells = pairing, width
        self.display = pairing is not None
        if pairing is not None:
            self._set()
            # A height of its own for each parallel would lay the panel out anew at each step: it only grows.
            wanted = min(max(3, most), 1 + len(self._lines))
            height = self.styles.height
            if height is None or height.value < wanted:
                self.styles.height = wanted
            self.refresh()

    def on_resize(self) -> None:
        """Set the texts in the new width."""
        self._cells = self.size.width
        self._set()

    def _set(self) -> None:
        """Set both texts: a line of the screen is a piece of each, or of the one with that of the other below it."""
        if self._pairing is None:
            return
        width = self._cells
        is_beside = width >= _BESIDE
        cells = (width - _MARGIN - _BETWEEN) // 2 if is_beside else width - _MARGIN
        rows = [
            row
            for sheet in self._pairing.sheets
            for line in range(len(sheet))
            for row in rows_of(sheet, line, max(2, cells), {})
        ]
        self._lines = [
            line for row in rows for line in ([(row.one, row.other)] if is_beside else [(row.one,), (row.other,)])
        ]

    def draw_line(self, y: int) -> Strip:
        """Draw what is shared, or a line of the texts."""
        width = self.size.width
        if self._pairing is None or y > len(self._lines):
            return strip_of([], width)
        if y == 0:
            return strip_of([Segment("  " + fit(self._words(self._pairing), width - 3), self._style("quiet"))], width)
        segments = [Segment(" " * _MARGIN)]
        for number, pieces in enumerate(self._lines[y - 1]):
            if number:
                used = sum(cell_width(segment.text) for segment in segments)
                segments.append(Segment(" " * max(1, (width - _MARGIN - _BETWEEN) // 2 + _MARGIN + _BETWEEN - used)))
            segments += [Segment(piece.text, self._look(piece)) for piece in pieces]
        return strip_of(segments, width)

    def _words(self, pairing: Pairing) -> str:
        words = tr(
            "{matched} of {size} characters alike ({cover:.0%}), {unlike} unlike: score {score}",
            matched=pairing.matched,
            size=pairing.size,
            cover=pairing.cover,
            unlike=pairing.matched - pairing.score,
            score=pairing.score,
        )
        shown, lines = self.size.height - 1, len(self._lines)
        return (
            tr("{words} · {shown} of {lines} lines", words=words, shown=shown, lines=lines) if shown < lines else words
        )

    def _look(self, piece: Piece) -> Style:
        return self._style(_STYLES[piece.look]) if piece.look in _STYLES else PLAIN

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"aligned-pair--{name}", partial=True)
