"""A list of lines with a cursor that draws only what is visible, however long it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tuibrowser.tui.widgets.grounded import Grounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.style import Style
    from textual import events

WHEEL_LINES = 3


class LineList(Grounded):
    """A list whose subclass says how many rows there are and draws one.

    The cursor is a row's index, or -1 while the list is empty.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--cursor",
        "line-list--dim",
        "line-list--header",
        "line-list--match",
    }

    DEFAULT_CSS = """
    LineList {
        & > .line-list--cursor { text-style: bold; color: $primary; }
        & > .line-list--dim { text-style: $quiet; }
        & > .line-list--header { text-style: bold; }
        & > .line-list--match { text-style: bold underline; color: $warning; }
        &:focus > .line-list--cursor { text-style: reverse; color: $foreground; }
    }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor came to another row by the reader's doing."""

        sender: LineList
        row: int

        @property
        def control(self) -> LineList:
            """The list whose cursor moved."""
            return self.sender

    @dataclass
    class Selected(Message):
        """The reader clicked a row, or pressed Enter on it."""

        sender: LineList
        row: int

        @property
        def control(self) -> LineList:
            """The list whose row was chosen."""
            return self.sender

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.cursor = -1
        self._top = 0

    @property
    def row_count(self) -> int:
        """How many rows the list has."""
        raise NotImplementedError

    @property
    def first_shown(self) -> int:
        """The row that stands first on the screen."""
        return self._top

    def draw_row(self, row: int, width: int, cursor: bool) -> Strip:
        """Draw a row into exactly `width` cells."""
        raise NotImplementedError

    def can_stop_at(self, row: int) -> bool:  # noqa: ARG002
        """Whether the cursor may stand on a row."""
        return True

    def style(self, name: str) -> Style:
        """The style of a component class `line-list--NAME`, without the list's own background."""
        return self.get_component_rich_style(f"line-list--{name}", partial=True)

    def draw_line(self, y: int) -> Strip:
        """Draw a line of the screen."""
        row = self._top + y
        if row >= self.row_count:
            return Strip.blank(self.size.width)
        return self.draw_row(row, self.size.width, row == self.cursor)

    def rows_changed(self, cursor: int) -> None:
        """Take up a new number of rows, with the cursor at or near a row."""
        self.cursor = self._stop(min(cursor, self.row_count - 1), 1)
        self._keep_visible()
        self.refresh()

    def move_to(self, row: int, *, announce: bool = False) -> None:
        """Put the cursor on a row."""
        row = self._stop(row, 1 if row >= self.cursor else -1)
        if row == self.cursor:
            return
        old, self.cursor = self.cursor, row
        if not self._keep_visible():
            self._refresh_rows((old, row))
        if announce:
            self.post_message(self.Highlighted(self, row))

    def _stop(self, row: int, step: int) -> int:
        """The row nearest to `row`, looked for in the direction of `step` first, where the cursor may stand."""
        last = self.row_count - 1
        row = max(0, min(row, last))
        for direction in (step, -step):
            at = row
            while 0 <= at <= last:
                if self.can_stop_at(at):
                    return at
                at += direction
        return -1

    def _keep_visible(self) -> bool:
        """Scroll so that the cursor, and what stands right above it, is visible; whether anything moved."""
        height = max(1, self.size.height)
        top = min(self._top, max(0, self.row_count - height))
        if self.cursor >= 0:
            above = self.cursor - 1 if self.cursor > 0 and not self.can_stop_at(self.cursor - 1) else self.cursor
            top = max(min(top, above), self.cursor - height + 1)
        moved, self._top = top != self._top, top
        if moved:
            self.refresh()
        return moved

    def _refresh_rows(self, rows: Iterable[int]) -> None:
        for row in rows:
            if 0 <= row - self._top < self.size.height:
                self.refresh(Region(0, row - self._top, self.size.width, 1))

    def on_resize(self) -> None:
        """Keep the cursor visible."""
        self._keep_visible()
        self.refresh()

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self.cursor + rows, announce=True)

    def action_move_pages(self, pages: float) -> None:
        """Move the cursor by pages, or by halves of them."""
        rows = self.size.height - 1 if abs(pages) >= 1 else self.size.height
        self.action_move(int(pages * max(2, rows)))

    def action_move_start(self) -> None:
        """Move the cursor to the first row."""
        self.move_to(0, announce=True)

    def action_move_end(self) -> None:
        """Move the cursor to the last row."""
        self.move_to(self.row_count - 1, announce=True)

    def scroll_rows(self, rows: int) -> None:
        """Scroll the rows under the cursor, which moves only to stay visible."""
        height = max(1, self.size.height)
        top = max(0, min(self._top + rows, self.row_count - height))
        if top == self._top:
            return
        self._top = top
        self.refresh()
        self.move_to(max(top, min(self.cursor, top + height - 1)), announce=True)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel."""
        event.stop()
        self.scroll_rows(WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel."""
        event.stop()
        self.scroll_rows(-WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked."""
        row = self._top + event.y
        if 0 <= row < self.row_count and self.can_stop_at(row):
            self.move_to(row)
            self.post_message(self.Selected(self, row))
