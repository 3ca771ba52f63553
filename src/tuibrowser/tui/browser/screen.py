"""The browser: it composes the parts, takes messages and hands each on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingsMap
from textual.containers import Horizontal
from textual.screen import Screen

from tuibrowser.corpus.model import DocumentText
from tuibrowser.language.i18n import many, shown, tr
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.settings.commands import Place
from tuibrowser.tui.browser.composition import Parts
from tuibrowser.tui.browser.desks import bindings_added
from tuibrowser.tui.browser.general import General
from tuibrowser.tui.browser.hint import first_hint
from tuibrowser.tui.browser.parts.place_keeper import KEEP_SECONDS
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.work import messages
from tuibrowser.tui.work.unanswered import or_said

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.message import Message

    from tuibrowser.settings.config import ReadConfig
    from tuibrowser.tui.browser.program import Program
    from tuibrowser.tui.start import StartRequest
    from tuibrowser.tui.widgets.outline.widget import Outline
    from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane
    from tuibrowser.tui.widgets.search.hit_list import HitList
    from tuibrowser.tui.widgets.search.panel import SearchPanel
    from tuibrowser.tui.work.memory import Memory


FIRST_SCREEN = 0.3
"""Seconds that nothing is drawn at most: until the first screen is whole, frames would be skeletons."""

NEWS_SECONDS = 4.0
"""Seconds for which what was left out is told where the titles stand."""

FIRST_KEY = 0.1
"""Seconds after the first frame that belong to the reader's first key; then the rest of the corpus is read."""

HITS_LOOKED_AT = 60
"""Hits whose files are looked at when they are listed: some more than a list shows at once."""


