"""Marked: spans of the raw text that stand out on the screen, and which of them touch a paragraph."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.reading.views.render import ViewedParagraph

Span = tuple[int, int]
Spanning = TypeVar("Spanning", bound="tuple[Any, ...]")

_END: Final = itemgetter(1)


class MarkedSpan(NamedTuple):
    """A stretch of a text, and the name of the style in which it stands out."""

    start: int
    end: int
    style: str


class Spans(Generic[Spanning]):
    """Spans, or what begins with a start and an end, sorted by start; they may overlap and lie in one another."""

    def __init__(self, spans: Sequence[Spanning] = ()) -> None:
        self.all = spans
        self._reach = list(accumulate(map(_END, spans), max))
        """How far the spans up to each one reach."""

    def touching(self, start: int, end: int) -> Iterator[Spanning]:
        """The spans that have something in common with a stretch, in order."""
        for at in range(bisect_right(self._reach, start), bisect_left(self.all, (end, 0))):
            if self.all[at][1] > start:
                yield self.all[at]


@dataclass(frozen=True, slots=True)
class Hits:
    """The hits in a document, and the current one, which need not be among them."""

    spans: Spans[Span]
    current: Span | None = None

    def touching(self, start: int, end: int) -> Iterator[MarkedSpan]:
        """The marks of the hits that touch a stretch of the raw text; those of the current one have their own style."""
        for span in self.spans.touching(start, end):
            yield MarkedSpan(*span, "current-hit" if is_within(span, self.current) else "hit")
        if self.current is not None and not is_marked(self.spans.all, self.current):
            yield MarkedSpan(*self.current, "current-hit")


NO_HITS: Final = Hits(Spans())


def shown_marks(paragraph: ViewedParagraph, marks: Iterator[MarkedSpan]) -> Iterator[MarkedSpan]:
    """Marks on the raw text as marks on a paragraph's shown text, as far as they touch it."""
    for mark in marks:
        if (span := paragraph.shown_span(mark.start, mark.end)) is not None:
            yield MarkedSpan(*span, mark.style)


def is_within(mark: Span, hit: Span | None) -> bool:
    """Whether a mark is one of a hit, which has several where it passes over notes."""
    return hit is not None and hit[0] <= mark[0] and mark[1] <= hit[1]


def is_marked(marks: Sequence[Span], hit: Span | None) -> bool:
    """Whether any of the marks, which are sorted, is one of a hit."""
    if hit is None:
        return False
    at = bisect_left(marks, (hit[0], 0))
    return at < len(marks) and is_within(marks[at], hit)
