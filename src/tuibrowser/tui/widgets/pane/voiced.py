"""Voiced: readings above the text of a pane, of each paragraph or of the current one, as whoever gives them says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.reading.lines.above import NO_READINGS, Readings
from tuibrowser.tui.widgets.pane.movable import Movable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.corpus.model import Document
    from tuibrowser.reading.lines.viewport import Viewport
    from tuibrowser.reading.views.render import ViewedParagraph, ViewedText

    Read = Callable[[ViewedParagraph, bool], Readings]


class Voiced(Movable):
    """Sets the readings; when the reader goes to another paragraph, they are asked for again."""

    _read: Read | None = None
    _read_as_current = -1
    """The paragraph that was the current one when the readings were asked for."""

    def set_readings(self, read: Read | None) -> None:
        """Show the readings that `read` gives for a paragraph, and whether it is the current one; None for none."""
        self._read = read
        self._take_readings()
        self.changed()

    def _show(self, document: Document, text: ViewedText, viewport: Viewport) -> None:
        """Take up another document."""
        super()._show(document, text, viewport)
        self._take_readings()

    def changed(self) -> None:
        """Draw anew and say where the reader is."""
        if self._read is not None and self.current_paragraph != self._read_as_current:
            self._take_readings()
        super().changed()

    def _take_readings(self) -> None:
        """Have the text set with the readings for the paragraph that is the current one now."""
        if self._viewport is None:
            return
        read, current = self._read, self.current_paragraph
        self._read_as_current = current
        if read is None:
            self._viewport.read(None)
        else:
            self._viewport.read(lambda paragraph: read(paragraph, paragraph.number == current))

    def readings_of(self, number: int) -> Readings:
        """The readings that are shown of a paragraph."""
        return self._viewport.readings_of(number) if self._viewport is not None else NO_READINGS
