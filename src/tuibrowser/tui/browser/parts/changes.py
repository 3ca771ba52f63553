"""Files that change while they are read: noticed, said, and read again."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import many, tr
from tuibrowser.tui.work.looking import Looking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.message import Message

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.tui.browser.desk import Inside
    from tuibrowser.tui.browser.parts.loader import CorpusLoader
    from tuibrowser.tui.browser.parts.places import Places
    from tuibrowser.tui.browser.parts.tail import Tail
    from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane
    from tuibrowser.tui.work.messages import FilesChanged, InputEnded, Opened, ReadAgain, ShownChanged

SMALL: Final = 4_000_000
"""Bytes of a file up to which it is read again by itself when it has changed: a fraction of a second of reading."""

LOOK_SECONDS: Final = 1.0
"""Time between two looks at the document shown and at those of hits."""

SWEEP_SECONDS: Final = 4.0
"""Time between two looks at all files."""


class Changes:
    """Looks at the files when there is reason to; `post` sends messages to the screen.

    There is none without the reader: a search begins, the terminal gets the focus, a key comes after a pause.
    """

    def __init__(
        self, browser: Inside, pane: ReadingPane, places: Places, tail: Tail, post: Callable[[Message], bool]
    ) -> None:
        self._browser = browser
        self._pane = pane
        self._places = places
        self._tail = tail
        self._post = post
        self._looking: Looking | None = None
        self._looked = self._swept = 0.0
        self._is_owed = False
        """Whether there was reason to look while the corpus was being read."""
        self._told: object = None
        """What was known of the file shown when the reader was told that it has changed."""

    def take_corpus(self, corpus: Corpus) -> None:
        """Look at the files of a corpus from now on."""
        self._looking = Looking(self._post, corpus)
        self._swept = monotonic()

    def look(self, hits: Iterable[int] = ()) -> None:
        """Look whether files have changed, unless that was done just now; once all is read, if it is not yet."""
        now = monotonic()
        self._is_owed = self._looking is None or not self._browser.is_loaded
        if self._looking is None or self._is_owed or now - self._looked < LOOK_SECONDS:
            return
        self._looked = now
        if sweep := now - self._swept >= SWEEP_SECONDS:
            self._swept = now
        document = self._pane.document
        shown = document.number if document is not None else None
        self._looking.look(shown, self._places.looks, hits, sweep=sweep)

    def look_late(self) -> None:
        """Look now that all is read, if there was reason to before."""
        if self._is_owed:
            self.look()

    @property
    def is_stale(self) -> bool:
        """Whether the text shown is not the one that its file has now."""
        document = self._pane.document
        if document is None or self._browser.is_opening or self._tail.is_following:
            return False
        return self._places.is_stale

    def refresh(self) -> bool:
        """Read the document shown again if its file has changed and is small; whether that was begun."""
        if not self.is_stale or self._pane.document is None or self._pane.is_selecting:
            return False
        corpus = self._browser.corpus
        looks = corpus.looks(self._pane.document.number) if corpus is not None else None
        if looks is not None and looks.size > SMALL:
            return False
        self._places.reread()
        return True

    def take(self, message: ShownChanged) -> None:
        """The file of the document shown has changed: read it again, or say so where that takes its time."""
        document = self._pane.document
        if document is None or document.number != message.document or self.refresh() or not self.is_stale:
            return
        if self._told != self._places.looks:
            self._told = self._places.looks
            key = self._browser.key("reread")
            self._browser.note(tr("the file was changed: {key} reads it again", key=key))

    def say_changed(self, message: FilesChanged) -> None:
        """Say how many files have changed."""
        files, key = many(message.count, "file"), self._browser.key("reread")
        self._browser.note(tr("{files} changed since the corpus was opened: {key} reads again", files=files, key=key))

    def arrive(self, message: Opened, before: str) -> None:
        """Say that the document shown was read again, unless its content, whose hash was `before`, is the same."""
        if not message.request.reread or message.content == before:
            return
        if message.changed:
            key = self._browser.key("reread")
            words = tr("the file was read again; searches know it as it was: {key} changes that", key=key)
        else:
            words = tr("the file was read again")
        self._browser.note(words)

    def take_end(self, message: InputEnded) -> None:
        """The input has ended: show all of it, or say so where that takes its time."""
        if self.refresh():
            self._browser.say(tr("the input has ended after {size:,} bytes", size=message.size))
        elif self.is_stale or message.size > SMALL:
            key = self._browser.key("reread")
            words = tr("the input has ended after {size:,} bytes: {key} reads them", size=message.size, key=key)
            self._browser.say(words)

    def read_again(self, message: ReadAgain, loader: CorpusLoader) -> None:
        """Show the document as it is now: the files that were changed are being read again."""
        if self._looking is not None:
            self._looking.forget()
        if not message.count:
            loader.is_loaded = True
            self._browser.say(tr("no file was changed"))
            return
        self._browser.say(tr("{files} changed: reading again", files=many(message.count, "file")))
        if self.is_stale:
            self._places.reread()
