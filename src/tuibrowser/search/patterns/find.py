"""Find the matches of a pattern in segments, the paragraphs that may hold one after another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from time import thread_time
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.language.i18n import plain
from tuibrowser.search.index.arrays import expand
from tuibrowser.search.matching.found import Found, found
from tuibrowser.search.model import Bound, HitKind
from tuibrowser.search.patterns.candidates import paragraphs_of
from tuibrowser.search.patterns.expression import expression
from tuibrowser.search.patterns.faults import fault
from tuibrowser.search.patterns.folding import points_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.language.i18n import Message
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.patterns.expression import Expression

    Array = npt.NDArray[Any]

SECONDS_BOUND: Final = Bound(plain("seconds of the processor that a pattern may take"), 5)

_COST: Final = 0.0
_FIRST, _PART, _GROWTH = 1_000, 16_000, 4
"""Paragraphs that are looked at together: few at first, so that the first matches are soon there."""
_LOOKED: Final = 64
"""Matches after which it is looked whether the time is up."""
_LONG: Final = 0.1
"""Seconds for these from which on fewer are looked at together, so that the search can be ended soon."""


class PatternError(ValueError):
    """A pattern that cannot be read; the message says why and where."""


@dataclass(frozen=True)
class Pattern:
    """A pattern ready to be matched."""

    expression: Expression
    compiled: Any

    @property
    def has_requirements(self) -> bool:
        """Whether the index can tell where a match may be."""
        return self.expression.part is not None and bool(self.expression.part.covers)


@lru_cache(maxsize=32)
def pattern(source: str, *, folded: bool, typed_at: int = 0) -> Pattern:
    """The pattern of a regular expression. Raises PatternError where that cannot be read.

    The error counts places from the beginning of the query, in which the expression stands at `typed_at`.
    """
    import regex  # few searches need it

    read = expression(source, folded=folded)
    flags = regex.MULTILINE | regex.VERSION0 | (regex.IGNORECASE if folded else 0)
    try:
        return Pattern(read, regex.compile(read.source, flags))
    except regex.error as error:
        raise PatternError(_fault(source, error, flags, typed_at)) from None


def _fault(source: str, error: Any, flags: int, typed_at: int) -> Message:
    """Why an expression cannot be read; the place is that in the one that was typed, where that fails as well."""
    import regex

    try:
        regex.compile(source, flags)
    except regex.error as raised:
        own: Any = raised
        return fault(own.msg, None if own.pos is None else typed_at + own.pos)
    return fault(error.msg, None)


def find(
    wanted: Pattern,
    segments: Sequence[Segment],
    inside: Callable[[Segment], Array | None],
    cancelled: Callable[[], bool],
) -> Iterator[tuple[Segment, Found] | None]:
    """The matches, some paragraphs at a time; None at last where the time was up before all were looked at.

    `inside` gives a bool for each document of a segment: whether it is looked at; None where all are. Matches do not
    go beyond a paragraph. Each step may be taken in another thread.
    """
    left = float(SECONDS_BOUND.limit)
    for segment in segments:
        began = thread_time()
        paragraphs = _within(segment, paragraphs_of(segment, wanted.expression.part), inside(segment))
        left -= thread_time() - began
        at, size = 0, _FIRST
        while at < len(paragraphs):
            if cancelled():
                return
            began = thread_time()
            try:
                spans = _matches(wanted, segment, paragraphs[at : at + size], left)
            except TimeoutError:
                yield None
                return
            used = thread_time() - began
            left -= used
            if len(spans):
                yield segment, found(HitKind.PATTERN, spans[:, 0], spans[:, 1], _COST)
            at += size
            size = min(size * _GROWTH, _PART) if used < _LONG else max(1, size // _GROWTH)


def _within(segment: Segment, paragraphs: Array | None, documents: Array | None) -> Array:
    """The paragraphs that are looked at."""
    held = np.arange(len(segment.para)) if paragraphs is None else paragraphs
    if documents is None or documents.all():
        return held
    return np.asarray(held.compress(documents.take(segment.document_index(segment.para.take(held)))))


def _matches(wanted: Pattern, segment: Segment, paragraphs: Array, seconds: float) -> Array:
    """int64, a row for each match in some paragraphs: where it begins and ends. Raises TimeoutError."""
    text, starts, at = _text(segment, paragraphs, folded=wanted.expression.folded)
    spans = _spans(wanted, text, at, seconds)
    rows = np.searchsorted(at, spans[:, 0], "right") - 1
    return np.asarray(spans + (starts - at[:-1]).take(rows)[:, None])


def _spans(wanted: Pattern, text: str, at: Array, seconds: float) -> Array:
    """The matches in a text of paragraphs that begin at some offsets; an empty match is none."""
    end = thread_time() + seconds
    spans = list(_in_time(wanted, text, end))
    if wanted.expression.part is None or any("\n" in text[start:stop] for start, stop in spans):
        # Each paragraph by itself: a match that goes on into the next one hides those that do not.
        spans = []
        for start, stop in zip(at[:-1].tolist(), (at[1:] - 1).tolist(), strict=True):
            spans += [(start + first, start + last) for first, last in _in_time(wanted, text[start:stop], end)]
    rows = np.array(spans, np.int64).reshape(-1, 2)
    return rows[rows[:, 1] > rows[:, 0]]


def _in_time(wanted: Pattern, text: str, end: float) -> Iterator[tuple[int, int]]:
    """The matches in a text. Raises TimeoutError once the time is up.

    The library counts the time of each match anew.
    """
    left = end - thread_time()
    if left <= 0:
        raise TimeoutError
    for number, match in enumerate(wanted.compiled.finditer(text, timeout=left, concurrent=True), 1):
        yield match.span()
        if number % _LOOKED == 0 and thread_time() > end:
            raise TimeoutError


def _text(segment: Segment, paragraphs: Array, *, folded: bool) -> tuple[str, Array, Array]:
    """Paragraphs as one text, each with a newline behind it; where they begin in the segment, and in the text."""
    starts = segment.para.take(paragraphs).astype(np.int64)
    after = np.append(segment.para, len(segment.codes)).take(paragraphs + 1).astype(np.int64)
    points = points_of(segment, folded=folded).take(segment.codes.take(expand(starts, after)))
    at = np.concatenate((np.zeros(1, np.int64), np.cumsum(after - starts)))
    return points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"), starts, at
