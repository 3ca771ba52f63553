"""Match: where a segment holds a row of sets of characters, side by side or with gaps between them.

A query is a set of fold ids for each place: a character, its homophones, a syllable, an initial. The postings of the
pair of neighbouring sets that is rarest are taken, and the other places checked by table look-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.hanzi.fold import BREAK, fold, fold_table
from tuibrowser.search.segment import LONGEST_GAP, initial_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.hanzi.readings import Ranges
    from tuibrowser.search.segment import Segment

    Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Place:
    """What may stand in one place of a match: ids; only this character, where its id is shared; or one initial."""

    ranges: Ranges
    character: str | None = None
    initial: str | None = None

    @cached_property
    def single(self) -> int | None:
        """The only id, None where there are several."""
        first, end = self.ranges[0]
        return first if len(self.ranges) == 1 and end == first + 1 else None

    @cached_property
    def bounds(self) -> Array:
        """int64: a row of the beginnings of the ranges, and one of their ends."""
        return np.array(self.ranges, np.int64).reshape(-1, 2).T

    @cached_property
    def chosen(self) -> Array:
        """Of every id whether it may stand here."""
        return _chosen(self.ranges)


@lru_cache(maxsize=64)
def _chosen(ranges: Ranges) -> Array:
    chosen = np.zeros(1 << 16, bool)
    for start, end in ranges:
        chosen[start:end] = True
    return chosen


def is_gap(character: str) -> bool:
    """Whether a character is punctuation, a space or a control, which a match may pass over."""
    identity = int(fold(character)[0])
    return identity == BREAK or identity < fold_table().gap_end


def places_of(text: str) -> tuple[Place, ...]:
    """A place for each significant character."""
    table = fold_table()
    return tuple(
        Place(((identity, identity + 1),), character if table.shares_its_id(identity) else None)
        for character, identity in zip(text, fold(text).tolist(), strict=True)
        if identity >= table.gap_end
    )


def expand(low: Array, high: Array) -> Array:
    """All whole numbers of the ranges from `low` to `high`, one after another."""
    lengths = high - low
    kept = lengths > 0
    low, lengths = low[kept], lengths[kept]
    total = int(lengths.sum())
    if not total:
        return np.empty(0, np.int64)
    steps = np.ones(total, np.int64)
    steps[0] = low[0]
    steps[np.cumsum(lengths)[:-1]] = low[1:] - (low[:-1] + lengths[:-1] - 1)
    return np.cumsum(steps)


_FEW = 64
"""Ranges of postings up to which joining slices is faster than gathering."""


class Postings:
    """Ranges of a segment's postings."""

    def __init__(self, segment: Segment, low: Array, high: Array) -> None:
        self._segment = segment
        kept = high > low
        self._low: Array = low[kept].astype(np.int64)
        self._high: Array = high[kept].astype(np.int64)

    def __len__(self) -> int:
        return int((self._high - self._low).sum())

    def positions(self) -> Array:
        """uint32: ascending within each range only."""
        post = self._segment.post
        if len(self._low) == 1:
            return post[self._low[0] : self._high[0]]
        if len(self._low) < _FEW:
            slices = [post[low:high] for low, high in zip(self._low.tolist(), self._high.tolist(), strict=True)]
            return np.concatenate(slices) if slices else np.empty(0, np.uint32)
        return post[expand(self._low, self._high)]


def single_postings(segment: Segment, place: Place) -> Postings:
    """Where a place matches by itself."""
    starts, ends = segment.offs[segment.rows[place.bounds]]
    return Postings(segment, starts, ends)


_WIDE = 8192
"""Pairs of an id and a range up to which all are looked up."""


def _present(segment: Segment, place: Place) -> Array:
    present = segment.present
    return present.compress(place.chosen.take(present)).astype(np.uint32)


def pair_postings(segment: Segment, first: Place, second: Place) -> Postings:
    """Where two places match one after the other, whatever gap is between them.

    Of two very wide sets only those second characters are found whose first reading is meant.
    """
    if first.single is not None and second.single is not None:
        key = np.uint32(first.single << 16 | second.single)
        at = int(np.searchsorted(segment.keys, key))
        if at == len(segment.keys) or segment.keys[at] != key:
            return Postings(segment, np.empty(0, np.int64), np.empty(0, np.int64))
        return Postings(segment, segment.offs[at : at + 1], segment.offs[at + 1 : at + 2])
    ids = _present(segment, first)
    if second.initial is not None:
        row, table = segment.by_initial
        column = list(initial_bounds()).index(second.initial)
        bounds = table[row[ids], column : column + 2]
        others, firsts = segment.also_by_initial(column)
        others = others.compress(first.chosen.take(firsts))
        low, high = segment.offs[others], segment.offs[others + 1]
        return Postings(segment, np.concatenate((bounds[:, 0], low)), np.concatenate((bounds[:, 1], high)))
    high_halves = (ids << np.uint32(16))[:, None]
    ranges = second.ranges
    if len(ids) * len(ranges) > _WIDE:
        ranges = tuple((start, end) for start, end in ranges if end - start > 1) or ranges
    starts, ends = np.array(ranges, np.uint32).reshape(-1, 2).T
    starts, lasts = starts[None, :], ends[None, :] - np.uint32(1)
    low = segment.offs[np.searchsorted(segment.keys, (high_halves | starts).ravel(), "left")]
    high = segment.offs[np.searchsorted(segment.keys, (high_halves | lasts).ravel(), "right")]
    return Postings(segment, low, high)


_TABLE_FROM = 1 << 15
"""Positions from which on a table of codes, made for the segment, is worth its making."""


