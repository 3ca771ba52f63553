"""Match: find where a segment holds a row of sets of characters side by side; `spaced` finds it with gaps too.

A query is a set of fold ids for each place: a character, its homophones, a syllable, an initial. The search takes the
postings of the rarest pair of neighbouring sets and checks the other places by table look-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.corpus.kept import Kept
from tuibrowser.hanzi.fold import SOUND_GROUPS, fold, fold_table
from tuibrowser.search.index.arrays import changes, expand, in_order, in_parts
from tuibrowser.search.index.postings import Postings
from tuibrowser.search.index.segment import initial_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.hanzi.readings import Ranges
    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]


@dataclass(frozen=True)
class CharacterSet:
    """The characters of one place of a match: ids, or one character whose id is shared, or one initial."""

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
        """int64, two rows: the beginnings of the ranges, and their ends."""
        return np.array(self.ranges, np.int64).reshape(-1, 2).T

    @cached_property
    def lone(self) -> Array:
        """uint32: the ids of ranges of a single id, ascending."""
        return np.array([start for start, end in self.ranges if end - start == 1], np.uint32)

    @cached_property
    def wide(self) -> Array:
        """uint32, two rows: the beginnings of all other ranges, and their ends."""
        return np.array([each for each in self.ranges if each[1] - each[0] > 1], np.uint32).reshape(-1, 2).T

    @cached_property
    def size(self) -> int:
        """How many ids there are."""
        return sum(end - start for start, end in self.ranges)

    @cached_property
    def chosen(self) -> Array:
        """Whether each id may stand here."""
        return _chosen(self.ranges)

    @cached_property
    def groups(self) -> Array:
        """Whether a character of each sound group may stand here."""
        return _groups(self.ranges)


@lru_cache(maxsize=64)
def _chosen(ranges: Ranges) -> Array:
    chosen = np.zeros(1 << 16, bool)
    for start, end in ranges:
        chosen[start:end] = True
    return chosen


@lru_cache(maxsize=64)
def _groups(ranges: Ranges) -> Array:
    groups = np.zeros(SOUND_GROUPS, bool)
    groups[fold_table().groups[_chosen(ranges)]] = True
    return groups


def places_of(text: str) -> tuple[CharacterSet, ...]:
    """A place for each significant character."""
    table = fold_table()
    return tuple(
        CharacterSet(((identity, identity + 1),), character if table.shares_its_id(identity) else None)
        for character, identity in zip(text, fold(text).tolist(), strict=True)
        if identity >= table.gap_end
    )


def single_postings(segment: Segment, place: CharacterSet) -> Postings:
    """Where a place matches by itself."""
    starts, ends = segment.before[place.bounds]
    return _postings(segment, starts, ends)


def _postings(segment: Segment, low: Array, high: Array) -> Postings:
    return Postings(segment.post, segment.hint_bits, low, high)


_PAIRS = 512
"""Pairs of a segment whose postings are kept at hand."""


def _of_pair(segment: Segment, first: int, second: int) -> Postings:
    """Where one id stands before another, whatever gap is between them."""
    key = first << 16 | second
    kept: Kept[int, Postings] | None = segment.at_hand.get("pairs")
    if kept is None:
        kept = segment.at_hand["pairs"] = Kept(_PAIRS)
    if (known := kept.get(key)) is not None:
        return known
    at = int(segment.keys.searchsorted(np.uint32(key)))
    there = at < len(segment.keys) and int(segment.keys[at]) == key
    low, high = segment.offs.take(np.arange(at, at + 2 * there)).reshape(2, int(there))
    found = _postings(segment, low, high)
    return kept.put(key, found)  # each stage of a query looks up the same pairs


_READ_KEYS = 16
"""Keys of a row that are read while one is looked up among all."""


def _present(segment: Segment, place: CharacterSet) -> Array:
    present = segment.present
    return present.compress(place.chosen.take(present)).astype(np.uint32)


def pair_postings(segment: Segment, first: CharacterSet, second: CharacterSet) -> Postings:
    """Where two places match one after the other, whatever gap is between them."""
    if first.single is not None and second.single is not None:
        return _of_pair(segment, first.single, second.single)
    ids = _present(segment, first)
    if second.initial is not None:
        row, table = segment.by_initial
        column = list(initial_bounds()).index(second.initial)
        bounds = table[row[ids], column : column + 2]
        others, firsts = segment.also_by_initial(column)
        others = others.compress(first.chosen.take(firsts))
        low, high = segment.offs.take(others), segment.offs.take(others + 1)
        return _postings(segment, np.concatenate((bounds[:, 0], low)), np.concatenate((bounds[:, 1], high)))
    begins, ends = segment.rows.take(ids), segment.rows.take(ids + 1)
    if int((ends - begins).sum()) < _READ_KEYS * len(ids) * len(second.ranges):
        return _postings(segment, *_bounds_in_rows(segment, begins, ends, second))
    halves = (ids << np.uint32(16))[:, None]
    low, high = _bounds_of_ranges(segment, halves, *second.wide)
    lone_low, lone_high = _bounds_of_keys(segment, (halves | second.lone[None, :]).ravel())
    return _postings(segment, np.concatenate((low, lone_low)), np.concatenate((high, lone_high)))


def _bounds_in_rows(segment: Segment, begins: Array, ends: Array, second: CharacterSet) -> tuple[Array, Array]:
    """Return where the postings of keys begin and end: those keys in some rows whose second id may stand in a place."""
    at = expand(begins, ends)
    at = at.compress(second.chosen.take(segment.keys.take(at).astype(np.uint16)))
    first = changes(at - np.arange(len(at)))  # of keys side by side, whose postings are too
    last = np.roll(first, -1)
    return segment.offs.take(at.compress(first)), segment.offs.take(at.compress(last) + 1)


def _bounds_of_ranges(segment: Segment, halves: Array, starts: Array, ends: Array) -> tuple[Array, Array]:
    """Where the postings begin and end of first ids, in the upper halves of keys, before each range of second ids."""
    low = segment.keys.searchsorted((halves | starts[None, :]).ravel(), "left")
    high = segment.keys.searchsorted((halves | (ends - np.uint32(1))[None, :]).ravel(), "right")
    return segment.offs.take(low), segment.offs.take(high)


def _bounds_of_keys(segment: Segment, wanted: Array) -> tuple[Array, Array]:
    """Return where the postings of those keys begin and end that exist."""
    at = segment.keys.searchsorted(wanted)
    at = at.compress(segment.keys.take(at, mode="clip") == wanted)
    return segment.offs.take(at), segment.offs.take(at + 1)


_TABLE_FROM = 1 << 15
"""Codes from which on it pays to make a table for the codes of the segment."""


class Checker:
    """Tells at which positions of a segment a place matches."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def __call__(self, place: CharacterSet, positions: Array) -> Array:
        """A bool for each position; beyond either end stand breaks."""
        return self.among(place, self._segment.codes.take(positions, mode="clip"))

    def among(self, place: CharacterSet, codes: Array) -> Array:
        """A bool for each code."""
        segment = self._segment
        if place.character is not None:
            code = segment.code_of(place.character)
            return np.zeros(len(codes), bool) if code is None else codes == code
        if (single := place.single) is not None:
            return np.asarray(segment.fold.take(codes) == single)
        name = place.initial or place.ranges
        known = segment.tables.get(name)
        if known is None and len(codes) >= _TABLE_FROM:
            known = segment.tables.put(name, place.chosen.take(segment.fold))
        return known.take(codes) if known is not None else place.chosen.take(segment.fold.take(codes))


