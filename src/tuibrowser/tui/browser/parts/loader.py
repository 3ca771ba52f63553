"""The corpus that the program was asked for: found, its first document opened, and the rest read."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.language.i18n import tr
from tuibrowser.reading.quoting.reference import parse_reference
from tuibrowser.reading.quoting.referred import referred
from tuibrowser.tui.browser.parts.changes import SMALL
from tuibrowser.tui.work.loading import Loading
from tuibrowser.tui.work.messages import InputEnded, LeftOut
from tuibrowser.tui.work.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.tui.browser.desk import Inside
    from tuibrowser.tui.browser.parts.places import Places
    from tuibrowser.tui.start import StartRequest
    from tuibrowser.tui.work.memory import Memory
    from tuibrowser.tui.work.messages import CorpusFound


class CorpusLoader:
    """Owns the corpus, and knows how much of it is read; `post` sends messages to the screen."""

    def __init__(self, browser: Inside, places: Places, start: StartRequest, post: Callable[[Message], bool]) -> None:
        self._browser = browser
        self._places = places
        self._start = start
        self._post = post
        self._loading = Loading(post)
        self.corpus: Corpus | None = None
        self.has_begun = False
        """Whether the first document is shown, or a word on why there is none."""
        self._query = start.query
        self._is_reading = False
        self._are_found = False
        """Whether the files of the corpus are known to be those that there are now."""
        self._is_rest_wanted = False
        self.is_loaded = False
        """Whether all documents were read."""

    def find(self, make_corpus: Callable[[], Corpus], memory: Memory) -> None:
        """Find the files, off the event loop."""
        self._loading.find(make_corpus, memory)

    def begin(self) -> bool:
        """The first screen is whole; whether it was not before."""
        had_begun, self.has_begun = self.has_begun, True
        return not had_begun

    def take(self, corpus: Corpus, *, is_recalled: bool) -> bool:
        """Take up the corpus that was found; whether there is a document in it, which is said otherwise.

        Nothing but single documents is read of one that `is_recalled` before its files are found.
        """
        self.corpus = corpus
        self._are_found = not is_recalled
        if corpus.documents:
            self._places.take_corpus(corpus)
            return True
        words = tr("no document found")
        if corpus.problems:
            words = tr("no document found: {reason}", reason=corpus.problems[0].reason)
        self._browser.say(words, error=True)
        self.has_begun = True
        return False

    def open_first(self, message: CorpusFound) -> None:
        """Open the document that was asked for, at the place that was."""
        start = self._start
        self._tell_of_inputs()
        if start.line is not None:
            self._places.open(Request(0, line=start.line, choose=True))
        elif start.reference is not None:
            self._places.open(self._referred(message.corpus, start.reference))
        else:
            self._places.open_last(message.last, resume=start.query is None, lines=start.follow)

    def _tell_of_inputs(self) -> None:
        """Say that an input goes on, and wait for its end beside the event loop."""
        going_on = [each for each in self._start.piped.values() if each.goes_on]
        if not going_on:
            return
        size, key = sum(each.size for each in going_on), self._browser.key("reread")
        self._browser.say(
            tr("the input goes on; {size:,} bytes of it are shown: {key} reads what has come", size=size, key=key)
        )

        def wait() -> None:
            for each in going_on:
                each.wait()
            come = sum(each.come for each in going_on)
            if come <= SMALL:
                for each in going_on:
                    each.show()
            self._post(InputEnded(come))

        threading.Thread(target=wait, name="input", daemon=True).start()

    def _referred(self, corpus: Corpus, written: str) -> Request:
        """The request for the passage of a reference; for the first document where it is of none, which is said."""
        reference = parse_reference(written)
        document = referred(corpus, reference) if reference is not None else None
        if document is None:
            self._browser.say(tr("no document of this corpus has that name: {name}", name=written), error=True)
            return Request(0)
        return Request(document.number, where="third", choose=True, reference=reference)

    def find_files(self) -> None:
        """The files are found; read the rest of them if that is wanted."""
        self._are_found = True
        if self._is_rest_wanted:
            self.read_all()

    def read_all(self) -> None:
        """Read the rest of the corpus, once, as soon as its files are found."""
        self._is_rest_wanted = True
        if self._are_found and not self._is_reading and self.corpus is not None:
            self._is_reading = True
            index_dir = self._start.index_dir
            self._loading.read(self.corpus, Path(index_dir) if index_dir is not None else None)

    def finish(self) -> str | None:
        """All documents were read; return what is to be searched for, if anything."""
        self.is_loaded = True
        query, self._query = self._query, None
        return query

    def read_again(self) -> None:
        """Read the files again that were changed, unless they are being read."""
        if self.corpus is None or not self.is_loaded:
            self._browser.say(tr("the corpus is still being read"))
            return
        self.is_loaded = False
        for each in self._start.piped.values():
            each.show()
        self._loading.read_again(self.corpus)

    def tell_left_out(self, memory: Memory) -> None:
        """Say that files were left out, once for each state of the corpus."""
        from tuibrowser.corpus.summary import state_of  # Not before the first frame.

        if self.corpus is None or not self.corpus.problems:
            return
        files, post = len(self.corpus.problems), self._post
        memory.tell_once(state_of(self.corpus.problems), lambda: post(LeftOut(files)))

    def stop(self) -> None:
        """Stop reading."""
        self._loading.stop()
