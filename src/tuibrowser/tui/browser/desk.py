"""What a desk is, and what a desk or a part of the browser may ask of the browser.

A desk is a capability of its own: its commands, what they do and, if it has one, its panel. It knows the browser by the
protocol here alone, so that a desk is added without a change to the screen, and is tested without one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual.screen import ModalScreen

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document, Position
    from tuibrowser.language.i18n import Message
    from tuibrowser.reading.lines.above import Readings
    from tuibrowser.reading.views.render import ViewedParagraph, ViewedText
    from tuibrowser.reading.views.view import View
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.search.values import Missing, Reach
    from tuibrowser.settings.commands import Command
    from tuibrowser.settings.config import Config
    from tuibrowser.tui.widgets.desk_panel import DeskPanel
    from tuibrowser.tui.widgets.pane.marked import MarkedSpan
    from tuibrowser.tui.work.memory import Memory
    from tuibrowser.tui.work.request import Request
    from tuibrowser.tui.work.tasks import Progress, Task

    Actions = Mapping[str, Callable[[], object]]
    """What commands do, by their ids; what an action returns is awaited where it can be."""

Answer = TypeVar("Answer")
Result = TypeVar("Result")


NOT_IN_PAGE: Final = plain("a reader in a web page writes no files and starts no programs")
"""What is said instead of doing what only a reader at the machine itself may do."""


class Side(StrEnum):
    """Where the panel of a desk is shown."""

    BESIDE = "beside"
    BELOW = "below"
    ABOVE = "above"
    """Where the search panel is: the outline makes way, and where the screen is low the text does too."""
    INSTEAD = "instead"
    """In the place of the text and the outline."""


@frozen
class Passage:
    """A stretch of a document's raw text, in code points, and the text as it is shown."""

    document: Document
    text: ViewedText
    start: int
    end: int
    is_selected: bool = False
    """Whether the reader selected it; else it is the current paragraph."""

    @property
    def words(self) -> str:
        """The stretch of the raw text."""
        return self.text.source.raw[self.start : self.end]


class Browser(Protocol):
    """The browser as a desk knows it."""

    @property
    def is_loaded(self) -> bool:
        """Whether all documents were read."""

    @property
    def in_page(self) -> bool:
        """Whether it is shown in a web page, whose reader writes no files here and starts no programs."""

    @property
    def corpus(self) -> Corpus | None:
        """The corpus; None until its files are found."""

    @property
    def searcher(self) -> Searcher | None:
        """The searcher of the corpus; None until a part of it can be searched."""

    @property
    def reach(self) -> Reach | None:
        """How much of the corpus can be searched, as far as that is known; nobody is asked for it."""

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The parts of the corpus that do not answer."""

    def partly(self, do: Callable[[], object], missing: Sequence[Missing] = ()) -> None:
        """Do what is to be cited or kept, with the parts of the corpus that answer.

        Where others are missing now, or were when it was counted, the reader is asked first.
        """

    @property
    def commands(self) -> tuple[Command, ...]:
        """All commands, with the keys the reader has."""

    @property
    def view(self) -> View:
        """How the reader looks at texts."""

    @property
    def query(self) -> str:
        """The last query; empty where there was none."""

    @property
    def scope(self) -> Scope:
        """Where the reader searches, and in which order hits are listed."""

    @property
    def passage(self) -> Passage | None:
        """The selection, else the current paragraph; None where no text is shown."""

    @property
    def config(self) -> Config:
        """What the reader has set."""

    @property
    def memory(self) -> Memory:
        """What is kept for the reader."""

    @property
    def position(self) -> Position | None:
        """The position of the character at the top of the text; None where no text is shown."""

    def key(self, name: str) -> str:
        """The key to name in a message for the command of an id."""

    def say(self, words: str, *, error: bool = False) -> None:
        """Tell the reader, in the status line."""

    def ask(self, dialog: ModalScreen[Answer], done: Callable[[Answer | None], None] | None = None) -> None:
        """Open a dialog; `done` is called with what it gives back."""

    def open(self, request: Request) -> None:
        """Show a place."""

    def jump(self, request: Request, left: Position | None = None) -> None:
        """Show a place, and keep the one that is left to come back to: the one shown, or another."""

    def search(self, words: str) -> None:
        """Open the search panel and search for words."""

    def copy(self, make: Callable[[], str], words: str) -> None:
        """Make a passage and send it to the clipboard beside the event loop; `words` say of what kind it is."""

    def work(
        self,
        job: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[], None] | None = None,
    ) -> Task:
        """Do a job in a thread; `done` takes what it returns on the event loop.

        A job that raises is told to the reader; one that is cancelled ends without a word. `failed` is called for both.
        """

    def mark(self, owner: str, spans: Iterable[MarkedSpan]) -> None:
        """Mark spans of the raw text shown, instead of those that the same owner marked before."""

    def set_readings(self, read: Callable[[ViewedParagraph, bool], Readings] | None) -> None:
        """Show readings above the text: what `read` gives for a paragraph, and whether it is the current one."""

    def show_panel(self, panel: DeskPanel, side: Side = Side.BELOW) -> None:
        """Show the panel of a desk, in the place of another's, and give it the focus; Esc gives that back."""

    def close_panel(self) -> None:
        """Take the panel away, and give the focus back to the text."""


class Inside(Browser, Protocol):
    """The browser as its own parts know it."""

    @property
    def is_opening(self) -> bool:
        """Whether a place that was asked for is still being read."""

    def note(self, words: str) -> None:
        """Tell the reader, unless something stands in the status line that must not be missed."""

    def unsay(self, words: str | None = None) -> None:
        """Take the message away, or this one only."""

    def retry_search(self) -> None:
        """Search again where there was no answer."""

    def show_place(self) -> None:
        """Show where the reader is."""

    def focus_text(self) -> None:
        """Give the focus to the text."""

    def mark_hits(self) -> None:
        """Have the hits in the document shown marked, if they are to be."""


@frozen
class Desk:
    """A capability to be added to the browser.

    `name` is the place of the keys that its panel has, `title` what the help calls them; a desk without a panel has
    neither. `commands` are all of its commands; those for everywhere are carried out by what `make` returns. That is
    called when the first of them is wanted, so that a desk costs nothing before.
    """

    commands: tuple[Command, ...]
    make: Callable[[Browser], Actions]
    name: str = ""
    title: Message | None = None
