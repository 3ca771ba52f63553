"""View: the rows of two collated texts, through which the reader moves by rows and by differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.strip import Strip

from tuibrowser.study.collating.stretches import NONE
from tuibrowser.tui.study.collating.drawing import LEAST_BESIDE, Drawing, cells_of
from tuibrowser.tui.study.collating.viewport import Viewport
from tuibrowser.tui.widgets.grounded import Grounded

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

    from tuibrowser.study.collating.rows import Row
    from tuibrowser.tui.study.collating.collated import Collated

_WHEEL_LINES = 3


class CollationView(Grounded, can_focus=True):
    """Shows both texts, and keeps the stop, the difference that the reader is at; None at first."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"collation-view--{name}" for name in ("changed", "alone", "variant", "moved", "quiet", "current", "here")
    }

    DEFAULT_CSS = """
    CollationView {
        height: 1fr;
        & > .collation-view--changed { text-style: bold underline; color: $warning; }
        & > .collation-view--alone { text-style: bold underline; color: $success; }
        & > .collation-view--variant { text-style: underline; }
        & > .collation-view--moved { color: $secondary; }
        & > .collation-view--quiet { text-style: $quiet; }
        & > .collation-view--current { text-style: bold reverse; }
        & > .collation-view--here { color: $primary; text-style: bold; }
    }
    """

    @dataclass
    class Moved(Message):
        """The reader is at another difference, or none."""

        sender: CollationView

        @property
        def control(self) -> CollationView:
            """The view."""
            return self.sender

    def __init__(self) -> None:
        super().__init__()
        self.shown: Collated | None = None
        self.stop: int | None = None
        self._viewport: Viewport | None = None

    def show(self, shown: Collated, column: int = 0, stop: int | None = None) -> None:
        """Show a collation from a column on, the reader at a stop."""
        self.shown, self.stop = shown, stop
        self._viewport = Viewport(shown.sheet, shown.variants)
        self._fit()
        self._viewport.show(column, above=0)
        self._told()

    def clear(self) -> None:
        """Show nothing."""
        self.shown = self.stop = self._viewport = None
        self.refresh()

    @property
    def column(self) -> int:
        """The column of the first visible character."""
        return self._viewport.column if self._viewport is not None else 0

    @property
    def is_beside(self) -> bool:
        """Whether there is room for one text beside the other."""
        return self.size.width >= LEAST_BESIDE

    def on_resize(self) -> None:
        """Set the rows in the new width."""
        self._fit()
        self.refresh()

    def _fit(self) -> None:
        if self._viewport is not None:
            cells = cells_of(self.size.width, is_beside=self.is_beside)
            self._viewport.fit(cells, self.size.height, is_beside=self.is_beside)

    # Drawing

    def draw_line(self, y: int) -> Strip:
        """Draw a line of the screen."""
        lines = self._lines
        if self.shown is None or y >= len(lines):
            return Strip.blank(self.size.width)
        drawing = Drawing(self._style, self.shown, self.number, self.is_beside)
        return drawing.line(*lines[y], self.size.width)

    @property
    def _lines(self) -> list[tuple[Row, int]]:
        return list(self._viewport.visible()) if self._viewport is not None else []

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"collation-view--{name}", partial=True)

    @property
    def number(self) -> int:
        """The index of the difference that the reader is at."""
        return self.shown.numbers[self.stop] if self.shown is not None and self.stop is not None else NONE

    # Moving

    def go_to_stop(self, stop: int) -> None:
        """Go to a difference."""
        if self.shown is not None and 0 <= stop < len(self.shown):
            self.stop = stop
            self.bring(self.shown.columns[stop])

    def go_to_column(self, column: int) -> None:
        """Show a column, at the difference there or after it."""
        if self.shown is not None:
            stop = self.shown.stop_after(column)
            self.stop = stop if stop < len(self.shown) else None
            self.bring(column)

    def bring(self, column: int) -> None:
        """Show a column, if it is out of sight."""
        if self._viewport is not None:
            if not self._viewport.is_visible(column):
                self._viewport.show(column)
            self._told()

    def is_visible(self, column: int) -> bool:
        """Whether the row of a column is on the screen."""
        return self._viewport is not None and self._viewport.is_visible(column)

    def step(self, stops: int) -> bool:
        """Go to another difference: from the one the reader is at, if that is in sight; whether there is one."""
        if self.shown is None or self._viewport is None or not len(self.shown):
            return False
        if self.stop is not None and self._viewport.is_visible(self.shown.columns[self.stop]):
            wanted = self.stop + stops
        else:
            first = self.shown.stop_after(self.column)
            wanted = first + stops - (1 if stops > 0 else 0)
        if not 0 <= wanted < len(self.shown):
            return False
        self.go_to_stop(wanted)
        return True

    def scroll_rows(self, lines: int) -> None:
        """Scroll by lines of the screen."""
        if self._viewport is not None:
            self._viewport.scroll(lines)
            self.refresh()

    def scroll_pages(self, pages: float) -> None:
        """Scroll by pages, or by halves of them."""
        self.scroll_rows(int(pages * max(2, self.size.height - (1 if abs(pages) >= 1 else 0))))

    def scroll_start(self) -> None:
        """Go to the beginning."""
        if self._viewport is not None:
            self._viewport.show(0, above=0)
            self.refresh()

    def scroll_last(self) -> None:
        """Go to the end."""
        if self._viewport is not None:
            self._viewport.to_end()
            self.refresh()

    def _told(self) -> None:
        self.refresh()
        self.post_message(self.Moved(self))

    # The mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel."""
        event.stop()
        self.scroll_rows(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel."""
        event.stop()
        self.scroll_rows(-_WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        """Go to the difference in the row that was clicked."""
        lines = self._lines
        if self.shown is None or event.y >= len(lines):
            return
        row = lines[event.y][0]
        numbers = row.numbers if row.note is None else {row.note.moved}
        stops = [stop for stop, number in enumerate(self.shown.numbers) if number in numbers]
        if stops:
            self.go_to_stop(stops[0])
