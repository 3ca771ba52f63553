"""The line of the query, and what of pasted text stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widgets import Input

from tuibrowser.search.patterns.written import as_text
from tuibrowser.settings.commands import Place
from tuibrowser.tui.keys.bindings import bindings_of

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

SEVERAL = 2
LONGEST_PASSAGE = 2_000
"""Characters of pasted lines that are searched for as one passage, as many as a search looks at."""


class QueryField(Input):
    """The line of the query. Its keys that act on the list are the panel's."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.FIELD)

    @dataclass
    class Asked(Message):
        """A key of the field asks the panel for something: the panel's action by its name, with an argument."""

        action: str
        argument: int = 0

    def action_move(self, rows: int) -> None:
        """Ask for another hit of the list."""
        self.post_message(self.Asked("move", rows))

    def action_move_pages(self, pages: int) -> None:
        """Ask for a hit a page further."""
        self.post_message(self.Asked("move_pages", pages))

    def action_to_list(self) -> None:
        """Ask for the list."""
        self.post_message(self.Asked("to_list"))

    def action_stay(self) -> None:
        """Ask to stay at the hit."""
        self.post_message(self.Asked("stay"))

    def action_back(self) -> None:
        """Ask to return."""
        self.post_message(self.Asked("back"))

    def _on_paste(self, event: events.Paste) -> None:
        """Take several pasted lines for one passage; Input itself keeps the first line only."""
        event.prevent_default()
        event.stop()
        self.replace(as_query(event.text), *self.selection)


def as_query(pasted: str) -> str:
    """Pasted text on one line; terminals end lines with CR as well as LF. Lines of Chinese join without a space."""
    lines = [line.strip() for line in pasted.strip().splitlines()]
    if len(lines) < SEVERAL:
        return as_text(pasted.strip("\r\n"))
    passage = "".join(f" {line} " if line.isascii() else line for line in lines if line)
    return " ".join(passage.split())[:LONGEST_PASSAGE]
