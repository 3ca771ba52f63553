"""Hard-wrapped lines: whether a text was cut into lines of one width, and which of its line ends are cuts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

NARROWEST: Final = 24
"""Cells; narrower lines of one width are verse."""
WIDEST: Final = 240
"""Cells; nobody wraps wider, and lines of prose that long are paragraphs."""
_RAGGED: Final = 4
"""Cells by which a full line may fall short: a mark that may not begin the next line takes a character along."""
_HANGING: Final = 2
"""Cells by which a mark may hang over the edge."""
_MIN_FULL: Final = 3
"""Full lines that show a width."""
_MIN_FULL_SHARE: Final = 0.25
"""Of all lines."""
_MAX_OVER_SHARE: Final = 0.05
"""Of all lines may be wider."""
_MIN_OPEN_SHARE: Final = 0.55
"""Of the full lines end without a mark; wrapped prose gives 0.75 to 0.9, verse and lists next to none."""
_SURE: Final = 12
"""Full lines; with fewer, chance is to be reckoned with, and more of them must be open."""
_MIN_OPEN_SHARE_OF_FEW: Final = 0.7
_EXACT: Final = 0.97
"""Share of full lines of the very same width that shows a cut after so many characters."""

_MARKS: Final = frozenset("。，、；：？！…—～·”’」』）》〉】〕.,;:?!)]}\"'─")
_SENTENCE_END: Final = frozenset('。？！…”’」』）.?!)"：:；')
_CLOSING: Final = frozenset("。，、；：？！…—～·”’」』）》〉】〕｝.,;:?!)]}%％‰℃")
_OPENING: Final = frozenset("“‘「『（《〈【〔｛([{")
_STARTS_ANEW: Final = re.compile(
    r"第[ \u3000]?[〇零一二三四五六七八九十百千\d０-９]{1,8}[ \u3000]?[编編部卷章回篇节節条條款、，]"
    r"|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[、．](?!\d)|\d{1,3}\. |[●•◆■◎○▲※①-⑳]|——|[-*] "
)
_WORD: Final = re.compile(r"[!-~\u00a1-\u024f\u0370-\u052f]{1,40}")


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a text is wrapped: its width in cells, and whether lines were cut after exactly so many characters."""

    width: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the wrapping sees it."""

    text: str
    """Without white space at either end."""
    indent: int
    """Cells of white space before it."""
    width: int
    """Cells up to its last character, indent included."""
    follows: bool
    """Whether it stands directly below the row before it, without a blank line."""


def cells(text: str) -> int:
    """About how many cells a text takes: ASCII one, the rest two (Greek and other alphabets one and a half)."""
    return (len(text) + len(text.encode("utf-8", "surrogatepass"))) // 2


def find_wrap(rows: Sequence[Row]) -> Wrap | None:
    """The width at which a text was wrapped, or None for one whose lines are its paragraphs."""
    total = len(rows)
    counts = Counter(row.width for row in rows)
    best: tuple[int, int] | None = None
    over = 0
    for width in sorted(counts, reverse=True):
        if width < NARROWEST or over > _MAX_OVER_SHARE * total + 1:
            break
        if width <= WIDEST:
            full = sum(counts[width - short] for short in range(_RAGGED + 1))
            hanging = sum(counts[width + more] for more in range(1, _HANGING + 1))
            if best is None or full + hanging > best[0]:
                best = (full + hanging, width)
        over += counts[width] if not counts[width - 1] + counts[width - 2] > counts[width] else 0
    if best is None or best[0] < _MIN_FULL or best[0] < _MIN_FULL_SHARE * total:
        return None
    width = best[1]
    return Wrap(width, _is_exact(counts, width)) if _is_open(rows, width) else None


def _is_exact(counts: Counter[int], width: int) -> bool:
    full = sum(counts[width - short] for short in range(-_HANGING, _RAGGED + 1))
    return counts[width] >= _EXACT * full


def _is_open(rows: Sequence[Row], width: int) -> bool:
    """Whether full lines that another follows mostly end in the middle of a sentence."""
    full = [
        row
        for row, after in zip(rows, rows[1:], strict=False)
        if after.follows and width - _RAGGED <= row.width <= width + _HANGING
    ]
    if len(full) < _MIN_FULL - 1:
        return False
    open_ended = sum(row.text[-1] not in _MARKS for row in full)
    return open_ended >= (_MIN_OPEN_SHARE if len(full) >= _SURE else _MIN_OPEN_SHARE_OF_FEW) * len(full)


def find_joins(rows: Sequence[Row], wrap: Wrap) -> list[bool]:
    """For each row, whether it goes on with the paragraph of the row before it."""
    forced = [False] * len(rows)
    for index in range(1, len(rows)):
        if rows[index].follows:
            forced[index] = _is_forced(rows[index - 1], rows[index], wrap)
    indented, blank = _paragraphs_indented(rows, forced), _paragraphs_apart(rows, forced)
    return [index > 0 and forced[index] and _goes_on(rows, index, indented, blank) for index in range(len(rows))]


def _is_forced(before: Row, after: Row, wrap: Wrap) -> bool:
    """Whether the line before had no room left for what the next one begins with."""
    if before.width > wrap.width + _HANGING:
        return False
    if before.width < wrap.width - _RAGGED - 80:
        return False
    return before.width + _first_cells(after.text, wrap) > wrap.width


def _first_cells(text: str, wrap: Wrap) -> int:
    """Cells of the beginning of a line that could not be parted: a word, or a character with its marks."""
    if (word := _WORD.match(text)) and not wrap.exact:
        return len(word[0])
    at = 0
    while at < len(text) - 1 and text[at] in _OPENING:
        at += 1
    at += 1
    while at < len(text) and at < 6 and text[at] in _CLOSING:
        at += 1
    return cells(text[:at]) + (0 if wrap.exact else 2)


def _paragraphs_indented(rows: Sequence[Row], forced: Sequence[bool]) -> bool:
    """Whether paragraphs begin with an indent: lines after short ones mostly have one, others mostly not."""
    after_short = [row.indent for row, full in zip(rows, forced, strict=True) if not full]
    after_full = [row.indent for row, full in zip(rows, forced, strict=True) if full]
    if not after_full or len(after_short) < 2:
        return False
    base = Counter(after_full).most_common(1)[0][0]
    return sum(indent > base for indent in after_short) >= 0.7 * len(after_short)


def _paragraphs_apart(rows: Sequence[Row], forced: Sequence[bool]) -> bool:
    """Whether paragraphs are divided by blank lines: hardly a line after a short one does without."""
    without = sum(row.follows and not full for row, full in zip(rows[1:], forced[1:], strict=True))
    apart = sum(not row.follows for row in rows[1:])
    return apart > 0 and without <= 0.1 * (apart + without)


def _goes_on(rows: Sequence[Row], index: int, indented: bool, apart: bool) -> bool:
    before, after = rows[index - 1], rows[index]
    deeper = after.indent > before.indent
    if indented:
        return not deeper if index < 2 or after.indent else True
    if deeper and before.text[-1] in _SENTENCE_END:
        return False
    if apart:
        return True
    if before.text[-1] not in _SENTENCE_END:
        return True
    return not _STARTS_ANEW.match(after.text)
