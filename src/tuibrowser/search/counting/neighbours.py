"""Neighbours: which units stand in the windows around matches, each place counted once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.counting.near import near, places_of
from tuibrowser.search.counting.tables import forms_of
from tuibrowser.search.counting.tallies import Tally
from tuibrowser.search.counting.units import (
    commonest_forms,
    key_of,
    keys_of,
    looked_up,
    merged,
    summed,
    written_as,
)
from tuibrowser.search.counting.windows import Surroundings
from tuibrowser.search.values import Neighbour, Neighbours

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from tuibrowser.search.counting.windows import Windows
    from tuibrowser.search.index.segment import Segment

    Array = npt.NDArray[Any]


class Company:
    """The units in the windows around matches, which are given by segment, ascending start and end."""

    def __init__(self, parts: Sequence[tuple[Segment, Array, Array]], windows: Windows) -> None:
        self._around = [Surroundings(*part, windows) for part in parts]

    @cached_property
    def beside(self) -> tuple[Array, Array]:
        """The units in the windows, as they are written, and how often."""
        return merged([_tallied(each.segment, each.size, each.beside()) for each in self._around])

    @cached_property
    def inside(self) -> tuple[Array, Array]:
        """The units that overlap matches, as they are written, and how often."""
        return merged([_tallied(each.segment, each.size, [each.inside()]) for each in self._around])

    def neighbours(self, minimum: int, *, exact: bool = False) -> Neighbours:
        """The units that are there `minimum` times at least, most first; `exact` tells them apart as written."""
        return neighbours_of(self.beside, self.inside, minimum, exact=exact)

    def of(self, units: Sequence[str], *, exact: bool = False) -> list[Neighbour]:
        """Where each of some units stands."""
        keys = keys_of(written_as(units), exact=exact)
        forms = forms_of(*self.beside, keys, exact=exact)
        numbers = zip(*(column.tolist() for column in near(self._around, keys, exact=exact)), strict=True)
        return [Neighbour(each, *row) for each, row in zip(forms, numbers, strict=True)]

    def holding(self, unit: str, *, exact: bool = False) -> list[Array]:
        """int64 for each segment: the matches that have a unit in their window, ascending."""
        key = key_of(unit, exact=exact)
        return [each.holding(places_of(each, key, exact=exact)) for each in self._around]


def neighbours_of(beside: tuple[Array, Array], inside: tuple[Array, Array], minimum: int, *, exact: bool) -> Neighbours:
    """The units, most first, of those in windows and those that overlap matches, as they are written, and how often."""
    written, counts = beside
    inner, inner_counts = inside
    keys, together = summed(keys_of(written, exact=exact), counts)
    kept = np.flatnonzero(together >= minimum)
    kept = kept[np.lexsort((keys.take(kept), -together.take(kept)))]
    overlapping = looked_up(*summed(keys_of(inner, exact=exact), inner_counts), keys.take(kept))
    return Neighbours(
        tuple(commonest_forms(written, counts, keys.take(kept), exact=exact)),
        tuple(together.take(kept).tolist()),
        tuple(overlapping.tolist()),
        int(counts.sum()),
        int(inner_counts.sum()),
    )


def _tallied(segment: Segment, size: int, units: Iterable[Sequence[Array]]) -> tuple[Array, Array]:
    tally = Tally(segment, size)
    for columns in units:
        tally.add(columns)
    return tally.counted()
