"""Pieces: find where a passage near a text may be, by the pieces of the text that it keeps.

Cut a text into `k + 1` pieces: a passage within `k` edits of it keeps at least one piece whole (Wu and Manber 1992).
Most occurrences of the commoner pieces need no verification. A passage without any of the rarer pieces has spent an
edit on each of these, so that few are left for the neighbours of the common piece, which must be nearly whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.matching.match import pair_postings
from tuibrowser.search.matching.spaced import spaced

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.match import CharacterSet

    Array = npt.NDArray[Any]

FEW: Final = 128
"""Occurrences up to which it is quicker to read what stands around them character by character."""

_GAPS: Final = 3
"""Gaps within a stretch up to which a glance at it tells something."""


def candidates(segment: Segment, places: Sequence[CharacterSet], most: int) -> tuple[Array, Array]:
    """Return positions, int64, of pieces that near passages hold, and how many characters of the text precede each.

    Every passage within `most` edits of the places is around one of them.
    """
    counts = [len(pair_postings(segment, places[at], places[at + 1])) for at in range(len(places) - 1)]
    pieces = [
        _Piece(start, end, _occurrences(segment, places[start:end]))
        for start, end in pairwise(_bounds(counts, most + 1))
    ]
    pieces.sort(key=lambda piece: len(piece.begins))
    glance = _Glance(segment, places)
    found = [glance.left_to(piece, pieces[:rank], pieces, most) for rank, piece in enumerate(pieces)]
    positions = np.concatenate(found)
    behind = np.repeat([piece.start for piece in pieces], [len(each) for each in found])
    if len(positions) > FEW:
        kept = glance.around(positions - behind, most)
        positions, behind = positions.compress(kept), behind.compress(kept)
    return positions, behind


def _bounds(counts: Sequence[int], number: int) -> list[int]:
    """Return the bounds of pieces, each with one of `number` pairs that do not overlap; the sum of counts is least."""
    none = (float("inf"), ())
    best: list[list[tuple[float, tuple[int, ...]]]] = [[(0.0, ()), *[none] * number]] * 2
    for at, count in enumerate(counts):
        row = list(best[-1])
        for chosen in range(1, number + 1):
            cost, before = best[-2][chosen - 1]
            row[chosen] = min(row[chosen], (cost + count, (*before, at)))
        best.append(row)
    _, pairs = best[-1][number]
    return [0, *pairs[1:], len(counts) + 1]


def _occurrences(segment: Segment, places: Sequence[CharacterSet]) -> Array:
    """int64: where a piece occurs, with gaps or without."""
    if len(places) > _PAIR or any(place.character is not None for place in places):
        return spaced(segment, places)[0]
    return pair_postings(segment, *places).positions().astype(np.int64)


_PAIR: Final = 2


@dataclass(frozen=True, eq=False)
class _Piece:
    """A piece of a text, from one of its characters to another, and where it begins wherever it occurs."""

    start: int
    end: int
    begins: Array


class _Glance:
    """Tells which characters of a text are in stretches of a segment, without reading these in order."""

    def __init__(self, segment: Segment, places: Sequence[CharacterSet]) -> None:
        self._segment, self._places = segment, places
        self._kind = word_of(len(places))
        self._gap = self._kind(8 * self._kind().itemsize - 1)
        self._shared = [at for at, place in enumerate(places) if place.character is not None]

    @cached_property
    def _bits(self) -> Array:
        """Return, for every code, a bit for each place where it may stand, and the highest bit for gaps."""
        bits: Array = self._segment.gap.astype(self._kind)
        bits <<= self._gap
        for at, place in enumerate(self._places):
            bits[self._segment.codes_of(place.ranges[0][0])] |= self._kind(1 << at)
        return bits

    def around(self, starts: Array, most: int) -> Array:
        """Return, for each position, whether a passage within `most` edits of the text may be around it.

        A passage that begins there but for edits, and gaps before what it keeps.
        """
        characters = range(len(self._places))
        width = len(characters) + 2 * (most + _GAPS)
        if width > len(self._segment):
            return np.ones(len(starts), bool)
        return self._hold(self._seen(starts - (most + _GAPS), width), characters, most)

    def left_to(self, piece: _Piece, rarer: Collection[_Piece], pieces: Collection[_Piece], most: int) -> Array:
        """Where a piece begins and a near passage may be that holds none of the rarer pieces as they are."""
        begins = piece.begins
        for beside in (each for each in pieces if each.end == piece.start or each.start == piece.end):
            if not rarer or len(begins) <= FEW:
                break
            characters = range(beside.start, beside.end)
            edits = most - sum(each is not beside for each in rarer)
            width = len(characters) + edits + _GAPS
            if beside.end == piece.start:
                starts, column = begins - width, edits + _GAPS
            else:
                starts, column = begins + 1, piece.end - piece.start - 1
                width += column
            if len(characters) <= edits or width > len(self._segment):
                continue
            seen = self._seen(starts, width)
            kept = self._hold(seen, characters, edits)
            if beside in rarer and not any(at in characters for at in self._shared):
                stand = self._stand(seen[column : column + len(characters)], characters)
                kept &= ~stand | self._is_cut(starts, width)
            begins = begins.compress(kept)
        return begins

    def _seen(self, starts: Array, width: int) -> Array:
        """A column of bits for the stretch of so many codes from each position on, moved where it would be cut."""
        seen: Array = self._bits.take(_stretches(self._segment.codes, self._inside(starts, width), width).T)
        return seen

    def _inside(self, starts: Array, width: int) -> Array:
        return np.clip(starts, 0, len(self._segment) - width)

    def _is_cut(self, starts: Array, width: int) -> Array:
        """Whether another stretch was looked at in place of the one at a position."""
        return np.asarray(self._inside(starts, width) != starts)

    def _hold(self, seen: Array, characters: range, but: int) -> Array:
        """Whether each stretch holds these characters of the text but so many; where many gaps are, it may."""
        wanted = self._kind(sum(1 << at for at in characters))
        held: Array = np.bitwise_or.reduce(seen, axis=0) & wanted
        many_gaps: Array = (seen >> self._gap).sum(axis=0, dtype=np.uint8) > _GAPS
        return np.asarray(np.bitwise_count(held) >= len(characters) - but) | many_gaps

    def _stand(self, seen: Array, characters: range) -> Array:
        """Whether the rows hold these characters of the text one after another."""
        bits = np.array([1 << at for at in characters], self._kind)
        return np.asarray((seen & bits[:, None]).all(axis=0))


def word_of(places: int) -> Any:
    """The unsigned type with a bit for each of so many places, 63 at most, and one more."""
    return np.uint64 if places > _FEW_PLACES else np.uint32


_FEW_PLACES: Final = 31


def _stretches(codes: Array, starts: Array, width: int) -> Array:
    """A row of so many codes from each position on."""
    whole = np.ndarray(len(codes) - width + 1, f"V{width * codes.itemsize}", codes, strides=codes.strides)
    return whole[starts].view(codes.dtype).reshape(len(starts), width)
