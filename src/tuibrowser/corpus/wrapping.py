"""Hard-wrapped lines: whether a text was cut into lines of one width, and which of its line ends are cuts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.numbering import BULLET, ENUMERATOR, UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence

NARROWEST: Final = 24
"""Cells; narrower lines of one width are verse."""
WIDEST: Final = 240
"""Cells; nobody wraps wider, and lines of prose that long are paragraphs."""
_SAMPLE: Final = 300
"""Lines of a long text that tell whether to look at all."""
_NEAR: Final = 12
"""Cells."""
_RAGGED: Final = 4
"""Cells by which a full line may fall short: a mark that may not begin the next line takes a character along."""
_HANGING: Final = 2
"""Cells by which a mark may hang over the edge."""
_MIN_FULL: Final = 3
"""Full lines that show a width."""
_SHORT_TEXT: Final = 8
"""Lines; in a shorter text one full line must do, if it is long and open and nothing is wider."""
_LONG_LINE: Final = 56
"""Cells of a line that is hardly a heading."""
_MIN_FULL_SHARE: Final = 0.25
"""Of all lines."""
_MAX_OVER_SHARE: Final = 0.05
"""Of all lines may be wider."""
_MIN_OPEN_SHARE: Final = 0.55
"""Of the full lines end without a mark; wrapped prose gives 0.75 to 0.9, verse and lists next to none."""
_SURE: Final = 12
"""Full lines; with fewer, chance is to be reckoned with, and more of them must be open."""
_MIN_OPEN_SHARE_OF_FEW: Final = 0.7
_MIN_OPEN_SHARE_OF_LONG: Final = 0.3
"""Of lines longer than those of verse."""
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

_MARKS: Final = frozenset("。，、；：？！…—～·”’」』）》〉】〕.,;:?!)]}\"'─")
_SENTENCE_END: Final = frozenset('。？！…”’」』）.?!)"：:；')
_CLOSING: Final = frozenset("。，、；：？！…—～·”’」』）》〉】〕｝.,;:?!)]}%％‰℃")
_OPENING: Final = frozenset("“‘「『（《〈【〔｛([{")
_STARTS_ANEW: Final = re.compile(rf"{UNIT}|{ENUMERATOR}|{BULLET}|[【<#]|——")
_PAUSE: Final = re.compile("[，。；、？！,;]")
_LONGEST_CLUSTER: Final = 6
"""Code points of a character and the marks it takes along."""
_SLACK: Final = 2
"""Cells by which wrapping programs differ in what they let hang over or take along."""
_INDENT: Final = 2
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


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the wrapping sees it: its text without white space at either end, and the rest in cells."""

    text: str
    indent: int
    """White space before it."""
    width: int
    """All up to its last character, indent included."""
    length: int
    """The same in code points, with white space at its end."""
    follows: bool
    """Whether it stands directly below the row before it, without a blank line."""


def cells(text: str) -> int:
    """About how many cells a text takes: ASCII one, the rest two (Greek and other alphabets one and a half)."""
    return (len(text) + len(text.encode("utf-8", "surrogatepass"))) // 2


