"""Find the parallels of a passage in segments: seeds, bands, alignment, then what belongs together."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from tuibrowser.language.i18n import plain
from tuibrowser.search.index.segment import BMP, SURROGATE, unsigned
from tuibrowser.search.matching.match import CharacterSet
from tuibrowser.search.matching.spaced import spaced
from tuibrowser.search.model import Bound
from tuibrowser.search.parallels.bands import bands_of
from tuibrowser.search.parallels.blocks import LEAST, Block, blocks_in, window_of
from tuibrowser.search.parallels.joined import Joined, joined
from tuibrowser.search.parallels.passage import LONGEST
from tuibrowser.search.parallels.seeds import seeds_of
from tuibrowser.search.parallels.tiles import tiles_in
from tuibrowser.search.parallels.windows import MARGIN, windows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.parallels.bands import Bands
    from tuibrowser.search.parallels.passage import Passage
    from tuibrowser.search.parallels.seeds import Pairs, Seeds

    Array = npt.NDArray[Any]
    Inside = Callable[[Array], Array]
    Loose = tuple[float, int, int, int, int]
    """A stretch by its weight below 0, its document's number, its first rank, its segment, and its document there."""

PASSAGE_BOUND: Final = Bound(plain("characters of a passage"), LONGEST)
_PAIRS: Final = plain("places of the rarest pairs of a passage")
ALIGNED_BOUND: Final = Bound(plain("different passages compared character by character"), 150)
BANDS_BOUND: Final = Bound(plain("places that share much of a passage"), 3_000)

_LIGHTEST: Final = 30.0
"""Bits that a band weighs at least, or so much of all pairs of a short passage, or in a small corpus,"""
_LIGHTEST_SHARE: Final = 0.5
_SHARE: Final = 0.12
"""and its least share of the heaviest."""
_LOOSE: Final = 0.35
"""The least share of all pairs that a stretch holds for clauses in another order to be looked for in it."""
LOOSEST: Final = 4
"""Such stretches that are looked at."""
SHORTEST_LOOSE: Final = 8
"""Significant characters of a passage that has clauses."""


@dataclass(frozen=True, slots=True)
class Place:
    """A parallel in a segment."""

    segment: int
    document: int
    """Its document's place in the segment."""
    joined: Joined


@dataclass(frozen=True, slots=True)
class Looked:
    """The parallels found, in no order, and the bounds that the search ran into."""

    places: Sequence[Place]
    bounds: tuple[Bound, ...]


def find(
    passage: Passage,
    pairs: Pairs,
    segments: Sequence[Segment],
    inside: Callable[[Segment], Inside | None],
    cancelled: Callable[[], bool],
) -> Looked:
    """The parallels of a passage; as many as were found where it is cancelled.

    `pairs` are those that are looked for, by what the whole corpus has. `inside` gives what tells of positions of a
    segment whether they are looked at, None where all are.
    """
    finder = Finder(passage, segments, inside)
    bounds = dict.fromkeys(passage_bounds(passage, pairs))
    if len(passage) >= _PAIR:
        if not finder.add_whole(finder.counts(), BANDS_BOUND.limit):
            bounds[BANDS_BOUND] = None
        weights, _ = finder.look(pairs)
        order = heaviest(weights, pairs)
        if len(order) > BANDS_BOUND.limit:
            bounds[BANDS_BOUND] = None
        if not finder.align(order[: BANDS_BOUND.limit], cancelled):
            bounds[ALIGNED_BOUND] = None
        if len(passage) >= SHORTEST_LOOSE and not cancelled():
            finder.tile(sorted(finder.loose(pairs))[:LOOSEST])
    return Looked(finder.places(), tuple(bounds))


def passage_bounds(passage: Passage, pairs: Pairs) -> Iterator[Bound]:
    """The bounds that a passage itself runs into."""
    if len(passage) >= _PAIR and not pairs.is_whole:
        yield Bound(_PAIRS, pairs.most)
    if len(passage) >= _PAIR and passage.is_cut:
        yield PASSAGE_BOUND


def heaviest(weights: Array, pairs: Pairs) -> Array:
    """int64: the bands that weigh enough of some in order, the heaviest first."""
    if not len(weights):
        return np.empty(0, np.int64)
    lightest = min(_LIGHTEST, _LIGHTEST_SHARE * float(pairs.weights.sum()))
    return np.flatnonzero(weights >= max(lightest, _SHARE * float(weights[0])))


class Stretch(NamedTuple):
    """A stretch that may hold a part of the passage; a document goes by its place in its segment, by its number."""

    segment: int
    document: int
    low: int
    high: int


