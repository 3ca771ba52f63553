"""The viewport: which rows of a document are on the screen, and how they move.

It is anchored at a character of the raw text, and walks from there over paragraphs that are laid out when they come
into view. Nothing is estimated, so nothing drifts, and a step costs what one screen costs. The top row is always a
line of text or of folded furniture, never a gap; a movement that would end on a gap goes one row further.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from tuibrowser.corpus.kept import Kept
from tuibrowser.reading.lines.above import NO_READINGS, Readings
from tuibrowser.reading.lines.linebreak import Line, Lines, cells_of
from tuibrowser.reading.lines.rows import GAP, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tuibrowser.reading.views.render import ViewedParagraph, ViewedText

Where = Literal["top", "nearest", "third", "middle", "bottom"]

_SHARES: Final[Mapping[Where, float]] = {"top": 0, "third": 1 / 3, "middle": 1 / 2, "bottom": 1}
"""How much of the screen is to be above a row that is brought to a place on it."""

_KEPT: Final = 256
"""Paragraphs whose lines are kept; more than a screen shows."""
_KEPT_CODE_POINTS: Final = 4_000_000
FARTHEST: Final = 10_000
"""Rows that one movement goes at most, so that a mistyped count does not lay out a whole library."""


class _Slot(NamedTuple):
    """What a row shows that is no gap: a line of a paragraph, or `fold` furniture paragraphs from `paragraph` on."""

    paragraph: int
    line: Line
    fold: int = 0

    @property
    def key(self) -> tuple[int, int]:
        return self.paragraph, self.line.start


_FOLDED: Final = Line(0, 0, 0)


class Viewport:
    """The rows on a screen of `width` cells and `height` rows, over one document in a view.

    `anchor` is the raw offset of the character that stands on the top row. Only movements change it: `scroll`,
    `page`, `half_page`, `show`, `start` and `end`. `resize` and `set_text` keep it, and the top row is then the one
    it is on.
    """

    def __init__(self, text: ViewedText, width: int, height: int) -> None:
        self.text = text
        self.width = max(1, width)
        self.height = max(1, height)
        self.anchor = text[0].to_raw(0) if len(text) else 0
        self._read: Callable[[ViewedParagraph], Readings] = _unread
        self._forget()

    def _forget(self) -> None:
        """Drop all that hangs on the text and the width."""
        self._lines: Kept[int, Lines] = Kept(_KEPT, limit=_KEPT_CODE_POINTS, cost=_characters)
        self._readings: Kept[int, Readings] = Kept(_KEPT)
        self._folds: tuple[int, int] = (0, 0)
        self._apparatus: dict[tuple[int, int], int] = {}
        self._top_slot: _Slot | None = None
        self._lowest_slot: _Slot | None = None
        self._seen: tuple[list[Row], list[_Slot | None]] | None = None

    def resize(self, width: int, height: int) -> None:
        """Take another size; the anchor stays on the top row."""
        width, height = max(1, width), max(1, height)
        if width != self.width:
            self.width = width
            self._forget()
        if height != self.height:
            self.height = height
            self._lowest_slot = self._seen = None

    def set_text(self, text: ViewedText) -> None:
        """Show the same document in another view; the anchor stays on the top row."""
        self.text = text
        self._forget()

    def read(self, read: Callable[[ViewedParagraph], Readings] | None) -> None:
        """Set the readings that `read` gives for a paragraph above its lines, or none; the anchor stays where it is."""
        self._read = read or _unread
        self._forget()

    def readings_of(self, number: int) -> Readings:
        """The readings of a paragraph."""
        if self._read is _unread:
            return NO_READINGS
        known = self._readings.get(number)
        return known if known is not None else self._readings.put(number, self._read(self.text[number]))

    # What is on the screen

    def rows(self) -> list[Row]:
        """The rows on the screen, from the top; fewer than its height where the document ends."""
        return list(self._screen()[0])

    @property
    def at_start(self) -> bool:
        """Whether the first row of the document is on the screen."""
        return not len(self.text) or self._top().key == self._first().key

    @property
    def at_end(self) -> bool:
        """Whether the last row of the document is on the screen."""
        return not len(self.text) or self._top().key >= self._lowest().key

    def fraction(self) -> float:
        """How much of the document lies above the bottom of the screen, from 0 to 1, counted in raw code points."""
        if self.at_end:
            return 1.0
        slot = next(slot for slot in reversed(self._screen()[1]) if slot is not None)
        last = self.text.source.paragraphs[-1].raw_end
        return min(1.0, self._raw_end(slot) / last) if last else 1.0

    def offset_at(self, row: int, column: int) -> int | None:
        """The raw offset of the character under a cell, right of a line that of its last; None where no text is."""
        rows, slots = self._screen()
        if not 0 <= row < len(rows) or (slot := slots[row]) is None or slot.fold:
            return None
        return self._at_column(slot, column)

    def offset_beside(self, raw_offset: int, step: int) -> int | None:
        """Return the raw offset of the character below another, or above it for a negative step, on or off the screen.

        It stands at the same column of the next line of text, or is that line's last; None where there is no such line.
        """
        if not len(self.text):
            return None
        slot, column = self._slot_of(raw_offset), self._column_of(raw_offset)
        neighbour = self._after if step > 0 else self._before
        while (found := neighbour(slot)) is not None:
            slot = found[0]
            if not slot.fold:
                return self._at_column(slot, column)
        return None

    def _column_of(self, raw_offset: int) -> int:
        """The cell of its line, from 0, at which a character stands."""
        slot = self._slot_of(raw_offset)
        start, end = slot.line.start, self.text[slot.paragraph].from_raw(raw_offset)
        return 0 if slot.fold else sum(self._cells(slot.paragraph, start, end))

    def _at_column(self, slot: _Slot, column: int) -> int:
        """The raw offset of the character at a cell of a line, that of its last one beyond."""
        paragraph, line = self.text[slot.paragraph], slot.line
        within = bisect_right(list(accumulate(self._cells(slot.paragraph, line.start, line.end))), column)
        return paragraph.to_raw(max(line.start, min(line.start + within, line.end - 1)))

    def _cells(self, number: int, start: int, end: int) -> list[int]:
        """The cells of each character of a stretch of a paragraph, with the blanks after it."""
        text, readings = self.text[number].text[start:end], self.readings_of(number)
        return cells_of(text, start) if readings is NO_READINGS else readings.cells(text, start)

    def row_of(self, raw_offset: int) -> int | None:
        """The row of the screen, from 0, that shows the character at a raw offset; None when none does."""
        if not len(self.text):
            return None
        key = self._slot_of(raw_offset).key
        slots = self._screen()[1]
        return next((row for row, slot in enumerate(slots) if slot is not None and slot.key == key), None)

    def _screen(self) -> tuple[list[Row], list[_Slot | None]]:
        """The rows on the screen and what they hold."""
        if self._seen is None:
            rows: list[Row] = []
            slots: list[_Slot | None] = []
            slot = self._top() if len(self.text) else None
            while slot is not None and len(rows) < self.height:
                if self._height(slot) > 1:
                    rows.append(Row(-1, 0, slot.line.start, slot.line.end, read=slot.paragraph))
                    slots.append(None)
                rows.append(self._row(slot))
                slots.append(slot)
                if (step := self._after(slot)) is not None and step[1] > self._height(slot):
                    rows.append(GAP)
                    slots.append(None)
                slot = step[0] if step is not None else None
            if len(rows) > self.height and rows[self.height - 1].read >= 0:
                rows[self.height - 1] = GAP  # the line of these readings is below the screen
            self._seen = rows[: self.height], slots[: self.height]
        return self._seen

    def _height(self, slot: _Slot) -> int:
        """The rows of a slot: two for a line with readings above it."""
        is_read = not slot.fold and self.readings_of(slot.paragraph).within(slot.line.start, slot.line.end)
        return 2 if is_read else 1

    def _row(self, slot: _Slot) -> Row:
        if slot.fold:
            return Row(-1, 0, 0, 0, slot.fold, apparatus=self._apparatus_in(slot.paragraph, slot.fold))
        number = self._lines_of(slot.paragraph).number(slot.line)
        return Row(slot.paragraph, number, slot.line.start, slot.line.end)

    # Movements

    def scroll(self, lines: int) -> int:
        """Move by rows, down or, if negative, up; return the rows really moved, negative for up."""
        if not len(self.text) or not lines:
            return 0
        slot = self._top()
        moved = 0
        if lines > 0:
            while moved < min(lines, FARTHEST) and slot.key < self._lowest().key and (step := self._after(slot)):
                slot, moved = step[0], moved + step[1]
        else:
            while moved > max(lines, -FARTHEST) and (step := self._before(slot)):
                slot, moved = step[0], moved - step[1]
        if moved:
            self._put(slot)
        return moved

    def page(self, step: int) -> int:
        """Move by so many screens, each of which leaves two rows of the one before; return the rows moved."""
        return self.scroll(max(1, self.height - 2) * step)

    def half_page(self, step: int) -> int:
        """Move by so many half screens; return the rows moved."""
        return self.scroll(max(1, self.height // 2) * step)

    def start(self) -> None:
        """Go to the first row."""
        if len(self.text):
            self._put(self._first())

    def end(self) -> None:
        """Go where the last row is the bottom of the screen, or to the start of a document shorter than it."""
        if len(self.text):
            self._put(self._lowest())

    def show(self, raw_offset: int, where: Where = "nearest") -> None:
        """Bring the row with a raw offset to a place on the screen, or on it by the shortest way.

        `nearest` does not move when the row is visible. The end of the document stays at the bottom.
        """
        if not len(self.text) or (where == "nearest" and self.row_of(raw_offset) is not None):
            return
        target = self._slot_of(raw_offset)
        top = self._up(target, self._rows_above(target, where))
        if top.key > self._lowest().key:
            top = self._lowest()
        self._put(top)
        if top.key == target.key:
            self.anchor = max(0, min(raw_offset, len(self.text.source.raw)))

    def _rows_above(self, target: _Slot, where: Where) -> int:
        """How many rows at most are to be above the target."""
        if where in _SHARES:
            return int((self.height - 1) * _SHARES[where])
        if where == "nearest" and target.key > self._top().key:
            return self.height - 1
        return 0

    def _put(self, slot: _Slot) -> None:
        """Make a slot the top row, and its first character the anchor."""
        self._top_slot = slot
        self._seen = None
        self.anchor = self._raw_start(slot)

    # Slots

    def _top(self) -> _Slot:
        if self._top_slot is None:
            self._top_slot = self._slot_of(self.anchor)
        return self._top_slot

    def _lowest(self) -> _Slot:
        """The lowest that the top row may be, with the end of the document at the bottom of the screen.

        Where that row would be a gap it is the line after it, since the end must be visible.
        """
        if self._lowest_slot is None:
            last = self._slot_in(len(self.text) - 1, last=True)
            self._lowest_slot = self._up(last, self.height - self._height(last))
        return self._lowest_slot

    def _first(self) -> _Slot:
        return self._slot_in(0)

    def _up(self, slot: _Slot, rows: int) -> _Slot:
        """The slot at most so many rows above another."""
        while rows > 0 and (step := self._before(slot)) is not None and step[1] <= rows:
            slot, rows = step[0], rows - step[1]
        return slot

    def _slot_of(self, raw_offset: int) -> _Slot:
        """The slot that shows the character at a raw offset."""
        number = self.text.paragraph_at(raw_offset)
        if not self.text.is_shown(number):
            return self._slot_in(number)
        return _Slot(number, self._lines_of(number).at(self.text[number].from_raw(raw_offset)))

    def _after(self, slot: _Slot) -> tuple[_Slot, int] | None:
        """The slot below, and the rows down to it: one more where a gap is between."""
        height = self._height(slot)
        if not slot.fold and (line := self._lines_of(slot.paragraph).after(slot.line)) is not None:
            return _Slot(slot.paragraph, line), height
        following = slot.paragraph + max(1, slot.fold)
        if following >= len(self.text):
            return None
        return self._slot_in(following), height + self._has_gap(following)

    def _before(self, slot: _Slot) -> tuple[_Slot, int] | None:
        """The slot above, and the rows up to it: one more where a gap is between."""
        if not slot.fold and (line := self._lines_of(slot.paragraph).before(slot.line)) is not None:
            above = _Slot(slot.paragraph, line)
            return above, self._height(above)
        if slot.paragraph <= 0:
            return None
        above = self._slot_in(slot.paragraph - 1, last=True)
        return above, self._height(above) + self._has_gap(slot.paragraph)

    def _slot_in(self, number: int, *, last: bool = False) -> _Slot:
        """The first or last slot of a paragraph, or the fold that it is in."""
        if not self.text.is_shown(number):
            first, end = self._fold(number)
            return _Slot(first, _FOLDED, end - first)
        lines = self._lines_of(number)
        return _Slot(number, lines.last() if last else lines.first())

    def _has_gap(self, number: int) -> bool:
        return not self.text.source.paragraphs[number].tight

    def _fold(self, number: int) -> tuple[int, int]:
        """The first of the furniture paragraphs that are folded with this one, and the one after the last."""
        first, end = self._folds
        if not first <= number < end:
            first, end = number, number + 1
            while first > 0 and not self.text.is_shown(first - 1):
                first -= 1
            while end < len(self.text) and not self.text.is_shown(end):
                end += 1
            self._folds = first, end
        return first, end

    def _apparatus_in(self, first: int, count: int) -> int:
        """How many of the paragraphs folded together are of the apparatus; kept, since a fold may be long."""
        known = self._apparatus.get((first, count))
        if known is None:
            known = self._apparatus[first, count] = sum(map(self.text.is_apparatus, range(first, first + count)))
        return known

    def _lines_of(self, number: int) -> Lines:
        lines = self._lines.get(number)
        if lines is None:
            readings = self.readings_of(number)
            cells = cells_of if readings is NO_READINGS else readings.cells
            lines = self._lines.put(number, Lines(self.text[number].text, self.width, cells))
        return lines

    def _raw_start(self, slot: _Slot) -> int:
        """The raw offset of a slot's first character that is shown on it and not on the row above.

        Where a paragraph begins behind its markup on this row it is the beginning of the paragraph.
        """
        own = self.text.source.paragraphs[slot.paragraph].raw_start
        if slot.fold:
            return own
        paragraph, line = self.text[slot.paragraph], slot.line
        start = paragraph.to_raw(line.start)
        later = own if own > start else paragraph.raw_span(line.start, line.start + 1)[1]
        if (own > start or paragraph.from_raw(start) < line.start) and self._is_on(slot, later):
            return later
        return start

    def _is_on(self, slot: _Slot, raw_offset: int) -> bool:
        line = slot.line
        return line.start <= self.text[slot.paragraph].from_raw(raw_offset) < max(line.next, line.start + 1)

    def _raw_end(self, slot: _Slot) -> int:
        if slot.fold:
            return self.text.source.paragraphs[slot.paragraph + slot.fold - 1].raw_end
        return self.text[slot.paragraph].to_raw(slot.line.next)


def _unread(_: ViewedParagraph) -> Readings:
    return NO_READINGS


def _characters(lines: Lines) -> int:
    return len(lines.text)
