"""The parts of the browser put together: made, and given what they ask of each other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tuibrowser.reading.views.view import View
from tuibrowser.settings.commands import first_key
from tuibrowser.tui.browser.desk import Passage, Side
from tuibrowser.tui.browser.desks import CommandTable
from tuibrowser.tui.browser.panels import Panels
from tuibrowser.tui.browser.parts.changes import Changes
from tuibrowser.tui.browser.parts.copying import Copying
from tuibrowser.tui.browser.parts.hit_walk import HitWalk
from tuibrowser.tui.browser.parts.loader import CorpusLoader
from tuibrowser.tui.browser.parts.outlining import Outlining
from tuibrowser.tui.browser.parts.places import Places
from tuibrowser.tui.browser.parts.reaching import Reaching
from tuibrowser.tui.browser.parts.search_desk import SearchDesk
from tuibrowser.tui.browser.parts.tail import Tail
from tuibrowser.tui.browser.parts.views import Views
from tuibrowser.tui.browser.parts.word_list import WordList
from tuibrowser.tui.browser.status_words import status_words
from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane
from tuibrowser.tui.widgets.pane.selecting import selecting_keys
from tuibrowser.tui.widgets.status import Status
from tuibrowser.tui.work.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from textual.screen import ModalScreen, Screen

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Position
    from tuibrowser.reading.lines.above import Readings
    from tuibrowser.reading.views.render import ViewedParagraph
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.search.values import Missing, Reach
    from tuibrowser.settings.commands import Command
    from tuibrowser.settings.config import Config
    from tuibrowser.tui.browser.program import Program
    from tuibrowser.tui.start import StartRequest
    from tuibrowser.tui.widgets.desk_panel import DeskPanel
    from tuibrowser.tui.widgets.pane.marked import MarkedSpan
    from tuibrowser.tui.widgets.search.panel import SearchPanel
    from tuibrowser.tui.work.memory import Memory
    from tuibrowser.tui.work.request import Request
    from tuibrowser.tui.work.tasks import Progress, Task

Answer = TypeVar("Answer")
Result = TypeVar("Result")


class Parts:
    """Makes the parts, and is to them and to desks what `Inside` and `Browser` say; each part owns its state."""

    def __init__(
        self, screen: Screen[None], program: Program, start: StartRequest, config: Config, memory: Memory
    ) -> None:
        self._screen = screen
        self._program = program
        self.config = config
        self.memory = memory
        post = screen.post_message
        self.words = WordList(config.dictionary, post)
        self.pane = pane = ReadingPane(
            measure=config.measure,
            columns=config.columns,
            words=self.words.spans,
            keys=selecting_keys(program.commands),
            id="pane",
        )
        self.status = Status(id="status")
        self.views = Views(self, pane, View(config.script), self._view_changed)
        self.outline = Outlining(self, pane, config.sidebar)
        self.walk = walk = HitWalk(self, pane)
        self.places = places = Places(self, pane, walk, memory, post)
        self.searching = SearchDesk(self, pane, walk, places, memory, post, self._mount_above, self._make_way)
        self.tail = Tail(self, pane, places, post, is_wanted=start.follow)
        self.changes = Changes(self, pane, places, self.tail, post)
        self.copying = Copying(self, pane, walk, self.changes, config.citation)
        self.reaching = Reaching(self, post)
        self.loader = CorpusLoader(self, places, start, post)
        self.panels = Panels(screen, pane)
        self.tasks = Tasks(screen.call_later, self.status.show_work, partial(self.say, error=True))
        self.table = CommandTable(self, program.desks)
        self.table.add(places.actions, self.views.actions, self.outline.actions)

    @property
    def is_waiting(self) -> bool:
        """Whether something that the reader asked for is still on its way."""
        parts = (self.searching, self.panels)
        return self.is_opening or self.copying.is_quoting or any(part.is_waiting for part in parts)

    @property
    def in_page(self) -> bool:
        """Whether it is shown in a web page."""
        return self._program.in_page

    @property
    def corpus(self) -> Corpus | None:
        """The corpus."""
        return self.loader.corpus

    @property
    def searcher(self) -> Searcher | None:
        """The searcher of the corpus."""
        return self.searching.searcher

    @property
    def reach(self) -> Reach | None:
        """How much of the corpus can be searched."""
        return self.reaching.reach

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The parts of the corpus that do not answer."""
        return self.reaching.missing

    def partly(self, do: Callable[[], object], missing: Sequence[Missing] = ()) -> None:
        """Do something with the parts that answer, if need be when the reader has agreed."""
        self.reaching.partly(do, missing)

    @property
    def is_loaded(self) -> bool:
        """Whether all documents were read."""
        return self.loader.is_loaded

    @property
    def is_opening(self) -> bool:
        """Whether a place that was asked for is still being read."""
        return self.places.is_opening

    @property
    def commands(self) -> tuple[Command, ...]:
        """All commands, with the keys the reader has."""
        return self._program.commands

    @property
    def view(self) -> View:
        """How the reader looks at texts."""
        return self.views.view

    @property
    def query(self) -> str:
        """The last query."""
        return self.searching.query

    @property
    def scope(self) -> Scope:
        """Where the reader searches."""
        return self.searching.panel.scope

    @property
    def passage(self) -> Passage | None:
        """The selection, else the current paragraph."""
        pane = self.pane
        if pane.document is None or pane.text is None or (span := pane.quoted_span) is None:
            return None
        return Passage(pane.document, pane.text, *span, pane.is_selecting)

    @property
    def position(self) -> Position | None:
        """The position of the character at the top of the text."""
        return self.pane.position

    def key(self, name: str) -> str:
        """The key to name in a message for the command of an id."""
        return first_key(name, self.commands)

    def say(self, words: str, *, error: bool = False) -> None:
        """Show a message in the status line."""
        self.status.say(words, error=error)

    def note(self, words: str) -> None:
        """Show a message, unless one stands there that the reader must not miss."""
        self.status.note(words)

    def unsay(self, words: str | None = None) -> None:
        """Take the message away, or this one only."""
        if words is None or words == self.status.message:
            self.status.unsay()

    def ask(self, dialog: ModalScreen[Answer], done: Callable[[Answer | None], None] | None = None) -> None:
        """Open a dialog."""
        self._screen.app.push_screen(dialog, done)

    def open(self, request: Request) -> None:
        """Show a place."""
        self.places.open(request)

    def jump(self, request: Request, left: Position | None = None) -> None:
        """Show a place, and keep the one that is left to come back to."""
        if left is None:
            self.places.jump(request)
        else:
            self.places.leave_from(left)
            self.places.open(request)

    def search(self, words: str) -> None:
        """Open the search panel and search for words."""
        self._screen.call_later(self.searching.ask, words)

    def copy(self, make: Callable[[], str], words: str) -> None:
        """Send a passage to the clipboard."""
        self._program.copy_passage(make, words)

    def work(
        self,
        job: Callable[[Progress], Result],
        done: Callable[[Result], None],
        failed: Callable[[], None] | None = None,
    ) -> Task:
        """Do a job in a thread."""
        return self.tasks.start(job, done, failed)

    def mark(self, owner: str, spans: Iterable[MarkedSpan]) -> None:
        """Mark spans of the raw text shown."""
        self.pane.mark(owner, spans)

    def set_readings(self, read: Callable[[ViewedParagraph, bool], Readings] | None) -> None:
        """Show readings above the text."""
        self.pane.set_readings(read)

    def show_panel(self, panel: DeskPanel, side: Side = Side.BELOW) -> None:
        """Show the panel of a desk."""
        if self.searching.is_open:
            self.searching.hide()
        self.panels.show(panel, side)

    def close_panel(self) -> None:
        """Take the panel away."""
        self.panels.close()

    def focus_text(self) -> None:
        """Give the focus to the text."""
        self._screen.set_focus(self.pane)

    def mark_hits(self) -> None:
        """Have the hits in the document shown marked."""
        self.searching.mark()

    def retry_search(self) -> None:
        """Search again where there was no answer."""
        self.searching.retry()

    def show_place(self) -> None:
        """Show where the reader is."""
        if (words := status_words(self.pane, self.views.view, self.walk.words)) is not None:
            self.status.show_place(words)

    def _view_changed(self) -> None:
        self.outline.show_titles()
        if self.searching.is_open:
            self.searching.search(self.searching.query)

    def _mount_above(self, panel: SearchPanel) -> Awaitable[object]:
        """Put the search panel above the text and the outline."""
        return self._screen.mount(panel, before="#reading")

    def _make_way(self, is_searching: bool) -> None:
        """Give the room of other panels to that of the search."""
        if is_searching:
            self.panels.close()
        self._screen.set_class(is_searching, "searching")
