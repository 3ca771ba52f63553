"""Lines of about one width that no wrapping made: titles above verse, lists of names and verse without marks."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.paragraphs.rows import MARKS, MIN_FULL, PAUSE, SENTENCE_END, breaks_off
from tuibrowser.corpus.paragraphs.verse import metre

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.paragraphs.rows import Row

_MIN_WITH_PAUSES: Final = 0.3
"""Share of lines that break off with a mark inside; fewer have a text without marks, and titles."""
_MIN_ENDED: Final = 0.3
"""Of the short lines below full ones end a sentence; in lists of titles next to none do."""
_MIN_OPEN_BELOW: Final = 0.25
"""Of the full lines below one that breaks off do so too; in wrapped prose 0.4 to 0.9, below titles none."""
_MAX_SIGNED: Final = 0.5
"""Share of lines that break off and end in a name, or all in the same characters."""
_MIN_SAME: Final = 0.7
"""Of full lines without marks are of the very same width."""
_MIN_TAILS: Final = 0.5
"""Of the runs of full lines without marks have a shorter line at their end."""
_CHANCE: Final = 20
"""One in so many texts is by chance what it is taken for."""
_SIGNED: Final = re.compile("[ \u3000][\u3400-\u9fff\U00020000-\U0003ffff]{1,4}$")


class _Pair(NamedTuple):
    """A full line, the one below it, and whether that is full too."""

    row: Row
    after: Row
    full: bool


def is_list(rows: Sequence[Row], is_full: Sequence[bool]) -> bool:
    """Whether the full lines among `rows` are titles, names or verse.

    Sentences that go on below a full line come to an end there sometime, but not always in the next line. Where there
    are no marks at all, lines of prose were cut at one width, and their paragraphs end in shorter lines.
    """
    pairs = [
        _Pair(row, after, below)
        for row, after, full, below in zip(rows, rows[1:], is_full, is_full[1:], strict=False)
        if full and after.follows
    ]
    broken = [pair for pair in pairs if breaks_off(pair.row, pair.after)]
    if not broken:
        return False
    if sum(_has_pause(pair.row) for pair in broken) >= _MIN_WITH_PAUSES * len(broken):
        return _end_nowhere(broken) or _are_signed(broken) or _stand_above_ends(broken)
    if sum(_has_pause(pair.row) for pair in pairs) >= _MIN_WITH_PAUSES * len(pairs):
        return True
    same = Counter(pair.row.width for pair in pairs).most_common(1)[0][1]
    return same < _MIN_SAME * len(pairs) or _is_bare_verse(rows, is_full)


def _has_pause(row: Row) -> bool:
    return PAUSE.search(row.text) is not None


def _end_nowhere(broken: Sequence[_Pair]) -> bool:
    """Whether hardly one of the short lines below those that break off ends a sentence."""
    tails = [pair.after.text[-1] in SENTENCE_END for pair in broken if not pair.full]
    return len(tails) >= MIN_FULL and sum(tails) < _MIN_ENDED * len(tails)


def _are_signed(broken: Sequence[_Pair]) -> bool:
    """Whether lines that break off end in a name, as titles of poems do."""
    if len(broken) < MIN_FULL:
        return False
    ends = Counter(pair.row.text[-2:] for pair in broken)
    signed = sum(_SIGNED.search(pair.row.text) is not None for pair in broken)
    return max(signed, ends.most_common(1)[0][1]) > _MAX_SIGNED * len(broken)


def _stand_above_ends(broken: Sequence[_Pair]) -> bool:
    """Whether full lines below those that break off all end with a mark, as verse below titles does."""
    below = [pair.after.text[-1] not in MARKS for pair in broken if pair.full]
    return len(below) >= MIN_FULL and sum(below) < _MIN_OPEN_BELOW * len(below)


def _is_bare_verse(rows: Sequence[Row], is_full: Sequence[bool]) -> bool:
    """Whether lines without marks are verse: in one metre, without short ones at their ends, or in one measure."""
    full = [row for row, each in zip(rows, is_full, strict=True) if each]
    if sum(metre(row.text) > 0 for row in full) >= _MIN_SAME * len(full):
        return True
    runs, tails = _runs(rows, is_full)
    if len(tails) < _MIN_TAILS * len(runs):
        return True
    length = Counter(len(row.text) for row in full).most_common(1)[0][0]
    measures = [each for each in (4, 5, 7) if length % each == 0]
    if measures and len(set(runs)) == 1 and len(runs) >= MIN_FULL:
        return True
    return any(each ** len(tails) >= _CHANCE and not any(tail % each for tail in tails) for each in measures)


def _runs(rows: Sequence[Row], is_full: Sequence[bool]) -> tuple[list[int], list[int]]:
    """How many lines each run of full ones has, and how many characters the shorter lines below some of them."""
    numbers = [0]
    for at in range(1, len(rows)):
        numbers.append(numbers[-1] + (not rows[at].follows or is_full[at] != is_full[at - 1]))
    runs, tails = [], []
    for _, group in groupby(range(len(rows)), key=numbers.__getitem__):
        members = list(group)
        below = members[-1] + 1
        if is_full[members[0]]:
            runs.append(len(members))
            if below < len(rows) and rows[below].follows and rows[below].width < rows[members[-1]].width:
                tails.append(len(rows[below].text))
    return runs, tails
