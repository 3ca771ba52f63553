"""Text cut to cells and styled into strips, the lines that Textual draws."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tuibrowser.hanzi.cells import CELLS, cell_width, char_cells
from tuibrowser.reading.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ELLIPSIS = "…"

MOST_MARKS = 30
"""Marks drawn on one character; more are in no language (Unicode's Stream-Safe Text has the same limit)."""

_MANY_MARKS = re.compile(rb"\0{%d,}" % MOST_MARKS)

PLAIN = Style()


def fit(text: str, cells: int) -> str:
    """As much of `text` as fits into a number of cells, with an ellipsis where something was cut."""
    if cell_width(text) <= cells:
        return text
    room = cells - char_cells(ELLIPSIS)
    return take(text, room) + ELLIPSIS if room >= 0 else ""


def fit_middle(text: str, cells: int) -> str:
    """As much of both ends of `text` as fits into a number of cells, with an ellipsis where something was cut."""
    head, tail = ends_of(text, cells)
    if head + tail == len(text):
        return text
    return text[:head] + ELLIPSIS + text[len(text) - tail :] if cells >= char_cells(ELLIPSIS) else ""


def ends_of(text: str, cells: int) -> tuple[int, int]:
    """How many characters of the beginning and of the end of `text` `fit_middle` keeps; all and none if it fits."""
    if cell_width(text) <= cells:
        return len(text), 0
    room = cells - char_cells(ELLIPSIS)
    if room < 0:
        return 0, 0
    tail = len(fit_end(text, room // 2 + char_cells(ELLIPSIS)).removeprefix(ELLIPSIS))
    return len(take(text, room - cell_width(text[len(text) - tail :]))), tail


def fit_end(text: str, cells: int) -> str:
    """As much of the end of `text` as fits into a number of cells, with an ellipsis where something was cut."""
    if cell_width(text) <= cells:
        return text
    room, start = cells - char_cells(ELLIPSIS), len(text)
    if room < 0:
        return ""
    while start and (room := room - char_cells(text[start - 1])) >= 0:
        start -= 1
    return ELLIPSIS + text[start:]


def take(text: str, cells: int) -> str:
    """The longest beginning of `text` that fits into a number of cells."""
    for index, character in enumerate(text):
        cells -= char_cells(character)
        if cells < 0:
            return text[:index]
    return text


def narrow(wanted: str, instead: str) -> str:
    """A mark of one cell: the one that is wanted, or another one where the terminal draws that wide."""
    return wanted if char_cells(wanted) == 1 else instead


def one_line(text: str) -> str:
    """The text with its line breaks made into spaces."""
    return " ".join(text.split("\n"))


def styled(text: str, start: int, end: int, styles: Sequence[tuple[int, int, Style]], base: Style) -> list[Segment]:
    """Segments for `text[start:end]`; each `(start, end, style)` is laid over `base` and over the ones before it."""
    touching = [(max(a, start), min(b, end), style) for a, b, style in styles if a < end and b > start]
    if not touching:
        return [Segment(text[start:end], base)]
    bounds = sorted({start, end, *(a for a, _, _ in touching), *(b for _, b, _ in touching)})
    segments = []
    for a, b in pairwise(bounds):
        style = base
        for from_, to, over in touching:
            if from_ <= a and b <= to:
                style += over
        segments.append(Segment(text[a:b], style))
    return segments


def on_ground(strip: Strip, ground: Style) -> Strip:
    """The strip over a widget's own colours; where these are the terminal's, nothing has to be said."""
    is_own = all(colour is None or colour.is_default for colour in (ground.color, ground.bgcolor))
    return strip if is_own else strip.apply_style(ground)


def strip_of(segments: Iterable[Segment], width: int, base: Style = PLAIN) -> Strip:
    """A strip of exactly `width` cells, in which nothing steers the terminal, wherever its text has come from."""
    safe = [segment if _is_safe(segment.text) else _made_safe(segment) for segment in segments]
    return Strip(safe).adjust_cell_length(width, base)


def _is_safe(text: str) -> bool:
    """Whether a text can be drawn as it is; a short one has few marks."""
    return text.isprintable() and len(text) <= MOST_MARKS


def _made_safe(segment: Segment) -> Segment:
    return Segment(with_few_marks(harmless(segment.text)), segment.style, segment.control)


def with_few_marks(text: str) -> str:
    """The text as it is drawn: of more marks on one character, which nobody can read, only the first ones."""
    if len(text) <= cell_width(text) + MOST_MARKS:
        return text
    kept: list[str] = []
    start = 0
    for marks in _MANY_MARKS.finditer(bytes(map(CELLS.__getitem__, text))):
        kept.append(text[start : marks.start() + MOST_MARKS])
        start = marks.end()
    kept.append(text[start:])
    return "".join(kept)
