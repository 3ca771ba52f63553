"""Messages from the threads beside the event loop; their data are frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document, DocumentText
    from tuibrowser.reading.views.render import ViewedText
    from tuibrowser.search.answering.listing import Listing
    from tuibrowser.search.engine import Engine, Occurrences
    from tuibrowser.search.model import SearchResult
    from tuibrowser.search.titles import TitleFinder
    from tuibrowser.tui.widgets.search.hit_list import HitLine
    from tuibrowser.tui.work.opening import Request


class CorpusFound(Message):
    """The files of a corpus are known; none is read yet.

    `last` is the path of the document read last, if any; `queries` are earlier searches, the last one first.
    """

    def __init__(self, corpus: Corpus, last: str | None, queries: list[str]) -> None:
        super().__init__()
        self.queries = queries
        self.corpus = corpus
        self.last = last


class SearchReady(Message):
    """What has been read so far can be searched, and what is read from now on."""

    def __init__(self, engine: Engine, finder: TitleFinder) -> None:
        super().__init__()
        self.engine = engine
        self.finder = finder


class Loaded(Message):
    """More documents were read."""

    def __init__(self, numbers: tuple[int, ...], done: int, total: int) -> None:
        super().__init__()
        self.numbers = numbers
        self.done = done
        self.total = total


class LoadingDone(Message):
    """All documents were read."""


class Opened(Message):
    """A document that was asked for is ready to be shown.

    `hits` are the spans of the search's hits in it, `content` is a hash of its raw text; `changed` says that the text
    is another than the one that is searched.
    """

    def __init__(
        self,
        request: Request,
        document: Document,
        text: ViewedText,
        hits: tuple[tuple[int, int], ...],
        content: str,
        *,
        changed: bool = False,
    ) -> None:
        super().__init__()
        self.changed = changed
        self.content = content
        self.request = request
        self.document = document
        self.text = text
        self.hits = hits


class HitGone(Message):
    """A hit that was to be shown is not in its file any more, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Grew(Message):
    """A file that is followed has grown, or is read again; these are its texts now."""

    def __init__(self, document: Document, text: DocumentText) -> None:
        super().__init__()
        self.document = document
        self.text = text


class FollowingEnded(Message):
    """A file cannot be followed any more, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Unreadable(Message):
    """A document that was asked for cannot be read, and why."""

    def __init__(self, document: Document, reason: str) -> None:
        super().__init__()
        self.document = document
        self.reason = reason


class Noted(Message):
    """Something that the reader should know, and that went on all the same."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class WordsReady(Message):
    """The dictionary of words is loaded; `problem` says what of the reader's own could not be used."""

    def __init__(self, problem: str | None) -> None:
        super().__init__()
        self.problem = problem


class NotOpened(Message):
    """No corpus was found, and why: there is nothing to show."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Troubled(Message):
    """What befell the file in which places and bookmarks are kept."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class MarkDone(Message):
    """A bookmark is on the disk, or is not and why: `trouble` is empty where it is."""

    def __init__(self, trouble: str) -> None:
        super().__init__()
        self.trouble = trouble


class Failed(Message):
    """Something that was asked for could not be done, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Found(Message):
    """What a search has found so far, its hits as they are listed, and the text of some by their index."""

    def __init__(self, result: SearchResult, listing: Listing, lines: dict[int, HitLine]) -> None:
        super().__init__()
        self.result = result
        self.listing = listing
        self.lines = lines


class LinesMade(Message):
    """The text of some hits of a listing, by their index."""

    def __init__(self, listing: Listing, lines: dict[int, HitLine]) -> None:
        super().__init__()
        self.listing = listing
        self.lines = lines


class HitsMapped(Message):
    """All hits of a query in reading order."""

    def __init__(self, query: str, occurrences: Occurrences) -> None:
        super().__init__()
        self.query = query
        self.occurrences = occurrences


class Marked(Message):
    """The spans, sorted, in code points of the raw text, of all hits of a query in a document."""

    def __init__(self, query: str, document: int, spans: tuple[tuple[int, int], ...]) -> None:
        super().__init__()
        self.query = query
        self.document = document
        self.spans = spans
