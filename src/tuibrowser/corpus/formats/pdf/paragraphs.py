"""Paragraphs of printed pages: which line goes on with the one before it, by margins, indents and marks."""

from __future__ import annotations

import re
from enum import Enum
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.paragraphs.assemble import space_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.pdf.layout import Line

_COLUMN: Final = 5.0
"""Widths of a character by which lines of one column begin apart."""
_INDENT: Final = 0.8
"""Widths of a character by which the first line of a paragraph is indented."""
_RAGGED: Final = 2.2
"""Widths of a character by which full lines end apart."""
_AFTER_END: Final = 1.2
"""The same for a line that ends a sentence."""
_SHARE: Final = 0.82
"""Of the width of a column that a full line has at least."""
_OPEN: Final = 0.2
"""Of the full lines end without a mark where lines were wrapped; those of verse do not."""
_LEADING: Final = 1.45
"""Times the usual distance of lines that parts paragraphs."""
_WIDEST: Final = 3.3
"""Sizes of a character by which lines of a paragraph are apart at most."""
_SIZES: Final = 1.18
"""Times as large are the characters of a heading."""
_WINDOW: Final = 24
"""Lines around one that tell the margins of its column."""
_SHORTEST_LINE: Final = 8
_FARTHEST: Final = 4.0
"""Sizes of a character by which lines of a paragraph are apart at most."""

_END: Final = re.compile(r"[。！？!?：:；;…][”’」』）)\]】]{0,2}$|[”」』]$|\.$")
_MARK: Final = re.compile(r"[。！？!?：:；;…，,、][”’」』）)\]】]{0,2}$|[”」』》〉）)]$|\.$")
_ITEM: Final = re.compile(
    r"(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（\[【]?\d{1,3}[)）\]】、.．]|第[一二三四五六七八九十百\d]{1,4}[章节節条條回]|[●■◆•·○①-⑳*])"
)


_ROW: Final = re.compile(
    r"(?:[ \u3000]+[-+(（]?\d[\d,.]*%?[)）]?){2}|^(?:[^\s，。；,;A-Za-z]{1,14}[ \u3000]+){3,}[^\s，。；,;A-Za-z]{1,14}$"
)
"""Numbers, or several short words, beside each other, as a row of a table has them."""


class Follows(Enum):
    """How a line follows on the one before it."""

    JOINED = "joined"
    """It goes on with its paragraph."""
    BELOW = "below"
    """It stands directly below it."""
    APART = "apart"


class Margins(NamedTuple):
    """The margins of the column that a line stands in."""

    left: float
    right: float


def is_row(text: str) -> bool:
    """Whether a line looks like a row of a table."""
    return _ROW.search(text) is not None


def character_width(lines: Sequence[Line]) -> float:
    """The width of a character in points: the usual one in lines of Chinese, else of the size of the letters."""
    widths = [
        (line.end - line.start) / len(line.text)
        for line in lines
        if len(line.text) >= _SHORTEST_LINE and sum(each > "\u2e7f" for each in line.text) > 0.8 * len(line.text)
    ]
    if widths:
        return max(1.0, median(widths))
    return max(1.0, median(line.size for line in lines)) if lines else 1.0


def how_lines_follow(lines: Sequence[Line]) -> list[Follows]:
    """The way each line follows on the one before it, in reading order."""
    width = character_width(lines)
    margins = [_margins(lines, number, width) for number in range(len(lines))]
    full = [_is_full(line, margin, width) for line, margin in zip(lines, margins, strict=True)]
    wrapped = _wrapped(lines, full)
    pitches = _pitches(lines, width)
    follows = [Follows.APART] * len(lines)
    for number in range(1, len(lines)):
        if _is_apart(lines[number - 1], lines[number], pitches[number], width):
            continue
        joined = wrapped[number - 1] and full[number - 1] and _continues(lines, margins, number, width)
        follows[number] = Follows.JOINED if joined else Follows.BELOW
    return follows


def glue(before: str, after: str) -> str:
    """The separator between two lines of a paragraph."""
    return " " if space_between(before, after[:2]) else ""


def _margins(lines: Sequence[Line], number: int, width: float) -> Margins:
    """The margins of the column around a line, as far as the lines before and after it tell."""
    line = lines[number]
    around = [
        other
        for other in lines[max(0, number - _WINDOW) : number + _WINDOW]
        if abs(other.start - line.start) < _COLUMN * width and _is_alike(other, line)
    ]
    around = around or [line]  # A damaged file has places that are no numbers, and so like none.
    starts = sorted(other.start for other in around)
    ends = sorted(other.end for other in around)
    return Margins(starts[len(starts) // 10], ends[-1 - len(ends) // 12])


def _is_full(line: Line, margin: Margins, width: float) -> bool:
    if line.end < margin.left + _SHARE * (margin.right - margin.left) or len(line.text) < _SHORTEST_LINE:
        return False
    short = margin.right - line.end
    return short < (_AFTER_END if _END.search(line.text) else _RAGGED) * width or not _END.search(line.text)


def _wrapped(lines: Sequence[Line], full: Sequence[bool]) -> list[bool]:
    """For each line, whether lines around it break off at the margin, as those of prose do."""
    opens = [of_full and not _MARK.search(line.text) for line, of_full in zip(lines, full, strict=True)]
    return [
        sum(opens[max(0, number - _WINDOW) : number + _WINDOW])
        >= _OPEN * sum(full[max(0, number - _WINDOW) : number + _WINDOW])
        for number in range(len(lines))
    ]


def _pitches(lines: Sequence[Line], width: float) -> list[float]:
    """For each line, how far apart lines of its size around it usually are."""
    distances = [0.0] * len(lines)
    for number in range(1, len(lines)):
        before, line = lines[number - 1], lines[number]
        if line.page == before.page and _is_alike(before, line) and 0 < line.at - before.at < _FARTHEST * line.size:
            distances[number] = line.at - before.at
    pitches = []
    for number, line in enumerate(lines):
        near = range(max(0, number - _WINDOW // 2), min(len(lines), number + _WINDOW // 2))
        around = [distances[other] for other in near if distances[other] and _is_alike(lines[other], line)]
        pitches.append(median(around) if around else 2 * width)
    return pitches


def _is_alike(one: Line, other: Line) -> bool:
    """Whether the characters of two lines are of about one size."""
    return one.size < _SIZES * other.size < _SIZES**2 * one.size


def _is_apart(before: Line, line: Line, pitch: float, width: float) -> bool:
    """Whether space, another size of its characters or another column sets a line apart from the one before it."""
    if not _is_alike(before, line):
        return True
    if line.page != before.page or line.at <= before.at:
        return False
    return (
        line.at - before.at > min(_LEADING * pitch, _WIDEST * line.size)
        or abs(line.start - before.start) > _COLUMN * width
    )


def _continues(lines: Sequence[Line], margins: Sequence[Margins], number: int, width: float) -> bool:
    """Whether a line goes on with the full line before it, so that it is not indented."""
    before, line = lines[number - 1], lines[number]
    if is_row(before.text) or is_row(line.text):
        return False
    if _ITEM.match(line.text) and _END.search(before.text):
        return False
    indent = line.start - margins[number].left
    if indent < _INDENT * width:
        return True
    own = before.start - margins[number - 1].left
    if abs(own - indent) < _INDENT * width:  # a block that is indented as a whole
        after = lines[number + 1] if number + 1 < len(lines) else None
        return after is None or after.start - margins[number + 1].left > indent - _INDENT * width
    return _ITEM.match(before.text) is not None and own < indent  # below an item that hangs
