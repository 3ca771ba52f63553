"""Memory: write a reader's data beside the event loop, so that no key waits for the disk."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from tuibrowser.corpus.works.naming import full_title
from tuibrowser.language.i18n import plain, shown, tr
from tuibrowser.language.wording import listed
from tuibrowser.reading.sections import section_path
from tuibrowser.userdata.jumps import Jumps
from tuibrowser.userdata.model import ReadingPlace, RecentCorpus, Spot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tuibrowser.corpus.model import Document, DocumentText
    from tuibrowser.userdata.database import Lost
    from tuibrowser.userdata.store import UserData

MOST_NAMED = 10
"""Bookmarks that were lost and are named at the end."""

LAST_WRITES = 8.0
"""Seconds that leaving the program waits at most for what is still to be written."""

KEPT_PASSAGE = 200
"""Characters kept of the text at a place, to find it by."""


class Memory:
    """The reader's data, opened when first asked for, and a thread that writes to them.

    `path` is the database's, None for one that is forgotten at the end. `say` is told of trouble with the disk, once.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._data: UserData | None = None
        self._writes: queue.Queue[tuple[Callable[[UserData], object], Callable[[str], object] | None] | None]
        self._writes = queue.Queue()
        self._thread: threading.Thread | None = None
        self.say: Callable[[str], None] = lambda _: None
        self.jumps = Jumps()
        self._corpus = RecentCorpus(())
        self.is_first_start = False
        """Whether nothing was ever opened before, as far as is kept."""

    @property
    def data(self) -> UserData:
        """The reader's data; to be read off the event loop."""
        from tuibrowser.userdata.store import UserData  # Not before the first frame.

        with self._lock:
            if self._data is None:
                self._data = UserData(self._path, lambda words: self.say(words))
            return self._data

    def write(self, action: Callable[[UserData], object], done: Callable[[str], object] | None = None) -> None:
        """Do something with the data soon, after what was asked for before.

        `done` is called once it is on the disk, with an empty string, or cannot be written there, with the reason; in
        the thread of the memory.
        """
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="memory", daemon=True)
                self._thread.start()
        self._writes.put((action, done))

    def _run(self) -> None:
        while (wanted := self._writes.get()) is not None:
            action, done = wanted
            action(self.data)
            if done is not None:
                done(self.data.trouble)

    def close(self) -> Lost | None:
        """Write what is still to be written, and close the data; return what never reached the disk."""
        if self._thread is not None:
            self._writes.put(None)
            self._thread.join(LAST_WRITES)
            if self._thread.is_alive():
                from tuibrowser.userdata.database import Lost

                return Lost(plain("the disk does not answer"), (plain("all that was written last"),))
        with self._lock:
            return self._data.close() if self._data is not None else None

    def marker(
        self, spot: Spot, end: int, document: Document, text: DocumentText
    ) -> Callable[[str, Callable[[str], object]], None]:
        """A function that bookmarks a passage, from a spot to a raw offset, with a note; see `write` for the other."""
        wording = text.repaired[slice(*text.alignment.target_span(spot.offset, end))]
        path = section_path(document.headings, spot.offset)
        section = path[-1].title if path else ""
        title, size = full_title(document), document.source.size

        def mark(note: str, done: Callable[[str], object]) -> None:
            self.write(
                lambda data: data.mark(spot, end, wording, title=title, section=section, note=note, size=size), done
            )

        return mark

    # Where the reader was

    def last_corpus(self) -> RecentCorpus | None:
        """The corpus opened last."""
        return next(iter(self.data.corpora(1)), None)

    def opened(self, paths: tuple[str, ...], encoding: str | None) -> str | None:
        """Keep that a corpus was opened; return the path of the document read last in it."""
        self._corpus = corpus = RecentCorpus(paths, encoding)
        known = self.data.corpora()
        self.is_first_start = self.data.is_kept and not known
        before = next((each for each in known if (each.paths, each.encoding) == (paths, encoding)), None)
        self.jumps = Jumps(self.data.jumps())
        self.write(lambda data: data.add_corpus(corpus))
        return before.document if before is not None else None

    def tell_once(self, state: str, say: Callable[[], object]) -> None:
        """Have something said of the corpus, unless it was said of this very state of it before."""
        corpus = self._corpus
        self.write(lambda data: data.tell(corpus, state) and say())

    def keep_place(self, place: ReadingPlace, corpus: RecentCorpus) -> None:
        """Keep where the reader is."""
        self.write(lambda data: data.save_place(place, corpus))

    def leave(self, spot: Spot) -> None:
        """Keep a place that is left by a jump."""
        if self.jumps.leave(spot):
            self.write(lambda data: data.add_jump(spot))


def state_path() -> Path:
    """Where the reader's data are kept."""
    from tuibrowser.userdata.store import default_path  # Not before the first frame.

    return default_path()


def lost_words(lost: Lost) -> str:
    """The data that could not be kept, in one line."""
    if not lost.names:
        return plain("places and searches could not be kept: {reason}", reason=lost.reason)
    names = listed([shown(name) for name in lost.names[:MOST_NAMED]])
    if (more := len(lost.names) - MOST_NAMED) > 0:
        names = tr("{names} and {count:,} more", names=names, count=more)
    return plain("these bookmarks could not be kept: {names} ({reason})", names=names, reason=lost.reason)


def passage_at(text: DocumentText, offset: int) -> str:
    """The repaired wording that begins at a raw offset, to find the place by."""
    start = text.alignment.to_target(offset)
    return text.repaired[start : start + KEPT_PASSAGE]
