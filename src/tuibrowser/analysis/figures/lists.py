"""Lists: all units of some texts with their frequencies, the commonest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.basis import AS_WRITTEN, ground_of
from tuibrowser.analysis.figures.collocates import MINIMUM
from tuibrowser.analysis.measures import per_million
from tuibrowser.analysis.table import Table
from tuibrowser.analysis.texts.units import CHARACTERS, counted
from tuibrowser.language.i18n import many, plain
from tuibrowser.search.counting.made import Made

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.analysis.texts.units import UnitsAsked
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.search.values import Unit

COLUMNS: Final = ("text", "count", "per_million", "documents", "forms")


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit: its commonest form, how often it occurs, in how many documents, and all its forms with their numbers."""

    text: str
    count: int
    per_million: float
    documents: int
    forms: Mapping[str, int]

    def record(self) -> dict[str, object]:
        """The entry as its JSON object."""
        return {column: getattr(self, column) for column in COLUMNS[:-1]} | {"forms": dict(self.forms)}


def words(
    searcher: Searcher,
    within: str = "",
    *,
    units: UnitsAsked = CHARACTERS,
    size: int = 1,
    minimum: int = MINIMUM,
    paths: Sequence[str] = (),
    scope: Scope = AS_WRITTEN,
) -> Table[Entry]:
    """The units that the documents of some conditions have `minimum` times at least, most first.

    Of words, `size` may be how many in a row within a paragraph are one unit.
    """
    ground = ground_of(searcher, within, paths, scope)
    numbers, layers = ground.numbers, ground.chosen.layers
    each_unit = counted(searcher, units, numbers, size, once=scope.once)
    every = each_unit.of(numbers, layers)
    total = every.total()
    found, stopped = each_unit.commonest(every, minimum)

    def made(some: range) -> list[Entry]:
        each = every.described(found.units[some.start : some.stop])
        rates = per_million([unit.count for unit in each], max(1, total)).tolist()
        return [_entry(unit, rate) for unit, rate in zip(each, rates, strict=True)]

    told = each_unit.basis(stopped)
    told["notes"].append(plain("{types} in all", types=many(every.types(), "unit")))
    told["more"] |= {"types": every.types(), "size": size}
    basis = ground.basis(minimum=minimum, n=total, **told)
    rows = Made(len(found.units), made)
    return Table(COLUMNS, rows, basis, lambda row: each_unit.matches(row.text, numbers, layers))


def _entry(unit: Unit, rate: float) -> Entry:
    return Entry(next(iter(unit.forms)), unit.count, round(rate, 3), unit.documents, unit.forms)
