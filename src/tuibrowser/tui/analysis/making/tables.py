"""Tables: the table of each view, and the order of its rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.hanzi.fold import fold
from tuibrowser.tui.analysis.making.asked import WITH_UNITS, View
from tuibrowser.tui.analysis.making.columns import DEFAULT_SORT, columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.analysis.judging.model import Judging
    from tuibrowser.analysis.table import Table
    from tuibrowser.analysis.texts.units import UnitsAsked
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.tui.analysis.making.asked import Asked

_BINS: Final = 80
"""Stretches of a document that strips are made of; two to a cell."""

_MINIMA: Final = (5, 1)
"""How often a unit must be there to have a row; and where none is so often, as in a few short texts."""

_MEASURES: Final = {
    View.COLLOCATES: frozenset({"logdice", "g2", "mi", "mi3", "t", "z", "together"}),
    View.KEYNESS: frozenset({"conservative", "g2", "log_ratio", "diff"}),
}
"""The columns by which a table is made in order, which is faster than to order its rows."""


def table_of(searcher: Searcher, asked: Asked, judging: Judging | None, units: UnitsAsked) -> Table[Any]:
    """The table of what is frequent enough; where nothing is, of all there is."""
    table = _table(searcher, asked, judging, units, _MINIMA[0])
    if len(table) or asked.view not in WITH_UNITS:
        return table
    return _table(searcher, asked, judging, units, _MINIMA[1])


def _table(searcher: Searcher, asked: Asked, judging: Judging | None, units: UnitsAsked, minimum: int) -> Table[Any]:
    query, scope = asked.query, asked.scope
    if asked.view is View.SPREAD:
        from tuibrowser.analysis.figures.dispersion import dispersion

        return dispersion(searcher, query, bins=_BINS, scope=scope, judging=judging)
    if asked.view is View.COLLOCATES:
        from tuibrowser.analysis.figures.collocates import collocates

        return collocates(
            searcher,
            query,
            units=units,
            window=(asked.window, asked.window),
            measure=_measure(asked),
            minimum=minimum,
            scope=scope,
            judging=judging,
        )
    if asked.view is View.CLUSTERS:
        from tuibrowser.analysis.figures.clusters import clusters

        size, side, exact = asked.size, asked.side, asked.is_exact
        return clusters(searcher, query, size=size, side=side, exact=exact, scope=scope, judging=judging)
    if asked.view is View.KEYNESS:
        from tuibrowser.analysis.figures.keyness import keyness

        groups, measure = (asked.target, asked.against or None), _measure(asked)
        return keyness(searcher, *groups, units=units, measure=measure, count=asked.count, minimum=minimum, scope=scope)
    if asked.view is View.WORDS:
        from tuibrowser.analysis.figures.lists import words

        return words(searcher, asked.target, units=units, minimum=minimum, scope=scope)
    from tuibrowser.analysis.figures.frequency import frequency

    also = [asked.also] if asked.also else []
    return frequency(searcher, query, by=asked.by, also=also, scope=scope, judging=judging)


def _measure(asked: Asked) -> str:
    """The measure that a table is made in the order of."""
    return asked.sort if asked.sort in _MEASURES.get(asked.view, ()) else DEFAULT_SORT[asked.view]


def what_it_depends_on(asked: Asked) -> Asked:
    """What a table depends on: not on the order of its rows, unless it is made in that order."""
    sort = _measure(asked) if asked.view in _MEASURES else ""
    return replace(asked, sort=sort, is_reversed=False, rows_with="")


def ordered(table: Table[Any], asked: Asked) -> Sequence[int]:
    """The indices of the rows to be shown, in their order; equal ones as the table has them."""
    rows: Sequence[int] = range(len(table))
    if asked.rows_with:
        wanted, name = fold(asked.rows_with).tobytes(), columns_of(asked)[0].text
        rows = [at for at, row in enumerate(table) if wanted in fold(name(row)).tobytes()]
    if asked.view is View.TIME and asked.also and not asked.sort:
        return _side_by_side(table, rows)
    key = asked.sort or DEFAULT_SORT[asked.view]
    if not asked.sort or key == DEFAULT_SORT[asked.view] or key in _MEASURES.get(asked.view, ()):
        return rows[::-1] if asked.is_reversed else rows
    column = next((each for each in columns_of(asked) if each.key == key), None)
    if column is None or column.value is None:
        return rows
    values = [column.value(row) for row in table]
    told = [at for at in rows if values[at] is not None]
    told.sort(key=values.__getitem__, reverse=column.is_number != asked.is_reversed)
    return [*told, *(at for at in rows if values[at] is None)]


def _side_by_side(table: Table[Any], rows: Sequence[int]) -> Sequence[int]:
    """The rows of several queries with those of one group below each other."""
    labels = [row.label for row in table]
    places: dict[str, int] = {}
    for at in rows:
        places.setdefault(labels[at], len(places))
    return sorted(rows, key=lambda at: places[labels[at]])


def longest_bar(slices: Sequence[Any]) -> float:
    """The rate of the longest bar: that of a large base, unless most of the groups have small ones."""
    sure = [row.per_million for row in slices if row.matches and not row.is_small]
    every = [row.per_million or 0.0 for row in slices if row.matches]
    return max(sure if 2 * len(sure) >= len(every) else every, default=0.0)
