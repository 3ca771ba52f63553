"""Dictionary: the desk that says what the word at the reader's place is, and follows the reader while it is open."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import shown, tr
from tuibrowser.lexicon.define import define, usage_of
from tuibrowser.lexicon.lexicon import LONGEST, Lexicon
from tuibrowser.tui.browser.desk import Side
from tuibrowser.tui.study.definitions import DefinitionPanel
from tuibrowser.tui.widgets.pane.marked import MarkedSpan

if TYPE_CHECKING:
    from tuibrowser.lexicon.define import Definition
    from tuibrowser.tui.browser.desk import Browser, Passage
    from tuibrowser.tui.work.tasks import Progress, Task

_AGAIN: Final = 1.0
"""Seconds after which a word is counted again while texts are being read."""
_NAME: Final = "dictionary"
"""The owner of the mark on the word."""


class Dictionary:
    """Looks up the words of the passage where the reader is; the newest word wins."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._lexicon = Lexicon(browser.config.lexica)
        self._panel = DefinitionPanel(self)
        self._passage: Passage | None = None
        self._text = ""
        """The repaired text of the passage."""
        self._starts = [0]
        """Where the words that were gone through begin in it, up to the one shown."""
        self._found: Definition | None = None
        self._tasks: list[Task] = []

    def open(self) -> None:
        """Show the panel, with the word at the reader's place."""
        self._passage = None
        if self._take_up():
            self._browser.show_panel(self._panel, Side.BESIDE)
            self._browser.say(self._hint())
            self._look_up(is_new=True)
        else:
            self._browser.say(tr("nothing is selected"), error=True)

    def _hint(self) -> str:
        """The keys of the panel."""
        names = ("define-next", "define-previous", "define-search", "cancel")
        on, back, search, close = map(self._browser.key, names)
        return tr(
            "{on} next word · {back} back · {search} searches · {close} closes",
            on=on,
            back=back,
            search=search,
            close=close,
        )

    def follow(self) -> None:
        """Look up the word where the reader is now, if that is another place."""
        if self._take_up():
            self._look_up(is_new=True)

    def walk(self, words: int) -> None:
        """Go to the next word of the passage, or the one before."""
        if words < 0:
            if len(self._starts) > 1:
                self._starts.pop()
                self._look_up(is_new=True)
            return
        if self._found is None:
            return
        start = _word_start(self._text, self._starts[-1] + len(self._found.word))
        if start < len(self._text):
            self._starts.append(start)
            self._look_up(is_new=True)

    def search(self) -> None:
        """Search for the word shown."""
        if self._found is not None:
            self._browser.search(self._found.word)

    def close(self) -> None:
        """Give up what is looked up, and take the mark away."""
        for task in self._tasks:
            task.cancel()
        self._browser.mark(_NAME, [])

    def _take_up(self) -> bool:
        """Take up the passage where the reader is; whether it is another one with a word in it."""
        passage, last = self._browser.passage, self._passage
        if passage is None or (
            last is not None and (passage.document, passage.start, passage.end) == (last.document, last.start, last.end)
        ):
            return False
        source = passage.text.source
        start, end = source.alignment.target_span(passage.start, passage.end)
        text = source.repaired[start:end]
        first = _word_start(text, 0)
        if first == len(text):
            return False
        self._passage, self._text, self._starts = passage, text, [first]
        return True

    def _look_up(self, *, is_new: bool) -> None:
        """Look the word up beside the event loop, and then its usage, which takes longer."""
        for task in self._tasks:
            task.cancel()
        at, searcher = self._starts[-1], self._browser.searcher
        text = self._text[at : at + LONGEST]
        self._found = None

        def look(_: Progress) -> Definition:
            return define(self._lexicon.longest(text.split("\n")[0]), self._lexicon)

        def count(found: Definition, progress: Progress) -> Definition:
            if searcher is None:
                return found
            return define(found.word, self._lexicon, usage_of(found.word, searcher, lambda: progress.is_cancelled))

        def count_again(found: Definition, progress: Progress) -> Definition:
            while not progress.is_cancelled and found.usage is not None and found.usage.at_least:
                sleep(_AGAIN)
                found = count(found, progress)
            return found

        def show_counted(found: Definition) -> None:
            self._show(found, at)
            if found.usage is not None and found.usage.at_least:  # texts are still being read
                self._tasks.append(
                    self._browser.work(lambda progress: count_again(found, progress), lambda more: self._show(more, at))
                )

        def show(found: Definition) -> None:
            self._show(found, at, is_new=is_new)
            self._tasks.append(self._browser.work(lambda progress: count(found, progress), show_counted))

        self._tasks = [self._browser.work(look, show)]

    def _show(self, found: Definition, at: int, *, is_new: bool = False) -> None:
        self._found = found
        self._panel.rows.show(found, is_new=is_new)
        self._mark(at, len(found.word))
        if self._lexicon.problems:
            self._browser.say(shown(self._lexicon.problems[0]), error=True)
            self._lexicon.problems = ()

    def _mark(self, at: int, size: int) -> None:
        """Mark the word in the text."""
        if self._passage is None:
            return
        alignment = self._passage.text.source.alignment
        start = alignment.target_span(self._passage.start, self._passage.end)[0] + at
        self._browser.mark(_NAME, [MarkedSpan(*alignment.source_span(start, start + size), "mark")])


def _word_start(text: str, at: int) -> int:
    """Where the next word begins at or after an offset: at a letter or an ideograph; else the length of the text."""
    return next((place for place in range(at, len(text)) if text[place].isalnum()), len(text))
