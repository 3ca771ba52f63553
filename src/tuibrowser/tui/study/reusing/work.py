"""Work: the desk that lists what a document shares with others, and goes to either passage."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from tuibrowser.language.i18n import many, plain, tr
from tuibrowser.reading.harmless import file_stem
from tuibrowser.reading.quoting.quotation import quote
from tuibrowser.reading.quoting.write import Format, write
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View
from tuibrowser.search.model import Scope
from tuibrowser.study.reuse.placed import PlacedReuse
from tuibrowser.study.reuse.written import written
from tuibrowser.tui.browser.desk import Side
from tuibrowser.tui.study.reusing.asked import Asked
from tuibrowser.tui.study.reusing.panel import ReusePanel
from tuibrowser.tui.study.reusing.rows import BLOCK
from tuibrowser.tui.study.reusing.words import title_of
from tuibrowser.tui.study.to_file import write_to_file
from tuibrowser.tui.widgets.pane.marked import MarkedSpan
from tuibrowser.tui.work.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.search.reuse.model import Standing
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.search.values import Reach
    from tuibrowser.study.reuse.placed import PlacedPassage
    from tuibrowser.tui.browser.desk import Actions, Browser
    from tuibrowser.tui.work.tasks import Progress, Task

_NAME: Final = "reuse"
"""The owner of the mark on the passage."""

_FORMS: Final = {
    "jsonl": (".jsonl", plain("a passage a line, for programs")),
    "csv": (".csv", plain("for spreadsheets")),
    "tsv": (".tsv", plain("tabs, verbatim")),
    "markdown": (".md", plain("a table to read")),
}

Result = TypeVar("Result")
_Found = tuple[PlacedReuse | None, "Sequence[PlacedPassage]"]


class Sharing:
    """Looks for what is shared beside the event loop; what was asked for last is shown."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._panel = ReusePanel(self)
        self._asked = Asked(None)
        self._found: PlacedReuse | None = None
        self._order = self._asked.order
        """The order in which they are listed; the one that is asked for may still be on its way."""
        self._found_in: tuple[Reach, int] | None = None
        """What was searched, and the version of what was known of it."""
        self._tasks: list[Task] = []

    @property
    def actions(self) -> Actions:
        """What each command for everywhere does."""
        return {"reuse": self.open, "reuse-all": self.open_all}

    def open(self) -> None:
        """List what the document shown shares with the others."""
        passage = self._browser.passage
        if passage is None:
            self._browser.say(tr("no text is shown"), error=True)
            return
        self._show(replace(self._asked, document=passage.document))

    def open_all(self) -> None:
        """List what all documents share with one another."""
        self._show(replace(self._asked, document=None))

    def do(self, name: str) -> None:
        """Do what a key asks for."""
        acts: dict[str, Callable[[], None]] = {
            "open_other": lambda: self._go(lambda row: row.shared.other),
            "open_own": lambda: self._go(lambda row: row.shared.own),
            "order": self._reorder,
            "longer": lambda: self._show(self._asked.stepped(1)),
            "shorter": lambda: self._show(self._asked.stepped(-1)),
            "scope": self.open if self._asked.document is None else self.open_all,
            "copy": self._copy,
            "export": self._export,
        }
        acts[name]()

    def place(self, block: int) -> None:
        """Place the rows of a block beside the event loop."""
        if (found := self._found) is None:
            return
        order = self._order

        def take(rows: Sequence[PlacedPassage]) -> None:
            if found is self._found and order is self._order:
                self._panel.take(block, rows)

        task = self._browser.work(
            lambda _: found.rows(block * BLOCK, (block + 1) * BLOCK, order), take, self._panel.rows.forget_asked
        )
        self._tasks.append(task)

    def mark(self) -> None:
        """Mark the passage under the cursor in whichever of its documents is shown."""
        passage, row = self._browser.passage, self._panel.rows.current
        if passage is None or row is None:
            self._browser.mark(_NAME, [])
            return
        sides = (row.shared.own, row.shared.other)
        here = [side for side in sides if side.document == passage.document.number]
        self._browser.mark(_NAME, [MarkedSpan(side.start, side.end, "mark") for side in here])

    def close(self) -> None:
        """Give up what is looked for, and take the mark away."""
        self._give_up()
        self._browser.mark(_NAME, [])

    def _give_up(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []
        self._panel.rows.forget_asked()

    def _show(self, asked: Asked) -> None:
        """Show the panel with what is asked for, which is looked for unless it is there."""
        searcher = self._browser.searcher
        if searcher is None:
            self._browser.say(tr("no text can be searched yet"), error=True)
            return
        reach = self._browser.reach
        state = None if reach is None else (reach, reach.version)
        is_known = self._found is not None and state is not None and (asked, state) == (self._asked, self._found_in)
        self._asked, self._found_in = asked, state
        if not is_known:
            self._look(searcher, asked)
        self._browser.show_panel(self._panel, Side.BELOW)

    def _look(self, searcher: Searcher, asked: Asked) -> None:
        self._give_up()
        self._found = None
        self._panel.wait(asked)

        def look(progress: Progress) -> _Found:
            def is_cancelled() -> bool:
                return progress.is_cancelled

            if asked.document is None:
                found = searcher.reuse_among(Scope(), asked.minimum, progress, is_cancelled)
            else:
                found = searcher.reuse(asked.document.number, Scope(), asked.minimum, is_cancelled)
            placed = None if found is None else PlacedReuse(searcher, found)
            return placed, placed.rows(0, BLOCK, asked.order) if placed is not None else ()

        self._work(look, self._take, self._browser.close_panel)

    def _work(
        self, job: Callable[[Progress], Result], show: Callable[[Result], None], ended: Callable[[], None]
    ) -> None:
        """Do a job; `ended` is called where it fails, or is given up for no other."""

        def failed() -> None:
            if task in self._tasks:
                ended()

        task = self._browser.work(job, show, failed)
        self._tasks = [task]

    def _take(self, made: _Found) -> None:
        self._found, first = made
        self._order = self._asked.order
        if self._found is not None:
            self._panel.show(self._asked, self._found, first)

    def _reorder(self) -> None:
        """List the passages in the next order."""
        if (found := self._found) is None:
            return
        self._asked = asked = self._asked.reordered()
        self._give_up()

        def show(rows: Sequence[PlacedPassage]) -> None:
            self._order = asked.order
            self._panel.show(asked, found, rows)

        def stay() -> None:
            self._asked = replace(asked, order=self._order)

        self._work(lambda _: found.rows(0, BLOCK, asked.order), show, stay)

    def _go(self, side: Callable[[PlacedPassage], Standing]) -> None:
        """Go to a passage of the pair under the cursor."""
        if (row := self._panel.rows.current) is not None:
            there = side(row)
            assert there.document is not None
            hit = there.start, there.end
            self._browser.jump(Request(there.document, there.start, where="third", choose=True, hit=hit))

    def _copy(self) -> None:
        """Copy both passages with their citations."""
        row, searcher = self._panel.rows.current, self._browser.searcher
        if row is None or searcher is None:
            self._browser.say(tr("nothing to copy"))
            return
        self._browser.copy(lambda: _cited(searcher, row), tr("both passages"))

    def _export(self) -> None:
        """Write all passages to a file."""
        if (found := self._found) is None or not len(found):
            self._browser.say(tr("nothing to copy"))
            return
        stem = f"{file_stem(title_of(self._asked))}-{_NAME}"
        rows = many(len(found), "passage")
        self._browser.partly(
            lambda: write_to_file(self._browser, rows, _FORMS, stem, lambda form: written(form, found)), found.missing
        )


def _cited(searcher: Searcher, row: PlacedPassage) -> str:
    """Both passages as quotations with their sources."""
    sides = ((row.document, row.shared.own), (row.other, row.shared.other))
    quotations = [
        quote(document, ViewedText(searcher.text(document.number), document.script, View()), side.start, side.end)
        for document, side in sides
    ]
    return f"{write(Format.CITED, quotations)}\n"
