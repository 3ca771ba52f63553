"""Cut: find the words of segments by a dictionary, and number them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.model import LAYERS, Layer
from tuibrowser.hanzi.cutting import simplified
from tuibrowser.hanzi.words import combines, is_of_words, whole_runs
from tuibrowser.search.index.arrays import changes, expand
from tuibrowser.search.index.segment import PARAGRAPH
from tuibrowser.search.index.words.forms import Forms
from tuibrowser.search.index.words.layer import CutSegment, WordLayer
from tuibrowser.search.index.words.spaced import spaced_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.hanzi.cutting import Cutter
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.layer import Vocabulary

    Array = npt.NDArray[Any]

_BATCH: Final = 1 << 19
"""Characters cut at once, and those more up to the end of their paragraph."""

_TEXT: Final = LAYERS.index(Layer.TEXT)


def cut(
    segments: Sequence[Segment],
    cutter: Cutter,
    progress: Callable[[int, int], object],
    cancelled: Callable[[], bool],
) -> WordLayer | None:
    """The words of segments; None where it was cancelled. `progress` is called with the characters cut and all."""
    total, done = sum(map(len, segments)), 0
    forms = Forms()
    found: list[tuple[Array, Array]] = []
    for segment in segments:
        work = _Work(segment, cutter)
        begins = np.zeros(len(segment), bool)
        numbers = []
        for low, high in _batches(segment):
            if cancelled():
                return None
            text, starts, lengths = work.words(low, high)
            numbers.append(forms.numbers(text, starts, lengths))
            begins[low + starts] = True
            progress(done := done + high - low, total)
        found.append((np.packbits(begins, bitorder="little"), np.concatenate(numbers)))
    counts = sum((np.bincount(each, minlength=len(forms)) for _, each in found), np.zeros(len(forms), np.int64))
    vocabulary, renumbered = forms.vocabulary(counts, cutter)
    numbered = [CutSegment(begins, renumbered.take(each), _NONE) for begins, each in found]
    whole = [_with_firsts(segment, each, vocabulary) for segment, each in zip(segments, numbered, strict=True)]
    return WordLayer(cutter.name, whole, vocabulary)


_NONE: Final = np.empty(0, np.uint8)


def _batches(segment: Segment) -> Iterator[tuple[int, int]]:
    """Stretches of whole paragraphs, which make up the segment."""
    low = 0
    while low < len(segment):
        at = int(np.searchsorted(segment.para, low + _BATCH))
        high = int(segment.para[at]) if at < len(segment.para) else len(segment)
        yield low, high
        low = high


@dataclass(frozen=True, slots=True)
class _Codes:
    """What the codes of a segment are: for each, whether it makes a word, combines, or is a gap."""

    of_words: Array
    combines: Array
    gap: Array


class _Work:
    """Finds the words of a segment, stretch by stretch."""

    def __init__(self, segment: Segment, cutter: Cutter) -> None:
        self._segment = segment
        self._cutter = cutter
        self._codes = _codes(segment)
        self._spaced = spaced_documents(segment)
        self._edges = segment.layers[:, :2].ravel().astype(np.int64)

    def words(self, low: int, high: int) -> tuple[str, Array, Array]:
        """The text of a stretch, and where its words begin in it and how long they are, int64."""
        text = self._segment.text(low, high)
        codes = self._segment.codes[low:high]
        bounds = np.flatnonzero(self._cuts(text, codes, low, high))
        held = np.append(0, np.cumsum(self._codes.of_words.take(codes))).take(bounds)
        words = np.flatnonzero(held[1:] > held[:-1])
        starts = bounds.take(words)
        return text, starts, bounds.take(words + 1) - starts

    def _cuts(self, text: str, codes: Array, low: int, high: int) -> Array:
        """A bool for each place between two characters of a stretch, its ends too: whether it is cut there."""
        cuts = np.zeros(len(text) + 1, bool)
        cuts[np.cumsum(self._cutter.lengths(simplified(text)))] = True
        self._cut_at_blanks(cuts, codes, low, high)
        runs = np.array(whole_runs(text), np.int64).reshape(-1, 2)
        cuts[expand(runs[:, 0] + 1, runs[:, 1])] = False
        cuts[:-1][self._codes.combines.take(codes)] = False
        edges = self._edges[(self._edges >= low) & (self._edges <= high)] - low
        cuts[edges] = True
        cuts[[0, -1]] = True
        return cuts

    def _cut_at_blanks(self, cuts: Array, codes: Array, low: int, high: int) -> None:
        """Cut the documents that are cut by blanks there, and at marks, and nowhere else."""
        docs = self._segment.docs.astype(np.int64)
        starts, ends = docs[:-1][self._spaced], docs[1:][self._spaced]
        near = (ends > low) & (starts < high)
        places = expand(np.maximum(starts[near], low), np.minimum(ends[near], high)) - low
        if len(places):
            cuts[places] = changes(self._codes.gap.take(codes)).take(places)


def _codes(segment: Segment) -> _Codes:
    count = len(segment.fold)
    of_words, combining = np.zeros(count, bool), np.zeros(count, bool)
    present = np.flatnonzero(np.bincount(segment.codes, minlength=count))
    for code, point in zip(present.tolist(), segment.points(present.astype(segment.codes.dtype)).tolist(), strict=True):
        character = chr(point)
        of_words[code] = is_of_words(character)
        combining[code] = character != "\0" and combines(character)
    combining[PARAGRAPH] = False
    return _Codes(of_words, combining, segment.gap | (np.arange(count) == 0))


def _with_firsts(segment: Segment, cut_segment: CutSegment, vocabulary: Vocabulary) -> CutSegment:
    """The same with the words that are the first of their kind in the text itself of their documents."""
    bounds = cut_segment.index_at(segment.docs)
    starts = np.flatnonzero(np.unpackbits(cut_segment.begins, bitorder="little"))
    firsts = np.zeros(len(cut_segment.forms), bool)
    low = 0
    while low < len(segment.numbers):
        high = max(low + 1, int(np.searchsorted(bounds, bounds[low] + _TOGETHER, "right")) - 1)
        high = min(high, len(segment.numbers))
        at = np.arange(bounds[low], bounds[high])
        at = at[segment.layers_at(starts.take(at)) == _TEXT]
        documents = np.searchsorted(bounds, at, "right").astype(np.uint64)
        keys = documents << np.uint64(32) | vocabulary.words.take(cut_segment.forms.take(at))
        order = np.argsort(keys, kind="stable")
        firsts[at.take(order.compress(changes(keys.take(order))))] = True
        low = high
    return CutSegment(cut_segment.begins, cut_segment.forms, np.packbits(firsts, bitorder="little"))


_TOGETHER: Final = 1 << 21
"""Words whose documents are looked at together, and those more of the last one."""
