"""Giving: rows to the clipboard, the basis of a figure as a paragraph, and the help with every measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from tuibrowser.analysis.cited import cited
from tuibrowser.analysis.export import cells, tsv_text
from tuibrowser.language.i18n import many, shown, tr
from tuibrowser.settings.commands import Place
from tuibrowser.tui.analysis.made import Figure, Lines
from tuibrowser.tui.analysis.words import MEASURE_NAMES, MEASURES
from tuibrowser.tui.dialogs.text_dialog import HEADER, TextDialog, help_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tuibrowser.tui.analysis.panel import AnalysisPanel
    from tuibrowser.tui.browser.desk import Browser

_LINE_COLUMNS = ("left", "node", "right", "date", "title", "reference")
"""What of a line is copied."""


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
        made, chosen = self._work.panel.rows.made, list(self._work.panel.rows.chosen)
        if not isinstance(made, Figure | Lines) or not chosen:
            return
        self._browser.copy(
            lambda: join(rows_text(made, chosen), shown(cited(made.basis))), shown(many(len(chosen), "row"))
        )

    def show_basis(self) -> None:
        """Show what the figure is of."""
        made = self._work.panel.rows.made
        if isinstance(made, Figure | Lines):
            self._browser.ask(TextDialog(tr("What the figure is of"), [(tr("To cite"), shown(cited(made.basis)))]))

    def show_help(self) -> None:
        """Show the measures, then the keys."""
        measures = [("  " + shown(MEASURE_NAMES[key]), shown(words)) for key, words in MEASURES.items()]
        lines = [(HEADER + tr("The measures"), ""), *measures, ("", "")]
        self._browser.ask(TextDialog(tr("Help"), [*lines, *help_lines(Place.ANALYSIS, self._browser.commands)]))


def rows_text(made: Figure | Lines, chosen: Sequence[int]) -> str:
    """Some rows, by their places, as a table with tabs."""
    columns = made.table.columns if isinstance(made, Figure) else _LINE_COLUMNS
    return tsv_text(cells(columns, _records(made, chosen)))


def _records(made: Figure | Lines, chosen: Sequence[int]) -> Iterator[dict[str, Any]]:
    if isinstance(made, Figure):
        return (made.row(at).record() for at in chosen)
    return (made.lines[at].record() for at in chosen)
