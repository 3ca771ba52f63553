"""Definitions: the panel of the dictionary, which shows what a word is, and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from rich.segment import Segment

from tuibrowser.lexicon.lines import definition_lines
from tuibrowser.reading.lines.wrapped import wrapped
from tuibrowser.settings.commands import Place
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.widgets.desk_panel import RowsPanel
from tuibrowser.tui.widgets.line_list import LineList
from tuibrowser.tui.widgets.strips import strip_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from tuibrowser.lexicon.define import Definition
    from tuibrowser.lexicon.lines import Line


class DefinitionRows(LineList, can_focus=True):
    """The lines of a definition, broken at the width of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Line] = ()
        self._rows: list[tuple[str, bool]] = []

    @property
    def row_count(self) -> int:
        """How many lines there are."""
        return len(self._rows)

    def show(self, found: Definition, *, is_new: bool) -> None:
        """Show a definition; one that is new from its beginning."""
        self._lines = tuple(definition_lines(found))
        self._break()
        self.rows_changed(0 if is_new else self.cursor)

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._break()
        self.rows_changed(self.cursor)

    def draw_row(self, row: int, width: int, cursor: bool) -> Strip:
        """A line, bold where it names a word or a character."""
        text, is_head = self._rows[row]
        style = self.style("cursor" if cursor else "header") if cursor or is_head else None
        return strip_of([Segment(text, style)], width)

    def _break(self) -> None:
        width = max(1, self.size.width)
        self._rows = [
            (f"{indent}{piece}", line.is_head)
            for line in self._lines
            for indent in (" " * (len(line.text) - len(line.text.lstrip())),)
            for piece in wrapped(line.text.strip(), max(1, width - len(indent)))
        ]


class Reader(Protocol):
    """What the panel asks of the desk."""

    def walk(self, words: int) -> None:
        """Go to another word of the text."""

    def search(self) -> None:
        """Search for the word."""

    def follow(self) -> None:
        """Take up that the reader may have moved."""

    def close(self) -> None:
        """Take up that the panel was closed."""


class DefinitionPanel(RowsPanel):
    """Shows what a word is."""

    PLACE = Place.DICTIONARY
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.DICTIONARY)
    rows: DefinitionRows

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        self.rows = DefinitionRows()

    def compose(self) -> ComposeResult:
        """The lines of the definition."""
        yield self.rows

    def follow(self) -> None:
        """Show the word where the reader is now."""
        self._reader.follow()

    def on_hide(self) -> None:
        """The panel was closed."""
        self._reader.close()

    def action_walk(self, words: int) -> None:
        """Go to another word of the text."""
        self._reader.walk(words)

    def action_search(self) -> None:
        """Search for the word."""
        self._reader.search()