class Finder:
    """Looks for the parallels of one passage in some segments, step by step."""

    def __init__(
        self, passage: Passage, segments: Sequence[Segment], inside: Callable[[Segment], Inside | None]
    ) -> None:
        self._passage = passage
        self._segments = segments
        self._inside = inside
        self._seeds: Sequence[Seeds] = ()
        self._bands: Sequence[Bands] = ()
        self._order = np.empty(0, np.int64)
        self._aligned: dict[bytes, list[Block]] = {}
        """The blocks of windows, by the ids in them."""
        self._windows: dict[bytes, list[Block]] = {}
        """The same as positions from the beginning of a window on, by its text."""
        self._blocks: dict[tuple[int, int], dict[Block, None]] = defaultdict(dict)
        """The blocks found, by the segment and the document's place in it."""

    # All of the passage

    def counts(self) -> list[int]:
        """Count the places at which all of the passage stands in each segment."""
        return [len(starts) for starts, _ in self._whole]

    def add_whole(self, counts: Sequence[int], most: int) -> bool:
        """Add the places at which all of the passage stands, however short it is; return whether these are all.

        They are at most so many of those of each segment, the first ones, and of all.
        """
        length = len(self._passage)
        for number, (starts, ends) in enumerate(self._whole):
            first = np.argsort(starts)[: min(counts[number], most)]
            most -= len(first)
            starts, ends = starts.take(first), ends.take(first)
            documents = self._segments[number].document_index(starts).tolist()
            for document, low, high in zip(documents, starts.tolist(), ends.tolist(), strict=True):
                self._blocks[number, document][Block(0, length, low, high, length, length)] = None
        return sum(counts) <= sum(map(len, self._blocks.values()))

    @cached_property
    def _whole(self) -> list[tuple[Array, Array]]:
        """Where all of the passage stands in each segment: starts and ends."""
        places = tuple(CharacterSet(((identity, identity + 1),)) for identity in self._passage.ids.tolist())
        found = []
        for segment in self._segments:
            starts, ends = spaced(segment, places)
            if (inside := self._inside(segment)) is not None:
                kept = inside(unsigned(starts))
                starts, ends = starts.compress(kept), ends.compress(kept)
            found.append((starts, ends))
        return found

    # Bands

    def look(self, pairs: Pairs) -> tuple[Array, Array]:
        """The weights of all bands, the heaviest first, and the numbers of their documents."""
        self._seeds = [seeds_of(self._passage, pairs, segment, self._inside(segment)) for segment in self._segments]
        self._bands = [bands_of(each, len(self._passage)) for each in self._seeds]
        weights = np.concatenate([np.empty(0), *(each.weights for each in self._bands)])
        known = zip(self._segments, self._bands, strict=True)
        numbers = np.concatenate(
            [np.empty(0, np.int64), *(segment.numbers.take(each.documents) for segment, each in known)]
        )
        self._order = np.lexsort((numbers, -weights))
        return weights.take(self._order), numbers.take(self._order)

    def align(self, order: Array, cancelled: Callable[[], bool]) -> bool:
        """Add the blocks of some bands, given by their places in order; return whether all could be compared."""
        is_whole = True
        for each in self.stretches(order):
            if cancelled():
                break
            is_whole &= self._add(each, ALIGNED_BOUND.limit)
        return is_whole

    def stretches(self, order: Array) -> list[Stretch]:
        """The stretches of some bands, given by their places in order."""
        whose = np.repeat(np.arange(len(self._bands)), np.array([len(each) for each in self._bands], np.int64))
        first = np.cumsum([0, *(len(each) for each in self._bands)])
        chosen = self._order.take(order)
        found: list[tuple[int, Stretch]] = []
        for number, one in enumerate(self._bands):
            ranked = np.flatnonzero(whose.take(chosen) == number)
            if len(ranked):
                windows = windows_of(
                    self._segments[number], one, chosen.take(ranked) - first[number], len(self._passage)
                )
                columns = (each.tolist() for each in (ranked, windows.documents, windows.lows, windows.highs))
                found += [(rank, Stretch(number, *rest)) for rank, *rest in zip(*columns, strict=True)]
        return [each for _, each in sorted(found, key=lambda each: each[0])]

    def texts_of(self, stretches: Sequence[Stretch]) -> list[tuple[bytes, bytes]]:
        """The text of each stretch, and its significant characters, folded, both as bytes that tell it from others."""
        told = []
        for each in stretches:
            segment = self._segments[each.segment]
            ids = window_of(segment, each.low, each.high).ids
            told.append((_text_of(segment, each.low, each.high), ids.tobytes()))
        return told

    def add_all(self, stretches: Sequence[Stretch]) -> None:
        """Add the blocks of stretches."""
        for each in stretches:
            self._add(each, len(stretches))

    def _add(self, stretch: Stretch, most: int) -> bool:
        """Add the blocks of a stretch; return whether it could be compared. Stretches of equal text are compared once,
        and so many different ones."""
        segment, low, high = self._segments[stretch.segment], stretch.low, stretch.high
        key = _text_of(segment, low, high)
        if (made := self._windows.get(key)) is None:
            if len(self._aligned) >= most:
                return False
            window = window_of(segment, low, high)
            made = self._windows[key] = [_moved(window.placed(each), -low) for each in self._compared(window.ids)]
        self._blocks[stretch.segment, stretch.document].update((_moved(each, low), None) for each in made)
        return True

    def _compared(self, ids: Array) -> list[Block]:
        """The blocks of the ids of a window."""
        key = ids.tobytes()
        if key not in self._aligned:
            self._aligned[key] = blocks_in(self._passage, ids)
        return self._aligned[key]

    # Clauses in another order

    def loose(self, pairs: Pairs) -> list[Loose]:
        """The stretches that hold much of the passage, perhaps in another order."""
        least = _LOOSE * float(pairs.weights.sum())
        return [
            (-weight, int(self._segments[number].numbers[document]), first, number, document)
            for number, one in enumerate(self._seeds)
            for weight, document, first in _loose(one, self._width, least)
        ]

    @property
    def _width(self) -> int:
        return max(24, int(len(self._passage) * 1.1))

    def tile(self, chosen: Sequence[Loose]) -> None:
        """Add the blocks of such stretches."""
        for *_, first, number, document in chosen:
            segment, one = self._segments[number], self._seeds[number]
            inside = (one.documents == document) & (one.ranks >= first) & (one.ranks < first + 2 * self._width)
            positions = one.positions[inside]
            low, high = segment.docs[document : document + 2].tolist()
            start, end = int(positions.min()) - MARGIN, int(positions.max()) + MARGIN
            window = window_of(segment, max(start, low), min(end, high - 1))
            blocks = tiles_in(self._passage, window.ids)
            known = sum(block.matched for block in self._blocks[number, document] if start <= block.low < end)
            if sum(block.matched for block in blocks) > known:
                self._blocks[number, document].update(dict.fromkeys(map(window.placed, blocks)))

    def places(self) -> list[Place]:
        """The parallels found."""
        least = min(LEAST, len(self._passage))
        return [
            Place(segment, document, each)
            for (segment, document), blocks in self._blocks.items()
            for each in joined(blocks)
            if each.matched >= least
        ]


