"""Messages from the threads beside the event loop; their data are frozen.

Two messages are never compared and none is printed: to make what does so would take a hundredth of a start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.files.looks import Looks
    from tuibrowser.corpus.model import Document, DocumentText
    from tuibrowser.reading.views.render import ViewedText
    from tuibrowser.search.answering.listing import Listing
    from tuibrowser.search.model import Scope, SearchResult
    from tuibrowser.search.searcher import Occurrences, Searcher
    from tuibrowser.search.values import Reach
    from tuibrowser.tui.widgets.search.hit_list import HitLine
    from tuibrowser.tui.work.request import Request


@dataclass(eq=False, repr=False)
class CorpusFound(Message):
    """The files of a corpus are known; none is read yet.

    `last` is the path of the document read last, if any; `queries` are earlier searches, the last one first. Where the
    corpus `is_recalled` its files are still looked for, and `FilesFound` follows.
    """

    corpus: Corpus
    last: str | None
    queries: list[str]
    is_recalled: bool = False


@dataclass(eq=False, repr=False)
class FilesFound(Message):
    """The files of a corpus that was recalled are found; whether they hold the same documents."""

    are_same: bool


@dataclass(eq=False, repr=False)
class SearchReady(Message):
    """What has been read so far can be searched, and what is read from now on."""

    searcher: Searcher


@dataclass(eq=False, repr=False)
class DocumentsRead(Message):
    """More documents were read."""

    numbers: Sequence[int]
    done: int
    total: int


@dataclass(eq=False, repr=False)
class InputEnded(Message):
    """What comes through pipes has come to its end, after so many bytes."""

    size: int


@dataclass(eq=False, repr=False)
class ReadAgain(Message):
    """The corpus is being read again, where so many files were changed."""

    count: int


class LoadingDone(Message):
    """All documents were read."""


@dataclass(eq=False, repr=False)
class LeftOut(Message):
    """So many files were left out of the corpus, which the reader does not know yet."""

    files: int


@dataclass(eq=False, repr=False)
class Opened(Message):
    """A document that was asked for is ready to be shown.

    `hits` are the spans of the search's hits in it, `content` is a hash of its raw text; `changed` says that the text
    is another than the one that is searched, and `looks` how its file looked when it was read.
    """

    request: Request
    document: Document
    text: ViewedText
    hits: tuple[tuple[int, int], ...]
    content: str
    looks: Looks | None
    changed: bool = False


@dataclass(eq=False, repr=False)
class HitGone(Message):
    """A hit that was to be shown is not in its file any more, and why."""

    request: Request
    reason: str


@dataclass(eq=False, repr=False)
class Grew(Message):
    """A file that is followed has grown, or is read again; these are its texts now, and how it looks."""

    document: Document
    text: DocumentText
    looks: Looks


@dataclass(eq=False, repr=False)
class FollowingEnded(Message):
    """A file cannot be followed any more, and why."""

    reason: str


@dataclass(eq=False, repr=False)
class Unreadable(Message):
    """A document that was asked for cannot be read, and why; `looks` are those of its file, None where it is gone."""

    request: Request
    document: Document
    reason: str
    looks: Looks | None


@dataclass(eq=False, repr=False)
class ShownChanged(Message):
    """The file of the document shown is not as it was when it was read; None where it is gone."""

    document: int
    looks: Looks | None


@dataclass(eq=False, repr=False)
class FilesChanged(Message):
    """So many files are not as they were when the corpus was opened."""

    count: int


@dataclass(eq=False, repr=False)
class Noted(Message):
    """Something that the reader should know, and that went on all the same; trouble is what befell the disk."""

    text: str
    is_trouble: bool = False


@dataclass(eq=False, repr=False)
class WordsReady(Message):
    """The dictionary of words is loaded; `problem` says what of the reader's own could not be used."""

    problem: str | None


@dataclass(eq=False, repr=False)
class NotOpened(Message):
    """No corpus was found, and why: there is nothing to show."""

    reason: str


@dataclass(eq=False, repr=False)
class MarkDone(Message):
    """A bookmark is on the disk, or is not and why: `trouble` is empty where it is."""

    trouble: str


@dataclass(eq=False, repr=False)
class Failed(Message):
    """Something that was asked for could not be done, and why."""

    reason: str


class ServerLost(Message):
    """The server of the texts does not answer any more."""


@dataclass(eq=False, repr=False)
class ReachChanged(Message):
    """How much of the corpus a searcher of another machine can search now; the first time, that it is known."""

    searcher: Searcher
    reach: Reach


@dataclass(eq=False, repr=False)
class OtherTexts(Message):
    """The server has other documents than those that are shown; `is_gone` if these cannot be asked for any more."""

    is_gone: bool


class Reconnected(Message):
    """The server of the texts answers again."""


@dataclass(eq=False, repr=False)
class SearchFailed(Message):
    """A search has no answer, and why."""

    query: str
    scope: Scope
    reason: str


@dataclass(eq=False, repr=False)
class HitsFound(Message):
    """The result of a search so far, its hits as they are listed, and the text of some by their index.

    It `is_behind` where the same was searched before, and the reader looks at what was found then.
    """

    scope: Scope
    result: SearchResult
    listing: Listing
    lines: dict[int, HitLine]
    is_behind: bool = False


@dataclass(eq=False, repr=False)
class LinesMade(Message):
    """The text of some hits of a listing, by their index."""

    listing: Listing
    lines: dict[int, HitLine]


@dataclass(eq=False, repr=False)
class HitsMapped(Message):
    """All hits of a query in reading order."""

    query: str
    scope: Scope
    occurrences: Occurrences


@dataclass(eq=False, repr=False)
class Marked(Message):
    """The spans, sorted, in code points of the raw text, of all hits of a query in a document."""

    query: str
    document: int
    spans: tuple[tuple[int, int], ...]
