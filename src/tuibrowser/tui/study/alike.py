"""Alike: the desk that lists the words used like one, and goes on from these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import tr
from tuibrowser.search.query import parse
from tuibrowser.tui.browser.desk import Side
from tuibrowser.tui.study.alike_panel import AlikePanel

if TYPE_CHECKING:
    from tuibrowser.search.likeness.model import SimilarWords
    from tuibrowser.tui.browser.desk import Browser
    from tuibrowser.tui.work.tasks import Progress, Task

_LISTED: Final = 100


class Alike:
    """Asks for the words used like one beside the event loop; the newest word wins."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._panel = AlikePanel(self)
        self._words: list[str] = []
        """The words that were gone through, up to the one shown."""
        self._task: Task | None = None

    def open(self) -> None:
        """List the words used like the one that is selected, else like the last query."""
        passage, word = self._browser.passage, ""
        if passage is not None and passage.is_selected:
            source = passage.text.source
            start, end = source.alignment.target_span(passage.start, passage.end)
            word = source.repaired[start:end]
        word = "".join((word or _asked_for(self._browser.query)).split())
        if not word:
            key = self._browser.key("select")
            self._browser.say(tr("no word is selected, and none was searched for ({key} selects)", key=key), error=True)
            return
        self._words = []
        self.show(word)

    def show(self, word: str) -> None:
        """List the words used like another one."""
        searcher = self._browser.searcher
        if searcher is None:
            self._browser.say(tr("no text can be searched yet"), error=True)
            return
        if word not in self._words[-1:]:
            self._words.append(word)
        if self._task is not None:
            self._task.cancel()

        def look(progress: Progress) -> SimilarWords | None:
            return searcher.cut_texts.similar(word, _LISTED, progress, lambda: progress.is_cancelled)

        self._task = self._browser.work(look, self._found)

    def back(self) -> None:
        """Go back to the word before."""
        if len(self._words) > 1:
            self._words.pop()
            self.show(self._words[-1])

    def search(self, word: str) -> None:
        """Search for a word."""
        self._browser.search(word)

    def close(self) -> None:
        """Give up what is looked up."""
        if self._task is not None:
            self._task.cancel()

    def _found(self, found: SimilarWords | None) -> None:
        if found is None:
            return
        self._browser.show_panel(self._panel, Side.BESIDE)
        self._panel.rows.show(found)
        if found.rows:
            names = ("similar-on", "similar-back", "similar-search", "cancel")
            on, back, search, close = map(self._browser.key, names)
            words = tr(
                "{on} words like this · {back} back · {search} searches · {close} closes",
                on=on,
                back=back,
                search=search,
                close=close,
            )
            self._browser.say(words)


def _asked_for(query: str) -> str:
    """The words that a query looks for; empty where these are a pattern, or a passage whose parallels are wanted."""
    parsed = parse(query)
    return "" if any(word.like or word.pattern is not None for word in parsed.words) else parsed.phrase
