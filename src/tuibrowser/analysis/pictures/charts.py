"""Charts: the picture of each figure, of as many rows as its table has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tuibrowser.analysis.export.cited import MEASURES
from tuibrowser.analysis.figures.frequency import TIMES, shown_group
from tuibrowser.analysis.pictures.chart import Bars, Chart, Lines, Mark, Series, Strip, Strips
from tuibrowser.analysis.pictures.scales import bounds, ticks
from tuibrowser.language.i18n import many, plain

if TYPE_CHECKING:
    from tuibrowser.analysis.figures.dispersion import Spread
    from tuibrowser.analysis.figures.frequency import Slice
    from tuibrowser.analysis.table import Table

_STEPS: Final = {"year": 1.0, "decade": 10.0, "month": 1 / 12}
"""Years from one group to the next."""

_COLUMNS: Final = {
    "matches": plain("matches"),
    "lines": plain("lines"),
    "frequency": plain("frequency"),
    "target": plain("target"),
    "count": plain("occurrences"),
    "documents": plain("documents"),
}
"""The names of what is counted, where it is no measure."""

_HOLLOW: Final = plain("hollow: fewer than 50,000 characters or 10 documents")
_IN_BRACKETS: Final = plain("in brackets: fewer than 50,000 characters or 10 documents")


def frequency_chart(table: Table[Slice], by: str) -> Chart:
    """Rates per million with their intervals: lines over time, bars by any other group."""
    series = tuple(
        Series(name or "", tuple(_rate(row, by) for row in table if row.query == name and row.per_million is not None))
        for name in dict.fromkeys(row.query for row in table)
    )
    shows = Lines(tuple(map(_in_time, series)), _STEPS[by]) if by in TIMES else Bars(series)
    notes = [plain("thin lines: 95% intervals (Wilson)")]
    if any(mark.faint for mark in shows.marks()):
        notes.append(_HOLLOW if by in TIMES else _IN_BRACKETS)
    most = ticks(*bounds(list(shows.marks())))[-1]
    if any((mark.high or 0.0) > most for mark in shows.marks()):
        notes.append(plain("intervals that leave the picture are cut"))
    return Chart(table.basis.query, plain("per million characters"), shows, table.basis, tuple(notes))


def _in_time(series: Series) -> Series:
    return Series(series.name, tuple(sorted(series.marks, key=lambda mark: mark.at)))


def _rate(row: Slice, by: str) -> Mark:
    low, high = row.interval or (None, None)
    label = shown_group(row.label, by)
    said = plain(
        "{label}: {matches} in {documents}, {rate:,.1f} per million ({low:,.1f}–{high:,.1f})",
        label=label,
        matches=many(row.matches, "match"),
        documents=many(row.documents, "document"),
        rate=row.per_million or 0.0,
        low=low or 0.0,
        high=high or 0.0,
    )
    years = _years(row.label) if by in TIMES else 0.0
    return Mark(label, row.per_million or 0.0, said, low, high, years, row.is_small)


def _years(label: str) -> float:
    """The place of a year, a decade (1990s) or a month on an axis of years."""
    sign, digits = (-1, label[1:]) if label.startswith("-") else (1, label)
    year, _, month = digits.rstrip("s").partition("-")
    return sign * int(year) + (int(month) - 1 if month else 0) / 12


def dispersion_chart(table: Table[Spread]) -> Chart:
    """Where in each document the matches stand."""
    rows = tuple(
        Strip(
            row.label,
            row.bins,
            plain("{document}: {matches}", document=row.document, matches=many(row.matches, "match")),
        )
        for row in table
    )
    notes: list[str] = [
        plain("each text from its beginning to its end; the highest bar of a row is its densest stretch")
    ]
    if table.basis.method:
        notes.append(table.basis.method)
    return Chart(table.basis.query, plain("matches"), Strips(rows), table.basis, tuple(notes))


def list_title(within: str) -> str:
    """What a picture of a word list is called: the texts that it is of."""
    return within or plain("these texts")


def keyness_title(target: str, against: str | None) -> str:
    """What a picture of keywords is called: both groups."""
    return plain("{target} against {against}", target=list_title(target), against=against or plain("all others"))


def measured_chart(table: Table[Any], measure: str, title: str) -> Chart:
    """Bars of a measure of units: collocates, clusters, words, keywords."""
    marks = tuple(
        Mark(row.text, float(value), plain("{label}: {value:,}", label=row.text, value=value))
        for row in table
        if (value := getattr(row, measure)) is not None
    )
    return Chart(title, MEASURES.get(measure, _COLUMNS.get(measure, measure)), Bars((Series("", marks),)), table.basis)
