"""`tuibrowser concordance`: print the matches of a query as lines, each in its context."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tuibrowser.analysis.figures.concordance import CONTEXT
from tuibrowser.cli.analysis.counted import cut_into_words, limit_of, one_of, put, query_and_paths, scope_of
from tuibrowser.cli.analysis.judged import judging_of
from tuibrowser.cli.line.figures import ORDERS
from tuibrowser.cli.printing.output import Palette, one_line
from tuibrowser.cli.printing.tables import table_format
from tuibrowser.cli.searched import searched_corpus
from tuibrowser.corpus.chronology import shown_date
from tuibrowser.hanzi.cells import cell_width, offset_at_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.analysis.figures.concordance import Concordance, Line
    from tuibrowser.cli.line.grammar import Arguments

_NARROWEST, _WIDTH, _HEIGHT = 20, 100, 24
"""Cells of the narrowest screen that lines are set for, and those of one that is not known."""


def concordance(arguments: Arguments) -> int:
    """Print the lines of a query; return the exit status."""
    query, paths = query_and_paths(arguments)
    table_format(arguments)
    order = one_of(arguments, "--order", ORDERS) or "document"
    limit, seed = limit_of(arguments), arguments.number("--seed") or 1
    context, sample = arguments.number("--context") or CONTEXT, arguments.number("--sample")
    judging = judging_of(arguments, [query])
    corpus = searched_corpus(paths, arguments, whole=True)
    whole_words = arguments.flag("--whole-words")
    if whole_words:
        cut_into_words(corpus)
    lines = corpus.concordance(
        query,
        order=order,
        context=context,
        seed=seed,
        judging=judging,
        scope=scope_of(arguments),
        whole_words=whole_words,
    )
    if sample:
        lines = lines.sample(sample, seed)
    if arguments.flag("--distinct"):
        lines = lines.distinct()
    some = lines if limit is None else lines.first(limit)
    found = len(lines.matches)
    return put(some, arguments, lambda: _texts(some), len(lines), found=found, corpus=corpus)


def _texts(lines: Concordance) -> Iterator[str]:
    """Lines for people, the matches one below the other."""
    palette = Palette()
    room = max(_NARROWEST, shutil.get_terminal_size((_WIDTH, _HEIGHT)).columns)
    side = min(2 * lines.context, room // 3)
    for line in lines:
        left, right = _fitting(one_line(line.left)[::-1], side)[::-1], _fitting(one_line(line.right), side)
        place = palette.quiet(one_line(_place(line)))
        padded = right + " " * (side - cell_width(right))
        code = "" if lines.judged is None else f"{line.code or ' '} "
        before = " " * (side - cell_width(left)) + left
        yield f"{code}{before} {palette.match(one_line(line.node))} {padded} {place}".rstrip()


def _place(line: Line) -> str:
    date = f"{shown_date(line.date)} " if line.date else ""
    times = f" ×{line.count}" if line.count > 1 else ""
    return f"{date}{line.document}:{line.line}{times}"


def _fitting(text: str, room: int) -> str:
    """As much of the beginning of a text as fits into so many cells."""
    return text if cell_width(text) <= room else text[: offset_at_cell(text, room)]
