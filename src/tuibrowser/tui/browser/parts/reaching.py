"""Reaching: how much of the corpus can be searched, what is said when that changes, and whether a part will do."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final, cast

from tuibrowser.language.i18n import plain, shown, tr
from tuibrowser.language.wording import listed
from tuibrowser.search.missing import missing_words, reach_words, without_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.message import Message

    from tuibrowser.search.machines.served import ServedCorpus
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.search.values import Missing, Reach
    from tuibrowser.tui.browser.desk import Inside
    from tuibrowser.tui.work.messages import ReachChanged
    from tuibrowser.tui.work.watching import Watching

_TOGETHER: Final = 10.0
"""Seconds within which hosts that are back are told together."""
_NO: Final = plain("no: wait until all of it answers")
_YES: Final = plain("yes: go on with what is there")

_ASKED: Final = plain("waiting for the server to say how much of the text answers")


class Reaching:
    """Knows the reach of the searcher; `post` sends messages to the screen."""

    def __init__(self, browser: Inside, post: Callable[[Message], bool]) -> None:
        self._browser = browser
        self._post = post
        self._searcher: Searcher | None = None
        self._known: Reach | None = None
        """The reach of a searcher elsewhere, as it was told last."""
        self._watching: Watching | None = None
        self._agreed: frozenset[str] = frozenset()
        """The parts without which the reader wants to go on."""
        self._warned = ""
        """What was said last of parts that are missing."""
        self._gone: set[str] = set()
        """The hosts that are lost, and those back of whose parts that is not known yet."""
        self._back: tuple[float, set[str]] = 0.0, set()
        """When it was said last that hosts are back, and which."""
        self._waiting: Callable[[], None] | None = None
        """What is to be done once it is known how much is there."""

    def take(self, searcher: Searcher) -> None:
        """Watch another searcher from now on."""
        from tuibrowser.tui.work.watching import Watching  # Not before the first frame.

        self.end()
        self._searcher, self._waiting = searcher, None
        if (corpus := self._browser.corpus) is not None and corpus.is_served:
            self._watching = Watching(self._post, searcher, cast("ServedCorpus", corpus).line)

    def end(self) -> None:
        """Watch no more."""
        if self._watching is not None:
            self._watching.end()
            self._watching = None

    @property
    def reach(self) -> Reach | None:
        """How much of the corpus can be searched; None where that is not known yet. Nobody is asked for it."""
        if self._searcher is None or self._watching is not None:
            return self._known
        return self._searcher.reach()

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The parts that do not answer."""
        return () if self._known is None else self._known.missing

    def change(self, message: ReachChanged) -> bool:
        """Say what was lost or is back; return whether other parts are missing than before."""
        if message.searcher is not self._searcher:
            return False
        before, now = self._known, message.reach
        self._known = now
        was = frozenset() if before is None else _parts(before)
        parts = _parts(now)
        there = {each.name for each in now.hosts if not each.reason}
        gone = {each.name for each in now.hosts} - there - self._gone
        self._gone |= gone
        if parts - was:
            self._warned = shown(missing_words(now.missing))
            self._browser.say(self._warned, error=True)
        elif parts != was or (not parts and self._gone & there):
            self._tell_back(self._gone & there, now)
            self._gone -= there
        elif gone:
            self._browser.note(tr("{hosts} lost: other hosts have the same parts", hosts=listed(sorted(gone))))
        self._agreed &= parts
        if (waiting := self._waiting) is not None:
            self._waiting = None
            self._browser.unsay(shown(_ASKED))
            waiting()
        return before is not None and parts != was

    def _tell_back(self, hosts: set[str], now: Reach) -> None:
        """Say which hosts are back, also those of a moment ago, and how much of the corpus is."""
        at, others = self._back
        there = {each.name for each in now.hosts if not each.reason}
        if monotonic() - at < _TOGETHER:
            hosts = hosts | (others & there)
        self._back = monotonic(), hosts
        self._browser.unsay(self._warned)  # It holds no longer, and a note would not take its place.
        left = reach_words(now) or tr("all of the text is searched")
        self._browser.note(tr("{hosts} back: {reach}", hosts=listed(sorted(hosts)), reach=left) if hosts else left)

    def partly(self, do: Callable[[], object], missing: Sequence[Missing] = ()) -> None:
        """Do something with the parts that answer: where others are missing, now or before, if the reader agrees.

        It waits until that is known. Of several that wait the last is done.
        """
        if self._watching is not None and self._known is None:
            self._waiting = partial(self.partly, do, missing)
            self._browser.say(shown(_ASKED))
            return
        lacking = {each.part: each for each in (*missing, *self.missing)}
        if lacking.keys() <= self._agreed:
            do()
            return
        from tuibrowser.tui.dialogs.picker import Option, Picker, among

        def answered(agreed: bool | None) -> None:
            if agreed:
                self._agreed |= lacking.keys()
                do()

        options = [Option(False, shown(_NO)), Option(True, shown(_YES))]
        title = tr("{problem}. Go on?", problem=without_words(list(lacking.values())))
        self._browser.ask(Picker(title, tr("Enter chooses · Esc: no"), among(options)), answered)


def _parts(reach: Reach) -> frozenset[str]:
    return frozenset(each.part for each in reach.missing)
