"""`tuibrowser words`: print the words of texts, or their characters, by how often they occur."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.analysis.figures.clusters import LARGEST
from tuibrowser.analysis.pictures.charts import list_title, measured_chart
from tuibrowser.cli.analysis.counted import cut_into_words, forms_text, limit_of, one_of, put, scope_of
from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.line.figures import UNITS
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
    unit = one_of(arguments, "--unit", UNITS) or "word"
    within = as_utf8(arguments.text("--within") or "")
    size, minimum, limit = arguments.number("--size") or 1, arguments.number("--min"), limit_of(arguments)
    if size > 1 and unit != "word":
        raise UsageError(plain("only words are counted in a row: leave out --unit"), arguments.command)
    if size > LARGEST:
        raise UsageError(plain("{option} is {most} at most", option="--size", most=LARGEST), arguments.command)
    corpus = searched_corpus(arguments.operands, arguments)
    if unit == "word":
        cut_into_words(corpus)
    table = corpus.words(within, unit=unit, size=size, minimum=minimum, scope=scope_of(arguments))
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
