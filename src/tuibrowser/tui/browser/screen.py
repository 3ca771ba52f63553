"""The browser: outline, reading pane, search panel and status line, and what passes between them."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.screen import Screen

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.model import DocumentText, HeadingKind, Position
from tuibrowser.corpus.works.naming import full_title
from tuibrowser.hanzi.convert import CONFIGURATIONS
from tuibrowser.hanzi.words import Words
from tuibrowser.host.system_errors import system_error
from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.reading.quoting.citation_style import read_style
from tuibrowser.reading.quoting.reference import parse_reference
from tuibrowser.reading.quoting.write import DESCRIPTIONS, Format, write
from tuibrowser.reading.sections import section_path, section_span
from tuibrowser.reading.views.render import ViewedText, cycle, shown_title
from tuibrowser.reading.views.view import ORIGINAL, View
from tuibrowser.settings.commands import Command, first_key
from tuibrowser.settings.commands import Place as KeyPlace
from tuibrowser.settings.keymaps import rebound
from tuibrowser.tui.browser.editor import edit, editor_command
from tuibrowser.tui.browser.hint import first_hint
from tuibrowser.tui.browser.passage import differences, quotations, quote_beside
from tuibrowser.tui.browser.place_keeper import KEEP_SECONDS, PlaceKeeper
from tuibrowser.tui.dialogs.about import about_lines
from tuibrowser.tui.dialogs.bookmarks import WHERE_I_WAS, BookmarkPicker, NoteDialog
from tuibrowser.tui.dialogs.destinations import destinations
from tuibrowser.tui.dialogs.diagnosis import show_diagnosis
from tuibrowser.tui.dialogs.palette import Invocation, command_finder
from tuibrowser.tui.dialogs.picker import Option, Picker, among
from tuibrowser.tui.dialogs.text_dialog import TextDialog
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.labels import DOCUMENT_ORDERS, FORMATS, choice_words, selection_words, view_words
from tuibrowser.tui.themes import choose_theme
from tuibrowser.tui.widgets.outline.sidebar import NARROW, Sidebar
from tuibrowser.tui.widgets.outline.tree import DocumentOrder
from tuibrowser.tui.widgets.pane.marked import is_marked
from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane
from tuibrowser.tui.widgets.pane.selecting import selecting_keys
from tuibrowser.tui.widgets.search.panel import LONGEST_PASSAGE, QueryField, SearchPanel
from tuibrowser.tui.widgets.status import Status, StatusWords
from tuibrowser.tui.work import messages
from tuibrowser.tui.work.following import referred
from tuibrowser.tui.work.growing import Growing
from tuibrowser.tui.work.loading import Loading
from tuibrowser.tui.work.opening import Opening, Request, Sought
from tuibrowser.tui.work.searching import Searching
from tuibrowser.tui.work.standing import HitsNow
from tuibrowser.userdata.model import Bookmark
from tuibrowser.userdata.refind import likely_documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.reading.quoting.quotation import Quotation
    from tuibrowser.search.model import Hit
    from tuibrowser.search.searcher import Occurrences, Searcher
    from tuibrowser.search.titles import TitleFinder
    from tuibrowser.settings.config import Loaded
    from tuibrowser.tui.start import StartRequest
    from tuibrowser.tui.widgets.outline.widget import Outline
    from tuibrowser.tui.widgets.search.hit_list import HitList
    from tuibrowser.tui.work.memory import Memory
    from tuibrowser.userdata.model import Spot


FIRST_KEY = 0.1
"""Seconds after the first frame that belong to the reader's first key; then the rest of the corpus is read."""