_UPPER: Final = 1 if sys.byteorder == "little" else 0
"""Which byte of a code is the upper one."""
_FIRST: Final = SURROGATE >> 8
"""The first upper byte of codes that stand for other characters in another segment."""


def _text_of(segment: Segment, low: int, high: int) -> bytes:
    """A text as bytes that are the same in every segment."""
    codes = segment.codes[low:high]
    data = codes.tobytes()
    if codes.dtype == np.uint16:
        upper = data[_UPPER::2]
        if not any(byte in upper for byte in range(_FIRST, _FIRST + -(-len(segment.beyond) // 256))):
            return data
    points = segment.points(codes)
    return points.astype(np.uint16).tobytes() if (points < BMP).all() else b"\0" + points.tobytes()


def _moved(block: Block, positions: int) -> Block:
    """A block so many positions further on."""
    return replace(block, low=block.low + positions, high=block.high + positions)


def _loose(seeds: Seeds, width: int, least: float) -> Iterator[tuple[float, int, int]]:
    """The heaviest stretches of twice so many ranks, which do not overlap: weight, document, first rank."""
    if not len(seeds):
        return
    blocks = -(-seeds.lengths.astype(np.int64) // width) + 1  # an empty one ends each document
    begins = np.cumsum(blocks) - blocks
    weights = np.bincount(begins.take(seeds.documents) + seeds.ranks // np.uint32(width), weights=seeds.weights)
    weights = weights + np.append(weights[1:], 0.0)
    weights[begins[1:][begins[1:] <= len(weights)] - 1] = 0.0
    taken: set[int] = set()
    heavy = np.flatnonzero(weights >= least)
    for at in heavy[np.argsort(-weights[heavy], kind="stable")].tolist():
        if taken.isdisjoint((at - 1, at, at + 1)):
            taken.add(at)
            document = int(begins.searchsorted(at, "right")) - 1
            yield float(weights[at]), document, (at - int(begins[document])) * width


_PAIR: Final = 2
