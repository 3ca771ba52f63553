"""Selecting by the keyboard: what the keys of the selection do to it, apart from how it is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tuibrowser.reading.selecting.selection import By, Selection, Selector
from tuibrowser.settings.commands import COMMANDS, Command, Place, commands_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.corpus.model import Heading
    from tuibrowser.reading.selecting.units import Unit
    from tuibrowser.reading.views.render import ViewedText

    Span = tuple[int, int]
    Words = Callable[[str], Sequence[Span]]


def selecting_keys(commands: tuple[Command, ...] = COMMANDS) -> dict[str, str]:
    """The actions of the keys that work while something is selected."""
    return {key: command.action for command in commands_of(Place.SELECTING, commands) for key in command.keys}


class Selecting:
    """A selection in a document, and what moves it. Made anew for each view; the selection itself goes on."""

    def __init__(self, text: ViewedText, headings: Sequence[Heading], words: Words, selection: Selection) -> None:
        self._selector = Selector(text, headings, words)
        self.selection = selection
        self._reached: tuple[int, int, Unit, Selection] | None = None

    @classmethod
    def begin(cls, text: ViewedText, headings: Sequence[Heading], words: Words, span: Span, by: By) -> Selecting | None:
        """Select a stretch of the raw text, or the character at its beginning where it is empty."""
        selector = Selector(text, headings, words)
        start, end = span
        selection = selector.select(start, end, by) if end > start else selector.start(start, by)
        return cls(text, headings, words, selection) if selection is not None else None

    @property
    def span(self) -> Span:
        """The selected stretch of the raw text."""
        return self._selector.span(self.selection)

    @property
    def passage(self) -> str:
        """What is selected, as shown."""
        return self._selector.passage(self.selection)

    def shown_span(self, paragraph: int) -> Span | None:
        """The selected stretch of a paragraph's shown text."""
        return self._selector.shown_span(self.selection, paragraph)

    @property
    def cursor(self) -> tuple[int, int, int] | None:
        """The cursor: a paragraph's number, and the stretch of its shown text."""
        return self._selector.cursor(self.selection)

    def move(self, unit: Unit, step: int) -> None:
        """Move the cursor by units."""
        self.selection = self._selector.move(self.selection, unit, step)

    def move_to(self, raw_offset: int) -> None:
        """Move the cursor to a character."""
        self.selection = self._selector.move_to(self.selection, raw_offset)

    def reach(self, anchor: int, cursor: int, unit: Unit) -> None:
        """Select from the unit at a raw offset to that at another, the cursor at the end where the other is."""
        first, last = self._selector.around(anchor, unit), self._selector.around(cursor, unit)
        if first is None or last is None:
            return
        selection = self._selector.select(min(first[0], last[0]), max(first[1], last[1]))
        if selection is not None:
            self.selection = self._selector.swap(selection) if last[0] < first[0] else selection
            self._reached = anchor, cursor, unit, self.selection

    def renewed(self, text: ViewedText, headings: Sequence[Heading], words: Words) -> Selecting:
        """The same with words that are known only now; what `reach` selected by words is selected by those."""
        renewed = Selecting(text, headings, words, self.selection)
        if self._reached is not None and self._reached[3] == self.selection:
            renewed.reach(*self._reached[:3])
        return renewed

    def move_in_line(self, lines: Sequence[Span], *, to_end: bool) -> None:
        """Move the cursor to the beginning or the end of its line."""
        self.selection = self._selector.move_in_line(self.selection, lines, to_end=to_end)

    def swap(self) -> None:
        """Put the cursor at the other end."""
        self.selection = self._selector.swap(self.selection)

    def take(self, unit: Unit, count: int) -> None:
        """Select the unit under the cursor."""
        self.selection = self._selector.take(self.selection, unit, count)

    def turn(self, by: By) -> None:
        """Select by characters or by paragraphs from now on."""
        self.selection = replace(self.selection, by=by)
