"""Panel: the head, both texts, the list of articles, and the keys of collation."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from tuibrowser.settings.commands import Place
from tuibrowser.tui.keys.bindings import bindings_of
from tuibrowser.tui.study.collating.articles import ArticleRows
from tuibrowser.tui.study.collating.head import CollationHead
from tuibrowser.tui.study.collating.view import CollationView
from tuibrowser.tui.widgets.desk_panel import DeskPanel

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tuibrowser.study.collating.articles import ArticleChange
    from tuibrowser.tui.study.collating.collated import Collated
    from tuibrowser.tui.widgets.line_list import LineList


class Keeper(Protocol):
    """What the panel asks of the desk."""

    def do(self, name: str) -> None:
        """Do what a key asks for."""

    def step(self, stops: int) -> None:
        """Go to another difference."""

    def key(self, name: str) -> str:
        """The key of a command, to be named."""

    def open_article(self, change: ArticleChange) -> None:
        """Show an article in both texts."""


class CollationPanel(DeskPanel):
    """Shows a collation, and tells the desk what the reader wants."""

    PLACE = Place.COLLATION
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(Place.COLLATION)

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self._keeper = keeper
        self.head = CollationHead()
        self.view = CollationView()
        self.articles = ArticleRows()

    def compose(self) -> ComposeResult:
        """The head, and below it the texts or the articles."""
        yield self.head
        yield self.view
        yield self.articles

    def show(self, shown: Collated, column: int = 0, stop: int | None = None) -> None:
        """Show a collation from a column on."""
        self.articles.show(shown.made.articles)
        self.show_articles(is_wanted=False)
        self.view.show(shown, column, stop)
        self._tell()

    def wait(self) -> None:
        """Say that two texts are being collated, instead of what was shown."""
        self.articles.show(())
        self.show_articles(is_wanted=False)
        self.view.clear()
        self.head.wait()

    @property
    def has_articles(self) -> bool:
        """Whether the list of articles is shown."""
        return bool(self.articles.display)

    def show_articles(self, *, is_wanted: bool) -> None:
        """Show the list of articles instead of the texts, or the texts again."""
        had_focus = self.has_focus_within
        self.articles.display, self.view.display = is_wanted, not is_wanted
        if had_focus:
            self.screen.set_focus(self.articles if is_wanted else self.view)

    def _tell(self) -> None:
        if (shown := self.view.shown) is not None:
            key = self._keeper.key
            self.head.show(shown, self.view.stop, key("collation-variants"), key("collation-articles"))

    def on_collation_view_moved(self, message: CollationView.Moved) -> None:
        """Say which difference the reader is at."""
        message.stop()
        self._tell()

    def on_line_list_selected(self, message: LineList.Selected) -> None:
        """Show the article that was clicked."""
        message.stop()
        if (change := self.articles.current) is not None:
            self._keeper.open_article(change)

    # Keys

    def action_do(self, name: str) -> None:
        """Have the desk do what a key asks for."""
        self._keeper.do(name)

    def action_step(self, stops: int) -> None:
        """Go to another difference."""
        self._keeper.step(stops)

    def action_move(self, rows: int) -> None:
        """Move by rows."""
        if self.has_articles:
            self.articles.action_move(rows)
        else:
            self.view.scroll_rows(rows)

    def action_move_pages(self, pages: float) -> None:
        """Move by pages or half pages."""
        if self.has_articles:
            self.articles.action_move_pages(pages)
        else:
            self.view.scroll_pages(pages)

    def action_move_start(self) -> None:
        """Go to the beginning."""
        if self.has_articles:
            self.articles.action_move_start()
        else:
            self.view.scroll_start()

    def action_move_end(self) -> None:
        """Go to the end."""
        if self.has_articles:
            self.articles.action_move_end()
        else:
            self.view.scroll_last()
