"""The sidebar: what holds the outline beside the text, how wide it is, and when it makes way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

from tuibrowser.tui.widgets.outline.widget import Outline

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

NARROW = 80
"""Below this width of the screen, in cells, the sidebar lies over the text, and is hidden at the start."""

LEAST_WIDTH = 12
LEAST_TEXT = 24
"""Cells that the reader must leave of the outline, and of the text beside it."""

WIDTH_STEP = 4
"""Cells by which a key makes the outline wider or narrower."""

LEFT = 1


class Sidebar(Container):
    """Holds the outline; knows whether it is hidden, whether the reader or a narrow screen hid it, and its width.

    A `width` of 0 cells takes a share of the screen.
    """

    DEFAULT_CSS = """
    Sidebar {
        width: 30%; min-width: 26; max-width: 44; height: 1fr; border-right: solid $primary;
        &.hidden { display: none; }
        &.narrow { layer: over; dock: left; width: 80%; max-width: 60; background: $background; }
    }
    """

    def __init__(self, *, width: int = 0, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.outline = Outline(id="outline")
        self._wanted = width
        self._has_made_way = False
        self._is_dragged = False

    def compose(self) -> ComposeResult:
        """The outline."""
        yield self.outline

    def on_mount(self) -> None:
        """Take the width that is set."""
        if self._wanted:
            self.set_width(self._wanted)

    # Shown and hidden

    @property
    def is_hidden(self) -> bool:
        """Whether the outline is not on the screen."""
        return self.has_class("hidden")

    @property
    def is_narrow(self) -> bool:
        """Whether the sidebar lies over the text."""
        return self.has_class("narrow")

    def show(self) -> None:
        """Put the outline on the screen."""
        self.remove_class("hidden")

    def hide(self) -> None:
        """Take the outline off the screen."""
        self.add_class("hidden")

    def leave(self) -> None:
        """Make way for the text where the sidebar lies over it."""
        if self.is_narrow:
            self.hide()

    def fit(self, screen_width: int) -> None:
        """Lie over the text where there is no room beside it, and make way unless the reader is in the outline."""
        narrow = screen_width < NARROW
        if narrow and not self.is_narrow and not self.outline.has_focus:
            self._has_made_way = not self.is_hidden
            self.hide()
        elif not narrow and self._has_made_way:
            self._has_made_way = False
            self.show()
        self.set_class(narrow, "narrow")
        if self._wanted:
            self.set_width(self._wanted)

    # Width

    def set_width(self, cells: int) -> None:
        """Make the sidebar so wide, as far as there is room; a sidebar over the text has its own width."""
        self._wanted = cells
        if self.is_narrow:
            for rule in ("width", "min_width", "max_width"):
                self.styles.clear_rule(rule)
            return
        width = max(LEAST_WIDTH, min(cells, self.app.size.width - LEAST_TEXT))
        self.styles.width = self.styles.min_width = self.styles.max_width = width

    def on_outline_widened(self, message: Outline.Widened) -> None:
        """Make the sidebar wider or narrower by a step."""
        message.stop()
        if not self.is_narrow:
            self.set_width(self.outer_size.width + message.step * WIDTH_STEP)

    # Dragging the edge

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the edge."""
        if event.button == LEFT and event.x == self.outer_size.width - 1 and not self.is_narrow:
            event.stop()
            self._is_dragged = True
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the edge along with the pointer."""
        if self._is_dragged:
            event.stop()
            self.set_width(event.screen_x - self.region.x + 1)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the edge."""
        if self._is_dragged:
            event.stop()
            self._is_dragged = False
            self.release_mouse()
