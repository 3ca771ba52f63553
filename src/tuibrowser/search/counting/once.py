"""Once: the paragraphs that stand in a document before, and the text without them.

A paragraph repeats another if it has the same significant characters in any script, so many at least, and that other
stands in a document before it. A document may say the same thing twice.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.model import LAYERS
from tuibrowser.host.stopping import check
from tuibrowser.search.counting.places import Places, significant_codes
from tuibrowser.search.counting.units import identities
from tuibrowser.search.index.arrays import changes, expand

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]

LEAST: Final = 20
"""Significant characters of a paragraph that can repeat another."""

LEFT_OUT: Final = len(LAYERS)
"""What stands in the rows of layers for text that is left out; no layer has that number."""

_BATCH: Final = 1 << 18
"""Characters that are hashed together, and those more of a paragraph."""

_MIXER: Final = np.uint64(0x9E3779B97F4A7C15)
_OTHER: Final = np.uint64(0xBF58476D1CE4E5B9)
"""Odd numbers with bits like those of chance, as splitmix64 has them (Steele, Lea and Flood 2014)."""

_KEPT: Final = 2
"""Choices of documents whose text is kept without what repeats."""


@dataclass(frozen=True)
class OnceText:
    """Some segments without the paragraphs that repeat one of a document before; `repeated` are these, as places in
    `para` of each segment."""

    of: Sequence[Segment]
    repeated: Sequence[Array]

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The segments, in which such paragraphs are in no layer."""
        pairs = zip(self.of, self.repeated, strict=True)
        return tuple(_without(segment, paragraphs) if len(paragraphs) else segment for segment, paragraphs in pairs)

    @cached_property
    def at_hand(self) -> dict[str, Any]:
        """Values computed once from the segments and kept with them, by name."""
        return {}

    def characters(self, layers: frozenset[Layer], documents: int) -> Array:
        """int64: how many significant characters of some layers are left out in each of all documents."""
        counts = np.zeros(documents, np.int64)
        for segment, paragraphs in zip(self.of, self.repeated, strict=True):
            positions = Places(segment, layers).among(*_stretches(segment, paragraphs))
            counts[segment.numbers] += np.bincount(segment.document_index(positions), minlength=len(segment.numbers))
        return counts

    def segment_of(self, segment: Segment) -> tuple[Segment, Array]:
        """What stands for one of the segments, and which of its paragraphs are left out."""
        for whole, rest, repeated in zip(self.of, self.segments, self.repeated, strict=True):
            if whole is segment:
                return rest, repeated
        return segment, np.empty(0, np.int64)  # It is no more, since texts have come since; figures say "at least".


class NotToldError(LookupError):
    """What repeats in some documents must be told first, since others of the corpus are elsewhere."""


class KeptOnce:
    """The texts asked for last without what repeats in them. May be called from any thread.

    Where the segments are a part of a corpus (`is_part`) it has to be told what repeats a document elsewhere.
    """

    def __init__(self) -> None:
        self.is_part = False
        self._lock = threading.Lock()
        self._kept: Kept[tuple[object, ...], OnceText] = Kept(_KEPT)

    def of(self, segments: Sequence[Segment], documents: Collection[int]) -> OnceText:
        """The text of some documents, by their numbers, without what repeats. Raises NotToldError."""
        chosen, key = self._chosen(segments, documents)
        with self._lock:
            if (known := self._kept.get(key)) is not None:
                return known
            if self.is_part:
                raise NotToldError
            return self._kept.put(key, OnceText(segments, _repeated(segments, chosen, (_PRINTS_OF_NONE, _NONE))))

    def tell(self, segments: Sequence[Segment], documents: Collection[int], elsewhere: tuple[Array, Array]) -> None:
        """Keep the text of some documents, of whose paragraphs some may stand elsewhere: prints of such, with the
        documents that have them first."""
        chosen, key = self._chosen(segments, documents)
        with self._lock:
            self._kept.put(key, OnceText(segments, _repeated(segments, chosen, elsewhere)))

    def _chosen(
        self, segments: Sequence[Segment], documents: Collection[int]
    ) -> tuple[list[Array], tuple[object, ...]]:
        """The places of some documents in their segments, and what tells this choice from others.

        Of a part of a corpus those that are elsewhere belong to the choice.
        """
        wanted = np.fromiter(documents, np.int64, len(documents))
        chosen = [np.flatnonzero(np.isin(segment.numbers, wanted)) for segment in segments]
        told = [np.unique(wanted)] if self.is_part else chosen
        return chosen, (tuple(map(id, segments)), *(each.tobytes() for each in told))


_NONE: Final = np.empty(0, np.int64)
_PRINTS_OF_NONE: Final = np.empty(0, np.uint64)


def _repeated(segments: Sequence[Segment], chosen: Sequence[Array], elsewhere: tuple[Array, Array]) -> list[Array]:
    """int64 for each segment: the paragraphs of its chosen documents that stand in one before."""
    rows = [_prints_in(number, *each) for number, each in enumerate(zip(segments, chosen, strict=True))]
    if not rows:
        return []
    prints, documents, which, paragraphs = (np.concatenate(column) for column in zip(*rows, strict=True))
    later = repeating(np.concatenate((prints, elsewhere[0])), np.concatenate((documents, elsewhere[1])))
    later = later.compress(later < len(prints))
    which, paragraphs = which.take(later), paragraphs.take(later)
    return [np.sort(paragraphs.compress(which == number)) for number in range(len(segments))]


