"""Reaching: how much of the corpus can be searched, what is said when that changes, and whether a part will do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from tuibrowser.language.i18n import plain, shown, tr
from tuibrowser.language.wording import listed
from tuibrowser.search.missing import missing_words, reach_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.message import Message

    from tuibrowser.search.machines.served import ServedCorpus
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.search.values import Missing, Reach
    from tuibrowser.tui.browser.desk import Inside
    from tuibrowser.tui.work.messages import ReachChanged
    from tuibrowser.tui.work.watching import Watching

_NO: Final = plain("no: wait until all of it answers")
_YES: Final = plain("yes: go on with what is there")


class Reaching:
    """Knows the reach of the searcher; `post` sends messages to the screen."""

    def __init__(self, browser: Inside, post: Callable[[Message], bool]) -> None:
        self._browser = browser
        self._post = post
        self._searcher: Searcher | None = None
        self._known: Reach | None = None
        """The reach of a searcher elsewhere, as it was told last."""
        self._away: frozenset[str] = frozenset()
        """The hosts that did not answer, until it is said that they are back; their parts may be back after them."""
        self._watching: Watching | None = None
        self._agreed: frozenset[str] = frozenset()
        """The parts without which the reader wants to go on."""

    def take(self, searcher: Searcher) -> None:
        """Watch another searcher from now on."""
        from tuibrowser.tui.work.watching import Watching  # Not before the first frame.

        self.end()
        self._searcher = searcher
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
        was = () if before is None else before.missing
        parts, lost = {each.part for each in was}, [each for each in now.missing if each not in was]
        if lost:
            self._browser.say(shown(missing_words(now.missing)), error=True)
            self._away = self._away.union(each.name for each in now.hosts if each.reason)
        elif before is not None:
            self._tell_hosts(before, now, is_more=parts != {each.part for each in now.missing})
        self._agreed &= {each.part for each in now.missing}
        return before is not None and parts != {each.part for each in now.missing}

    def _tell_hosts(self, before: Reach, now: Reach, *, is_more: bool) -> None:
        away = [each.name for each in now.hosts if each.reason]
        back = [each.name for each in now.hosts if not each.reason and each.name in self._away]
        there = {each.name for each in before.hosts if not each.reason}
        left = reach_words(now) or tr("all of the text is searched")
        if back and is_more:
            self._browser.note(tr("{hosts} back: {reach}", hosts=listed(back), reach=left))
        elif is_more:
            self._browser.note(left)
        elif gone := [name for name in away if name in there]:
            self._browser.note(tr("{hosts} lost: other hosts have the same parts", hosts=listed(gone)))
        self._away = frozenset(away) if is_more else self._away.union(away)

    def partly(self, do: Callable[[], object], missing: Sequence[Missing] = ()) -> None:
        """Do something with the parts that answer: where others are missing, now or before, if the reader agrees."""
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
        title = tr("{problem}. Go on?", problem=missing_words(list(lacking.values())))
        self._browser.ask(Picker(title, tr("Enter chooses · Esc: no"), among(options)), answered)
