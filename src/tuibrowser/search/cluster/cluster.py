"""Cluster: search a corpus whose segments are held by several hosts; the plan of a query is made here, from sums."""

from __future__ import annotations

from dataclasses import replace
from itertools import starmap
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.stopping import StoppedError
from tuibrowser.language.i18n import plain
from tuibrowser.search.answering.hits import hits_of
from tuibrowser.search.answering.listing import listing_of_hits
from tuibrowser.search.answering.rank import best
from tuibrowser.search.answering.whole import listing_of_groups
from tuibrowser.search.cluster.asking.hosts import AbsentError, Hosts, LostError
from tuibrowser.search.cluster.asking.owners import Owners
from tuibrowser.search.cluster.figures.lexicon import Lexicon
from tuibrowser.search.cluster.figures.matches import MatchesOfHosts, matches_of_unit
from tuibrowser.search.cluster.figures.units import UnitsOfHosts
from tuibrowser.search.cluster.host.recipes import once_in
from tuibrowser.search.cluster.query.among import reuse_among
from tuibrowser.search.cluster.query.answers import Answers
from tuibrowser.search.cluster.query.held import HeldByHosts
from tuibrowser.search.cluster.query.occurrences import OccurrencesOfHosts
from tuibrowser.search.cluster.query.parallels import look, rows_of
from tuibrowser.search.cluster.query.reuse import reuse_of
from tuibrowser.search.counting.once import repeating
from tuibrowser.search.model import EVERY, Scope, SearchResult
from tuibrowser.search.parallels.model import Parallels
from tuibrowser.search.query import Query
from tuibrowser.search.records import Records
from tuibrowser.search.reuse.model import RUN
from tuibrowser.search.values import Chosen, HostState, Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.model import Document, DocumentText, Layer
    from tuibrowser.search.answering.listing import Listing
    from tuibrowser.search.cluster.asking.transport import Transport
    from tuibrowser.search.cluster.figures.words import CutTextsOfHosts
    from tuibrowser.search.index.names import Names
    from tuibrowser.search.model import Excerpt, Hit, TitleMatch
    from tuibrowser.search.reuse.answer import LocalReuse
    from tuibrowser.search.values import Place

    Array = npt.NDArray[Any]

_EVERYWHERE: Final = Scope()
_TRIES: Final = 3
"""Times a question is asked, of those hosts that are then there."""
_TITLES: Final = 50

_Value = TypeVar("_Value")


def _never() -> bool:
    return False


def _ignore(*_: object) -> None:
    pass


