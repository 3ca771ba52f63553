"""Selecting by the mouse: what presses, moves and releases of a button mean, apart from what is under the pointer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from tuibrowser.language.frozen import frozen
from tuibrowser.reading.selecting.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.reading.lines.rows import Row
    from tuibrowser.reading.lines.viewport import Viewport

CHAIN_SECONDS: Final = 0.5
"""Time within which a further press at the same cell makes a double click of a click, and so on."""

SCROLL_SECONDS: Final = 0.05
"""Time between two steps of scrolling while the pointer is held beyond an edge."""

FASTEST: Final = 5
"""Lines that one such step goes at most; the further out the pointer is, the more."""

UNITS: Final = (Unit.CHARACTER, Unit.WORD, Unit.SENTENCE, Unit.PARAGRAPH)
"""What one, two, three and four clicks select by."""


class Cell(NamedTuple):
    """A cell of the pane, from its upper left corner; outside of it while a button is held."""

    column: int
    row: int


class Ends(NamedTuple):
    """The characters at a cell, as raw offsets: the same one twice, or those before and after a gap."""

    before: int
    after: int


class Surface(Protocol):
    """The surface that is dragged over."""

    @property
    def rows_shown(self) -> int:
        """The height in rows."""

    @property
    def touches_top(self) -> bool:
        """Whether nothing is above, so that the pointer cannot leave it there."""

    def ends_at(self, cell: Cell) -> Ends | None:
        """The characters at a cell, or at the nearest one; None where no text is shown."""

    def select_between(self, anchor: int, cursor: int, unit: Unit) -> None:
        """Select by units from one raw offset to another."""

    def select_nothing(self) -> None:
        """Select nothing: the pointer is on the gap that the button went down on."""

    def extend_to(self, cursor: int) -> bool:
        """Move the cursor of what is selected; False where nothing is."""

    def scroll_by(self, lines: int) -> None:
        """Scroll by lines."""

    def choose_at(self, cell: Cell) -> None:
        """Carry out a plain click."""


@frozen
class _Press:
    """A button held down: where and when, how many presses in a row it is, and what it has done so far."""

    cell: Cell
    time: float
    chain: int
    ends: Ends | None
    moved: bool = False
    left_edge: bool = False
    """Whether the pointer was below the top row."""


class Dragging:
    """The state of the mouse's left button over a surface. Times are in seconds."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._press: _Press | None = None
        self._last: _Press | None = None
        self._pointer = Cell(0, 0)

    @property
    def is_held(self) -> bool:
        """Whether the button is down."""
        return self._press is not None

    def press(self, cell: Cell, time: float, *, extends: bool = False) -> None:
        """The button goes down; `extends` moves the end of what is selected there."""
        ends, last = self._surface.ends_at(cell), self._last
        again = last is not None and last.cell == cell and time - last.time <= CHAIN_SECONDS and not last.moved
        chain = min(last.chain + 1, len(UNITS)) if last is not None and again else 1
        self._pointer = cell
        self._press = _Press(cell, time, chain, ends, left_edge=cell.row > 0)
        if ends is None:
            return
        if extends and self._surface.extend_to(ends.before):
            self._press = None
        elif chain > 1:
            self._surface.select_between(ends.before, ends.before, UNITS[chain - 1])

    def move(self, cell: Cell) -> None:
        """The pointer is at another cell while the button is down."""
        if self._press is None:
            return
        self._press = replace(
            self._press,
            moved=self._press.moved or cell != self._press.cell,
            left_edge=self._press.left_edge or cell.row > 0,
        )
        self._pointer = cell
        self.follow()

    def follow(self) -> None:
        """Select up to what is under the pointer now."""
        press = self._press
        if press is None or press.ends is None or not press.moved:
            return
        height = self._surface.rows_shown
        here = self._surface.ends_at(Cell(self._pointer.column, max(0, min(self._pointer.row, height - 1))))
        if here is None:
            return
        if here == press.ends and here.before != here.after:
            self._surface.select_nothing()
            return
        forward = here.before >= press.ends.after
        anchor, cursor = (press.ends.after, here.before) if forward else (press.ends.before, here.after)
        self._surface.select_between(anchor, cursor, UNITS[press.chain - 1])

    def tick(self) -> None:
        """Scroll where the pointer is held beyond an edge, and select on."""
        if self._press is not None and self._press.moved and (lines := self._beyond()):
            self._surface.scroll_by(lines)
            self.follow()

    def release(self) -> None:
        """The button is up again."""
        press, self._press = self._press, None
        self._last = press
        if press is not None and press.chain == 1 and not press.moved:
            self._surface.choose_at(press.cell)

    def forget(self) -> None:
        """Another text is shown: what was pressed is no longer there."""
        self._press = self._last = None

    def _beyond(self) -> int:
        """The lines to scroll by, negative for up.

        Where the screen begins with the surface, so that the pointer cannot leave it, the top row counts as beyond,
        unless the button went down on it and the pointer has stayed there.
        """
        surface, row = self._surface, self._pointer.row
        reach = surface.touches_top and self._press is not None and self._press.left_edge
        above = int(reach) - row
        below = row - surface.rows_shown + 1
        if above > 0:
            return -min(above, FASTEST)
        return min(below, FASTEST) if below > 0 else 0


def ends_at(viewport: Viewport, rows: Sequence[Row], row: int, column: int) -> Ends | None:
    """The characters at a cell of the text: left of a line its first, right of it its last, on a gap those around."""
    if (offset := viewport.offset_at(row, max(0, column))) is not None:
        return Ends(offset, offset)
    above = next((at for at in range(min(row, len(rows)) - 1, -1, -1) if rows[at].paragraph >= 0), None)
    below = next((at for at in range(max(0, row), len(rows)) if rows[at].paragraph >= 0), None)
    before = viewport.offset_at(above, viewport.width) if above is not None else None
    after = viewport.offset_at(below, 0) if below is not None else None
    if before is None:
        before = after
    if after is None:
        after = before
    return None if before is None or after is None else Ends(before, after)
