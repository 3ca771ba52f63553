"""Walking the hits in reading order: to the next one, to the previous one, and which one of how many it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tuibrowser.corpus.works.naming import full_title
from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import plain, tr
from tuibrowser.search.missing import without_words
from tuibrowser.tui.widgets.pane.marked import is_marked
from tuibrowser.tui.work.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.corpus.model import Position
    from tuibrowser.search.searcher import Occurrences
    from tuibrowser.tui.browser.desk import Inside
    from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane
    from tuibrowser.tui.work.messages import Marked, Opened

    Span = tuple[int, int]


@frozen
class _Wish:
    """What the reader wants as soon as the hits of a query are known in reading order."""

    query: str
    act: Callable[[], None]
    leads_away: bool = False
    """Whether it goes to another passage."""


class HitWalk:
    """Knows the hits of the search in reading order, and which of them the reader went to.

    What is asked for while another passage is on its way is done there: until the hits are known, and from then until
    the document that holds the hit is read.
    """

    def __init__(self, browser: Inside, pane: ReadingPane) -> None:
        self._browser = browser
        self._pane = pane
        self._occurrences: Occurrences | None = None
        self._are_marked = True
        """Whether the hits are marked in the text: until the reader takes the marks away."""
        self._walked: int | None = None
        """The number of the hit that was gone to last."""
        self._walked_hit: Span | None = None
        """Its span in the text shown, where that was changed since it was indexed."""
        self._gone: tuple[Position, int | None] | None = None
        """The place shown when a hit proved to be gone from its file; None once the reader has moved on."""
        self._unmarked_hit: Span | None = None
        """The current hit when the marks were taken away: `n` goes on from it as long as its paragraph is current."""
        self._wish: _Wish | None = None
        self._once_there: Callable[[], None] | None = None
        """What the reader asked to do with the passage gone to before it was shown."""
        self._has_told = False
        """Whether it was said since the search began that parts of the corpus are passed over."""
        self.words = ""
        """Which hit of how many it is, in words; empty where that is not known."""

    # The search

    def begin(self, query: str, *, is_another: bool) -> None:
        """A search begins, perhaps the same as before: its hits are not known yet."""
        if is_another:
            self._once_there = None
            if self._wish is not None and self._wish.query != query:
                self._wish = None
        self._are_marked = True
        self._has_told = False
        self._occurrences = None
        self.words = ""

    def fail(self) -> None:
        """There is no answer to the search: no hit of it, or of the one before, is gone to or marked."""
        self._occurrences = self._wish = self._once_there = None
        self.words = ""
        self._pane.mark_hits(())
        self._browser.show_place()

    def take(self, occurrences: Occurrences) -> None:
        """Know the hits, and do what waited for them."""
        self._occurrences = occurrences
        wish, self._wish = self._wish, None
        if wish is not None:
            wish.act()

    def want_first(self, query: str) -> None:
        """Go to the first hit of a query that is searched for next, as soon as it is known."""
        self._wish = _Wish(query, partial(self._at_last, partial(self._go_to, 0, 1)), leads_away=True)

    def forget(self) -> None:
        """Do nothing of what was asked for and could not be done yet."""
        self._wish = self._once_there = None

    @property
    def is_known(self) -> bool:
        """Whether the hits are known in reading order."""
        return self._occurrences is not None

    @property
    def wants_marks(self) -> bool:
        """Whether hits are to be marked in the text now."""
        return self._are_marked and self.is_known

    def mark(self, message: Marked) -> None:
        """Mark the hits in the text; the current one is marked already."""
        pane = self._pane
        if message.query == self._browser.query and pane.document and pane.document.number == message.document:
            pane.mark_hits(message.spans, pane.current_hit if is_marked(message.spans, pane.current_hit) else None)

    def unmark(self) -> None:
        """Take the marks away; the query stays, and `n` goes on with it."""
        self._are_marked, self.words = False, ""
        self._unmarked_hit = self._pane.current_hit or self._unmarked_hit
        self._pane.mark_hits(())
        self._browser.show_place()

    # On the way to a passage

    def depart(self) -> bool:
        """Another passage is being read; whether something was to be done with the one that is left."""
        had, self._once_there = self._once_there is not None, None
        return had

    def arrive(self, message: Opened) -> None:
        """Mark the hits in the document that is shown now."""
        hit = message.request.hit
        self._gone = self._unmarked_hit = None
        self._walked_hit = hit if message.changed else None
        hits = message.hits if self._are_marked else ()
        self._pane.mark_hits(hits if hits or hit is None else (hit,), hit)

    def find_nothing(self) -> bool:
        """Give up the hit that cannot be read; return whether something was to be done with it."""
        self._unmarked_hit = None
        return self.depart()

    def miss(self) -> None:
        """The hit that was to be shown is gone from its file."""
        self._once_there = None
        self._gone = self._pane.standing
        self.forget_number()

    def forget_number(self) -> None:
        """Another hit than the one gone to last is the current one, or none."""
        self.words = ""
        self._browser.show_place()

    def move(self) -> None:
        """The reader may have moved."""
        if self._gone != self._pane.standing:
            self._gone = None

    def put_off(self, act: Callable[[], None], span: Span | None) -> bool:
        """Whether `act` must wait, since it is asked for the current passage while another one is on its way."""
        is_on_the_way = self._browser.is_opening or (self._wish is not None and self._wish.leads_away)
        if not is_on_the_way or span != self._pane.paragraph_span:
            return False
        self._once_there = act
        self._browser.say(tr("waiting for the passage"))
        return True

    def do_there(self) -> None:
        """Do what the reader asked for before the passage was shown."""
        if self._once_there is not None:
            self._browser.unsay()
            act, self._once_there = self._once_there, None
            act()

    def refuses(self, span: Span) -> bool:
        """Whether a passage is not to be copied, since it stands where a hit is gone; said once."""
        if self._gone is None or span != self._pane.paragraph_span:
            return False
        self._browser.say(tr("not copied: the hit is gone; any movement chooses another passage"), error=True)
        self._gone = None
        return True

    # Steps

    def step(self, step: int) -> None:
        """Go so many hits on in reading order, across documents; as soon as they are known."""
        query = self._browser.query
        if self._pane.position is None or not query.strip():
            self._browser.say(tr("no search yet: {key} opens the search", key=self._browser.key("search")))
        elif self._occurrences is None:
            self._browser.retry_search()
            self._browser.say(tr("still searching"))
            self._wish = _Wish(query, partial(self._at_last, partial(self._step, step)), leads_away=True)
        else:
            self._step(step)

    def _at_last(self, go: Callable[[], None]) -> None:
        """Go to a hit that is known now, and do there what waited for it."""
        self._browser.unsay(tr("still searching"))
        act = self._once_there
        go()
        self._once_there = act
        if not self._browser.is_opening:
            self.do_there()

    def _step(self, step: int) -> None:
        occurrences, position = self._occurrences, self._pane.position
        if occurrences is not None and position is not None:
            self._go_to(self._number_from_here(occurrences, position, step), step)

    def _go_to(self, at: int, step: int) -> None:
        """Go to a hit by its number in reading order; beyond the ends the numbers go round."""
        occurrences, position = self._occurrences, self._pane.position
        if occurrences is None or position is None:
            return
        if not len(occurrences):
            self._say_nothing()
            return
        if not self._are_marked:
            self._are_marked = True
            self._browser.mark_hits()
        wrapped = not 0 <= at < len(occurrences)
        at %= len(occurrences)
        document, start, end = occurrences[at]
        self.words = self._counted(at + 1, len(occurrences))
        self._walked = at
        self._announce(wrapped, step, document if document != position.document else None)
        self._browser.open(Request(document, start, "third", choose=True, hit=(start, end)))

    def _counted(self, number: int, count: int) -> str:
        """Which hit of how many it is, of at least how many where parts of the corpus do not answer."""
        return tr("hit {number}/{count}", number=number, count=f"≥{count}" if self._browser.missing else count)

    def _say_nothing(self) -> None:
        if self._browser.missing:
            self._browser.say(tr("nothing found in the parts that answer"))
        elif self._browser.is_loaded:
            self._browser.say(tr("nothing found for {query}", query=self._browser.query))
        else:
            self._browser.say(tr("nothing found in what has been read so far"))

    def _number_from_here(self, occurrences: Occurrences, position: Position, step: int) -> int:
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

    def _unmarked_here(self) -> Span | None:
        """The hit whose mark was taken away, if the current paragraph holds it."""
        hit, text = self._unmarked_hit, self._pane.text
        if hit is None or text is None or text.paragraph_at(hit[0]) != self._pane.current_paragraph:
            return None
        return hit

    def _announce(self, wrapped: bool, step: int, document: int | None) -> None:
        """Say where the step leads to another document, or round an end."""
        turn = plain("from the beginning again") if step > 0 else plain("from the end again")
        corpus = self._browser.corpus
        title = full_title(corpus.documents[document]) if document is not None and corpus is not None else None
        words = turn if wrapped else ""
        if title is not None:
            words = plain("{turn}, in {title}", turn=turn, title=title) if wrapped else plain("in {title}", title=title)
        if (missing := self._browser.missing) and (words or not self._has_told):
            self._has_told = True
            over = without_words(missing)
            words = plain("{first} · {second}", first=words, second=over) if words else over
        if words:
            self._browser.say(words)

    def count(self, document: int, offset: int) -> None:
        """Say which hit it is that begins at a raw offset, as soon as that is known."""
        if self._occurrences is None:
            self._wish = _Wish(self._browser.query, partial(self.count, document, offset))
        elif len(self._occurrences):
            at = self._occurrences.after(document, offset)
            number, count = min(at, len(self._occurrences) - 1) + 1, len(self._occurrences)
            self._walked = number - 1
            if self._gone is None:
                self.words = self._counted(number, count)
                self._browser.show_place()
