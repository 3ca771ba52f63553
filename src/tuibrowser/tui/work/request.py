"""A request for a place: which document, where in it, and what the reader wants there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.language.frozen import frozen

if TYPE_CHECKING:
    from tuibrowser.reading.lines.viewport import Where
    from tuibrowser.reading.quoting.reference import Reference
    from tuibrowser.userdata.model import Spot


@frozen
class Sought:
    """A passage kept from earlier: where it stood, up to which raw offset, and its wording."""

    spot: Spot
    end: int
    wording: str


@frozen
class Request:
    """A place to show: a document at a raw offset, or at a line, from 1, of its raw text.

    `where` is top, nearest or third of the pane; `choose` makes the paragraph there the current one; `hit` is the
    span of the hit that is shown, `query` what was searched for. `reread` reads the file again, which has changed.
    """

    document: int
    offset: int = 0
    where: Where = "top"
    choose: bool = False
    line: int | None = None
    hit: tuple[int, int] | None = None
    query: str = ""
    reread: bool = False
    resume: bool = False
    """Whether to go where the reader was in this document last, if anywhere."""
    passage: Sought | None = None
    """A passage to find again, wherever it stands now."""
    reference: Reference | None = None
    """A passage to find by what the reader copied of it."""
    select: tuple[int, int] | None = None
    """A stretch of the raw text to select."""
    lines: bool = False
    """Whether a large file is read as plain lines, since it will be followed."""
    number: int = 0
    """The number of the request among all of a reader; a later one has a higher one."""

    @property
    def is_plain(self) -> bool:
        """Whether the offset is known without a look at the text."""
        return self.line is None and self.passage is None and self.reference is None
