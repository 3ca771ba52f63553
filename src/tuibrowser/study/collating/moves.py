"""Moves: stretches that stand in another order in the other text, found among what the alignment left over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.parallels.blocks import gain
from tuibrowser.search.parallels.passage import as_text
from tuibrowser.study.collating.alignment import Step, align, anchors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Array = npt.NDArray[Any]

SHORTEST: Final = 12
"""Ids of a stretch that is told to have moved."""
_ROUNDS: Final = 8
"""Rounds in which moved stretches are looked for; those of one round stand in the same order in both texts."""
_REACH: Final = 200
"""Ids beyond a stretch that are looked at for more of it."""
_NEAR: Final = 30
"""Ids between two equal stretches that moved together."""


def moves(one: Array, other: Array, steps: Sequence[Step]) -> list[list[Step]]:
    """The stretches that moved, each as the steps by which it corresponds to the other text."""
    left, other_left = np.ones(len(one), bool), np.ones(len(other), bool)
    for step in steps:
        if step.equal:
            left[step.start : step.end] = other_left[step.other_start : step.other_end] = False
    found: list[list[Step]] = []
    for _ in range(_ROUNDS):
        fresh = list(_round(one, other, left, other_left))
        for found_here in fresh:
            start, end, other_start, other_end = _reaching(one, other, left, other_left, found_here)
            left[start:end] = other_left[other_start:other_end] = False
            inner = align(one[start:end], other[other_start:other_end])
            found.append(
                [
                    Step(
                        each.equal,
                        start + each.start,
                        start + each.end,
                        other_start + each.other_start,
                        other_start + each.other_end,
                    )
                    for each in inner
                ]
            )
        if not fresh:
            break
    return found


def _round(one: Array, other: Array, left: Array, other_left: Array) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of what is left of both that are equal but for little: their starts and ends in both."""
    places, other_places = np.flatnonzero(left), np.flatnonzero(other_left)
    held: list[int] = []
    for start, end, other_start in anchors(one.take(places), other.take(other_places), SHORTEST):
        for first, last, other_first in _unbroken(
            places[start:end], other_places[other_start : other_start + end - start]
        ):
            span = [first, last, other_first, other_first + last - first]
            if held and 0 <= first - held[1] <= _NEAR and 0 <= other_first - held[3] <= _NEAR:
                between = left[held[1] : first].all() and other_left[held[3] : other_first].all()
                if between:
                    held[1], held[3] = span[1], span[3]
                    continue
            if held:
                yield held[0], held[1], held[2], held[3]
            held = span
    if held:
        yield held[0], held[1], held[2], held[3]


def _reaching(
    one: Array, other: Array, left: Array, other_left: Array, span: tuple[int, int, int, int]
) -> tuple[int, int, int, int]:
    """A stretch that goes on at both ends, within what is left of both, as far as it gains."""
    start, end, other_start, other_end = span
    before = gain(_rest(one, left, start, -1), _rest(other, other_left, other_start, -1))
    after = gain(_rest(one, left, end, 1), _rest(other, other_left, other_end, 1))
    return start - before.end, end + after.end, other_start - before.high, other_end + after.high


def _rest(ids: Array, left: Array, at: int, step: int) -> str:
    """What is left without a break from a place on, in one direction, as characters."""
    held = left[at : at + _REACH] if step > 0 else left[max(0, at - _REACH) : at][::-1]
    count = int(np.argmin(held)) if not held.all() else len(held)
    return as_text(ids[at : at + count]) if step > 0 else as_text(ids[at - count : at][::-1])


def _unbroken(places: Array, other_places: Array) -> Iterator[tuple[int, int, int]]:
    """The parts of an equal stretch between which nothing was left out in either text, long enough to have moved."""
    breaks = np.flatnonzero((np.diff(places) > 1) | (np.diff(other_places) > 1)) + 1
    for part in np.split(np.arange(len(places)), breaks):
        if len(part) >= SHORTEST:
            first = int(places[part[0]])
            yield first, first + len(part), int(other_places[part[0]])
