"""Clusters: a query together with the characters that follow it or stand before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.basis import AS_WRITTEN, ground_of
from tuibrowser.analysis.measures import per_million
from tuibrowser.analysis.table import Table
from tuibrowser.analysis.texts.units import FORMS_APART
from tuibrowser.language.i18n import many, plain
from tuibrowser.search.counting.made import Made
from tuibrowser.search.values import Beside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.analysis.judging.model import Judging
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.search.values import Unit

COLUMNS: Final = ("text", "matches", "per_million", "share", "documents", "forms")

SIZE: Final = 2
LARGEST: Final = 20
"""Characters that may stand beside the query."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A query with so many characters beside it: `text` is its commonest form, `forms` are all with their numbers.

    `share` is that of all matches of the query.
    """

    text: str
    matches: int
    per_million: float
    share: float
    documents: int
    forms: Mapping[str, int]

    def record(self) -> dict[str, object]:
        """The cluster as its JSON object."""
        return {
            "text": self.text,
            "matches": self.matches,
            "per_million": self.per_million,
            "share": self.share,
            "documents": self.documents,
            "forms": dict(self.forms),
        }


def clusters(
    searcher: Searcher,
    query: str,
    *,
    size: int = SIZE,
    side: str = "right",
    minimum: int = 1,
    exact: bool = False,
    paths: Sequence[str] = (),
    scope: Scope = AS_WRITTEN,
    judging: Judging | None = None,
) -> Table[Cluster]:
    """The clusters of a query with so many characters on one side, 20 at most; most first.

    Those that differ in script alone are one, unless each written form is one by itself (`exact`).
    """
    ground = ground_of(searcher, query, paths, scope, judging)
    matches = ground.matches(searcher)
    beside = Beside.LEFT if side == "left" else Beside.RIGHT
    size = min(size, LARGEST)
    found = matches.clusters(size, beside, minimum, exact=exact)

    def made(some: range) -> list[Cluster]:
        units = found.units[some.start : some.stop]
        rates = per_million([unit.count for unit in units], max(1, ground.size)).tolist()
        return [_cluster(unit, len(matches), rate) for unit, rate in zip(units, rates, strict=True)]

    rows = Made(len(found.units), made)
    short = len(matches) - sum(found.counts)
    notes = []
    if short:
        notes.append(
            plain(
                "in no row: {matches} with fewer than {characters} beside them in the paragraph",
                matches=many(short, "match"),
                characters=many(size, "character"),
            )
        )
    window = (size, 0) if beside is Beside.LEFT else (0, size)
    method = FORMS_APART if exact else ""
    basis = ground.basis(matches, window=window, minimum=minimum, method=method, notes=notes, more={"exact": exact})
    return Table(COLUMNS, rows, basis, lambda row: matches.clustered(row.text, size, beside, exact=exact))


def _cluster(unit: Unit, matches: int, rate: float) -> Cluster:
    text = next(iter(unit.forms))
    return Cluster(text, unit.count, round(rate, 3), round(unit.count / matches, 6), unit.documents, unit.forms)
