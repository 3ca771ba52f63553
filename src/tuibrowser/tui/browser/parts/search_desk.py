"""The search: its panel opened, asked, looked through and closed; the search itself runs beside the event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.search.model import HitKind
from tuibrowser.tui.work.request import Request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from textual.message import Message

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Position
    from tuibrowser.search.answering.listing import Listing
    from tuibrowser.search.model import Hit, Scope
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.study.pairing import Pairing
    from tuibrowser.tui.browser.desk import Inside
    from tuibrowser.tui.browser.parts.hit_walk import HitWalk
    from tuibrowser.tui.browser.parts.places import Places
    from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane
    from tuibrowser.tui.widgets.search.panel import SearchPanel
    from tuibrowser.tui.work.memory import Memory
    from tuibrowser.tui.work.messages import HitsFound, LinesMade, SearchFailed
    from tuibrowser.tui.work.searching import Searching
    from tuibrowser.tui.work.tasks import Progress, Task


class SearchDesk:
    """Asks for searches and shows what comes of them; `post` sends messages to the screen.

    `mount` puts the panel on the screen, and may be waited for by several; `shown` is called when the panel was opened,
    with True, or closed.
    """

    def __init__(
        self,
        browser: Inside,
        pane: ReadingPane,
        walk: HitWalk,
        places: Places,
        memory: Memory,
        post: Callable[[Message], bool],
        mount: Callable[[SearchPanel], Awaitable[object]],
        shown: Callable[[bool], object],
    ) -> None:
        self._browser = browser
        self._pane = pane
        self._walk = walk
        self._places = places
        self._memory = memory
        self._post = post
        self._mount = mount
        self._shown = shown
        self._searching: Searching | None = None
        self._before: Position | None = None
        """Where the reader was when the panel was opened."""
        self._panel: SearchPanel | None = None
        self._mounting: Awaitable[object] | None = None
        """What is waited for until the panel is whole; None where it was not put on the screen yet."""
        self._queries: Sequence[str] = ()
        self._pairing: Task | None = None
        self.query = ""
        """The last query."""
        self._has_failed = False
        """Whether there was no answer to it."""
        self._arrived: HitsFound | None = None
        """What was found since of the same query, and waits until the reader wants to see it."""
        self.searcher: Searcher | None = None

    def take(self, corpus: Corpus, searcher: Searcher) -> None:
        """Search from now on."""
        from tuibrowser.tui.work.searching import Searching  # Not before the first frame.

        if self._searching is not None:
            self._searching.end()
        self.searcher = searcher
        self._searching = Searching(self._post, corpus, searcher)
        self.search_again()

    # The panel

    @property
    def panel(self) -> SearchPanel:
        """The panel, which the first frame does not need: it is made when it is first asked for."""
        if self._panel is None:
            from tuibrowser.tui.widgets.search.panel import SearchPanel

            self._panel = SearchPanel(id="search")
            self._panel.remember(self._queries)
        return self._panel

    def remember(self, queries: Sequence[str]) -> None:
        """Take up earlier queries, the last one first; to be done before the panel is made."""
        self._queries = queries

    @property
    def is_open(self) -> bool:
        """Whether the panel is shown."""
        return self._panel is not None and self._panel.is_open

    @property
    def is_waiting(self) -> bool:
        """Whether the reader wants something of the panel that it has not got yet."""
        return self._panel is not None and self._panel.is_waiting

    @property
    def is_typing(self) -> bool:
        """Whether the reader is in the field."""
        return self.panel.screen.focused is self.panel.field

    async def make_panel(self) -> None:
        """Put the panel on the screen, unless it is there; it is whole then, whoever began to make it."""
        if self._mounting is None:
            self._mounting = self._mount(self.panel)
        if not self.panel.is_mounted:
            await self._mounting

    async def open(self) -> None:
        """Open the panel, or go to its field."""
        await self.make_panel()
        document, panel = self._pane.document, self.panel
        if panel.is_open:
            panel.action_to_field()
        if document is None or panel.is_open:
            return
        self._before = self._pane.position
        self._shown(True)
        panel.open(document.number, self._document_name)

    def _document_name(self, number: int) -> str:
        corpus = self._browser.corpus
        return corpus.documents[number].name if corpus is not None else ""

    def go_to_field(self) -> None:
        """Go to the field of the panel that is open."""
        self.panel.action_to_field()

    async def ask_for(self, words: str) -> None:
        """Open the panel and search for words of a text as they stand."""
        from tuibrowser.search.patterns.written import as_text

        await self.ask(as_text(" ".join(words.split())))

    async def ask(self, words: str) -> None:
        """Open the panel and search for a query."""
        from tuibrowser.tui.widgets.search.query_field import LONGEST_PASSAGE

        await self.open()
        if self.panel.is_open:
            self.panel.ask(" ".join(words.split())[:LONGEST_PASSAGE])

    def ask_first(self, query: str) -> None:
        """Search for a query without the panel being seen, and go to its first hit."""
        self._walk.want_first(query)
        self.panel.ask(query)

    def close(self, hit: Hit | None) -> None:
        """Stay at a hit, or return to where the reader was."""
        self.hide()
        self._browser.unsay()  # The number of the hit is to be seen.
        if query := self.query.strip():
            self._memory.write(lambda data: data.add_query(query))
        if hit is not None:
            if self._before is not None:
                self._places.leave_from(self._before)
            self._places.open(_request(hit))
            self._walk.count(hit.document, hit.spans[0][0] if hit.spans else 0)
        elif self._before is not None:
            self._places.open(Request(self._before.document, self._before.offset))

    def hide(self) -> None:
        """Take the panel away; the reader stays at the place that is shown."""
        self.panel.close()
        self._shown(False)
        self._browser.focus_text()

    # The search

    def search(self, query: str) -> None:
        """Search; the query may be the same as before in another scope or view."""
        self._walk.begin(query, is_another=query != self.query)
        self.query, self._has_failed = query, False
        self._arrived = None
        if self._searching is not None and self._pane.document is not None:
            self._searching.search(query, self.panel.scope, self._browser.view, self.panel.rows)
        self._browser.show_place()

    def search_again(self) -> None:
        """Search for the same again, since more or something else can be found now."""
        if self.query:
            self.search(self.query)

    def search_behind(self) -> None:
        """Search for the same again, since other parts of the corpus answer; what is listed stays until it is known."""
        if self.query and self._searching is not None and not self._has_failed:
            self._searching.search(self.query, self.panel.scope, self._browser.view, self.panel.rows, is_behind=True)
        else:
            self.search_again()

    def fail(self, message: SearchFailed) -> bool:
        """Show that there is no answer to the query, and no hits of another; return whether it still is the query."""
        if not self.waits_for(message.query, message.scope):
            return False
        self._has_failed = True
        self._walk.fail()
        self.panel.show_failure(message.reason)
        return True

    def waits_for(self, query: str, scope: Scope) -> bool:
        """Whether these are still the query and where it is searched."""
        return query == self.query and scope == self.panel.scope

    def retry(self) -> None:
        """Search again where there was no answer."""
        if self._has_failed:
            self.search_again()

    def show_hits(self, message: HitsFound) -> None:
        """Show what was found so far."""
        if not self.waits_for(message.result.query, message.scope):
            return
        listed = self.panel.total if self.is_open else 0
        self._arrived = message if message.is_behind and listed and message.result.total > listed else None
        if self._arrived is not None:
            keys = [self._browser.key("field-list")] * self.is_typing + [self._browser.key("list-new")]
            self.panel.tell_arrived(message.result.total - listed, " ".join(keys))
        elif not message.is_behind or message.result.total >= listed:
            self.panel.show_result(message.result, message.listing, message.lines)

    def show_arrived(self) -> None:
        """Show what was found since of the same query; the chosen row stays."""
        if (message := self._arrived) is not None:
            self._arrived = None
            self.panel.show_result(message.result, message.listing, message.lines)

    def make_lines(self, listing: Listing, indices: Iterable[int]) -> None:
        """Have the text of hits made."""
        if self._searching is not None:
            self._searching.make_lines(listing, indices, self._browser.view)

    def show_lines(self, message: LinesMade) -> None:
        """Show the text of hits."""
        self.panel.add_lines(message.listing, message.lines)

    def preview(self, hit: Hit) -> None:
        """Show a hit in its context, as long as the reader looks at the list."""
        if self.panel.is_open:
            self._places.open(_request(hit))
            self._pair(hit)

    def _pair(self, hit: Hit) -> None:
        """Show beside the event loop how a parallel corresponds to what was asked for; of another hit nothing."""
        if self._pairing is not None:
            self._pairing.cancel()
        searcher, query = self.searcher, self.query
        if hit.kind is not HitKind.PARALLEL or searcher is None:
            self.panel.show_pairing(None)
            return
        from tuibrowser.search.query import parse
        from tuibrowser.study.pairing import pairing
        from tuibrowser.tui.widgets.search.hit_list import where

        def job(_: Progress) -> Pairing | None:
            (excerpt,) = searcher.excerpts([hit])
            stretches = [excerpt.text(*span) for span in excerpt.spans] if excerpt is not None else []
            return pairing(parse(query).phrase, stretches)

        def show(made: Pairing | None) -> None:
            current = self.panel.hits.current  # Another search may have listed nothing.
            if current is not None and where(current) == where(hit):
                self.panel.show_pairing(made)

        self._pairing = self._browser.work(job, show)

    def mark(self) -> None:
        """Have all hits in the document shown marked."""
        if self._walk.wants_marks and self._searching is not None and self._pane.document is not None:
            self._searching.mark(self.query, self._pane.document.number)


def _request(hit: Hit) -> Request:
    return Request(hit.document, hit.extent[0], "third", choose=True, hit=hit.extent)
