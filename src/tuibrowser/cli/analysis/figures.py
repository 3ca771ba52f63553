"""The commands that print tables of figures: frequency and dispersion."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuibrowser.analysis.figures.frequency import (
    BY_RATE,
    TIMES,
    NoFieldError,
    first_groups,
    greatest_first,
    shown_group,
)
from tuibrowser.analysis.pictures.charts import dispersion_chart, frequency_chart
from tuibrowser.analysis.pictures.plot import bar, strip
from tuibrowser.analysis.table import Table
from tuibrowser.cli.analysis.counted import ascii_only, limit_of, put, query_and_paths, scope_of
from tuibrowser.cli.analysis.judged import judging_of
from tuibrowser.cli.errors import CommandError
from tuibrowser.cli.line.figures import BINS, IN_PICTURE, PICTURES
from tuibrowser.cli.printing.aligned import aligned
from tuibrowser.cli.printing.tables import table_format
from tuibrowser.cli.searched import searched_corpus
from tuibrowser.corpus.chronology import shown_date
from tuibrowser.language.i18n import plain, said, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tuibrowser.analysis.figures.dispersion import Spread
    from tuibrowser.analysis.figures.frequency import Slice
    from tuibrowser.analysis.pictures.chart import Chart
    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.cli.printing.aligned import Cell

_BAR = 20
"""Cells of the longest bar."""


def frequency(arguments: Arguments) -> int:
    """Print how often a query stands in the texts of each group; return the exit status."""
    query, paths = query_and_paths(arguments)
    by, also = arguments.text("--by") or "year", arguments.texts("--with")
    limit, is_picture = limit_of(arguments, None if by in TIMES else IN_PICTURE), table_format(arguments) in PICTURES
    judging = judging_of(arguments, [query, *also])
    corpus = searched_corpus(paths, arguments, whole=True)
    try:
        table = corpus.frequency(query, by=by, also=also, judging=judging, scope=scope_of(arguments))
    except NoFieldError as error:
        raise CommandError(said(error)) from None
    found, is_cut = table.basis.matches or 0, limit is not None and limit < len(table)
    some = greatest_first(table, by_rate=is_picture) if by not in TIMES and (is_picture or is_cut) else table
    if limit is not None:
        some = (first_groups if is_picture else Table.first)(some, limit)
    return put(
        some,
        arguments,
        lambda: _frequencies(some, by),
        len(table),
        found=found,
        corpus=corpus,
        picture=lambda: _drawn(some, by),
    )


def _drawn(table: Table[Slice], by: str) -> Chart:
    """The picture of a table, which tells the order of groups that are no time."""
    chart = frequency_chart(table, by)
    return chart if by in TIMES else replace(chart, notes=(*chart.notes, BY_RATE))


def _frequencies(table: Table[Slice], by: str) -> Iterable[str]:
    most = max((row.per_million or 0 for row in table if not row.is_small), default=0)
    most = most or max((row.per_million or 0 for row in table), default=0)
    heads = [
        plain("group"),
        plain("matches"),
        plain("per million"),
        plain("95% interval"),
        plain("documents"),
        plain("with it"),
        "",
    ]
    rows = [[shown_group(row.label, by), *_frequency(row, most)] for row in table]
    if any(row.query is not None for row in table):
        heads.insert(0, plain("query"))
        rows = [[row.query, *cells] for row, cells in zip(table, rows, strict=True)]
    yield from aligned(heads, rows)
    if any(row.is_small for row in table):
        yield tr("(in brackets: fewer than 50,000 characters or 10 documents)")


def _frequency(row: Slice, most: float) -> list[Cell]:
    """The cells of a group beside its label; a rate of a small base stands in brackets."""
    rate: Cell = row.per_million
    if row.is_small and row.per_million is not None:
        rate = f"({row.per_million:,.0f})"
    interval = "" if row.interval is None else f"{row.interval[0]:,.0f}–{row.interval[1]:,.0f}"
    length = bar(min(row.per_million or 0, most), most, _BAR, ascii_only=ascii_only())
    return [row.matches, rate, interval, row.documents, row.documents_with, length]


def dispersion(arguments: Arguments) -> int:
    """Print in which documents a query stands, and where in them; return the exit status."""
    query, paths = query_and_paths(arguments)
    limit, bins = limit_of(arguments), arguments.number("--bins") or BINS
    judging = judging_of(arguments, [query])
    corpus = searched_corpus(paths, arguments, whole=True)
    table = corpus.dispersion(query, bins=bins, judging=judging, scope=scope_of(arguments))
    some = table if limit is None else table.first(limit)
    return put(
        some,
        arguments,
        lambda: _spreads(some),
        len(table),
        found=len(table),
        corpus=corpus,
        picture=lambda: dispersion_chart(some),
    )


def _spreads(table: Table[Spread]) -> Iterator[str]:
    heads = [plain("document"), plain("date"), plain("matches"), plain("per million"), plain("from beginning to end")]
    yield from aligned(
        heads,
        [
            [
                row.document,
                shown_date(row.date),
                row.matches,
                row.per_million,
                strip(row.bins, ascii_only=ascii_only()),
            ]
            for row in table
        ],
    )
    more = table.basis.more
    if more["dp"] is not None and more["dpnorm"] is not None:
        yield tr(
            "DP {dp:.3f}, DPnorm {dpnorm:.3f} over {parts:,} documents (0 even, 1 all in the shortest)",
            dp=more["dp"],
            dpnorm=more["dpnorm"],
            parts=more["parts"],
        )