class Checker:
    """Tells at which positions of a segment a place matches."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def __call__(self, place: Place, positions: Array) -> Array:
        """A bool for each position; beyond either end stand breaks."""
        segment = self._segment
        codes = segment.codes.take(positions, mode="clip")
        if place.character is not None:
            code = segment.code_of(place.character)
            return np.zeros(len(positions), bool) if code is None else codes == code
        found: Array
        if (single := place.single) is not None:
            found = segment.fold.take(codes) == single
        elif len(positions) < _TABLE_FROM:
            found = place.chosen.take(segment.fold.take(codes))
        else:
            found = place.chosen.take(segment.fold).take(codes)
        return found


_LOOKED_UP = 4
"""Pairs of sets that are looked up to find the rarest one: those whose characters are rarest."""


_RARE = 64
"""Postings of a pair than which no rarer one is looked for."""

_MANY = 24
"""Places of a long passage, whose pairs are not all looked up either."""


def _anchor(segment: Segment, places: Sequence[Place]) -> tuple[int, Postings]:
    """A rare pair of neighbouring places, perhaps one that does not occur, and its postings."""
    pairs: Sequence[int] = range(len(places) - 1)
    if len(places) > _MANY or any(place.single is None for place in places):
        common = [_frequency(segment, place) for place in places]
        pairs = sorted(pairs, key=lambda at: common[at] * common[at + 1])[:_LOOKED_UP]
    best, rarest = -1, None
    for at in pairs:
        postings = pair_postings(segment, places[at], places[at + 1])
        if rarest is None or len(postings) < len(rarest):
            best, rarest = at, postings
        if len(postings) < _RARE:
            break
    assert rarest is not None
    return best, rarest


def _frequency(segment: Segment, place: Place) -> int:
    """How often characters that may stand in a place occur."""
    if (single := place.single) is not None:
        return segment.frequency(single, single + 1)
    starts, ends = segment.offs[segment.rows[place.bounds]]
    return int(ends.sum(dtype=np.int64) - starts.sum(dtype=np.int64))


def adjacent(segment: Segment, places: Sequence[Place]) -> Array:
    """int64: where the places match side by side; in no particular order."""
    check = Checker(segment)
    if len(places) == 1:
        positions = np.sort(single_postings(segment, places[0]).positions()).astype(np.int64)
        return positions if places[0].character is None else positions[check(places[0], positions)]
    best, postings = _anchor(segment, places)
    positions = postings.positions().astype(np.int64) - best
    others = [at for at in range(len(places)) if at not in (best, best + 1)]
    others.sort(key=lambda at: _frequency(segment, places[at]))
    # The second of the pair stands there but for a gap: it is looked at when few are left.
    order = [*others, best + 1] if places[best].character is None else [best, *others, best + 1]
    for done, at in enumerate(order):
        if len(positions) * (len(order) - done) < _TOGETHER and done > 0:
            return _all_at_once(segment, places, positions)
        positions = positions.compress(check(places[at], positions + at))
    return positions


_TOGETHER = 1 << 18
"""Positions times places up to which checking all at once is faster than one place after another."""


def _all_at_once(segment: Segment, places: Sequence[Place], positions: Array) -> Array:
    """Those positions at which all places match."""
    check = Checker(segment)
    plain = [at for at, place in enumerate(places) if place.single is not None and place.character is None]
    wanted = np.array([places[at].single for at in plain], np.uint16)
    if plain:
        rows = segment.fold.take(segment.codes.take(positions[:, None] + np.array(plain)[None, :], mode="clip"))
        positions = positions.compress((rows == wanted[None, :]).all(axis=1))
    for at, place in enumerate(places):
        if place.single is None or place.character is not None:
            positions = positions.compress(check(place, positions + at))
    return positions


def following(segment: Segment, positions: Array) -> Array:
    """The next significant character, or break, after each position; a break is followed by itself."""
    codes, gap = segment.codes, segment.gap
    moved = positions + (codes.take(positions) != 0)
    return _past_gaps(moved, codes, gap, 1)


def preceding(segment: Segment, positions: Array) -> Array:
    """The last significant character, or break, before each position; a break is preceded by itself."""
    codes, gap = segment.codes, segment.gap
    moved = positions - (codes.take(positions) != 0)
    return _past_gaps(moved, codes, gap, -1)


def after_break(segment: Segment, positions: Array) -> Array:
    """The first significant character after each position that is a break, and the other positions."""
    codes = segment.codes
    return _past_gaps(positions + (codes.take(positions) == 0), codes, segment.gap, 1)


def _past_gaps(positions: Array, codes: Array, gap: Array, step: int) -> Array:
    left = np.flatnonzero(gap.take(codes.take(positions)))
    for _ in range(LONGEST_GAP):
        if not len(left):
            break
        positions[left] += step
        left = left.compress(gap.take(codes.take(positions.take(left))))
    return positions


def spaced(segment: Segment, places: Sequence[Place]) -> tuple[Array, Array]:
    """int64 starts and ends of where the places match one after another, with or without gaps; in no order."""
    check = Checker(segment)
    if len(places) == 1:
        positions = adjacent(segment, places).astype(np.int64)
        return positions, positions + 1
    best, postings = _anchor(segment, places)
    starts = postings.positions().astype(np.int64)
    if places[best].character is not None:
        starts = starts[check(places[best], starts)]
    ends = starts
    for at in range(best + 1, len(places)):
        ends = following(segment, ends)
        kept = check(places[at], ends)
        starts, ends = starts.compress(kept), ends.compress(kept)
        if not len(starts):
            break
    for at in range(best - 1, -1, -1):
        starts = preceding(segment, starts)
        if not len(starts):
            break
        kept = check(places[at], starts)
        starts, ends = starts.compress(kept), ends.compress(kept)
    return starts, ends + 1
