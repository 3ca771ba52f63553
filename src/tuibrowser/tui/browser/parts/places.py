"""Places: opened, jumped to, gone back to, bookmarked, and kept for the next time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuibrowser.corpus.files.looks import is_same
from tuibrowser.language.i18n import tr
from tuibrowser.tui.browser.parts.place_keeper import PlaceKeeper
from tuibrowser.tui.work import messages
from tuibrowser.tui.work.opening import Opening
from tuibrowser.tui.work.request import Request, Sought
from tuibrowser.tui.work.standing import HitsNow
from tuibrowser.userdata.model import Bookmark, Spot
from tuibrowser.userdata.refind import likely_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.message import Message

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.files.looks import Looks
    from tuibrowser.corpus.model import DocumentText, Position
    from tuibrowser.reading.views.view import View
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.tui.browser.desk import Actions, Inside
    from tuibrowser.tui.browser.parts.hit_walk import HitWalk
    from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane
    from tuibrowser.tui.work.memory import Memory
    from tuibrowser.tui.work.tasks import Task

KEPT_WORDS = 200
"""Characters of the marked paragraph by which it is found again in a file that was edited."""


class Places:
    """Leads to places of the corpus, and knows where the reader is and was; `post` sends messages to the screen."""

    def __init__(
        self, browser: Inside, pane: ReadingPane, walk: HitWalk, memory: Memory, post: Callable[[Message], bool]
    ) -> None:
        self._browser = browser
        self._pane = pane
        self._walk = walk
        self._memory = memory
        self._post = post
        self._keeper = PlaceKeeper(memory)
        self._hits = HitsNow()
        self._opening: Opening | None = None
        self._is_changed = False
        """Whether the text shown is another than the one that is searched."""
        self._lost: Request | None = None
        """What was asked for when there proved to be no text."""
        self.looks: Looks | None = None
        """How the file of the document shown looked when it was read."""
        self.is_opening = False
        """Whether a place that was asked for is still being read."""
        self._asked = 0
        """The number of the place asked for last."""
        self._seeking: Task | None = None
        """The work of finding the document that may hold a bookmark, which another place ends."""

    @property
    def actions(self) -> Actions:
        """The actions of the commands of places."""
        return {
            "go-to": self.go_to,
            "mark": self.mark,
            "bookmarks": self.list_bookmarks,
            "back": self.go_back,
            "forward": self.go_forward,
        }

    def take_corpus(self, corpus: Corpus) -> None:
        """Take up a corpus."""
        self._opening = Opening(self._post, corpus, self._hits, self._memory)
        self._keeper.open(corpus)

    def take_searcher(self, searcher: Searcher) -> None:
        """Know what searches the corpus, and so where hits stand in texts that were changed."""
        self._hits.searcher = searcher

    # Opening

    def open(self, request: Request) -> None:
        """Show a place; one in the document shown needs no reading."""
        if self._seeking is not None:
            self._seeking.cancel()
        pane = self._pane
        is_here = pane.document is not None and pane.document.number == request.document
        if is_here and request.is_plain and (request.hit is None or not (self._is_changed or self.is_stale)):
            if self.is_opening:
                self._asked += 1  # Another document that is still being read would take the place of this one.
                self.is_opening = False
                self._walk.depart()
            if request.hit is not None:
                pane.unfold_at(request.offset)
            pane.go_to(request.offset, request.where, choose=request.choose)
            if request.hit is not None:
                pane.mark_current(request.hit)
        elif self._opening is not None:
            self._walk.depart()
            self._ask(self._opening, request)

    def _ask(self, opening: Opening, request: Request) -> None:
        """Have a place read; the one asked for last is shown."""
        self.is_opening = True
        self._asked += 1
        opening.open(replace(request, query=self._browser.query, number=self._asked), self._browser.view)

    def is_awaited(self, request: Request) -> bool:
        """Whether no other place was asked for since."""
        return request.number == self._asked

    @property
    def is_stale(self) -> bool:
        """Whether the file of the document shown has changed since it was read."""
        document, corpus = self._pane.document, self._browser.corpus
        if document is None or corpus is None:
            return False
        return not is_same(document.source, self.looks, corpus.looks(document.number))

    @property
    def content(self) -> str:
        """The hash of the text shown; empty where there is none."""
        return self._keeper.spot.content if self._keeper.spot is not None else ""

    def jump(self, request: Request) -> None:
        """Show a place, and keep the one that is left to come back to."""
        if (spot := self._keeper.spot) is not None:
            self._memory.leave(spot)
        self.open(request)

    def open_last(self, path: str | None, *, resume: bool, lines: bool) -> None:
        """Open the document read last, else the first one; see `Request`."""
        self.open(Request(self._keeper.number_of(path) or 0, resume=resume, lines=lines))

    def reread(self) -> None:
        """Show the document, whose file has changed, as it is now, with the same paragraph marked."""
        pane, spot = self._pane, self._keeper.spot
        if self._opening is None or pane.document is None or pane.text is None:
            return
        if self._lost is not None:
            self._reread(self._lost)
            return
        spot = spot or Spot(pane.document.source.address, "", 0)  # What comes through a pipe is kept nowhere.
        start, end = pane.paragraph_span
        wording = pane.text.source.repaired[slice(*pane.text.source.alignment.target_span(start, end))]
        sought = Sought(replace(spot, offset=start), end, wording[:KEPT_WORDS])
        self._reread(Request(pane.document.number, where="third", choose=True, passage=sought))

    def _reread(self, request: Request) -> None:
        self._walk.forget_number()
        if self._opening is not None:
            self._ask(self._opening, replace(request, reread=True))

    def arrive(self, message: messages.Opened) -> None:
        """A document is shown."""
        self.is_opening = False
        self._is_changed = message.changed
        self.looks, self._lost = message.looks, None
        self._keeper.show(message.document, message.text.source, message.content)
        if message.request.line is not None:
            self._say_past(message.request.line, message.text.source)

    def stop(self) -> None:
        """Stop waiting for the place that was asked for."""
        self.is_opening = False

    def show_nothing(self, message: messages.Unreadable) -> None:
        """Take up that a document without a text is shown, which is no place."""
        self.is_opening = False
        self.looks, self._lost = message.looks, message.request
        self._keeper.pause()

    def grow(self, document: int, text: DocumentText, looks: Looks) -> None:
        """The text shown is another one now."""
        self.looks = looks
        self._is_changed = not self._hits.holds(document, text)

    # Where the reader is and was

    def move(self, offset: int, view: View) -> None:
        """Take up a place in the document."""
        self._keeper.move(offset, view)

    def keep(self) -> None:
        """Write the place, if it is another than the one written last."""
        self._keeper.keep()

    def leave_from(self, position: Position) -> None:
        """Keep a place of the reader from before a search as one that was left."""
        self._keeper.leave_from(position)

    def go_back(self) -> None:
        """Go back to where the reader was before the last jump."""
        if (here := self._keeper.spot) is not None:
            self._go_to_spot(self._memory.jumps.back(here), tr("this is where you began"))

    def go_forward(self) -> None:
        """Go forward again."""
        self._go_to_spot(self._memory.jumps.forward(), tr("this is where you were last"))

    def _go_to_spot(self, spot: Spot | None, edge: str) -> None:
        if spot is None:
            self._browser.say(edge)
            return
        number = self._keeper.number_of(spot.path)
        if number is None:
            self._browser.say(tr("not in this corpus: {path}", path=spot.path), error=True)
        else:
            self.open(Request(number, spot.offset))

    # Places by their names

    def go_to(self) -> None:
        """Find a document, heading, locator or line by a fuzzy name, or a passage by its reference."""
        corpus, document = self._browser.corpus, self._pane.document
        if corpus is None or document is None:
            self._browser.say(tr("no document is open yet"))
            return
        from tuibrowser.tui.dialogs.destinations import destinations
        from tuibrowser.tui.dialogs.picker import Picker

        find = destinations(corpus, lambda: self._browser.searcher, document.number, self._browser.view)
        hint = tr("title, heading or reference · FILE:LINE · :LINE")
        if not self._browser.is_loaded:
            hint = tr("still reading: not all names are known yet")
        self._browser.ask(Picker(tr("Go to"), hint, find), self._gone_to)

    def _gone_to(self, request: Request | None) -> None:
        if request is not None:
            self._browser.focus_text()
            self.jump(request)

    def go_to_line(self, line: int) -> None:
        """Go to a line, from 1, of the raw text shown."""
        if self._pane.text is not None:
            self._pane.go_to(self._pane.text.source.offset_of_line(line), "third")
            self._say_past(line, self._pane.text.source)

    def _say_past(self, line: int, text: DocumentText) -> None:
        """Say that a line that was asked for is none of a text, whose last one is shown."""
        if line > text.line_count:
            words = tr("there is no line {number} here: the last is {count}", number=line, count=text.line_count)
            self._browser.say(words, error=True)

    # Bookmarks

    def mark(self) -> None:
        """Bookmark the selection or the paragraph, with a note."""
        passage, spot = self._browser.passage, self._keeper.spot
        if passage is None or spot is None:
            self._browser.say(tr("there is no file here to bookmark"))
            return
        start, end = passage.start, passage.end
        if self._walk.put_off(self.mark, (start, end)):
            return
        mark = self._memory.marker(replace(spot, offset=start), end, passage.document, passage.text.source)

        def keep(note: str | None) -> None:
            if note is not None:
                mark(note, lambda trouble: self._post(messages.MarkDone(trouble)))

        from tuibrowser.tui.dialogs.bookmarks import NoteDialog

        self._browser.ask(NoteDialog(tr("Bookmark: a note, or none"), ""), keep)

    def say_marked(self, trouble: str) -> None:
        """Say that the bookmark is on the disk, or that it is not."""
        if trouble:
            self._browser.say(tr("bookmarked in memory only: {reason}", reason=trouble), error=True)
        else:
            key = self._browser.key("bookmarks")
            self._browser.say(tr("bookmarked: {key} lists the bookmarks", key=key))

    def list_bookmarks(self) -> None:
        """List the bookmarks."""
        from tuibrowser.tui.dialogs.bookmarks import BookmarkPicker

        self._browser.ask(BookmarkPicker(self._memory, self._browser.commands), self._bookmark_chosen)

    def _bookmark_chosen(self, choice: Bookmark | str | None) -> None:
        from tuibrowser.tui.dialogs.bookmarks import WHERE_I_WAS

        if choice == WHERE_I_WAS:
            self.go_back()
        corpus = self._browser.corpus
        if not isinstance(choice, Bookmark) or corpus is None:
            return
        if (known := self._keeper.number_of(choice.spot.path)) is not None:
            self._open_bookmark(choice, [known])
        else:  # every record is looked at
            self._seeking = self._browser.work(
                lambda progress: likely_documents(choice, corpus.documents, progress),
                lambda likely: self._open_bookmark(choice, likely),
            )

    def _open_bookmark(self, bookmark: Bookmark, likely: Sequence[int]) -> None:
        """Open a bookmark in the likeliest of the documents that may hold it."""
        if likely:
            sought = Sought(bookmark.spot, bookmark.end, bookmark.passage)
            self.jump(Request(likely[0], where="third", choose=True, passage=sought))
        else:
            self._browser.say(tr("not in this corpus: {path}", path=bookmark.spot.path), error=True)
