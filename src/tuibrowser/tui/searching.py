"""Searching beside the event loop; the newest query wins."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.i18n import tr
from tuibrowser.tui.background import NewestJob, Replaced
from tuibrowser.tui.hit_lines import hit_line
from tuibrowser.tui.messages import Failed, Found, HitsMapped, LinesMade, Marked
from tuibrowser.tui.standing import all_standing
from tuibrowser.tui.widgets.hit_list import shown_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.message import Message

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.reading.view import View
    from tuibrowser.search.engine import Engine
    from tuibrowser.search.model import Scope, SearchResult
    from tuibrowser.tui.widgets.hit_list import HitLine

LIMIT = 200
"""Hits of the list: more are stepped through in the text, where n and N know them all."""

MOST_FIRST = 60
"""Hits whose text is made before all others, at most: those that a list shows at once."""

MORE_LINES = 40

PAUSE = 0.15
"""Seconds without another key after which the text of the hits further down is made."""

DRAWING = 0.02
"""Seconds for which nothing is worked out beside the drawing of the list: it would keep that waiting."""

FIRST_SECONDS = 0.008
"""Longest time for which results wait for the text of their first hits, so that the list is drawn once."""


class Searching:
    """Runs the newest search and posts its results, the text of its hits, and all hits in reading order."""

    def __init__(self, post: Callable[[Message], bool], corpus: Corpus, engine: Engine) -> None:
        self._post = post
        self._corpus = corpus
        self._engine = engine
        self._job = NewestJob("search")
        self._marking = NewestJob("marks")

    def search(self, query: str, scope: Scope, view: View, rows: int) -> None:
        """Search; the text of as many hits as a list has rows, 0 where it is not laid out yet, is made at once."""
        first = min(rows or MOST_FIRST, MOST_FIRST)
        self._job.submit(lambda replaced: self._say_failure(lambda: self._search(query, scope, view, first, replaced)))

    def mark(self, query: str, document: int) -> None:
        """Find all hits of a query in a document."""

        def find(replaced: Replaced) -> None:
            spans = tuple(self._engine.spans_in(query, document))
            with suppress(CorpusError, OSError):
                spans = all_standing(self._engine, document, spans, self._corpus.text(document))
            if not replaced():
                self._post(Marked(query, document, spans))

        self._marking.submit(lambda replaced: self._say_failure(lambda: find(replaced)))

    def _say_failure(self, work: Callable[[], None]) -> None:
        """Do some work; where it fails for whatever reason, say so, and be there for the next query."""
        try:
            work()
        except Exception as error:
            self._post(Failed(tr("this search failed: {error}", error=type(error).__name__)))

    def _search(self, query: str, scope: Scope, view: View, first: int, cancelled: Replaced) -> None:
        last: SearchResult | None = None
        order: Sequence[int] = ()
        for result in self._engine.search(query, scope, LIMIT, cancelled):
            if cancelled():
                return
            if last is not None and result.hits == last.hits:
                self._post(Found(result, {}))
            else:
                order = shown_order(result.hits)
                self._report(result, view, order[:first], cancelled)
                if not result.final and cancelled.within(DRAWING):
                    return
            last = result
        if last is None or cancelled.within(DRAWING):
            return
        occurrences = self._engine.occurrences(query, scope, cancelled)
        if cancelled():
            return
        self._post(HitsMapped(query, occurrences))
        if cancelled.within(PAUSE):
            return
        for start in range(first, len(order), MORE_LINES):
            if lines := self._lines(last, view, order[start : start + MORE_LINES], cancelled):
                self._post(LinesMade(query, lines))

    def _report(self, result: SearchResult, view: View, first: Sequence[int], cancelled: Callable[[], bool]) -> None:
        """Post results with the text of as many of the first hits as can be made at once, then that of the others."""
        until = monotonic() + FIRST_SECONDS
        lines = self._lines(result, view, first, lambda: monotonic() > until)
        self._post(Found(result, lines))
        if rest := [index for index in first if index not in lines]:
            self._post(LinesMade(result.query, self._lines(result, view, rest, cancelled)))

    def _lines(
        self, result: SearchResult, view: View, indices: Sequence[int], over: Callable[[], bool]
    ) -> dict[int, HitLine]:
        """The text of some hits, by their index, until it is over."""
        lines: dict[int, HitLine] = {}
        for index in indices:
            if over():
                break
            try:
                line = hit_line(self._corpus, self._engine, result.hits[index], view)
            except (CorpusError, OSError):
                continue  # The file has gone; its hits stay in the list without text.
            if line is not None:
                lines[index] = line
        return lines
