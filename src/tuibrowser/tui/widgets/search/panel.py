"""The search panel: the query, what was found, and the list of hits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from tuibrowser.language.i18n import shown, tr
from tuibrowser.reading.harmless import harmless
from tuibrowser.reading.quoting.write import Format
from tuibrowser.search.answering.listing import listing_of_hits
from tuibrowser.search.missing import reach_words
from tuibrowser.search.model import FURNITURE, Hit, Order, Scope, SearchResult
from tuibrowser.settings.commands import Place
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.labels import HIT_ORDERS
from tuibrowser.tui.widgets.search.counts import Counts, counted
from tuibrowser.tui.widgets.search.hit_list import NARROW, HitLine, HitList, Hits, where
from tuibrowser.tui.widgets.search.pair import AlignedPair
from tuibrowser.tui.widgets.search.query_field import QueryField
from tuibrowser.tui.widgets.strips import fit_end

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from tuibrowser.search.answering.listing import Listing
    from tuibrowser.search.values import Reach
    from tuibrowser.study.pairing import Pairing
    from tuibrowser.tui.widgets.line_list import LineList

PATIENCE = 0.3
"""Seconds for which hits of an earlier query stay in the list, so that it doesn't flicker while one types."""
HISTORY = 200
FOLDER_CELLS = 24
"""Characters shown of the name of the folder that is searched; its end says most."""


class Answer(Enum):
    """Whether there is an answer to the newest question."""

    GIVEN = auto()
    AWAITED = auto()
    FAILED = auto()


