"""Grouping: group the lines of a text into paragraphs by its layout, and join those that were hard-wrapped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.formats.lines import PARTED, TORN, LineRole, TextLine
from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.corpus.numbering import BULLET, ENUMERATOR
from tuibrowser.corpus.paragraphs.assemble import Group, Lines
from tuibrowser.corpus.paragraphs.pages import page_furniture
from tuibrowser.corpus.paragraphs.phrases import joined_phrases
from tuibrowser.corpus.paragraphs.stretches import may_be_wrapped, wrapped_joins
from tuibrowser.corpus.paragraphs.torn import may_be_torn, torn_joins
from tuibrowser.corpus.paragraphs.verse import LONGEST_LINE, columns, is_stanza, measured

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from tuibrowser.corpus.formats.lines import Line

LONGEST_KEPT: Final = 40
"""Lines of verse, of a table or of code in one paragraph; the rest follows in further, tight ones."""
_SAID: Final = {LineRole.NOTE: ParagraphKind.NOTE, LineRole.FURNITURE: ParagraphKind.FURNITURE}
"""Roles of lines that are paragraphs of their own, whose kind only the role tells."""
_WHOLE: Final = frozenset({LineRole.BODY, LineRole.VERSE, LineRole.ROW})
"""Roles of lines that the format itself groups."""
_RUNS: Final = {LineRole.VERSE: (ParagraphKind.VERSE, Lines.KEEP), LineRole.ROW: (ParagraphKind.BODY, Lines.WHOLE)}
_ITEM: Final = re.compile(rf"{ENUMERATOR}|{BULLET}")


class Grouped(NamedTuple):
    """The groups of a text, and the raw spans of page furniture within them, which the repaired text leaves out."""

    groups: list[Group]
    hidden: list[tuple[int, int]]


def group_lines(
    raw: str, lines: Sequence[Line], gaps: Sequence[int], kinds: Mapping[int, ParagraphKind], *, phrases: bool
) -> Grouped:
    """The groups of lines that make paragraphs.

    `lines` are those with text, and `gaps` the blank lines before each. `kinds` gives the kinds of lines that stand
    alone, by their number. The lines of a text in `phrases` are all joined, unless they are those of a printed page.
    """
    texts = [raw[line.text_start : line.text_end] for line in lines]
    told = {line.role for line in lines}
    if told & _SAID.keys():
        kinds = {**kinds, **{number: _SAID[line.role] for number, line in enumerate(lines) if line.role in _SAID}}
    skipped: Container[int] = kinds
    if told & _WHOLE:
        skipped = kinds.keys() | {number for number, line in enumerate(lines) if line.role in _WHOLE}
    is_told = told <= _WHOLE and not kinds
    pages = set() if phrases or is_told else page_furniture(texts, skipped)
    ends: dict[int, Lines] = {}
    if phrases or pages or (not is_told and (may_be_torn(texts) or may_be_wrapped(lines, texts, kinds))):
        fixed = [line.role is LineRole.CODE for line in lines] if phrases else _fixed(lines, texts, gaps)
        body = [
            number
            for number, line in enumerate(lines)
            if line.role is LineRole.PLAIN and texts[number] and not fixed[number]
            if number not in kinds and number not in pages
        ]
        notice = [number for number in sorted(kinds) if kinds[number] is ParagraphKind.FURNITURE]
        ends = _ends(raw, list(_places(lines, texts, gaps, body, pages)), body, phrases=phrases)
        ends |= _torn_ends(list(_places(lines, texts, gaps, notice, ())), notice)
    within = {number for number in pages if _is_within(number, pages, ends)}
    if pages:
        kinds = {**kinds, **dict.fromkeys(pages, ParagraphKind.FURNITURE)}
    groups = list(_groups(lines, texts, _runs(gaps, kinds, ends), kinds, ends, within))
    return Grouped(groups, [(lines[number].start, lines[number].end) for number in sorted(within)])


def join_groups(groups: Sequence[Group], joins: Container[int]) -> list[Group]:
    """The groups with those that begin with a line in `joins` made one with the group before them."""
    joined: list[Group] = []
    for group in groups:
        if joined and group.first in joins:
            joined[-1] = joined[-1]._replace(stop=group.stop)
        else:
            joined.append(group)
    return joined


def text_lines(all_lines: Sequence[Line], *, phrases: bool = False) -> tuple[list[Line], list[int]]:
    """The lines with text, and the number of blank lines before each, or PARTED.

    Markup between two lines parts them, but not in a text whose lines are `phrases`.
    """
    lines: list[Line] = []
    gaps: list[int] = []
    gap = PARTED
    for line in all_lines:
        role = line.role
        if role is LineRole.BLANK:
            gap += 1
        elif role is LineRole.MARKUP:
            gap = gap if phrases else PARTED
        else:
            lines.append(line)
            gaps.append(gap)
            gap = 0
    return lines, gaps


def _fixed(lines: Sequence[Line], texts: Sequence[str], gaps: Sequence[int]) -> list[bool]:
    """Which lines are code, or rows of a table directly beside another one."""
    rows = [columns(text) > 1 for text in texts]
    return [
        line.role is LineRole.CODE
        or (rows[number] and ((number > 0 and rows[number - 1] and gaps[number] == 0) or _is_above(number, rows, gaps)))
        for number, line in enumerate(lines)
    ]


def _is_above(number: int, rows: Sequence[bool], gaps: Sequence[int]) -> bool:
    return number + 1 < len(rows) and rows[number + 1] and gaps[number + 1] == 0


def _places(
    lines: Sequence[Line], texts: Sequence[str], gaps: Sequence[int], body: Sequence[int], pages: Container[int]
) -> Iterator[TextLine]:
    """Return the lines of paragraphs, each with what is between it and the line before."""
    before = -1
    for number in body:
        if number - before == 1:
            gap = gaps[number]
        else:
            gap = TORN if before >= 0 and all(each in pages for each in range(before + 1, number)) else PARTED
        yield TextLine(lines[number], texts[number], gap)
        before = number


def _ends(raw: str, text_lines: Sequence[TextLine], numbers: Sequence[int], *, phrases: bool) -> dict[int, Lines]:
    """Return how the line end before each line with text that continues a paragraph is treated, by line number."""
    if phrases:
        return {numbers[at]: Lines.JOIN for at in joined_phrases(raw, text_lines)}
    wrapped = wrapped_joins(raw, text_lines)
    return _torn_ends(text_lines, numbers, wrapped) | {
        numbers[at]: Lines.GLUE if cut else Lines.JOIN for at, cut in wrapped.items()
    }


def _torn_ends(
    text_lines: Sequence[TextLine], numbers: Sequence[int], wrapped: Container[int] = ()
) -> dict[int, Lines]:
    """The line ends within torn sentences; only words lost the space between them."""
    return {
        numbers[at]: Lines.JOIN
        if text_lines[at - 1].text[-1].isalpha() and text_lines[at].text[0].isalpha()
        else Lines.GLUE
        for at in torn_joins(text_lines, wrapped)
    }


def _is_within(number: int, pages: Container[int], ends: Container[int]) -> bool:
    """Whether a line of page furniture stands within a paragraph, which goes on after it."""
    while number in pages:
        number += 1
    return number in ends


def _runs(gaps: Sequence[int], kinds: Iterable[int], ends: Iterable[int]) -> list[bool]:
    """For each line, whether it can stand in one run of verse or of a table with the line before it."""
    runs = [gap == 0 for gap in gaps]
    for number in kinds:
        runs[number] = False
    for number in ends:
        runs[number] = runs[number - 1] = False
    return runs


def _groups(
    lines: Sequence[Line],
    texts: Sequence[str],
    runs: Sequence[bool],
    kinds: Mapping[int, ParagraphKind],
    ends: Mapping[int, Lines],
    within: Container[int],
) -> Iterator[Group]:
    """The groups of lines that are joined, the runs that keep their lines, and the lines that stand alone."""
    number, total = 0, len(lines)
    item = False
    while number < total:
        was, item = item, False
        stop = number + 1
        while stop in ends or stop in within:
            stop += 1
        if stop - number > 1:
            joined = Lines.JOIN if Lines.JOIN in map(ends.get, range(number + 1, stop)) else Lines.GLUE
            yield Group(number, stop, kinds.get(number, ParagraphKind.BODY), joined)
        elif (role := lines[number].role) is LineRole.HEADING:
            yield Group(number, stop, ParagraphKind.HEADING)
        elif number in kinds:
            yield Group(number, stop, kinds[number])
        elif role in _RUNS:
            while stop < total and runs[stop] and lines[stop].role is role:
                stop += 1
            yield from _cut(number, stop, *_RUNS[role])
        elif (
            role is not LineRole.BODY
            and (role is LineRole.CODE or (stop < total and runs[stop]))
            and (kept := _kept_run(lines, texts, runs, number))
        ):
            stop, kind, line_ends = kept
            yield from _cut(number, stop, kind, line_ends)
        else:
            item = _ITEM.match(texts[number]) is not None
            yield Group(number, stop, ParagraphKind.BODY, Lines.JOIN, item and (was or texts[number - 1][-1:] in "：:"))
        number = stop


def _cut(first: int, stop: int, kind: ParagraphKind, ends: Lines) -> Iterator[Group]:
    for start in range(first, stop, LONGEST_KEPT):
        yield Group(start, min(stop, start + LONGEST_KEPT), kind, ends, start > first)


def _kept_run(
    lines: Sequence[Line], texts: Sequence[str], runs: Sequence[bool], first: int
) -> tuple[int, ParagraphKind, Lines] | None:
    """A stanza, a table or code that begins at a line: where it stops, its kind and what becomes of its line ends."""
    text, role, total = texts[first], lines[first].role, len(lines)
    stop = first + 1
    if role is LineRole.CODE:
        while stop < total and lines[stop].role is role and runs[stop]:
            stop += 1
        return stop, ParagraphKind.BODY, Lines.WHOLE
    if len(text) <= LONGEST_LINE >= len(texts[stop]) and (verse := [measured(text)])[0].metre:
        while stop < total and runs[stop] and lines[stop].role is role:
            below = measured(texts[stop])
            if below.metre != verse[0].metre:
                break
            verse.append(below)
            stop += 1
        if is_stanza(verse):
            return stop, ParagraphKind.VERSE, Lines.KEEP
    if columns(text) > 1:
        stop = first + 1
        while stop < total and runs[stop] and lines[stop].role is role and columns(texts[stop]) > 1:
            stop += 1
        if stop - first > 2 or (stop - first > 1 and "\t" in text):
            return stop, ParagraphKind.BODY, Lines.WHOLE
    return None
