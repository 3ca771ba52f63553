"""`tuibrowser similar`: print the words that are used like a word."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.line.study import SIMILAR_SHOWN
from tuibrowser.cli.printing.output import Palette, one_line
from tuibrowser.cli.searched import check_same, searched_corpus
from tuibrowser.cli.sources import Progress
from tuibrowser.corpus.names import as_utf8
from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.reading.harmless import json_line
from tuibrowser.search.missing import missing_records
from tuibrowser.study.alike import why_none

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.search.likeness.model import SimilarWords


def similar(arguments: Arguments) -> int:
    """Print the words used like one; return the exit status."""
    if not arguments.operands or not (word := "".join(as_utf8(arguments.operands[0]).split())):
        raise UsageError(plain("the word that others are to be like is missing"), arguments.command)
    corpus = searched_corpus(arguments.operands[1:], arguments)
    limit = arguments.number("--limit") or SIMILAR_SHOWN
    missing = corpus.missing
    found = corpus.similar(word, limit, Progress(_comparing))
    check_same(corpus, missing)
    if arguments.flag("--json"):
        sys.stdout.write(f"{json_line(_record(found) | {'missing': missing_records(missing)})}\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(found, Palette()))
    if not corpus.is_readable:
        return 2
    return 0 if found.rows else 1


def _comparing(done: int, total: int) -> str:
    return str(tr("comparing the words: {share:.0%}", share=done / max(1, total)))


def _record(found: SimilarWords) -> dict[str, object]:
    rows = [{"word": row.word, "likeness": row.likeness, "count": row.count} for row in found.rows]
    return {"word": found.word, "count": found.count, "similar": rows}


def _lines(found: SimilarWords, palette: Palette) -> Iterator[str]:
    """How often the word stands in the texts; then a line for each word like it, or why there is none."""
    yield palette.quiet(one_line(tr("{word}: {times} as a word", word=found.word, times=many(found.count, "time"))))
    if not found.rows:
        yield one_line(shown(why_none(found)))
    width = max((len(f"{row.count:,}") for row in found.rows), default=0)
    for row in found.rows:
        yield f"{row.likeness:.2f} {row.count:{width},} {palette.place(one_line(row.word))}"
