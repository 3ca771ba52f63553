"""Paragraphs: the lines of a text grouped by its layout, joined where they were hard-wrapped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.assemble import Group, Lines
from tuibrowser.corpus.lines import LineRole
from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.corpus.numbering import BULLET, ENUMERATOR
from tuibrowser.corpus.verse import LONGEST_LINE, columns, is_stanza, metre
from tuibrowser.corpus.wrapping import Row, cells, find_joins, find_wrap, may_be_wrapped

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from tuibrowser.corpus.lines import Line

LONGEST_KEPT: Final = 40
"""Lines of verse, of a table or of code in one paragraph; the rest follows in further, tight ones."""
_LINE_MARK: Final = "¶"
"""Ends a line of a mandoku text, whose lines are phrases."""
_ITEM: Final = re.compile(rf"{ENUMERATOR}|{BULLET}")


def group_lines(
    raw: str, lines: Sequence[Line], follows: Sequence[bool], kinds: Mapping[int, ParagraphKind], *, phrases: bool
) -> list[Group]:
    """The groups of lines that make paragraphs.

    `lines` are those with text, and `follows` says which stand directly below the one before. `kinds` gives the
    kinds of lines that stand alone, by their number. The lines of a text in `phrases` are all joined.
    """
    if phrases:
        joins = [after and line.role is LineRole.PLAIN for line, after in zip(lines, follows, strict=True)]
        return _joined_groups(lines, kinds, joins, Lines.JOIN)
    texts = [raw[line.text_start : line.text_end] for line in lines]
    joined = _wrapped(raw, lines, texts, follows, kinds)
    return list(_kept_groups(lines, texts, follows, kinds)) if joined is None else joined


def join_groups(groups: Sequence[Group], joins: Container[int]) -> list[Group]:
    """The groups with those that begin with a line in `joins` made one with the group before them."""
    joined: list[Group] = []
    for group in groups:
        if joined and group.first in joins:
            joined[-1] = joined[-1]._replace(stop=group.stop)
        else:
            joined.append(group)
    return joined


def text_lines(all_lines: Sequence[Line], *, phrases: bool = False) -> tuple[list[Line], list[bool]]:
    """The lines with text, and whether each stands directly below the one before it.

    Markup between two lines parts them, but not in a text whose lines are `phrases`.
    """
    lines: list[Line] = []
    follows: list[bool] = []
    adjacent = False
    for line in all_lines:
        role = line.role
        if role is LineRole.BLANK or role is LineRole.MARKUP:
            adjacent = adjacent and phrases and role is LineRole.MARKUP
        else:
            lines.append(line)
            follows.append(adjacent)
            adjacent = True
    return lines, follows


def in_phrases(raw: str, all_lines: Sequence[Line]) -> bool:
    """Whether the lines of a text are phrases that end in ¶, as in the mandoku format."""
    if _LINE_MARK not in raw[:10_000]:
        return False
    plain = [line for line in all_lines if line.role is LineRole.PLAIN]
    marked = sum(
        raw.startswith(_LINE_MARK, line.text_end) or _LINE_MARK in raw[line.text_end : line.end] for line in plain
    )
    return marked * 2 > len(plain)


def _alone(line: Line, number: int, kinds: Mapping[int, ParagraphKind]) -> ParagraphKind | None:
    """The kind of a line that is a paragraph by itself."""
    if line.role is LineRole.HEADING:
        return ParagraphKind.HEADING
    return kinds.get(number)


def _joined_groups(
    lines: Sequence[Line], kinds: Mapping[int, ParagraphKind], joins: Sequence[bool], ends: Lines
) -> list[Group]:
    """Groups of lines that go on with the one before them; a heading goes on with nothing."""
    groups: list[Group] = []
    last = ParagraphKind.HEADING
    for number, line in enumerate(lines):
        kind = _alone(line, number, kinds)
        if joins[number] and last is not ParagraphKind.HEADING and kind in (None, last) and kind != ParagraphKind.NOTE:
            groups[-1] = groups[-1]._replace(stop=number + 1)
        else:
            last = kind or ParagraphKind.BODY
            groups.append(Group(number, number + 1, last, ends))
    return groups


def _wrapped(
    raw: str,
    lines: Sequence[Line],
    texts: Sequence[str],
    follows: Sequence[bool],
    kinds: Mapping[int, ParagraphKind],
) -> list[Group] | None:
    """The groups of a hard-wrapped text; None for another one."""
    if not any(follows) or not may_be_wrapped(texts):
        return None
    tables = _whole(lines, texts)
    rows = [
        Row(
            text,
            cells(raw[line.start : line.text_start]),
            cells(raw[line.start : line.text_end]),
            line.end - line.start,
            follows[number] and not tables[number] and not tables[number - 1],
        )
        for number, (line, text) in enumerate(zip(lines, texts, strict=True))
    ]
    body = [row for number, row in enumerate(rows) if number not in kinds and not tables[number]]
    wrap = find_wrap(body)
    if wrap is None:
        return None
    groups = _joined_groups(lines, kinds, find_joins(rows, wrap), Lines.GLUE if wrap.cut else Lines.JOIN)
    return list(_with_tables(groups, tables, follows)) if any(tables) else groups


def _whole(lines: Sequence[Line], texts: Sequence[str]) -> list[bool]:
    """Which lines are code, or rows of a table beside another one."""
    rows = [columns(text) > 1 for text in texts]
    return [
        line.role is LineRole.CODE
        or (rows[number] and ((number > 0 and rows[number - 1]) or rows[number + 1 : number + 2] == [True]))
        for number, line in enumerate(lines)
    ]


def _with_tables(groups: Sequence[Group], tables: Sequence[bool], follows: Sequence[bool]) -> Iterator[Group]:
    """The groups with the rows of each table in one."""
    start = stop = 0
    for group in groups:
        is_row = group.kind is ParagraphKind.BODY and group.stop - group.first == 1 and tables[group.first]
        if is_row and start < stop == group.first and follows[group.first]:
            stop = group.stop
            continue
        if start < stop:
            yield from _cut(start, stop, ParagraphKind.BODY, Lines.WHOLE)
        start, stop = (group.first, group.stop) if is_row else (0, 0)
        if not is_row:
            yield group
    if start < stop:
        yield from _cut(start, stop, ParagraphKind.BODY, Lines.WHOLE)


def _kept_groups(
    lines: Sequence[Line],
    texts: Sequence[str],
    follows: Sequence[bool],
    kinds: Mapping[int, ParagraphKind],
) -> Iterator[Group]:
    """The groups of a text whose lines are paragraphs, apart from verse, tables and code."""
    number, total = 0, len(lines)
    body, heading = ParagraphKind.BODY, ParagraphKind.HEADING
    item = False
    while number < total:
        line = lines[number]
        role = line.role
        if role is LineRole.HEADING:
            yield Group(number, number + 1, heading)
            number += 1
            item = False
            continue
        if number in kinds:
            yield Group(number, number + 1, kinds[number])
            number += 1
            continue
        stop = number + 1
        if role is LineRole.CODE:
            while stop < total and lines[stop].role is LineRole.CODE and follows[stop]:
                stop += 1
            yield from _cut(number, stop, body, Lines.WHOLE)
        elif stop < total and follows[stop] and (kept := _kept_run(texts, follows, number, total)):
            stop, kind, ends = kept
            yield from _cut(number, stop, kind, ends)
        else:
            was, item = item, _ITEM.match(texts[number]) is not None
            yield Group(number, stop, body, Lines.JOIN, item and (was or texts[number - 1][-1:] in "：:"))
        number = stop


def _cut(first: int, stop: int, kind: ParagraphKind, ends: Lines) -> Iterator[Group]:
    for start in range(first, stop, LONGEST_KEPT):
        yield Group(start, min(stop, start + LONGEST_KEPT), kind, ends, start > first)


def _kept_run(
    texts: Sequence[str], follows: Sequence[bool], first: int, total: int
) -> tuple[int, ParagraphKind, Lines] | None:
    """A stanza or a table that begins at a line: where it stops, its kind and what becomes of its line ends."""
    text = texts[first]
    if len(text) <= LONGEST_LINE >= len(texts[first + 1]) and (length := metre(text)):
        stop = first + 1
        while stop < total and follows[stop] and metre(texts[stop]) == length:
            stop += 1
        if is_stanza(list(texts[first:stop])):
            return stop, ParagraphKind.VERSE, Lines.KEEP
    if columns(text) > 1:
        stop = first + 1
        while stop < total and follows[stop] and columns(texts[stop]) > 1:
            stop += 1
        if stop - first > 2 or (stop - first > 1 and "\t" in text):
            return stop, ParagraphKind.BODY, Lines.WHOLE
    return None
