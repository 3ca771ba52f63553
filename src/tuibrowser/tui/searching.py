"""Searching beside the event loop; the newest query wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.tui.background import NewestJob
from tuibrowser.tui.hit_lines import hit_line
from tuibrowser.tui.messages import Found, HitsMapped, LinesMade

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.reading.view import View
    from tuibrowser.search.engine import Engine
    from tuibrowser.search.model import Scope, SearchResult
    from tuibrowser.tui.widgets.hit_list import HitLine

LIMIT = 200
"""Hits of the list: more are stepped through in the text, where n and N know them all."""

FIRST_LINES = 12
"""Hits whose text is made before the first report: what the list shows at once."""

MORE_LINES = 40


class Searching:
    """Runs the newest search and posts its results, the text of its hits, and all hits in reading order."""

    def __init__(self, post: Callable[[Message], bool], corpus: Corpus, engine: Engine) -> None:
        self._post = post
        self._corpus = corpus
        self._engine = engine
        self._job = NewestJob("search")

    def search(self, query: str, scope: Scope, view: View, document: int) -> None:
        """Search; the reader is in this document."""
        self._job.submit(lambda cancelled: self._search(query, scope, view, document, cancelled))

    def cancel(self) -> None:
        """Stop searching."""
        self._job.cancel()

    def _search(self, query: str, scope: Scope, view: View, document: int, cancelled: Callable[[], bool]) -> None:
        last: SearchResult | None = None
        for result in self._engine.search(query, scope, LIMIT, cancelled):
            if cancelled():
                return
            self._post(Found(result))
            if last is None or result.hits != last.hits:
                self._make_lines(result, view, 0, FIRST_LINES, cancelled)
            last = result
        if last is None or cancelled():
            return
        occurrences = self._engine.occurrences(query, scope, cancelled)
        if cancelled():
            return
        spans = tuple(self._engine.spans_in(query, document)) if query.strip() else ()
        self._post(HitsMapped(query, occurrences, document, spans))
        for start in range(FIRST_LINES, len(last.hits), MORE_LINES):
            self._make_lines(last, view, start, start + MORE_LINES, cancelled)

    def _make_lines(
        self, result: SearchResult, view: View, start: int, end: int, cancelled: Callable[[], bool]
    ) -> None:
        lines: dict[int, HitLine] = {}
        for index, hit in enumerate(result.hits[start:end], start):
            if cancelled():
                return
            try:
                line = hit_line(self._corpus, self._engine, hit, view)
            except (CorpusError, OSError):
                continue  # The file has gone; its hits stay in the list without text.
            if line is not None:
                lines[index] = line
        if lines:
            self._post(LinesMade(result.query, lines))