_LOOKED_UP = 4
"""Pairs of sets that are looked up to find the rarest one: those whose characters are rarest."""


_READ = 0.15
"""Cost of reading a posting and its hint, where one of looking at the text is 1."""

_LOOK_UP, _FEWEST_LOOK_UPS = 4, 16
"""Postings that are read while one key is looked up; and the keys that a pair counts for at least."""

_MANY = 24
"""Places of a long passage, whose pairs are not all looked up either."""


def anchor(segment: Segment, places: Sequence[CharacterSet]) -> tuple[int, Postings]:
    """A rare pair of neighbouring places, perhaps one that does not occur, and its postings."""
    initials = [place.initial for place in places if place.initial is not None]
    if len(initials) == len(places):
        counts = [segment.frequency_of_initials(*pair) for pair in pairwise(initials)]
        # What a hint leaves has to be looked up, and so has everything of the last pair, which has none.
        costs = [_READ + (1 - _READ) * segment.share_of_initial(letter) for letter in initials[2:]] + [1.0]
        rarest = min(range(len(counts)), key=lambda at: counts[at] * costs[at])
        return rarest, pair_postings(segment, places[rarest], places[rarest + 1])
    pairs: Sequence[int] = range(len(places) - 1)
    if len(places) > _MANY or any(place.single is None for place in places):
        common = [frequency(segment, place) for place in places]
        pairs = sorted(pairs, key=lambda at: common[at] * common[at + 1])[:_LOOKED_UP]
    best: tuple[int, Postings] | None = None
    for at in pairs:
        look_ups = max(_FEWEST_LOOK_UPS, places[at].size * len(places[at + 1].ranges))
        if best is not None and len(best[1]) < _LOOK_UP * look_ups:
            break  # a rarer pair would not save the time of looking for it
        postings = pair_postings(segment, places[at], places[at + 1])
        if best is None or len(postings) < len(best[1]):
            best = at, postings
    assert best is not None
    return best