class BrowserScreen(Screen[None]):
    """Composes the parts, and hands the messages of widgets and threads on to them."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.EVERYWHERE)]
    AUTO_FOCUS = "ReadingPane"
    ALLOW_SELECT = False

    DEFAULT_CSS: ClassVar[str] = """
    BrowserScreen {
        layers: base over;
        & > #reading { height: 1fr; }
        &.searching #sidebar { display: none; }
    }
    """

    def __init__(self, program: Program, start: StartRequest, config: ReadConfig, memory: Memory) -> None:
        """`config` is the reader's, with what is wrong in it."""
        super().__init__()
        self._program = program
        self._config = config
        self._memory = memory
        self._is_held = True
        """Whether nothing is drawn as yet."""
        self.parts = Parts(self, program, start, config.config, memory)
        self.parts.table.add(General(self.parts, program, self.app).actions)
        self._bindings = BindingsMap.merge([self._bindings, bindings_added(program.desks)])

    async def _dispatch_message(self, message: Message) -> None:
        """Take a message; a server that does not answer is said, and ends nothing."""
        await or_said(super()._dispatch_message(message), lambda words: self.say(words, error=True))

    def compose(self) -> ComposeResult:
        """The parts."""
        with Horizontal(id="reading"):
            yield self.parts.outline.sidebar
            yield self.parts.pane
        yield self.parts.status

    def on_mount(self) -> None:
        """Find the corpus once the first frame is out."""
        self.parts.outline.begin(self.app.size.width, is_wanted=self._config.config.outline)
        if problems := self._config.problems:
            count, problem = len(problems), problems[0]
            self.say(tr("1 of {count}: {problem}", count=count, problem=problem) if count > 1 else problem, error=True)
        self._memory.say = self._trouble
        self.set_interval(KEEP_SECONDS, self.parts.places.keep)
        self.set_timer(FIRST_SCREEN, self._draw_first)
        self.parts.loader.find(self._program.make_corpus, self._memory)

    def _trouble(self, words: str) -> None:
        """Tell the reader what befell the disk; called from any thread."""
        self.post_message(messages.Noted(words, is_trouble=True))

    def on_unmount(self) -> None:
        """Stop reading, and keep the place."""
        self.parts.tail.stop()
        self.parts.reaching.end()
        self.parts.tasks.cancel()
        self.parts.loader.stop()
        self.parts.places.keep()

    def on_resize(self, event: events.Resize) -> None:
        """Have the outline make way where there is no room beside the text, and a panel fit the screen."""
        self.parts.outline.sidebar.fit(event.size.width)
        self.parts.panels.fit()

    # What the program asks

    @property
    def is_loaded(self) -> bool:
        """Whether all documents were read."""
        return self.parts.loader.is_loaded

    @property
    def has_begun(self) -> bool:
        """Whether there is a text to act on, or a word on why there is none."""
        return self.parts.loader.has_begun

    @property
    def is_waiting(self) -> bool:
        """Whether something that the reader asked for is still on its way."""
        return self.parts.is_waiting

    def say(self, words: str, *, error: bool = False) -> None:
        """Show a message in the status line."""
        self.parts.say(words, error=error)

    def look_at_files(self) -> None:
        """Look whether files were changed."""
        self.parts.changes.look()

    def hint(self, words: str) -> None:
        """Show a hint in the status line until it is taken away by an empty one."""
        self.parts.status.hint(words)

    # Messages: the corpus

    def on_corpus_found(self, message: messages.CorpusFound) -> None:
        """Show the outline and the first document; read the rest beside it."""
        if not self.parts.loader.take(message.corpus, is_recalled=message.is_recalled):
            return
        self.parts.searching.remember(message.queries)
        if self._memory.is_first_start and not self._program.keys_seen:
            self.hint(first_hint(self.parts.commands))
        self.parts.outline.show()
        self.parts.changes.take_corpus(message.corpus)
        self.parts.loader.open_first(message)

    def on_files_found(self, message: messages.FilesFound) -> None:
        """Read the rest of a corpus that was recalled; say so where other documents are there now."""
        if not message.are_same:
            self.on_other_texts(messages.OtherTexts(is_gone=False))
        self.parts.loader.find_files()

    def on_search_ready(self, message: messages.SearchReady) -> None:
        """Search from now on."""
        assert self.parts.corpus is not None
        self.parts.places.take_searcher(message.searcher)
        self.parts.reaching.take(message.searcher)
        self.parts.searching.take(self.parts.corpus, message.searcher)

    def on_documents_read(self, message: messages.DocumentsRead) -> None:
        """Take up what was read."""
        self.parts.status.show_progress(message.done, message.total)
        self.parts.outline.reread(message.numbers)
        document, corpus = self.parts.pane.document, self.parts.corpus
        if document is not None and corpus is not None and document.number in message.numbers:
            self.parts.pane.describe(corpus.documents[document.number])

    def on_input_ended(self, message: messages.InputEnded) -> None:
        """Show all of the input."""
        self.parts.changes.take_end(message)

    def on_read_again(self, message: messages.ReadAgain) -> None:
        """Show the document as it is now, or say that there is nothing new."""
        self.parts.changes.read_again(message, self.parts.loader)

    def on_loading_done(self) -> None:
        """Say what was left out, and search again where a search has seen only a part."""
        query = self.parts.loader.finish()
        self.parts.loader.tell_left_out(self._memory)
        self.parts.outline.show_again()
        self.parts.changes.look_late()
        if query:
            self.parts.searching.ask_first(query)
        else:
            self.parts.searching.search_again()

    def on_left_out(self, message: messages.LeftOut) -> None:
        """Say that files were left out, for a short while."""
        words = tr("{files} left out: {key} says why", files=many(message.files, "file"), key=self.parts.key("about"))
        self.parts.status.note(words, NEWS_SECONDS)

    def on_not_opened(self, message: messages.NotOpened) -> None:
        """End: without a corpus there is nothing to stay for."""
        self.app.exit(return_code=2, message=shown(message.reason))

    def _begin(self) -> None:
        """Draw the first screen, which is whole; then make what it does not need."""
        if self.parts.loader.begin():
            self._draw_first()
            self.set_timer(FIRST_KEY, self._read_all)

    def _draw_first(self) -> None:
        """Draw what the widgets have to show, from now on."""
        if self._is_held:
            self._is_held = False
            self._compositor_refresh()

    def _compositor_refresh(self) -> None:
        """Draw what changed; before the first screen is whole, only note it, once it is laid out."""
        if self._is_held:
            self._dirty_widgets.clear()
        else:
            super()._compositor_refresh()

    async def _read_all(self) -> None:
        """Make the search panel, and read the rest of the corpus, unless the reader has left meanwhile."""
        if not self.is_attached:
            return
        await self.parts.searching.make_panel()
        self.parts.loader.read_all()

    # Messages: a place

    def on_opened(self, message: messages.Opened) -> None:
        """Show the document that was asked for last."""
        request = message.request
        if not self.parts.places.is_awaited(request):
            return
        if request.resume and self.parts.pane.document is None and self.parts.views.adopt(message.text.view):
            self.parts.outline.show_titles()
        text = self.parts.views.seen(message.text)
        offset = text.source.offset_of_line(request.line) if request.line is not None else request.offset
        before = self.parts.places.content
        self.parts.places.arrive(message)
        self.parts.pane.show(message.document, text, offset, request.where, choose=request.choose)
        self.parts.walk.arrive(message)
        self.parts.searching.mark()
        if request.select is not None:
            self.parts.pane.select(request.select)
        if self.parts.tail.take_wish():
            self.call_after_refresh(self.parts.tail.follow)
        if request.reread:
            self.parts.outline.reread([request.document])
        self.parts.changes.arrive(message, before)
        self.parts.walk.do_there()
        self.parts.pane.call_after_refresh(self._begin)

    def on_hit_gone(self, message: messages.HitGone) -> None:
        """Say that a hit is gone, and stay; nothing is copied in its place."""
        if not self.parts.places.is_awaited(message.request):
            return
        self.parts.places.stop()
        self.parts.walk.miss()
        self.say(message.reason, error=True)

    def on_unreadable(self, message: messages.Unreadable) -> None:
        """Say in the pane why a document cannot be read; from there the reader passes on."""
        if not self.parts.places.is_awaited(message.request):
            return
        self.parts.places.show_nothing(message)
        if self.parts.walk.find_nothing():
            self.say(_not_done(message.reason), error=True)
        nothing = ViewedText(DocumentText("", ""), message.document.script, self.parts.view)
        self.parts.pane.explain(message.document, nothing, shown(message.reason))
        self.parts.searching.mark()
        self.parts.pane.call_after_refresh(self._begin)

    def on_failed(self, message: messages.Failed) -> None:
        """Say what went wrong."""
        self.parts.places.stop()
        waited = self.parts.walk.depart()
        self.say(_not_done(message.reason) if waited else message.reason, error=True)
        self._begin()

    def on_search_failed(self, message: messages.SearchFailed) -> None:
        """Show no hits, and say why."""
        if self.parts.searching.fail(message):
            self.on_failed(messages.Failed(message.reason))

    def on_server_lost(self, _: messages.ServerLost) -> None:
        """Say it: nothing that is shown depends on it."""
        self.say(tr("the server does not answer: it is asked for again"), error=True)

    def on_reach_changed(self, message: messages.ReachChanged) -> None:
        """Say what was lost or is back, and search again behind what is shown."""
        is_other = self.parts.reaching.change(message)
        self.parts.status.show_reach(message.reach)
        self.parts.searching.panel.show_reach(message.reach)
        if is_other:
            self.parts.searching.search_behind()

    def on_reconnected(self, _: messages.Reconnected) -> None:
        """Say it, and search again where that had failed."""
        self.say(tr("connected to the server again"))
        self.parts.searching.retry()

    def on_other_texts(self, message: messages.OtherTexts) -> None:
        """Say how to see them."""
        key = self.parts.key("quit")
        if message.is_gone:
            self.say(tr("texts were added or removed: leave ({key}) and open the corpus again", key=key), error=True)
            return
        self.say(
            tr("texts were added or removed: you see them when you leave ({key}) and open the corpus again", key=key)
        )

    def on_noted(self, message: messages.Noted) -> None:
        """Say it."""
        self.say(message.text, error=message.is_trouble)

    def on_mark_done(self, message: messages.MarkDone) -> None:
        """Say what became of a bookmark."""
        self.parts.places.say_marked(message.trouble)

    def on_grew(self, message: messages.Grew) -> None:
        """Show what was added to the file."""
        self.parts.tail.grow(message)

    def on_shown_changed(self, message: messages.ShownChanged) -> None:
        """Read the document again, or say that its file has changed."""
        self.parts.changes.take(message)

    def on_files_changed(self, message: messages.FilesChanged) -> None:
        """Say that files have changed."""
        self.parts.changes.say_changed(message)

    def on_following_ended(self, message: messages.FollowingEnded) -> None:
        """Say why."""
        self.parts.tail.end(message.reason)

    # Messages: the text and the outline

    def on_reading_pane_moved(self, message: ReadingPane.Moved) -> None:
        """Follow the reader in the outline and in the status line; where another pane is read, its desk may do so."""
        if message.pane is not self.parts.pane:
            return
        self.parts.walk.move()
        self.parts.tail.move()
        self.parts.places.move(message.position.offset, self.parts.view)
        self.parts.outline.follow(message.position)
        self.parts.panels.follow()
        self.parts.show_place()

    def on_reading_pane_said(self, message: ReadingPane.Said) -> None:
        """Tell the reader."""
        self.say(message.words)

    def on_reading_pane_document_wanted(self, message: ReadingPane.DocumentWanted) -> None:
        """Open the next or previous document in the order shown, in the pane of the browser alone."""
        if message.pane is not self.parts.pane:
            return
        self.parts.outline.open_neighbour(message.step)

    def on_reading_pane_hit_wanted(self, message: ReadingPane.HitWanted) -> None:
        """Go to the next or previous hit, in the pane of the browser alone."""
        if message.pane is not self.parts.pane:
            return
        self.parts.walk.step(message.step)

    def on_reading_pane_copy_wanted(self, message: ReadingPane.CopyWanted) -> None:
        """Send the passage to the clipboard."""
        self.parts.copying.copy(message.pane, (message.start, message.end), message.form)

    async def on_reading_pane_search_wanted(self, message: ReadingPane.SearchWanted) -> None:
        """Search for words of the text."""
        await self.parts.searching.ask_for(message.words)

    def on_reading_pane_words_wanted(self) -> None:
        """Load the dictionary of words."""
        self.parts.words.want()

    def on_words_ready(self, message: messages.WordsReady) -> None:
        """Select by the words that are known now."""
        self.parts.pane.take_words()
        if message.problem is not None:
            self.say(message.problem, error=True)

    def on_outline_opened(self, message: Outline.Opened) -> None:
        """Go to the place chosen in the outline."""
        self.parts.outline.open(message)

    # Messages: the search

    def on_search_panel_asked(self, message: SearchPanel.Asked) -> None:
        """Search for what is typed now."""
        self.parts.changes.look()
        self.parts.searching.search(message.query)

    def on_search_panel_previewed(self, message: SearchPanel.Previewed) -> None:
        """Show the hit in its context."""
        self.parts.searching.preview(message.hit)

    def on_search_panel_closed(self, message: SearchPanel.Closed) -> None:
        """Stay at the hit, or return to where the reader was."""
        self.parts.searching.close(message.hit)

    def on_search_panel_new_wanted(self) -> None:
        """Show what was found since."""
        self.parts.searching.show_arrived()

    def on_search_panel_copy_wanted(self, message: SearchPanel.CopyWanted) -> None:
        """Copy the paragraphs of hits."""
        self.parts.copying.copy_hits(message.hits, message.form)

    def on_hit_list_lines_wanted(self, message: HitList.LinesWanted) -> None:
        """Have the text of hits made."""
        self.parts.searching.make_lines(message.listing, message.indices)

    def on_hits_found(self, message: messages.HitsFound) -> None:
        """Show what was found so far."""
        self.parts.searching.show_hits(message)
        if message.result.final:
            self.parts.changes.look(hit.document for hit in message.result.hits[:HITS_LOOKED_AT])

    def on_lines_made(self, message: messages.LinesMade) -> None:
        """Show the text of hits."""
        self.parts.searching.show_lines(message)

    def on_hits_mapped(self, message: messages.HitsMapped) -> None:
        """Know the hits in reading order, and mark them in the text."""
        if self.parts.searching.waits_for(message.query, message.scope):
            self.parts.walk.take(message.occurrences)
            self.parts.searching.mark()

    def on_marked(self, message: messages.Marked) -> None:
        """Mark the hits in the text."""
        self.parts.walk.mark(message)

    # Commands

    async def action_command(self, name: str) -> None:
        """Carry out the command of an id."""
        await self.parts.table.carry_out(name)


def _not_done(reason: str) -> str:
    """That what was asked for a passage, to copy or to mark it, was not done, and why."""
    return tr("not copied or marked: {reason}", reason=reason)
