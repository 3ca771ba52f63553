"""Coverage: how many of the words of some documents a dictionary has, found in a sample of their text.

Words of two ideographs or more count. Those of a text that is cut by blanks are whole without a dictionary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.hanzi.cutting import simplified
from tuibrowser.search.index.words.spaced import is_spaced
from tuibrowser.search.values import Coverage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.hanzi.cutting import Cutter
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.layer import WordLayer

    Array = npt.NDArray[Any]
    Word = tuple[str, bool]
    Stretch = tuple[int, int, int, bool]
    """The index of a segment, a start and an end in it, and whether its document is cut by blanks."""

_STRETCHES: Final = 120
"""Stretches of text that are looked at, evenly spread over all documents."""

_LENGTH: Final = 300
"""Characters of a stretch, and those more up to the next mark or blank."""

_REACH: Final = 200
"""Characters within which the next mark or blank is looked for."""

_HAN: Final = range(0x3400, 0xA000)
_HAN_BEYOND: Final = range(0x20000, 0x34000)


def coverage(
    segments: Sequence[Segment], documents: Collection[int], layer: WordLayer | None, cutter: Cutter | None
) -> Coverage:
    """How many words of a sample of some documents are known."""
    return coverage_at(segments, places_in(extents(segments, documents)), layer, cutter)


def coverage_at(
    segments: Sequence[Segment], places: Sequence[tuple[int, int]], layer: WordLayer | None, cutter: Cutter | None
) -> Coverage:
    """How many words of the stretches at some places are known, by the layer of words or else by a cutter.

    Both give the same, since a stretch begins and ends at a mark or a blank where one is near.
    """
    known = words = 0
    for number, low, high, spaced in sample(segments, places):
        segment = segments[number]
        if layer is not None:
            found = _kept(layer, number, low, high)
        else:
            assert cutter is not None
            found = _cut(segment.text(low, high), cutter)
        for word, is_known in found:
            if len(word) > 1 and all(map(is_han, word)):
                words += 1
                known += is_known or spaced
    return Coverage(known, words)


def _cut(text: str, cutter: Cutter) -> Iterator[Word]:
    """The words of a text, and whether a cutter knows them."""
    text, at = simplified(text), 0
    for length in cutter.lengths(text):
        word, at = text[at : at + length], at + length
        if length > 1:
            yield word, cutter.knows(word)


def _kept(layer: WordLayer, number: int, low: int, high: int) -> Iterator[Word]:
    """The words of a stretch of a segment, and whether they were known when it was cut."""
    segment, vocabulary = layer.segments[number], layer.vocabulary
    first, last = segment.index_at(np.array([low, high])).tolist()
    forms = segment.forms[first:last].astype(np.int64)
    for form, is_known in zip(forms.tolist(), vocabulary.known.take(forms).tolist(), strict=True):
        yield vocabulary.written[form], is_known


def is_han(character: str) -> bool:
    """Whether a character is an ideograph."""
    return ord(character) in _HAN or ord(character) in _HAN_BEYOND


def extents(segments: Sequence[Segment], documents: Collection[int]) -> tuple[Array, Array]:
    """The numbers of those of some documents that are there, and how many characters each has."""
    wanted = np.fromiter(documents, np.int64, len(documents))
    numbers, lengths = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for segment in segments:
        held = np.isin(segment.numbers, wanted)
        numbers.append(segment.numbers.compress(held).astype(np.int64))
        lengths.append(np.diff(segment.docs.astype(np.int64)).compress(held) - 1)
    return np.concatenate(numbers), np.concatenate(lengths)


def places_in(known: tuple[Array, Array]) -> list[tuple[int, int]]:
    """Places evenly spread over documents, the same however these are divided: a number and an offset each."""
    order = np.argsort(known[0], kind="stable")
    numbers, lengths = (column.take(order) for column in known)
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    if not total:
        return []
    places = (2 * np.arange(_STRETCHES) + 1) * total // (2 * _STRETCHES)
    at = np.searchsorted(ends, places, "right")
    offsets = places - ends.take(at) + lengths.take(at)
    return list(zip(numbers.take(at).tolist(), offsets.tolist(), strict=True))


def sample(segments: Sequence[Segment], places: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    """The stretches of text at some places, in the order of these; those of documents elsewhere are left out."""
    seen = -1, 0
    for document, offset in places:
        for number, segment in enumerate(segments):
            at = int(np.searchsorted(segment.numbers, document))
            if at == len(segment.numbers) or segment.numbers[at] != document:
                continue
            start, after = segment.docs[at : at + 2].tolist()
            low, high = _stretch(segment, start + offset, after - 1)
            if seen[0] == document and low < seen[1]:  # A short corpus is looked at once.
                low = seen[1]
            if low < high:
                yield number, low, high, is_spaced(segment, at)
                seen = document, high


def _stretch(segment: Segment, position: int, end: int) -> tuple[int, int]:
    """The stretch from a position on, which begins behind a mark or a blank and ends at one if there is one near."""
    paragraph = int(segment.para[segment.paragraph_index(np.array([position]))[0]])
    low = paragraph if position - paragraph < _REACH else _next_gap(segment, position, end)
    return low, _next_gap(segment, min(low + _LENGTH, end), end)


def _next_gap(segment: Segment, position: int, end: int) -> int:
    """The first mark or blank from a position on, up to an end; the position where there is none near."""
    gaps = np.flatnonzero(segment.gap.take(segment.codes[position : min(position + _REACH, end)]))
    if len(gaps):
        return position + int(gaps[0])
    return end if end - position < _REACH else position
