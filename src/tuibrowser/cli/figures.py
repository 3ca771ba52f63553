"""The commands that count: print the figures of a corpus for people or programs."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from tuibrowser.analysis.cited import cited
from tuibrowser.analysis.concordance import CONTEXT
from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.line.figures import ORDERS, SHOWN
from tuibrowser.cli.printing.output import Palette, one_line
from tuibrowser.cli.printing.tables import print_table, table_format
from tuibrowser.cli.searched import searched_corpus
from tuibrowser.corpus.names import as_utf8
from tuibrowser.hanzi.cells import cell_width, offset_at_cell
from tuibrowser.language.i18n import plain, shown
from tuibrowser.language.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tuibrowser.analysis.concordance import Concordance, Line
    from tuibrowser.cli.line.grammar import Arguments

_ALL = "all"


def concordance(arguments: Arguments) -> int:
    """Print the lines of a query; return the exit status."""
    query, paths = _query_and_paths(arguments)
    form, order = table_format(arguments), _one_of(arguments, "--order", ORDERS) or "document"
    limit, seed = _limit(arguments, form), _seed(arguments)
    context = arguments.number("--context") or CONTEXT
    corpus = searched_corpus(paths, arguments)
    lines = corpus.concordance(query, order=order, context=context, seed=seed)
    if sample := arguments.number("--sample"):
        lines = lines.sample(sample, seed)
    if arguments.flag("--distinct"):
        lines = lines.distinct()
    whole, lines = len(lines), lines if limit is None else lines.first(limit)
    if form is not None:
        print_table(lines, form, arguments.text("--output"))
    else:
        _print_lines(_line_texts(lines), lines, whole)
    return _status(len(lines.matches), is_readable=corpus.is_readable)


def _status(found: int, *, is_readable: bool) -> int:
    if not is_readable:
        return 2
    return 0 if found else 1


def _query_and_paths(arguments: Arguments) -> tuple[str, Sequence[str]]:
    if not arguments.operands:
        raise UsageError(plain("what to search for is missing"), arguments.command)
    return as_utf8(arguments.operands[0]), arguments.operands[1:]


def _limit(arguments: Arguments, form: str | None) -> int | None:
    """How many rows are wanted, None for all of them."""
    if arguments.text("--limit") == _ALL:
        return None
    return arguments.number("--limit") or (SHOWN if form is None else None)


def _seed(arguments: Arguments) -> int:
    return arguments.number("--seed") or 1


def _one_of(arguments: Arguments, option: str, names: Sequence[str]) -> str | None:
    """The value of an option that takes one of some names; raise UsageError for another."""
    given = arguments.text(option)
    if given is not None and given not in names:
        why = plain("{option} takes one of {names}, not {given!r}", option=option, names=listed(names), given=given)
        raise UsageError(why, arguments.command)
    return given


def _print_lines(texts: Iterable[str], lines: Concordance, whole: int) -> None:
    palette = Palette()
    sys.stdout.writelines(f"{text}\n" for text in texts)
    if len(lines) < whole:
        rest = plain("{shown:,} of {whole:,} lines (--limit)", shown=len(lines), whole=whole)
        sys.stdout.write(f"{palette.quiet(shown(rest))}\n")
    sys.stdout.write(f"{palette.quiet(one_line(shown(cited(lines.basis))))}\n")


def _line_texts(lines: Concordance) -> Iterator[str]:
    """Lines for people, the matches one below the other."""
    palette = Palette()
    room = max(20, shutil.get_terminal_size((100, 24)).columns)
    side = min(2 * lines.context, (room * 2 // 3) // 2)
    for line in lines:
        left, right = _fitting(one_line(line.left)[::-1], side)[::-1], _fitting(one_line(line.right), side)
        place = palette.quiet(one_line(_place(line)))
        padded = right + " " * (side - cell_width(right))
        yield f"{' ' * (side - cell_width(left))}{left} {palette.match(one_line(line.node))} {padded} {place}".rstrip()


def _place(line: Line) -> str:
    date = f"{line.date[:10]} " if line.date else ""
    times = f" ×{line.count}" if line.count > 1 else ""
    return f"{date}{line.document}:{line.line}{times}"


def _fitting(text: str, room: int) -> str:
    """As much of the beginning of a text as fits into so many cells."""
    return text if cell_width(text) <= room else text[: offset_at_cell(text, room)]
