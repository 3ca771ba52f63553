"""Keeping the place: where the reader is, written a little after each move and at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.tui.work.memory import passage_at
from tuibrowser.userdata.model import ReadingPlace, RecentCorpus, Spot

if TYPE_CHECKING:
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document, DocumentText, Position
    from tuibrowser.reading.views.view import View
    from tuibrowser.tui.work.memory import Memory

KEEP_SECONDS = 0.5
"""Time between two writes of the place, when it has changed."""


class PlaceKeeper:
    """Knows the place of the reader as it is kept: by path and content, not by number."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._corpus: Corpus | None = None
        self._recent = RecentCorpus(())
        self._text: DocumentText | None = None
        self._view: View | None = None
        self._kept: tuple[Spot, View] | None = None
        self.spot: Spot | None = None
        """The place of the reader, None where the document is not a file."""

    def open(self, corpus: Corpus) -> None:
        """Take up a corpus."""
        self._corpus = corpus
        self._recent = RecentCorpus(tuple(str(path.absolute()) for path in corpus.paths), corpus.encoding)

    def number_of(self, path: str | None) -> int | None:
        """The number of the document at a path."""
        return self._corpus.sources.number_at(path) if path is not None and self._corpus is not None else None

    def show(self, document: Document, text: DocumentText, content: str) -> None:
        """Take up a document."""
        self._text = text
        is_file = document.source.path.is_absolute()
        self.spot = Spot(document.source.address, content, 0) if is_file else None

    def pause(self) -> None:
        """Keep no place: what is shown is no text."""
        self._text, self.spot = None, None

    def move(self, offset: int, view: View) -> None:
        """Take up a place in the document."""
        self._view = view
        if self.spot is not None:
            self.spot = Spot(self.spot.path, self.spot.content, offset)

    def leave_from(self, position: Position) -> None:
        """Keep a place of the reader from before a search as one that was left."""
        if self._corpus is not None and self.spot is not None:
            path = self._corpus.sources[position.document].address
            content = self.spot.content if path == self.spot.path else ""
            self._memory.leave(Spot(path, content, position.offset))

    def keep(self) -> None:
        """Write the place, if it is another than the one written last."""
        if self.spot is None or self._view is None or self._text is None or (self.spot, self._view) == self._kept:
            return
        self._kept = self.spot, self._view
        passage = passage_at(self._text, self.spot.offset)
        place = ReadingPlace(self.spot, self._view.script, self._view.repaired, passage)
        self._memory.keep_place(place, self._recent)
