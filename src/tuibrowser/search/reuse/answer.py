"""Answer: the passages found, as a handle that stays where the text is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.index.arrays import expand
from tuibrowser.search.reuse.model import ReuseOrder, SharedPassage

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.model import Bound
    from tuibrowser.search.reuse.passages import Passages, Rows
    from tuibrowser.search.reuse.sides import Others, Side
    from tuibrowser.search.values import Missing

    Array = npt.NDArray[Any]


class LocalReuse:
    """Shared passages that are kept in this process, wherever their texts are; see `Reuse`."""

    def __init__(
        self,
        own: Side,
        other: Others,
        passages: Passages,
        rows: Rows,
        *,
        at_least: bool,
        bounds: tuple[Bound, ...],
        elapsed_ms: float,
        missing: tuple[Missing, ...] = (),
    ) -> None:
        self._own = own
        self._other = other
        self._passages = passages
        self._rows = rows
        self.at_least = at_least
        self.missing = missing
        self.bounds = bounds
        self.elapsed_ms = elapsed_ms
        self._matched = passages.matched()
        self._orders: dict[ReuseOrder, Array] = {ReuseOrder.TEXT: np.arange(len(rows))}

    def __len__(self) -> int:
        return len(self._rows)

    def total(self) -> int:
        """How many places have one of the passages, beside their own."""
        return len(self._rows.places)

    def rows(self, start: int, stop: int, order: ReuseOrder = ReuseOrder.TEXT) -> list[SharedPassage]:
        """The passages from one row up to another in an order."""
        chosen = self._ordered(order)[start:stop]
        passages = self._rows.passages.take(chosen)
        low, high = self._passages.bounds.take(passages), self._passages.bounds.take(passages + 1)
        runs = self._passages.runs.take(expand(low, high))
        bounds = np.cumsum([0, *(high - low).tolist()]).tolist()
        own = self._own.standings(runs.own, runs.own + runs.lengths, bounds)
        other = self._other.standings(runs.other, runs.other + runs.lengths, bounds)
        matched = self._matched.take(passages).tolist()
        also = self._also(chosen, self._passages.other.take(passages))
        return [
            SharedPassage(one, two, size, len(places) + 1, tuple(places))
            for one, two, size, places in zip(own, other, matched, also, strict=True)
        ]

    def _also(self, rows: Array, other: Array) -> list[list[tuple[int, int]]]:
        """The places of some rows beside those of their passages."""
        low, high = self._rows.bounds.take(rows), self._rows.bounds.take(rows + 1)
        ranks, whose = self._rows.places.take(expand(low, high)), np.repeat(np.arange(len(rows)), high - low)
        rest = ranks != other.take(whose)
        ranks, counts = ranks.compress(rest), np.bincount(whose[rest], minlength=len(rows))
        columns = self._other.numbers(ranks).tolist(), self._other.offsets(ranks).tolist()
        places = list(zip(*columns, strict=True))
        ends = np.cumsum(counts).tolist()
        return [places[end - count : end] for end, count in zip(ends, counts.tolist(), strict=True)]

    def _ordered(self, order: ReuseOrder) -> Array:
        if order not in self._orders:
            passages = self._rows.passages
            keys = -self._matched.take(passages) if order is ReuseOrder.LENGTH else self._documents(passages)
            self._orders[order] = np.argsort(keys, kind="stable")
        return self._orders[order]

    def _documents(self, passages: Array) -> Array:
        return self._other.numbers(self._passages.other.take(passages))
