"""Wrapping: tell whether a stretch was hard-wrapped at one width, and which line ends the wrapping made."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.paragraphs.lists import is_list
from tuibrowser.corpus.paragraphs.rows import (
    HANGING,
    HEADED,
    MIN_FULL,
    NARROWEST,
    PAUSE,
    RAGGED,
    SENTENCE_END,
    STARTS_ANEW,
    breaks_off,
    cells,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.paragraphs.rows import Row

WIDEST: Final = 240
"""Cells; nobody wraps wider, and lines of prose that long are paragraphs."""
SHORT_TEXT: Final = 8
"""Lines; in a shorter text one full line must do, if it is long and open and nothing is wider."""
LONG_LINE: Final = 56
"""Cells of a line that is hardly a heading."""
_MIN_FULL_SHARE: Final = 0.25
"""Share of all lines that must be full."""
_MAX_OVER_SHARE: Final = 0.05
"""Share of all lines that may be wider."""
_MIN_OPEN_SHARE: Final = 0.55
"""Share of the full lines that end without a mark: 0.75 to 0.9 in wrapped prose, next to none in verse and lists."""
_SURE: Final = 12
"""Full lines; with fewer, chance is to be reckoned with, and more of them must be open."""
_MIN_OPEN_SHARE_OF_FEW: Final = 0.7
_MIN_OPEN_SHARE_OF_LONG: Final = 0.3
"""The same for lines longer than those of verse."""
_MIN_OPEN_SHARE_APART: Final = 0.1
"""Where blank lines stand after short lines and after them alone, which is no chance either."""
_AS_MANY: Final = 0.85
"""Lines as full by their characters as by their cells that speak for the former, whose width is one, not a range."""
_EXACT: Final = 0.98
"""Share of full lines of the very same length that shows a cut after so many characters."""
_MOSTLY_EXACT: Final = 0.85
"""The same where marks begin lines too."""
_MARKS_FIRST: Final = 0.03
"""Share of lines after full ones that begin with a closing mark; where lines are cut it is 0.05 to 0.15."""

_CLOSING: Final = frozenset("。，、；：？！…—～·”’」』）》〉】〕｝.,;:?!)]}%％‰℃")
_OPENING: Final = frozenset("“‘「『（《〈【〔｛([{")
_LONGEST_CLUSTER: Final = 6
"""Code points of a character and the marks it takes along."""
_SLACK: Final = 2
"""Cells by which wrapping programs differ in what they let hang over or take along."""
INDENT: Final = 2
"""Cells that make an indent; a single space may have stood where the line was cut."""
_MARKED: Final = 0.9
"""Share of paragraphs that must bear the mark that a text is said to begin or divide them with."""
_WORD: Final = re.compile(r"[!-~\u00a1-\u024f\u0370-\u052f]{1,40}")


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a text is wrapped: its width, and whether lines were cut after exactly so many characters.

    The width is in cells, or in twice the number of characters where lines were `cut` after so many.
    """

    width: int
    cut: bool = False


def find_wrap(rows: Sequence[Row]) -> Wrap | None:
    """The width at which a stretch of lines was wrapped, or None for one whose lines are its paragraphs.

    Short lines say nothing of the width, so only the others are counted.
    """
    lengths = [row.length * 2 for row in rows]
    widths = [row.width for row in rows]
    long = [width >= NARROWEST for width in widths]
    by_length, by_width = full_width(list(compress(lengths, long))), full_width(list(compress(widths, long)))
    cut = by_length and _full(lengths, by_length) >= _AS_MANY * _full(widths, by_width) and _is_cut(rows, by_length)
    if cut and _is_wrapped(rows, lengths, by_length):
        return Wrap(by_length, cut=True)
    if by_width and _is_wrapped(rows, widths, by_width):
        return Wrap(by_width)
    return None


def _full(widths: Sequence[int], width: int) -> int:
    """How many lines have about the full width."""
    return sum(width - RAGGED <= each <= width + HANGING for each in widths)


def full_width(widths: Sequence[int]) -> int:
    """The width that most lines reach and hardly one exceeds; 0 where there is none."""
    counts, total = Counter(widths), len(widths)
    best, best_full, over = 0, 0, 0
    for width in sorted(counts, reverse=True):
        if width < NARROWEST or over > _MAX_OVER_SHARE * total + (total >= SHORT_TEXT):
            break
        if width <= WIDEST:
            full = sum(counts[width + off] for off in range(-RAGGED, HANGING + 1))
            if full > best_full:
                best, best_full = width, full
        if counts[width - 1] + counts[width - 2] <= counts[width]:
            over += counts[width]
    enough = 1 if total < SHORT_TEXT and best >= LONG_LINE else max(MIN_FULL, _MIN_FULL_SHARE * total)
    return best if best_full >= enough else 0


