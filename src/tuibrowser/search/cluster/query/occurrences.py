"""Occurrences: every match of a query on several hosts in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

import numpy as np

from tuibrowser.search.answering.reading_order import ReadingOrder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    Array = npt.NDArray[Any]
    Ask = Callable[[str, Mapping[int, dict[str, Any]]], Mapping[int, Any]]
    """What asks hosts, each with arguments of its own."""

_BATCH = 500
"""Matches asked for at a time."""


class OrderOfHosts:
    """The reading order of what several hosts have, and what each of these is."""

    def __init__(self, ask: Ask, hosts: Sequence[int]) -> None:
        self._ask = ask
        self._hosts = hosts
        answers = ask("in_order", {host: {} for host in hosts})
        self.order = ReadingOrder([_part(*answers[host]) for host in hosts])

    def __len__(self) -> int:
        return len(self.order)

    def gathered(self, name: str, indices: Array, **arguments: Any) -> list[Any]:
        """What the hosts answer about some indices, in the order of these."""
        rows = {self._hosts[part]: (here, at) for part, here, at in self.order.places(indices)}
        answers = self._ask(name, {host: {"indices": at, **arguments} for host, (_, at) in rows.items()})
        found: list[Any] = [None] * len(indices)
        for host, (here, _) in rows.items():
            for row, each in zip(np.arange(len(indices))[here].tolist(), answers[host], strict=True):
                found[row] = each
        return found

    def parts(self) -> Iterator[tuple[int, Array, Array]]:
        """Each host with the places of its matches among all, and their indices there."""
        for part, here, at in self.order.places(np.arange(len(self))):
            yield self._hosts[part], np.arange(len(self))[here], at


def _part(documents: Array, counts: Array) -> tuple[Array, Array, Array]:
    return documents, np.cumsum(counts) - counts, counts


class OccurrencesOfHosts:
    """The `Occurrences` of a query on several hosts."""

    def __init__(self, ask: Ask, hosts: Sequence[int], owner: Callable[[int], int]) -> None:
        self._ask = ask
        self._owner = owner
        self._held = OrderOfHosts(ask, hosts)

    def __len__(self) -> int:
        return len(self._held)

    @overload
    def __getitem__(self, index: int) -> tuple[int, int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[int, int, int]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int, int] | list[tuple[int, int, int]]:
        if isinstance(index, slice):
            return self._held.gathered("stepped", np.arange(*index.indices(len(self))))
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return self[at : at + 1][0]

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        for start in range(0, len(self), _BATCH):
            yield from self[start : start + _BATCH]

    def after(self, document: int, offset: int) -> int:
        """The index of the first occurrence that begins at or after a place; the length where there is none."""
        first, end = self._held.order.bounds(document)
        if first == end:
            return first
        owner = self._owner(document)
        (before,) = self._ask("after", {owner: {"document": document, "offset": 0}}).values()
        (at,) = self._ask("after", {owner: {"document": document, "offset": offset}}).values()
        return first + int(at - before)

    def before(self, document: int, offset: int) -> int:
        """The index of the last occurrence that begins before a place; -1 where there is none."""
        return self.after(document, offset) - 1

    def in_document(self, document: int) -> list[tuple[int, int]]:
        """The spans of the occurrences in one document."""
        return [(start, end) for _, start, end in self[slice(*self._held.order.bounds(document))]]
