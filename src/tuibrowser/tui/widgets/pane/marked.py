"""Marked: spans of the raw text that stand out on the screen, and which of them touch a paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.language.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tuibrowser.reading.views.render import ViewedParagraph

Span = tuple[int, int]

_END: Final = itemgetter(1)


class MarkedSpan(NamedTuple):
    """A stretch of a text, and the name of the style in which it stands out."""

    start: int
    end: int
    style: str


class Marks:
    """Marked spans of the raw text; they may overlap and lie in one another."""

    def __init__(self, spans: Iterable[MarkedSpan]) -> None:
        self._spans = sorted(spans)
        self._reach = list(accumulate(map(_END, self._spans), max))
        """How far the spans up to each one reach."""

    def touching(self, start: int, end: int) -> Iterator[MarkedSpan]:
        """The spans that have something in common with a stretch, in order."""
        for at in range(bisect_right(self._reach, start), bisect_left(self._spans, (end, 0, ""))):
            if self._spans[at].end > start:
                yield self._spans[at]


@frozen
class Hits:
    """The hits in a document as sorted spans, and the current one, which need not be among them.

    There may be a hundred thousand, so that nothing is made of them in advance; they hardly overlap.
    """

    spans: Sequence[Span] = ()
    current: Span | None = None

    def touching(self, start: int, end: int) -> Iterator[MarkedSpan]:
        """The marks of the hits that touch a stretch of the raw text; those of the current one have their own style."""
        first = bisect_left(self.spans, (start, 0))
        while first > 0 and self.spans[first - 1][1] > start:
            first -= 1
        for span in self.spans[first : bisect_left(self.spans, (end, 0))]:
            yield MarkedSpan(*span, "current-hit" if is_within(span, self.current) else "hit")
        if self.current is not None and not is_marked(self.spans, self.current):
            yield MarkedSpan(*self.current, "current-hit")


NO_HITS: Final = Hits()


def shown_marks(paragraph: ViewedParagraph, marks: Iterator[MarkedSpan]) -> Iterator[MarkedSpan]:
    """Marks on the raw text as marks on a paragraph's shown text, as far as they touch it."""
    for start, end, style in marks:
        if (span := paragraph.shown_span(start, end)) is not None:
            yield MarkedSpan(*span, style)


def is_within(mark: Span, hit: Span | None) -> bool:
    """Whether a mark is one of a hit, which has several where it passes over notes."""
    return hit is not None and hit[0] <= mark[0] and mark[1] <= hit[1]


def is_marked(marks: Sequence[Span], hit: Span | None) -> bool:
    """Whether any of the marks, which are sorted, is one of a hit."""
    if hit is None:
        return False
    at = bisect_left(marks, (hit[0], 0))
    return at < len(marks) and is_within(marks[at], hit)
