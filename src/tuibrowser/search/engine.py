"""Engine: search a corpus as far as it has been read, with better answers as the search goes on."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from functools import partial
from operator import is_not
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.kept import Kept
from tuibrowser.search.answering.cut_texts import LocalCutTexts
from tuibrowser.search.answering.excerpt import IndexedDocument, places_of
from tuibrowser.search.answering.hits import hits_of, spans_in_document
from tuibrowser.search.answering.matched import Matched
from tuibrowser.search.answering.matches import LocalMatches, Part, parts_of
from tuibrowser.search.answering.occurrences import LocalOccurrences
from tuibrowser.search.answering.rank import best
from tuibrowser.search.answering.whole import listing_of_groups
from tuibrowser.search.counting.extents import digests, significant
from tuibrowser.search.counting.once import KeptOnce
from tuibrowser.search.counting.tables import KeptUnits, LocalUnits, units_in
from tuibrowser.search.index.making.gather import LARGEST, SEALED, gather
from tuibrowser.search.index.making.merge import batches, in_order, merge
from tuibrowser.search.index.making.sorting import indexed
from tuibrowser.search.index.mapped import check
from tuibrowser.search.index.taken import index_text
from tuibrowser.search.index.words.keeper import WordKeeper
from tuibrowser.search.model import EVERY, Hit, Order, Scope, SearchResult
from tuibrowser.search.parallels.answer import rows_of
from tuibrowser.search.parallels.find import find
from tuibrowser.search.parallels.model import Parallels
from tuibrowser.search.parallels.passage import passage_of
from tuibrowser.search.parallels.seeds import inside, pairs_of
from tuibrowser.search.planning.holder import Holder
from tuibrowser.search.planning.plan import Plan
from tuibrowser.search.records import Records
from tuibrowser.search.reuse.among import reuse_among
from tuibrowser.search.reuse.find import reuse_of
from tuibrowser.search.reuse.model import RUN
from tuibrowser.search.values import Place, Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.loading.loaded import LoadedDocument
    from tuibrowser.corpus.model import Document, DocumentText, Layer
    from tuibrowser.search.answering.listing import Listing
    from tuibrowser.search.index.mapped import Mapped
    from tuibrowser.search.index.names import Names
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.index.taken import IndexText
    from tuibrowser.search.index.words.keeper import WordPlace
    from tuibrowser.search.matching.found import Found
    from tuibrowser.search.model import Bound, Excerpt, TitleMatch
    from tuibrowser.search.reuse.answer import LocalReuse
    from tuibrowser.search.values import Chosen

    Array = npt.NDArray[Any]

_REMEMBERED: Final = 3
"""Answers kept, for the marks in the text and for stepping through all matches."""

_TITLES: Final = 50
"""Titles that are found at most where no limit is named."""

_KEPT_DOCUMENTS: Final = 64
"""Documents of which the places of lines and edits are kept, for the excerpts of their hits."""


_EVERYWHERE: Final = Scope()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a search found that came to its end."""

    found: Sequence[tuple[Segment, Found]] = ()
    is_cut: bool = False
    is_nearest: bool = False
    at_least: bool = True
    bounds: tuple[Bound, ...] = ()
    notes: tuple[str, ...] = ()


def _never() -> bool:
    return False


def _ignore(*_: object) -> None:
    pass


