"""`tuibrowser keyness`: print what marks one group of texts against another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.analysis.figures.keyness import NoGroupError
from tuibrowser.analysis.pictures.charts import keyness_title, measured_chart
from tuibrowser.cli.analysis.counted import forms_text, limit_of, one_of, put, scope_of, units_of
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.figures import COUNTED, KEY_MEASURES, MINIMUM
from tuibrowser.cli.printing.aligned import aligned
from tuibrowser.cli.searched import searched_corpus
from tuibrowser.corpus.names import as_utf8
from tuibrowser.language.i18n import plain, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.analysis.figures.keyness import Keyword
    from tuibrowser.analysis.table import Table
    from tuibrowser.cli.line.grammar import Arguments


def keyness(arguments: Arguments) -> int:
    """Print the units that mark a group of texts; return the exit status."""
    if not arguments.operands or not arguments.operands[0].strip():
        raise UsageError(plain("the group to look at is missing, such as in:北京"), arguments.command)
    filters, paths = as_utf8(arguments.operands[0]), arguments.operands[1:]
    against = arguments.text("--against")
    units = units_of(arguments)
    measure = one_of(arguments, "--measure", KEY_MEASURES) or "conservative"
    count = one_of(arguments, "--count", COUNTED) or "units"
    minimum, limit = arguments.number("--min") or MINIMUM, limit_of(arguments)
    corpus = searched_corpus(paths, arguments, whole=True)
    try:
        table = corpus.keyness(
            filters,
            None if against is None else as_utf8(against),
            unit=units.unit,
            exact=units.exact,
            stop=units.stop,
            progress=units.progress,
            measure=measure,
            count=count,
            minimum=minimum,
            scope=scope_of(arguments),
        )
    except NoGroupError as error:
        raise CommandError(said(error)) from None
    some = table if limit is None else table.first(limit)
    return put(
        some,
        arguments,
        lambda: _keywords(some),
        len(table),
        found=len(table),
        corpus=corpus,
        picture=lambda: measured_chart(some, measure, keyness_title(filters, against)),
    )


def _keywords(table: Table[Keyword]) -> Iterator[str]:
    heads = [
        plain("unit"),
        plain("target"),
        plain("reference texts"),
        plain("per million"),
        plain("reference texts"),
        plain("documents"),
        plain("reference texts"),
        plain("log ratio"),
        plain("sure part"),
        "G²",
        plain("forms"),
    ]
    yield from aligned(
        heads,
        [
            [
                *(row.text, row.target, row.reference, *row.per_million, *row.documents),
                *(row.log_ratio, row.conservative, row.g2, forms_text(row.forms)),
            ]
            for row in table
        ],
    )
