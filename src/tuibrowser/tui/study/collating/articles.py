"""Articles: the list of the articles that another version of a law adds, deletes, changes and moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import shown
from tuibrowser.reading.harmless import harmless
from tuibrowser.study.collating.listed import ARTICLE_NAMES
from tuibrowser.tui.widgets.line_list import LineList
from tuibrowser.tui.widgets.strips import PLAIN, fit, strip_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.strip import Strip

    from tuibrowser.study.collating.articles import ArticleChange


class ArticleRows(LineList, can_focus=True):
    """What became of each article, in the order of the second text."""

    DEFAULT_CSS = """
    ArticleRows { height: 1fr; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._changes: Sequence[ArticleChange] = ()

    @property
    def row_count(self) -> int:
        """How many there are."""
        return len(self._changes)

    @property
    def current(self) -> ArticleChange | None:
        """The one under the cursor."""
        return self._changes[self.cursor] if 0 <= self.cursor < len(self._changes) else None

    def show(self, changes: Sequence[ArticleChange]) -> None:
        """Show the changes of a collation."""
        if changes is not self._changes:
            self._changes = changes
            self.rows_changed(0)

    def draw_row(self, row: int, width: int, cursor: bool) -> Strip:
        """Draw what became of an article."""
        change = self._changes[row]
        base = self.style("cursor") if cursor else PLAIN
        names = " → ".join(dict.fromkeys(harmless(name) for name in (change.a, change.b) if name))
        lines = f"{change.a_line or '-'} | {change.b_line or '-'}"
        words = fit(f"{shown(ARTICLE_NAMES[change.kind])}  {names}", width - len(lines) - 4)
        gap = " " * max(1, width - cell_width(words) - len(lines) - 3)
        return strip_of([Segment(f"  {words}{gap}", base), Segment(lines, base + self.style("dim"))], width, base)
