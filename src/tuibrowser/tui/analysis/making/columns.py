"""Columns of the tables: the heading, the cell and the value to order by of each, and which make way first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.analysis.figures.frequency import is_by_folder, shown_group
from tuibrowser.corpus.chronology import chronological, shown_date
from tuibrowser.hanzi.fold import fold
from tuibrowser.language.i18n import plain
from tuibrowser.tui.analysis.making.asked import View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tuibrowser.tui.analysis.making.asked import Asked

BARS: Final = "bars"
"""The column that a plot is drawn in."""

_SMALL: Final = 100
"""Numbers below which two decimals are shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `text` makes the cell of a row, `value` what rows are ordered by, None for no order.

    Where there is no room, columns of a greater `leaving` make way first; those of 0 stay. Numbers stand right.
    """

    key: str
    heading: str
    text: Callable[[Any], str]
    value: Callable[[Any], Any] | None
    leaving: int = 0
    is_number: bool = True


def _value(key: str, heading: str, leaving: int = 0) -> Column:
    value = attrgetter(key)
    return Column(key, heading, lambda row: number(value(row)), value, leaving)


def _of_pair(key: str, at: int, heading: str, leaving: int) -> Column:
    pair, one = attrgetter(key), itemgetter(at)
    return Column(f"{key}{at}", heading, lambda row: number(one(pair(row))), lambda row: one(pair(row)), leaving)


def number(value: float | None) -> str:
    """A number as a cell shows it: with separators, and two decimals where it is small and not whole."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}" if abs(value) < _SMALL else f"{value:,.0f}"


def forms_text(forms: Mapping[str, int]) -> str:
    """The forms of a row where there are several, with their numbers."""
    return ", ".join(f"{form} {count:,}" for form, count in forms.items()) if len(forms) > 1 else ""


def _forms(leaving: int) -> Column:
    return Column("forms", plain("forms"), lambda row: forms_text(row.forms), None, leaving, is_number=False)


def _text(key: str, heading: str) -> Column:
    value = attrgetter(key)
    return Column(key, heading, value, lambda row: fold(value(row)).tolist(), is_number=False)


def _date(leaving: int) -> Column:
    return Column(
        "date",
        plain("date"),
        lambda row: shown_date(row.date),
        lambda row: chronological(row.date) if row.date else None,
        leaving,
        is_number=False,
    )


def _rate(row: Any) -> str:
    """A rate, in brackets where its base is small."""
    if row.per_million is None:
        return "–"
    return f"({row.per_million:,.0f})" if row.is_small else f"{row.per_million:,.0f}"


def _interval(row: Any) -> str:
    return f"{row.interval[0]:,.0f}–{row.interval[1]:,.0f}" if row.interval is not None else ""


_DOCUMENTS: Final = plain("documents")

COLUMNS: Final[Mapping[View, tuple[Column, ...]]] = {
    View.SPREAD: (
        _text("label", plain("document")),
        _date(3),
        _value("matches", plain("matches")),
        _value("units", plain("characters"), 4),
        _value("per_million", plain("per million"), 2),
        Column(BARS, plain("from beginning to end"), lambda _: "", None, is_number=False),
    ),
    View.COLLOCATES: (
        _text("text", plain("unit")),
        _value("together", plain("together")),
        _value("left", plain("left"), 3),
        _value("right", plain("right"), 3),
        _value("lines", plain("lines"), 7),
        _value("documents", _DOCUMENTS, 5),
        _value("frequency", plain("in all"), 4),
        _value("logdice", "logDice", 1),
        _value("mi", "MI", 2),
        _value("g2", "G²", 2),
        _value("mi3", "MI³", 8),
        _value("t", "t", 9),
        _value("z", "z", 10),
        _value("expected", plain("expected"), 6),
        _forms(11),
    ),
    View.CLUSTERS: (
        _text("text", plain("cluster")),
        _value("matches", plain("matches")),
        Column("share", plain("share"), lambda row: f"{row.share:.1%}", attrgetter("share"), 1),
        _value("per_million", plain("per million"), 2),
        _value("documents", _DOCUMENTS, 3),
        _forms(4),
    ),
    View.WORDS: (
        _text("text", plain("unit")),
        _value("count", plain("occurrences")),
        _value("per_million", plain("per million"), 1),
        _value("documents", _DOCUMENTS, 2),
        _forms(3),
    ),
    View.KEYNESS: (
        _text("text", plain("unit")),
        _value("target", plain("here")),
        _value("reference", plain("there")),
        _of_pair("per_million", 0, plain("per million here"), 4),
        _of_pair("per_million", 1, plain("there"), 4),
        _of_pair("documents", 0, plain("documents here"), 5),
        _of_pair("documents", 1, plain("there"), 5),
        _value("conservative", plain("sure part"), 1),
        _value("log_ratio", plain("log ratio"), 2),
        _value("g2", "G²", 2),
        _value("diff", "%DIFF", 6),
        _forms(7),
    ),
    View.TIME: (
        _text("label", plain("group")),
        Column("query", plain("query"), lambda row: row.query or "", attrgetter("query"), is_number=False),
        _value("matches", plain("matches")),
        Column("per_million", plain("per million"), _rate, attrgetter("per_million")),
        Column("interval", plain("95% interval"), _interval, None, 3),
        Column(BARS, "", lambda _: "", None, 2, is_number=False),
        _value("documents", _DOCUMENTS, 1),
        _value("documents_with", plain("with it"), 4),
    ),
}
"""The columns of each table."""

DEFAULT_SORT: Final[Mapping[View, str]] = {
    View.SPREAD: "matches",
    View.COLLOCATES: "logdice",
    View.CLUSTERS: "matches",
    View.WORDS: "count",
    View.KEYNESS: "conservative",
    View.TIME: "",
}
"""The column that each table is ordered by where no other is asked for; an empty one for the order of the groups."""


GROUPS: Final[Mapping[str, str]] = {
    "month": plain("month"),
    "year": plain("year"),
    "decade": plain("decade"),
    "folder": plain("folder"),
    "author": plain("author"),
    "document": plain("document"),
}
"""What the groups of the last view are."""


def group_of(by: str) -> str:
    """What the groups of the last view are called: a field by its name."""
    return GROUPS.get("folder" if is_by_folder(by) else by, by)


def _shown_group(row: Any, by: str) -> str:
    return shown_group(row.label, by)


def columns_of(asked: Asked) -> Sequence[Column]:
    """The columns of what was asked for; that of the query only where there are several."""
    columns = [column for column in COLUMNS[asked.view] if column.key != "query" or asked.also]
    if asked.view is View.TIME:
        shown = partial(_shown_group, by=asked.by)
        columns[0] = replace(columns[0], heading=group_of(asked.by), text=shown)
    return columns
