"""Find the parallels of a passage in segments: seeds, bands, alignment, then what belongs together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.language.i18n import plain
from tuibrowser.search.index.segment import BMP, SURROGATE, unsigned
from tuibrowser.search.matching.match import CharacterSet, spaced
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
    from tuibrowser.search.parallels.passage import Passage
    from tuibrowser.search.parallels.seeds import Pairs, Seeds

    Array = npt.NDArray[Any]
    Inside = Callable[[Array], Array]

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
_LOOSEST: Final = 4
"""Such stretches that are looked at."""
_SHORTEST_LOOSE: Final = 8
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
    return _Finder(passage, segments, inside).find(pairs, cancelled)


class _Finder:
    """Looks for the parallels of one passage."""

    def __init__(
        self, passage: Passage, segments: Sequence[Segment], inside: Callable[[Segment], Inside | None]
    ) -> None:
        self._passage = passage
        self._segments = segments
        self._inside = inside
        self._aligned: dict[bytes, list[Block]] = {}
        """The blocks of windows, by the ids in them."""
        self._windows: dict[bytes, list[Block]] = {}
        """The same as positions from the beginning of a window on, by its text."""
        self._blocks: dict[tuple[int, int], dict[Block, None]] = defaultdict(dict)
        """The blocks found, by the segment and the document's place in it."""
        self._bounds: dict[Bound, None] = {}

    def find(self, pairs: Pairs, cancelled: Callable[[], bool]) -> Looked:
        passage = self._passage
        if len(passage) >= _PAIR:
            if not pairs.is_whole:
                self._bounds[Bound(_PAIRS, pairs.most)] = None
            if passage.is_cut:
                self._bounds[PASSAGE_BOUND] = None
            self._add_whole()
            seeds = [seeds_of(passage, pairs, segment, self._inside(segment)) for segment in self._segments]
            self._align(seeds, min(_LIGHTEST, _LIGHTEST_SHARE * float(pairs.weights.sum())), cancelled)
            if len(passage) >= _SHORTEST_LOOSE and not cancelled():
                self._tile(seeds, pairs)
        least = min(LEAST, len(passage))
        places = [
            Place(segment, document, each)
            for (segment, document), blocks in self._blocks.items()
            for each in joined(blocks)
            if each.matched >= least
        ]
        return Looked(places, tuple(self._bounds))

    def _add_whole(self) -> None:
        """Add each place at which all of the passage stands, however short it is."""
        length = len(self._passage)
        places = tuple(CharacterSet(((identity, identity + 1),)) for identity in self._passage.ids.tolist())
        left = BANDS_BOUND.limit
        for number, segment in enumerate(self._segments):
            starts, ends = spaced(segment, places)
            if (inside := self._inside(segment)) is not None:
                kept = inside(unsigned(starts))
                starts, ends = starts.compress(kept), ends.compress(kept)
            if len(starts) > left:
                self._bounds[BANDS_BOUND] = None
                first = np.argsort(starts)[:left]
                starts, ends = starts.take(first), ends.take(first)
            left -= len(starts)
            documents = segment.document_index(starts).tolist()
            for document, low, high in zip(documents, starts.tolist(), ends.tolist(), strict=True):
                self._blocks[number, document][Block(0, length, low, high, length, length)] = None

    def _align(self, seeds: Sequence[Seeds], lightest: float, cancelled: Callable[[], bool]) -> None:
        """Add the blocks of the heaviest bands, heaviest first; each weighs so many bits at least."""
        bands = [bands_of(each, len(self._passage)) for each in seeds]
        weights = np.concatenate([np.empty(0), *(each.weights for each in bands)])
        if not len(weights):
            return
        whose = np.repeat(np.arange(len(bands)), [len(each) for each in bands])
        pairs = zip(self._segments, bands, strict=True)
        numbers = np.concatenate([segment.numbers.take(each.documents) for segment, each in pairs])
        order = np.lexsort((numbers, -weights))
        order = order[weights[order] >= max(lightest, _SHARE * float(weights[order[0]]))]
        if len(order) > BANDS_BOUND.limit:
            self._bounds[BANDS_BOUND] = None
        order = order[: BANDS_BOUND.limit]
        first = np.cumsum([0, *(len(each) for each in bands)])
        held: list[tuple[int, int, int, int, int]] = []
        for number, one in enumerate(bands):
            ranked = np.flatnonzero(whose.take(order) == number)
            if len(ranked):
                chosen = order.take(ranked) - first[number]
                windows = windows_of(self._segments[number], one, chosen, len(self._passage))
                columns = (ranked, windows.documents, windows.lows, windows.highs)
                held += [
                    (rank, number, *rest) for rank, *rest in zip(*(each.tolist() for each in columns), strict=True)
                ]
        for _, number, document, low, high in sorted(held):
            if cancelled():
                return
            if not self._add(number, document, low, high):
                self._bounds[ALIGNED_BOUND] = None

    def _add(self, number: int, document: int, low: int, high: int) -> bool:
        """Add the blocks of a window; return whether it could be compared. Windows of equal text are compared once."""
        segment = self._segments[number]
        key = _text_of(segment, low, high)
        if (made := self._windows.get(key)) is None:
            if len(self._aligned) >= ALIGNED_BOUND.limit:
                return False
            window = window_of(segment, low, high)
            made = self._windows[key] = [_moved(window.placed(each), -low) for each in self._compared(window.ids)]
        self._blocks[number, document].update((_moved(each, low), None) for each in made)
        return True

    def _compared(self, ids: Array) -> list[Block]:
        """The blocks of the ids of a window."""
        key = ids.tobytes()
        if key not in self._aligned:
            self._aligned[key] = blocks_in(self._passage, ids)
        return self._aligned[key]

    def _tile(self, seeds: Sequence[Seeds], pairs: Pairs) -> None:
        """Add the blocks of stretches that hold much of the passage in another order."""
        width = max(24, int(len(self._passage) * 1.1))
        least = _LOOSE * float(pairs.weights.sum())
        held = [
            (-weight, int(self._segments[number].numbers[document]), first, number, document)
            for number, one in enumerate(seeds)
            for weight, document, first in _loose(one, width, least)
        ]
        for *_, first, number, document in sorted(held)[:_LOOSEST]:
            segment, one = self._segments[number], seeds[number]
            inside = (one.documents == document) & (one.ranks >= first) & (one.ranks < first + 2 * width)
            positions = one.positions[inside]
            low, high = segment.docs[document : document + 2].tolist()
            start, end = int(positions.min()) - MARGIN, int(positions.max()) + MARGIN
            window = window_of(segment, max(start, low), min(end, high - 1))
            blocks = tiles_in(self._passage, window.ids)
            known = sum(block.matched for block in self._blocks[number, document] if start <= block.low < end)
            if sum(block.matched for block in blocks) > known:
                self._blocks[number, document].update(dict.fromkeys(map(window.placed, blocks)))


def _text_of(segment: Segment, low: int, high: int) -> bytes:
    """A text as bytes that are the same in every segment."""
    codes = segment.codes[low:high]
    if codes.dtype == np.uint16 and not ((codes - np.uint16(SURROGATE)) < len(segment.beyond)).any():
        return codes.tobytes()
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