def may_be_wrapped(texts: Sequence[str]) -> bool:
    """Whether it is worth while to look for a width, judged by some of the lines only."""
    step = max(1, len(texts) // _SAMPLE)
    widths = sorted(cells(text) for text in texts[::step])
    if widths[-1] < NARROWEST or widths[len(widths) * 9 // 10] > WIDEST:
        return False
    if len(widths) < _SAMPLE:
        return True
    # Indents and marks set apart what full lines have in common; the densest stretch of widths tells them all the same.
    near = max(bisect_right(widths, width + _NEAR) - at for at, width in enumerate(widths))
    return near >= _MIN_FULL_SHARE / 2 * len(widths)


def find_wrap(rows: Sequence[Row]) -> Wrap | None:
    """The width at which a text was wrapped, or None for one whose lines are its paragraphs."""
    lengths = [row.length * 2 for row in rows]
    widths = [row.width for row in rows]
    by_length, by_width = _full_width(lengths), _full_width(widths)
    cut = by_length and _full(lengths, by_length) >= _AS_MANY * _full(widths, by_width) and _is_cut(rows, by_length)
    if cut and _is_wrapped(rows, lengths, by_length):
        return Wrap(by_length, cut=True)
    if by_width and _is_wrapped(rows, widths, by_width):
        return Wrap(by_width)
    return None


def _full(widths: Sequence[int], width: int) -> int:
    """How many lines have about the full width."""
    return sum(width - _RAGGED <= each <= width + _HANGING for each in widths)


def _full_width(widths: Sequence[int]) -> int:
    """The width that most lines reach and hardly one exceeds; 0 where there is none."""
    counts, total = Counter(widths), len(widths)
    best, best_full, over = 0, 0, 0
    for width in sorted(counts, reverse=True):
        if width < NARROWEST or over > _MAX_OVER_SHARE * total + (total >= _SHORT_TEXT):
            break
        if width <= WIDEST:
            full = sum(counts[width + off] for off in range(-_RAGGED, _HANGING + 1))
            if full > best_full:
                best, best_full = width, full
        if counts[width - 1] + counts[width - 2] <= counts[width]:
            over += counts[width]
    enough = 1 if total < _SHORT_TEXT and best >= _LONG_LINE else max(_MIN_FULL, _MIN_FULL_SHARE * total)
    return best if best_full >= enough else 0


def _is_cut(rows: Sequence[Row], width: int) -> bool:
    """Whether lines were cut after so many characters: all full ones are as long, or marks begin lines after them.

    Programs that break lines rather than cut them let no closing mark begin a line.
    """
    full = exact = marks = 0
    for row, after in pairwise(rows):
        if width - _RAGGED <= row.length * 2 <= width + _HANGING:
            full += 1
            exact += row.length * 2 == width
            marks += after.follows and after.text[0] in _CLOSING
    return exact >= _EXACT * full or (exact >= _MOSTLY_EXACT * full and marks >= _MARKS_FIRST * full)


def _is_wrapped(rows: Sequence[Row], widths: Sequence[int], width: int) -> bool:
    """Whether full lines mostly end in the middle of a sentence, or at least are not what blank lines stand after."""
    ends = [
        (row, after.follows, width - _RAGGED <= size <= width + _HANGING)
        for row, after, size in zip(rows, rows[1:], widths, strict=False)
    ]
    full = [row for row, followed, is_full in ends if followed and is_full]
    if not full or (len(rows) >= _SHORT_TEXT and len(full) < _MIN_FULL - 1):
        return False
    share = sum(row.text[-1] not in _MARKS for row in full) / len(full)
    if len(full) >= _MIN_FULL and width >= _LONG_LINE:
        return share >= _MIN_OPEN_SHARE_OF_LONG
    if len(rows) < _SHORT_TEXT:
        return share == 1 and all(_PAUSE.search(row.text) for row in full)
    if share >= (_MIN_OPEN_SHARE if len(full) >= _SURE else _MIN_OPEN_SHARE_OF_FEW):
        return True
    apart = [is_full for _, followed, is_full in ends if not followed]
    short = sum(followed and not is_full for _, followed, is_full in ends)
    return (
        share >= _MIN_OPEN_SHARE_APART
        and len(apart) > _MIN_FULL
        and sum(apart) <= 0.3 * len(apart)
        and short <= 0.05 * len(ends)
    )


def find_joins(rows: Sequence[Row], wrap: Wrap) -> list[bool]:
    """For each row, whether it goes on with the paragraph of the row before it."""
    forced = [False] * len(rows)
    for index in range(1, len(rows)):
        if rows[index].follows:
            forced[index] = _is_forced(rows[index - 1], rows[index], wrap)
    margin, apart = _margin(rows, forced), _paragraphs_apart(rows, forced)
    return [forced[index] and _goes_on(rows[index - 1], rows[index], margin, apart) for index in range(len(rows))]


def _is_forced(before: Row, after: Row, wrap: Wrap) -> bool:
    """Whether the line before had no room left for what the next one begins with."""
    if wrap.cut:
        return wrap.width <= before.length * 2 <= wrap.width + _HANGING
    return before.width <= wrap.width + _HANGING and before.width + _first_cells(after.text) > wrap.width


def _first_cells(text: str) -> int:
    """Cells of the beginning of a line that could not be parted: a word, or a character with its marks."""
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
    return margin if sum(indent >= margin + _INDENT for indent in after_short) >= _MARKED * len(after_short) else None


def _paragraphs_apart(rows: Sequence[Row], forced: Sequence[bool]) -> bool:
    """Whether paragraphs are divided by blank lines: hardly a line after a short one does without."""
    without = sum(row.follows and not full for row, full in zip(rows[1:], forced[1:], strict=True))
    apart = sum(not row.follows for row in rows[1:])
    return apart > 0 and without <= (1 - _MARKED) * (apart + without)


def _goes_on(before: Row, after: Row, margin: int | None, apart: bool) -> bool:
    """Whether a line goes on with a full one before it, by how the text marks its paragraphs."""
    if margin is not None:
        return after.indent < margin + _INDENT
    ended = before.text[-1] in _SENTENCE_END
    if ended and after.indent >= before.indent + _INDENT:
        return False
    return apart or not ended or _STARTS_ANEW.match(after.text) is None