class Cluster:
    """The `Searcher` of a corpus whose segments several hosts hold; the records of the corpus are here."""

    def __init__(
        self,
        corpus: Corpus,
        transport: Transport,
        numbers: Sequence[int],
        generation: str = "",
        names: Names | None = None,
        sizes: Mapping[int, int] | None = None,
    ) -> None:
        """`numbers` are those of the shards, `sizes` their characters where these are known already.

        `names` are those of all documents, where they are known already.
        """
        self._corpus = corpus
        self._hosts = Hosts(transport, numbers, generation, sizes or {})
        self._hosts.learn()
        self._records = Records(corpus, lambda: len(corpus.documents), self.digests)
        if names is not None:
            self._records.names.adopt(names)
        self._answers = Answers(self._hosts, corpus, self._records)
        self._owners = Owners(self._hosts, self._again)
        self._lexicon = Lexicon(self._hosts, self._again)

    # What is searched

    def reach(self) -> Reach:
        """How much of the corpus a search looks at."""
        hosts, documents = self._hosts, self._corpus.documents
        there = np.isin(hosts.owners, hosts.look())
        version = documents.version + hosts.version
        states = tuple(starmap(HostState, hosts.transport.hosts().items()))
        return Reach(int(there.sum()), len(documents), hosts.parts(), version, states)

    def chosen(self, query: str, scope: Scope = _EVERYWHERE) -> Chosen:
        """The documents in scope, and the layers of them, that a query asks for beside its words."""
        return self._records.asked_for(query, scope)

    def documents(self, first: int, last: int) -> Sequence[Document]:
        """The catalogue records from one number up to another, that one not included."""
        return self._corpus.documents[first:last]

    def titles(self, query: str, limit: int = _TITLES) -> list[TitleMatch]:
        """The titles and headings that match best, best first."""
        return self._records.titles.find(query, limit)

    def text(self, document: int) -> DocumentText:
        """The texts of a document. Raises CorpusError where its file is gone."""
        return self._corpus.text(document)

    # Searching

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

        Where a host is lost the search begins again without it, and nothing that was given comes twice.
        """
        began, given = perf_counter(), 0
        for left in range(_TRIES - 1, -1, -1):
            try:
                for at, result in enumerate(self._results(query, scope, limit, cancelled, final_only=final_only)):
                    if result.final or at >= given:
                        yield replace(result, elapsed_ms=(perf_counter() - began) * 1000)
                        given = at + 1
            except LostError:
                self._learn(left)
            except StoppedError:
                return
            else:
                return

    def _results(
        self, query: str, scope: Scope, limit: int, cancelled: Callable[[], bool], *, final_only: bool
    ) -> Iterator[SearchResult]:
        answer = self._answers.planned(query, scope, limit, is_early=not final_only)
        plan, held = answer.plan, answer.held
        with held.while_wanted(cancelled):
            for final in plan.stages(cancelled):
                if final_only and not final:
                    continue
                totals, documents = plan.totals(), plan.documents()
                source = self._answers.source(held, scope.order)
                hits = hits_of(source, best(source, limit))
                if final:
                    self._answers.remember(query, scope, answer)
                yield SearchResult(
                    query,
                    hits,
                    totals,
                    plan.at_least or held.is_partial,
                    documents,
                    notes=plan.notes,
                    final=final,
                    bounds=plan.bounds,
                    in_furniture=plan.in_furniture,
                    missing=held.missing,
                )

    def _by_document(self, held: HeldByHosts) -> Array:
        """int64: how many matches each document has, by its number."""
        counts = np.zeros(len(self._corpus.documents), np.int64)
        for numbers, each in held.tell_all("by_document").values():
            counts[numbers] += each
        return counts

    def _again(self, work: Callable[[], _Value]) -> _Value:
        """Do something, and again where a host is lost. Raise CorpusError where no host is left."""
        for left in range(_TRIES - 1, -1, -1):
            try:
                return work()
            except LostError:
                self._learn(left)
        raise AssertionError

    def _learn(self, left: int) -> None:
        """Look which hosts are there now, so that something can be tried once more."""
        if not left:
            raise CorpusError(plain("no host of the corpus answers"))
        self._answers.forget()
        self._hosts.learn()

    # All matches

    def occurrences(
        self, query: str, scope: Scope = _EVERYWHERE, cancelled: Callable[[], bool] = _never
    ) -> OccurrencesOfHosts:
        """Every match of a query in reading order; none where it was cancelled."""

        def work() -> OccurrencesOfHosts:
            answer = self._answers.found(query, scope, cancelled)
            held = HeldByHosts(self._hosts, self._records.parsed(query, scope), None) if answer is None else answer.held
            return OccurrencesOfHosts(held.tell, held.asked, self._owners.owner)

        return self._again(work)

    def listing(self, query: str, scope: Scope = _EVERYWHERE, cancelled: Callable[[], bool] = _never) -> Listing:
        """All hits of a query as a list shows them; none where it was cancelled."""

        def work() -> Listing:
            if (answer := self._answers.found(query, scope, cancelled)) is None:
                return listing_of_hits([])
            source = self._answers.source(answer.held, scope.order)
            return listing_of_groups(source, best(source, EVERY), self._by_document(answer.held))

        return self._again(work)

    def matches(self, query: str, scope: Scope = _EVERYWHERE, cancelled: Callable[[], bool] = _never) -> MatchesOfHosts:
        """All matches of a query, to be counted; at least none where it was cancelled."""

        def work() -> MatchesOfHosts:
            answer = self._answers.found(query, scope, cancelled)
            if answer is None:
                return MatchesOfHosts(self._hosts, None, (), {}, at_least=True)
            plan, held = answer.plan, answer.held
            once = self._hosts.held(self.chosen(query, scope).documents, held.asked) if scope.once else None
            first: tuple[Any, ...] = () if once is None else (once_in(once),)
            steps = {} if plan.is_nearest else dict.fromkeys(held.asked, first)
            at_least = plan.at_least or plan.is_filled or held.is_partial
            return MatchesOfHosts(
                self._hosts, held, (), steps, at_least, plan.count_bounds, plan.notes, self._lexicon.vocabulary, once
            )

        return self._again(work)

    def parallels(
        self,
        text: str,
        scope: Scope = _EVERYWHERE,
        limit: int = 100,
        cancelled: Callable[[], bool] = _never,
    ) -> Parallels:
        """The passages that quote, repeat or share most of a text, the best first."""
        began = perf_counter()

        def work() -> Parallels:
            held = HeldByHosts(self._hosts, Query(text), self._records.chosen(scope, ()).chosen)
            bounds = look(held, text, cancelled)
            rows, total = ((), 0) if bounds is None else rows_of(held, limit)
            at_least = bool(bounds) or held.is_partial or cancelled()
            return Parallels(rows, total, at_least, bounds or (), (perf_counter() - began) * 1000)

        return self._again(work)

    def reuse(
        self,
        asked: int | str,
        scope: Scope = _EVERYWHERE,
        minimum: int = RUN,
        cancelled: Callable[[], bool] = _never,
    ) -> LocalReuse:
        """The passages that a document, by its number, or a text shares with other documents of a scope."""
        chosen = self._records.chosen(scope, ()).chosen
        return self._again(lambda: reuse_of(self._hosts, asked, chosen, minimum, cancelled))

    def reuse_among(
        self,
        scope: Scope = _EVERYWHERE,
        minimum: int = RUN,
        progress: Callable[[int, int], object] = _ignore,
        cancelled: Callable[[], bool] = _never,
    ) -> LocalReuse | None:
        """The passages that the documents of a scope share with one another; None where it was cancelled."""
        chosen = self._records.chosen(scope, ()).chosen
        return self._again(lambda: reuse_among(self._hosts, chosen, minimum, progress, cancelled))

    def spans_in(self, query: str, document: int) -> list[tuple[int, int]]:
        """The spans, in code points of the raw text, of all matches in a document, sorted."""

        def work() -> list[tuple[int, int]]:
            known = self._answers.known_in(query, document)
            known = known or self._answers.found(query, Scope(document=document), _never)
            return [] if known is None else self._spans(known.held, document)

        return self._again(work)

    def known_spans_in(self, query: str, document: int) -> list[tuple[int, int]] | None:
        """The same, at once, where a search for the query has come to its end lately; else None."""
        known = self._answers.known_in(query, document)
        if known is None or self._owners.lacks(document, known.held.asked):
            return None
        return self._again(lambda: self._spans(known.held, document))

    def _spans(self, held: HeldByHosts, document: int) -> list[tuple[int, int]]:
        """The spans of what is held. Raise CorpusError where the host of the document does not answer."""
        if self._owners.lacks(document, held.asked):
            raise AbsentError
        owner = self._owners.owner(document)
        if owner not in held.asked:
            return []
        spans: list[tuple[int, int]] = held.tell("spans_in", {owner: {"document": document}})[owner]
        return spans

    # The text around

    def excerpts(self, hits: Sequence[Hit]) -> list[Excerpt | None]:
        """The text around hits and their lines, without their files; None where a document is not indexed."""
        return self._owners.of_each("excerpts", "hits", hits, [hit.document for hit in hits])

    def places(self, spans: Sequence[tuple[int, int, int]]) -> list[Place | None]:
        """Where spans begin, each a document and a start and an end in its raw text; None for one not indexed."""
        return self._owners.of_each("places", "spans", spans, [document for document, *_ in spans])

    def around(self, document: int, raw_span: tuple[int, int]) -> Excerpt | None:
        """The text around a span of a document's raw text; None where the document is not indexed."""
        found: Excerpt | None = self._owners.of_one("around", None, document=document, raw_span=raw_span)
        return found

    def holds(self, document: int, fingerprint: str) -> bool:
        """Whether the text of a document that is searched has this fingerprint; one not indexed yet will have it."""
        return bool(self._owners.of_one("holds", True, document=document, fingerprint=fingerprint))

    def line_of(self, document: int, raw_offset: int) -> int | None:
        """The line, from 1, at an offset into a document's raw text; None where the document is not indexed."""
        found: int | None = self._owners.of_one("line_of", None, document=document, raw_offset=raw_offset)
        return found

    # Figures

    def significant(self, layers: frozenset[Layer]) -> Sequence[int]:
        """How many significant characters of some layers each document has, by its number; 0 for one not indexed."""
        answers = self._again(lambda: self._hosts.all("kept.significant", None, {"layers": layers}).values())
        return [sum(counts) for counts in zip(*answers, strict=True)]

    def digests(self) -> Sequence[str]:
        """A digest of the text of each document, by its number; empty where it is not indexed."""
        answers = self._again(lambda: self._hosts.all("kept.digests", None, {}).values())
        return [max(digests) for digests in zip(*answers, strict=True)]

    def repeated(self, documents: Collection[int], layers: frozenset[Layer]) -> Sequence[int]:
        """How many significant characters of some layers stand in paragraphs of a document before, in each document."""
        arguments = {"documents": documents, "layers": layers}
        answers = self._again(lambda: self._hosts.all("kept.prints", None, arguments).values())
        prints, numbers, characters = (np.concatenate(column) for column in zip(*answers, strict=True))
        later = repeating(prints, numbers)
        total = len(self._corpus.documents)
        counts: list[int] = np.bincount(numbers.take(later), characters.take(later), total).astype(np.int64).tolist()
        return counts

    def units(
        self,
        documents: Collection[int],
        size: int,
        layers: frozenset[Layer],
        *,
        exact: bool = False,
        once: bool = False,
    ) -> UnitsOfHosts:
        """The units of so many characters, one or two, in some layers of some documents, by their numbers."""
        there = self._hosts.there
        held = self._hosts.held(documents, there)
        arguments = {"documents": held, "size": size, "layers": layers, "exact": exact, "once": once}
        return UnitsOfHosts(self._hosts, there, arguments)

    def matches_of_unit(
        self,
        unit: str,
        documents: Collection[int],
        layers: frozenset[Layer],
        *,
        exact: bool = False,
        once: bool = False,
    ) -> MatchesOfHosts:
        """All occurrences of a unit that `units` counts."""
        arguments = {"unit": unit, "documents": documents, "layers": layers, "exact": exact, "once": once}
        return matches_of_unit(self._hosts, arguments)

    @property
    def cut_texts(self) -> CutTextsOfHosts:
        """The texts cut into words."""
        return self._lexicon.cut_texts()
