"""Layer: the words of the texts of an index, as arrays beside its segments.

A *form* is a word as it is written. Forms that search counts as the same characters (國家 and 国家) are one *word*.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import numpy as np

from tuibrowser.hanzi.fold import code_points, fold_table, told_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Array = npt.NDArray[Any]

BLOCK: Final = 64
"""Positions of which it is known together how many words begin before them."""


@dataclass(frozen=True)
class CutSegment:
    """The words of a segment, in the order of its text."""

    begins: Array
    """uint8: a bit for each position, the lowest first: whether a word begins there."""
    forms: Array
    """uint32: the number of the form of each word."""
    firsts: Array
    """uint8: a bit for each word, the lowest first: whether its document has it in the text itself no earlier."""

    @cached_property
    def _blocks(self) -> Array:
        padded = np.zeros(-(-len(self.begins) // 8) * 8, np.uint8)
        padded[: len(self.begins)] = self.begins
        return padded.view("<u8")

    @cached_property
    def _before(self) -> Array:
        """int64: how many words begin before each block, and how many there are."""
        return np.append(0, np.cumsum(np.bitwise_count(self._blocks), dtype=np.int64))

    def index_at(self, positions: Array) -> Array:
        """int64: how many words begin before each position: the index of the first that begins there or after."""
        positions = positions.astype(np.int64, copy=False)
        block = positions >> 6
        below = (np.uint64(1) << (positions & 63).astype(np.uint64)) - np.uint64(1)
        held = np.bitwise_count(self._blocks.take(block, mode="clip") & below)
        return np.asarray(self._before.take(block, mode="clip") + np.where(block < len(self._blocks), held, 0))

    def starts_of(self, indices: Array) -> Array:
        """int64: where the words of some indices begin."""
        block = np.searchsorted(self._before, indices, "right") - 1
        nth = (indices - self._before.take(block)).astype(np.uint64)
        return _places_of(self._blocks.take(block), nth) + block * BLOCK

    def begin_at(self, positions: Array) -> Array:
        """A bool for each position: whether a word begins there."""
        held: Array = self.begins.take(positions >> 3, mode="clip") >> (positions & 7).astype(np.uint8) & np.uint8(1)
        return held.astype(bool) & (positions < 8 * len(self.begins))


def _places_of(blocks: Array, nth: Array) -> Array:
    """int64: the place in each block of its set bit of some number from 0, found by halves."""
    place = np.zeros(len(blocks), np.uint64)
    for width in (32, 16, 8, 4, 2, 1):
        below = np.bitwise_count(blocks >> place & np.uint64((1 << width) - 1))
        beyond = nth >= below
        nth = nth - below * beyond
        place += np.uint64(width) * beyond
    return place.astype(np.int64)


@dataclass(frozen=True)
class Vocabulary:
    """The forms of all segments, by falling frequency, those equally frequent in the order of their code points."""

    text: Array
    """uint8: the forms, one after another, in UTF-8."""
    ends: Array
    """uint32: where each form ends in `text`."""
    words: Array
    """uint32: the word of each form; words are numbered in the order of their commonest forms."""
    known: Array
    """bool: whether the dictionary has a form."""
    is_exact: bool = False
    """Whether each form is a word of its own."""

    def __len__(self) -> int:
        return len(self.ends)

    @cached_property
    def apart(self) -> Vocabulary:
        """The same forms, each of which is a word of its own, with the number of the form."""
        return replace(self, words=np.arange(len(self), dtype=np.uint32), is_exact=True)

    @cached_property
    def size(self) -> int:
        """How many words there are."""
        return int(self.words.max()) + 1 if len(self.words) else 0

    @cached_property
    def written(self) -> list[str]:
        """All forms."""
        data, bounds = self.text.tobytes(), [0, *self.ends.tolist()]
        return [data[at:end].decode() for at, end in itertools.pairwise(bounds)]

    @cached_property
    def commonest(self) -> Array:
        """int64: the commonest form of each word."""
        return np.unique(self.words, return_index=True)[1]

    @cached_property
    def lengths(self) -> Array:
        """int64: the code points of each form."""
        begun = np.append(0, np.cumsum((self.text & 0xC0) != 0x80))
        return np.diff(begun.take(np.append(0, self.ends.astype(np.int64))))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each form."""
        return {form: number for number, form in enumerate(self.written)}

    @cached_property
    def hashes(self) -> Array:
        """uint64: a hash of each form, the same for all forms of a word and in every index."""
        return np.fromiter(map(crc32, keys_of(self.written)), np.uint64, len(self))

    @cached_property
    def by_fold(self) -> dict[bytes, int]:
        """The words by the key that all their forms have."""
        return dict(zip(keys_of(self.written), self.words.tolist(), strict=True))


@dataclass(frozen=True)
class WordLayer:
    """The words of some segments, in their order, and what cut them."""

    cutter: str
    segments: Sequence[CutSegment]
    vocabulary: Vocabulary

    @cached_property
    def at_hand(self) -> dict[str, Any]:
        """Values computed once from the layer and kept with it, by name."""
        return {}


def key_of(text: str) -> bytes:
    """What is the same for all forms of a word: four bytes for each character, which search counts as the same."""
    points = code_points(text)
    return told_apart(fold_table().table.take(points), points).astype("<u4").tobytes()


def keys_of(texts: Sequence[str]) -> Iterator[bytes]:
    """The key of each of some texts, many at once."""
    data, start = key_of("".join(texts)), 0
    for text in texts:
        end = start + 4 * len(text)
        yield data[start:end]
        start = end
