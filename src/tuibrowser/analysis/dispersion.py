"""Dispersion: in which documents a query stands, where in them, and how evenly it is spread over all."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.basis import AS_WRITTEN, ground_of
from tuibrowser.analysis.measures import deviation_of_proportions, normalised_deviation, per_million
from tuibrowser.analysis.table import Table
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.analysis.judging.model import Judging
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Searcher

COLUMNS: Final = ("document", "title", "date", "matches", "units", "per_million", "bins")

BINS: Final = 40
"""Equal stretches of a document in which matches are counted where no other number is asked for."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A document with matches: how many, in how many units, and in each of the equal stretches of its text."""

    document: str
    title: str
    date: str | None
    matches: int
    units: int
    per_million: float | None
    bins: tuple[int, ...]
    number: int

    def record(self) -> dict[str, object]:
        """The document as its JSON object."""
        return {
            "document": self.document,
            "title": self.title,
            "date": self.date,
            "matches": self.matches,
            "units": self.units,
            "per_million": self.per_million,
            "bins": list(self.bins),
        }


def dispersion(
    searcher: Searcher,
    query: str,
    *,
    bins: int = BINS,
    paths: Sequence[str] = (),
    scope: Scope = AS_WRITTEN,
    judging: Judging | None = None,
) -> Table[Spread]:
    """The documents with matches, most matches first; the basis has DP and DPnorm over all documents in scope."""
    ground = ground_of(searcher, query, paths, scope, judging)
    matches = ground.matches(searcher)
    counts, strips = matches.by_document(), matches.strips(bins)
    rows = []
    for number, count in sorted(counts.items(), key=lambda each: -each[1]):
        (document,), units = searcher.documents(number, number + 1), ground.units[number]
        rate = round(float(per_million(count, units)), 3) if units else None
        date = document.metadata.date
        rows.append(Spread(document.name, document.title, date, count, units, rate, tuple(strips[number]), number))
    parts = [number for number in ground.numbers if ground.units[number]]
    counted = [counts.get(number, 0) for number in parts], [ground.units[number] for number in parts]
    dp, dpnorm = _number(deviation_of_proportions(*counted)), _number(normalised_deviation(*counted))
    basis = ground.basis(matches, method=_method(dp, dpnorm), more={"dp": dp, "dpnorm": dpnorm, "parts": len(parts)})
    return Table(COLUMNS, tuple(rows), basis, lambda row: matches.of_documents([row.number]))


def _method(dp: float | None, dpnorm: float | None) -> str:
    if dp is None or dpnorm is None:
        return ""
    return plain("DP {dp:.3f} (Gries 2008), DPnorm {dpnorm:.3f} (Lijffijt & Gries 2012)", dp=dp, dpnorm=dpnorm)


def _number(value: float) -> float | None:
    return None if isnan(value) else round(value, 6)
