"""Made: figures as they are shown, made in a thread: frozen rows in an order, or the lines of a query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tuibrowser.analysis.keyness import NoGroupError
from tuibrowser.hanzi.fold import fold
from tuibrowser.language.i18n import plain, said
from tuibrowser.tui.analysis.asked import NEEDING_A_QUERY, View
from tuibrowser.tui.analysis.columns import DEFAULT_SORT, columns_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.analysis.basis import Basis
    from tuibrowser.analysis.concordance import Concordance
    from tuibrowser.analysis.table import Table
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.tui.analysis.asked import Asked
    from tuibrowser.tui.analysis.columns import Column

    Cancelled = Callable[[], bool]

_BINS = 80
"""Stretches of a document that strips are made of; two to a cell."""

_MINIMA = (5, 1)
"""How often a unit must be there to have a row."""

_WITH_MINIMUM = frozenset({View.COLLOCATES, View.WORDS, View.KEYNESS})


@dataclass(frozen=True, slots=True)
class Figure:
    """A table for what was asked, and the indices of its rows in the order shown."""

    asked: Asked
    table: Table[Any]
    order: Sequence[int]

    @property
    def basis(self) -> Basis:
        """What the figure is of."""
        return self.table.basis

    def __len__(self) -> int:
        return len(self.order)

    @property
    def columns(self) -> Sequence[Column]:
        """Its columns."""
        return columns_of(self.asked)

    def row(self, at: int) -> Any:
        """A row, by its place in the order."""
        return self.table[self.order[at]]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines for what was asked."""

    asked: Asked
    lines: Concordance

    @property
    def basis(self) -> Basis:
        """What the lines are of."""
        return self.lines.basis

    def __len__(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Nothing:
    """That there is no figure for what was asked, and why."""

    asked: Asked
    why: str


Made = Figure | Lines | Nothing


def make(searcher: Searcher, asked: Asked, before: Made | None, cancelled: Cancelled) -> Made:
    """Make what was asked for; a table that was made `before` is only ordered anew where nothing else has changed."""
    if asked.view in NEEDING_A_QUERY and not asked.query.strip() and asked.opened is None:
        return Nothing(asked, plain("no query: select words in the text, or search, first"))
    if asked.view is View.LINES:
        return _lines(searcher, asked, cancelled)
    if isinstance(before, Figure) and _as_made(before.asked) == _as_made(asked):
        table = before.table
    else:
        try:
            table = _fullest(searcher, asked)
        except NoGroupError as error:
            return Nothing(asked, said(error))
    return Figure(asked, table, _ordered(table, asked))


def _as_made(asked: Asked) -> Asked:
    """What a table depends on."""
    return replace(asked, sort="", is_reversed=False, rows_with="")


def _fullest(searcher: Searcher, asked: Asked) -> Table[Any]:
    """The table of what is frequent enough; where nothing is, as in a few short texts, of all there is."""
    table = _table(searcher, asked, _MINIMA[0])
    return table if len(table) or asked.view not in _WITH_MINIMUM else _table(searcher, asked, _MINIMA[1])


def _table(searcher: Searcher, asked: Asked, minimum: int) -> Table[Any]:
    query, scope = asked.query, asked.scope
    if asked.view is View.SPREAD:
        from tuibrowser.analysis.dispersion import dispersion

        return dispersion(searcher, query, bins=_BINS, scope=scope)
    if asked.view is View.COLLOCATES:
        from tuibrowser.analysis.collocates import collocates

        return collocates(
            searcher, query, unit=asked.unit, window=(asked.window, asked.window), minimum=minimum, scope=scope
        )
    if asked.view is View.CLUSTERS:
        from tuibrowser.analysis.clusters import clusters

        return clusters(searcher, query, size=asked.size, side=asked.side, scope=scope)
    if asked.view is View.KEYNESS:
        from tuibrowser.analysis.keyness import keyness

        against = asked.against or None
        return keyness(
            searcher, asked.target, against, unit=asked.unit, count=asked.count, minimum=minimum, scope=scope
        )
    if asked.view is View.WORDS:
        from tuibrowser.analysis.lists import words

        return words(searcher, asked.target, unit=asked.unit, minimum=minimum, scope=scope)
    from tuibrowser.analysis.frequency import frequency

    also = [asked.also] if asked.also else []
    return frequency(searcher, query, by=asked.by, also=also, scope=scope)


def _ordered(table: Table[Any], asked: Asked) -> Sequence[int]:
    """The indices of the rows to be shown, in their order; equal ones as the table has them."""
    rows: Sequence[int] = range(len(table))
    if asked.rows_with:
        wanted = fold(asked.rows_with).tobytes()
        name = columns_of(asked)[0].text
        rows = [at for at in rows if wanted in fold(name(table[at])).tobytes()]
    if asked.view is View.TIME and asked.also and not asked.sort:
        return _side_by_side(table, rows)
    key = asked.sort or DEFAULT_SORT[asked.view]
    if not asked.sort and not asked.is_reversed:
        return rows
    column = next((each for each in columns_of(asked) if each.key == key), None)
    if column is None or column.value is None:
        return rows
    value, from_most = column.value, column.is_number
    told = [at for at in rows if value(table[at]) is not None]
    untold = [at for at in rows if value(table[at]) is None]
    told.sort(key=lambda at: value(table[at]), reverse=from_most != asked.is_reversed)
    return [*told, *untold]


def _side_by_side(table: Table[Any], rows: Sequence[int]) -> Sequence[int]:
    """The rows of several queries with those of one group below each other."""
    places: dict[str, int] = {}
    for at in rows:
        places.setdefault(table[at].label, len(places))
    return sorted(rows, key=lambda at: places[table[at].label])


def _lines(searcher: Searcher, asked: Asked, cancelled: Cancelled) -> Made:
    from tuibrowser.analysis.concordance import Concordance, LineOrder, concordance

    if asked.opened is None:
        lines = concordance(searcher, asked.query, order=asked.line_order, context=asked.context, scope=asked.scope)
    else:
        matches, basis = asked.opened.matches, asked.opened.basis
        lines = Concordance(searcher, matches, basis, range(len(matches)), asked.context)
        lines = lines.ordered(LineOrder(asked.line_order))
    if asked.sample is not None:
        lines = lines.sample(*asked.sample)
    if asked.is_distinct and not cancelled():
        lines = lines.distinct()
    if asked.rows_with and not cancelled():
        lines = lines.holding(asked.rows_with)
    return Lines(asked, lines)
