"""The panels of desks: shown beside the text or in its place, one at a time, with the focus while one is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from tuibrowser.tui.browser.desk import Side

if TYPE_CHECKING:
    from textual.screen import Screen

    from tuibrowser.tui.widgets.desk_panel import DeskPanel
    from tuibrowser.tui.widgets.pane.reading_pane import ReadingPane

LEAST_ABOVE = 20
"""Rows of the screen below which a panel above the text takes the room of the text too."""

LEAST_BESIDE = 80
"""Cells of the screen below which a panel has no room beside the text, and is shown below it."""


class Panels:
    """Shows panels on a screen. A panel that was closed is kept as it is until its desk shows it again."""

    def __init__(self, screen: Screen[None], pane: ReadingPane) -> None:
        self._screen = screen
        self._pane = pane
        self._open: DeskPanel | None = None
        self.is_waiting = False
        """Whether a panel was asked for that has not got the focus yet."""

    @property
    def is_open(self) -> bool:
        """Whether a panel is shown."""
        return self._open is not None

    @property
    def place(self) -> str:
        """The place of the keys of the panel that the reader is in; empty where it is in none."""
        return self._open.PLACE if self._open is not None and self.has_focus else ""

    @property
    def has_focus(self) -> bool:
        """Whether the reader is in the panel."""
        return self._open is not None and self._open.has_focus_within

    def show(self, panel: DeskPanel, side: Side) -> None:
        """Show a panel instead of the one that is shown, if any, and give it the focus.

        A panel stays on the side on which it was shown first.
        """
        if self._open is not panel:
            self.close()
        self._open, self.is_waiting = panel, True
        panel.remove_class("closed")
        if not panel.is_attached:
            self._mount(panel, side)
        self.fit()
        self._screen.call_after_refresh(self.focus)

    def _mount(self, panel: DeskPanel, side: Side) -> None:
        if side is Side.BESIDE and self._screen.size.width < LEAST_BESIDE:
            side = Side.BELOW
        panel.add_class(side)
        if side in {Side.ABOVE, Side.INSTEAD}:
            self._screen.mount(panel, before="#reading")
        else:
            self._screen.mount(panel, after=self._pane if side is Side.BESIDE else "#reading")

    def fit(self) -> None:
        """Let what is around the panel make way for it: the outline, and on a low screen the text."""
        if self._open is not None:
            is_instead = self._open.has_class(Side.INSTEAD)
            is_above = is_instead or self._open.has_class(Side.ABOVE)
            is_alone = is_instead or (is_above and self._screen.size.height < LEAST_ABOVE)
            self._open.set_class(is_alone, "alone")
            self._make_way(is_above, is_alone)

    def _make_way(self, is_above: bool, is_alone: bool) -> None:
        self._screen.set_class(is_above, "searching")
        self._screen.query_one("#reading").display = not is_alone

    def follow(self) -> None:
        """Tell the panel that is shown that the reader may have moved in the text."""
        if self._open is not None and self._open.is_mounted:
            self._open.follow()

    def focus(self) -> None:
        """Give the focus to the panel, if one is shown: to the first widget in it that takes it."""
        self.is_waiting = False
        if self._open is not None:
            inside = (each for each in self._open.walk_children(Widget, with_self=True) if each.focusable)
            self._screen.set_focus(next(inside, None))

    def close(self) -> bool:
        """Take the panel away; whether one was shown. The focus goes back to the text if it was in the panel."""
        panel, had_focus = self._open, self.has_focus
        if panel is None:
            return False
        self._open, self.is_waiting = None, False
        panel.add_class("closed")
        self._make_way(is_above=False, is_alone=False)
        if had_focus:
            self._screen.set_focus(self._pane)
        return True
