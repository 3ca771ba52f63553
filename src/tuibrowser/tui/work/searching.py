"""Searching beside the event loop; the newest query wins."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import said, shown, tr
from tuibrowser.search.answering.listing import listing_of_hits
from tuibrowser.search.machines.line import OtherTextsError
from tuibrowser.tui.work.background import NewestJob, Replaced
from tuibrowser.tui.work.hit_lines import hit_line
from tuibrowser.tui.work.messages import Failed, HitsFound, HitsMapped, LinesMade, Marked, OtherTexts, SearchFailed
from tuibrowser.tui.work.standing import all_standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.message import Message

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.reading.views.view import View
    from tuibrowser.search.answering.listing import Listing
    from tuibrowser.search.model import Scope, SearchResult
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.tui.widgets.search.hit_list import HitLine

LIMIT = 200
"""Hits that are listed first where there are so many that listing all of them takes its time."""

AT_ONCE = 2_000
"""Matches up to which all hits are listed at once."""

MOST_FIRST = 60
"""Hits whose text is made before all others, at most: those that a list shows at once."""

DRAWING = 0.02
"""Seconds for which nothing is worked out beside the drawing of the list: it would keep that waiting."""

FIRST_SECONDS = 0.008
"""Longest time for which results wait for the text of their first hits, so that the list is drawn once."""


class Searching:
    """Runs the newest search and posts its results, the text of its hits, and all hits in reading order."""

    def __init__(self, post: Callable[[Message], bool], corpus: Corpus, searcher: Searcher) -> None:
        self._post = post
        self._corpus = corpus
        self._searcher = searcher
        self._job = NewestJob("search")
        self._marking = NewestJob("marks")
        self._making = NewestJob("lines")

    def end(self) -> None:
        """Search no more."""
        for job in (self._job, self._marking, self._making):
            job.cancel()

    def search(self, query: str, scope: Scope, view: View, rows: int, *, is_behind: bool = False) -> None:
        """Search; the text of as many hits as a list has rows, 0 where it is not laid out yet, is made at once.

        What is searched for again `is_behind` the list of what was found before: one result is posted, the whole one.
        """
        first = min(rows or MOST_FIRST, MOST_FIRST)

        def search(replaced: Replaced) -> None:
            def failed(reason: str) -> None:
                if not replaced():
                    self._post(SearchFailed(query, scope, reason))

            look = self._search_behind if is_behind else self._search
            self._say_failure(lambda: look(query, scope, view, first, replaced), failed)

        self._job.submit(search)

    def make_lines(self, listing: Listing, indices: Iterable[int], view: View) -> None:
        """Make the text of some hits of a listing."""

        def make(replaced: Replaced) -> None:
            if lines := self._lines(listing, view, indices, replaced):
                self._post(LinesMade(listing, lines))

        self._making.submit(lambda replaced: self._say_failure(lambda: make(replaced)))

    def mark(self, query: str, document: int) -> None:
        """Find all hits of a query in a document."""

        def find(replaced: Replaced) -> None:
            spans = tuple(self._searcher.spans_in(query, document))
            with suppress(CorpusError, OSError):
                spans = all_standing(self._searcher, document, spans, self._corpus.text(document))
            if not replaced():
                self._post(Marked(query, document, spans))

        self._marking.submit(lambda replaced: self._say_failure(lambda: find(replaced)))

    def _say_failure(self, work: Callable[[], None], failed: Callable[[str], object] | None = None) -> None:
        """Do some work; where it fails for whatever reason, say so, and be there for the next query."""
        failed = failed or (lambda reason: self._post(Failed(reason)))
        try:
            work()
        except CorpusError as error:
            failed(shown(said(error)))
            if isinstance(error, OtherTextsError):
                self._post(OtherTexts(is_gone=True))
        except Exception as error:
            failed(tr("this search failed: {error}", error=type(error).__name__))

    def _search(self, query: str, scope: Scope, view: View, first: int, cancelled: Replaced) -> None:
        last: SearchResult | None = None
        is_whole = True
        for result in self._searcher.search(query, scope, LIMIT, cancelled):
            if cancelled():
                return
            is_whole = len(result.hits) < LIMIT
            if result.final and not is_whole and result.total <= AT_ONCE:
                listing, is_whole = self._searcher.listing(query, scope, cancelled), True
            else:
                listing = listing_of_hits(result.hits)
            self._report(scope, result, listing, view, first, cancelled)
            if not result.final and cancelled.within(DRAWING):
                return
            last = result
        if last is None or cancelled.within(DRAWING):
            return
        occurrences = self._searcher.occurrences(query, scope, cancelled)
        if cancelled():
            return
        self._post(HitsMapped(query, scope, occurrences))
        if not is_whole and not cancelled():
            listing = self._searcher.listing(query, scope, cancelled)
            self._report(scope, last, listing, view, first, cancelled)

    def _search_behind(self, query: str, scope: Scope, view: View, first: int, cancelled: Replaced) -> None:
        for result in self._searcher.search(query, scope, LIMIT, cancelled, final_only=True):
            listing = self._searcher.listing(query, scope, cancelled)
            occurrences = self._searcher.occurrences(query, scope, cancelled)
            lines = self._lines(listing, view, range(min(first, len(listing))), cancelled)
            if cancelled():
                return
            self._post(HitsFound(scope, result, listing, lines, is_behind=True))
            self._post(HitsMapped(query, scope, occurrences))

    def _report(
        self,
        scope: Scope,
        result: SearchResult,
        listing: Listing,
        view: View,
        first: int,
        cancelled: Callable[[], bool],
    ) -> None:
        """Post results with the text of as many of the first hits as can be made at once, then that of the others."""
        until = monotonic() + FIRST_SECONDS
        indices = range(min(first, len(listing)))
        lines = self._lines(listing, view, indices, lambda: monotonic() > until)
        if cancelled():
            return
        self._post(HitsFound(scope, result, listing, lines))
        if rest := [index for index in indices if index not in lines]:
            self._post(LinesMade(listing, self._lines(listing, view, rest, cancelled)))

    def _lines(
        self, listing: Listing, view: View, indices: Iterable[int], over: Callable[[], bool]
    ) -> dict[int, HitLine]:
        """The text of some hits, by their index, until it is over."""
        lines: dict[int, HitLine] = {}
        wanted = sorted(indices)
        hits = listing.hits(wanted[0], wanted[-1] + 1) if wanted else ()
        chosen = [hits[index - wanted[0]] for index in wanted]
        # Here each takes its time; a server is asked once.
        excerpts = self._searcher.excerpts(chosen) if self._corpus.is_served else None
        for at, (index, hit) in enumerate(zip(wanted, chosen, strict=True)):
            if over():
                break
            try:
                excerpt = excerpts[at] if excerpts is not None else self._searcher.excerpts([hit])[0]
                line = hit_line(self._corpus, self._searcher, hit, view, excerpt)
            except (CorpusError, OSError):
                continue  # The file has gone; its hits stay in the list without text.
            if line is not None:
                lines[index] = line
        return lines
