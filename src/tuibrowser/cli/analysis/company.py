"""`tuibrowser collocates` and `tuibrowser clusters`: print the units and strings that stand beside a query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.figures.clusters import LARGEST, SIZE
from tuibrowser.analysis.figures.collocates import WINDOW
from tuibrowser.analysis.pictures.charts import measured_chart
from tuibrowser.cli.analysis.counted import forms_text, limit_of, one_of, put, query_and_paths, scope_of, units_of
from tuibrowser.cli.analysis.judged import judging_of
from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.line.figures import MEASURES, MINIMUM, SIDES
from tuibrowser.cli.printing.aligned import aligned
from tuibrowser.cli.searched import searched_corpus
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.analysis.figures.clusters import Cluster
    from tuibrowser.analysis.figures.collocates import Collocate
    from tuibrowser.analysis.table import Table
    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.cli.printing.aligned import Cell

_WINDOW: Final = re.compile(r"([0-9]{1,3})[:：]([0-9]{1,3})")
_WIDEST: Final = 100
"""Units of the widest window."""


def collocates(arguments: Arguments) -> int:
    """Print what stands near a query; return the exit status."""
    query, paths = query_and_paths(arguments)
    units = units_of(arguments)
    measure = one_of(arguments, "--measure", MEASURES) or "logdice"
    window, minimum = _window(arguments), arguments.number("--min") or MINIMUM
    limit, judging = limit_of(arguments), judging_of(arguments, [query])
    corpus = searched_corpus(paths, arguments, whole=True)
    table = corpus.collocates(
        query,
        unit=units.unit,
        exact=units.exact,
        stop=units.stop,
        progress=units.progress,
        window=window,
        measure=measure,
        minimum=minimum,
        judging=judging,
        scope=scope_of(arguments),
    )
    some = table if limit is None else table.first(limit)
    found = table.basis.matches or 0
    return put(
        some,
        arguments,
        lambda: _collocates(some),
        len(table),
        found=found,
        corpus=corpus,
        picture=lambda: measured_chart(some, measure, query),
    )


def _window(arguments: Arguments) -> tuple[int, int]:
    given = arguments.text("--window")
    if given is None:
        return WINDOW
    sides = _WINDOW.fullmatch(given)
    left, right = (int(sides[1]), int(sides[2])) if sides else (0, 0)
    if not left + right > 0 or max(left, right) > _WIDEST:
        why = plain(
            "{option} takes two numbers up to {most} like 5:5, not {given!r}",
            option="--window",
            most=_WIDEST,
            given=given,
        )
        raise UsageError(why, arguments.command)
    return left, right


def _collocates(table: Table[Collocate]) -> Iterator[str]:
    heads = [
        plain("unit"),
        plain("together"),
        plain("left"),
        plain("right"),
        plain("lines"),
        plain("documents"),
        plain("frequency"),
        "logDice",
        "MI",
        "G²",
        plain("forms"),
    ]
    yield from aligned(heads, [_collocate(row) for row in table])


def _collocate(row: Collocate) -> list[Cell]:
    counts = row.together, row.left, row.right, row.lines, row.documents, row.frequency
    return [row.text, *counts, row.logdice, row.mi, row.g2, forms_text(row.forms)]


def clusters(arguments: Arguments) -> int:
    """Print what a query makes with the characters beside it; return the exit status."""
    query, paths = query_and_paths(arguments)
    side = one_of(arguments, "--side", SIDES) or "right"
    size, minimum = arguments.number("--size") or SIZE, arguments.number("--min") or 1
    if size > LARGEST:
        why = plain("{option} is {most} at most", option="--size", most=LARGEST)
        raise UsageError(why, arguments.command)
    limit, judging = limit_of(arguments), judging_of(arguments, [query])
    corpus = searched_corpus(paths, arguments, whole=True)
    table = corpus.clusters(
        query,
        size=size,
        side=side,
        minimum=minimum,
        exact=arguments.flag("--exact"),
        judging=judging,
        scope=scope_of(arguments),
    )
    some = table if limit is None else table.first(limit)
    found = table.basis.matches or 0
    return put(
        some,
        arguments,
        lambda: _clusters(some),
        len(table),
        found=found,
        corpus=corpus,
        picture=lambda: measured_chart(some, "matches", query),
    )


def _clusters(table: Table[Cluster]) -> Iterator[str]:
    heads = [
        plain("cluster"),
        plain("matches"),
        plain("per million"),
        plain("share"),
        plain("documents"),
        plain("forms"),
    ]
    yield from aligned(
        heads,
        [
            [row.text, row.matches, row.per_million, f"{row.share:.1%}", row.documents, forms_text(row.forms)]
            for row in table
        ],
    )
