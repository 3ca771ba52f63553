"""Units: those of some documents on several hosts, counted where the text is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tuibrowser.search.cluster.matches import most_first
from tuibrowser.search.counting.tables import KeyedUnits
from tuibrowser.search.counting.units import merged
from tuibrowser.search.searcher import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.search.cluster.hosts import Hosts

    Array = npt.NDArray[Any]


@dataclass(frozen=True)
class UnitsOfHosts(KeyedUnits):
    """The `Units` of some documents on several hosts."""

    hosts: Hosts
    arguments: Mapping[str, Any]
    """The documents, the size of units, layers, and whether they are told apart as written."""

    @property
    def is_exact(self) -> bool:
        """Whether units are told apart as they are written."""
        return bool(self.arguments["exact"])

    @cached_property
    def keyed(self) -> tuple[Array, Array]:
        """The keys of units, and how often they occur."""
        return merged(list(self.hosts.all("kept.units", None, self.arguments).values()))

    def described(self, units: Sequence[str]) -> list[Unit]:
        """The forms of some units, how often they occur, and in how many documents."""
        answers = self.hosts.all("kept.described", None, {"units": units, **self.arguments}).values()
        return [_summed(several) for several in zip(*answers, strict=True)]


def _summed(several: Sequence[Unit]) -> Unit:
    forms: dict[str, int] = {}
    for each in several:
        for form, count in each.forms.items():
            forms[form] = forms.get(form, 0) + count
    count, documents = sum(each.count for each in several), sum(each.documents for each in several)
    return Unit(most_first(forms), count, documents)
