"""Motions over a document: headings before and after an offset, and the sections it stands in.

Offsets are code points of the raw text. Headings are sorted by `start`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import HeadingKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Heading, Locator

_START = attrgetter("start")
_OFFSET = attrgetter("offset")
_WORTH: Final = 16
"""Headings for each offset, up to which all of them are made at once: a path looks at about as many."""


def next_heading(headings: Sequence[Heading], raw_offset: int, count: int = 1) -> Heading | None:
    """The heading `count` after an offset, or the last; None where none follows."""
    at = bisect_right(headings, raw_offset, key=_START)
    if at >= len(headings):
        return None
    return headings[min(at + count, len(headings)) - 1]


def previous_heading(headings: Sequence[Heading], raw_offset: int, count: int = 1) -> Heading | None:
    """The heading `count` before an offset, or the first; None where none comes before."""
    at = bisect_left(headings, raw_offset, key=_START)
    if at <= 0:
        return None
    return headings[max(at - count, 0)]


def section_path(headings: Sequence[Heading], raw_offset: int) -> tuple[Heading, ...]:
    """The headings that an offset stands under, outermost first; an article stands under every section before it."""
    path: list[Heading] = []
    for at in range(bisect_right(headings, raw_offset, key=_START) - 1, -1, -1):
        heading = headings[at]
        if not path or _stands_under(path[-1], heading):
            path.append(heading)
            if heading.level <= 1 and heading.kind is HeadingKind.SECTION:
                break
    return tuple(reversed(path))


def section_paths(headings: Sequence[Heading], raw_offsets: Sequence[int]) -> list[tuple[Heading, ...]]:
    """The headings that each of some offsets stands under, as `section_path` has them."""
    held = tuple(headings) if len(headings) <= _WORTH * len(raw_offsets) else headings
    known: dict[int, tuple[Heading, ...]] = {}
    paths = []
    for offset in raw_offsets:
        at = bisect_right(held, offset, key=_START)
        if at not in known:
            known[at] = section_path(held, offset)
        paths.append(known[at])
    return paths


def section_span(headings: Sequence[Heading], raw_offset: int, end: int) -> tuple[int, int]:
    """The section that an offset stands in, with the sections under it, or the article; `end` is that of the text.

    Before the first heading, what comes before it.
    """
    at = bisect_right(headings, raw_offset, key=_START) - 1
    if at < 0:
        return 0, headings[0].start if headings else end
    own = headings[at]
    return own.start, next((each.start for each in headings[at + 1 :] if not _stands_under(each, own)), end)


def locator_at(locators: Sequence[Locator], raw_offset: int) -> str | None:
    """The label of the page or line that an offset is on; None where none begins before it."""
    at = bisect_right(locators, raw_offset, key=_OFFSET) - 1
    return locators[at].label if at >= 0 else None


def _stands_under(heading: Heading, earlier: Heading) -> bool:
    if heading.kind is HeadingKind.ARTICLE:
        return earlier.kind is HeadingKind.SECTION
    return earlier.level < heading.level
