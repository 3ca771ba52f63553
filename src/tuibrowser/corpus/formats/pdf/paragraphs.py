"""Paragraphs of printed pages: which line goes on with the one before it, by margins, indents and marks."""

from __future__ import annotations

import re
from enum import Enum
from itertools import accumulate
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
_RAGGED: Final = 1.2
"""Widths of a character by which full lines end apart that end a sentence."""
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
_LONGEST_END: Final = 4
"""Code points at the end of a line among which such marks stand."""
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
    return (" " in text or "\u3000" in text) and _ROW.search(text) is not None


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
    margins = _margins(lines, width)
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


def _margins(lines: Sequence[Line], width: float) -> list[Margins]:
    """For each line, the margins of the column around it, as far as the lines before and after it tell."""
    starts, ends = [line.start for line in lines], [line.end for line in lines]
    sizes, larger = [line.size for line in lines], [_SIZES**2 * line.size for line in lines]
    apart = _COLUMN * width
    margins = []
    for number, line in enumerate(lines):
        near = slice(max(0, number - _WINDOW), number + _WINDOW)
        start, size = line.start, _SIZES * line.size
        around = [
            (left, right)
            for left, right, own, large in zip(starts[near], ends[near], sizes[near], larger[near], strict=True)
            if -apart < left - start < apart and own < size < large  # as in `_is_alike`
        ]
        if around:
            lefts, rights = sorted([left for left, _ in around]), sorted([right for _, right in around])
            margins.append(Margins(lefts[len(lefts) // 10], rights[-1 - len(rights) // 12]))
        else:  # a damaged file has places that are no numbers, and so like none
            margins.append(Margins(line.start, line.end))
    return margins


def _is_full(line: Line, margin: Margins, width: float) -> bool:
    if line.end < margin.left + _SHARE * (margin.right - margin.left) or len(line.text) < _SHORTEST_LINE:
        return False
    short = margin.right - line.end
    return short < _RAGGED * width or not _ends_sentence(line.text)


def _ends_sentence(text: str) -> bool:
    return _END.search(text, max(0, len(text) - _LONGEST_END)) is not None


def _wrapped(lines: Sequence[Line], full: Sequence[bool]) -> list[bool]:
    """For each line, whether lines around it break off at the margin, as those of prose do."""
    opens = [
        of_full and not _MARK.search(line.text, max(0, len(line.text) - _LONGEST_END))
        for line, of_full in zip(lines, full, strict=True)
    ]
    opened, filled = list(accumulate(opens, initial=0)), list(accumulate(full, initial=0))
    size = len(lines)
    windows = ((max(0, number - _WINDOW), min(size, number + _WINDOW)) for number in range(size))
    return [opened[last] - opened[first] >= _OPEN * (filled[last] - filled[first]) for first, last in windows]


def _pitches(lines: Sequence[Line], width: float) -> list[float]:
    """For each line, how far apart lines of its size around it usually are."""
    distances = [0.0] * len(lines)
    for number in range(1, len(lines)):
        before, line = lines[number - 1], lines[number]
        if line.page == before.page and 0 < line.at - before.at < _FARTHEST * line.size and _is_alike(before, line):
            distances[number] = line.at - before.at
    sizes, larger = [line.size for line in lines], [_SIZES**2 * line.size for line in lines]
    pitches = []
    for number, line in enumerate(lines):
        near = slice(max(0, number - _WINDOW // 2), number + _WINDOW // 2)
        size = _SIZES * line.size
        around = sorted(
            [
                distance
                for distance, own, large in zip(distances[near], sizes[near], larger[near], strict=True)
                if distance and own < size < large  # as in `_is_alike`
            ]
        )
        half = len(around) // 2
        if not around:
            pitches.append(2 * width)
        else:
            pitches.append(around[half] if len(around) % 2 else (around[half - 1] + around[half]) / 2)
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
    if _ITEM.match(line.text) and _ends_sentence(before.text):
        return False
    indent = line.start - margins[number].left
    if indent < _INDENT * width:
        return True
    own = before.start - margins[number - 1].left
    if abs(own - indent) < _INDENT * width:  # a block that is indented as a whole
        after = lines[number + 1] if number + 1 < len(lines) else None
        return after is None or after.start - margins[number + 1].left > indent - _INDENT * width
    return _ITEM.match(before.text) is not None and own < indent  # below an item that hangs
