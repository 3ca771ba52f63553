"""Table: the words of the texts that are compared, and for each a vector that tells what it is used like."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.model import Layer
from tuibrowser.search.counting.words.views import views_of
from tuibrowser.search.likeness.contexts import columns_of, compared, contexts, rows_of
from tuibrowser.search.likeness.model import LEAST, SimilarWord, SimilarWords
from tuibrowser.search.likeness.vectors import reduced, weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.counting.words.views import WordView
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.layer import Vocabulary, WordLayer

    Array = npt.NDArray[Any]

_TEXT: Final = frozenset({Layer.TEXT})
_COUNTED: Final = 0.4
"""The share of the time that counting takes."""
_STEPS: Final = 100
_LEAST_LIKENESS: Final = 0.1
"""Words that are less alike have nothing in common."""


@dataclass(frozen=True)
class LikenessTable:
    """The words that are compared, by falling frequency."""

    words: Array
    """int64: their numbers in the vocabulary."""
    counts: Array
    """int64: how often each stands in the text."""
    vectors: Array
    """float16, a row of length 1 for each."""

    @cached_property
    def _wide(self) -> Array:
        return self.vectors.astype(np.float32)

    def similar(self, number: int, vocabulary: Vocabulary, limit: int) -> SimilarWords | None:
        """The words used like one, by its number in the vocabulary; None where it is not compared."""
        at = np.flatnonzero(self.words == number)
        if not len(at):
            return None
        row = int(at[0])
        named, count = self._named(vocabulary, row), int(self.counts[row])
        if count < LEAST:
            return SimilarWords(named, count)
        likeness = self._wide @ self._wide[row]
        likeness[row] = -np.inf
        best = np.argsort(-likeness, kind="stable")[:limit]
        best = best.compress(likeness.take(best) >= _LEAST_LIKENESS)
        rows = tuple(
            SimilarWord(self._named(vocabulary, at), round(float(likeness[at]), 4), int(self.counts[at]))
            for at in best.tolist()
        )
        return SimilarWords(named, count, rows)

    def _named(self, vocabulary: Vocabulary, row: int) -> str:
        return vocabulary.written[int(vocabulary.commonest[self.words[row]])]


def made(segments: Sequence[Segment], layer: WordLayer, progress: Callable[[int, int], object]) -> LikenessTable:
    """The table of the words of segments; `progress` is called with the steps done and all."""
    views, vocabulary = views_of(segments, layer).of(_TEXT), layer.vocabulary

    def counted(words: Array, told: Callable[[float], object]) -> Array:
        return contexts(views, rows_of(vocabulary, words), range(len(words)), columns_of(len(words)), told)

    return made_of(text_forms(views, vocabulary), vocabulary, counted, progress)


def text_forms(views: Sequence[WordView], vocabulary: Vocabulary) -> Array:
    """int64: how often each form stands in some views of a text."""
    return sum((view.counts for view in views), np.zeros(len(vocabulary), np.int64))


def made_of(
    forms: Array,
    vocabulary: Vocabulary,
    counted: Callable[[Array, Callable[[float], object]], Array],
    progress: Callable[[int, int], object],
) -> LikenessTable:
    """The table of words of whose forms it is known how often they stand in the text.

    `counted` counts the contexts of some words, and is told the share that it does.
    """

    def counting(share: float) -> None:
        progress(int(share * _COUNTED * _STEPS), _STEPS)

    def found(share: float) -> None:
        progress(int((_COUNTED + share * (1 - _COUNTED)) * _STEPS), _STEPS)

    words, counts = compared(forms, vocabulary)
    if len(words) <= 1:
        return LikenessTable(words, counts, np.ones((len(words), 1), np.float16))
    weights = counted(words, counting)
    weigh(weights)
    return LikenessTable(words, counts, reduced(weights, found))
