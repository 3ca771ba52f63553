"""Lines of a raw text and what its format says of them: what formats hand on to the structure of a document."""

from __future__ import annotations

from enum import StrEnum
from itertools import repeat
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.model import Metadata
from tuibrowser.hanzi.alike import blanks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tuibrowser.corpus.model import DocumentProblem, LayerSpan, Locator


TORN: Final = -1
"""The gap before a line that has the furniture of a page between it and the line before."""
PARTED: Final = 1_000
"""The gap before a line that something else than blank lines parts from the line before."""


class LineRole(StrEnum):
    """The role of a line, as far as its format says it."""

    PLAIN = "plain"
    BLANK = "blank"
    HEADING = "heading"
    MARKUP = "markup"
    """Shown nowhere but in the raw view."""
    CODE = "code"
    """Kept as it is."""
    BODY = "body"
    """A whole paragraph, which no other line goes on with."""
    VERSE = "verse"
    """A line of verse; those beside it are of the same stanza."""
    ROW = "row"
    """A row of a table; those beside it are of the same table."""
    NOTE = "note"
    """A note as a whole, such as a footnote."""
    FURNITURE = "furniture"
    """What belongs to the page and not to the text, such as a menu."""


class Line(NamedTuple):
    """A line of the raw text, without its ending: its number from 1, offsets into the raw text, and its role.

    `text_start` and `text_end` enclose the line's text without markup (`## `, `* `) and without white space or
    invisible characters at either end, in code points of the raw text; both equal `end` where there is none. `level` is
    that of a heading given by markup, from 1.
    """

    number: int
    start: int
    end: int
    role: LineRole = LineRole.PLAIN
    level: int = 0
    text_start: int = 0
    text_end: int = 0


class TextLine(NamedTuple):
    """A line with text that may be part of a paragraph: its text, and the blank lines before it, or TORN or PARTED."""

    line: Line
    text: str
    gap: int


class Parsed(NamedTuple):
    """The parts of a raw text that its format tells apart.

    `metadata` is what the format itself declares (#+TITLE:, YAML front matter). `hidden` are sorted, disjoint raw
    spans of inline markup that the repaired text leaves out (¶, <pb:…>), `layers` those of notes. Where `marked_up`
    says so, headings come from the markup alone. `problems` are what could not be read of the markup.
    """

    lines: tuple[Line, ...]
    metadata: Metadata = Metadata()
    locators: tuple[Locator, ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()
    marked_up: bool = False
    layers: tuple[LayerSpan, ...] = ()
    problems: tuple[DocumentProblem, ...] = ()


def split_lines(raw: str) -> tuple[Line, ...]:
    """The lines of a raw text; LF, CRLF and CR end a line, form feeds and U+2028 do not.

    A text that ends in a line ending has no further, empty line after it; an empty text has no lines.
    """
    lines: list[Line] = []
    add = lines.append
    plain, blank = LineRole.PLAIN, LineRole.BLANK
    made = tuple.__new__  # what Line() does, without a call of Python for each line
    unseen = blanks(raw)
    start = 0
    for number, (piece, ending) in enumerate(pieces(raw), 1):
        end = start + len(piece)
        text = piece.strip(unseen)
        size = len(text)
        text_start = start if start + size == end else end - len(piece.lstrip(unseen))
        add(made(Line, (number, start, end, plain if size else blank, 0, text_start, text_start + size)))
        start = end + ending
    return tuple(lines)


def pieces(raw: str) -> Iterable[tuple[str, int]]:
    """The lines without their endings, and the lengths of these; a last line without one has any length."""
    chunks = raw.split("\n")
    if not chunks[-1]:
        chunks.pop()
    return _divided(chunks) if "\r" in raw else zip(chunks, repeat(1))


def _divided(chunks: Iterable[str]) -> Iterator[tuple[str, int]]:
    """What stands between line feeds divided at carriage returns too."""
    for chunk in chunks:
        if "\r" not in chunk:
            yield chunk, 1
            continue
        *parts, last = chunk.split("\r")
        if last:
            parts.append(last)
        for part in parts[:-1]:
            yield part, 1
        yield parts[-1], 1 if last else 2
