"""Pairs: how often pairs of characters stand together on several hosts; those asked for lately are remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.kept import Kept
from tuibrowser.search.answering.bonds import keys_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from tuibrowser.search.cluster.asking.hosts import Hosts

    Array = npt.NDArray[Any]

_REMEMBERED: Final = 200_000
"""Pairs whose counts are remembered, some hundred bytes each."""


class PairsOfHosts:
    """The counts of pairs of ids. May be called from any thread."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._known: Kept[tuple[int, ...], dict[int, int]] = Kept(1)
        """The counts of pairs by the shards that they are of."""

    def counts(self, first: Array, second: Array) -> Array:
        """Four counts for each pair: of both together, of the first, of the second, and of all characters.

        Hosts are asked for those of both together that are not known; the others follow from what shards hold.
        """
        there = self._hosts.there
        before = self._hosts.before(there)
        once, which = np.unique(keys_of(first, second), return_inverse=True)
        alone, other = (before.take(ids.astype(np.int64) + 1) - before.take(ids) for ids in (first, second))
        total = np.full(len(first), before[-1])
        return np.stack((self._together(there, once).take(which), alone, other, total)).astype(np.float64)

    def _together(self, there: list[int], keys: Array) -> Array:
        """int64: how often each of some pairs occurs."""
        known = self._known.get(tuple(there))
        if known is None or len(known) > _REMEMBERED:
            known = self._known.put(tuple(there), {})
        found = [known.get(key, -1) for key in keys.tolist()]
        counts = np.array(found, np.int64)
        new = np.flatnonzero(counts < 0)
        if len(new):
            asked = keys.take(new)
            counts[new] = sum(self._hosts.all("kept.pairs", None, {"keys": asked}, there).values())
            known.update(zip(asked.tolist(), counts.take(new).tolist(), strict=True))
        return counts
