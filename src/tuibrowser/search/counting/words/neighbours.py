"""Neighbours among words: which words stand in the windows around matches, each place counted once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.host.stopping import check
from tuibrowser.search.counting.units import looked_up, summed
from tuibrowser.search.counting.words.tables import words_of, written_as
from tuibrowser.search.index.arrays import distinct, expand
from tuibrowser.search.values import Neighbour, Neighbours

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from tuibrowser.search.counting.words.views import WordView
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.words.layer import Vocabulary

    Array = npt.NDArray[Any]

_LEFT, _RIGHT, _INSIDE = 1, 2, 4
"""What a word is to matches, as bits."""


@dataclass(frozen=True, slots=True)
class _Ranges:
    """A range of words for each match, by ascending beginnings; int64."""

    low: Array
    high: Array
    matches: Array
    """Which match each is of."""

    def words(self) -> Array:
        """The words of all ranges, ascending, each once."""
        return expand(np.maximum(self.low, np.append(0, np.maximum.accumulate(self.high)[:-1])), self.high)

    def near(self, words: Array) -> tuple[Array, Array]:
        """The matches whose ranges hold some words: pairs of an index of the words and a match."""
        first = np.searchsorted(np.maximum.accumulate(self.high), words, "right")
        after = np.maximum(np.searchsorted(self.low, words, "right"), first)
        rows, ranges = np.repeat(np.arange(len(words)), after - first), expand(first, after)
        held = self.high.take(ranges) > words.take(rows)
        return rows.compress(held), self.matches.take(ranges.compress(held))


def _ranges(low: Array, high: Array) -> _Ranges:
    order = np.argsort(low, kind="stable")
    return _Ranges(low.take(order), high.take(order), order)


class _Around:
    """The words around the matches in one segment: so many left and right that overlap none, within the paragraph."""

    def __init__(self, view: WordView, starts: Array, ends: Array, left: int, right: int) -> None:
        check()
        self.view = view
        first, last = view.index_at(starts), view.index_at(ends)
        first[_begun_before(view, starts, first)] -= 1
        begin, end = _paragraphs(view.segment, starts, ends)
        low, high = view.paragraphs.take(begin), view.paragraphs.take(end + 1)
        low, high = np.maximum(first - left, low), np.minimum(last + right, high)
        self._inside, self._all = _ranges(first, last), _ranges(low, high)
        self.left, self.right = _ranges(low, first), _ranges(last, high)

    @cached_property
    def _roles(self) -> tuple[Array, Array]:
        """int64, ascending: the words in the windows and in matches; uint8: what each is."""
        roles = np.zeros(len(self.view), np.uint8)
        for ranges, role in ((self._inside, _INSIDE), (self.left, _LEFT), (self.right, _RIGHT)):
            roles[ranges.words()] |= np.uint8(role)
        words = self._all.words()
        return words, roles.take(words)

    @cached_property
    def beside(self) -> tuple[Array, Array]:
        """int64, ascending: the words in the windows that are in no match; uint8: on which sides they stand."""
        words, roles = self._roles
        outside = roles < _INSIDE
        return words.compress(outside), roles.compress(outside)

    @cached_property
    def inside(self) -> Array:
        """int64, ascending: the words that overlap a match."""
        words, roles = self._roles
        return words.compress(roles >= _INSIDE)

    @cached_property
    def words(self) -> Array:
        """uint32: which words those of `beside` are."""
        return self.view.vocabulary.words.take(self.view.forms.take(self.beside[0]))

    def near(self, rows: Array) -> Array:
        """int64, a column for each row: left, right, documents, matches.

        `rows` is the row of each of `beside`, -1 for none.
        """
        check()
        count, held = int(rows.max(initial=-1)) + 1, rows >= 0
        words, sides, rows = (each.compress(held) for each in (*self.beside, rows))
        bounds = np.searchsorted(words, self.view.documents)
        documents = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        pairs = [ranges.near(words) for ranges in (self.left, self.right)]
        matches = [_pairs(rows.take(at), which) for at, which in pairs]
        return np.stack(
            [
                np.bincount(rows.compress(sides != _RIGHT), minlength=count),
                np.bincount(rows.compress(sides != _LEFT), minlength=count),
                _counted(_pairs(rows, documents), count),
                _counted(np.concatenate(matches), count),
            ]
        )


def _pairs(rows: Array, others: Array) -> Array:
    return (rows.astype(np.uint64) << np.uint64(32)) | others.astype(np.uint64)


def _counted(pairs: Array, count: int) -> Array:
    """int64: how many different pairs each row has."""
    return np.bincount((distinct(pairs) >> np.uint64(32)).astype(np.int64), minlength=count)


def _begun_before(view: WordView, starts: Array, first: Array) -> Array:
    """The matches that begin inside a word; `first` is the first word of each that begins no sooner."""
    inside = np.flatnonzero(~view.cut.begin_at(starts) & (first > 0))
    return inside.compress(view.ends_of(first.take(inside) - 1) > starts.take(inside))


def _paragraphs(segment: Segment, starts: Array, ends: Array) -> tuple[Array, Array]:
    """The paragraphs in which matches begin and end, as places in `para`."""
    begin = segment.paragraph_index(starts)
    end = begin.copy()
    on = np.flatnonzero(ends > np.append(segment.para, len(segment)).take(begin + 1))
    end[on] = segment.paragraph_index(ends.take(on) - 1)
    return begin, end


class WordCompany:
    """The words in the windows around matches, which are given by view, ascending start and end."""

    def __init__(
        self, parts: Sequence[tuple[WordView, Array, Array]], vocabulary: Vocabulary, window: tuple[int, int]
    ) -> None:
        self._around = [_Around(*part, *window) for part in parts]
        self._vocabulary = vocabulary

    @cached_property
    def beside(self) -> tuple[Array, Array]:
        """The forms in the windows, and how often each is there."""
        return summed(_joined([each.view.forms.take(each.beside[0]) for each in self._around]))

    @cached_property
    def inside(self) -> tuple[Array, Array]:
        """The forms that overlap matches, and how often each is there."""
        return summed(_joined([each.view.forms.take(each.inside) for each in self._around]))

    def neighbours(self, minimum: int) -> Neighbours:
        """The words that are there `minimum` times at least, most first."""
        return neighbours_of(self._vocabulary, self.beside, self.inside, minimum)

    def of(self, words: Sequence[str]) -> list[Neighbour]:
        """Where each of some words stands."""
        numbers = np.array(words_of(self._vocabulary, words), np.int64)
        place = np.full(self._vocabulary.size + 1, -1)
        place[numbers] = np.arange(len(numbers))
        columns = np.zeros((4, len(words)), np.int64)
        for each in self._around:
            found = each.near(place.take(each.words))
            columns[:, : found.shape[1]] += found
        forms = written_as(self._vocabulary, *self.beside, numbers)
        rows = zip(forms, *columns.tolist(), strict=True)
        return [Neighbour(*row) for row in rows]

    def holding(self, word: str) -> list[Array]:
        """int64 for each segment: the matches that have a word in their window, ascending."""
        (number,) = words_of(self._vocabulary, [word])
        found = []
        for each in self._around:
            words = each.beside[0].compress(each.words == number)
            found.append(distinct(np.concatenate([ranges.near(words)[1] for ranges in (each.left, each.right)])))
        return found


def neighbours_of(
    vocabulary: Vocabulary, beside: tuple[Array, Array], inside: tuple[Array, Array], minimum: int
) -> Neighbours:
    """The words, most first, of the forms in windows and those that overlap matches, each with its numbers."""
    forms, counts = beside
    words, together = summed(vocabulary.words.take(forms), counts)
    kept = np.flatnonzero(together >= max(1, minimum))
    kept = kept[np.argsort(-together.take(kept), kind="stable")]
    inner = summed(vocabulary.words.take(inside[0]), inside[1])
    commonest = _commonest(vocabulary, beside).take(words.take(kept))
    return Neighbours(
        tuple(vocabulary.written[form] for form in commonest.tolist()),
        tuple(together.take(kept).tolist()),
        tuple(looked_up(*inner, words.take(kept)).tolist()),
        int(counts.sum()),
        int(inside[1].sum()),
    )


def _commonest(vocabulary: Vocabulary, beside: tuple[Array, Array]) -> Array:
    """The commonest form in the windows of each word; of equally frequent ones that of the texts."""
    forms, counts = beside
    forms = forms[np.lexsort((-forms.astype(np.int64), counts))]
    commonest = np.zeros(vocabulary.size, np.int64)
    commonest[vocabulary.words.take(forms)] = forms
    return commonest


def _joined(arrays: Sequence[Array]) -> Array:
    return np.concatenate([np.empty(0, np.uint32), *arrays])


def whole(view: WordView, starts: Array, ends: Array) -> Array:
    """int64: the matches that begin where a word begins, and end where one ends, ascending."""
    at = np.flatnonzero(view.cut.begin_at(starts))
    return at.compress(view.ends_of(view.index_at(ends.take(at)) - 1) <= ends.take(at))
