"""Work: the desk of corpus work, which has figures made beside the event loop and shows them; the newest wins."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.analysis.texts.stop_list import read_stop_lists
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain, said, tr
from tuibrowser.settings.option import AUTO
from tuibrowser.tui.analysis.giving.giving import Giving
from tuibrowser.tui.analysis.judging import Judgements
from tuibrowser.tui.analysis.making.asked import NEEDING_A_QUERY, Asked, Opened, View
from tuibrowser.tui.analysis.making.made import Figure, Lines, Made, Nothing, make
from tuibrowser.tui.analysis.panel.panel import AnalysisPanel
from tuibrowser.tui.analysis.questions import Questions
from tuibrowser.tui.browser.desk import Side
from tuibrowser.tui.work.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tuibrowser.analysis.figures.concordance import Line
    from tuibrowser.analysis.texts.stop_list import StopList
    from tuibrowser.corpus.model import Position
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.tui.analysis.panel.rows import FigureRows
    from tuibrowser.tui.browser.desk import Browser
    from tuibrowser.tui.work.tasks import Progress, Task

_LONGEST: Final = 200
"""Characters of a selection that are counted as one query."""

_PATIENCE: Final = 0.2
"""Seconds after which it is said that something is being counted."""

_LOOK: Final = 1.0
"""Seconds between two looks whether more of a corpus can be counted that is still being read."""


@dataclass(slots=True)
class Page:
    """What is shown: what was asked for, what was made of it, and where the reader is in it."""

    asked: Asked
    made: Made | None = None
    cursor: int = 0
    marked: set[int] = field(default_factory=set)
    is_part: bool = False
    """Whether there may be more than was counted, since not all documents had been read or a search was bounded."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of the corpus when something was counted: the searcher, how much of the corpus it looks at."""

    searcher: Searcher
    documents: int
    version: int
    is_whole: bool
    """Whether all documents had been read."""


