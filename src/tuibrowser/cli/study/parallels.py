"""`tuibrowser parallels`: print the passages that quote, repeat or resemble a text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.study import PARALLELS_SHOWN
from tuibrowser.cli.printing.answers import bound_records, bounds_of
from tuibrowser.cli.printing.output import Palette, one_line
from tuibrowser.cli.searched import check_same, searched_corpus
from tuibrowser.cli.sources import STANDARD_INPUT
from tuibrowser.corpus.names import as_utf8
from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.reading.harmless import json_line
from tuibrowser.search.missing import missing_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.study.parallels import PlacedParallel, PlacedParallels

_ALL = "all"
_AROUND = 12
"""Code points shown before the first stretch that corresponds and after the last."""


def parallels(arguments: Arguments) -> int:
    """Print the parallels of a text; return the exit status."""
    if not arguments.operands:
        raise UsageError(plain("the text whose parallels are looked for is missing"), arguments.command)
    first, *paths = arguments.operands
    if first == STANDARD_INPUT and STANDARD_INPUT in paths:
        raise UsageError(plain("standard input (-) cannot be both the passage and a text"), arguments.command)
    text = _standard_input() if first == STANDARD_INPUT else as_utf8(first)
    if not text.strip():
        raise UsageError(plain("the text whose parallels are looked for is missing"), arguments.command)
    limit = None if arguments.text("--limit") == _ALL else arguments.number("--limit") or PARALLELS_SHOWN
    corpus = searched_corpus(paths, arguments)
    missing = corpus.missing
    found = corpus.parallels(text, limit)
    check_same(corpus, missing)
    if arguments.flag("--json"):
        sys.stdout.write(f"{json_line(_record(found) | {'missing': missing_records(missing)})}\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(found, Palette()))
    if not corpus.is_readable:
        return 2
    return 0 if found.total else 1


def _standard_input() -> str:
    if sys.stdin is None:
        raise CommandError(plain("standard input is closed"))
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _record(found: PlacedParallels) -> dict[str, object]:
    return {
        "query": found.query,
        "elapsed_ms": round(found.elapsed_ms, 3),
        "total": found.total,
        "parallels": [row.record() for row in found.rows],
        "at_least": found.at_least,
        "bounds": bound_records(found.bounds),
    }


def _lines(found: PlacedParallels, palette: Palette) -> Iterator[str]:
    """The parallels for people: how many, then a line for each."""
    summary = plain("nothing found")
    if found.total:
        summary = many(found.total, "parallel")
        if found.at_least:
            summary = plain("at least {matches}", matches=summary)
    if sum(row.parallel.count for row in found.rows) < found.total:
        summary = plain("{summary}; the best {count:,} follow (--limit)", summary=summary, count=len(found.rows))
    yield palette.quiet(one_line(shown(summary)))
    for bound in bounds_of(found.bounds):
        yield palette.quiet(one_line(shown(bound)))
    for row in found.rows:
        yield _line(row, palette)


def _line(row: PlacedParallel, palette: Palette) -> str:
    place = palette.place(f"{one_line(row.document)}:{row.line}:")
    share = palette.quiet(tr("{share:.0%} the same", share=row.parallel.cover))
    more = tr(" (+{count:,} more)", count=row.parallel.count - 1) if row.parallel.count > 1 else ""
    return f"{place} {share} {_excerpt(row, palette)}{palette.quiet(more)}"


def _excerpt(row: PlacedParallel, palette: Palette) -> str:
    """The paragraph around the stretches that correspond, on one line, with these marked."""
    text, pairs = one_line(row.parallel.text), row.parallel.pairs
    start, end = max(0, pairs[0][2] - _AROUND), pairs[-1][3] + _AROUND
    marked = palette.marked(text[start:end], [(low - start, high - start) for *_, low, high in pairs])
    return f"{'…' if start else ''}{marked}{'…' if end < len(text) else ''}"
