"""The program as the browser's screen needs it, as a protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.settings.commands import Command
    from tuibrowser.tui.browser.desk import Desk


class Program(Protocol):
    """The program, as its screen knows it."""

    @property
    def desks(self) -> tuple[Desk, ...]:
        """The desks to be had in the browser."""

    @property
    def commands(self) -> tuple[Command, ...]:
        """All commands, those of the desks among them, with the keys the reader has."""

    @property
    def in_page(self) -> bool:
        """Whether it is shown in a web page."""

    @property
    def keys_seen(self) -> int:
        """How many keys were pressed."""

    def make_corpus(self) -> Corpus:
        """Find the files of the corpus that was asked for; off the event loop."""

    def copy_passage(self, make: Callable[[], str], words: str) -> None:
        """Make a passage and send it to the clipboard in a thread, then say so."""

    def show_help(self, place: str) -> None:
        """Show the keys, those of a place first."""

    def redraw(self) -> None:
        """Clear the terminal and draw everything again."""
