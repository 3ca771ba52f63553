"""A widget over which the mouse's left button selects; what its text is, is the business of the classes made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from tuibrowser.tui.widgets.pane.dragging import SCROLL_SECONDS, Cell, Dragging

if TYPE_CHECKING:
    from textual import events
    from textual.timer import Timer

    from tuibrowser.reading.selecting.units import Unit
    from tuibrowser.tui.widgets.pane.dragging import Ends

LEFT = 1
WHEEL_LINES = 3


class Draggable(Widget):
    """Hears the mouse, and passes on what it means. Textual's own selection, of places on the screen, is off."""

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._dragging = Dragging(self)
        self._scrolling: Timer | None = None

    # What the text says

    def ends_at(self, cell: Cell) -> Ends | None:
        """The characters at a cell, or at the nearest one; None where no text is shown."""
        raise NotImplementedError

    def select_between(self, anchor: int, cursor: int, unit: Unit) -> None:
        """Select by units from one raw offset to another."""
        raise NotImplementedError

    def select_nothing(self) -> None:
        """Select nothing."""
        raise NotImplementedError

    def extend_to(self, cursor: int) -> bool:
        """Move the cursor of what is selected; False where nothing is."""
        raise NotImplementedError

    def scroll_by(self, lines: int) -> None:
        """Scroll by lines."""
        raise NotImplementedError

    def choose_at(self, cell: Cell) -> None:
        """Carry out a plain click."""
        raise NotImplementedError

    @property
    def rows_shown(self) -> int:
        """The height in rows."""
        return self.size.height

    @property
    def touches_top(self) -> bool:
        """Whether nothing is above, so that the pointer cannot leave it there."""
        return self.region.y <= 0

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin."""
        if event.button == LEFT:
            event.stop()
            self.capture_mouse()
            self._dragging.press(Cell(event.x, event.y), event.time, extends=event.shift)
            if self._scrolling is None:
                self._scrolling = self.set_interval(SCROLL_SECONDS, self._dragging.tick)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select on; a move without the button means that the terminal lost its release."""
        if not self._dragging.is_held:
            return
        event.stop()
        if event.button == LEFT:
            self._dragging.move(Cell(event.x, event.y))
        else:
            self._let_go()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End."""
        if self._dragging.is_held or self._scrolling is not None:
            event.stop()
            self._let_go()

    def on_mouse_release(self) -> None:
        """Another has taken the mouse."""
        self._stop_scrolling()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel, and select on while the button is down."""
        self._wheel(event, WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel, and select on while the button is down."""
        self._wheel(event, -WHEEL_LINES)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        self.scroll_by(lines)
        self._dragging.follow()

    def _let_go(self) -> None:
        self._stop_scrolling()
        self.release_mouse()
        self._dragging.release()

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None
