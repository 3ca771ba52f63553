"""Tables: print rows of figures in a format for programs, with what the figures rest on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.analysis.export.cited import cited
from tuibrowser.analysis.export.formatted import ENDINGS, WITH_BASIS, files_of, formatted
from tuibrowser.analysis.pictures.converted import CONVERTED, NoConverterError
from tuibrowser.analysis.pictures.files import PICTURE_ENDINGS, picture_of, pictures_of
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.figures import PICTURED, PICTURES, TABLE_FORMATS
from tuibrowser.cli.printing.files import format_of, write_file
from tuibrowser.cli.printing.output import escaped, on_terminal
from tuibrowser.cli.sources import say
from tuibrowser.host.fonts import has_chinese_font
from tuibrowser.host.whole import encoded
from tuibrowser.language.i18n import many, plain, said

if TYPE_CHECKING:
    from tuibrowser.analysis.export.formatted import Exportable
    from tuibrowser.analysis.pictures.chart import Chart
    from tuibrowser.cli.line.grammar import Arguments


def table_format(arguments: Arguments) -> str | None:
    """The format that is wanted, by name or by the ending of the file; None for people."""
    if arguments.command not in PICTURED:
        return format_of(arguments, TABLE_FORMATS, ENDINGS)
    form = format_of(arguments, (*TABLE_FORMATS, *PICTURES), PICTURE_ENDINGS | ENDINGS)
    if form in CONVERTED and arguments.text("--output") is None:
        raise UsageError(plain("a picture in {form} needs --output FILE", form=form.upper()), arguments.command)
    return form


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


def print_picture(chart: Chart, form: str, output: str | None) -> None:
    """Print a picture, or write it to a file; what it is of stands in it, or beside one that has no place for it.

    Raise CommandError where it needs what is not installed.
    """
    try:
        if output is None:
            sys.stdout.write(picture_of(chart, form).decode())
            return
        files = pictures_of(chart, output, form)
    except NoConverterError as error:
        raise CommandError(said(error)) from None
    for name, data in files.items():
        write_file(Path(name), data)
    if form in CONVERTED and has_chinese_font() is False:
        say([plain("there is no font with Chinese characters on this machine: the picture may lack them")])
    say([plain("the picture is in {file}", file=output)])