def groups_after(places: Sequence[CharacterSet], pair: int) -> Array | None:
    """Return, for every sound group, whether the place after a pair may have it; None after the last pair."""
    return places[pair + 2].groups if pair + 2 < len(places) else None


_FEW_RANGES = 32
"""Ranges up to which it is quicker to look up one after another."""


def frequency(segment: Segment, place: CharacterSet) -> int:
    """How often characters that may stand in a place occur."""
    if len(place.ranges) > _FEW_RANGES:
        starts, ends = segment.before[place.bounds]
        return int(ends.sum(dtype=np.int64) - starts.sum(dtype=np.int64))
    before = segment.before.data  # of whose numbers NumPy makes objects more slowly
    return sum(before[end] - before[start] for start, end in place.ranges)


_SCANNED = 1 << 18
"""Codes looked through at a time."""

_OFTEN = 10
"""A place that one in so many characters matches is looked for in the text itself: it has too many postings to sort."""


def first_of(segment: Segment, place: CharacterSet, most: float = inf) -> Array:
    """int64: the first positions where a place matches, ascending: so many, and somewhat more, or all."""
    table = place.chosen.take(segment.fold)
    found, count = [np.empty(0, np.int64)], 0
    for start in range(0, len(segment), _SCANNED):
        found.append(table.take(segment.codes[start : start + _SCANNED]).nonzero()[0] + start)
        count += len(found[-1])
        if count >= most:
            break
    return np.concatenate(found)


def adjacent(segment: Segment, places: Sequence[CharacterSet]) -> Array:
    """int64: where the places match side by side; in no particular order."""
    check = Checker(segment)
    if len(places) == 1:
        if places[0].character is None and frequency(segment, places[0]) * _OFTEN > len(segment):
            return first_of(segment, places[0])
        positions = in_order(single_postings(segment, places[0]).positions())
        return positions if places[0].character is None else positions[check(places[0], positions)]
    best, postings = anchor(segment, places)
    others = [at for at in range(len(places)) if at not in (best, best + 1)]
    others.sort(key=lambda at: frequency(segment, places[at]))
    # The second of the pair stands there but for a gap: it is looked at when few are left.
    order = [*others, best + 1] if places[best].character is None else [best, *others, best + 1]
    anchors = postings.positions(groups_after(places, best))
    for done, at in enumerate(order):
        if done and len(anchors) * (len(order) - done) < _TOGETHER:
            anchors = _all_at_once(segment, {left - best: places[left] for left in order[done:]}, anchors)
            break
        (anchors,) = in_parts(partial(_standing, check, places[at], at - best), anchors)
    return anchors.astype(np.int64) - best


def _standing(check: Checker, place: CharacterSet, distance: int, positions: Array) -> tuple[Array]:
    """Return the positions, int64, at a distance from which a place matches."""
    positions = positions.astype(np.int64)
    return (positions.compress(check(place, positions + distance)),)


_TOGETHER = 1 << 18
"""Positions times places up to which checking all at once is faster than one place after another."""


def _all_at_once(segment: Segment, places: Mapping[int, CharacterSet], positions: Array) -> Array:
    """Return the positions, int64, from which all places match, each at its distance."""
    check = Checker(segment)
    positions = positions.astype(np.int64)
    plain = {at: place.single for at, place in places.items() if place.single is not None and place.character is None}
    if plain:
        wanted, distances = np.array([*plain.values()], np.uint16), np.array([*plain])
        rows = segment.fold.take(segment.codes.take(positions[:, None] + distances[None, :], mode="clip"))
        positions = positions.compress((rows == wanted[None, :]).all(axis=1))
    for at, place in places.items():
        if at not in plain:
            positions = positions.compress(check(place, positions + at))
    return positions
