"""A desk that only tests have: it lists the documents in which the first character of the passage stands."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment

from tuibrowser.language.i18n import plain, tr
from tuibrowser.settings.commands import commands_in, everywhere
from tuibrowser.tui.browser.desk import Desk, Side
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.widgets.desk_panel import DeskPanel
from tuibrowser.tui.widgets.line_list import LineList
from tuibrowser.tui.widgets.pane.marked import MarkedSpan
from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane
from tuibrowser.tui.widgets.strips import strip_of
from tuibrowser.tui.work.request import Request

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from tuibrowser.tui.browser.desk import Actions, Browser
    from tuibrowser.tui.work.tasks import Progress

NAME = "bearers"

_COMMANDS = everywhere(
    (
        ("bearers", "f7", plain("Bearers of the character"), plain("List the documents that have the first character")),
        ("bearers-beside", "f8", plain("Bearers beside the text"), plain("List them beside the text")),
        ("read-all-again", "z-x", plain("Read everything again"), plain("Read all documents, which may be cancelled")),
        ("second-text", "z-s", plain("Second text"), plain("Show the last paragraphs beside the text")),
        ("fail", "z-q", plain("Fail"), plain("Do what cannot be done")),
    )
)
_PANEL_COMMANDS = commands_in(
    NAME,
    (
        ("bearers-down", "j", "move(1)", plain("Next bearer"), plain("Go down by a bearer")),
        ("bearers-open", "enter", "open", plain("Open the bearer"), plain("Go to the bearer")),
    ),
)


class Rows(LineList, can_focus=True):
    """Names of documents."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[tuple[int, str]] = []

    @property
    def row_count(self) -> int:
        return len(self.names)

    def draw_row(self, row: int, width: int, cursor: bool) -> Strip:
        return strip_of([Segment(f"{'>' if cursor else ' '} bearer {self.names[row][1]}")], width)


class BearerPanel(DeskPanel):
    """Shows them."""

    PLACE = NAME
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(NAME, _PANEL_COMMANDS)

    def __init__(self, browser: Browser) -> None:
        super().__init__()
        self._browser = browser
        self.rows = Rows()
        self.followed: list[int] = []
        """Where the passage began whenever the reader had moved."""

    def compose(self) -> ComposeResult:
        yield self.rows

    def follow(self) -> None:
        if (passage := self._browser.passage) is not None:
            self.followed.append(passage.start)

    def action_move(self, rows: int) -> None:
        self.rows.action_move(rows)

    def action_open(self) -> None:
        self._browser.jump(Request(self.rows.names[self.rows.cursor][0]))


class SecondText(DeskPanel):
    """A text in a pane of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.pane = ReadingPane(id="second")

    def compose(self) -> ComposeResult:
        yield self.pane


class Bearers:
    """Carries its commands out."""

    made = 0
    """How often a desk was made."""

    def __init__(self, browser: Browser) -> None:
        Bearers.made += 1
        self._browser = browser
        self._panel = BearerPanel(browser)

    @property
    def actions(self) -> Actions:
        return {
            "bearers": lambda: self.find(Side.BELOW),
            "bearers-beside": lambda: self.find(Side.BESIDE),
            "read-all-again": self.read_all,
            "second-text": self.show_again,
            "fail": lambda: self._browser.work(lambda _: 1 // 0, lambda _: None),
        }

    def find(self, side: Side) -> None:
        passage, corpus = self._browser.passage, self._browser.corpus
        if passage is None or corpus is None or self._browser.searcher is None:
            return
        character = passage.words[0]
        start = passage.start
        self._browser.mark(NAME, [MarkedSpan(start, start + 1, "note")])

        def job(progress: Progress) -> list[tuple[int, str]]:
            found = []
            for document in corpus.documents:
                progress(document.number + 1, len(corpus.documents))
                if character in corpus.text(document.number).raw:
                    found.append((document.number, document.name))
            return found

        def show(found: list[tuple[int, str]]) -> None:
            self._panel.rows.names = found
            self._panel.rows.rows_changed(0)
            self._browser.show_panel(self._panel, side)
            query = self._browser.query or "-"
            self._browser.say(
                tr("{count} bearers of {character}, query {query}", count=len(found), character=character, query=query)
            )

        self._browser.work(job, show)

    def show_again(self) -> None:
        """Show the end of the text in a pane of its own."""
        if (passage := self._browser.passage) is not None:
            panel = SecondText()
            self._browser.show_panel(panel, Side.BESIDE)
            panel.call_after_refresh(panel.pane.show, passage.document, passage.text, len(passage.text.source.raw) - 2)

    def read_all(self) -> None:
        waiting = threading.Event()

        def job(progress: Progress) -> None:
            progress(1, 4)
            while not progress.is_cancelled:
                waiting.wait(0.01)

        self._browser.work(job, lambda _: self._browser.say("never said"))


BEARERS = Desk((*_COMMANDS, *_PANEL_COMMANDS), lambda browser: Bearers(browser).actions, NAME, plain("List of bearers"))