class BrowserScreen(Screen[None]):
    """Composes the parts and passes their messages on; each part owns its state.

    `make_corpus` finds the files, off the event loop; `config` is the reader's.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.EVERYWHERE)
    AUTO_FOCUS = "ReadingPane"
    ALLOW_SELECT = False

    DEFAULT_CSS: ClassVar[str] = """
    BrowserScreen {
        layers: base over;
        & > #desk { height: 1fr; }
        &.searching #sidebar { display: none; }
    }
    """

    def __init__(self, start: StartRequest, make_corpus: Callable[[], Corpus], config: Loaded, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self._keeper = PlaceKeeper(memory)
        self._start = start
        self._config = config.config
        self._config_problems = config.problems
        self._make_corpus = make_corpus
        self._loading = Loading(self.post_message)
        self._view = View(self._config.script)
        self._style, _ = read_style(config.config.citation)
        self._words = Words(self._config.dictionary)
        self._words_wanted = False
        self._order = DocumentOrder.PATH
        self._corpus: Corpus | None = None
        self._engine: Searcher | None = None
        self._finder: TitleFinder | None = None
        self._opening: Opening | None = None
        self._searching: Searching | None = None
        self._query = ""
        self._occurrences: Occurrences | None = None
        self._before_search: Position | None = None
        self._hit_words = ""
        self._growing: Growing | None = None
        self._hits = HitsNow()
        self._has_followed = False
        self._is_changed = False
        """Whether the text shown is another than the one that is searched."""
        self._walked: int | None = None
        """The number of the hit that was gone to last."""
        self._walked_hit: tuple[int, int] | None = None
        """Its span in the text shown, where that was changed since it was indexed."""
        self._gone: tuple[Position, int | None] | None = None
        """The place shown when a hit proved to be gone from its file; None once the reader has moved on."""
        self._first_hit_wanted = False
        self._once_there: Callable[[], None] | None = None
        """What the reader asked to do with the passage gone to before it was shown."""
        self._are_marked = True
        """Whether the hits are marked in the text: until the reader takes the marks away."""
        self._unmarked_hit: tuple[int, int] | None = None
        """The current hit when the marks were taken away: `n` goes on from it as long as its paragraph is current."""
        self._once_mapped: Callable[[], None] | None = None
        """What the reader asked for while the hits were not known in reading order yet."""
        self._has_begun = False
        self._is_reading = False
        self._is_opening = False
        self._is_quoting = False
        self.is_loaded = False
        """Whether all documents were read."""
        self._is_empty = False

    def compose(self) -> ComposeResult:
        """The parts."""
        with Horizontal(id="desk"):
            yield Sidebar(width=self._config.sidebar, id="sidebar")
            keys = selecting_keys(rebound(self._config.keymap))
            measure, columns = self._config.measure, self._config.columns
            yield ReadingPane(measure=measure, columns=columns, words=self._words.spans, keys=keys, id="pane")
        yield Status(id="status")

    def on_mount(self) -> None:
        """Find the corpus once the first frame is out."""
        self._pane = self.query_one(ReadingPane)
        self._sidebar = self.query_one(Sidebar)
        self._outline = self._sidebar.outline
        self._panel = SearchPanel(id="search")
        self._status = self.query_one(Status)
        self._sidebar.set_class(self.app.size.width < NARROW or not self._config.outline, "hidden")
        if self._config_problems:
            count, problem = len(self._config_problems), self._config_problems[0]
            words = tr("1 of {count}: {problem}", count=count, problem=problem) if count > 1 else problem
            self._status.say(words, error=True)
        self._memory.say = self._trouble
        self.set_interval(KEEP_SECONDS, self._keeper.keep)
        self._loading.find(self._make_corpus, self._memory)

    def on_unmount(self) -> None:
        """Stop reading, and keep the place."""
        self._stop_following()
        self._loading.stop()
        self._keeper.keep()

    def _trouble(self, words: str) -> None:
        """Tell the reader what befell the disk; called from any thread."""
        self.post_message(messages.Troubled(words))

    def on_resize(self, event: events.Resize) -> None:
        """Have the outline make way where there is no room beside the text."""
        self._sidebar.fit(event.size.width)

    @property
    def has_begun(self) -> bool:
        """Whether there is a text to act on, or a word on why there is none."""
        return self._is_empty or self._has_begun

    @property
    def is_waiting(self) -> bool:
        """Whether something that the reader asked for is still on its way."""
        return self._is_opening or self._is_quoting or self._panel.is_waiting

    # Loading

    def on_corpus_found(self, message: messages.CorpusFound) -> None:
        """Show the outline and the first document; read the rest beside it."""
        corpus = self._corpus = message.corpus
        if not corpus.documents:
            words = tr("no document found")
            if corpus.problems:
                words = tr("no document found: {reason}", reason=corpus.problems[0].reason)
            self._status.say(words, error=True)
            self._is_empty = True
            return
        self._opening = Opening(self.post_message, corpus, self._hits, self._memory)
        self._keeper.open(corpus)
        self._panel.remember(message.queries)
        if self._memory.is_first_start and not self.app.keys_seen:  # type: ignore[attr-defined]
            self.hint(first_hint(self._commands))
        self._show_outline()
        if self._start.line is not None:
            self._open(Request(0, line=self._start.line, choose=True))
        elif self._start.reference is not None:
            self._open(self._referred(corpus, self._start.reference))
        else:
            number, follow = self._keeper.number_of(message.last) or 0, self._start.follow
            self._open(Request(number, resume=self._start.query is None, lines=follow))

    def _referred(self, corpus: Corpus, written: str) -> Request:
        """The request for the passage of a reference; for the first document where it is of none, which is said."""
        reference = parse_reference(written)
        document = referred(corpus, reference) if reference is not None else None
        if document is None:
            self._status.say(tr("no document of this corpus has that name: {name}", name=written), error=True)
            return Request(0)
        return Request(document.number, where="third", choose=True, reference=reference)

    def on_search_ready(self, message: messages.SearchReady) -> None:
        """Search from now on."""
        assert self._corpus is not None
        self._engine, self._finder = message.engine, message.finder
        self._hits.engine = message.engine
        self._searching = Searching(self.post_message, self._corpus, message.engine)
        if self._query:
            self._search(self._query)

    def on_documents_read(self, message: messages.DocumentsRead) -> None:
        """Take up what was read."""
        self._status.show_progress(message.done, message.total)
        self._outline.reread(message.numbers)
        if (
            self._pane.document is not None
            and self._pane.document.number in message.numbers
            and self._corpus is not None
        ):
            self._pane.describe(self._corpus.documents[self._pane.document.number])

    def on_loading_done(self) -> None:
        """Say what was left out, and search again where a search has seen only a part."""
        self.is_loaded = True
        if self._corpus is not None and self._corpus.problems:
            files = many(len(self._corpus.problems), "file")
            self._status.note(tr("{files} left out: {key} says why", files=files, key=self._key("about")))
        if self._order is not DocumentOrder.PATH:
            self._show_outline()
        if self._start.query:
            self._first_hit_wanted = True
            self._panel.ask(self._start.query)
        elif self._query:
            self._search(self._query)

    def on_noted(self, message: messages.Noted) -> None:
        """Say it."""
        self._status.say(message.text)

    def on_not_opened(self, message: messages.NotOpened) -> None:
        """End: without a corpus there is nothing to stay for."""
        self.app.exit(return_code=2, message=shown(message.reason))

    def on_troubled(self, message: messages.Troubled) -> None:
        """Say it, and read on."""
        self._status.say(message.words, error=True)

    def on_failed(self, message: messages.Failed) -> None:
        """Say what went wrong."""
        self._is_opening = False
        self._once_there = None
        self._status.say(message.reason, error=True)
        self._begin()

    @property
    def _commands(self) -> tuple[Command, ...]:
        """All commands, with the keys the reader has."""
        return rebound(self._config.keymap)

    def _key(self, name: str) -> str:
        """The key to name in a message for a command."""
        return first_key(name, self._commands)

    # Opening and showing

    def _open(self, request: Request) -> None:
        """Show a place; one in the document shown needs no reading."""
        pane = self._pane
        is_here = pane.document is not None and pane.document.number == request.document
        if is_here and request.is_plain and (request.hit is None or not self._is_changed):
            pane.go_to(request.offset, request.where, choose=request.choose)
            if request.hit is not None:
                pane.mark_current(request.hit)
        elif self._opening is not None:
            self._is_opening, self._once_there = True, None
            self._opening.open(replace(request, query=self._query), self._view)

    def _jump(self, request: Request) -> None:
        """Show a place, and keep the one that is left to come back to."""
        if (spot := self._keeper.spot) is not None:
            self._memory.leave(spot)
        self._open(request)

    def _go_to_spot(self, spot: Spot | None, edge: str) -> None:
        if spot is None:
            self._status.say(edge)
            return
        number = self._keeper.number_of(spot.path)
        if number is None:
            self._status.say(tr("not in this corpus: {path}", path=spot.path), error=True)
        else:
            self._open(Request(number, spot.offset))

    def action_back(self) -> None:
        """Go back to where the reader was before the last jump."""
        if (here := self._keeper.spot) is not None:
            self._go_to_spot(self._memory.jumps.back(here), tr("this is where you began"))

    def action_forward(self) -> None:
        """Go forward again."""
        self._go_to_spot(self._memory.jumps.forward(), tr("this is where you were last"))

    # Bookmarks

    def action_mark(self) -> None:
        """Bookmark the selection or the paragraph, with a note."""
        pane, span = self._pane, self._pane.quoted_span
        if span is None or pane.document is None or pane.text is None or (spot := self._keeper.spot) is None:
            self._status.say(tr("there is no file here to bookmark"))
            return
        if self._put_off(self.action_mark, span):
            return
        mark = self._memory.marker(replace(spot, offset=span[0]), span[1], pane.document, pane.text.source)

        def keep(note: str | None) -> None:
            if note is not None:
                mark(note, lambda trouble: self.post_message(messages.MarkDone(trouble)))

        self.app.push_screen(NoteDialog(tr("Bookmark: a note, or none"), ""), keep)

    def on_mark_done(self, message: messages.MarkDone) -> None:
        """Say that the bookmark is on the disk, or that it is not."""
        if message.trouble:
            self._status.say(tr("bookmarked in memory only: {reason}", reason=message.trouble), error=True)
        else:
            self._status.say(tr("bookmarked: {key} lists the bookmarks", key=self._key("bookmarks")))

    def action_bookmarks(self) -> None:
        """List the bookmarks."""
        self.app.push_screen(BookmarkPicker(self._memory, self._commands), self._bookmark_chosen)

    def _bookmark_chosen(self, choice: Bookmark | str | None) -> None:
        if choice == WHERE_I_WAS:
            self.action_back()
        if not isinstance(choice, Bookmark) or self._corpus is None:
            return
        known = self._keeper.number_of(choice.spot.path)
        likely = [known] if known is not None else likely_documents(choice, self._corpus.documents)
        if likely:
            sought = Sought(choice.spot, choice.end, choice.passage)
            self._jump(Request(likely[0], where="third", choose=True, passage=sought))
        else:
            self._status.say(tr("not in this corpus: {path}", path=choice.spot.path), error=True)

    def on_hit_gone(self, message: messages.HitGone) -> None:
        """Say that a hit is gone, and stay; nothing is copied in its place."""
        self._is_opening = False
        self._hit_words = ""
        self._gone = self._pane.standing
        self._show_place()
        self._once_there = None
        self._status.say(message.reason, error=True)

    def on_opened(self, message: messages.Opened) -> None:
        """Show a document that was asked for."""
        self._is_opening = False
        request, text = message.request, message.text
        self._is_changed, self._gone = message.changed, None
        self._walked_hit = request.hit if message.changed else None
        if request.resume and self._pane.document is None and text.view != self._view:
            self._view = text.view
            self._show_titles()
        if text.view != self._view:
            text = ViewedText(text.source, message.document.script, self._view)
        offset = text.source.offset_of_line(request.line) if request.line is not None else request.offset
        self._keeper.show(message.document, text.source, message.content)
        self._unmarked_hit = None
        self._pane.show(message.document, text, offset, request.where, choose=request.choose)
        hits = message.hits if self._are_marked else ()
        hits = hits if hits or request.hit is None else (request.hit,)
        self._pane.mark_hits(hits, request.hit)
        self._mark()
        if request.select is not None:
            self._pane.select(request.select)
        if self._start.follow and self._growing is None and not self._has_followed:
            self._has_followed = True
            self.call_after_refresh(self.action_follow)
        if request.reread:
            self._outline.reread([request.document])
        self._do_there()
        self._pane.call_after_refresh(self._begin)

    @property
    def _is_on_the_way(self) -> bool:
        """Whether another passage is to be shown: it is being read, or the hit to go to is not known yet."""
        once = self._once_mapped
        return self._is_opening or (isinstance(once, partial) and once.func == self._step_at_last)

    def _do_there(self) -> None:
        """Do what the reader asked for before the passage was shown."""
        if self._once_there is not None:
            self._status.unsay()
            act, self._once_there = self._once_there, None
            act()

    def _put_off(self, act: Callable[[], None], span: tuple[int, int] | None) -> bool:
        """Whether `act` must wait, since it is asked for the current passage while another one is on its way."""
        if not self._is_on_the_way or span != self._pane.paragraph_span:
            return False
        self._once_there = act
        self._status.say(tr("waiting for the passage"))
        return True

    def on_unreadable(self, message: messages.Unreadable) -> None:
        """Say in the pane why a document cannot be read; from there the reader passes on."""
        self._is_opening = False
        self._once_there = None
        self._keeper.pause()
        self._unmarked_hit = None
        nothing = ViewedText(DocumentText("", ""), message.document.script, self._view)
        self._pane.explain(message.document, nothing, shown(message.reason))
        self._mark()
        self._pane.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Have the first screen sent, which is whole; then make what it does not need."""
        if not self._has_begun:
            self._has_begun = True
            self.app.first_screen_is_whole()  # type: ignore[attr-defined]
            self.set_timer(FIRST_KEY, self._read_all)

    async def _read_all(self) -> None:
        """Make the search panel, and read the rest of the corpus."""
        if not self._is_reading and self._corpus is not None:
            self._is_reading = True
            await self._make_panel()
            index_dir = self._start.index_dir
            self._loading.read(self._corpus, Path(index_dir) if index_dir is not None else None)

    def on_reading_pane_moved(self, message: ReadingPane.Moved) -> None:
        """Follow the reader in the outline and in the status line; other panes are the business of their own desks."""
        if message.pane is not self._pane:
            return
        if self._gone != self._pane.standing:
            self._gone = None
        if self._growing is not None and not self._pane.is_at_end:
            self._stop_following()
            self._status.say(tr("the file is not followed any more"))
        self._keeper.move(message.position.offset, self._view)
        offset = message.position.offset if self._pane.is_at_top else self._pane.current_offset
        self._outline.follow(message.position.document, offset)
        self._show_place()

    def _show_place(self) -> None:
        pane = self._pane
        if pane.document is None or pane.text is None:
            return
        document, text = pane.document, pane.text
        path = section_path(document.headings, pane.current_offset)
        section = next((h for h in reversed(path) if h.kind is HeadingKind.SECTION), None)
        article = path[-1].title if path and path[-1].kind is HeadingKind.ARTICLE else ""
        title = full_title(document)
        heading = section.title if section is not None and not title.endswith(section.title) else ""
        words = " ".join(part for part in (heading, article) if part)
        numbers = f"¶{pane.current_paragraph + 1}/{len(text)} {round(pane.fraction * 100)}%" if len(text) else ""
        self._status.show_place(
            StatusWords(
                shown_title(title, document.script, self._view),
                shown_title(words, document.script, self._view),
                numbers,
                view_words(document, text),
                self._hit_words,
                selection_words(pane.selected_by),
            )
        )

    def on_reading_pane_said(self, message: ReadingPane.Said) -> None:
        """Tell the reader."""
        self._status.say(message.words)

    def on_reading_pane_document_wanted(self, message: ReadingPane.DocumentWanted) -> None:
        """Open the next or previous document in the order shown."""
        if self._corpus is None or self._pane.document is None:
            return
        sequence = self._outline.sequence
        at = sequence.index(self._pane.document.number) + message.step
        if 0 <= at < len(sequence):
            self._open(Request(sequence[at]))
        else:
            last, first = tr("this is the last document"), tr("this is the first document")
            self._status.say(last if message.step > 0 else first)

    # The outline

    def _show_outline(self) -> None:
        from tuibrowser.corpus.files.order import natural_order

        if self._corpus is None:
            return
        documents = self._corpus.documents
        sort_key = natural_order([each.title for each in documents] if self._order is DocumentOrder.TITLE else ())
        self._outline.show(documents, self._order, sort_key)
        self._show_titles()
        if (position := self._pane.position) is not None:
            self._outline.follow(position.document, position.offset)

    def _show_titles(self) -> None:
        self._outline.show_titles(lambda title, document: shown_title(title, document.script, self._view))

    def on_outline_opened(self, message: Outline.Opened) -> None:
        """Go to the place chosen in the outline."""
        self.set_focus(self._pane)
        self._sidebar.leave()
        self._jump(Request(message.document, message.offset, resume=message.offset == 0))

    def action_switch_focus(self) -> None:
        """Move between the outline and the text, showing the outline if it is hidden; or back to an open search."""
        if self._panel.is_open:
            self._panel.action_to_field()
        elif self._outline.has_focus:
            self._leave_outline()
        else:
            self._sidebar.show()
            self.set_focus(self._outline)

    def action_toggle_outline(self) -> None:
        """Show or hide the outline."""
        if self._sidebar.is_hidden:
            self._sidebar.show()
            if self._sidebar.is_narrow:
                self.set_focus(self._outline)
        else:
            self._sidebar.hide()
            self.set_focus(self._pane)

    def _leave_outline(self) -> None:
        self.set_focus(self._pane)
        self._sidebar.leave()

    def action_order(self) -> None:
        """Order the documents by path, then title, then date."""
        orders = list(DocumentOrder)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._show_outline()
        self._status.say(DOCUMENT_ORDERS[self._order])

    # The view

    def _see(self, view: View) -> None:
        pane = self._pane
        self._view = view
        if pane.text is None or pane.document is None:
            return
        pane.see(ViewedText(pane.text.source, pane.document.script, view))
        self._show_titles()
        if self._panel.is_open:
            self._search(self._query)

    def action_cycle_script(self) -> None:
        """Show the next script that looks different."""
        if self._pane.document is not None:
            script = cycle(self._view.script, self._pane.document.script)
            self._see(replace(self._view, script=script))
            self._status.say(choice_words(self._view))

    def action_choose_script(self) -> None:
        """Choose among the variants of OpenCC."""
        options = [Option(ORIGINAL, tr("original"), tr("as the document has it"))]
        options += [Option(name, name, shown(words)) for name, words in CONFIGURATIONS.items()]

        at = next((i for i, option in enumerate(options) if option.choice == self._view.script), 0)
        hint = tr("{enter} chooses · {escape} cancels", enter=self._key("choose"), escape=self._key("choice-cancel"))
        self.app.push_screen(Picker(tr("Script"), hint, among(options), at), self._script_chosen)

    def _script_chosen(self, name: str | None) -> None:
        if name is not None:
            self._see(replace(self._view, script=name))
            self._status.say(choice_words(self._view))

    def action_toggle_raw(self) -> None:
        """Show the text repaired, or raw."""
        self._see(replace(self._view, repaired=not self._view.repaired))
        self._status.say(tr("repaired") if self._view.repaired else tr("raw, with the repairs marked"))

    # Searching

    async def action_search(self) -> None:
        """Open the search panel."""
        await self._open_panel()

    async def _make_panel(self) -> None:
        """Mount the search panel, which the first frame does not need, unless it is there."""
        if not self._panel.is_attached:
            await self.mount(self._panel, before="#desk")

    async def _open_panel(self) -> None:
        await self._make_panel()
        document = self._pane.document
        if self._panel.is_open:
            self._panel.action_to_field()
        if document is None or self._panel.is_open:
            return
        self._before_search = self._pane.position
        self.add_class("searching")
        self._panel.open(document.number, self._document_name)

    def _document_name(self, number: int) -> str:
        return self._corpus.documents[number].name if self._corpus is not None else ""

    def on_search_panel_asked(self, message: SearchPanel.Asked) -> None:
        """Search for what is typed now."""
        self._search(message.query)

    def _search(self, query: str) -> None:
        if query != self._query:
            self._once_mapped = self._once_there = None
        self._query, self._are_marked = query, True
        if self._searching is not None and self._pane.document is not None:
            self._searching.search(query, self._panel.scope, self._view, self._panel.rows)
        self._occurrences = None
        self._hit_words = ""
        self._show_place()

    def on_hits_found(self, message: messages.HitsFound) -> None:
        """Show what was found so far."""
        if message.result.query == self._query:
            self._panel.show_result(message.result, message.listing, message.lines)

    def on_lines_made(self, message: messages.LinesMade) -> None:
        """Show the text of hits."""
        self._panel.add_lines(message.listing, message.lines)

    def on_hit_list_lines_wanted(self, message: HitList.LinesWanted) -> None:
        """Have the text of hits made."""
        if self._searching is not None:
            self._searching.make_lines(message.listing, message.indices, self._view)

    def on_hits_mapped(self, message: messages.HitsMapped) -> None:
        """Know the hits in reading order, and mark them in the text."""
        if message.query != self._query:
            return
        self._occurrences = message.occurrences
        if self._first_hit_wanted:
            self._first_hit_wanted = False
            self._go_to_hit(0, 1)
            return
        if self._once_mapped is not None:
            act, self._once_mapped = self._once_mapped, None
            act()
        self._mark()

    def _mark(self) -> None:
        """Have all hits in the document shown marked."""
        if (
            self._are_marked
            and self._searching is not None
            and self._pane.document is not None
            and self._occurrences is not None
        ):
            self._searching.mark(self._query, self._pane.document.number)

    def on_marked(self, message: messages.Marked) -> None:
        """Mark the hits in the text; the current one is marked already."""
        pane = self._pane
        if message.query == self._query and pane.document is not None and pane.document.number == message.document:
            pane.mark_hits(message.spans, pane.current_hit if is_marked(message.spans, pane.current_hit) else None)

    def on_search_panel_previewed(self, message: SearchPanel.Previewed) -> None:
        """Show the hit in its context, as long as the reader looks at the list."""
        if self._panel.is_open:
            self._open(self._hit_request(message.hit))

    @staticmethod
    def _hit_request(hit: Hit) -> Request:
        return Request(hit.document, hit.extent[0], "third", choose=True, hit=hit.extent)

    def on_search_panel_closed(self, message: SearchPanel.Closed) -> None:
        """Stay at the hit, or return to where the reader was."""
        self._close_panel()
        self._status.unsay()  # The number of the hit is to be seen.
        if query := self._query.strip():
            self._memory.write(lambda data: data.add_query(query))
        if message.hit is not None:
            if self._before_search is not None:
                self._keeper.leave_from(self._before_search)
            self._open(self._hit_request(message.hit))
            self._count_hit(message.hit.document, message.hit.spans[0][0] if message.hit.spans else 0)
        elif self._before_search is not None:
            self._open(Request(self._before_search.document, self._before_search.offset))

    def _close_panel(self) -> None:
        self._panel.close()
        self.remove_class("searching")
        self.set_focus(self._pane)

    def on_search_panel_copy_wanted(self, message: SearchPanel.CopyWanted) -> None:
        """Copy the paragraphs of hits; their texts may have to be read, so it is done in a thread."""
        corpus, engine, view = self._corpus, self._engine, self._view
        if corpus is None or engine is None:
            return

        def gather() -> None:
            try:
                quoted, gone = quotations(corpus, engine, message.hits, view)
            except (CorpusError, OSError) as error:
                self.post_message(messages.Failed(system_error(error)))
            else:
                self.app.call_from_thread(self._copy_hits, message.form, quoted, gone)

        self.run_worker(gather, thread=True, group="copy")

    def _copy_hits(self, form: Format | None, quoted: list[Quotation], gone: int) -> None:
        if gone:
            hits = many(gone, "hit")
            self._status.say(tr("not copied: {hits} gone, since files were changed", hits=hits), error=True)
        if gone and not quoted:
            return
        if form is None:
            self._choose_form(quoted, [])
        else:
            self._copy(form, quoted)

    def on_reading_pane_hit_wanted(self, message: ReadingPane.HitWanted) -> None:
        """Go to the next or previous hit in reading order, across documents; as soon as that is known."""
        if self._pane.position is None or not self._query.strip():
            self._status.say(tr("no search yet: {key} opens the search", key=self._key("search")))
        elif self._occurrences is None:
            self._status.say(tr("still searching"))
            self._once_mapped = partial(self._step_at_last, message.step)
        else:
            self._step_to_hit(message.step)

    def _step_at_last(self, step: int) -> None:
        if self._status.message == tr("still searching"):
            self._status.unsay()
        act = self._once_there
        self._step_to_hit(step)
        self._once_there = act
        if not self._is_opening:
            self._do_there()

    def _step_to_hit(self, step: int) -> None:
        occurrences, position = self._occurrences, self._pane.position
        if occurrences is not None and position is not None:
            self._go_to_hit(self._hit_from_here(occurrences, position, step), step)

    def _go_to_hit(self, at: int, step: int) -> None:
        """Go to a hit by its number in reading order; beyond the ends the numbers go round."""
        occurrences, position = self._occurrences, self._pane.position
        if occurrences is None or position is None:
            return
        if not len(occurrences):
            self._status.say(tr("nothing found for {query}", query=self._query))
            return
        if not self._are_marked:
            self._are_marked = True
            self._mark()
        wrapped = not 0 <= at < len(occurrences)
        at %= len(occurrences)
        document, start, end = occurrences[at]
        self._hit_words = tr("hit {number}/{count}", number=at + 1, count=len(occurrences))
        self._walked = at
        self._announce(wrapped, step, document != position.document, document)
        self._open(Request(document, start, "third", choose=True, hit=(start, end)))

    def _hit_from_here(self, occurrences: Occurrences, position: Position, step: int) -> int:
        """The number of the hit so many steps from the current one, else from the current paragraph."""
        if self._walked is not None and self._is_at_walked:
            return self._walked + step
        current = self._pane.current_hit or self._unmarked_here()
        offset = current[0] if current is not None else self._pane.current_offset
        if step > 0:
            return occurrences.after(position.document, offset + (current is not None)) + step - 1
        return occurrences.before(position.document, offset) + step + 1

    @property
    def _is_at_walked(self) -> bool:
        """Whether the hit gone to last is the current one, in a text whose places are not those of the index."""
        if self._gone is not None:
            return True
        return self._walked_hit is not None and self._walked_hit == self._pane.current_hit

    def _unmarked_here(self) -> tuple[int, int] | None:
        """The hit whose mark was taken away, if the current paragraph holds it."""
        hit, text = self._unmarked_hit, self._pane.text
        if hit is None or text is None or text.paragraph_at(hit[0]) != self._pane.current_paragraph:
            return None
        return hit

    def _announce(self, wrapped: bool, step: int, changes: bool, document: int) -> None:
        turn = plain("from the beginning again") if step > 0 else plain("from the end again")
        title = full_title(self._corpus.documents[document]) if changes and self._corpus is not None else None
        if wrapped and title is not None:
            self._status.say(tr("{turn}, in {title}", turn=turn, title=title))
        elif title is not None:
            self._status.say(tr("in {title}", title=title))
        elif wrapped:
            self._status.say(turn)

    def _count_hit(self, document: int, offset: int) -> None:
        """Say the number of the hit in reading order, as soon as it is known."""
        if self._occurrences is None:
            self._once_mapped = partial(self._count_hit, document, offset)
        elif len(self._occurrences):
            at = self._occurrences.after(document, offset)
            number, count = min(at, len(self._occurrences) - 1) + 1, len(self._occurrences)
            self._walked = number - 1
            if self._gone is not None:
                return
            self._hit_words = tr("hit {number}/{count}", number=number, count=count)
            self._show_place()

    # Going to places

    def action_go_to(self) -> None:
        """Find a document, heading, locator or line by a fuzzy name, or a passage by its reference."""
        if self._corpus is None or self._pane.document is None:
            self._status.say(tr("no document is open yet"))
            return
        find = destinations(self._corpus, lambda: self._finder, self._pane.document.number, self._view)
        hint = tr("title, heading or reference · FILE:LINE · :LINE")
        if not self.is_loaded:
            hint = tr("still reading: not all names are known yet")
        self.app.push_screen(Picker(tr("Go to"), hint, find), self._go_to)

    def _go_to(self, request: Request | None) -> None:
        if request is not None:
            self.set_focus(self._pane)
            self._jump(request)

    # Copying and the rest

    def on_reading_pane_copy_wanted(self, message: ReadingPane.CopyWanted) -> None:
        """Send the passage to the clipboard, in a form to be chosen if none is named."""
        pane = self._pane
        if pane.document is None or pane.text is None:
            return
        if self._put_off(partial(self._copy_here, message.form), (message.start, message.end)):
            return
        if self._gone is not None and (message.start, message.end) == pane.paragraph_span:
            self._status.say(tr("not copied: the hit is gone; any movement chooses another passage"), error=True)
            self._gone = None
            return
        spans = [(message.start, message.end)]
        if message.form is None:
            spans.append(section_span(pane.document.headings, message.start, len(pane.text.source.raw)))
            self._is_quoting = True

        def quoted(quotations: list[Quotation]) -> None:
            if message.form is not None:
                self._copy(message.form, quotations)
            else:
                self._is_quoting = False
                self._choose_form(quotations[:1], quotations[1:])

        quote_beside(self, pane.document, pane.text, spans, quoted)

    def _copy_here(self, form: Format | None) -> None:
        """Copy the paragraph that is current now."""
        self.on_reading_pane_copy_wanted(ReadingPane.CopyWanted(self._pane, *self._pane.paragraph_span, form))

    def _choose_form(self, quoted: list[Quotation], section: list[Quotation]) -> None:
        """Let the reader choose what to copy quotations as; `section` is what stands around a single one."""
        options = [Option((form, quoted), shown(FORMATS[form]), shown(words)) for form, words in DESCRIPTIONS.items()]
        if section:
            options += [
                Option((Format.TEXT, section), tr("section"), tr("the whole section as shown")),
                Option((Format.CITED, section), tr("section cited"), tr("the whole section, with its citation")),
            ]

        hint = tr("{enter} copies · {escape} cancels", enter=self._key("choose"), escape=self._key("choice-cancel"))
        self.app.push_screen(Picker(tr("Copy as"), hint, among(options)), self._form_chosen)

    def _form_chosen(self, choice: tuple[Format, list[Quotation]] | None) -> None:
        if choice is not None:
            self._copy(*choice)
            self._pane.action_select_stop()

    def _copy(self, form: Format, quoted: list[Quotation]) -> None:
        """Copy quotations in a form."""
        as_shown = form in {Format.TEXT, Format.CITED}
        words = differences(quoted) if as_shown else tr("as {form}", form=FORMATS[form])
        if len(quoted) > 1:
            paragraphs = many(len(quoted), "paragraph")
            words = tr("{paragraphs}, {words}", paragraphs=paragraphs, words=words) if words else shown(paragraphs)
        self.app.copy_passage(lambda: write(form, quoted, self._style), words)  # type: ignore[attr-defined]

    def on_reading_pane_words_wanted(self) -> None:
        """Load the dictionary of words beside the event loop, once."""
        if not self._words_wanted:
            self._words_wanted = True
            threading.Thread(target=self._load_words, name="words", daemon=True).start()

    def _load_words(self) -> None:
        self._words.load()
        self.post_message(messages.WordsReady(self._words.problem))

    def on_words_ready(self, message: messages.WordsReady) -> None:
        """Select by the words that are known now."""
        self._pane.take_words()
        if message.problem is not None:
            self._status.say(message.problem, error=True)

    async def on_reading_pane_search_wanted(self, message: ReadingPane.SearchWanted) -> None:
        """Search for words of the text."""
        await self._open_panel()
        if self._panel.is_open:
            self._panel.ask(" ".join(message.words.split())[:LONGEST_PASSAGE])

    def say(self, message: str, *, error: bool = False) -> None:
        """Show a message in the status line."""
        self._status.say(message, error=error)

    def hint(self, words: str) -> None:
        """Show a hint in the status line until it is taken away by an empty one."""
        self._status.hint(words)

    def action_about(self) -> None:
        """Show what is known of this document."""
        if self._pane.document is not None and self._pane.text is not None and self._corpus is not None:
            lines = about_lines(self._pane.document, self._pane.text.source, self._corpus.problems, self._key("raw"))
            self.app.push_screen(TextDialog(tr("About this document"), lines))

    def action_theme(self) -> None:
        """Choose the colours."""
        choose_theme(self.app, self._status.say)

    def action_doctor(self) -> None:
        """Show how copying works here, and what is in the way."""
        show_diagnosis(self.app)

    def action_help(self) -> None:
        """Show the keys, those of the focused part first."""
        focused = self.focused
        place = KeyPlace.OUTLINE if focused is self._outline else KeyPlace.READING
        if self._pane.is_selecting:
            place = KeyPlace.SELECTING
        if self._panel.is_open:
            place = KeyPlace.FIELD if isinstance(focused, QueryField) else KeyPlace.LIST
        self.app.show_help(place)  # type: ignore[attr-defined]

    def action_command_palette(self) -> None:
        """Find a command by its name."""
        find = command_finder(rebound(self._config.keymap))
        hint = tr("a name · q quits · a number goes to that line of the file")
        self.app.push_screen(Picker(tr("Commands"), hint, find), self._invoke)

    def _invoke(self, invocation: Invocation | None) -> None:
        if invocation is None:
            return
        if invocation.command is None:
            self._go_to_line(invocation.line)
            return
        target = self._pane if invocation.command.place is KeyPlace.READING else self
        self.app.call_later(self.app.run_action, invocation.command.action, target)

    def _go_to_line(self, line: int) -> None:
        if self._pane.text is not None:
            self._pane.go_to(self._pane.text.source.offset_of_line(line), "third")

    def action_editor(self) -> None:
        """Open the file in the reader's editor, at the line of the current paragraph."""
        pane = self._pane
        if pane.document is None or pane.text is None:
            return
        path = pane.document.source.path
        try:
            before = path.stat().st_mtime_ns
            command = editor_command(os.environ, path, pane.text.source.line_of(pane.current_offset))
            status = edit(self.app, command)
            changed = path.stat().st_mtime_ns != before
        except (OSError, ValueError) as error:
            reason = system_error(error)
            self._status.say(tr("cannot open the file in an editor: {reason}", reason=reason), error=True)
            return
        if changed:
            self._reread(pane.document.number)
        elif status:
            self._status.say(tr("the editor ended with exit status {status}", status=status), error=True)

    def _reread(self, number: int) -> None:
        """Show a document whose file has changed as it is now, with the same paragraph marked."""
        pane, spot = self._pane, self._keeper.spot
        if self._opening is not None and pane.text is not None and spot is not None:
            start, end = pane.paragraph_span
            wording = pane.text.source.repaired[slice(*pane.text.source.alignment.target_span(start, end))]
            sought = Sought(replace(spot, offset=start), end, wording[:LONGEST_PASSAGE])
            request = Request(number, where="third", choose=True, query=self._query, reread=True, passage=sought)
            self._hit_words = ""
            self._opening.open(request, self._view)
            self._status.say(tr("the file was read again; searches know it as it was when the corpus was opened"))

    def action_follow(self) -> None:
        """Go to the end of the document, and show what is added to its file."""
        document, corpus = self._pane.document, self._corpus
        if document is None or corpus is None or not document.source.path.is_absolute():
            self._status.say(tr("there is no file here to follow"))
            return
        self._stop_following()
        self._growing = Growing(self.post_message, corpus, document)
        self._growing.start()
        self._pane.show_end()
        if any(problem.kind == "layout" for problem in document.problems):
            self._status.say(tr("following the file, shown as plain lines: Esc stops"))
        else:
            self._status.say(tr("following the file: Esc stops"))

    def _stop_following(self) -> None:
        if self._growing is not None:
            self._growing.stop()
            self._growing = None

    def on_grew(self, message: messages.Grew) -> None:
        """Show what was added, at the end."""
        pane, number = self._pane, message.document.number
        if self._growing is None or pane.document is None or pane.document.number != number:
            self._stop_following()
            return
        pane.describe(message.document)
        self._is_changed = not self._hits.holds(number, message.text)
        pane.see(ViewedText(message.text, message.document.script, self._view))
        pane.show_end()

    def on_following_ended(self, message: messages.FollowingEnded) -> None:
        """Say why."""
        self._stop_following()
        self._status.say(message.reason, error=True)

    def action_redraw(self) -> None:
        """Draw the whole screen again."""
        self.app.redraw()  # type: ignore[attr-defined]

    def action_suspend(self) -> None:
        """Suspend the program."""
        self.app.action_suspend_process()

    def action_cancel(self) -> None:
        """Cancel: leave the outline, the search, stop selecting, take a message or the marks of hits away; never quit.

        The query stays: `n` and `N` go on with it, and mark its hits again.
        """
        if self._close_innermost():
            return
        self._once_mapped = self._once_there = None
        if self._growing is not None:
            self._stop_following()
            self._status.say(tr("the file is not followed any more"))
        elif self._status.message:
            self._status.unsay()
        else:
            self._are_marked, self._hit_words = False, ""
            self._unmarked_hit = self._pane.current_hit or self._unmarked_hit
            self._pane.mark_hits(())
            self._show_place()

    def action_close(self) -> None:
        """Close the innermost thing; from the text, quit."""
        if not self._close_innermost():
            self.action_leave()

    def _close_innermost(self) -> bool:
        """Stop selecting, or leave the search or the outline; return whether there was something to leave."""
        if self._pane.is_selecting:
            self._pane.action_select_stop()
        elif self._panel.is_open:
            self._panel.action_back()
        elif self._outline.has_focus:
            self._leave_outline()
        else:
            return False
        return True

    def action_leave(self) -> None:
        """Leave the program."""
        self.app.exit(return_code=0)
