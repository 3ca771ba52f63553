"""Head: the lines above the rows, which say what is counted, where, and in which order; and the views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.message import Message

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import shown
from tuibrowser.reading.harmless import harmless
from tuibrowser.tui.analysis.making.asked import VIEWS, View
from tuibrowser.tui.analysis.panel.words import VIEW_NAMES
from tuibrowser.tui.widgets.grounded import Grounded
from tuibrowser.tui.widgets.strips import PLAIN, fit, strip_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.strip import Strip

_MARK: Final = " A "

_LEAST_PLACE: Final = 12
"""Cells kept for where and in which order is counted."""

_NAMED: Final = 114
"""Cells from which all views are named; on fewer only the one that is shown, unless all names have room there beside
what is not known."""


class Head(Grounded):
    """Two lines of words, and for a table the line of its headings."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"head--query", "head--dim"}

    DEFAULT_CSS = """
    Head {
        height: 3;
        & > .head--query { text-style: bold; color: $primary; }
        & > .head--dim { text-style: $quiet; }
    }
    """

    @dataclass
    class ViewWanted(Message):
        """The reader clicked the name of a view."""

        view: View

    @dataclass
    class ColumnWanted(Message):
        """The reader clicked a cell of the headings."""

        cell: int

    def __init__(self, headings: Callable[[int], Strip]) -> None:
        super().__init__()
        self._headings = headings
        self._query = self._words = self._place = self._known = ""
        self._view = View.LINES
        self._tabs: list[tuple[int, int, View, str]] = []

    def show(self, query: str, words: str, place: str, view: View, known: str, *, has_headings: bool) -> None:
        """Show the query, what is counted of it, where and how, the view, and what is not known of the texts."""
        self._query, self._words, self._place = query, words, place
        self._view, self._known = view, known
        height = 3 if has_headings else 2
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.refresh()

    def draw_line(self, y: int) -> Strip:
        """Draw a line."""
        width = self.size.width
        if y == 0:
            return self._draw_query(width)
        return self._draw_views(width) if y == 1 else self._headings(width)

    def _draw_query(self, width: int) -> Strip:
        dim = self.get_component_rich_style("head--dim", partial=True)
        bold = self.get_component_rich_style("head--query", partial=True)
        query = fit(harmless(self._query), width // 3)
        room = width - len(_MARK) - cell_width(query) - 2
        words = fit(shown(self._words), room - _LEAST_PLACE)
        place = fit(shown(self._place), room - cell_width(words) - 3)
        left = [Segment(_MARK, dim), Segment(query, bold), Segment(("  " if query else "") + words, PLAIN)]
        used = sum(cell_width(each.text) for each in left)
        return strip_of(
            [*left, Segment(" " * max(1, width - used - cell_width(place) - 1)), Segment(place, dim)], width
        )

    def _draw_views(self, width: int) -> Strip:
        dim = self.get_component_rich_style("head--dim", partial=True)
        bold = self.get_component_rich_style("head--query", partial=True)
        known = shown(self._known)
        self._tabs = self._tabs_of(named=True)
        if width < _NAMED and self._tabs[-1][1] + cell_width(known) + 2 > width:
            self._tabs = self._tabs_of(named=False)
        segments, at = [Segment(" ")], 1
        for first, last, view, text in self._tabs:
            segments.append(Segment(" " * (first - at)))
            segments.append(Segment(text, bold if view is self._view else dim))
            at = last
        known = fit(known, max(0, width - at - 2))
        segments.append(Segment(" " * max(0, width - at - cell_width(known) - 1)))
        return strip_of([*segments, Segment(known, dim)], width)

    def _tabs_of(self, *, named: bool) -> list[tuple[int, int, View, str]]:
        """The cells of each view, from one up to another, and what is written there."""
        tabs, at = [], 1
        for number, view in enumerate(VIEWS, 1):
            is_shown = view is self._view
            name = f"{number} {shown(VIEW_NAMES[view])}" if named or is_shown else str(number)
            text = f"[{name}]" if is_shown else name
            tabs.append((at, at + cell_width(text), view, text))
            at += cell_width(text) + 1
        return tabs

    def on_click(self, event: events.Click) -> None:
        """Ask for the view whose name was clicked, or for the order of a column."""
        event.stop()
        if event.y == 1:
            for first, last, view, _ in self._tabs:
                if first <= event.x < last:
                    self.post_message(self.ViewWanted(view))
        elif event.y == 2:
            self.post_message(self.ColumnWanted(event.x))
