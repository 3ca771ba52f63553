"""Collocates: the characters, bigrams or words that stand near a query more often than chance would have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.analysis import measures
from tuibrowser.analysis.basis import AS_WRITTEN, ground_of
from tuibrowser.analysis.table import Table
from tuibrowser.analysis.texts.units import CHARACTERS, counted
from tuibrowser.search.counting.made import Made

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.analysis.judging.model import Judging
    from tuibrowser.analysis.texts.units import UnitsAsked
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.search.values import Neighbour, Neighbours

    Array = npt.NDArray[Any]

COLUMNS: Final = (
    *("text", "together", "left", "right", "lines", "documents", "frequency", "expected"),
    *("logdice", "g2", "mi", "mi3", "t", "z", "forms"),
)

MEASURES: Final = ("logdice", "g2", "mi", "mi3", "t", "z", "together")
"""The orders of collocates."""

WINDOW: Final = (5, 5)
MINIMUM: Final = 5


@dataclass(frozen=True, slots=True)
class Collocate:
    """A unit near a query. `text` is its commonest form there, `forms` are all with their numbers.

    `together` is in how many places of the windows it stands, each counted once; `left` and `right` may add up to more.
    `lines` are the matches that have one in their window, which is what the row opens; `documents` have such a place.
    `frequency` is how often it occurs in scope, `expected` how often in the windows by chance, both beside the query;
    the rest are measures.
    """

    text: str
    together: int
    left: int
    right: int
    lines: int
    documents: int
    frequency: int
    expected: float
    logdice: float
    g2: float
    mi: float
    mi3: float
    t: float
    z: float
    forms: Mapping[str, int]

    def record(self) -> dict[str, object]:
        """The collocate as its JSON object."""
        return {column: getattr(self, column) for column in COLUMNS[:-1]} | {"forms": dict(self.forms)}


def collocates(
    searcher: Searcher,
    query: str,
    *,
    units: UnitsAsked = CHARACTERS,
    window: tuple[int, int] = WINDOW,
    measure: str = "logdice",
    minimum: int = MINIMUM,
    paths: Sequence[str] = (),
    scope: Scope = AS_WRITTEN,
    judging: Judging | None = None,
) -> Table[Collocate]:
    """The units that stand `minimum` times at least within a window of units left and right, best first."""
    ground = ground_of(searcher, query, paths, scope, judging)
    matches = ground.matches(searcher)
    each_unit = counted(searcher, units, ground.numbers, once=scope.once)
    found, stopped = each_unit.neighbours(matches, window, minimum)
    every = each_unit.of(ground.numbers, ground.chosen.layers)
    total = every.total()
    frequencies = every.frequencies(found.units)
    basis = ground.basis(
        matches,
        **each_unit.basis(stopped),
        window=window,
        measure=measure,
        minimum=minimum,
        n=total - found.places_inside,
        s=found.places,
    )
    columns = _columns(found, frequencies, len(matches), total)
    order = np.argsort(-columns[measure], kind="stable")

    def made(some: range) -> list[Collocate]:
        at = order[some.start : some.stop]
        names = [found.units[row] for row in at.tolist()]
        numbers = zip(*(column.take(at).tolist() for column in columns.values()), strict=True)
        near = zip(names, each_unit.near(matches, names, window), numbers, strict=True)
        return [_collocate(name, each, dict(zip(columns, row, strict=True))) for name, each, row in near]

    return Table(COLUMNS, Made(len(order), made), basis, lambda row: each_unit.beside(matches, row.text, window))


def _columns(found: Neighbours, frequencies: Sequence[int], node: int, total: int) -> dict[str, Array]:
    """The numbers and measures of collocates by name, as they were found."""
    o, whole = np.array(found.together, np.int64), np.array(frequencies, np.int64)
    beside = whole - np.array(found.inside, np.int64)
    s, n = found.places, total - found.places_inside
    e = measures.expected(s, beside, n)
    scores = {
        "expected": e,
        "logdice": measures.log_dice(o, node, whole),
        "g2": measures.log_likelihood(o, s, beside, n),
        "mi": measures.mutual_information(o, e),
        "mi3": measures.cubed_mutual_information(o, e),
        "t": measures.t_score(o, e),
        "z": measures.z_score(o, e),
    }
    return {"together": o, "frequency": whole, **{name: measures.rounded(each) for name, each in scores.items()}}


def _collocate(text: str, near: Neighbour, numbers: Mapping[str, Any]) -> Collocate:
    return Collocate(
        text=text,
        left=near.left,
        right=near.right,
        lines=near.matches,
        documents=near.documents,
        forms=near.forms,
        **numbers,
    )
