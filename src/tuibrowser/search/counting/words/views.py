"""Views: the words of segments as far as they stand in some layers of the text."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.model import LAYERS, Layer
from tuibrowser.host.stopping import check
from tuibrowser.search.counting.places import in_layers
from tuibrowser.search.index.arrays import expand

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.layer import CutSegment, Vocabulary, WordLayer

    Array = npt.NDArray[Any]

_TEXT: Final = frozenset({Layer.TEXT})

_TOGETHER: Final = 1 << 20
"""Words whose documents are looked at together, and those more of the last one."""

_VIEWS: Final = 2
"""Choices of layers of which the words are kept at hand."""


@dataclass(frozen=True)
class WordView:
    """The words of a segment in some layers, numbered from 0 in the order of the text."""

    segment: Segment
    cut: CutSegment
    vocabulary: Vocabulary
    layers: frozenset[Layer]

    @cached_property
    def _kept(self) -> Array | None:
        """int64: the words of the segment that stand in the layers; None where all do."""
        rows = self.segment.layers.astype(np.int64)
        outside = rows[~in_layers(self.layers).take(rows[:, 2])]
        if Layer.TEXT in self.layers:
            kept = np.ones(len(self.cut.forms), bool)
            kept[self._in(outside)] = False
        else:
            inside = rows[in_layers(self.layers).take(rows[:, 2])]
            kept = np.zeros(len(self.cut.forms), bool)
            kept[self._in(inside)] = True
        return None if kept.all() else np.flatnonzero(kept)

    def _in(self, rows: Array) -> Array:
        """The words of the segment in stretches of it."""
        return expand(self.cut.index_at(rows[:, 0]), self.cut.index_at(rows[:, 1]))

    @cached_property
    def forms(self) -> Array:
        """uint32: the form of each word."""
        return self.cut.forms if self._kept is None else self.cut.forms.take(self._kept)

    def __len__(self) -> int:
        return len(self.forms)

    def index_at(self, positions: Array) -> Array:
        """int64: the first word that begins at each position or after it."""
        at = self.cut.index_at(positions)
        return at if self._kept is None else np.searchsorted(self._kept, at)

    def starts_of(self, words: Array) -> Array:
        """int64: where words begin."""
        return self.cut.starts_of(words if self._kept is None else self._kept.take(words))

    def ends_of(self, words: Array) -> Array:
        """int64: where words end."""
        return self.starts_of(words) + self.vocabulary.lengths.take(self.forms.take(words))

    @cached_property
    def paragraphs(self) -> Array:
        """int64: the first word of each paragraph, and how many words there are."""
        return np.append(self.index_at(self.segment.para), len(self))

    @cached_property
    def documents(self) -> Array:
        """int64: the first word of each document, and how many words there are."""
        return self.index_at(self.segment.docs)

    @cached_property
    def firsts(self) -> Array:
        """A bool for each word: whether its document has it nowhere before."""
        if self.layers == _TEXT and not self.vocabulary.is_exact and not self._has_left_out:
            firsts = np.unpackbits(self.cut.firsts, bitorder="little")[: len(self.cut.forms)].astype(bool)
            return firsts if self._kept is None else firsts.take(self._kept)
        firsts = np.zeros(len(self), bool)
        bounds, low = self.documents, 0
        while low < len(bounds) - 1:
            check()
            high = max(low + 1, int(np.searchsorted(bounds, bounds[low] + _TOGETHER, "right")) - 1)
            words = slice(int(bounds[low]), int(bounds[high]))
            documents = np.repeat(np.arange(high - low, dtype=np.uint64), np.diff(bounds[low : high + 1]))
            keys = documents << np.uint64(32) | self.vocabulary.words.take(self.forms[words])
            firsts[words][np.unique(keys, return_index=True)[1]] = True
            low = high
        return firsts

    @property
    def _has_left_out(self) -> bool:
        """Whether some of the text is left out, in which the first of a word may stand."""
        return bool((self.segment.layers[:, 2] == len(LAYERS)).any())

    @cached_property
    def counts(self) -> Array:
        """int64: how often each form occurs."""
        return np.bincount(self.forms, minlength=len(self.vocabulary))

    @cached_property
    def first_counts(self) -> Array:
        """int64: how often each form is the first of its word in a document."""
        return np.bincount(self.forms.compress(self.firsts), minlength=len(self.vocabulary))


@dataclass(frozen=True)
class WordViews:
    """The words of all segments that are searched, by the layers asked for lately."""

    segments: Sequence[Segment]
    layer: WordLayer
    _views: Kept[tuple[frozenset[Layer], bool], Sequence[WordView]] = field(default_factory=lambda: Kept(_VIEWS))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, layers: frozenset[Layer], *, exact: bool = False) -> Sequence[WordView]:
        """The words in some layers, by segment; each form is a word of its own if they are told apart (`exact`)."""
        with self._lock:
            if (known := self._views.get((layers, exact))) is not None:
                return known
            vocabulary = self.vocabulary(exact=exact)
            pairs = zip(self.segments, self.layer.segments, strict=True)
            views = [WordView(segment, cut, vocabulary, layers) for segment, cut in pairs]
            return self._views.put((layers, exact), views)

    def of_segment(self, segment: Segment, layers: frozenset[Layer], *, exact: bool = False) -> WordView:
        """The words of one of the segments in some layers."""
        return next(view for view in self.of(layers, exact=exact) if view.segment is segment)

    def vocabulary(self, *, exact: bool) -> Vocabulary:
        """The forms of all segments, each a word of its own if they are told apart."""
        return self.layer.vocabulary.apart if exact else self.layer.vocabulary


def views_of(segments: Sequence[Segment], layer: WordLayer) -> WordViews:
    """The words of the segments of a layer, kept with it."""
    known: WordViews = layer.at_hand.setdefault("views", WordViews(segments, layer))
    return known