def _is_cut(rows: Sequence[Row], width: int) -> bool:
    """Whether lines were cut after so many characters: all full ones are as long, or marks begin lines after them.

    Programs that break lines rather than cut them let no closing mark begin a line.
    """
    full = exact = marks = 0
    for row, after in pairwise(rows):
        if width - RAGGED <= row.length * 2 <= width + HANGING:
            full += 1
            exact += row.length * 2 == width
            marks += after.follows and after.text[0] in _CLOSING
    return exact >= _EXACT * full or (exact >= _MOSTLY_EXACT * full and marks >= _MARKS_FIRST * full)


def _is_wrapped(rows: Sequence[Row], widths: Sequence[int], width: int) -> bool:
    """Whether full lines mostly end in the middle of a sentence, or at least are not what blank lines stand after."""
    is_full = [width - RAGGED <= size <= width + HANGING for size in widths]
    pairs = [(row, after, ends) for row, after, ends in zip(rows, rows[1:], is_full[1:], strict=False)]
    full = [pair for pair, begins in zip(pairs, is_full, strict=False) if begins and pair[1].follows]
    if not full or (len(rows) >= SHORT_TEXT and len(full) < MIN_FULL - 1) or is_list(rows, is_full):
        return False
    share = sum(breaks_off(row, after) for row, after, _ in full) / len(full)
    if len(full) >= MIN_FULL and width >= LONG_LINE:
        return share >= _MIN_OPEN_SHARE_OF_LONG
    if len(rows) < SHORT_TEXT:
        return share == 1 and all(PAUSE.search(row.text) for row, _, _ in full)
    if share >= (_MIN_OPEN_SHARE if len(full) >= _SURE else _MIN_OPEN_SHARE_OF_FEW):
        return True
    apart = [begins for (_, after, _), begins in zip(pairs, is_full, strict=False) if not after.follows]
    short = sum(after.follows and not begins for (_, after, _), begins in zip(pairs, is_full, strict=False))
    return (
        share >= _MIN_OPEN_SHARE_APART
        and len(apart) > MIN_FULL
        and sum(apart) <= 0.3 * len(apart)
        and short <= 0.05 * len(pairs)
    )


def find_joins(rows: Sequence[Row], wrap: Wrap) -> list[bool]:
    """Whether each row goes on with the paragraph of the row before it."""
    forced = [False] * len(rows)
    for index in range(1, len(rows)):
        if rows[index].follows:
            forced[index] = _is_forced(rows[index - 1], rows[index], wrap)
    margin, apart = _margin(rows, forced), _paragraphs_apart(rows, forced)
    return [forced[index] and _goes_on(rows[index - 1], rows[index], margin, apart) for index in range(len(rows))]


def _is_forced(before: Row, after: Row, wrap: Wrap) -> bool:
    """Whether the line before had no room left for what the next one begins with."""
    if wrap.cut:
        return wrap.width <= before.length * 2 <= wrap.width + HANGING
    return before.width <= wrap.width + HANGING and before.width + _first_cells(after.text) > wrap.width


def _first_cells(text: str) -> int:
    """Return the cells of the unbreakable beginning of a line: a word, or a character with its marks."""
    if word := _WORD.match(text):
        return len(word[0])
    at = 0
    while at < len(text) - 1 and text[at] in _OPENING:
        at += 1
    at += 1
    while at < len(text) and at < _LONGEST_CLUSTER and text[at] in _CLOSING:
        at += 1
    return cells(text[:at]) + _SLACK


def _margin(rows: Sequence[Row], forced: Sequence[bool]) -> int | None:
    """The indent of lines that go on, where paragraphs begin with a deeper one; None where they do not.

    Lines after short ones mostly have that deeper indent then, and lines after full ones mostly not.
    """
    after_full = [row.indent for row, full in zip(rows, forced, strict=True) if full]
    after_short = [row.indent for row, full in zip(rows, forced, strict=True) if not full]
    if not after_full or len(after_short) < 2:
        return None
    margin = Counter(after_full).most_common(1)[0][0]
    return margin if sum(indent >= margin + INDENT for indent in after_short) >= _MARKED * len(after_short) else None


def _paragraphs_apart(rows: Sequence[Row], forced: Sequence[bool]) -> bool:
    """Whether paragraphs are divided by blank lines: hardly a line after a short one does without."""
    without = sum(row.follows and not full for row, full in zip(rows[1:], forced[1:], strict=True))
    apart = sum(not row.follows for row in rows[1:])
    return apart > 0 and without <= (1 - _MARKED) * (apart + without)


def _goes_on(before: Row, after: Row, margin: int | None, apart: bool) -> bool:
    """Whether a line goes on with a full one before it, by how the text marks its paragraphs."""
    if HEADED.match(after.text):
        return False
    if margin is not None:
        return after.indent < margin + INDENT
    ended = before.text[-1] in SENTENCE_END
    if ended and after.indent >= before.indent + INDENT:
        return False
    return apart or not ended or STARTS_ANEW.match(after.text) is None
