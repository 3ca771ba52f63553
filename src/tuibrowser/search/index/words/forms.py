"""Forms: number the forms of words as they are met, and then by how often they occur."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.cutting import simplified
from tuibrowser.hanzi.fold import code_points
from tuibrowser.search.index.words.layer import Vocabulary, keys_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.hanzi.cutting import Cutter

    Array = npt.NDArray[Any]

_SHORT: Final = 3
"""Characters whose code points fit into 64 bits."""

_BITS: Final = 21
"""Bits of a code point."""


class Forms:
    """The forms met so far, numbered from 0."""

    def __init__(self) -> None:
        self._short: dict[int, int] = {}
        self._long: dict[str, int] = {}
        self._count = 0

    def numbers(self, text: str, starts: Array, lengths: Array) -> Array:
        """uint32: the numbers of the forms that stand at some places of a text, none of them empty."""
        found = np.empty(len(starts), np.uint32)
        short = lengths <= _SHORT
        at = np.flatnonzero(short)
        found[at] = self._of_short(_packed(code_points(text), starts.take(at), lengths.take(at)))
        rest = np.flatnonzero(~short)
        bounds = zip(starts.take(rest).tolist(), lengths.take(rest).tolist(), strict=True)
        found[rest] = [self._number(self._long, text[start : start + length]) for start, length in bounds]
        return found

    def _of_short(self, packed: Array) -> Array:
        once, inverse = np.unique(packed, return_inverse=True)
        numbers = [self._number(self._short, each) for each in once.tolist()]
        return np.array(numbers, np.uint32).take(inverse)

    def _number(self, known: dict[Any, int], form: int | str) -> int:
        number = known.setdefault(form, self._count)
        self._count += number == self._count
        return number

    def __len__(self) -> int:
        return self._count

    def _written(self) -> list[str]:
        written = [""] * self._count
        for form, number in self._long.items():
            written[number] = form
        for packed, number in self._short.items():
            written[number] = _unpacked(packed)
        return written

    def vocabulary(self, counts: Array, cutter: Cutter) -> tuple[Vocabulary, Array]:
        """The forms by falling frequency, and the number that each of them then has, uint32."""
        written = self._written()
        often = counts.tolist()
        order = sorted(range(len(written)), key=lambda number: (-often[number], written[number]))
        renumbered = np.empty(len(order), np.uint32)
        renumbered[order] = np.arange(len(order), dtype=np.uint32)
        forms = [written[number] for number in order]
        known = [cutter.knows(form) for form in simplified("\n".join(forms)).split("\n")] if forms else []
        return vocabulary_of(forms, np.array(known, bool)), renumbered


def vocabulary_of(forms: Sequence[str], known: Array) -> Vocabulary:
    """The vocabulary of forms in their order, of which a dictionary has some."""
    data = list(map(str.encode, forms))
    ends = np.cumsum([*map(len, data)], dtype=np.uint32)
    return Vocabulary(np.frombuffer(b"".join(data), np.uint8), ends, _words(forms), known)


def _packed(points: Array, starts: Array, lengths: Array) -> Array:
    """uint64: forms of a few characters as their code points one after another."""
    packed = np.zeros(len(starts), np.uint64)
    for at in range(_SHORT):
        here = points.take(starts + at, mode="clip").astype(np.uint64)
        packed = np.where(lengths > at, packed << np.uint64(_BITS) | here, packed)
    return packed


def _unpacked(packed: int) -> str:
    characters = ""
    while packed:
        characters = chr(packed & (1 << _BITS) - 1) + characters
        packed >>= _BITS
    return characters


def _words(forms: Sequence[str]) -> Array:
    """uint32: the word of each form, numbered as they come."""
    keys = list(keys_of(forms))
    words = dict.fromkeys(keys)
    numbers = dict(zip(words, range(len(words)), strict=True))
    return np.fromiter(map(numbers.__getitem__, keys), np.uint32, len(keys))
