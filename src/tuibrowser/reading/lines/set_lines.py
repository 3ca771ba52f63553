"""A document set as the reading pane sets it, line by line, for a printer of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.reading.lines.linebreak import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.reading.views.render import ViewedText


def set_lines(text: ViewedText, width: int | None) -> Iterator[str]:
    """The lines of a text without newlines: set in `width` cells with gaps between the paragraphs as in the pane.

    Without a width each line that the text itself has is one line, and there are no gaps. Furniture is in full.
    """
    if width is None:
        for paragraph in text:
            yield from paragraph.text.split("\n")
        return
    for paragraph in text:
        if paragraph.number and not paragraph.tight:
            yield ""
        lines = Lines(paragraph.text, width)
        line = lines.first()
        while True:
            yield paragraph.text[line.start : line.end]
            if (following := lines.after(line)) is None:
                break
            line = following
