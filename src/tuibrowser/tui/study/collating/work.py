"""Work: the desk of collation: what is collated, in a thread, and what the keys of its panel do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tuibrowser.corpus.works.naming import full_title
from tuibrowser.language.i18n import many, tr
from tuibrowser.study.collating.collation import Witness, collate
from tuibrowser.study.collating.stretches import NONE
from tuibrowser.tui.browser.desk import Side
from tuibrowser.tui.dialogs.picker import Picker
from tuibrowser.tui.study.collating.collated import Collated, collated
from tuibrowser.tui.study.collating.finding import LAST, others, witness_of
from tuibrowser.tui.study.collating.giving import Giving, name_of
from tuibrowser.tui.study.collating.panel import CollationPanel
from tuibrowser.tui.work.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.study.collating.articles import ArticleChange
    from tuibrowser.tui.browser.desk import Browser, Passage
    from tuibrowser.tui.work.tasks import Progress, Task


class GivenUpError(Exception):
    """The reader does not want the collation any more."""


class Collating:
    """Collates two texts; the newest request wins."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._panel = CollationPanel(self)
        self._giving = Giving(browser)
        self._remembered: Witness | None = None
        self._task: Task | None = None
        self._steps = 0
        """By how many differences the reader wants to step as soon as there are any."""

    # What is collated

    def open(self) -> None:
        """Remember the selection, or collate it with the one remembered; without one, ask for the other document."""
        passage = self._browser.passage
        if passage is None:
            self._browser.say(tr("no document is open yet"))
        elif passage.is_selected:
            self._take_selection(passage)
        else:
            self._ask(passage)

    def _take_selection(self, passage: Passage) -> None:
        here = Witness(passage.document, passage.text.source, (passage.start, passage.end))
        if self._remembered is not None and not _overlap(self._remembered, here):
            first = self._remembered
            self._collate(first, lambda: here)
            return
        self._remembered = here
        self._browser.say(
            tr(
                "{characters} remembered: {key} on another selection collates with it",
                characters=many(passage.end - passage.start, "character"),
                key=self._browser.key("collate"),
            )
        )

    def _ask(self, passage: Passage) -> None:
        """Ask for the other document."""
        corpus, browser, first = self._browser.corpus, self._browser, self._remembered
        if corpus is None:
            return
        shown = self._panel.view.shown
        last = f"{full_title(shown.one.document)} | {full_title(shown.other.document)}" if shown is not None else ""
        find = others(
            corpus,
            lambda: browser.searcher,
            passage.document.number,
            browser.view,
            last,
            own=self._remembered is not None,
        )
        if first is None:
            first = Witness(passage.document, passage.text.source)
            title = tr("Collate {title} with", title=full_title(passage.document))
        else:
            title = tr("Collate the passage remembered with")
        hint = tr("title or heading · select a passage before {key} to collate that", key=browser.key("collate"))
        browser.ask(Picker(title, hint, find), partial(self._chosen, first))

    def _chosen(self, first: Witness, choice: Request | str | None) -> None:
        corpus = self._browser.corpus
        if choice == LAST:
            self._browser.show_panel(self._panel, Side.INSTEAD)
        elif isinstance(choice, Request) and corpus is not None:
            self._collate(first, lambda: witness_of(corpus, choice))

    def _collate(self, first: Witness, second: Callable[[], Witness]) -> None:
        """Collate two texts beside the event loop, and show them."""

        def show(made: Collated) -> None:
            self._remembered = None
            self._panel.show(made)
            if self._steps:
                self.step(self._steps)

        self._browser.show_panel(self._panel, Side.INSTEAD)
        self._panel.wait()
        self._steps = 0
        self._work(lambda progress: _made(first, second(), progress, variants=False), show, self._browser.close_panel)

    def _work(
        self,
        job: Callable[[Progress], Collated],
        show: Callable[[Collated], None],
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Do a job instead of the one that runs, if any; what that comes to, or why it ended, is no matter then."""
        self._give_up()

        def ended() -> None:
            if failed is not None and task is self._task:
                failed()

        self._task = task = self._browser.work(job, show, ended)

    def _give_up(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    # What the keys do

    def key(self, name: str) -> str:
        """The key of a command, to be named."""
        return self._browser.key(name)

    def do(self, name: str) -> None:
        """Do what a key of the panel asks for."""
        shown = self._panel.view.shown
        if name == "back":
            self._back()
        elif shown is not None:
            {
                "variants": self._tell_variants,
                "moved": self._go_where_it_moved,
                "articles": self._list_articles,
                "copy": self._copy,
                "export": self._export,
                "open": self._open,
                "open_second": self._open_second,
            }[name](shown)

    def _back(self) -> None:
        """Stop collating, go back from the articles to the texts, or from these to where the reader was."""
        self._give_up()
        if self._panel.has_articles:
            self._panel.show_articles(is_wanted=False)
        else:
            self._browser.close_panel()

    def step(self, stops: int) -> None:
        """Go to another difference."""
        view = self._panel.view
        self._panel.show_articles(is_wanted=False)
        if view.shown is None:
            self._steps += stops
        elif not view.step(stops):
            if not len(view.shown):
                self._browser.say(tr("no difference"))
            elif stops > 0:
                self._browser.say(tr("there is no difference after this"))
            else:
                self._browser.say(tr("there is no difference before this"))

    def _tell_variants(self, shown: Collated) -> None:
        """Tell variants among the differences, or leave them out again; the reader stays where they are."""
        view = self._panel.view
        wanted = not shown.variants

        def show(made: Collated) -> None:
            stop = made.stop_after(shown.columns[view.stop]) if view.stop is not None else None
            self._panel.show(made, view.column, stop)

        self._work(lambda progress: _made(shown.one, shown.other, progress, variants=wanted), show)

    def _go_where_it_moved(self, shown: Collated) -> None:
        """Go to the other place of a moved passage."""
        view = self._panel.view
        number = shown.sheet.stretch_at(shown.columns[view.stop]).moved if view.stop is not None else NONE
        if number == NONE or view.stop is None:
            self._browser.say(tr("this did not move"))
            return
        arrival = shown.arrivals[number]
        view.bring(shown.columns[view.stop] if view.is_visible(arrival) else arrival)

    def _list_articles(self, shown: Collated) -> None:
        """List what became of articles, or show the texts again."""
        if shown.made.articles:
            self._panel.show_articles(is_wanted=not self._panel.has_articles)
        else:
            self._browser.say(tr("no article was added, deleted, changed or moved"))

    def open_article(self, change: ArticleChange) -> None:
        """Show an article in both texts."""
        if (shown := self._panel.view.shown) is not None:
            self._panel.show_articles(is_wanted=False)
            if change.a_line is not None:
                column = shown.column_of(change.a_line)
            else:
                column = shown.column_of_second(change.b_line or 1)
            self._panel.view.go_to_column(column)

    def _copy(self, shown: Collated) -> None:
        """Copy the difference with both readings."""
        if (stop := self._panel.view.stop) is None:
            self._browser.say(tr("go to a difference first"))
        else:
            self._giving.copy(shown, stop)

    def _export(self, shown: Collated) -> None:
        """Write the differences to a file."""
        self._giving.export(shown.made, name_of(shown.one, shown.other))

    def _open(self, shown: Collated) -> None:
        """Go to the place in the first text; from the list of articles, to the article."""
        if self._panel.has_articles:
            if (change := self._panel.articles.current) is not None:
                self.open_article(change)
        else:
            self._jump(shown.one, self._places(shown)[0])

    def _open_second(self, shown: Collated) -> None:
        """Go to the place in the second text."""
        self._jump(shown.other, self._places(shown)[1])

    def _places(self, shown: Collated) -> tuple[int, int]:
        """Where the reader is in the repaired texts: at the difference, else at the first row."""
        if (stop := self._panel.view.stop) is not None:
            difference = shown.difference(stop)
            return difference.a[0], difference.b[0]
        return shown.offsets_at(self._panel.view.column)

    def _jump(self, witness: Witness, offset: int) -> None:
        self._browser.close_panel()
        start = witness.text.alignment.to_source(offset)
        self._browser.jump(Request(witness.document.number, start, "third", choose=True))


def _made(first: Witness, second: Witness, progress: Progress, *, variants: bool) -> Collated:
    """The collation of two texts, to be shown. Raises GivenUpError where it is not wanted any more."""

    def tell(done: int, total: int) -> None:
        progress(done, total)
        if progress.is_cancelled:
            raise GivenUpError

    return collated(first, second, collate(first, second, variants=variants, progress=tell))


def _overlap(one: Witness, other: Witness) -> bool:
    """Whether two selections share a part of a document."""
    return (
        one.document.number == other.document.number
        and one.span is not None
        and other.span is not None
        and one.span[0] < other.span[1]
        and other.span[0] < one.span[1]
    )
