"""Model: the types of a reader's data. Paths are absolute; offsets are code points of the raw text.

A document's number is never kept, since it is valid only for one load of a corpus.
"""

from __future__ import annotations

from tuibrowser.language.frozen import frozen


@frozen
class Spot:
    """A place in a file: its path, the hash of its content when last seen, and an offset."""

    path: str
    content: str
    offset: int


@frozen
class ReadingPlace:
    """Where a document was last read, and in which script and view; `passage` is the wording there, to find it by."""

    spot: Spot
    script: str
    repaired: bool
    passage: str = ""


@frozen
class Bookmark:
    """A marked passage.

    `id` is unique in the world, so that lists from two machines can be put together. `spot.offset` and `end` bound the
    passage in the raw text; `passage` is its repaired wording in the document's own script. `size` is that of the file
    in bytes. `created` and `changed` are ISO 8601 in UTC.
    """

    id: str
    spot: Spot
    end: int
    passage: str
    title: str
    section: str = ""
    note: str = ""
    size: int = 0
    created: str = ""
    changed: str = ""


@frozen
class RecentCorpus:
    """The paths that were opened together, the encoding named with them, and the document read last."""

    paths: tuple[str, ...]
    encoding: str | None = None
    document: str | None = None
