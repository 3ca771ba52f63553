"""Answers: plan queries on several hosts, and remember what the last ones have found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.kept import Kept
from tuibrowser.host.stopping import StoppedError
from tuibrowser.search.cluster.query.foresight import Answering
from tuibrowser.search.cluster.query.held import HeldByHosts
from tuibrowser.search.cluster.query.pairs import PairsOfHosts
from tuibrowser.search.cluster.query.source import SourceOfHosts, answer_steps
from tuibrowser.search.model import Order, Scope
from tuibrowser.search.planning.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.search.cluster.asking.hosts import Hosts
    from tuibrowser.search.records import Records

    Array = npt.NDArray[Any]

_REMEMBERED: Final = 3
"""Answers that are remembered, for the marks in the text and for stepping through all matches."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The plan of a query, which says what is found, and what holds its matches."""

    plan: Plan
    held: HeldByHosts


class Answers:
    """The answers to queries on several hosts."""

    def __init__(self, hosts: Hosts, corpus: Corpus, records: Records) -> None:
        self._hosts = hosts
        self._corpus = corpus
        self._records = records
        self._pairs = PairsOfHosts(hosts)
        self._found: Kept[tuple[str, Scope], Answer] = Kept(_REMEMBERED)
        self._dated: Kept[int, tuple[str, Array]] = Kept(1)
        """The ranks of documents by date, and a name for them, by the version of the records."""

    def planned(self, query: str, scope: Scope, limit: int = 0, *, is_early: bool = False) -> Answer:
        """The answer to a query before it is looked for, whose first matches are shown, so many; 0 where none are."""
        parsed = self._records.parsed(query, scope)
        documents = self._records.chosen(scope, parsed.filters)
        name, ranks = self._ranks(scope.order)
        answering = Answering(answer_steps(scope.order, name, limit) if limit else (), is_early)
        held = HeldByHosts(self._hosts, parsed, documents.chosen, exact=scope.exact, answering=answering)
        if ranks is not None:
            held.know_ranks(name, ranks)
        return Answer(Plan(parsed, held, documents.notes, exact=scope.exact), held)

    def remember(self, query: str, scope: Scope, answer: Answer) -> Answer:
        """Keep an answer that was looked for to the end, and return it."""
        return self._found.put(_key(query, scope), answer)

    def found(self, query: str, scope: Scope, cancelled: Callable[[], bool]) -> Answer | None:
        """What is found of a query, looked for where it is not remembered; None where it was cancelled."""
        known = self._found.get(_key(query, scope))
        if known is not None and self._is_of_all(known):
            return known
        answer = self.planned(query, scope)
        try:
            with answer.held.while_wanted(cancelled):
                is_found = any(answer.plan.stages(cancelled))
        except StoppedError:
            return None
        return self.remember(query, scope, answer) if is_found else None

    def known_in(self, query: str, document: int) -> Answer | None:
        """What is remembered of a query that was searched in a scope with this document."""
        name = self._records.name_of(document)
        # An exact answer has only some of the kinds.
        for (text, scope), answer in sorted(self._found.items(), key=lambda kept: kept[0][1].exact):
            holds = scope.holds(document, name) and scope.layers is None
            if text == query and holds and not answer.plan.is_cut and self._is_of_all(answer):
                return answer
        return None

    def _is_of_all(self, answer: Answer) -> bool:
        """Whether an answer is that of the hosts which are there now."""
        return answer.held.asked == self._hosts.there

    def forget(self) -> None:
        """Remember no answer any longer."""
        self._found.clear()

    def source(self, held: HeldByHosts, order: Order) -> SourceOfHosts:
        """What is known of the matches of a query for ranking them in an order."""
        name, ranks = self._ranks(order)
        if ranks is not None:
            held.know_ranks(name, ranks)
        return SourceOfHosts(held, order, name, self._pairs.counts)

    def _ranks(self, order: Order) -> tuple[str, Array | None]:
        """The ranks of documents in an order, and a name for them; none where hosts know them by themselves."""
        if order is not Order.DATE:
            return "", None
        version = self._corpus.documents.version
        known = self._dated.get(version)
        if known is None:
            ranks = self._records.ranks(order, lambda: np.empty(0, np.int64))
            known = self._dated.put(version, (blake2b(ranks.tobytes(), digest_size=8).hexdigest(), ranks))
        return known


def _key(query: str, scope: Scope) -> tuple[str, Scope]:
    return query, replace(scope, order=Order.RELEVANCE)