class CorpusWork:
    """Carries out what the keys ask for. Pages lie on one another: a figure, and on it the lines of one of its rows."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.panel = AnalysisPanel(self, ascii_only=ascii_plots(browser.config.plots, os.environ))
        self._pages: list[Page] = []
        self._before: Position | None = None
        """Where the reader was when the panel was opened."""
        self._task: Task | None = None
        self._wanted: Asked | None = None
        """What is asked for and not made yet."""
        self._made: Asked | None = None
        """What the job that runs, or ran last, makes."""
        self._then: Callable[[], None] | None = None
        """What is to be done with the rows that are being made."""
        self._counted: Known | None = None
        """What was known of the corpus when something was counted last."""
        self.giving = Giving(browser, self)
        self.questions = Questions(browser, self)
        self.judging = Judgements(browser, self)
        self._does: dict[str, Callable[[], None]] = {
            "open": partial(self._when_made, self._open_row),
            "scope": self._change_scope,
            "near": lambda: self.ask(self.asked.with_near()),
            "unit": partial(self._when_made, self._change_unit),
            "forms": lambda: self.ask(replace(self.asked, is_exact=not self.asked.is_exact)),
            "stop": self._change_stop,
            "once": lambda: self.ask(self.asked.once()),
            "order": self.questions.order,
            "second": self.questions.second,
            "groups": self.questions.groups,
            "filter": self.questions.filter,
            "sample": self.questions.sample,
            "copy": partial(self._when_made, self.giving.copy),
            "cite": partial(self._when_made, self.giving.cite),
            "export": partial(self._when_made, self.giving.export),
            "basis": partial(self._when_made, self.giving.show_basis),
            "help": self.giving.show_help,
            "reject": partial(self._when_made, self.judging.reject),
            "code": partial(self._when_made, self.judging.ask_code),
            "back": self._back,
        }

    # What is shown

    @property
    def page(self) -> Page:
        """The page on top."""
        return self._pages[-1]

    @property
    def asked(self) -> Asked:
        """What is asked for, or shown."""
        return self._wanted or self.page.asked

    def open(self) -> None:
        """Open the panel, where parts of the corpus are missing if the reader agrees."""
        self._browser.partly(self._open)

    def _open(self) -> None:
        """Open the panel for what is selected, else for the last query; for the same one, as it was left."""
        if (passage := self._browser.passage) is None:
            self._browser.say(tr("no document is open yet"))
            return
        query = _query_of(passage.words) if passage.is_selected else self._browser.query.strip()
        if not self.panel.has_focus_within:
            self._before = self._browser.position
        is_same = bool(self._pages) and self._pages[0].asked.query == query
        self.panel.previewed = None
        self._browser.show_panel(self.panel, Side.ABOVE)
        if is_same and not isinstance(self.page.made, Nothing) and self._counted == self._knowledge():
            self._show()
            return
        view = self._pages[0].asked.view if self._pages else View.LINES if query else View.KEYNESS
        self._pages = [Page(Asked(query=query, view=view))]
        self._show()
        self.ask(self.page.asked)

    def _knowledge(self) -> Known | None:
        searcher, reach = self._browser.searcher, self._browser.reach
        if searcher is None or reach is None:
            return None
        return Known(searcher, reach.documents, reach.version, self._browser.is_loaded)

    def _show(self) -> None:
        """Show the page on top."""
        page = self.page
        self.panel.show(page.made, page.cursor, page.marked)
        self._describe()
        self.panel.preview_soon()

    def _describe(self, *, is_counting: bool = False) -> None:
        page = self.page
        basis = None if page.made is None or isinstance(page.made, Nothing) else page.made.basis
        place = self._place(page.asked)
        self.panel.describe(page.asked, basis, place, is_part=page.is_part, is_counting=is_counting)

    def _place(self, asked: Asked) -> str:
        scope, corpus = asked.scope, self._browser.corpus
        if scope.document is not None and corpus is not None:
            return corpus.documents[scope.document].name
        return scope.folder or ""

    # Asking

    def do(self, name: str, argument: str = "") -> None:
        """Do what a key asks for."""
        if name == "view":
            self._show_view(View(argument))
        elif name == "judge":
            self.judging.judge(argument)
        elif name == "order_by":
            self.ask(self.asked.ordered_by(argument))
        elif name == "widen":
            self._widen(int(argument))
        else:
            self._does[name]()

    def ask(self, asked: Asked) -> None:
        """Have something else made for the page on top; what is being made is given up."""
        self._wanted = asked
        if self._task is not None:
            self._task.cancel()
            return
        self._start()

    def _start(self) -> None:
        searcher, asked = self._browser.searcher, self._wanted
        if asked is None:
            return
        if searcher is None:  # The corpus is only just being read.
            self._describe(is_counting=True)
            self.panel.set_timer(_LOOK, self._start)
            return
        knowledge, judging = self._knowledge(), self.judging
        before = self.page.made if knowledge == self._counted else None
        self._counted = knowledge

        def job(progress: Progress) -> Made:
            known = judging.known(asked.queries)
            try:
                return make(searcher, asked, before, known, self._stop_list, lambda: progress.is_cancelled, progress)
            except CorpusError as error:
                return Nothing(asked, said(error))

        self._made = asked
        self._task = self._browser.work(job, self._take, self._failed)
        self.panel.set_timer(_PATIENCE, partial(self._say_counting, self._task))

    def _say_counting(self, task: Task) -> None:
        """Say what is being counted, where that takes its time."""
        if task is self._task and self._wanted is not None:
            if self.page.asked.view is not self._wanted.view or self.page.made is None:
                self.page.asked, self.page.made = self._wanted, None
                self.panel.show(None, 0, set())
            self._describe(is_counting=True)

    def _take(self, made: Made) -> None:
        """Show what was made, with the cursor where it was if the rows are the same ones."""
        self._task = None
        if made.asked is not self._wanted:  # Something else was asked for while this was on its way.
            self._start()
            return
        self._wanted = None
        page = self.page
        is_same = page.made is not None and (page.asked == made.asked or _has_same_rows(page.asked, made.asked))
        cursor, is_part = max(0, self.panel.rows.cursor) if is_same else 0, self._is_of_part(made)
        self._pages[-1] = Page(made.asked, made, cursor, is_part=is_part)
        self._show()
        then, self._then = self._then, None
        if then is not None:
            then()
        if is_part or (isinstance(made, Nothing) and made.is_early):
            self.panel.set_timer(_LOOK, partial(self._count_again, made))

    def _is_of_part(self, made: Made) -> bool:
        if isinstance(made, Nothing):
            return False
        return made.basis.at_least or (self._counted is not None and not self._counted.is_whole)

    def _count_again(self, made: Made) -> None:
        """Count what was counted of a part of the corpus as soon as there is more of it."""
        if self.page.made is not made or self._wanted is not None or not self.panel.has_focus_within:
            return
        if self._counted != self._knowledge() or isinstance(made, Nothing):
            self.ask(replace(made.asked))
        else:
            self.panel.set_timer(_LOOK, partial(self._count_again, made))

    def _failed(self) -> None:
        """Go on with what was asked for since; where that which failed is still wanted, say that there is none."""
        self._task, self._then = None, None
        if self._wanted is self._made and self._wanted is not None:
            self._pages[-1] = Page(self._wanted, Nothing(self._wanted, plain("this could not be counted")))
            self._wanted = None
            self._show()
        elif self._wanted is not None:
            self._start()

    def count_again(self, asked: Asked) -> None:
        """Have made again what was asked for, and later the figures below it, since other lines count now."""
        for page in self._pages[:-1]:
            page.made = None
        self.ask(replace(asked))

    def _when_made(self, act: Callable[[], None]) -> None:
        """Act on the rows that are shown, or on those that are being made as soon as they are there."""
        if self._wanted is None:
            act()
        else:
            self._then = act

    def _show_view(self, view: View) -> None:
        """Show another view of the query; from the lines of a row, of the figure below them."""
        del self._pages[1:]
        asked = self.asked.of_view(view) if self.asked.opened is None else self.page.asked.of_view(view)
        if view is View.KEYNESS and not asked.target:
            asked = replace(asked, target=self._own_target(asked))
        self.ask(asked)

    def _own_target(self, asked: Asked) -> str:
        """The condition for the folder of the document that was read where no other group is named."""
        corpus = self._browser.corpus
        if asked.scope.document is not None or asked.scope.folder is not None or corpus is None or self._before is None:
            return ""
        name = corpus.documents[self._before.document].name
        return f"in:{name.rpartition('/')[0] or name}"

    def _change_unit(self) -> None:
        made = self.page.made
        if made is not None and not isinstance(made, Nothing):
            self.ask(self.asked.of_next_unit(made.basis.unit))

    @cached_property
    def _stop_list(self) -> StopList:
        return read_stop_lists(self._browser.config.stopwords)

    def _change_stop(self) -> None:
        if self._browser.config.stopwords:
            self.ask(replace(self.asked, has_stopped=not self.asked.has_stopped))
        else:
            self._browser.say(tr("there is no stop list: stopwords in the config file names one"))

    def _widen(self, step: int) -> None:
        wider = self.asked.wider(step)
        if wider == self.asked:
            self._browser.say(tr("nothing here is wider or narrower"))
        else:
            self.ask(wider)

    def _change_scope(self) -> None:
        corpus = self._browser.corpus
        number = self._document()
        if corpus is None or number is None:
            return
        folder = corpus.documents[number].name.rpartition("/")[0]
        self.ask(self.asked.in_next_scope(number, folder and folder + "/"))

    def _document(self) -> int | None:
        """The number of the document of the row, or of the one that is read."""
        if (line := self.panel.rows.line) is not None:
            return line.number
        if self.page.asked.view is View.SPREAD and self.panel.rows.row is not None:
            number: int = self.panel.rows.row.number
            return number
        return self._browser.passage.document.number if self._browser.passage is not None else None

    # Down and up

    def _open_row(self) -> None:
        """From a figure to its lines, from a line to the text."""
        made, cursor = self.page.made, self.panel.rows.cursor
        if isinstance(made, Lines) and (line := self.panel.rows.line) is not None:
            self._browser.close_panel()
            self._browser.jump(_request(line), self._before)
        elif isinstance(made, Figure) and (row := self.panel.rows.row) is not None:
            self.page.cursor, self.page.marked = cursor, self.panel.rows.marked
            self._browser.work(lambda _: made.table.matches_of(row), partial(self._open_matches, made, row))

    def _open_matches(self, made: Figure, row: object, matches: object) -> None:
        if self.page.made is not made:
            return
        words = made.columns[0].text(row)
        asked = replace(
            made.asked,
            view=View.LINES,
            rows_with="",
            sample=None,
            is_distinct=False,
            opened=Opened(matches, words, made.basis, _query_counted(made.asked, row)),  # type: ignore[arg-type]
        )
        self._pages.append(Page(asked))
        self.ask(asked)

    def _back(self) -> None:
        """Stop what is counted; else go up to the figure; at last back to where the reader was."""
        if self._wanted is not None:
            self._wanted = self._then = None
            if self._task is not None:
                self._task.cancel()
            self._browser.say(tr("stopped"))
            if self.page.made is None and len(self._pages) > 1:
                self._pages.pop()
            if self.page.made is None:
                self.page.made = Nothing(self.page.asked, plain("stopped"))
            self._show()
        elif len(self._pages) > 1:
            self._pages.pop()
            self._show()
            if self.page.made is None:
                self.ask(self.page.asked)
        else:
            self.page.cursor = max(0, self.panel.rows.cursor)
            self._browser.close_panel()
            if self._before is not None:
                self._browser.open(Request(self._before.document, self._before.offset))

    def preview(self) -> None:
        """Show the line under the cursor in the text, where that is in sight and does not show it already."""
        line, panel = self.panel.rows.line, self.panel
        if line is None or line == panel.previewed or not panel.has_focus_within or panel.has_class("alone"):
            return
        panel.previewed = line
        self._browser.open(_request(line))

    def look_at(self, wanted: FigureRows.RowsWanted) -> None:
        """Have rows made."""
        made, first, last = wanted.made, wanted.first, wanted.last

        def done(rows: Sequence[Any]) -> None:
            self.panel.rows.take(made, rows, first)
            if first <= self.panel.rows.cursor < last:
                self.panel.preview_soon()

        self._browser.work(lambda _: made.rows(first, last), done)


def _has_same_rows(before: Asked, after: Asked) -> bool:
    """Whether the rows of a table are where they were: another width or unit gives others, another scope too."""
    return before.view is after.view and before.view in (View.SPREAD, View.TIME) and before.sort == after.sort


def ascii_plots(plots: str, environ: Mapping[str, str]) -> bool:
    """Whether plots are drawn in ASCII: as the reader says, else on the console of Linux, whose font has no braille."""
    return plots == "ascii" or (plots == AUTO and environ.get("TERM") == "linux")


def _query_counted(asked: Asked, row: object) -> str | None:
    """The query whose matches a row counts; None where it counts a unit."""
    if asked.view not in NEEDING_A_QUERY:
        return None
    return getattr(row, "query", None) or asked.query


def _request(line: Line) -> Request:
    return Request(line.number, line.start, "third", choose=True, hit=(line.start, line.end))


def _query_of(words: str) -> str:
    """Selected words as a query: one phrase, even where it has blanks."""
    phrase = " ".join(words.split())[:_LONGEST]
    return f"“{phrase}”" if " " in phrase else phrase
