"""`tuibrowser reuse`: print the passages that a document shares with others, or all documents with one another."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.printing.files import format_of
from tuibrowser.cli.printing.output import Palette, escaped, on_terminal, one_line
from tuibrowser.cli.searched import check_same, searched_corpus
from tuibrowser.cli.sources import STANDARD_INPUT, Progress, say
from tuibrowser.language.i18n import plain, shown, tr
from tuibrowser.search.reuse.model import RUN, SHORTEST
from tuibrowser.study.reuse.words import RELATIONS, bound_words, count_words
from tuibrowser.study.reuse.written import FORMATS, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.api import OpenCorpus
    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.language.i18n import Message
    from tuibrowser.study.reuse.placed import PlacedPassage, PlacedReuse

    _Rows = PlacedReuse | Sequence[PlacedPassage]

_ALL = "all"
_LONGEST = 200
"""Code points of a passage that people see."""


def reuse(arguments: Arguments) -> int:
    """Print the passages that are shared; return the exit status."""
    form = format_of(arguments, FORMATS, {})
    form = "jsonl" if form == "json" else form
    minimum = _minimum(arguments)
    of_all = arguments.flag("--all")
    if not of_all and not arguments.operands:
        raise UsageError(plain("the document is missing (or --all)"), arguments.command)
    paths = arguments.operands if of_all else arguments.operands[1:]
    if not of_all and arguments.operands[0] == STANDARD_INPUT:
        raise UsageError(plain("standard input (-) cannot be the document"), arguments.command)
    corpus = searched_corpus(paths, arguments, whole=form is not None)
    limit = None if arguments.text("--limit") == _ALL else arguments.number("--limit")
    missing = corpus.missing
    found = _found(corpus, None if of_all else arguments.operands[0], minimum)
    check_same(corpus, missing)
    rows = found if limit is None else found.rows(0, limit)
    if form is None:
        sys.stdout.writelines(f"{line}\n" for line in _lines(found, rows, Palette()))
    else:
        safe = escaped if on_terminal() and form != "jsonl" else str
        sys.stdout.writelines(map(safe, written(form, rows)))
        say([*([_summary(found, rows)] if len(rows) < len(found) else []), *bound_words(found)])
    if not corpus.is_readable:
        return 2
    return 0 if len(found) else 1


def _minimum(arguments: Arguments) -> int:
    minimum = arguments.number("--min") or RUN
    if minimum < SHORTEST:
        raise UsageError(plain("--min is {fewest} at least", fewest=SHORTEST), arguments.command)
    return minimum


def _found(corpus: OpenCorpus, document: str | None, minimum: int) -> PlacedReuse:
    if document is not None:
        return corpus.reuse(document, minimum)
    return corpus.reuse_among(minimum, progress=Progress(_comparing))


def _comparing(done: int, total: int) -> str:
    return tr("comparing: {share:.0%}", share=done / total)


def _summary(found: PlacedReuse, rows: _Rows) -> Message:
    """How many passages there are, and how many of them are given where that is not all."""
    if len(rows) == len(found):
        return count_words(found)
    return plain("{summary}; the first {count:,} follow (--limit)", summary=count_words(found), count=len(rows))


def _lines(found: PlacedReuse, rows: _Rows, palette: Palette) -> Iterator[str]:
    """The passages for people: how many, then a line for each."""
    yield palette.quiet(one_line(shown(_summary(found, rows))))
    for bound in bound_words(found):
        yield palette.quiet(one_line(shown(bound)))
    for row in rows:
        yield _line(row, palette)


def _line(row: PlacedPassage, palette: Palette) -> str:
    own = row.shared.own
    place = palette.place(f"{one_line(row.document.name)}:{row.line}:")
    where = palette.place(f"{one_line(row.other.name)}:{row.other_line}")
    told = f" ({shown(RELATIONS[row.other_is])})" if row.other_is else ""
    more = tr(" (+{count:,} more)", count=row.shared.count - 1) if row.shared.count > 1 else ""
    words = palette.quiet(tr("{count:,} characters", count=row.shared.matched))
    start, end = own.spans[0][0], max(end for _, end in own.spans)
    text = one_line(own.text)[start : min(end, start + _LONGEST)]
    spans = [(low - start, high - start) for low, high in own.spans if low < start + len(text)]
    return f"{place} {words} {where}{palette.quiet(told + more)}: {palette.marked(text, _disjoint(spans))}"


def _disjoint(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that ascend without what they have in common with those before."""
    ends = [0, *(end for _, end in spans)]
    return [(max(low, before), high) for (low, high), before in zip(spans, ends, strict=False)]
