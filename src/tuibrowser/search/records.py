"""Records: what queries ask of the documents of a corpus beside their texts: conditions, titles, dates, order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.corpus.chronology import chronological
from tuibrowser.search.known_names import KnownNames
from tuibrowser.search.model import Order
from tuibrowser.search.planning.scope import choose, fields_of, once
from tuibrowser.search.query import READ_LAYERS, may_name_fields, parse
from tuibrowser.search.titles import TitleFinder
from tuibrowser.search.values import Chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.search.model import Scope
    from tuibrowser.search.planning.scope import Chosen as ChosenDocuments
    from tuibrowser.search.query import Filter, Query

    Array = npt.NDArray[Any]
    Digests = Callable[[], Sequence[str]]


class Records:
    """The records of a corpus as far as it has been read, of which so many are searched (`indexed`)."""

    def __init__(self, corpus: Corpus, indexed: Callable[[], int], digests: Digests) -> None:
        self.names = KnownNames(corpus)
        self.titles = TitleFinder(corpus, self.names)
        self._corpus = corpus
        self._documents = corpus.documents
        self._indexed = indexed
        self._digests = digests
        self._named_fields: tuple[int, dict[bytes, str]] = 0, {}
        """The fields of documents, when so many were searchable."""

    def name_of(self, document: int) -> str:
        """The name of a document, empty where there is none of that number."""
        return self._documents[document].name if document < len(self._documents) else ""

    def parsed(self, query: str, scope: Scope | None = None) -> Query:
        """A query taken apart, whose layers are those of the scope unless it names some."""
        parsed = parse(query, self._fields() if may_name_fields(query) else None)
        if scope is None or scope.layers is None or parsed.layers != READ_LAYERS:
            return parsed
        return replace(parsed, layers=scope.layers)

    def chosen(self, scope: Scope, filters: Sequence[Filter]) -> ChosenDocuments:
        """The documents of a scope that meet all conditions, without repeats if the scope has each text once."""
        chosen = choose(self._corpus, self.names.current, scope, filters)
        return once(chosen, self._digests()) if scope.once else chosen

    def asked_for(self, query: str, scope: Scope) -> Chosen:
        """What a query asks for beside its words."""
        parsed = self.parsed(query)
        documents = self.chosen(scope, parsed.filters)
        every = np.arange(len(self._documents))
        numbers: list[int] = (every if documents.chosen is None else np.flatnonzero(documents.chosen)).tolist()
        conditions = frozenset(condition.name for condition in parsed.filters)
        notes, literal = (*parsed.notes, *documents.notes), sum(word.literal for word in parsed.words)
        return Chosen(numbers, parsed.layers, len(parsed.words), notes, conditions, literal)

    def ranks(self, order: Order, counts: Callable[[], Array]) -> Array:
        """The rank of each document in an order, the undated last; `counts` are the matches of each."""
        keys: list[str] | Array
        if order == Order.DATE:
            names = self.names.current()
            dates = [chronological(delivered or published or "~") for delivered, published in names.dates]
            keys = [dates[date] for date in names.date.tolist()]
        elif order == Order.HITS:
            keys = -counts()
        else:
            return np.arange(len(self._documents))
        ranks = np.empty(len(self._documents), np.int64)
        ranks[sorted(range(len(ranks)), key=keys.__getitem__)] = np.arange(len(ranks))
        return ranks

    def _fields(self) -> dict[bytes, str]:
        """The fields that conditions may name, as far as documents have been read."""
        indexed, fields = self._named_fields
        if indexed != self._indexed():
            self._named_fields = indexed, fields = self._indexed(), fields_of(self.names.current().fields)
        return fields
