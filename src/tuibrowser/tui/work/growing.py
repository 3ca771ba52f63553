"""Growing: a file to whose end others write, followed in a thread of its own; only what is new is read and parsed."""

from __future__ import annotations

import codecs
import os
import threading
import time
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.files.looks import Looks
from tuibrowser.host.regular import open_regular
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import tr
from tuibrowser.tui.work.messages import FollowingEnded, Grew

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document, DocumentText

PAUSE = 0.5
"""Seconds between two looks at a file, at least."""

SHARE = 4
"""Times the processor time of the work on what was new that is waited before the next look."""

TAIL = 4096
"""Bytes before the end of what is known by which a file is known to go on from there."""

MOST = 8_000_000
"""Bytes that are taken in at a time."""


class Growing:
    """Follows a file until it is stopped, and posts its texts whenever they have grown."""

    def __init__(
        self, post: Callable[[Message], bool], corpus: Corpus, document: Document, shown: DocumentText
    ) -> None:
        """`shown` is the text of the document that is known."""
        self._post = post
        self._corpus = corpus
        self._document = document
        self._shown = shown
        self._stopped = threading.Event()
        self._decoder: codecs.IncrementalDecoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._identity = (0, 0)
        self._size = self._mtime = 0

    @property
    def document(self) -> int:
        """The number of the document that is followed."""
        return self._document.number

    def start(self) -> None:
        """Begin; the file is read whole only where it is another than the text that is known."""
        threading.Thread(target=self._run, name="grow", daemon=True).start()

    def stop(self) -> None:
        """Stop; what is on its way may still be posted."""
        self._stopped.set()

    def _run(self) -> None:
        try:
            text = self._known() or self._whole()
            while True:
                began = time.thread_time()
                text = self._more(text)
                if self._stopped.wait(max(PAUSE, SHARE * (time.thread_time() - began))):
                    return
        except (CorpusError, OSError) as error:
            self._post(FollowingEnded(tr("the file is not followed any more: {reason}", reason=system_reason(error))))

    def _known(self) -> DocumentText | None:
        """The text that is known, where the file begins with it; what was added since is still to be read."""
        document, text = self._document, self._shown
        try:
            data = text.raw.encode(document.encoding or "utf-8")
        except (LookupError, UnicodeEncodeError):
            return None
        with os.fdopen(open_regular(document.source.path), "rb") as file:
            status = os.fstat(file.fileno())
            file.seek(max(0, len(data) - TAIL))
            if file.read(min(TAIL, len(data))) != data[-TAIL:]:
                return None
        self._size, self._mtime, self._identity = len(data), status.st_mtime_ns, (status.st_dev, status.st_ino)
        self._decoder = _decoder(document.encoding)
        return text

    def _whole(self) -> DocumentText:
        """Read the whole file, and post its texts. Raise OSError and CorpusError."""
        from tuibrowser.corpus.read import read_bytes  # Not before the first frame.

        source = self._document.source
        with os.fdopen(open_regular(source.path), "rb") as file:
            status = os.fstat(file.fileno())
            data = file.read()
        reading = read_bytes(data, source, self._document.number, self._corpus.encoding)
        self._size, self._mtime, self._identity = len(data), status.st_mtime_ns, (status.st_dev, status.st_ino)
        self._document = reading.document
        self._decoder = _decoder(reading.document.encoding)
        self._give(reading.text)
        return reading.text

    def _more(self, text: DocumentText) -> DocumentText:
        """Take in what was added since; all, where the file is another or shorter than it was."""
        from tuibrowser.corpus.loading.grown import grown  # Not before the first frame.

        with os.fdopen(open_regular(self._document.source.path), "rb") as file:
            status = os.fstat(file.fileno())
            if (status.st_dev, status.st_ino) != self._identity or status.st_size < self._size:
                file.close()
                return self._whole()
            if status.st_size == self._size:
                return text
            file.seek(self._size)
            data = file.read(MOST)
        self._size, self._mtime = self._size + len(data), status.st_mtime_ns
        more = self._decoder.decode(data)
        if not more:
            return text
        text = grown(text, more)
        self._give(text)
        return text

    def _give(self, text: DocumentText) -> None:
        text.paragraph_at(0)  # What is looked up by is made here, not where the text is shown.
        if not self._stopped.is_set():
            looks = Looks(self._size, self._mtime)
            self._corpus.take(self._document, text, looks)
            self._post(Grew(self._document, text, looks))


def _decoder(encoding: str | None) -> codecs.IncrementalDecoder:
    """What decodes the bytes that are added to a file of an encoding."""
    try:
        return codecs.getincrementaldecoder((encoding or "utf-8").removesuffix("-sig"))("replace")
    except LookupError:
        return codecs.getincrementaldecoder("utf-8")("replace")
