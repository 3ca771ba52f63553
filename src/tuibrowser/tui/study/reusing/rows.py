"""Rows: the list of shared passages, which are placed when they come into sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.message import Message

from tuibrowser.corpus.works.naming import full_title
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import shown
from tuibrowser.reading.harmless import harmless
from tuibrowser.study.reuse.words import RELATIONS
from tuibrowser.tui.widgets.line_list import LineList
from tuibrowser.tui.widgets.strips import PLAIN, fit_middle, one_line, strip_of, styled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.strip import Strip

    from tuibrowser.search.reuse.model import Standing
    from tuibrowser.study.reuse.placed import PlacedPassage

BLOCK: Final = 200
"""Rows that are placed together."""

_TITLE: Final = 30
_NARROW_TITLE: Final = 20
_NARROW: Final = 100
"""Cells of a title, and the width below which it has fewer."""


class PassageRows(LineList, can_focus=True):
    """A row for each passage: how many characters, in how many places, the other document, and the words."""

    DEFAULT_CSS = """
    PassageRows { height: 1fr; }
    """

    @dataclass
    class Wanted(Message):
        """The rows of a block are to be seen and not there yet."""

        block: int

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._placed: dict[int, PlacedPassage] = {}
        self._asked_for: set[int] = set()
        self._names_both = False

    @property
    def row_count(self) -> int:
        """How many passages there are."""
        return self._count

    @property
    def current(self) -> PlacedPassage | None:
        """The passage under the cursor, as far as it is known."""
        return self._placed.get(self.cursor)

    def show(self, count: int, first: Sequence[PlacedPassage], *, names_both: bool = False) -> None:
        """Show passages from the first on; with both documents where these are not all of one."""
        self._count, self._names_both = count, names_both
        self._placed = dict(enumerate(first))
        self._asked_for = set()
        self.rows_changed(0)

    def forget_asked(self) -> None:
        """Ask again for rows that are to be seen and not there: what was asked for does not come."""
        self._asked_for.clear()

    def take(self, block: int, rows: Sequence[PlacedPassage]) -> None:
        """Take up the rows of a block."""
        self._placed.update(enumerate(rows, block * BLOCK))
        self.refresh()

    def draw_row(self, row: int, width: int, cursor: bool) -> Strip:
        """Draw a passage; one that is not known yet is asked for."""
        base = self.style("cursor") if cursor else PLAIN
        placed = self._placed.get(row)
        if placed is None:
            if (block := row // BLOCK) not in self._asked_for:
                self._asked_for.add(block)
                self.post_message(self.Wanted(block))
            return strip_of([Segment(" …", base)], width)
        quiet = base + self.style("dim")
        more = f"+{placed.shared.count - 1:,}" if placed.shared.count > 1 else ""
        cells = _TITLE if width >= _NARROW else _NARROW_TITLE
        name = self._titles(placed, cells)
        name += " " * (cells - cell_width(name))
        head = f"{placed.shared.matched:>6,} {more:>6} "
        words = marked_words(placed.shared.own, base, base + self.style("match"), width)
        return strip_of([Segment(head, quiet), Segment(f"{name} ", base), *words], width)

    def _titles(self, placed: PlacedPassage, cells: int) -> str:
        """The other document, or both of them, after the word that says which is older."""
        told = f"{shown(RELATIONS[placed.other_is])} " if placed.other_is else ""
        other, cells = harmless(full_title(placed.other)), cells - cell_width(told)
        if not self._names_both:
            return told + fit_middle(other, cells)
        half = (cells - 3) // 2
        return f"{told}{fit_middle(harmless(full_title(placed.document)), half)} · {fit_middle(other, half)}"


def marked_words(standing: Standing, base: Style, match: Style, cells: int, before: int = 0) -> list[Segment]:
    """The text of a passage from its first run on, with the runs marked, and so many code points before it."""
    start = max(0, standing.spans[0][0] - before)
    text = harmless(one_line(standing.text))
    end = min(len(text), start + cells)
    return styled(text, start, end, [(*span, match) for span in standing.spans], base)
