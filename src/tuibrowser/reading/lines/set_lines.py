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
    for paragraph in text:
        if width is not None and paragraph.number and not paragraph.tight:
            yield ""
        yield from broken(paragraph.text, width)


def broken(paragraph: str, width: int | None) -> Iterator[str]:
    """The lines of a paragraph; without a width those that it has itself."""
    if width is None:
        yield from paragraph.split("\n")
        return
    lines = Lines(paragraph, width)
    line = lines.first()
    while True:
        yield paragraph[line.start : line.end]
        if (following := lines.after(line)) is None:
            return
        line = following
