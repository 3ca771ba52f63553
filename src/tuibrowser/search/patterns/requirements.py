"""Requirements: what every match of a pattern holds, by which the index finds the paragraphs to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_MEMBERS: Final = 64
"""Characters of a class that is told apart."""
_MOST_PAIRS: Final = 256
_MOST_ALTERNATIVES: Final = 512

Ids = frozenset[int]
Cover = frozenset[tuple[int, int | None]]
"""Pairs of ids in a row, or single ids with None, of which every match holds at least one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a pattern: the ids that can begin and end it, None where these are not known, and its covers.

    `empty` says that it may match nothing.
    """

    first: Ids | None = None
    last: Ids | None = None
    covers: tuple[Cover, ...] = ()
    empty: bool = False


NOTHING: Final = Part(frozenset(), frozenset(), (), empty=True)
"""A part without width: an anchor, or what is looked at ahead."""
ANYTHING: Final = Part()
"""A character that may be any, or punctuation, which the index passes over."""
PERHAPS: Final = Part(empty=True)
"""A part that may be missing."""


def one_of(ids: Ids) -> Part:
    """A character of a class."""
    return Part(ids, ids, (frozenset((each, None) for each in ids),))


def in_row(parts: Iterable[Part]) -> Part:
    """Parts one after another."""
    return reduce(_joined, parts, NOTHING)


def _joined(one: Part, other: Part) -> Part:
    if one is NOTHING:
        return other
    if other is NOTHING:
        return one
    return Part(
        None if one.empty else one.first,
        None if other.empty else other.last,
        (*one.covers, *other.covers, *(() if one.empty or other.empty else _pairs(one.last, other.first))),
        one.empty and other.empty,
    )


def _pairs(last: Ids | None, first: Ids | None) -> tuple[Cover, ...]:
    if not last or not first or len(last) * len(first) > _MOST_PAIRS:
        return ()
    return (frozenset((x, y) for x in last for y in first),)


def any_of(parts: list[Part]) -> Part:
    """One of several parts."""
    if len(parts) == 1:
        return parts[0]
    empty = any(part.empty for part in parts)
    covers: tuple[Cover, ...] = ()
    if not empty and all(part.covers for part in parts):
        cover = frozenset().union(*(_best(part.covers) for part in parts))
        covers = (cover,) if len(cover) <= _MOST_ALTERNATIVES else ()
    return Part(_union([part.first for part in parts]), _union([part.last for part in parts]), covers, empty)


def _best(covers: tuple[Cover, ...]) -> Cover:
    """The cover that likely occurs least: of pairs rather than of single characters, and of few."""
    return min(covers, key=lambda cover: (any(second is None for _, second in cover), len(cover)))


def _union(several: list[Ids | None]) -> Ids | None:
    known = [each for each in several if each is not None]
    union = frozenset().union(*known)
    return union if len(known) == len(several) and len(union) <= MOST_MEMBERS else None


def repeated(part: Part, least: int) -> Part:
    """A part so many times at least."""
    if least == 0:
        return NOTHING if part is NOTHING else PERHAPS
    more = _pairs(part.last, part.first) if least > 1 and not part.empty else ()
    return Part(part.first, part.last, (*part.covers, *more), part.empty)
