"""Grams: so many words in a row within a paragraph, counted in some documents."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.host.stopping import check
from tuibrowser.search.counting.tables import EXACT, VARIANT
from tuibrowser.search.counting.units import most_first
from tuibrowser.search.counting.words.tables import words_of
from tuibrowser.search.index.arrays import changes, distinct, expand
from tuibrowser.search.values import Frequencies, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.counting.words.views import WordView
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.layer import Vocabulary

    Array = npt.NDArray[Any]

BETWEEN = " "
"""What stands between the words of a gram where it is written; no word has one inside."""


_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)

_TOGETHER: Final = 1 << 19
"""Pairs that are ordered together, and those more with the same first number."""


@dataclass(frozen=True, slots=True)
class GramCounts:
    """Grams: a form of each of their words, a column each, how often each occurs, and where it does so first."""

    forms: Sequence[Array]
    counts: Array
    documents: Array
    offsets: Array
    """Words before it in its document."""


def together(vocabulary: Vocabulary, several: Sequence[GramCounts], minimum: int) -> tuple[GramCounts, int]:
    """The grams of several lots of documents that occur `minimum` times at least, and how many there are of all."""
    columns = [np.concatenate(column) for column in zip(*(each.forms for each in several), strict=True)]
    counts, documents, offsets = (
        np.concatenate(column) for column in zip(*((e.counts, e.documents, e.offsets) for e in several), strict=True)
    )
    words = [vocabulary.words.take(column) for column in columns]
    order = np.lexsort((offsets, documents, *words))
    begins = np.flatnonzero(np.any([changes(word.take(order)) for word in words], axis=0))
    sums = np.add.reduceat(counts.take(order), begins) if len(begins) else counts
    kept = np.flatnonzero(sums >= minimum)
    first = order.take(begins.take(kept))
    forms = [vocabulary.commonest.take(word.take(first)) for word in words]
    return GramCounts(forms, sums.take(kept), documents.take(first), offsets.take(first)), len(begins)


def most_first_of(vocabulary: Vocabulary, several: Sequence[GramCounts]) -> Frequencies:
    """Different grams, most first, those that are equally frequent as they come in the text."""
    columns = [np.concatenate(column) for column in zip(*(each.forms for each in several), strict=True)]
    counts, documents, offsets = (
        np.concatenate(column) for column in zip(*((e.counts, e.documents, e.offsets) for e in several), strict=True)
    )
    order = np.lexsort((offsets, documents, -counts))
    named = [column.take(order).tolist() for column in columns]
    names = (BETWEEN.join(vocabulary.written[form] for form in row) for row in zip(*named, strict=True))
    return Frequencies(tuple(names), tuple(counts.take(order).tolist()))


_NO_PLACES: Final = np.empty(0, np.int64)


@dataclass(frozen=True)
class GramTable:
    """So many words in a row in some documents, which are given by segment as places in its `numbers`."""

    vocabulary: Vocabulary
    parts: Sequence[tuple[WordView, Array]]
    size: int

    @cached_property
    def _begins(self) -> list[Array]:
        """int64 for each part: the words with which a gram begins, ascending."""
        return [_begins(view, at, self.size) for view, at in self.parts]

    @cached_property
    def _grams(self) -> tuple[Array, Array]:
        """The gram of each place where one begins, uint32, and how often each gram occurs."""
        grams = self._of_words(0)
        for step in range(1, self.size):
            grams = _ranks(grams, self._of_words(step))
        return grams, np.bincount(grams)

    def _of_words(self, step: int) -> Array:
        """uint32: the word so many places on from each place where a gram begins."""
        words = self.vocabulary.words
        pairs = zip(self.parts, self._begins, strict=True)
        return _joined([words.take(view.forms.take(begins + step)) for (view, _), begins in pairs])

    def total(self) -> int:
        """How many grams there are."""
        return sum(map(len, self._begins))

    def types(self) -> int:
        """How many different grams there are."""
        return len(self._grams[1])

    def commonest(self, minimum: int) -> Frequencies:
        """The grams that occur `minimum` times at least, most first, each word in its commonest form."""
        counts, first = self._grams[1], self._first
        kept = np.flatnonzero(counts >= minimum)
        kept = kept[np.lexsort((first.take(kept), -counts.take(kept)))]
        at = first.take(kept)
        forms = [self.vocabulary.commonest.take(self._of_words(step).take(at)).tolist() for step in range(self.size)]
        written = self.vocabulary.written
        names = tuple(BETWEEN.join(written[form] for form in row) for row in zip(*forms, strict=True))
        self._named.update(zip(names, kept.tolist(), strict=True))
        return Frequencies(names, tuple(counts.take(kept).tolist()))

    @cached_property
    def _first(self) -> Array:
        """int64: the first place of each gram."""
        grams, counts = self._grams
        first = np.zeros(len(counts), np.int64)
        first[grams[::-1]] = np.arange(len(grams))[::-1]
        return first

    def counted(self, part: int = 0, parts: int = 1) -> GramCounts:
        """All grams, or one of so many parts of them, to be put together with those of other documents."""
        first, commonest = self._first, self.vocabulary.commonest
        counts, forms = self._grams[1], [commonest.take(self._of_words(step).take(first)) for step in range(self.size)]
        if parts > 1:
            here = _part_of(self.vocabulary, forms, parts) == part
            first, counts, forms = first.compress(here), counts.compress(here), [each.compress(here) for each in forms]
        documents, offsets = [_NO_PLACES], [_NO_PLACES]
        for (view, _), begins in zip(self.parts, self._begins, strict=True):
            index = np.searchsorted(view.documents, begins, "right") - 1
            documents.append(view.segment.numbers.take(index).astype(np.int64))
            offsets.append(begins - view.documents.take(index))
        return GramCounts(forms, counts, np.concatenate(documents).take(first), np.concatenate(offsets).take(first))

    @cached_property
    def _named(self) -> dict[str, int]:
        """The grams that were named, by their names."""
        return {}

    def frequencies(self, units: Sequence[str]) -> list[int]:
        """How often each of some grams occurs."""
        return [unit.count for unit in self.described(units)]

    def described(self, units: Sequence[str]) -> list[Unit]:
        """The forms of some grams, how often they occur, and in how many documents."""
        grams, counts = self._grams
        rows = np.full(len(counts) + 1, -1)
        wanted = [self._number(unit) for unit in units]
        rows[wanted] = np.arange(len(wanted))
        rows[-1] = -1
        row_of = rows.take(grams)
        forms: list[Counter[tuple[int, ...]]] = [Counter() for _ in units]
        documents = np.zeros(len(units), np.int64)
        low = 0
        for (view, _), begins in zip(self.parts, self._begins, strict=True):
            check()
            here = row_of[low : low + len(begins)]
            low += len(begins)
            begins, here = begins.compress(here >= 0), here.compress(here >= 0)
            columns = [view.forms.take(begins + step).tolist() for step in range(self.size)]
            for row, form in zip(here.tolist(), zip(*columns, strict=True), strict=True):
                forms[row][form] += 1
            held = np.searchsorted(view.documents, begins, "right")
            pairs = distinct(here.astype(np.uint64) << np.uint64(32) | held.astype(np.uint64))
            documents += np.bincount((pairs >> np.uint64(32)).astype(np.int64), minlength=len(units))
        written = self.vocabulary.written
        return [
            Unit(
                most_first({BETWEEN.join(written[each] for each in form): count for form, count in found.items()}),
                found.total(),
                held,
            )
            for found, held in zip(forms, documents.tolist(), strict=True)
        ]

    def _number(self, unit: str) -> int:
        """The number of a gram; one past the last where it does not occur."""
        known = self._named.get(unit)
        if known is None:
            grams, counts = self._grams
            places = np.flatnonzero(_same([self._of_words(step) for step in range(self.size)], self._words(unit)))
            known = int(grams[places[0]]) if len(places) else len(counts)
        return known

    def _words(self, unit: str) -> list[int]:
        return words_of(self.vocabulary, unit.split(BETWEEN))

    def occurrences(self, unit: str) -> Iterator[tuple[Segment, Array, Array, Array]]:
        """Where a gram occurs: by segment, its starts, ends and kinds, as places in HitKind."""
        words = self._words(unit)
        written = [self.vocabulary.numbers.get(each, -1) for each in unit.split(BETWEEN)]
        for (view, _), begins in zip(self.parts, self._begins, strict=True):
            check()
            forms = [view.forms.take(begins + step) for step in range(self.size)]
            at = np.flatnonzero(_same([self.vocabulary.words.take(each) for each in forms], words))
            exact = _same([each.take(at) for each in forms], written)
            begins = begins.take(at)
            kinds = np.where(exact, EXACT, VARIANT).astype(np.uint8)
            yield view.segment, view.starts_of(begins), view.ends_of(begins + self.size - 1), kinds


def _part_of(vocabulary: Vocabulary, forms: Sequence[Array], parts: int) -> Array:
    """uint64: of so many parts the one that grams are in, by a hash of their words."""
    mixed = np.zeros(len(forms[0]), np.uint64)
    for column in forms:
        mixed = (mixed + vocabulary.hashes.take(column)) * _FACTOR
    return (mixed >> np.uint64(32)) % np.uint64(parts)


def _begins(view: WordView, at: Array, size: int) -> Array:
    """int64: the words of some documents that have so many words from them on in their paragraph, ascending."""
    chosen = np.zeros(len(view), bool)
    chosen[expand(view.documents.take(at), view.documents.take(at + 1))] = True
    begins = expand(view.paragraphs[:-1], view.paragraphs[1:] - (size - 1))
    return begins.compress(chosen.take(begins))


def _ranks(firsts: Array, seconds: Array) -> Array:
    """uint32: the place of each pair of numbers among all different ones; they are ordered by parts of the firsts."""
    part_of = (np.cumsum(np.bincount(firsts)) // _TOGETHER).astype(np.uint16)
    parts = part_of.take(firsts)
    by_part = np.argsort(parts, kind="stable")
    ends = np.cumsum(np.bincount(parts))
    ranks, start, found = np.empty(len(firsts), np.uint32), 0, 0
    for end in ends.tolist():
        check()
        at = by_part[start:end]
        keys = firsts.take(at).astype(np.uint64) << np.uint64(32) | seconds.take(at)
        order = np.argsort(keys, kind="stable")
        numbers = np.cumsum(changes(keys.take(order)))
        ranks[at.take(order)] = numbers + (found - 1)
        found += int(numbers[-1]) if len(numbers) else 0
        start = end
    return ranks


def _same(columns: Sequence[Array], wanted: Sequence[int]) -> Array:
    """A bool for each place: whether the columns have the wanted numbers there; none where one is no number."""
    held = np.full(len(columns[0]), len(columns) == len(wanted) and min(wanted) >= 0)
    for column, number in zip(columns, wanted, strict=False):
        held &= column == max(number, 0)
    return held


def _joined(arrays: Sequence[Array]) -> Array:
    return np.concatenate([np.empty(0, np.uint32), *arrays])