class Engine:
    """The `Searcher` of this process: searches the documents added so far."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._lock = threading.Lock()
        self._segments: tuple[Segment, ...] = ()
        self._files: Sequence[Mapped] = ()
        self._gathered: list[Segment] = []
        """Segments without postings yet: sorting them can wait until someone searches, or all are there."""
        self._pending: list[IndexText] = []
        self._pending_size = 0
        self._indexed = 0
        self._whole = False
        self._answers: Kept[tuple[str, Scope, int], _Answer] = Kept(_REMEMBERED)
        self._matches: Kept[tuple[str, Scope, int], LocalMatches] = Kept(_REMEMBERED)
        self._units = KeptUnits()
        self._words = WordKeeper()
        self._once = KeptOnce()
        self._place: WordPlace | None = None
        """Where the segments are kept, if they are."""
        self._documents: Kept[int, IndexedDocument] = Kept(_KEPT_DOCUMENTS)
        self._records = Records(corpus, lambda: self._indexed, self.digests)

    def reach(self) -> Reach:
        """How much of the corpus a search looks at."""
        return Reach(self._indexed, len(self._corpus.documents), version=self._corpus.documents.version)

    def chosen(self, query: str, scope: Scope = _EVERYWHERE) -> Chosen:
        """The documents in scope, and the layers of them, that a query asks for beside its words."""
        return self._records.asked_for(query, scope)

    def significant(self, layers: frozenset[Layer]) -> Sequence[int]:
        """How many significant characters of some layers each document has, by its number; 0 for one not indexed."""
        counts = np.zeros(len(self._corpus.documents), np.int64)
        for segment in self._snapshot():
            counts[segment.numbers] = significant(segment, layers)
        every: list[int] = counts.tolist()
        return every

    def units(
        self,
        documents: Collection[int],
        size: int,
        layers: frozenset[Layer],
        *,
        exact: bool = False,
        once: bool = False,
    ) -> LocalUnits:
        """The units of so many characters, one or two, in some layers of some documents, by their numbers."""
        return self._units.of(self._text(documents, once=once), documents, size, layers, exact=exact)

    def _text(self, documents: Collection[int], *, once: bool) -> Sequence[Segment]:
        """The index, without the paragraphs that repeat one of some documents if each counts once."""
        segments = self._snapshot()
        return self._once.of(segments, documents).segments if once else segments

    def repeated(self, documents: Collection[int], layers: frozenset[Layer]) -> Sequence[int]:
        """How many significant characters of some layers stand in paragraphs of a document before, in each document."""
        text = self._once.of(self._snapshot(), documents)
        counts: list[int] = text.characters(layers, len(self._corpus.documents)).tolist()
        return counts

    def matches_of_unit(
        self,
        unit: str,
        documents: Collection[int],
        layers: frozenset[Layer],
        *,
        exact: bool = False,
        once: bool = False,
    ) -> LocalMatches:
        """All occurrences of a unit that `units` counts."""
        segments = self._text(documents, once=once)
        found = units_in(segments, documents, len(unit), layers, exact=exact).occurrences(unit)
        return LocalMatches([Part(*each) for each in found], at_least=not self._whole, layers=layers)

    @property
    def cut_texts(self) -> LocalCutTexts:
        """The texts cut into words."""
        return LocalCutTexts(self._words, self._snapshot(), self._whole, self._once)

    def digests(self) -> Sequence[str]:
        """A digest of the text of each document, by its number; empty where it is not indexed."""
        every = [""] * len(self._corpus.documents)
        for segment in self._snapshot():
            for number, digest in zip(segment.numbers.tolist(), digests(segment), strict=True):
                every[number] = digest
        return every

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The index of all documents added so far."""
        return self._snapshot()

    def add(self, loaded: Iterable[LoadedDocument]) -> None:
        """Make documents searchable."""
        with self._lock:
            for each in loaded:
                self._pending.append(index_text(each))
                self._pending_size += len(each.repaired)
                self._indexed += 1
                if self._pending_size >= SEALED:
                    self._seal()

    def complete(self) -> None:
        """Note that all documents have been added: put the index into its final form."""
        with self._lock:
            self._seal()
            parts = sorted((*self._segments, *self._gathered), key=_first_number)
        self.adopt(tuple(merge(batch) for batch in batches(in_order(parts), LARGEST)))

    def extend(self, segment: Segment) -> None:
        """Search a segment that is ready as well; there is more to come."""
        with self._lock:
            self._segments = (*self._segments, segment)
            self._indexed += len(segment.numbers)

    def adopt(
        self,
        segments: Sequence[Segment],
        *,
        whole: bool = True,
        files: Sequence[Mapped] = (),
        names: Names | None = None,
        words: WordPlace | None = None,
    ) -> None:
        """Search these instead of what was added before; `whole` says that there is no more to come.

        `names` are those of all documents, where they are known already. `files` are those that the segments are mapped
        from; a search raises CutShortError where one was cut short. `words` is where their words may be kept.
        """
        if names is not None:
            self._records.names.adopt(names)
        with self._lock:
            self._files = files
            self._words.adopt(words)
            self._place = words
            self._segments, self._gathered = tuple(segments), []
            self._pending, self._pending_size = [], 0
            self._indexed = sum(len(segment.numbers) for segment in segments)
            self._whole = whole
            self._answers.clear()
            self._matches.clear()
            self._documents.clear()

    def search(
        self,
        query: str,
        scope: Scope = _EVERYWHERE,
        limit: int = 100,
        cancelled: Callable[[], bool] = _never,
        *,
        final_only: bool = False,
    ) -> Iterator[SearchResult]:
        """The answer to a query, each one better than the one before, the last one final.

        Nothing more comes once `cancelled` says so; nothing but the last one where it is `final_only`.
        """
        began = perf_counter()
        plan, holder = self._planned(query, scope)
        shown: list[Found] | None = None
        hits: tuple[Hit, ...] = ()
        for final in plan.stages(cancelled):
            if final_only and not final:
                continue
            found = [each for _, each in holder.found]
            if shown is None or len(found) != len(shown) or any(map(is_not, found, shown)):
                source = self._source(holder.found, scope.order, holder.segments)
                hits, shown = hits_of(source, best(source, limit)), found
            if final:
                self._remember(query, scope, plan, holder)
            yield SearchResult(
                query,
                hits,
                plan.totals(),
                plan.at_least or not self._whole,
                plan.documents(),
                (perf_counter() - began) * 1000,
                plan.notes,
                final,
                plan.bounds,
                plan.in_furniture,
            )

    def occurrences(
        self, query: str, scope: Scope = _EVERYWHERE, cancelled: Callable[[], bool] = _never
    ) -> LocalOccurrences:
        """Every match of a query in reading order; none where it was cancelled."""
        return LocalOccurrences(self._answer(query, scope, cancelled).found)

    def listing(self, query: str, scope: Scope = _EVERYWHERE, cancelled: Callable[[], bool] = _never) -> Listing:
        """All hits of a query as a list shows them; none where it was cancelled."""
        found = self._answer(query, scope, cancelled).found
        source = self._source(found, scope.order, self._snapshot())
        return listing_of_groups(source, best(source, EVERY), matches_by_document(found, len(self._corpus.documents)))

    def matches(self, query: str, scope: Scope = _EVERYWHERE, cancelled: Callable[[], bool] = _never) -> LocalMatches:
        """All matches of a query, to be counted; at least none where it was cancelled."""
        with self._lock:
            known = self._matches.get(self._key(query, scope))
        if known is not None:
            return known
        answer = self._answer(query, scope, cancelled)
        found = () if answer.is_nearest else answer.found
        at_least = answer.at_least or not self._whole
        layers = self._records.parsed(query, scope).layers
        matches = LocalMatches(parts_of(found), at_least, answer.bounds, answer.notes, layers, self.cut_texts.views)
        if scope.once:
            matches = self.once(matches, self.chosen(query, scope).documents)
        with self._lock:
            return matches if cancelled() else self._matches.put(self._key(query, scope), matches)

    def once(self, matches: LocalMatches, documents: Collection[int]) -> LocalMatches:
        """Those of some matches that stand in no paragraph which repeats one of some documents."""
        text = self._once.of(self._snapshot(), documents)
        return matches.once(text, partial(self.cut_texts.views_of, text))

    @property
    def kept_once(self) -> KeptOnce:
        """The texts without what repeats in them."""
        return self._once

    def parallels(
        self,
        text: str,
        scope: Scope = _EVERYWHERE,
        limit: int = 100,
        cancelled: Callable[[], bool] = _never,
    ) -> Parallels:
        """The passages that quote, repeat or share most of a text, the best first."""
        began = perf_counter()
        segments = self._snapshot()
        documents = self._records.chosen(scope, ())
        passage = passage_of(text)
        pairs = pairs_of(passage, segments)
        found = find(passage, pairs, segments, partial(inside, documents.chosen), cancelled)
        rows, total = rows_of(passage, found.places, segments, limit)
        at_least = bool(found.bounds) or not self._whole or cancelled()
        return Parallels(rows, total, at_least, found.bounds, (perf_counter() - began) * 1000)

    def reuse(
        self,
        asked: int | str,
        scope: Scope = _EVERYWHERE,
        minimum: int = RUN,
        cancelled: Callable[[], bool] = _never,
    ) -> LocalReuse:
        """The passages that a document, by its number, or a text shares with other documents of a scope."""
        chosen = self._records.chosen(scope, ()).chosen
        return reuse_of(asked, self._snapshot(), chosen, minimum, cancelled, is_whole=self._whole)

    def reuse_among(
        self,
        scope: Scope = _EVERYWHERE,
        minimum: int = RUN,
        progress: Callable[[int, int], object] = _ignore,
        cancelled: Callable[[], bool] = _never,
    ) -> LocalReuse | None:
        """The passages that the documents of a scope share with one another; None where it was cancelled."""
        chosen, segments = self._records.chosen(scope, ()).chosen, self._snapshot()
        place = self._place if self._whole else None
        return reuse_among(segments, chosen, minimum, progress, cancelled, place=place, is_whole=self._whole)

    def excerpts(self, hits: Sequence[Hit]) -> list[Excerpt | None]:
        """The text around hits and their lines, without their files; None where a document is not indexed."""
        held = [(self._document(hit.document), hit) for hit in hits]
        return [None if document is None else document.excerpt(hit.paragraph, hit.spans) for document, hit in held]

    def around(self, document: int, raw_span: tuple[int, int]) -> Excerpt | None:
        """The text around a span of a document's raw text; None where the document is not indexed."""
        held = self._document(document)
        return None if held is None else held.around(raw_span)

    def places(self, spans: Sequence[tuple[int, int, int]]) -> list[Place | None]:
        """Where spans begin, each a document and a start and an end in its raw text; None for one not indexed."""
        return places_of(spans, self._document)

    def holds(self, document: int, fingerprint: str) -> bool:
        """Whether the text of a document that is searched has this fingerprint; one not indexed yet will have it."""
        held = self._document(document)
        return held is None or held.fingerprint == fingerprint

    def line_of(self, document: int, raw_offset: int) -> int | None:
        """The line, from 1, at an offset into a document's raw text; None where the document is not indexed."""
        held = self._document(document)
        return None if held is None else held.line_of(raw_offset)

    def _document(self, number: int) -> IndexedDocument | None:
        with self._lock:
            if (known := self._documents.get(number)) is not None:
                return known
            for segment in self._segments:
                at = int(np.searchsorted(segment.numbers, number))
                if at < len(segment.numbers) and segment.numbers[at] == number:
                    return self._documents.put(number, IndexedDocument(segment, at))
        return None

    def documents(self, first: int, last: int) -> Sequence[Document]:
        """The catalogue records from one number up to another, that one not included."""
        return self._corpus.documents[first:last]

    def titles(self, query: str, limit: int = _TITLES) -> list[TitleMatch]:
        """The titles and headings that match best, best first."""
        return self._records.titles.find(query, limit)

    def text(self, document: int) -> DocumentText:
        """The texts of a document. Raises CorpusError where its file is gone."""
        return self._corpus.text(document)

    def spans_in(self, query: str, document: int) -> list[tuple[int, int]]:
        """The spans, in code points of the raw text, of all matches in a document, sorted."""
        known = self.known_spans_in(query, document)
        if known is not None:
            return known
        return spans_in_document(self._answer(query, Scope(document=document), _never).found, document)

    def known_spans_in(self, query: str, document: int) -> list[tuple[int, int]] | None:
        """The same, at once, where a search for the query has come to its end lately; else None."""
        answer = self._known(query, document)
        return None if answer is None else spans_in_document(answer.found, document)

    def _answer(self, query: str, scope: Scope, cancelled: Callable[[], bool]) -> _Answer:
        """What is found of a query, looked for where it is not remembered; nothing where it was cancelled."""
        with self._lock:
            known = self._answers.get(self._key(query, scope))
        if known is not None:
            return known
        plan, holder = self._planned(query, scope)
        return self._remember(query, scope, plan, holder) if any(plan.stages(cancelled)) else _Answer()

    def _known(self, query: str, document: int) -> _Answer | None:
        """What is remembered of a query that was searched in a scope with this document."""
        name = self._records.name_of(document)
        with self._lock:
            # An exact answer has only some of the kinds.
            for (text, scope, indexed), answer in sorted(self._answers.items(), key=lambda kept: kept[0][1].exact):
                holds = scope.holds(document, name) and scope.layers is None
                if text == query and indexed == self._indexed and holds and not answer.is_cut:
                    return answer
        return None

    def _key(self, query: str, scope: Scope) -> tuple[str, Scope, int]:
        return query, replace(scope, order=Order.RELEVANCE), self._indexed

    def _remember(self, query: str, scope: Scope, plan: Plan, holder: Holder) -> _Answer:
        found, at_least = tuple(holder.found), plan.at_least or plan.is_filled
        answer = _Answer(found, plan.is_cut, plan.is_nearest, at_least, plan.count_bounds, plan.notes)
        with self._lock:
            return self._answers.put(self._key(query, scope), answer)

    def _planned(self, query: str, scope: Scope) -> tuple[Plan, Holder]:
        parsed = self._records.parsed(query, scope)
        segments = self._snapshot()
        documents = self._records.chosen(scope, parsed.filters)
        holder = Holder(segments, documents, parsed)
        return Plan(parsed, holder, documents.notes, exact=scope.exact), holder

    def _snapshot(self) -> tuple[Segment, ...]:
        check(self._files)
        with self._lock:
            self._seal()
            if self._gathered:
                self._segments = (*self._segments, *map(indexed, self._gathered))
                self._gathered = []
            return self._segments

    def _seal(self) -> None:
        if self._pending:
            self._gathered.append(gather(sorted(self._pending, key=lambda text: text.number)))
            self._pending, self._pending_size = [], 0

    def _source(self, found: Sequence[tuple[Segment, Found]], order: Order, segments: Sequence[Segment]) -> Matched:
        """The source of the first matches in an order."""
        if order == Order.RELEVANCE:
            return Matched(found, segments)
        counts = partial(matches_by_document, found, len(self._corpus.documents))
        return Matched(found, segments, self._records.ranks(order, counts))


def matches_by_document(found: Sequence[tuple[Segment, Found]], documents: int) -> Array:
    """int64: how many matches each document has, by its number."""
    counts = np.zeros(documents, np.int64)
    for segment, matches in found:
        bounds = np.searchsorted(np.sort(matches.starts), segment.docs)
        counts[segment.numbers] += np.diff(bounds)
    return counts


def _first_number(segment: Segment) -> int:
    return int(segment.numbers[0])
