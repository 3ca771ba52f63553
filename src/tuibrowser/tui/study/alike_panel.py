"""The panel of the words used like one, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from rich.segment import Segment

from tuibrowser.language.i18n import many, shown, tr
from tuibrowser.reading.lines.wrapped import wrapped
from tuibrowser.settings.commands import Place
from tuibrowser.study.alike import why_none
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.widgets.desk_panel import RowsPanel
from tuibrowser.tui.widgets.line_list import LineList
from tuibrowser.tui.widgets.strips import strip_of

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from tuibrowser.search.likeness.model import SimilarWords


class AlikeRows(LineList, can_focus=True):
    """A row for the word itself, then one for each word like it, and what that means."""

    def __init__(self) -> None:
        super().__init__()
        self._found: SimilarWords | None = None
        self._rows: list[tuple[str, str]] = []
        """The text of each row, and the word it is of; empty where it is of none."""

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def word(self) -> str:
        """The word of the row with the cursor; empty where it has none."""
        return self._rows[self.cursor][1] if self.cursor < len(self._rows) else ""

    def show(self, found: SimilarWords) -> None:
        """Show the words used like one."""
        self._found = found
        self._break()
        self.rows_changed(0)

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._break()
        self.rows_changed(self.cursor)

    def draw_row(self, row: int, width: int, cursor: bool) -> Strip:
        """A row, the first one bold."""
        style = self.style("cursor" if cursor else "header") if cursor or row == 0 else None
        return strip_of([Segment(self._rows[row][0], style)], width)

    def _break(self) -> None:
        if (found := self._found) is None:
            return
        counts = [f"{row.count:,}" for row in found.rows]
        width = max(map(len, counts), default=0)
        self._rows = [(tr("{word}: {times} as a word", word=found.word, times=many(found.count, "time")), found.word)]
        self._rows += [
            (f"{row.likeness:.2f} {count:>{width}} {row.word}", row.word)
            for row, count in zip(found.rows, counts, strict=True)
        ]
        words = (
            shown(why_none(found))
            if not found.rows
            else tr("1: the same words stand beside both, which may be opposites too")
        )
        self._rows += [(line, "") for line in ["", *wrapped(words, max(1, self.size.width))]]


class Asker(Protocol):
    """What the panel asks of the desk."""

    def show(self, word: str) -> None:
        """Show the words used like another one."""

    def back(self) -> None:
        """Go back to the word before."""

    def search(self, word: str) -> None:
        """Search for a word."""

    def close(self) -> None:
        """Take up that the panel was closed."""


class AlikePanel(RowsPanel):
    """Shows the words used like one."""

    PLACE = Place.ALIKE
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.ALIKE)
    rows: AlikeRows

    def __init__(self, asker: Asker) -> None:
        super().__init__()
        self._asker = asker
        self.rows = AlikeRows()

    def compose(self) -> ComposeResult:
        """The rows."""
        yield self.rows

    def on_hide(self) -> None:
        """The panel was closed."""
        self._asker.close()

    def action_go_on(self) -> None:
        """Show the words used like the one here."""
        if self.rows.word:
            self._asker.show(self.rows.word)

    def action_go_back(self) -> None:
        """Go back to the word before."""
        self._asker.back()

    def action_search(self) -> None:
        """Search for the word here."""
        if self.rows.word:
            self._asker.search(self.rows.word)
