"""Panel: the head, the list and the pair, and the keys of reuse."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from tuibrowser.settings.commands import Place
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.study.reusing.lines import Pair, ReuseHead
from tuibrowser.tui.study.reusing.rows import PassageRows
from tuibrowser.tui.widgets.desk_panel import RowsPanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tuibrowser.study.reuse.placed import PlacedPassage, PlacedReuse
    from tuibrowser.tui.study.reusing.asked import Asked
    from tuibrowser.tui.widgets.line_list import LineList


class Keeper(Protocol):
    """What the panel asks of the desk."""

    def do(self, name: str) -> None:
        """Do what a key asks for."""

    def place(self, block: int) -> None:
        """Have the rows of a block placed."""

    def mark(self) -> None:
        """Mark the passage under the cursor in the text shown."""

    def close(self) -> None:
        """Take up that the panel was closed."""


class ReusePanel(RowsPanel):
    """Shows what is shared, and tells the desk what the reader wants."""

    DEFAULT_CSS = """
    ReusePanel { min-height: 8; }
    """
    PLACE = Place.REUSE
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.REUSE)
    rows: PassageRows

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self._keeper = keeper
        self.head = ReuseHead()
        self.rows = PassageRows()
        self.pair = Pair()

    def compose(self) -> ComposeResult:
        """The head, the list and the pair."""
        yield self.head
        yield self.rows
        yield self.pair

    def wait(self, asked: Asked) -> None:
        """Say what is looked for."""
        self.head.show(asked, None)
        self.rows.show(0, ())
        self.pair.show(None)

    def show(self, asked: Asked, found: PlacedReuse, first: Sequence[PlacedPassage]) -> None:
        """Show what was found."""
        self.head.show(asked, found)
        self.rows.show(len(found), first, names_both=asked.document is None)
        self.show_pair()

    def take(self, block: int, rows: Sequence[PlacedPassage]) -> None:
        """Take up rows that were asked for."""
        self.rows.take(block, rows)
        self.show_pair()

    def show_pair(self) -> None:
        """Show the pair under the cursor, and mark it in the text."""
        self.pair.show(self.rows.current)
        self._keeper.mark()

    def follow(self) -> None:
        """Mark the passage in the text that is shown now."""
        self._keeper.mark()

    def on_hide(self) -> None:
        """The panel was closed."""
        self._keeper.close()

    def on_passage_rows_wanted(self, message: PassageRows.Wanted) -> None:
        """Have rows placed."""
        message.stop()
        self._keeper.place(message.block)

    def on_line_list_highlighted(self, message: LineList.Highlighted) -> None:
        """Show the pair under the cursor."""
        message.stop()
        self.show_pair()

    def on_line_list_selected(self, message: LineList.Selected) -> None:
        """Show the pair that was clicked."""
        message.stop()
        self.show_pair()

    # Keys

    def action_do(self, name: str) -> None:
        """Have the desk do what a key asks for."""
        self._keeper.do(name)
