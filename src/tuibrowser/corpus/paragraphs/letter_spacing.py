"""Letter spacing: find runs of characters set apart for emphasis, whose blanks are no part of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.numbering import UNIT, UNITS
from tuibrowser.corpus.paragraphs.verse import columns, metre, phrases
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tuibrowser.corpus.formats.lines import Line

Span = tuple[int, int]

_BLANKS: Final = " \u3000\u00a0"
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇○"
_MARKS: Final = "，。、；：？！“”‘’「」『』《》〈〉（）…—·"
_MIN_APART: Final = 3
"""Characters set apart that make a run; two are a word padded to the width of others, or a name."""
_LONGEST_VERSE: Final = 12
"""Characters of a line that is verse if its neighbour is set as it is."""
_MIN_NAMES: Final = 2
"""Groups of several characters beside such a run that make it a name among names."""
_TELLING: Final = tuple(late(f"{blank}[{_HAN}]{blank}[{_HAN}](?![{_HAN}])") for blank in _BLANKS)
_PAIR: Final = tuple(late(f"{blank}[{_HAN}{_MARKS}]{blank}[{_HAN}{_MARKS}]") for blank in _BLANKS)
"""A part that every run of three characters or more contains; it is found faster than the run."""
_RUN: Final = late(
    f"(?=.[{_BLANKS}])(?:"
    + "|".join(
        f"(?<![{_HAN}])(?!(?<=[0-9０-９]{blank})[{UNITS}])[{_HAN}{_MARKS}](?:{blank}[{_HAN}{_MARKS}])+(?![{_HAN}])"
        for blank in _BLANKS
    )
    + ")"
)
_APART: Final = late(f"[{_HAN}]")
_NAME: Final = late(f"(?<![^{_BLANKS}])[{_HAN}]{{2,4}}(?![^{_BLANKS}])")
_NUMBER: Final = late(UNIT)
_COLONS: Final = ("：", ":")
_MIN_PHRASES: Final = 2
"""Phrases of one length that make a line verse."""


def letter_spaced(raw: str, lines: Sequence[Line], gaps: Sequence[int]) -> list[Span]:
    """The raw spans of the blanks within letter-spaced runs, which are not in verse, tables or lists of names.

    `lines` are those with text, and `gaps` the blank lines before each.
    """
    if not any(blank in raw and telling.search(raw) for blank, telling in zip(_BLANKS, _TELLING, strict=True)):
        return []
    runs = {number: found for number in _spaced_lines(raw, lines) if (found := _runs(raw, lines[number]))}
    in_whole = {number: _whole(raw, lines[number], found) for number, found in runs.items()}
    spans: list[Span] = []
    for number, found in runs.items():
        if not _is_verse(in_whole, gaps, number):
            spans += (span for run in found for span in _blanks(raw, run))
    return spans


def _spaced_lines(raw: str, lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines that may have a letter-spaced run in them."""
    starts = [line.start for line in lines]
    places = (pair.start() for pattern in _PAIR for pair in pattern.finditer(raw))
    return sorted({bisect_right(starts, place) - 1 for place in places} - {-1})


def _runs(raw: str, line: Line) -> list[Span]:
    """The letter-spaced runs of a line; none in one that is code, a row of a table, verse or a list of names."""
    if line.role not in (LineRole.PLAIN, LineRole.HEADING):
        return []
    found = [run.span() for run in _RUN.finditer(raw, line.text_start, line.text_end) if _is_run(raw, run)]
    return found if found and _may_be_spaced(raw[line.text_start : line.text_end]) else []


def _is_run(raw: str, run: re.Match[str]) -> bool:
    """Whether enough characters stand apart; those of a number (第 一 章) or of a list (大 中 小) are no such run."""
    apart = len(_APART.findall(run[0]))
    is_list = apart == _MIN_APART and raw[run.start() - 1 : run.start()] in _COLONS
    return apart >= _MIN_APART and not is_list and _NUMBER.fullmatch(_closed(run[0])) is None


def _may_be_spaced(text: str) -> bool:
    """Whether a line that has runs is neither a row of a table nor verse nor a list of names."""
    closed = _closed(text)
    if "|" in text or columns(text) > 1 or len(_NAME.findall(text)) >= _MIN_NAMES:
        return False
    return phrases(closed) < _MIN_PHRASES or not metre(closed)


def _closed(text: str) -> str:
    return re.sub(f"[{_BLANKS}]", "", text)


def _whole(raw: str, line: Line, found: Sequence[Span]) -> int:
    """How many characters a line that is nothing but one run has; 0 for another one."""
    if found != [(line.text_start, line.text_end)]:
        return 0
    return len(_APART.findall(raw, line.text_start, line.text_end))


def _is_verse(in_whole: Mapping[int, int], gaps: Sequence[int], number: int) -> bool:
    """Whether the line above or below is spaced as this one, with as many characters."""
    size = in_whole[number]
    above = gaps[number] <= 1 and in_whole.get(number - 1) == size
    below = number + 1 < len(gaps) and gaps[number + 1] <= 1 and in_whole.get(number + 1) == size
    return 0 < size <= _LONGEST_VERSE and (above or below)


def _blanks(raw: str, run: Span) -> Iterator[Span]:
    yield from ((at, at + 1) for at in range(*run) if raw[at] in _BLANKS)
