"""Giving: rows to the clipboard or to a file, the basis of a figure as a paragraph, and the help with each measure."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from tuibrowser.analysis.export.cells import cells
from tuibrowser.analysis.export.cited import cited
from tuibrowser.analysis.export.formatted import ENDINGS, files_of
from tuibrowser.analysis.pictures.converted import NoConverterError
from tuibrowser.analysis.pictures.files import PICTURE_ENDINGS, pictures_of
from tuibrowser.host.whole import encoded, write_whole
from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.reading.harmless import file_stem
from tuibrowser.reading.tables import tsv_text
from tuibrowser.settings.commands import Place
from tuibrowser.tui.analysis.giving.chosen import Rows
from tuibrowser.tui.analysis.giving.pictures import chart_of
from tuibrowser.tui.analysis.making.made import Figure, Lines
from tuibrowser.tui.analysis.panel.words import MEASURE_NAMES, MEASURES
from tuibrowser.tui.browser.desk import NOT_IN_PAGE
from tuibrowser.tui.dialogs.bookmarks import NoteDialog
from tuibrowser.tui.dialogs.picker import Option, Picker, among
from tuibrowser.tui.dialogs.text_dialog import HEADER, TextDialog, help_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.tui.analysis.panel.panel import AnalysisPanel
    from tuibrowser.tui.browser.desk import Browser

_LINE_COLUMNS: Final = ("left", "node", "right", "date", "title", "reference")
"""What of a line is copied."""

_FORM_WORDS: Final = {
    "csv": plain("for spreadsheets"),
    "tsv": plain("tabs, verbatim"),
    "json": plain("rows and basis, for programs"),
    "jsonl": plain("a row a line, for programs"),
    "markdown": plain("a table to read, with the basis"),
}

_PICTURE_WORDS: Final = {
    "svg": plain("a picture for a paper"),
    "vega-lite": plain("a picture as a specification with its data"),
    "png": plain("a picture in pixels (extra pictures)"),
    "pdf": plain("a picture for LaTeX (extra pictures)"),
}
"""The formats of pictures, which figures have and lines have not."""


class Shown(Protocol):
    """What is shown."""

    @property
    def panel(self) -> AnalysisPanel:
        """The panel, with its rows."""


class Giving:
    """Gives what is shown away."""

    def __init__(self, browser: Browser, work: Shown) -> None:
        self._browser = browser
        self._work = work

    def copy(self) -> None:
        """Copy the marked rows, or the one under the cursor, as a table."""
        self._copy(lambda table, _: table)

    def cite(self) -> None:
        """Copy them with the basis."""
        self._copy(lambda table, basis: f"{table}\n{basis}\n")

    def _copy(self, join: Callable[[str, str], str]) -> None:
        if (rows := self._rows(of_all=False)) is not None:
            words = shown(many(len(rows), "row"))

            def send() -> None:
                self._browser.copy(lambda: join(_table(rows), shown(cited(rows.basis))), words)

            self._browser.partly(send, rows.basis.missing)

    def _rows(self, *, of_all: bool) -> Rows | None:
        """The marked rows, else all or the one under the cursor; None where there is nothing to give."""
        widget = self._work.panel.rows
        if not isinstance(widget.made, Figure | Lines) or not len(widget.made):
            self._browser.say(tr("nothing to copy"))
            return None
        places = range(len(widget.made)) if of_all and not widget.marked else list(widget.chosen)
        return Rows(widget.made, places)

    def export(self) -> None:
        """Write the marked rows, or all, to a file in a format to be chosen."""
        if self._browser.in_page:
            self._browser.say(shown(NOT_IN_PAGE), error=True)
            return
        if (rows := self._rows(of_all=True)) is None:
            return
        self._browser.partly(partial(self._ask_form, rows), rows.basis.missing)

    def _ask_form(self, rows: Rows) -> None:
        forms = _FORM_WORDS | _PICTURE_WORDS if isinstance(rows.made, Figure) else _FORM_WORDS
        options = among([Option(form, form, shown(words)) for form, words in forms.items()])
        title = tr("Write {rows} to a file as", rows=many(len(rows), "row"))
        hint = tr("Enter asks for the file · Esc cancels")
        self._browser.ask(Picker(title, hint, options), partial(self._name, rows))

    def _name(self, rows: Rows, form: str | None) -> None:
        if form is not None:
            ending = next(each for each, name in (PICTURE_ENDINGS | ENDINGS).items() if name == form)
            title = tr("Write {rows} to the file", rows=many(len(rows), "row"))
            self._browser.ask(NoteDialog(title, free_name(rows, ending)), partial(self._write, rows, form))

    def _write(self, rows: Rows, form: str, name: str | None) -> None:
        if not name:
            return

        def job(_: object) -> str:
            file = Path(name).expanduser()
            if file.exists():
                return tr("not written: there is a file {file} already", file=name)
            try:
                files = _files(rows, str(file), form)
            except NoConverterError as error:
                return shown(error)
            for each, data in files.items():
                write_whole(Path(each), data)
            return tr("{rows} written to {file}", rows=many(len(rows), "row"), file=str(file.resolve()))

        self._browser.work(job, self._browser.say)

    def show_basis(self) -> None:
        """Show what the figure is of."""
        made = self._work.panel.rows.made
        if isinstance(made, Figure | Lines):
            words = shown(cited(Rows(made, range(len(made))).basis))
            self._browser.ask(TextDialog(tr("What the figure is of"), [(tr("To cite"), words)]))

    def show_help(self) -> None:
        """Show the measures, then the keys."""
        measures = [("  " + shown(MEASURE_NAMES[key]), shown(words)) for key, words in MEASURES.items()]
        lines = [(HEADER + tr("The measures"), ""), *measures, ("", "")]
        self._browser.ask(TextDialog(tr("Help"), [*lines, *help_lines(Place.ANALYSIS, self._browser.commands)]))


def _files(rows: Rows, name: str, form: str) -> dict[str, bytes]:
    """The files of some rows by their names. Raise NoConverterError where a picture needs what is not installed."""
    chart = chart_of(rows) if form in _PICTURE_WORDS else None
    if chart is not None:
        return pictures_of(chart, name, form)
    return {each: encoded(text) for each, text in files_of(rows, name, form).items()}


def _table(rows: Rows) -> str:
    """Rows as a table with tabs, of lines what is shown of them."""
    columns = rows.columns if isinstance(rows.made, Figure) else _LINE_COLUMNS
    return tsv_text(cells(columns, rows.records()))


def free_name(rows: Rows, ending: str) -> str:
    """A name for the file of some rows that no file has yet."""
    asked = rows.made.asked
    stem = "-".join(part for part in (file_stem(asked.query), asked.view) if part)
    names = (f"{stem}{'' if number == 1 else f'-{number}'}{ending}" for number in range(1, 1000))
    return next((name for name in names if not Path(name).exists()), "")
