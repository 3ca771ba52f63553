"""Tables: print rows of figures in a format for programs, with what the figures rest on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.analysis.cited import cited
from tuibrowser.analysis.formatted import ENDINGS, WITH_BASIS, files_of, formatted
from tuibrowser.cli.line.figures import TABLE_FORMATS
from tuibrowser.cli.printing.files import format_of, write_file
from tuibrowser.cli.printing.output import escaped, on_terminal
from tuibrowser.cli.sources import say
from tuibrowser.host.whole import encoded
from tuibrowser.language.i18n import many, plain

if TYPE_CHECKING:
    from tuibrowser.analysis.formatted import Exportable
    from tuibrowser.cli.line.grammar import Arguments


def table_format(arguments: Arguments) -> str | None:
    """The format that is wanted, by name or by the ending of the file; None for people."""
    return format_of(arguments, TABLE_FORMATS, ENDINGS)


def print_table(table: Exportable, form: str, output: str | None) -> None:
    """Print a table in a format, or write it to a file; its basis stands in it, beside it, or on standard error."""
    if output is None:
        text = formatted(table, form)
        sys.stdout.write(escaped(text) if on_terminal() and form != "json" else text)
        if form not in WITH_BASIS:
            say([cited(table.basis)])
        return
    for name, text in files_of(table, output, form).items():
        write_file(Path(name), encoded(text))
    say([plain("{rows} written to {file}", rows=many(len(table), "row"), file=output)])
