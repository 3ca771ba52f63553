"""Selection: a cursor and an anchor, kept as raw offsets, and the motions that move the cursor.

What is selected runs from the one to the other, both with the character they are on. A motion moves the edge that the
cursor is on to the edge of a unit: forward to a unit's last character, or, where the cursor is before the anchor, to
the first character of the next one; backward the other way round. So what a motion selects ends with a whole word or
sentence, and holds no character of one more. The units are those of what is shown, whatever the view and the script;
the offsets are those of the raw text, so that the selection outlives every change of view.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tuibrowser.language.frozen import frozen
from tuibrowser.reading.selecting.units import Point, Unit, Units
from tuibrowser.reading.views.passage import shown_passage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.corpus.model import Heading
    from tuibrowser.reading.views.render import ViewedText

Span = tuple[int, int]

FARTHEST: Final = 10_000
"""Units that one motion goes at most, so that a mistyped count does not read a whole library."""


class By(StrEnum):
    """Whether a selection ends where the cursor is, or with the paragraphs that it and the anchor are in."""

    CHARACTER = "character"
    PARAGRAPH = "paragraph"


@frozen
class Selection:
    """The raw offsets of the character that a selection was begun at, and of the one that the cursor is on.

    A `given` one is a stretch that was not made by motions, such as a hit.
    """

    anchor: int
    cursor: int
    by: By = By.CHARACTER
    given: bool = False

    def moved(self, cursor: int) -> Selection:
        """The same with the cursor at another raw offset."""
        return replace(self, cursor=cursor, given=False)


class Selector:
    """Moves selections over a document as a view shows it. Made anew for each view; selections are not."""

    def __init__(self, text: ViewedText, headings: Sequence[Heading], words: Callable[[str], Sequence[Span]]) -> None:
        """`headings` are the document's; `words` is `Words.spans`."""
        self._text = text
        self._units = Units(text, headings, words)

    def start(self, raw_offset: int, by: By = By.CHARACTER) -> Selection | None:
        """A selection of the character, or paragraph, shown at a raw offset; None where the document shows nothing."""
        point = self._units.point_of(raw_offset)
        if point is None:
            return None
        raw = self._units.raw_of(point)
        return Selection(raw, raw, by)

    def select(self, start: int, end: int, by: By = By.CHARACTER) -> Selection | None:
        """A selection of a stretch of the raw text, such as a hit, with the cursor at its end."""
        first, last = self._units.point_of(start), self._units.point_of(max(start, end - 1))
        if first is None or last is None:
            return None
        if self._units.raw_of(last) >= end:
            last = self._units.last_before(last) or last
        return Selection(self._units.raw_of(first), self._units.raw_of(max(first, last)), by, given=True)

    def around(self, raw_offset: int, unit: Unit) -> Span | None:
        """The raw stretch of the unit at a raw offset, or of the character there where that is in no unit."""
        point = self._units.point_of(raw_offset)
        if point is None:
            return None
        found = next(self._units.after(unit, point), None)
        if found is None or found.start > point or found.end.paragraph != point.paragraph:
            start, end = point, self._end(point)
        else:
            start, end = found.start, found.end.offset
        return self._text[point.paragraph].raw_span(start.offset, end)

    # Motions

    def move(self, selection: Selection, unit: Unit, step: int) -> Selection:
        """Move the cursor by so many units, backward for a negative `step`; as far as the document goes."""
        ends = self._points(selection)
        if ends is None:
            return selection
        anchor, cursor = ends
        advance = self._forward if step > 0 else self._backward
        for _ in range(min(abs(step), FARTHEST)):
            moved = advance(unit, anchor, cursor)
            if moved is None:
                break
            cursor = moved
        return selection.moved(self._units.raw_of(cursor))

    def move_to(self, selection: Selection, raw_offset: int) -> Selection:
        """Move the cursor to the character shown at a raw offset."""
        point = self._units.point_of(raw_offset)
        return selection if point is None else selection.moved(self._units.raw_of(point))

    def move_in_line(self, selection: Selection, lines: Sequence[Span], *, to_end: bool) -> Selection:
        """Move the cursor to the first or last character of its line.

        `lines` are the lines of the cursor's paragraph as it is set: sorted stretches of its shown text.
        """
        cursor = self._units.point_of(selection.cursor)
        line = None if cursor is None else next((line for line in lines if cursor.offset < line[1]), None)
        if cursor is None or line is None:
            return selection
        if to_end:
            target = self._units.last_before(Point(cursor.paragraph, line[1]))
        else:
            target = next(each.start for each in self._units.after(Unit.CHARACTER, Point(cursor.paragraph, line[0])))
        return selection if target is None else selection.moved(self._units.raw_of(target))

    def swap(self, selection: Selection) -> Selection:
        """Put the cursor at the other end."""
        return replace(selection, anchor=selection.cursor, cursor=selection.anchor)

    def take(self, selection: Selection, unit: Unit, count: int = 1) -> Selection:
        """Select the unit that the cursor is in, else the next one, and those after it up to `count`.

        Of a given selection the whole units that it touches are taken. One that was made by motions is kept where it
        has more than one character, and reaches, the way it was made, to the end of a unit.
        """
        ends = self._points(selection)
        if ends is None:
            return selection
        anchor, cursor = ends
        if anchor != cursor and not selection.given:
            return self.move(selection, unit, count if cursor > anchor else -count)
        taken = self._whole(selection, unit, min(ends), max(ends))
        return self.move(taken, unit, count - 1) if count > 1 else taken

    def _whole(self, selection: Selection, unit: Unit, first: Point, last: Point) -> Selection:
        """The units that hold two points, or follow on them, and all between."""
        begin, end = next(self._units.after(unit, first), None), next(self._units.after(unit, last), None)
        if begin is None:
            return selection
        start = begin.start if first == last else min(begin.start, first)
        stop = last if end is None or (end.start > last and last != first) else self._units.last_before(end.end)
        raw_stop = self._units.raw_of(max(start, stop or start))
        return replace(selection, anchor=self._units.raw_of(start), cursor=raw_stop, given=False)

    def _forward(self, unit: Unit, anchor: Point, cursor: Point) -> Point | None:
        """Where a unit forward takes the cursor."""
        if cursor < anchor:
            for each in self._units.after(unit, cursor):
                if (settled := self._settled(each.start)) > cursor:
                    if settled <= anchor:
                        return settled
                    break
        for each in self._units.after(unit, cursor):
            last = self._units.last_before(each.end)
            if last is not None and (settled := self._settled(last)) > cursor:
                return settled
        return None

    def _backward(self, unit: Unit, anchor: Point, cursor: Point) -> Point | None:
        """Where a unit backward takes the cursor."""
        if cursor > anchor:
            for each in self._units.before(unit, cursor):
                last = self._units.last_before(each.end)
                if last is not None and (settled := self._settled(last)) < cursor:
                    if settled >= anchor:
                        return settled
                    break
        for each in self._units.before(unit, cursor):
            if (settled := self._settled(each.start)) < cursor:
                return settled
        return None

    def _settled(self, point: Point) -> Point:
        """The point that the raw offset of a point stands for; where words were exchanged not each has its own."""
        return self._units.point_of(self._units.raw_of(point)) or point

    def _end(self, point: Point) -> int:
        """Where what the raw offset of a point stands for ends, in code points of its paragraph's shown text."""
        end = self._units.end_of(point)
        length = len(self._text[point.paragraph].text)
        while end < length and self._settled(Point(point.paragraph, end)) == point:
            end = max(end + 1, self._units.end_of(Point(point.paragraph, end)))
        return end

    # What is selected

    def span(self, selection: Selection) -> Span:
        """The selected stretch of the raw text."""
        ends = self._edges(selection)
        if ends is None:
            return selection.cursor, selection.cursor
        first, last, end = ends
        if first.paragraph == last.paragraph:
            return self._text[first.paragraph].raw_span(first.offset, end)
        paragraph = self._text[first.paragraph]
        start = paragraph.raw_span(first.offset, len(paragraph.text))[0]
        return start, self._text[last.paragraph].raw_span(0, end)[1]

    def passage(self, selection: Selection) -> str:
        """The selected text as shown, without the breaks of the screen's lines; paragraphs are divided by a newline."""
        return shown_passage(self._text, *self.span(selection))

    def shown_span(self, selection: Selection, number: int) -> Span | None:
        """The selected stretch of the shown text of a paragraph; None where none of it is selected."""
        ends = self._edges(selection)
        if ends is None or not ends[0].paragraph <= number <= ends[1].paragraph:
            return None
        first, last, end = ends
        start = first.offset if number == first.paragraph else 0
        return start, end if number == last.paragraph else len(self._text[number].text)

    def cursor(self, selection: Selection) -> tuple[int, int, int] | None:
        """The cursor: a paragraph's number and the stretch of its shown text; None where the document shows nothing."""
        point = self._units.point_of(selection.cursor)
        return None if point is None else (*point, self._end(point))

    def _points(self, selection: Selection) -> tuple[Point, Point] | None:
        anchor, cursor = self._units.point_of(selection.anchor), self._units.point_of(selection.cursor)
        return None if anchor is None or cursor is None else (anchor, cursor)

    def _edges(self, selection: Selection) -> tuple[Point, Point, int] | None:
        """The first and the last point of a selection, and where the last one's grapheme ends in its paragraph."""
        ends = self._points(selection)
        if ends is None:
            return None
        first, last = min(ends), max(ends)
        if selection.by is By.PARAGRAPH:
            return Point(first.paragraph, 0), last, len(self._text[last.paragraph].text)
        return first, last, self._end(last)
