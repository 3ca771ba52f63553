"""Collections: texts whose first line is the title of the first piece in them, and not that of the whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.dates import iso_date

if TYPE_CHECKING:
    from tuibrowser.corpus.front.headlines import HeadLine, HeadLines

_LONGEST: Final = 40
"""Code points of a title."""
_DEEP: Final = 4
"""Code points of white space before a line that is set apart by its indent."""
_SHORTEST_BODY: Final = 20
"""Code points of the paragraph below the title of a piece."""
_NOT_TITLE: Final = re.compile(r"[。！？；，：:…]$|^[\W\d_]+$")
_MARKS: Final = re.compile(r"[\W_]+")
_NOTE_MARK: Final = re.compile(r"(?:[〔\[【（(]\s?[\d一二三四五六七八九十注]{1,3}\s?[〕\]】）)]|[①-⑳*＊※])$")


def pieces_of(lines: HeadLines, first: int, name: str) -> tuple[int, ...]:
    """The lines that bear the titles of a collection's pieces, the first of them the line `first`; else none.

    The others are set like the first: at the same indent, with the same blank lines, above a paragraph of prose. So
    are headings within one text; it is a collection only where something more says so: the titles all bear the mark
    of a note, a date stands below a piece before the next, or they share a deep indent though their lengths differ.
    """
    title = lines[first]
    if title.level or _bare(_NOTE_MARK.sub("", title.text)) in _bare(name) or not _heads_piece(lines, first):
        return ()
    last = lines.indents[first]
    alike = [
        number
        for number in range(first + 1, len(lines) - 1)
        if lines.indents[number] == last and _is_alike(lines, number, title)
    ]
    numbers = (first, *alike)
    return numbers if alike and _is_collection(lines, numbers) else ()


def _is_alike(lines: HeadLines, number: int, title: HeadLine) -> bool:
    line = lines[number]
    return line.apart == title.apart and not line.follows and _heads_piece(lines, number)


def _heads_piece(lines: HeadLines, number: int) -> bool:
    """Whether a line may be a title, and prose stands below it."""
    line, below = lines[number], lines[number + 1] if number + 1 < len(lines) else None
    return (
        below is not None
        and len(line.text) <= _LONGEST
        and not _NOT_TITLE.search(line.text)
        and not iso_date(line.text)
        and len(below.text) >= _SHORTEST_BODY
        and (line.apart or line.indent >= below.indent + _DEEP)
    )


def _is_collection(lines: HeadLines, numbers: tuple[int, ...]) -> bool:
    titles = [lines[number] for number in numbers]
    if all(_NOTE_MARK.search(title.text) for title in titles):
        return True
    if any(iso_date(lines[number - 1].text) for number in numbers[1:]):
        return True
    return titles[0].indent >= _DEEP and len({len(title.text) for title in titles}) > 1


def _bare(text: str) -> str:
    return text if text.isalnum() else _MARKS.sub("", text)
