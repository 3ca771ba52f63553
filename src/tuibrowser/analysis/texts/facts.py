"""Facts: what figures need to know of every document, read from the catalogue once and again when more is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Document
    from tuibrowser.search.searcher import Searcher

_FOUND: Final = ("text", "name")
"""The origins of values that the program found by itself, and nobody declared."""

_known: Final[WeakKeyDictionary[Any, tuple[int, tuple[Fact, ...]]]] = WeakKeyDictionary()


class Fact(NamedTuple):
    """What is known of a document: where it is, its title, work, date and author, whether it was read.

    The last two say that the program found date or author by itself.
    """

    name: str
    address: str
    title: str
    work: str | None
    date: str | None
    author: str | None
    is_readable: bool
    found_date: bool
    found_author: bool


def facts_of(searcher: Searcher) -> Sequence[Fact]:
    """The facts of all documents of a corpus, by their numbers."""
    reach = searcher.reach()
    version, facts = _known.get(searcher, (-1, ()))
    if version != reach.version or len(facts) != reach.total:
        facts = tuple(map(_fact, searcher.documents(0, reach.total)))
        _known[searcher] = reach.version, facts
    return facts


def _fact(document: Document) -> Fact:
    origins = dict(document.origins)
    return Fact(
        document.name,
        document.source.address,
        document.title,
        document.work,
        document.metadata.date,
        document.metadata.author,
        not document.is_left_out,
        origins.get("date") in _FOUND,
        origins.get("author") in _FOUND,
    )