def repeating(prints: Array, documents: Array) -> Array:
    """int64: those of some paragraphs, given by their prints and documents, whose print a document before has too."""
    order = np.lexsort((documents, prints))
    prints, documents = prints.take(order), documents.take(order)
    begins = changes(prints)
    first = documents.compress(begins).take(np.cumsum(begins) - 1) if len(prints) else documents
    return order.compress(documents > first)


def prints_of(
    segments: Sequence[Segment], documents: Collection[int], layers: frozenset[Layer]
) -> tuple[Array, Array, Array]:
    """The prints of the long paragraphs of some documents, uint64; their documents; their characters in some layers."""
    wanted = np.fromiter(documents, np.int64, len(documents))
    found = [(np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.int64))]
    for segment in segments:
        chosen = np.flatnonzero(np.isin(segment.numbers, wanted))
        prints, numbers, _, paragraphs = _prints_in(0, segment, chosen)
        low, high = _stretches(segment, paragraphs)
        positions = Places(segment, layers).among(low, high)
        found.append((prints, numbers, np.searchsorted(positions, high) - np.searchsorted(positions, low)))
    prints, numbers, characters = (np.concatenate(column) for column in zip(*found, strict=True))
    return prints, numbers, characters


def _prints_in(number: int, segment: Segment, chosen: Array) -> tuple[Array, ...]:
    """The prints of the long paragraphs of some documents of a segment, their documents, the segment, and which."""
    paragraphs, prints = _prints(segment)
    index = np.searchsorted(segment.docs, segment.para.take(paragraphs), "right") - 1
    held = np.zeros(len(segment.numbers), bool)
    held[chosen] = True
    kept = held.take(index)
    paragraphs, prints, index = (each.compress(kept) for each in (paragraphs, prints, index))
    return prints, segment.numbers.take(index).astype(np.int64), np.full(len(prints), number), paragraphs


def _prints(segment: Segment) -> tuple[Array, Array]:
    """The long paragraphs of a segment, int64, and a hash of the significant characters of each, uint64."""
    if (known := segment.at_hand.get(_PRINTS)) is None:
        parts = [_hashed(segment, low, high) for low, high in _batches(segment)]
        paragraphs, prints = (np.concatenate(column) for column in zip(*parts, strict=True)) if parts else ([], [])
        known = segment.at_hand[_PRINTS] = np.asarray(paragraphs, np.int64), np.asarray(prints, np.uint64)
    paragraphs, prints = known
    return paragraphs, prints


_PRINTS: Final = "prints"


def _batches(segment: Segment) -> list[tuple[int, int]]:
    """Ranges of paragraphs that are hashed together."""
    para, found, low = segment.para, [], 0
    while low < len(para):
        high = max(low + 1, int(np.searchsorted(para, int(para[low]) + _BATCH)))
        found.append((low, high))
        low = high
    return found


def _hashed(segment: Segment, low: int, high: int) -> tuple[Array, Array]:
    """The long paragraphs of a range, and their hashes."""
    check()
    start = int(segment.para[low])
    end = int(segment.para[high]) if high < len(segment.para) else len(segment)
    codes = segment.codes[start:end]
    held = np.flatnonzero(significant_codes(segment).take(codes))
    bounds = np.searchsorted(held, segment.para[low:high].astype(np.int64) - start)
    lengths = np.diff(np.append(bounds, len(held)))
    long = np.flatnonzero(lengths >= LEAST)
    if not len(long):
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    lengths = lengths.take(long)
    begins = np.cumsum(lengths) - lengths
    numbers = _mixed(segment).take(codes.take(held.take(expand(bounds.take(long), bounds.take(long) + lengths))))
    place = np.arange(1, len(numbers) + 1, dtype=np.uint64) - np.repeat(begins.astype(np.uint64), lengths)
    numbers ^= place * _MIXER
    numbers *= _OTHER
    numbers ^= numbers >> np.uint64(29)
    return long + low, np.add.reduceat(numbers, begins) * _MIXER + lengths.astype(np.uint64)


def _mixed(segment: Segment) -> Array:
    """uint64: the number of every code, mixed."""
    numbers = identities(segment) * _OTHER
    return (numbers ^ numbers >> np.uint64(31)) * _MIXER


def _stretches(segment: Segment, paragraphs: Array) -> tuple[Array, Array]:
    """Where some paragraphs begin, and where the next ones do."""
    bounds = np.append(segment.para, len(segment)).astype(np.int64)
    return bounds.take(paragraphs), bounds.take(paragraphs + 1)


def _without(segment: Segment, paragraphs: Array) -> Segment:
    """A segment in which some paragraphs are in no layer."""
    starts, ends = _stretches(segment, paragraphs)
    rows = segment.layers.astype(np.int64)
    points = np.unique(np.concatenate((starts, ends, rows[:, 0], rows[:, 1])))
    low, high = points[:-1], points[1:]
    kinds = np.full(len(low), -1)
    for first, last, kind in ((rows[:, 0], rows[:, 1], rows[:, 2]), (starts, ends, np.full(len(starts), LEFT_OUT))):
        at = np.searchsorted(first, low, "right") - 1
        held = np.flatnonzero(at >= 0)
        held = held.compress(low.take(held) < last.take(at.take(held)))
        kinds[held] = kind.take(at.take(held))
    held = np.flatnonzero(kinds >= 0)
    layers = np.stack((low, high, kinds), axis=1).take(held, axis=0).astype(np.uint32)
    return replace(segment, layers=layers)
