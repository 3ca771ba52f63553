"""Pictures: the chart of the rows that are shown, and the files of a picture of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.figures.frequency import TIMES
from tuibrowser.analysis.pictures.charts import (
    dispersion_chart,
    frequency_chart,
    keyness_title,
    list_title,
    measured_chart,
)
from tuibrowser.language.i18n import plain
from tuibrowser.tui.analysis.making.asked import View
from tuibrowser.tui.analysis.making.columns import DEFAULT_SORT
from tuibrowser.tui.analysis.making.made import Figure

if TYPE_CHECKING:
    from tuibrowser.analysis.pictures.chart import Chart
    from tuibrowser.tui.analysis.giving.chosen import Rows
    from tuibrowser.tui.analysis.making.asked import Asked

_MOST: Final = 30
"""Rows of a picture that is not of years."""

_DRAWN: Final = frozenset(
    {
        *("logdice", "mi", "g2", "mi3", "t", "z", "together", "lines", "frequency"),
        *("conservative", "log_ratio", "diff", "target", "matches", "count", "documents"),
    }
)
"""The columns whose values bars can show."""


def chart_of(rows: Rows) -> Chart | None:
    """The chart of some rows; None for lines, which have none."""
    made = rows.made
    if not isinstance(made, Figure):
        return None
    asked = made.asked
    is_time = asked.view is View.TIME and asked.by in TIMES
    places = list(rows.places) if is_time else list(rows.places)[:_MOST]
    some = tuple(made.rows(at, at + 1)[0] for at in places)
    table = replace(made.table, rows=some, basis=rows.basis)
    if asked.view is View.TIME:
        chart = frequency_chart(table, asked.by)
    elif asked.view is View.SPREAD:
        chart = dispersion_chart(table)
    else:
        measure = asked.sort if asked.sort in _DRAWN else DEFAULT_SORT[asked.view]
        chart = measured_chart(table, measure, _title(asked))
    if len(places) == len(rows):
        return chart
    cut = plain("only the first {count:,} of {total:,} rows", count=len(places), total=len(rows))
    return replace(chart, notes=(*chart.notes, cut))


def _title(asked: Asked) -> str:
    """What bars are called: the query, or the texts where there is none."""
    if asked.view is View.KEYNESS:
        return keyness_title(asked.target, asked.against)
    return list_title(asked.target) if asked.view is View.WORDS else asked.query
