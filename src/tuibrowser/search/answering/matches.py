"""Matches: all matches of a query as figures need them, neither ranked nor grouped, counted where the text is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, overload

import numpy as np

from tuibrowser.corpus.kept import Kept
from tuibrowser.search.answering.reading_order import reading_order
from tuibrowser.search.counting.beside import DEPTH, ids, order
from tuibrowser.search.counting.clusters import cluster_counts, clustered, clusters
from tuibrowser.search.counting.neighbours import Company
from tuibrowser.search.counting.strips import strips
from tuibrowser.search.counting.windows import Windows
from tuibrowser.search.counting.words.neighbours import WordCompany, whole
from tuibrowser.search.index.arrays import ascending
from tuibrowser.search.model import HitKind
from tuibrowser.search.query import READ_LAYERS
from tuibrowser.search.values import Context, Match

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.answering.reading_order import ReadingOrder
    from tuibrowser.search.counting.clusters import ClusterCounts
    from tuibrowser.search.counting.once import OnceText
    from tuibrowser.search.counting.words.views import WordView, WordViews
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found
    from tuibrowser.search.model import Bound
    from tuibrowser.search.values import Beside, Clusters, Neighbour, Neighbours

    Array = npt.NDArray[Any]

_KINDS: Final = tuple(HitKind)


@dataclass(frozen=True, slots=True)
class Part:
    """The matches in one segment: int64 starts, ascending, int64 ends, and uint8 kinds, as places in HitKind."""

    segment: Segment
    starts: Array
    ends: Array
    kinds: Array

    def only(self, at: Array) -> Part:
        """Those of some indices, which ascend."""
        return Part(self.segment, self.starts.take(at), self.ends.take(at), self.kinds.take(at))


def parts_of(found: Sequence[tuple[Segment, Found]]) -> list[Part]:
    """The matches of several kinds put together for each segment."""
    by_segment: dict[int, tuple[Segment, list[Found]]] = {}
    for segment, matches in found:
        by_segment.setdefault(id(segment), (segment, []))[1].append(matches)
    return [_part(segment, held) for segment, held in by_segment.values()]


def _part(segment: Segment, held: Sequence[Found]) -> Part:
    starts, ends = map(np.concatenate, zip(*(matches.extents() for matches in held), strict=True))
    numbers = [_KINDS.index(matches.kind) for matches in held]
    kinds = np.repeat(np.array(numbers, np.uint8), [len(matches) for matches in held])
    return Part(segment, starts, ends, kinds).only(ascending(starts))


@dataclass(frozen=True)
class LocalMatches:
    """The `Matches` of a query in segments of this process."""

    parts: Sequence[Part]
    at_least: bool = False
    bounds: tuple[Bound, ...] = ()
    notes: tuple[str, ...] = ()
    layers: frozenset[Layer] = READ_LAYERS
    """The layers of the text whose characters stand beside matches."""
    words: Callable[[], WordViews] | None = None
    """What gives the words of the segments, which are cut then if that was not done."""

    @cached_property
    def order(self) -> ReadingOrder:
        """The order of a reader."""
        return reading_order([(part.segment, part.starts) for part in self.parts])

    def __len__(self) -> int:
        return sum(len(part.starts) for part in self.parts)

    @overload
    def __getitem__(self, index: int) -> Match: ...
    @overload
    def __getitem__(self, index: slice) -> list[Match]: ...
    def __getitem__(self, index: int | slice) -> Match | list[Match]:
        if isinstance(index, slice):
            return self.of(np.arange(*index.indices(len(self))))
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return self.of(np.array([at]))[0]

    def __iter__(self) -> Iterator[Match]:
        for start in range(0, len(self), _BATCH):
            yield from self[start : start + _BATCH]

    def totals(self) -> dict[HitKind, int]:
        """The number of matches of each kind there is."""
        counts = sum((np.bincount(part.kinds, minlength=len(_KINDS)) for part in self.parts), np.zeros(1, np.int64))
        return {kind: count for kind, count in zip(_KINDS, counts.tolist(), strict=False) if count}

    def by_document(self) -> dict[int, int]:
        """How many matches each document has that has any, by its number, ascending."""
        return dict(zip(self.order.documents.tolist(), self.order.counts.tolist(), strict=True))

    def strips(self, count: int) -> dict[int, list[int]]:
        """How many matches begin in each of so many equal stretches of the repaired text of each document with any."""
        found: dict[int, list[int]] = {}
        for part in self.parts:
            found.update(strips(part.segment, part.starts, count))
        return dict(sorted(found.items()))

    def contexts(self, start: int, stop: int, width: int) -> list[Context]:
        """The matches from one index to another with so many characters on either side, within their documents."""
        return self.contexts_of(np.arange(*slice(start, stop).indices(len(self))), width)

    def contexts_of(self, indices: Array, width: int) -> list[Context]:
        """The matches of some indices with so many characters on either side, within their documents."""
        contexts = [Context("", "", "")] * len(indices)
        for number, here, at in self.order.places(indices):
            found = _contexts(self.parts[number].only(at), width)
            for row, context in zip(np.arange(len(indices))[here].tolist(), found, strict=True):
                contexts[row] = context
        return contexts

    def ordered(self, beside: Beside) -> list[int]:
        """The indices of all matches in the order of the four characters beside them, equal ones in reading order."""
        ranked: list[int] = order(self.keys(beside), beside).tolist()
        return ranked

    def keys(self, beside: Beside) -> Array:
        """uint16, a column for each match: the ids beside it by which it is ordered."""
        every = np.arange(len(self))
        found = np.empty((DEPTH, len(every)), np.uint16)
        for number, here, at in self.order.places(every):
            part = self.parts[number]
            found[:, here] = ids(part.segment, part.starts, part.ends, beside, self.layers).take(at, axis=1)
        return found

    def neighbours(self, left: int, right: int, size: int = 1, minimum: int = 1, *, exact: bool = False) -> Neighbours:
        """The units of so many characters that stand so many units left and right of matches."""
        return self._company(left, right, size).neighbours(minimum, exact=exact)

    def tallied(self, left: int, right: int, size: int) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        """The units in the windows of matches, and those that overlap matches, as they are written, and how often."""
        company = self._company(left, right, size)
        return company.beside, company.inside

    def near(self, units: Sequence[str], left: int, right: int, *, exact: bool = False) -> list[Neighbour]:
        """Where each of some units, all of the same size, stands in a window of so many units left and right."""
        return self._company(left, right, len(units[0])).of(units, exact=exact) if units else []

    def clusters(self, size: int, side: Beside, minimum: int = 1, *, exact: bool = False) -> Clusters:
        """The clusters of the matches with so many characters on one side, left or right, most first."""
        return clusters(self._columns, size, side, self.layers, minimum, exact=exact)

    def cluster_counts(self, size: int, side: Beside, *, exact: bool) -> ClusterCounts:
        """The same, to be put together with those of other matches."""
        return cluster_counts(self._columns, size, side, self.layers, exact=exact)

    def clustered(self, text: str, size: int, side: Beside, *, exact: bool = False) -> LocalMatches:
        """The matches that make a cluster with so many characters on one side."""
        return self._held([clustered(each, text, size, side, self.layers, exact=exact) for each in self._columns])

    @property
    def _columns(self) -> list[tuple[Segment, Array, Array]]:
        return [(part.segment, part.starts, part.ends) for part in self.parts]

    def beside(self, unit: str, left: int, right: int, *, exact: bool = False) -> LocalMatches:
        """The matches that have a unit in a window of so many units left and right of them."""
        return self._held(self._company(left, right, len(unit)).holding(unit, exact=exact))

    def _company(self, left: int, right: int, size: int) -> Company:
        """The units of a size in the windows around the matches; those of the last windows are kept."""
        windows = Windows(left, right, size, self.layers)
        if (known := self._companies.get(windows)) is not None:
            return known
        return self._companies.put(windows, Company(self._columns, windows))

    @cached_property
    def _companies(self) -> Kept[Windows, Company]:
        return Kept(1)

    def word_neighbours(self, left: int, right: int, minimum: int = 1, *, exact: bool = False) -> Neighbours:
        """The words that stand so many words left and right of matches."""
        return self._word_company(left, right, exact=exact).neighbours(minimum)

    def word_tallied(self, left: int, right: int, *, exact: bool) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        """The forms of words in the windows of matches, and those that overlap matches, and how often each is there."""
        company = self._word_company(left, right, exact=exact)
        return company.beside, company.inside

    def words_near(self, words: Sequence[str], left: int, right: int, *, exact: bool = False) -> list[Neighbour]:
        """Where each of some words stands in a window of so many words left and right of matches."""
        return self._word_company(left, right, exact=exact).of(words)

    def beside_word(self, word: str, left: int, right: int, *, exact: bool = False) -> LocalMatches:
        """The matches that have a word in a window of so many words left and right of them."""
        return self._held(self._word_company(left, right, exact=exact).holding(word))

    def whole_words(self) -> LocalMatches:
        """The matches that begin where a word begins and end where one ends."""
        return self._held([whole(view, part.starts, part.ends) for view, part in self._viewed()])

    def _held(self, held: Sequence[Array]) -> LocalMatches:
        """Those of the matches of each part that have some indices."""
        return replace(self, parts=[part.only(at) for part, at in zip(self.parts, held, strict=True)])

    def _word_company(self, left: int, right: int, *, exact: bool) -> WordCompany:
        """The words in the windows around the matches; those of the last windows are kept."""
        key = left, right, exact
        if (known := self._word_companies.get(key)) is not None:
            return known
        parts = [(view, part.starts, part.ends) for view, part in self._viewed(exact=exact)]
        company = WordCompany(parts, self._views().vocabulary(exact=exact), (left, right))
        return self._word_companies.put(key, company)

    @cached_property
    def _word_companies(self) -> Kept[tuple[int, int, bool], WordCompany]:
        return Kept(1)

    def _views(self) -> WordViews:
        assert self.words is not None
        return self.words()

    def _viewed(self, *, exact: bool = False) -> list[tuple[WordView, Part]]:
        """The parts, each with the words of its segment."""
        views = self._views()
        return [(views.of_segment(part.segment, self.layers, exact=exact), part) for part in self.parts]

    def of_documents(self, documents: Collection[int]) -> LocalMatches:
        """The matches in some documents, by their numbers."""
        return self._only(self.order.of_documents(documents))

    def of_indices(self, indices: Collection[int]) -> LocalMatches:
        """The matches of some indices, in reading order. Raises IndexError where there is no such match."""
        wanted = np.unique(np.fromiter(indices, np.int64, len(indices)))
        if len(wanted) and not 0 <= wanted[0] <= wanted[-1] < len(self):
            raise IndexError(int(wanted[-1]))
        return self._only(wanted)

    def once(self, text: OnceText, words: Callable[[], WordViews]) -> LocalMatches:
        """The matches that begin in no paragraph that is left out of a text, whose words `words` gives."""
        return replace(self, parts=[_once(part, text) for part in self.parts], words=words)

    def _only(self, indices: Array) -> LocalMatches:
        parts = [self.parts[number].only(at) for number, _, at in self.order.places(indices)]
        return replace(self, parts=parts)

    def of(self, indices: Array) -> list[Match]:
        """The matches of these indices."""
        rows = np.empty((len(indices), 5), np.int64)
        for number, here, at in self.order.places(indices):
            rows[here] = np.stack(_columns(self.parts[number].only(at)), axis=1)
        return [
            Match(document, start, end, _KINDS[kind], paragraph)
            for document, start, end, kind, paragraph in rows.tolist()
        ]


def _once(part: Part, text: OnceText) -> Part:
    segment, repeated = text.segment_of(part.segment)
    kept = np.flatnonzero(~np.isin(segment.paragraph_index(part.starts), repeated))
    return replace(part.only(kept), segment=segment)


_BATCH = 500
"""Matches led back to the raw texts at a time."""


def _columns(part: Part) -> tuple[Array, ...]:
    """Document, raw start and end, kind and paragraph of each match."""
    segment = part.segment
    documents, raw_starts, raw_ends = segment.source_spans(part.starts, part.ends)
    first = np.searchsorted(segment.para, segment.docs[documents])
    paragraphs = segment.paragraph_index(part.starts) - first
    return segment.numbers[documents], raw_starts, raw_ends, part.kinds, paragraphs


def _contexts(part: Part, width: int) -> list[Context]:
    segment = part.segment
    documents = segment.document_index(part.starts)
    lefts = np.maximum(part.starts - width, segment.docs[documents])
    rights = np.minimum(part.ends + width, segment.docs[documents + 1].astype(np.int64) - 1)
    texts = segment.texts(lefts, rights)
    nodes = zip((part.starts - lefts).tolist(), (part.ends - lefts).tolist(), strict=True)
    return [Context(text[:start], text[start:end], text[end:]) for text, (start, end) in zip(texts, nodes, strict=True)]
