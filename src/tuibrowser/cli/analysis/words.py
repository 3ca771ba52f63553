"""`tuibrowser words`: print the words of texts, or their characters, by how often they occur."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.analysis.figures.clusters import LARGEST
from tuibrowser.analysis.pictures.charts import list_title, measured_chart
from tuibrowser.cli.analysis.counted import forms_text, limit_of, put, scope_of, units_of
from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.printing.aligned import aligned
from tuibrowser.cli.searched import searched_corpus
from tuibrowser.corpus.names import as_utf8
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.analysis.figures.lists import Entry
    from tuibrowser.analysis.table import Table
    from tuibrowser.cli.line.grammar import Arguments


def words(arguments: Arguments) -> int:
    """Print the units of texts, most first; return the exit status."""
    units = units_of(arguments)
    within = as_utf8(arguments.text("--within") or "")
    size, minimum, limit = arguments.number("--size") or 1, arguments.number("--min"), limit_of(arguments)
    if size > 1 and units.unit not in (None, "word"):
        raise UsageError(plain("only words are counted in a row: leave out --unit"), arguments.command)
    if size > LARGEST:
        raise UsageError(plain("{option} is {most} at most", option="--size", most=LARGEST), arguments.command)
    corpus = searched_corpus(arguments.operands, arguments, whole=True)
    table = corpus.words(
        within,
        unit=units.unit,
        exact=units.exact,
        stop=units.stop,
        progress=units.progress,
        size=size,
        minimum=minimum,
        scope=scope_of(arguments),
    )
    some = table if limit is None else table.first(limit)
    return put(
        some,
        arguments,
        lambda: _entries(some),
        len(table),
        found=len(table),
        corpus=corpus,
        picture=lambda: measured_chart(some, "count", list_title(within)),
    )


def _entries(table: Table[Entry]) -> Iterator[str]:
    heads = [plain("unit"), plain("number"), plain("per million"), plain("documents"), plain("forms")]
    yield from aligned(
        heads, [[row.text, row.count, row.per_million, row.documents, forms_text(row.forms)] for row in table]
    )
