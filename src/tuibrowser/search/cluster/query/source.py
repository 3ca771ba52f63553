"""Source: the matches of a query on several hosts, of which the first are shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.answering.bonds import bound_by
from tuibrowser.search.answering.rank import matches_for
from tuibrowser.search.answering.rows import Rows, names, none, places
from tuibrowser.search.answering.source import MOST_COMPARED, Located, weighed
from tuibrowser.search.cluster.host.steps import Step
from tuibrowser.search.cluster.query.told import ToldByHosts
from tuibrowser.search.index.arrays import among
from tuibrowser.search.model import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy.typing as npt

    from tuibrowser.search.cluster.host.session import FirstRows
    from tuibrowser.search.cluster.query.held import HeldByHosts
    from tuibrowser.search.model import HitKind

    Array = npt.NDArray[Any]

_LISTS: Final = 1 << 16
"""Lists of matches of a host at most: a list goes by its number there and this many times the host's."""


def answer_steps(order: Order, ranks: str, limit: int) -> tuple[Step, ...]:
    """The steps that give an answer with so many hits; `ranks` are the name of those of the order, if it has any."""
    first = Step("first", {"order": order, "ranks": ranks, "wanted": matches_for(limit)})
    return (Step("totals", {}), Step("documents", {}), first)


class SourceOfHosts:
    """The `Source` of several hosts."""

    def __init__(self, held: HeldByHosts, order: Order, ranks: str, pairs: Callable[[Array, Array], Array]) -> None:
        self._held = held
        self._order = order
        self._ranks = ranks
        self._pairs = pairs
        self.total = held.total
        self.kinds: dict[int, HitKind] = {}
        self._repeats = self.total <= MOST_COMPARED
        self._told: ToldByHosts | None = None

    # The first

    def first(self, wanted: int) -> Rows:
        """The first matches, so many, in order."""
        question = {"order": self._order, "ranks": self._ranks, "wanted": wanted}
        answers: dict[int, FirstRows] = {
            host: answer for host, answer in self._held.ask("first", **question).items() if answer is not None
        }
        rows, lefts, rights = [], [], []
        self._told = ToldByHosts() if all(answer.told is not None for answer in answers.values()) else None
        for host, answer in answers.items():
            rows.append(self._moved(answer.rows, host))
            if self._told is not None and answer.told is not None:
                self._told.add_first(rows[-1], self._moved(answer.told.mates, host), answer.told)
            lefts.append(answer.lefts.reshape(2, -1))
            rights.append(answer.rights.reshape(2, -1))
            self.kinds.update({host * _LISTS + at: kind for at, kind in enumerate(answer.kinds)})
        every = _joined(rows)
        order = np.lexsort((every.starts, every.numbers, every.first))[:wanted]
        if self._order is not Order.RELEVANCE:
            return every.rows(order)
        edges = [np.concatenate(each, axis=1).take(order, axis=1) for each in (lefts, rights)]

        def are_bound(some: Rows) -> Array:
            first, second = (each[:, : len(some)].ravel() for each in edges)
            return bound_by(self._pairs(first, second), first, second)

        return weighed(every.rows(order), are_bound, self.kinds)

    # The same

    def like(self, seeds: Rows, new: Rows, known: Array) -> Rows:
        """Matches that may be the same as some."""
        if self._told is None:
            return self._asked_alike(seeds, new, known)
        if self._repeats and len(new):
            self._asked_alike(seeds.rows(slice(0)), new, known)
        rows = self._told.rows
        return rows.rows(~among(rows.names(), known))

    def _asked_alike(self, seeds: Rows, new: Rows, known: Array) -> Rows:
        """What hosts tell of matches that may be the same as some."""
        around = self._surroundings(new) if self._repeats else None
        known_lists, known_at = places(known)
        asked = self._held.asked if around is not None else sorted({host for host, _ in _by_host(seeds.whose)})
        questions = {}
        for host in asked:
            seeded, fresh, held = (each // _LISTS == host for each in (seeds.whose, new.whose, known_lists))
            questions[host] = {
                "seeds": (seeds.whose[seeded] % _LISTS, seeds.starts[seeded]),
                "new": new.whose[fresh] % _LISTS,
                "around": around,
                "known": (known_lists[held] % _LISTS, known_at[held]),
            }
        found = []
        for host, answer in self._held.tell_of_first("like", questions).items():
            found.append(self._moved(answer.rows, host))
            if self._told is not None:
                self._told.add(found[-1], answer.offsets)
        return _joined(found)

    def _moved(self, rows: Rows, host: int) -> Rows:
        """Rows whose lists go by a number among all hosts; of very many matches no passages are compared."""
        prints = rows.prints if self._repeats else rows.prints[:, :1]
        return replace(rows, whose=rows.whose + host * _LISTS, prints=prints)

    def _surroundings(self, rows: Rows) -> list[Array]:
        """What stands around some matches."""
        if not len(rows):
            return [np.empty(0, np.uint64)] * _SURROUNDINGS
        if self._told is not None and (known := self._told.around(rows.names())) is not None:
            return known
        questions = {
            host: {"whose": rows.whose[here] % _LISTS, "at": rows.at[here]} for host, here in _by_host(rows.whose)
        }
        answers = self._held.tell_of_first("surroundings", questions).values()
        return [np.concatenate(columns) for columns in zip(*answers, strict=True)]

    # In the raw texts

    def located(self, rows: Rows) -> Located:
        """Where some matches stand in the raw texts."""
        if self._told is not None and (known := self._told.located(rows.names())) is not None:
            return known
        paragraphs, spans = [0] * len(rows), [()] * len(rows)
        by_host = dict(_by_host(rows.whose))
        questions = {host: {"whose": rows.whose[here] % _LISTS, "at": rows.at[here]} for host, here in by_host.items()}
        for host, answer in self._held.tell_of_first("located", questions).items():
            for row, paragraph, each in zip(by_host[host].tolist(), answer.paragraphs, answer.spans, strict=True):
                paragraphs[row], spans[row] = paragraph, each
        return Located(paragraphs, spans)

    def offsets(self, whose: Array, starts: Array) -> Array:
        """int64: where matches begin in the raw texts."""
        if self._told is not None and (known := self._told.offsets(names(whose, starts))) is not None:
            return known
        found = np.empty(len(whose), np.int64)
        by_host = dict(_by_host(whose))
        questions = {host: {"whose": whose[here] % _LISTS, "starts": starts[here]} for host, here in by_host.items()}
        for host, answer in self._held.tell_of_first("offsets", questions).items():
            found[by_host[host]] = answer
        return found


_SURROUNDINGS: Final = 5
"""Columns of what stands around matches."""


def _by_host(whose: Array) -> Iterator[tuple[int, Array]]:
    """Each host with the rows that are of it."""
    hosts = whose // _LISTS
    for host in np.unique(hosts).tolist():
        yield host, np.flatnonzero(hosts == host)


def _joined(several: Iterable[Rows]) -> Rows:
    held = list(several)
    if not held:
        return none()
    return Rows(*(np.concatenate(column) for column in zip(*(rows.columns for rows in held), strict=True)))
