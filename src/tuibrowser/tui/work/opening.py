"""Opening documents beside the event loop; the newest request wins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.system_errors import system_error
from tuibrowser.language.i18n import plain, tr
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View
from tuibrowser.tui.work.background import NewestJob
from tuibrowser.tui.work.following import follow
from tuibrowser.tui.work.messages import Failed, HitGone, Noted, Opened, Unreadable
from tuibrowser.tui.work.request import Request, Sought
from tuibrowser.userdata.refind import How, content_hash, refind

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import DocumentText
    from tuibrowser.tui.work.memory import Memory
    from tuibrowser.tui.work.standing import HitsNow

LARGE = 4_000_000
"""Bytes of a file above which it is followed as plain lines."""


class Opening:
    """Reads and prepares the document of the newest request and posts it.

    `hits` knows where in a document the hits of a query are.
    """

    def __init__(self, post: Callable[[Message], bool], corpus: Corpus, hits: HitsNow, memory: Memory) -> None:
        self._post = post
        self._corpus = corpus
        self._hits = hits
        self._memory = memory
        self._job = NewestJob("open")

    def open(self, request: Request, view: View) -> None:
        """Prepare a document for showing."""
        self._job.submit(lambda cancelled: self._open(request, view, cancelled))

    def _open(self, request: Request, view: View, cancelled: Callable[[], bool]) -> None:
        try:
            if request.reread:
                self._corpus.forget(request.document)
            if request.lines:
                self._read_lines(request.document)
            source, looks = self._corpus.seen(request.document)
            document = self._corpus.document(request.document)
        except (CorpusError, OSError) as error:
            self._fail(request, system_error(error), cancelled)
            return
        if cancelled():
            return
        if not source.raw and looks is not None and not looks.size:
            self._fail(request, tr("the file is empty now"), cancelled)
            return
        content = content_hash(source.raw)
        if request.resume and (place := self._memory.data.place(document.source.address, content)) is not None:
            view = View(place.script, place.repaired)
            request = replace(request, passage=Sought(place.spot, place.spot.offset, place.passage))
        if request.passage is not None:
            request = self._found_again(request, request.passage, source, content)
        words = ""
        if request.reference is not None:
            request, words = follow(request, request.reference, source)
        if request.hit is not None:
            span = self._hits.standing(document.number, request.hit, source)
            if span is None:
                reason = tr("the hit is gone: {title} was changed since", title=document.title)
                self._post(HitGone(request, reason))
                return
            if span != request.hit:
                self._post(Noted(tr("{title} was changed since: the hit was found again", title=document.title)))
                request = replace(request, offset=span[0], hit=span)
        text = ViewedText(source, document.script, view)
        if request.hit is not None:
            text.unfold(text.paragraph_at(request.offset))
        hits = self._hits.spans_in(request.query, document.number, source)
        if not cancelled():
            changed = not self._hits.holds(document.number, source)
            self._post(Opened(request, document, text, hits, content, looks, changed=changed))
            if words:
                self._post(Failed(words))

    def _read_lines(self, number: int) -> None:
        """Read a large file without finding out its structure, which takes many times as long. Raise OSError."""
        from tuibrowser.corpus.read import is_plain, read_lines  # Not before the first frame.

        source = self._corpus.documents[number].source
        if source.size > LARGE and source.path.is_absolute() and is_plain(source):
            reading = read_lines(source, number, self._corpus.encoding, plain("it is large, and followed"))
            self._corpus.take(reading.document, reading.text)

    def _fail(self, request: Request, reason: str, cancelled: Callable[[], bool]) -> None:
        """Say why a document cannot be read."""
        document = self._corpus.documents[request.document]
        if request.hit is not None:
            self._post(HitGone(request, reason))
        elif not cancelled():
            self._post(Unreadable(request, document, reason, self._corpus.looks(document.number)))

    def _found_again(self, request: Request, sought: Sought, source: DocumentText, content: str) -> Request:
        """The request with the offset at which a passage stands now; said where that is not sure."""
        found = refind(source, content, sought.spot, sought.end, sought.wording)
        if found is None and request.reread:
            self._post(Failed(tr("the file was changed, and the marked paragraph is gone: this is where it stood")))
            return replace(request, offset=min(sought.spot.offset, len(source.raw)))
        if found is None:
            self._post(Failed(tr("the text has changed, and the passage was not found again: this is the beginning")))
            return replace(request, offset=0)
        if found.how is How.CHANGED and not request.resume:
            self._post(Failed(tr("the text has changed: this is the passage most like it")))
        return replace(request, offset=found.start)