class SearchPanel(Vertical):
    """Asks for searches and previews; shows what comes of them.

    The keys of the list are bound here; while the field has the focus it takes the letters among them itself.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.LIST)

    DEFAULT_CSS = """
    SearchPanel {
        display: none;
        height: 55%;
        border-bottom: solid $primary;
        & > Horizontal { height: 1; }
        & QueryField { width: 1fr; border: none; padding: 0; height: 1; background: $background; }
        & #search-mark { width: 2; color: $primary; text-style: bold; }
        & #search-scope { width: auto; max-width: 75%; height: 1; text-style: $quiet; padding: 0 1; }
        & HitList { height: 1fr; }
        &.open { display: block; }
    }
    """

    @dataclass
    class Asked(Message):
        """The reader asks for a search."""

        query: str

    @dataclass
    class Previewed(Message):
        """The reader looks at a hit of the list."""

        hit: Hit

    @dataclass
    class Closed(Message):
        """The reader closes the panel, to stay at a hit or, with None, to return."""

        hit: Hit | None

    class NewWanted(Message):
        """The reader wants to see what was found since of the same query."""

    @dataclass
    class CopyWanted(Message):
        """The reader wants the paragraphs of some hits: as a format, or None to choose one.

        There may be very many hits: they are to be read off the event loop.
        """

        hits: Hits
        form: Format | None = Format.TEXT

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.scope = Scope()
        self._here = 0
        self._result: SearchResult | None = None
        self._history: list[str] = []
        self._recalled = -1
        self._count = ""
        self._names: Callable[[int], str] = lambda _: ""
        self._answer = Answer.GIVEN
        self._reach: Reach | None = None
        self._patience: Timer | None = None
        self.is_waiting = False
        """Whether the reader wants to stay at the first hit of a query that is still being searched for."""

    def compose(self) -> ComposeResult:
        """The query with the scope, the counts, and the list."""
        with Horizontal():
            yield Static("/", id="search-mark")
            field = QueryField(compact=True, select_on_focus=False, id="search-field")
            field.cursor_blink = False
            yield field
            yield Static("", id="search-scope", markup=False)
        yield Counts()
        yield HitList(id="search-hits")
        yield AlignedPair()

    @property
    def field(self) -> QueryField:
        """The line of the query."""
        return self.query_one(QueryField)

    @property
    def rows(self) -> int:
        """The rows of the list."""
        return self.hits.size.height

    @property
    def hits(self) -> HitList:
        """The list of hits."""
        return self.query_one(HitList)

    @property
    def is_open(self) -> bool:
        """Whether the panel is shown."""
        return self.has_class("open")

    @property
    def _is_asking(self) -> bool:
        """Whether what is listed answers another question than the newest."""
        return self._answer is Answer.AWAITED

    # What the program says

    def remember(self, queries: Sequence[str]) -> None:
        """Take up earlier queries, the last one first."""
        self._history = [*reversed(queries)][-HISTORY:]

    def ask(self, query: str) -> None:
        """Search for something the reader did not type here."""
        self.field.value = query
        self.field.cursor_position = len(query)

    def open(self, document: int, names: Callable[[int], str]) -> None:
        """Show the panel with the last query; the reader is in this document now, and `names` has that of each."""
        self._here, self._names = document, names
        is_elsewhere = self.scope.document not in {None, document}
        if is_elsewhere:
            self.scope = replace(self.scope, document=document)
        if is_elsewhere or self._answer is Answer.FAILED:
            self._ask()
        self.add_class("open")
        self._recalled = -1
        self._show_scope()
        self.field.cursor_position = len(self.field.value)
        self.screen.set_focus(self.field)

    def close(self) -> None:
        """Hide the panel; the query and its list are kept."""
        self.remove_class("open")
        query = self.field.value.strip()
        if query and query not in self._history[-1:]:
            self._history = [*self._history, query][-HISTORY:]

    def show_result(self, result: SearchResult, listing: Listing, lines: dict[int, HitLine]) -> None:
        """Show what a search has found so far, with the text of the first hits.

        The cursor stays at the hit it stood on, if the reader moved there.
        """
        kept = self.hits.current if self._result is not None and self._result.query == result.query else None
        before = self._result
        self._result = result
        self._answer = Answer.GIVEN
        if before is None or before.query != result.query:
            self.hits.forget_marks()
            self.hits.unfold_all()
        if self.is_waiting and (result.hits or result.final):
            self.call_after_refresh(self.action_stay)
        self.query_one(Counts).say(counted(result, self._reach_words()))
        self.hits.show(listing, kept, lines)
        if not result.hits:
            self.show_pairing(None)
        if (hit := self.hits.current) is not None and (kept is None or where(hit) != where(kept)):
            # Not before the list is on the screen: reading a document beside its drawing would keep that waiting.
            self.call_after_refresh(self.post_message, self.Previewed(hit))

    @property
    def total(self) -> int:
        """How many matches there are of what is listed."""
        return self._result.total if self._result is not None else 0

    def show_reach(self, reach: Reach) -> None:
        """Show how much of the corpus can be searched now."""
        self._reach = reach
        if self.is_mounted and self._result is not None and self._answer is Answer.GIVEN:
            self.query_one(Counts).say(counted(self._result, self._reach_words()))

    def tell_arrived(self, count: int, keys: str) -> None:
        """Say that so many matches were found since, and which keys show them."""
        if self._result is not None:
            news = tr("{count:,} new, press {keys}", count=count, keys=keys)
            self.query_one(Counts).say(f"{news}  {counted(self._result, self._reach_words())}")

    def _reach_words(self) -> str:
        """How much of the corpus can be searched, in as many words as there is room for."""
        return "" if self._reach is None else shown(reach_words(self._reach, short=self.size.width < NARROW))

    def show_failure(self, reason: str) -> None:
        """Show that there is no answer, and why; the list is empty then."""
        self._answer, self.is_waiting = Answer.FAILED, False
        self._empty()
        self.query_one(Counts).say(tr("{reason} · Enter searches again", reason=reason))

    def _empty(self) -> None:
        """List nothing."""
        self._result = None
        self.hits.forget_marks()
        self.hits.show(listing_of_hits(()), None, {})
        self.show_pairing(None)

    def _say_searching(self) -> None:
        """Say that there is no answer yet; hits of another query are listed no longer."""
        if not self._is_asking:
            return
        if self._result is None or self._result.query != self.field.value:
            self._empty()
        self.query_one(Counts).say(tr("searching …"))

    def show_pairing(self, pairing: Pairing | None) -> None:
        """Show how a parallel corresponds to the passage that was asked for, or nothing."""
        self.query_one(AlignedPair).show(pairing, self.size.width, self.size.height // 3)

    def add_lines(self, listing: Listing, lines: dict[int, HitLine]) -> None:
        """Take up the text of the hits of a listing, by their index."""
        self.hits.add_lines(listing, lines)

    # What the reader does

    def _ask(self) -> None:
        self._answer = Answer.AWAITED
        if self._patience is not None:
            self._patience.stop()
        self._patience = self.set_timer(PATIENCE, self._say_searching)
        self.post_message(self.Asked(self.field.value))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search for what stands in the field now."""
        event.stop()
        self._ask()

    def on_query_field_asked(self, event: QueryField.Asked) -> None:
        """Do what a key of the field asks for."""
        event.stop()
        if event.action == "move" and event.argument < 0 and (not self.field.value or self._recalled >= 0):
            self._recall()
        elif event.action == "move":
            self.hits.action_move(event.argument)
        elif event.action == "move_pages":
            self.hits.action_move_pages(event.argument)
        elif event.action == "to_list":
            self.screen.set_focus(self.hits)
        elif event.action == "stay":
            self.action_stay()
        else:
            self.action_back()

    def _recall(self) -> None:
        """Put an earlier query into the field."""
        if self._recalled + 1 < len(self._history):
            self._recalled += 1
            self.field.value = self._history[-1 - self._recalled]
            self.field.cursor_position = len(self.field.value)

    def on_key(self, event: events.Key) -> None:
        """Typing ends the walk through earlier queries; in the list digits are a number before a key."""
        if event.is_printable:
            self._recalled = -1
        digit = event.character or ""
        if self.hits.has_focus and digit.isascii() and digit.isdigit() and (digit != "0" or self._count):
            self._count = (self._count + digit)[-6:]
            event.stop()

    def _take_count(self) -> int | None:
        """The number typed before a key, once."""
        digits, self._count = self._count, ""
        return int(digits) if digits else None

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        """Preview the hit under the cursor."""
        event.stop()
        if (hit := self.hits.hit_at(event.row)) is not None:
            self.post_message(self.Previewed(hit))

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Preview the hit that was clicked."""
        event.stop()
        if (hit := self.hits.hit_at(event.row)) is not None:
            self.post_message(self.Previewed(hit))

    # Actions of the list's keys

    def action_move(self, rows: int) -> None:
        """Move in the list, so many times as the number before the key says."""
        self.hits.action_move(rows * (self._take_count() or 1))

    def action_move_pages(self, pages: float) -> None:
        """Move in the list by pages or half pages."""
        self.hits.action_move_pages(pages * (self._take_count() or 1))

    def action_move_start(self) -> None:
        """Go to the first hit."""
        self.hits.action_move_start()

    def action_move_end(self) -> None:
        """Go to the last hit."""
        self.hits.action_move_end()

    def action_stay(self) -> None:
        """Stay at the hit; where the search for what stands in the field has found nothing yet, once it has.

        Where nothing but page furniture has matches, which the panel says, search that.
        """
        asked, result = self.field.value, self._result
        if asked.strip() and self._answer is Answer.FAILED:
            self._ask()
        if asked.strip() and (
            self._answer is Answer.AWAITED
            or result is None
            or result.query != asked
            or not (result.hits or result.final)
        ):
            self.is_waiting = True
            return
        has_seen, self.is_waiting = not self.is_waiting, False
        if result is None or not result.in_furniture:
            self.post_message(self.Closed(self.hits.current if not self._is_asking else None))
        elif has_seen:
            self.ask(f"{FURNITURE} {asked}")

    def action_back(self) -> None:
        """Return to where the reader was."""
        self.is_waiting = False
        self.post_message(self.Closed(None))

    def action_to_field(self) -> None:
        """Go back to the query."""
        self.screen.set_focus(self.field)

    def action_copy(self) -> None:
        """Copy the paragraphs of the marked hits, or of this one."""
        self._copy(Format.TEXT)

    def action_copy_cited(self) -> None:
        """Copy them with their citations."""
        self._copy(Format.CITED)

    def action_copy_as(self) -> None:
        """Copy them in a form to be chosen."""
        self._copy(None)

    def _copy(self, form: Format | None) -> None:
        if self._answers() and self.hits.current is not None:
            self.post_message(self.CopyWanted(self.hits.chosen, form))

    def _answers(self) -> bool:
        """Whether the hits listed are those of the newest question; where not, say that they are searched for."""
        self._say_searching()
        return not self._is_asking

    def action_mark(self) -> None:
        """Mark the hit."""
        if self._answers():
            self.hits.toggle_mark()

    def action_mark_all(self) -> None:
        """Mark all hits, or none."""
        if self._answers():
            self.hits.mark_all()

    def action_show_new(self) -> None:
        """Show what was found since of the same query."""
        self.post_message(self.NewWanted())

    def action_fold(self) -> None:
        """Fold the hits of the document away; after a number, those of all."""
        self.hits.fold(all_documents=self._take_count() is not None)

    def action_unfold(self) -> None:
        """Show the hits of the document again; after a number, those of all."""
        self.hits.unfold(all_documents=self._take_count() is not None)

    def action_scope(self) -> None:
        """Search the document of the chosen hit, then its folder, then everything."""
        scope, hit = self.scope, self.hits.current
        if scope.document is None and scope.folder is None:
            number = hit.document if hit is not None else self._here
            self.scope = replace(scope, document=number)
        elif scope.document is not None and (folder := self._names(scope.document).rpartition("/")[0]):
            self.scope = replace(scope, document=None, folder=folder + "/")
        else:
            self.scope = replace(scope, document=None, folder=None)
        self._rescope()

    def action_exact(self) -> None:
        """Leave out what is near only, or take it in again."""
        self.scope = replace(self.scope, exact=not self.scope.exact)
        self._rescope()

    def action_sort(self) -> None:
        """Order by relevance, then date, path and the number of hits in the document."""
        orders = list(Order)
        self.scope = replace(self.scope, order=orders[(orders.index(self.scope.order) + 1) % len(orders)])
        self._rescope()

    def _rescope(self) -> None:
        self._show_scope()
        self._ask()

    def _show_scope(self) -> None:
        scope = self.scope
        folder = fit_end(harmless(scope.folder), FOLDER_CELLS) if scope.folder else ""
        if scope.document is not None:
            name = fit_end(harmless(self._names(scope.document)), FOLDER_CELLS)
            place = tr("in {folder}", folder=name)
        else:
            place = tr("in {folder}", folder=folder) if folder else tr("everywhere")
        parts = [place, tr("exact only") if scope.exact else "", shown(HIT_ORDERS[scope.order])]
        self.query_one("#search-scope", Static).update("  ".join(part for part in parts if part))
