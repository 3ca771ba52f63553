"""Repeats: find the matches that are the same string in one paragraph, or the same passage elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from tuibrowser.hanzi.fold import fold_table
from tuibrowser.search.index.arrays import PART, among
from tuibrowser.search.index.segment import PARAGRAPH, by_segment
from tuibrowser.search.model import HitKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found

    Array = npt.NDArray[Any]
    Lists = Sequence[tuple[Segment, Found]]

CONTEXT = 24
"""Characters on either side of a match that are the same in a repetition."""


_STRING = 64
"""Characters of a match that tell it from others."""

_MULTIPLIERS: Array = np.cumprod(np.full(_STRING + 8, 0x9E3779B97F4A7C15, np.uint64))
"""Multipliers of a polynomial hash modulo 2 ** 64."""

_MIXER: Final = np.uint64(0xBF58476D1CE4E5B9)
"""The mixer of splitmix64 (Steele, Lea and Flood 2014)."""

_END: Final = 0
"""The code after each document."""


def prints_of(found: Lists, columns: tuple[Array, ...], *, repeats: bool) -> Array:
    """Return a row of uint64 for each match: equal in the same string of its paragraph, and equal in a repetition.

    Without `repeats`, only the first. The columns are the list of each match, its start and its end, and the number of
    its document.
    """
    prints = np.empty((len(columns[0]), 2 if repeats else 1), np.uint64)
    for start in range(0, len(prints), PART):
        part = slice(start, start + PART)
        _print_part(found, tuple(column[part] for column in columns), prints[part])
    return prints


def _print_part(found: Lists, columns: tuple[Array, ...], prints: Array) -> None:
    whose, *rest = columns
    single = np.array([matches.kind != HitKind.KEYWORDS for _, matches in found]).take(whose).astype(np.uint64)
    for segment, here in by_segment([segment for segment, _ in found], whose):
        starts, ends, numbers = (column[here] for column in rest)
        within = segment.paragraph_index(starts)
        lengths = (ends - starts).astype(np.uint64)
        string = _hashed(segment, starts, _STRING, starts, ends) + lengths * _MULTIPLIERS[-1]
        place = numbers.astype(np.uint64) * _MULTIPLIERS[-2] + within.astype(np.uint64) * _MULTIPLIERS[-3]
        place = (place ^ place >> np.uint64(31)) * _MIXER  # else a paragraph on and a character on may cancel out
        prints[here, 0] = place + string * _MULTIPLIERS[-4] * single[here]
        if prints.shape[1] > 1:
            low, high = bounds_of(segment, within)
            beyond = (ends > high).nonzero()[0]
            high[beyond] = bounds_of(segment, segment.paragraph_index(ends.take(beyond) - 1))[1]
            before = _hashed(segment, starts - CONTEXT, CONTEXT, low, starts)
            behind = _hashed(segment, ends, CONTEXT, ends, high - 1)
            prints[here, 1] = string * _MULTIPLIERS[-5] + before * _MULTIPLIERS[-6] + behind


def bounds_of(segment: Segment, paragraphs: Array) -> tuple[Array, Array]:
    """Where paragraphs begin, and where the next ones do."""
    after = paragraphs + 1
    high = np.where(after < len(segment.para), segment.para.take(after, mode="clip"), len(segment)).astype(np.int64)
    return segment.para.take(paragraphs).astype(np.int64), high


def _hashed(segment: Segment, begins: Array, width: int, low: Array, high: Array) -> Array:
    """uint64: a hash of the ids of so many characters from each position on, those outside the bounds left out."""
    width = min(width, int((high - begins).max(initial=0)))
    places = begins[:, None] + np.arange(width)[None, :]
    inside = (places >= low[:, None]) & (places < high[:, None])
    ids = segment.fold.take(segment.codes.take(places, mode="clip")).astype(np.uint64) + np.uint64(1)
    return np.asarray(((ids * inside) * _MULTIPLIERS[:width]).sum(axis=1, dtype=np.uint64))


# What is likely the same


class Surroundings(Protocol):
    """What stands around some matches."""

    @property
    def before(self) -> Array:
        """The id of the character before each."""

    @property
    def behind(self) -> Array:
        """The id of the character after each."""

    def around(self, width: int) -> Array:
        """uint64: a hash of so many characters on both sides of each."""


class LocalSurroundings:
    """The `Surroundings` of matches in segments of this process."""

    def __init__(self, found: Lists, whose: Array, starts: Array, ends: Array) -> None:
        segments = by_segment([segment for segment, _ in found], whose) if len(whose) else ()
        self._parts = [(segment, starts[here], ends[here]) for segment, here in segments]

    @property
    def before(self) -> Array:
        """The id of the character before each."""
        return _joined(_ids(segment, starts - 1) for segment, starts, _ in self._parts)

    @property
    def behind(self) -> Array:
        """The id of the character after each."""
        return _joined(_ids(segment, ends) for segment, _, ends in self._parts)

    def around(self, width: int) -> Array:
        """uint64: a hash of so many characters on both sides of each."""
        return _joined(_around(*part, width) for part in self._parts)


def _joined(arrays: Iterator[Array]) -> Array:
    held = list(arrays)
    return np.concatenate(held) if held else np.empty(0, np.uint64)


def beside_the_same(found: Lists, wanted: Surroundings, fewest: Sequence[int]) -> list[tuple[int, Array]]:
    """Return the matches whose neighbours are the same as those of some: the number of each list, and which of it.

    A list that has no others is left out; `fewest` says how many of each list are among those that are looked for. Most
    differ in the nearest neighbours, so these are looked up first in a table of those that occur.
    """
    behind, before = _marked(wanted.behind), _marked(wanted.before)
    alike = []
    for segment, matches in found:
        left = behind.take(_ids(segment, matches.ends)).nonzero()[0]
        alike.append(left.compress(before.take(_ids(segment, matches.starts.take(left) - 1))))
    for width in WIDTHS:
        crowded = [number for number, least in enumerate(fewest) if len(alike[number]) > least]
        if not crowded:
            return []
        hashed = wanted.around(width)
        for number in crowded:
            (segment, matches), left = found[number], alike[number]
            hashes = _around(segment, matches.starts.take(left), matches.ends.take(left), width)
            alike[number] = left.compress(among(hashes, hashed))
    return [(number, left) for number, left in enumerate(alike) if len(left) > fewest[number]]


WIDTHS: Final = (4, 12, CONTEXT)
"""How many neighbours on either side are compared, one width after another."""


def _ids(segment: Segment, places: Array) -> Array:
    return segment.fold.take(segment.codes.take(places, mode="clip"))


def _marked(ids: Array) -> Array:
    """Return, for every id, whether it is among `ids`; ends of documents and of paragraphs count as the same."""
    marked = np.zeros(1 << 16, bool)
    marked[ids.astype(np.int64)] = True
    ends = fold_table().table[[_END, PARAGRAPH]]
    marked[ends] = marked[ends].any()
    return marked


def _around(segment: Segment, starts: Array, ends: Array, width: int) -> Array:
    """uint64: a hash of so many characters on both sides of each match, up to the ends of their paragraphs."""
    distances = np.arange(width)[:, None]
    before = _up_to_end(segment, starts - 1 - distances)
    behind = _up_to_end(segment, ends + distances)
    hashes = before * _MULTIPLIERS[:width, None] + behind * _MULTIPLIERS[width : 2 * width, None]
    return np.asarray(hashes.sum(axis=0, dtype=np.uint64))


def _up_to_end(segment: Segment, places: Array) -> Array:
    """uint64: the ids at places in each column, 0 from the first end of a paragraph on."""
    codes = segment.codes.take(places, mode="clip")
    inside = np.logical_and.accumulate((codes != _END) & (codes != PARAGRAPH), axis=0)
    ids = segment.fold.take(codes).astype(np.uint64) + np.uint64(1)
    return np.asarray(ids * inside)
