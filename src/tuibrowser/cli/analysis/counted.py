"""Counted: the shared parts of the commands that count: query, number of rows, printing and exit status."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.analysis.export.cited import cited
from tuibrowser.analysis.texts.stop_list import read_stop_lists
from tuibrowser.analysis.texts.units import UnitsAsked
from tuibrowser.cli.analysis.listed import write_manifest
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.figures import IN_PICTURE, NO_STOP_LIST, PICTURES, SHOWN, UNITS
from tuibrowser.cli.printing.output import Palette, one_line
from tuibrowser.cli.printing.tables import print_picture, print_table, table_format
from tuibrowser.cli.searched import check_same
from tuibrowser.cli.sources import Progress
from tuibrowser.corpus.names import as_utf8
from tuibrowser.language.i18n import plain, shown, tr
from tuibrowser.language.wording import listed
from tuibrowser.search.model import Scope
from tuibrowser.settings.early import own_stopwords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tuibrowser.analysis.export.formatted import Exportable
    from tuibrowser.analysis.pictures.chart import Chart
    from tuibrowser.api import OpenCorpus
    from tuibrowser.cli.line.grammar import Arguments

_ALL = "all"


def query_and_paths(arguments: Arguments) -> tuple[str, Sequence[str]]:
    """The query and the paths of a command; raise UsageError where there is no query."""
    if not arguments.operands or not arguments.operands[0].strip():
        raise UsageError(plain("what to search for is missing"), arguments.command)
    return as_utf8(arguments.operands[0]), arguments.operands[1:]


def scope_of(arguments: Arguments) -> Scope:
    """Which matches in which documents are counted."""
    return Scope(exact=not arguments.flag("--near"), once=arguments.flag("--once"))


def limit_of(arguments: Arguments, in_picture: int | None = IN_PICTURE) -> int | None:
    """How many rows are wanted, None for all of them; people and pictures have some where no number is named."""
    if arguments.text("--limit") == _ALL:
        return None
    form = table_format(arguments)
    few = SHOWN if form is None else in_picture if form in PICTURES else None
    return arguments.number("--limit") or few


def one_of(arguments: Arguments, option: str, names: Sequence[str]) -> str | None:
    """The value of an option that takes one of some names; raise UsageError for another."""
    given = arguments.text(option)
    if given is not None and given not in names:
        why = plain("{option} takes one of {names}, not {given!r}", option=option, names=listed(names), given=given)
        raise UsageError(why, arguments.command)
    return given


def units_of(arguments: Arguments) -> UnitsAsked:
    """The units that a command is to count; raise CommandError where a stop list that is named cannot be used."""
    unit, given = one_of(arguments, "--unit", UNITS), arguments.text("--stop")
    if given is None:
        stop = read_stop_lists(own_stopwords())
    else:
        stop = read_stop_lists([] if given == NO_STOP_LIST else [Path(given)])
        for problem in stop.problems:
            raise CommandError(problem)
    return UnitsAsked(unit, arguments.flag("--exact"), stop, Progress(_cutting))


def cut_into_words(corpus: OpenCorpus) -> None:
    """Cut the texts of a corpus into words where that has not been done, and say how far that is."""
    corpus.searcher.cut_texts.prepare(Progress(_cutting))


def _cutting(done: int, total: int) -> str:
    return str(tr("cutting into words: {share:.0%}", share=done / max(1, total)))


def put(
    table: Exportable,
    arguments: Arguments,
    texts: Callable[[], Iterable[str]],
    whole: int,
    *,
    found: int,
    corpus: OpenCorpus,
    picture: Callable[[], Chart] | None = None,
) -> int:
    """Print a table in its format, or for people as some lines and what it rests on; return the exit status.

    What `--manifest` names is written too. `whole` is how many rows there are, of which the table may have the first;
    `found` is what was found, and `picture` makes the chart of the table.
    """
    check_same(corpus, table.basis.missing)
    write_manifest(corpus, arguments)
    form = table_format(arguments)
    if form in PICTURES and picture is not None:
        chart = picture()
        if len(table) < whole:
            chart = replace(chart, notes=(*chart.notes, table.basis.notes[-1]))
        print_picture(chart, form, arguments.text("--output"))
    elif form is not None:
        print_table(table, form, arguments.text("--output"))
    else:
        palette = Palette()
        sys.stdout.writelines(f"{text}\n" for text in texts())
        if len(table) < whole:
            rest = plain("{shown:,} of {whole:,} rows (--limit)", shown=len(table), whole=whole)
            sys.stdout.write(f"{palette.quiet(shown(rest))}\n")
        sys.stdout.write(f"{palette.quiet(one_line(shown(cited(table.basis))))}\n")
    if not corpus.is_readable:
        return 2
    return 0 if found else 1


def ascii_only() -> bool:
    """Whether the terminal is the console of Linux, whose font has no braille."""
    return os.environ.get("TERM") == "linux"


def forms_text(forms: Mapping[str, int]) -> str:
    """The forms of a row where there are several, with their numbers."""
    if len(forms) < 2:
        return ""
    return ", ".join(f"{form} {count:,}" for form, count in forms.items())
