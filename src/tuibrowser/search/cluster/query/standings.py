"""Standings: where shared passages stand in documents that hosts hold, asked for when they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.cluster.host.reuse import RANK_BITS
from tuibrowser.search.index.arrays import expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.search.cluster.asking.hosts import Hosts
    from tuibrowser.search.reuse.model import Standing

    Array = npt.NDArray[Any]

CHARACTERS: Final = 4_000_000
"""Significant characters of passages that are asked for together,"""
PASSAGES: Final = 20_000
"""and passages, around each of which some more are given."""
OFFSETS: Final = 1_000_000
"""Offsets that are asked for together."""


class DocumentsOfHosts:
    """Documents of hosts, in which a character has an address; `first` is that of rank 0."""

    def __init__(self, hosts: Hosts, first: int = 0) -> None:
        self._hosts = hosts
        self._first = first

    def numbers(self, ranks: Array) -> Array:
        """int64: the numbers of the documents that some ranks are in."""
        return np.asarray((ranks + self._first) >> RANK_BITS)

    def offsets(self, ranks: Array) -> Array:
        """int64: the offsets into the raw texts of their documents at some ranks."""
        offsets = np.zeros(len(ranks), np.int64)
        for at in range(0, len(ranks), OFFSETS):
            some = ranks[at : at + OFFSETS] + self._first
            owned = dict(self._by_owner(some))
            questions = {host: (None, {"addresses": some.take(rows)}) for host, rows in owned.items()}
            for host, answer in self._hosts.each("kept.offsets", questions).items():
                offsets[at + owned[host]] = answer
        return offsets

    def standings(self, firsts: Array, ends: Array, bounds: Sequence[int]) -> list[Standing]:
        """Where passages stand, with the text around them."""
        edges = np.asarray(bounds, np.int64)
        sizes = np.add.reduceat(ends - firsts, edges[:-1]) if len(edges) > 1 else firsts
        found: list[Standing] = []
        for low, high in _together(sizes):
            found += self._standings(firsts + self._first, ends + self._first, edges[low : high + 1])
        return found

    def _standings(self, firsts: Array, ends: Array, edges: Array) -> list[Standing]:
        """Where passages stand of which the runs from one edge to the next are."""
        begins, sizes = edges[:-1], np.diff(edges)
        owned = dict(self._by_owner(firsts.take(begins)))
        questions = {}
        for host, rows in owned.items():
            runs = expand(begins.take(rows), begins.take(rows) + sizes.take(rows))
            bounds = [0, *np.cumsum(sizes.take(rows)).tolist()]
            questions[host] = None, {"firsts": firsts.take(runs), "ends": ends.take(runs), "bounds": bounds}
        found: list[Any] = [None] * len(begins)
        for host, answers in self._hosts.each("kept.standings", questions).items():
            for row, answer in zip(owned[host].tolist(), answers, strict=True):
                found[row] = answer
        return found

    def _by_owner(self, addresses: Array) -> Iterator[tuple[int, Array]]:
        """Each host with the rows of the addresses that are of its documents. Raise LostError where one is missing."""
        owners = self._hosts.owners_of(addresses >> RANK_BITS)
        for host in np.unique(owners).tolist():
            yield host, np.flatnonzero(owners == host)


def _together(sizes: Array) -> Iterator[tuple[int, int]]:
    """Passages of so many characters each, as many together as are asked for at a time: the first, and the next."""
    low, ends = 0, np.cumsum(sizes)
    while low < len(sizes):
        before = int(ends[low - 1]) if low else 0
        high = int(ends.searchsorted(before + CHARACTERS, "right"))
        high = min(max(high, low + 1), low + PASSAGES)
        yield low, high
        low = high
