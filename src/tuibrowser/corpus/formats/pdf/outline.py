"""The outline of a PDF, each of its headings with the lines of the text that it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.dates import iso_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tuibrowser.corpus.formats.pdf.engine import Bookmark
    from tuibrowser.corpus.formats.pdf.layout import Line

_MOST_LINES: Final = 4
"""Lines of one heading."""
_LONGEST: Final = 200
_BARE: Final = re.compile(r"[\W_]+")
_NO_HEADING: Final = re.compile(
    r"\s*(?:第?\s*\d+\s*[页頁]?|page\s*\d+|幻灯片\s*\d+|slide\s*\d+|封面|封底|扉页|书签\s*\d*|_goback|.*\.(?:jpe?g|tiff?|png|pdf|docx?|pptx?))\s*",
    re.IGNORECASE,
)


_FEWEST_LINES: Final = 6
"""Lines of a page among which a title stands, however few there are."""
_ALIKE: Final = 0.88
"""Times the size of its largest line is that of a title's others."""
_LARGER: Final = 1.3
"""Times the usual size is that of a title, at least."""
_NEAR: Final = 3.0
"""Sizes by which the lines of a title are apart."""
_SHORTEST_TITLE, _LONGEST_TITLE = 2, 60
_NOTE_MARK: Final = re.compile(r"[\s①-⑳*＊†‡]+$")
"""What refers to a note at the end of a title."""


_LONGEST_BYLINE: Final = 12
_SENTENCE: Final = re.compile("[，。；：？！,;:?!]")
_SPACED: Final = re.compile(r"[\u3400-\u9fff](?: [\u3400-\u9fff])+")
_BLANKS: Final = re.compile(" ")


class Heading(NamedTuple):
    """A heading: its level and title, and of which lines of its page it consists; none where the page lacks it."""

    level: int
    title: str
    lines: tuple[int, ...] = ()
    after: int = 0
    """The number of the line before which it stands, at the earliest."""


def headings_of(bookmarks: Iterable[Bookmark], pages: Mapping[int, Sequence[Line]]) -> dict[int, list[Heading]]:
    """The headings of each page, by its number, in the order of the outline."""
    found: dict[int, list[Heading]] = {}
    after: dict[int, int] = {}
    for bookmark in bookmarks:
        title = " ".join(bookmark.title.split())
        if bookmark.page is None or not title or len(title) > _LONGEST or _NO_HEADING.fullmatch(title):
            continue
        page = bookmark.page
        lines = _lines(title, pages.get(page, ()), after.get(page, 0))
        if lines:
            after[page] = lines[-1] + 1
        found.setdefault(page, []).append(Heading(bookmark.level, title, lines))
    return found


def _lines(title: str, lines: Sequence[Line], first: int) -> tuple[int, ...]:
    """The lines that together say a title, from the first one on that may."""
    bare = _BARE.sub("", title).casefold()
    if not bare:
        return ()
    texts = [_BARE.sub("", line.text).casefold() for line in lines]
    for order in (range(first, len(texts)), range(first)):
        for start in order:
            said = ""
            for stop in range(start, min(len(texts), start + _MOST_LINES)):
                said += texts[stop]
                if said == bare:
                    return tuple(range(start, stop + 1))
                if not said or not bare.startswith(said):
                    break
    return ()


def title_of(lines: Sequence[Line], usual: float) -> Heading | None:
    """The title of a document by its first page: the lines in the largest characters, in the upper half.

    `usual` is the size of the characters of most of the document.
    """
    upper = lines[: max(_FEWEST_LINES, len(lines) // 2)]
    fitting = [line for line in upper if line.size >= _LARGER * usual and _may_be_title(line.text)]
    if not fitting:
        return None
    largest = max(fitting, key=lambda line: (round(line.size), -line.at))
    first = last = lines.index(largest)
    while first > 0 and _goes_with(lines[first - 1], lines[first], largest.size):
        first -= 1
    while last + 1 < len(lines) and _goes_with(lines[last], lines[last + 1], largest.size):
        last += 1
    chosen = range(first, last + 1)
    title = _NOTE_MARK.sub("", "".join(lines[number].text for number in chosen))
    if len(chosen) > _MOST_LINES or not _SHORTEST_TITLE <= len(_BARE.sub("", title)) <= _LONGEST_TITLE:
        return None
    return Heading(1, title, tuple(chosen))


def titled(title: Heading, headings: Sequence[Heading], lines: Sequence[Line]) -> str | None:
    """The title that a first page bears: as the outline has it where that names it, and none where a part opens there.

    `title` are the largest lines of the page, `headings` those of the outline on it.
    """
    for heading in headings:
        if heading.lines and set(heading.lines) & set(title.lines):
            return heading.title if heading == headings[0] and heading.level == 1 else None
    bare = _BLANKS.sub("", title.title) if _SPACED.fullmatch(title.title) else title.title
    return bare if len(lines) > len(title.lines) else None


def below_title(headings: Sequence[Heading], title: Heading, lines: Sequence[Line]) -> list[Heading]:
    """The headings of a first page, those without lines of their own below its title and the author."""
    below = title.lines[-1] + 1
    if below < len(lines) and len(lines[below].text) <= _LONGEST_BYLINE and not _SENTENCE.search(lines[below].text):
        below += 1
    placed: list[Heading] = []
    for heading in headings:
        if heading.lines:
            below = max(below, heading.lines[-1] + 1)
        placed.append(heading if heading.lines or placed else heading._replace(after=below))
    return placed


def _may_be_title(text: str) -> bool:
    """Whether a line has letters enough for a title, and is no date."""
    letters = sum(character.isalpha() for character in text)
    return letters >= _SHORTEST_TITLE and len(text) <= _LONGEST_TITLE and iso_date(text) is None


def _goes_with(line: Line, below: Line, size: float) -> bool:
    """Whether two lines are of the size of a title and close to each other."""
    near = abs(below.at - line.at) < _NEAR * size
    return near and min(line.size, below.size) >= _ALIKE * size
