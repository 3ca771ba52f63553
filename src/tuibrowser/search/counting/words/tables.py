"""Tables of words: how often each word stands in some documents, in which forms, and in how many of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.host.stopping import check
from tuibrowser.search.counting.tables import EXACT, VARIANT
from tuibrowser.search.counting.units import summed
from tuibrowser.search.index.arrays import expand
from tuibrowser.search.index.words.layer import key_of
from tuibrowser.search.values import Frequencies, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.counting.words.views import WordView
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.layer import Vocabulary

    Array = npt.NDArray[Any]

NO_WORD: Final = -1
"""The number of what is no word of the texts."""


class CountedWords(ABC):
    """Words of which it is known how often each of their forms occurs, and in how many documents it is the first."""

    vocabulary: Vocabulary

    @property
    @abstractmethod
    def forms(self) -> Array:
        """int64: how often each form occurs."""

    @property
    @abstractmethod
    def firsts(self) -> Array:
        """int64: in how many documents each form is the first of its word."""

    @cached_property
    def _counts(self) -> Array:
        """int64: how often each word occurs."""
        return by_word(self.vocabulary, self.forms)

    def total(self) -> int:
        """How many words there are."""
        return int(self.forms.sum())

    def types(self) -> int:
        """How many different words there are."""
        return int(np.count_nonzero(self._counts))

    def frequencies(self, units: Sequence[str]) -> list[int]:
        """How often each of some words occurs."""
        return _of(self._counts, words_of(self.vocabulary, units))

    def commonest(self, minimum: int) -> Frequencies:
        """The words that occur `minimum` times at least, most first."""
        words = np.flatnonzero(self._counts >= max(1, minimum))
        words = words[np.argsort(-self._counts.take(words), kind="stable")]
        written = self.vocabulary.written
        forms = tuple(written[form] for form in self.vocabulary.commonest.take(words).tolist())
        return Frequencies(forms, tuple(self._counts.take(words).tolist()))

    def described(self, units: Sequence[str]) -> list[Unit]:
        """The forms of some words, how often they occur, and in how many documents."""
        words = words_of(self.vocabulary, units)
        held = np.flatnonzero(self.forms)
        forms = written_as(self.vocabulary, held, self.forms.take(held), np.array(words, np.int64))
        columns = (_of(column, words) for column in (self._counts, by_word(self.vocabulary, self.firsts)))
        return [Unit(*row) for row in zip(forms, *columns, strict=True)]


@dataclass(frozen=True)
class WordTable(CountedWords):
    """The words of some documents, which are given by segment as places in its `numbers`."""

    vocabulary: Vocabulary
    parts: Sequence[tuple[WordView, Array]]

    @cached_property
    def forms(self) -> Array:
        """int64: how often each form occurs."""
        return self._summed("counts", lambda view, words: view.forms[words])

    @cached_property
    def firsts(self) -> Array:
        """int64: in how many documents each form is the first of its word."""

        def firsts_of(view: WordView, words: slice) -> Array:
            return view.forms[words].compress(view.firsts[words])

        return self._summed("first_counts", firsts_of)

    def _summed(self, whole: str, forms_of: Callable[[WordView, slice], Array]) -> Array:
        """Count the forms of some of the words in the documents; if these are most, subtract the others from all."""
        total = np.zeros(len(self.vocabulary), np.int64)
        for view, at in self.parts:
            check()
            every = np.arange(len(view.segment.numbers))
            lengths = np.diff(view.documents)
            if is_most := 2 * int(lengths.take(at).sum()) > len(view):
                total += getattr(view, whole)
                at = np.setdiff1d(every, at, assume_unique=True)
            forms = [_NONE, *(forms_of(view, words) for words in _runs(view, at))]
            counts = np.bincount(np.concatenate(forms), minlength=len(total))
            total += -counts if is_most else counts
        return total

    def occurrences(self, unit: str) -> Iterator[tuple[Segment, Array, Array, Array]]:
        """Where a word occurs: by segment, its starts, ends and kinds, as places in HitKind."""
        wanted = self.vocabulary.words == words_of(self.vocabulary, [unit])[0]
        same = self.vocabulary.numbers.get(unit, -1)
        for view, at in self.parts:
            check()
            words = expand(view.documents.take(at), view.documents.take(at + 1))
            words = words.compress(wanted.take(view.forms.take(words)))
            kinds = np.where(view.forms.take(words) == same, EXACT, VARIANT).astype(np.uint8)
            yield view.segment, view.starts_of(words), view.ends_of(words), kinds


def _runs(view: WordView, at: Array) -> Iterator[slice]:
    """The words of some documents, those of documents that stand side by side together."""
    first = np.flatnonzero(np.diff(at, prepend=-2) != 1)
    last = np.append(first[1:], len(at))[: len(first)] - 1
    bounds = zip(at.take(first).tolist(), (at.take(last) + 1).tolist(), strict=True)
    return (slice(int(view.documents[low]), int(view.documents[high])) for low, high in bounds)


_NONE: Final = np.empty(0, np.uint32)


def chosen(views: Sequence[WordView], documents: Collection[int]) -> list[tuple[WordView, Array]]:
    """The views with the places of some documents, given by their numbers, in their segments."""
    wanted = np.fromiter(documents, np.int64, len(documents))
    return [(view, np.flatnonzero(np.isin(view.segment.numbers, wanted))) for view in views]


def by_word(vocabulary: Vocabulary, counts: Array) -> Array:
    """int64: the counts of forms summed up for each word."""
    return np.bincount(vocabulary.words, counts, minlength=vocabulary.size).astype(np.int64)


def words_of(vocabulary: Vocabulary, units: Sequence[str]) -> list[int]:
    """The words that some texts are, in whatever form if these are one word; NO_WORD where one is none."""
    if vocabulary.is_exact:
        return [vocabulary.numbers.get(unit, NO_WORD) for unit in units]
    known = [vocabulary.numbers.get(unit) for unit in units]
    words = vocabulary.words
    return [
        vocabulary.by_fold.get(key_of(unit), NO_WORD) if form is None else int(words[form])
        for unit, form in zip(units, known, strict=True)
    ]


def _of(counts: Array, words: Sequence[int]) -> list[int]:
    """The counts of some words, 0 for what is none."""
    found: list[int] = np.append(counts, 0).take(words).tolist()
    return found


def written_as(vocabulary: Vocabulary, forms: Array, counts: Array, words: Array) -> list[dict[str, int]]:
    """How often each of some words is written in which way, the commonest form first.

    The counts are those of forms, of which one may be there several times.
    """
    place = np.full(vocabulary.size + 1, -1, np.int32)
    place[words] = np.arange(len(words), dtype=np.int32)
    rows = place.take(vocabulary.words.take(forms))
    held = rows >= 0
    once, totals = summed(forms.compress(held), counts.compress(held))
    order = np.argsort(-totals, kind="stable")
    once, totals = once.take(order), totals.take(order)
    found: list[dict[str, int]] = [{} for _ in range(len(words))]
    written = vocabulary.written
    rows = place.take(vocabulary.words.take(once))
    for row, form, count in zip(rows.tolist(), once.tolist(), totals.tolist(), strict=True):
        found[row][written[form]] = count
    return found
