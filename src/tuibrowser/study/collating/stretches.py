"""Stretches: two collated texts as one sequence of stretches that correspond, in the order in which both are read."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from tuibrowser.study.collating.collation import DifferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.study.collating.collation import Collation

    Array = npt.NDArray[Any]

NONE: Final = -1


class Stretch(NamedTuple):
    """A stretch of each text, in significant characters; one of them may be empty.

    `number` is the index of the difference that it is, `moved` that of the moved passage it belongs to. Where the first
    text has a moved passage, the stretches of it stand beside those of the second. Where the second has it, it stands
    alone: that stretch has the `number` of what moved.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    number: int = NONE
    moved: int = NONE

    @property
    def is_equal(self) -> bool:
        """Whether both texts have the same here."""
        return self.number == NONE

    @property
    def is_arrival(self) -> bool:
        """Whether this is a moved passage at its place in the second text."""
        return self.moved != NONE and self.number == self.moved

    @property
    def length(self) -> int:
        """The characters of the longer side."""
        return max(self.end - self.start, self.other_end - self.other_start)


class _Event(NamedTuple):
    """A difference in significant characters. Those that the first text has nothing of come before others there."""

    start: int
    has_first: bool
    other_start: int
    end: int
    other_end: int
    number: int


def stretches_of(made: Collation) -> list[Stretch]:
    """The stretches of a collation; variants are within equal ones."""
    kinds = [each.kind for each in made.differences]
    spans = significant_spans(made)
    moved = [number for number, kind in enumerate(kinds) if kind is DifferenceKind.MOVED]
    events: list[_Event] = []
    inner: dict[int, list[_Event]] = {number: [] for number in moved}
    home = _Homes([spans[number] for number in moved], moved)
    for number, (start, end, other_start, other_end) in enumerate(spans):
        event = _Event(start, start < end, other_start, end, other_end, number)
        if kinds[number] is DifferenceKind.MOVED:
            events.append(event)
            events.append(_Event(_place(made, number), False, other_start, _place(made, number), other_end, number))
        elif kinds[number] is not DifferenceKind.VARIANT:
            inner.get(home.of(event), events).append(event)
    sizes = (0, len(made.a.ids), 0, len(made.b.ids))
    return list(_walked(_in_order(events), sizes, {number: _in_order(each) for number, each in inner.items()}, spans))


def significant_spans(made: Collation) -> list[list[int]]:
    """The start and end of each difference in the significant characters of the first text, and of the second."""
    rows = np.array([(*each.a, *each.b) for each in made.differences], np.int64).reshape(-1, 4)
    sides = np.searchsorted(made.a.at, rows[:, :2]), np.searchsorted(made.b.at, rows[:, 2:])
    spans: list[list[int]] = np.concatenate(sides, axis=1).tolist()
    return spans


def _place(made: Collation, number: int) -> int:
    return int(np.searchsorted(made.a.at, made.differences[number].a_place or 0))


def _in_order(events: Sequence[_Event]) -> list[_Event]:
    return sorted(events, key=lambda each: (each.start, each.has_first, each.other_start))


class _Homes:
    """The moved passages, to find the one that a difference is within."""

    def __init__(self, spans: Sequence[Sequence[int]], numbers: Sequence[int]) -> None:
        self._first = sorted((span[0], span[1], number) for span, number in zip(spans, numbers, strict=True))
        self._second = sorted((span[2], span[3], number) for span, number in zip(spans, numbers, strict=True))

    def of(self, event: _Event) -> int:
        """The number of the moved passage that a difference is within; NONE where it is in none."""
        if event.has_first:
            return _within(self._first, event.start, event.end)
        return _within(self._second, event.other_start, event.other_end)


def _within(spans: Sequence[tuple[int, int, int]], start: int, end: int) -> int:
    at = bisect_right(spans, start, key=itemgetter(0))
    return spans[at - 1][2] if at and end <= spans[at - 1][1] else NONE


def _walked(
    events: Sequence[_Event],
    sizes: tuple[int, int, int, int],
    inner: dict[int, list[_Event]],
    spans: Sequence[Sequence[int]],
    moved: int = NONE,
) -> Iterator[Stretch]:
    """The stretches from one place to another in both texts, equal ones between the differences."""
    at, last, other_at, other_last = sizes
    for event in events:
        if event.start > at:
            other_end = other_at + event.start - at
            yield Stretch(at, event.start, other_at, other_end, moved=moved)
            at, other_at = event.start, other_end
        is_moved = event.number in inner
        if is_moved and event.has_first:
            start, end, other_start, other_end = spans[event.number]
            yield from _walked(inner[event.number], (start, end, other_start, other_end), {}, spans, event.number)
            at = event.end
        else:
            end = event.end if event.has_first else at
            other_end = event.other_end if event.other_start < event.other_end else other_at
            yield Stretch(at, end, other_at, other_end, event.number, event.number if is_moved else moved)
            at, other_at = end, other_end
    if at < last or other_at < other_last:
        yield Stretch(at, last, other_at, other_last, moved=moved)
