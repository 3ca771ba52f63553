"""Above: readings that are set on a row of their own above the characters of a line."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.hanzi.cells import CELLS, advances
from tuibrowser.reading.lines.breakclass import CLASSES, CLOSING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_APART: Final = 4
"""Characters between two readings from which on either may reach over its neighbours."""
_WIDE: Final = 2
"""Cells of a character that has a reading."""


class Reading(NamedTuple):
    """How the character at an offset is read; a guess where it has several readings and no word decides."""

    at: int
    text: str
    is_guess: bool = False
    ends_word: bool = True
    """Whether a blank follows, which divides words."""


class Readings:
    """The readings of characters of a text, in its order, and the room that they take.

    A reading that stands alone is centred above its character. Others begin with theirs, after which blanks are set
    where a reading is longer than the character, and the closing mark after it, is wide.
    """

    def __init__(self, text: str = "", readings: Sequence[Reading] = ()) -> None:
        self._readings = readings
        self._at = [reading.at for reading in readings]
        bounds = [-_APART - 1, *self._at, self._at[-1] + _APART + 1 if self._at else 0]
        self._alone = {
            at
            for before, at, after in zip(bounds, self._at, bounds[2:], strict=False)
            if at - before > _APART < after - at
        }
        self.blanks: Mapping[int, int] = {
            reading.at: blanks
            for reading in readings
            if reading.at not in self._alone and (blanks := _width(reading) - _room(text, reading.at)) > 0
        }
        """How many blanks follow the characters at some offsets."""

    def within(self, start: int, end: int) -> Sequence[Reading]:
        """The readings of a stretch of the text."""
        return self._readings[bisect_left(self._at, start) : bisect_left(self._at, end)]

    def cells(self, text: str, start: int) -> list[int]:
        """The cells of each character of a stretch of the text that begins at an offset, with the blanks after it."""
        cells = advances(text)
        for at in self._at[bisect_left(self._at, start) : bisect_left(self._at, start + len(text))]:
            cells[at - start] += self.blanks.get(at, 0)
        return cells

    def set_above(self, text: str, start: int, width: int) -> list[tuple[int, Reading]]:
        """The readings of a line, the text of which begins at an offset, with the cells at which they begin."""
        columns = [0, *accumulate(self.cells(text, start))]
        found = []
        for reading in self.within(start, start + len(text)):
            column = columns[reading.at - start]
            if reading.at in self._alone:
                column = max(0, min(column - (len(reading.text) - _WIDE) // 2, width - len(reading.text)))
            found.append((column, reading))
        return found


def _width(reading: Reading) -> int:
    return len(reading.text) + reading.ends_word


def _room(text: str, at: int) -> int:
    """The cells of a character, and of the closing mark after it, if any, which stands on the same line."""
    closes = at + 1 < len(text) and CLASSES[text[at + 1]] == CLOSING
    return _WIDE + (CELLS[text[at + 1]] if closes else 0)


NO_READINGS: Final = Readings()
