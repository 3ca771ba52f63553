"""Lines of about one width that no wrapping made: titles above verse, lists of names and verse without marks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.paragraphs.rows import MARKS, MIN_FULL, PAUSE, SENTENCE_END, breaks_off
from tuibrowser.corpus.paragraphs.verse import metre

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.paragraphs.rows import Row

_MIN_WITH_PAUSES: Final = 0.3
"""Share of lines that break off with a mark inside; fewer have a text without marks, and titles."""
_MIN_ENDED: Final = 0.3
"""Share of the short lines below full ones that end a sentence; in lists of titles next to none do."""
_MIN_OPEN_BELOW: Final = 0.25
"""Share of the full lines below one that breaks off that do so too: 0.4 to 0.9 in wrapped prose, none below titles."""
_MAX_LABELLED: Final = 0.5
"""Share of lines below full ones that begin with a label; in wrapped speeches only the first line does."""
_ENDS: Final = re.compile("[。！？；…．.!?;]")
_LABEL: Final = re.compile("[^，。；、？！：:“”「」『』《》 ]{1,8}[：:]|\\[")
_MAX_SIGNED: Final = 0.5
"""Share of lines that break off and end in a name."""
_MIN_SAME: Final = 0.7
"""Share of full lines without marks that have the very same width."""
_MIN_TAILS: Final = 0.5
"""Share of the runs of full lines without marks that end with a shorter line."""
_MIN_FULL: Final = 0.4
"""Share of full lines where lines without marks were cut; fewer are verse that is longer than the rest."""
_MIN_RUN: Final = 2
"""Lines of a poem of one measure, on average."""
_CHANCE: Final = 20
"""Odds against chance from which lengths that agree show a poem."""
_SIGNED: Final = re.compile("(?<![0-9])[ \u3000][\u3400-\u9fff\U00020000-\U0003ffff]{1,4}$")


class _Pair(NamedTuple):
    """A full line, the one below it, and whether that is full too."""

    row: Row
    after: Row
    full: bool


class _Run(NamedTuple):
    """How many full lines follow each other, and how many characters a shorter one below them has, or 0."""

    lines: int
    tail: int


def is_list(rows: Sequence[Row], is_full: Sequence[bool]) -> bool:
    """Whether the full lines among `rows` are titles, names, fields, speeches or verse.

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
    if _are_labelled(pairs):
        return True
    if sum(_has_pause(pair.row) for pair in broken) >= _MIN_WITH_PAUSES * len(broken):
        return _is_endless(rows, broken) or _end_nowhere(broken) or _are_signed(broken) or _stand_above_ends(broken)
    if sum(_has_pause(pair.row) for pair in pairs) >= _MIN_WITH_PAUSES * len(pairs):
        return True
    same = Counter(pair.row.width for pair in pairs).most_common(1)[0][1]
    return same < _MIN_SAME * len(pairs) or _is_bare_verse(rows, is_full)


def _has_pause(row: Row) -> bool:
    return PAUSE.search(row.text) is not None


def _are_labelled(pairs: Sequence[_Pair]) -> bool:
    """Whether lines begin with the name of who speaks or of a field, or as the line above does."""
    if len(pairs) < MIN_FULL:
        return False
    alike = sum(pair.row.text[:2] == pair.after.text[:2] for pair in pairs)
    labelled = sum(_LABEL.match(pair.after.text) is not None for pair in pairs)
    return max(labelled, alike) > _MAX_LABELLED * len(pairs)


def _is_endless(rows: Sequence[Row], broken: Sequence[_Pair]) -> bool:
    """Whether no sentence comes to an end in lines that have pauses, and no line is as short as the end of one is."""
    if len(rows) < MIN_FULL or any(_ENDS.search(row.text) for row in rows):
        return False
    return min(row.width for row in rows) * 2 >= max(pair.row.width for pair in broken)


def _end_nowhere(broken: Sequence[_Pair]) -> bool:
    """Whether hardly one of the short lines below those that break off ends a sentence."""
    tails = [pair.after.text[-1] in SENTENCE_END for pair in broken if not pair.full]
    return len(tails) >= MIN_FULL and sum(tails) < _MIN_ENDED * len(tails)


def _are_signed(broken: Sequence[_Pair]) -> bool:
    """Whether lines that break off end in a name, as titles of poems do."""
    if len(broken) < MIN_FULL:
        return False
    signed = sum(_SIGNED.search(pair.row.text) is not None for pair in broken)
    return signed > _MAX_SIGNED * len(broken)


def _stand_above_ends(broken: Sequence[_Pair]) -> bool:
    """Whether full lines below those that break off all end with a mark, as verse below titles does."""
    below = [pair.after.text[-1] not in MARKS for pair in broken if pair.full]
    return len(below) >= MIN_FULL and sum(below) < _MIN_OPEN_BELOW * len(below)


def _is_bare_verse(rows: Sequence[Row], is_full: Sequence[bool]) -> bool:
    """Whether lines without marks are verse: in one metre, without short ones at their ends, or in one measure."""
    full = [row for row, each in zip(rows, is_full, strict=True) if each]
    if sum(metre(row.text) > 0 for row in full) >= _MIN_SAME * len(full):
        return True
    runs = list(_runs(rows, is_full))
    tails = [run.tail for run in runs if run.tail]
    if len(tails) < _MIN_TAILS * len(runs) or len(full) < _MIN_FULL * len(rows):
        return True
    length = Counter(len(row.text) for row in full).most_common(1)[0][0]
    measures = [each for each in (4, 5, 7) if length % each == 0]
    alike = len({run.lines for run in runs}) == 1 or not runs[-1].tail
    if measures and len(runs) >= MIN_FULL and len(full) >= _MIN_RUN * len(runs) and alike:
        return True
    return any(each ** len(tails) >= _CHANCE and not any(tail % each for tail in tails) for each in measures)


def _runs(rows: Sequence[Row], is_full: Sequence[bool]) -> Iterator[_Run]:
    """The runs of full lines that follow each other."""
    first = 0
    for stop in range(1, len(rows) + 1):
        if stop < len(rows) and rows[stop].follows and is_full[stop] == is_full[first]:
            continue
        if is_full[first]:
            ends = stop < len(rows) and rows[stop].follows and rows[stop].width < rows[stop - 1].width
            yield _Run(stop - first, len(rows[stop].text) if ends else 0)
        first = stop
