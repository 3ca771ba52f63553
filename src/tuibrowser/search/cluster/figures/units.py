"""Units: those of some documents on several hosts, counted where the text is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tuibrowser.search.counting.tables import KeyedUnits
from tuibrowser.search.counting.units import merged, most_first, together
from tuibrowser.search.values import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.search.cluster.asking.hosts import Hosts

    Array = npt.NDArray[Any]


@dataclass(frozen=True)
class UnitsOfHosts(KeyedUnits):
    """The `Units` of some documents on several hosts."""

    hosts: Hosts
    shards: Sequence[int]
    """Those that are asked: they were there when the units were asked for."""
    arguments: Mapping[str, Any]
    """The documents, the size of units, layers, and whether they are told apart as written."""

    @property
    def is_exact(self) -> bool:
        """Whether units are told apart as they are written."""
        return bool(self.arguments["exact"])

    @cached_property
    def keyed(self) -> tuple[Array, Array]:
        """The keys of units, and how often they occur."""
        return merged(list(self.hosts.counted("kept.units", self.arguments, self.shards).values()))

    def described(self, units: Sequence[str]) -> list[Unit]:
        """The forms of some units, how often they occur, and in how many documents."""
        answers = self.hosts.counted("kept.described", {"units": units, **self.arguments}, self.shards).values()
        return [summed(several) for several in zip(*answers, strict=True)]


def summed(several: Sequence[Unit]) -> Unit:
    """A unit of the documents of all hosts."""
    count, documents = sum(each.count for each in several), sum(each.documents for each in several)
    return Unit(most_first(together(each.forms for each in several)), count, documents)
