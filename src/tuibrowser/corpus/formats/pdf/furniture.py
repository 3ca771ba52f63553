"""Running heads, feet and page numbers: lines at the edges of pages that repeat from page to page."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.formats.pdf.layout import Line

_EDGE: Final = 3
"""Lines at either edge of a page among which furniture stands."""
_NEAR: Final = 2
"""Pages away on which a running head stands again; left and right pages have different ones."""
_SHARE: Final = 0.4
"""Of the pages have a line that is furniture wherever it stands at an edge."""
_SHIFT: Final = 4.0
"""Points by which a running head moves from page to page."""
_TITLE: Final = 1.3
"""Times as large as a running head is the title that it repeats."""
_LONGEST: Final = 80
_SHORTEST: Final = 2
"""Characters of a running head without its numbers."""

_CHINESE: Final = "〇零○一二三四五六七八九十百"
_NUMBER: Final = re.compile(
    rf"[\s·‧•.—–\-~|/（(\[〔【《第页頁Pp]*(?:age|AGE)?\s*"
    rf"(?:[0-9０-９]{{1,5}}|[ivxlcIVXLC]{{1,7}}|[{_CHINESE}]{{1,6}})"
    rf"(?:\s*(?:/|／|of|共)\s*[共]?\s*[0-9０-９]{{1,5}})?[\s·‧•.—–\-~|/）)\]〕】》页頁]*"
)
_DIGITS: Final = re.compile(rf"[0-9０-９]+|[{_CHINESE}]{{2,}}$|^[{_CHINESE}]{{2,}}|[\s·‧•.—–|/-]+")
_HEADING: Final = re.compile(rf"第\s*(?:[0-9０-９]+|[{_CHINESE}]+)\s*[章回节節卷篇部集折编編讲講课課条條]")


_ONES: Final = "〇零○一二三四五六七八九"
_TAIL: Final = re.compile(rf"([0-9０-９]{{1,5}}|[{_ONES}]{{2,5}})[\s·‧•.—–)）〕】》页頁-]*$")
_FEWEST_DIGITS: Final = 2
"""Of a number in Chinese digits."""
_HEAD: Final = re.compile(r"[\s·‧•.—–(（〔【《第-]*([0-9０-９]{1,5})(?![0-9０-９年月.])")


class _Edge(NamedTuple):
    """A line at an edge of a page: where it stands among the lines of its page, and its text without numbers."""

    page: int
    place: int
    line: Line
    key: str
    outermost: bool


def furniture_of(pages: Sequence[Sequence[Line]]) -> list[set[int]]:
    """The indices of the lines that are furniture, for each page."""
    edges = [list(_edges(number, lines)) for number, lines in enumerate(pages)]
    counts = Counter(key for page in edges for key in {edge.key for edge in page if len(edge.key) >= _SHORTEST})
    smallest: dict[str, float] = {}
    for edge in chain.from_iterable(edges):
        smallest[edge.key] = min(edge.line.size, smallest.get(edge.key, edge.line.size))
    often = max(3, _SHARE * len(pages))
    found: list[set[int]] = [set() for _ in pages]
    for number, page in enumerate(edges):
        around = [
            other
            for near in range(max(0, number - _NEAR), min(len(edges), number + _NEAR + 1))
            if near != number
            for other in edges[near]
        ]
        for edge in page:
            if _is_page_number(edge, around, alone=len(pages) == 1) or (
                len(edge.key) >= _SHORTEST
                and not _is_heading(edge, around)
                and edge.line.size <= _TITLE * smallest[edge.key]
                and (counts[edge.key] >= often or _repeats(edge, around))
            ):
                found[number].add(edge.place)
    return found


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but the number of a page."""
    return _NUMBER.fullmatch(text.replace(" ", "")) is not None


def without_numbers(text: str) -> str:
    """A running head without the number of the page, by which two of them are told to be the same."""
    return _DIGITS.sub("", text).casefold()


def _edges(page: int, lines: Sequence[Line]) -> Iterator[_Edge]:
    order = sorted(range(len(lines)), key=lambda index: lines[index].at)
    chosen = dict.fromkeys([*order[:_EDGE], *order[-_EDGE:]])
    outermost = {*order[:2], *order[-2:]}
    for index in chosen:
        line = lines[index]
        if len(line.text) <= _LONGEST:
            yield _Edge(page, index, line, without_numbers(line.text), index in outermost)


def _is_page_number(edge: _Edge, around: Sequence[_Edge], *, alone: bool) -> bool:
    """Whether a line is a page number, or a running head that ends with one, as lines of pages nearby tell."""
    if not edge.outermost:
        return False
    bare = is_page_number(edge.line.text)
    if alone:
        return bare and edge.line.text.replace(" ", "").strip("-—·").isdecimal()
    if bare and any(is_page_number(other.line.text) and _is_level(edge, other) for other in around if other.outermost):
        return True
    values = numbers_in(edge.line.text) if bare or _TAIL.search(edge.line.text) else ()
    return any(
        value + other.page - edge.page in numbers_in(other.line.text)
        for other in around
        if other.outermost and abs(other.line.size - edge.line.size) < 1
        for value in values
    )


def numbers_in(text: str) -> set[int]:
    """The numbers that a line may end or begin with, in digits: 12; 915 and 15 for 史記卷十六九一五."""
    closed = text.replace(" ", "")
    numbers = set()
    if found := _TAIL.search(closed):
        digits = "".join(map(_digit, found[1]))
        least = len(digits) if found[1][-1].isdigit() else _FEWEST_DIGITS
        numbers = {int(digits[-size:]) for size in range(least, len(digits) + 1)}
    if found := _HEAD.match(closed):
        numbers.add(int(found[1]))
    return numbers


def _digit(character: str) -> str:
    return str(max(0, _ONES.index(character) - 2) if character in _ONES else int(character))


def _is_level(one: _Edge, other: _Edge) -> bool:
    """Whether two lines are at the same height of their pages."""
    return abs(one.line.at - other.line.at) <= _SHIFT


def number_in(text: str) -> int | None:
    """The number that a line ends or begins with, in digits: 九一五, 12."""
    found = _TAIL.search(text) or _HEAD.match(text)
    if found is None:
        return None
    return int("".join(_digit(each) for each in found[1]))


def _repeats(edge: _Edge, around: Sequence[_Edge]) -> bool:
    """Whether the same line stands at the same height on a page nearby."""
    return any(
        other.key == edge.key and _is_level(edge, other) and abs(other.line.size - edge.line.size) < 1
        for other in around
    )


def _is_heading(edge: _Edge, around: Sequence[_Edge]) -> bool:
    """Whether a line is the heading of one of many chapters, each of which opens a page: 第三回, with other numbers."""
    if not _HEADING.match(edge.line.text):
        return False
    return not any(other.line.text == edge.line.text for other in around)
