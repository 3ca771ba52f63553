"""Lean: frames in, differences out. It knows what the terminal has and what it is to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.terminal.cells.errors import Unmodelled
from tuibrowser.terminal.cells.parse import Parser
from tuibrowser.terminal.cells.pens import MOST_PENS, Pens
from tuibrowser.terminal.cells.screen import Screen
from tuibrowser.terminal.difference.encode import Encoder, Layout

if TYPE_CHECKING:
    from tuibrowser.terminal.asking.abilities import Abilities
    from tuibrowser.terminal.cells.parse import Painting

TABULA_RASA = "\x1b[r\x1b[m\x1b[2J\x1b[H"
"""No scrolling region, the default pen, an empty screen, the cursor in its corner."""


class Lean:
    """The model of one terminal."""

    def __init__(self, width: int, height: int, abilities: Abilities) -> None:
        """Nothing is known of the cells at first."""
        self.abilities = abilities
        self.size = (width, height)
        self._start_anew(width, height, known=False)

    def _start_anew(self, width: int, height: int, known: bool) -> None:
        self.size = (width, height)
        self._pens = Pens()
        self._parser = Parser(self._pens)
        self._want = Screen(width, height, self._pens, known)
        self._have = Screen(width, height, self._pens, known)
        self._layout = Layout([{0} for _ in range(height)], {})
        self._doubtful: set[int] = set()
        """Rows whose characters of doubtful width may be others now."""
        self._cursor = (0, 0)
        self._at: tuple[int, int] | None = (0, 0) if known else None

    def forget(self, size: tuple[int, int] | None = None) -> None:
        """Nothing is known any more of what stands on the screen, which has perhaps another size (columns, rows)."""
        self._start_anew(*(size or self.size), known=False)

    def doubt(self) -> None:
        """What is wanted stays; what the terminal has of it is not known any more."""
        self._have = Screen(*self.size, self._pens)
        self._at = None

    def wipe(self, size: tuple[int, int] | None = None) -> str:
        """Return the bytes that empty the screen; its contents are known from then on."""
        self._start_anew(*(size or self.size), known=True)
        return TABULA_RASA

    def take(self, data: str) -> None:
        """Take a frame as what is wanted. Raises Unmodelled, and changes nothing, for what is no frame of this size."""
        if len(self._pens) > MOST_PENS:
            self._start_anew(*self.size, known=False)
        frame = self._parser.frame(data)
        if not self._want.holds(frame):
            raise Unmodelled("a frame of another size")
        for painting in frame.paintings:
            self._paint(painting)
        self._cursor = frame.cursor

    def _paint(self, painting: Painting) -> None:
        row, column, strip = painting.row, painting.column, painting.strip
        end = column + len(strip.text)
        self._want.write(row, column, strip.text, strip.pens)
        if not strip.is_sure or self._want.rows[row].unsure < self._want.width:
            self._doubtful.add(row)
        cuts, painted = self._layout.cuts, self._layout.painted
        cuts[row] = {cut for cut in cuts[row] if not column < cut < end} | {column, end}
        painted[row] = max(painted.get(row, 0), end)

    def changes(self) -> str:
        """The bytes that make the terminal show what is wanted; empty where it does already."""
        for row in self._doubtful:
            self._want.rows[row].find_doubts()
        self._doubtful.clear()
        encoder = Encoder(self._have, self._want, self._layout, self._pens, self.abilities)
        sent = encoder.encode(self._at, self._cursor)
        self._layout.painted.clear()
        self._at = self._cursor
        return sent
