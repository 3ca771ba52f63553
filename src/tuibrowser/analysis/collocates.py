"""Collocates: the characters or bigrams that stand near a query more often than chance would have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from tuibrowser.analysis import measures
from tuibrowser.analysis.basis import AS_WRITTEN, BIGRAM, CHARACTER, ground_of
from tuibrowser.analysis.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Neighbours, Searcher

COLUMNS: Final = (
    *("text", "together", "left", "right", "documents", "frequency", "expected"),
    *("logdice", "g2", "mi", "mi3", "t", "z", "forms"),
)

SIZES: Final = {CHARACTER: 1, BIGRAM: 2}
"""Characters of the units."""

MEASURES: Final = ("logdice", "g2", "mi", "mi3", "t", "z", "together")
"""The orders of collocates."""

WINDOW: Final = (5, 5)
MINIMUM: Final = 5


@dataclass(frozen=True, slots=True)
class Collocate:
    """A unit near a query. `text` is its commonest form there, `forms` are all with their numbers.

    `together` is in how many places of the windows it stands, each counted once; `left` and `right` may add up to more.
    `documents` have such a place. `frequency` is how often it occurs in scope, `expected` how often in the windows by
    chance, both beside the query; the rest are measures.
    """

    text: str
    together: int
    left: int
    right: int
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
    unit: str = CHARACTER,
    window: tuple[int, int] = WINDOW,
    measure: str = "logdice",
    minimum: int = MINIMUM,
    paths: Sequence[str] = (),
    scope: Scope = AS_WRITTEN,
) -> Table[Collocate]:
    """The units that stand `minimum` times at least within a window of units left and right, best first."""
    ground = ground_of(searcher, query, paths, scope)
    matches = ground.matches(searcher)
    size = SIZES[unit]
    found = matches.neighbours(*window, size, minimum)
    units = searcher.units(ground.numbers, size, ground.chosen.layers)
    total = units.total()
    frequencies = units.frequencies([next(iter(each.forms)) for each in found.units])
    rows = _rows(found, frequencies, len(matches), total)
    rows.sort(key=lambda row: -getattr(row, measure))
    basis = ground.basis(
        matches,
        unit=unit,
        window=window,
        measure=measure,
        minimum=minimum,
        n=total - found.inside,
        s=found.places,
    )
    return Table(COLUMNS, tuple(rows), basis, lambda row: matches.beside(row.text, *window))


def _rows(found: Neighbours, frequencies: Sequence[int], node: int, total: int) -> list[Collocate]:
    """The collocates with all measures, as they were found."""
    if not found.units:
        return []
    o = np.array([each.together for each in found.units])
    whole = np.array(frequencies)
    beside = whole - np.array([each.inside for each in found.units])
    s, n = found.places, total - found.inside
    e = measures.expected(s, beside, n)
    columns = {
        "expected": e,
        "logdice": measures.log_dice(o, node, whole),
        "g2": measures.log_likelihood(o, s, beside, n),
        "mi": measures.mutual_information(o, e),
        "mi3": measures.cubed_mutual_information(o, e),
        "t": measures.t_score(o, e),
        "z": measures.z_score(o, e),
    }
    scores = zip(*(measures.rounded(column).tolist() for column in columns.values()), strict=True)
    return [
        Collocate(
            text=next(iter(each.forms)),
            together=each.together,
            left=each.left,
            right=each.right,
            documents=each.documents,
            frequency=frequency,
            forms=each.forms,
            **dict(zip(columns, score, strict=True)),
        )
        for each, frequency, score in zip(found.units, frequencies, scores, strict=True)
    ]
