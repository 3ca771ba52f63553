"""The search panel: the query, what was found, and the list of hits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from tuibrowser.commands import Place
from tuibrowser.reading.formats import Format
from tuibrowser.search.model import Hit, Order, Scope, SearchResult
from tuibrowser.tui.bindings import bindings_of
from tuibrowser.tui.widgets.hit_list import HitLine, HitList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tuibrowser.tui.widgets.line_list import LineList

HISTORY = 200
LONGEST_PASSAGE = 200
"""Characters of pasted lines that are searched for as one passage."""


class QueryField(Input):
    """The line of the query. Its keys that act on the list are the panel's."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.FIELD)

    class Asked(Message):
        """A key of the field asks the panel for something: the panel's action by its name, with an argument."""

        def __init__(self, action: str, argument: int = 0) -> None:
            super().__init__()
            self.action = action
            self.argument = argument

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
        passage = "".join(
            line.strip() if line.strip().isascii() is False else f" {line.strip()} " for line in event.text.splitlines()
        )
        self.replace(
            passage.strip()[:LONGEST_PASSAGE] if "\n" in event.text.strip() else event.text.strip("\r\n"),
            *self.selection,
        )


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
        & #search-scope { width: auto; max-width: 40%; text-style: dim; padding: 0 1; }
        & #search-counts { height: 1; width: 1fr; padding: 0 1; text-style: dim; }
        & HitList { height: 1fr; }
        &.open { display: block; }
    }
    """

    class Asked(Message):
        """The reader asks for a search."""

        def __init__(self, query: str, scope: Scope) -> None:
            super().__init__()
            self.query = query
            self.scope = scope

    class Previewed(Message):
        """The reader looks at a hit of the list."""

        def __init__(self, hit: Hit) -> None:
            super().__init__()
            self.hit = hit

    class Closed(Message):
        """The reader closes the panel, to stay at a hit or, with None, to return."""

        def __init__(self, hit: Hit | None) -> None:
            super().__init__()
            self.hit = hit

    class CopyWanted(Message):
        """The reader wants the paragraphs of some hits: as a format, or None to choose one."""

        def __init__(self, hits: tuple[Hit, ...], form: Format | None = Format.TEXT) -> None:
            super().__init__()
            self.hits = hits
            self.form = form

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.scope = Scope()
        self._here: tuple[int, str, str] = (0, "", "")
        self._result: SearchResult | None = None
        self._history: list[str] = []
        self._recalled = -1
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
        yield Static("", id="search-counts", markup=False)
        yield HitList(id="search-hits")

    @property
    def field(self) -> QueryField:
        """The line of the query."""
        return self.query_one(QueryField)

    @property
    def hits(self) -> HitList:
        """The list of hits."""
        return self.query_one(HitList)

    @property
    def is_open(self) -> bool:
        """Whether the panel is shown."""
        return self.has_class("open")

    # What the program says

    def remember(self, queries: Sequence[str]) -> None:
        """Take up earlier queries, the last one first."""
        self._history = [*reversed(queries)][-HISTORY:]

    def ask(self, query: str) -> None:
        """Search for something the reader did not type here."""
        self.field.value = query

    def open(self, document: int, name: str, title: str) -> None:
        """Show the panel with the last query; the reader is in this document now."""
        self._here = (document, name, title)
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

    def show_result(self, result: SearchResult) -> None:
        """Show what a search has found so far; the cursor stays at the hit it stood on, if the reader moved there."""
        kept = self.hits.current if self._result is not None and self._result.query == result.query else None
        before = self._result
        self._result = result
        if self.is_waiting and (result.hits or result.final):
            self.call_after_refresh(self.action_stay)
        self.query_one("#search-counts", Static).update(self.counts(result))
        if before is not None and before.query == result.query and before.hits == result.hits:
            return
        index = next((i for i, hit in enumerate(result.hits) if kept is not None and same_place(hit, kept)), 0)
        self.hits.show(result.hits, index)
        if (hit := self.hits.current) is not None:
            self.post_message(self.Previewed(hit))

    def add_lines(self, query: str, lines: dict[int, HitLine]) -> None:
        """Take up the text of the hits of a query, by their index."""
        if self._result is not None and self._result.query == query:
            self.hits.add_lines(lines)

    @staticmethod
    def counts(result: SearchResult) -> str:
        """What was found, in words."""
        if not result.query.strip():
            return "characters in any script, pinyin, initials · in:PATH by:NAME date:2022 -WORD “…” exactly so"
        kinds = ", ".join(f"{kind.value} {count}" for kind, count in result.totals.items() if count)
        least = "at least " if result.at_least else ""
        if result.total:
            words = f"{least}{result.total} in {result.documents} document{'s' * (result.documents != 1)}: {kinds}"
        else:
            words = "nothing found" if result.final else "searching …"
        return "  ".join((words, *result.notes))

    # What the reader does

    def _ask(self) -> None:
        self.post_message(self.Asked(self.field.value, self.scope))

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
        """Typing ends the walk through earlier queries."""
        if event.is_printable:
            self._recalled = -1

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
        """Move in the list."""
        self.hits.action_move(rows)

    def action_move_pages(self, pages: int) -> None:
        """Move in the list by pages."""
        self.hits.action_move_pages(pages)

    def action_move_start(self) -> None:
        """Go to the first hit."""
        self.hits.action_move_start()

    def action_move_end(self) -> None:
        """Go to the last hit."""
        self.hits.action_move_end()

    def action_stay(self) -> None:
        """Stay at the hit; where the search for what stands in the field has found nothing yet, once it has."""
        asked, result = self.field.value, self._result
        if asked.strip() and (result is None or result.query != asked or not (result.hits or result.final)):
            self.is_waiting = True
            return
        self.is_waiting = False
        self.post_message(self.Closed(self.hits.current))

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
        if hits := self.hits.chosen:
            self.post_message(self.CopyWanted(tuple(hits), form))

    def action_mark(self) -> None:
        """Mark the hit."""
        self.hits.toggle_mark()

    def action_scope(self) -> None:
        """Search everything, then the folder, then the document the reader came from."""
        document, name, _ = self._here
        folder = name.rpartition("/")[0]
        scope = self.scope
        if scope.document is not None or (scope.folder is None and not folder and scope.document is not None):
            self.scope = Scope(exact=scope.exact, order=scope.order)
        elif scope.folder is None and folder:
            self.scope = Scope(folder=folder + "/", exact=scope.exact, order=scope.order)
        else:
            self.scope = Scope(document=document, exact=scope.exact, order=scope.order)
        self._rescope()

    def action_exact(self) -> None:
        """Leave out what is near only, or take it in again."""
        scope = self.scope
        self.scope = Scope(scope.document, scope.folder, not scope.exact, scope.order)
        self._rescope()

    def action_sort(self) -> None:
        """Order by relevance, then date, then path."""
        scope = self.scope
        orders = list(Order)
        order = orders[(orders.index(scope.order) + 1) % len(orders)]
        self.scope = Scope(scope.document, scope.folder, scope.exact, order)
        self._rescope()

    def _rescope(self) -> None:
        self._show_scope()
        self._ask()

    def _show_scope(self) -> None:
        scope = self.scope
        where = (
            "in this document" if scope.document is not None else f"in {scope.folder}" if scope.folder else "everywhere"
        )
        parts = [where, "exact only" if scope.exact else "", f"by {scope.order.value}"]
        self.query_one("#search-scope", Static).update("  ".join(part for part in parts if part))


def same_place(one: Hit, other: Hit) -> bool:
    """Whether two hits stand at the same place."""
    return one.document == other.document and one.spans[:1] == other.spans[:1]
