"""Tables of contents: candidates that only name the headings further down."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.outlines.forms import SERIES, Candidate, Form
from tuibrowser.corpus.outlines.units import LONGEST_NAMED, labels
from tuibrowser.hanzi.numerals import parse_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.model import Paragraph

_NAME: Final = re.compile(r"[【\[]?(?:章[节節])?[目][ \u3000]{0,6}[录錄次][】\]]?[:：]?|[Cc]ontents|CONTENTS")
_PAGE: Final = re.compile(r"[\s.．…·。—_-]*[（(]?\d{0,4}[)）]?$")
_COUNTS: Final = {
    Form.CHINESE: re.compile(r"(?<![^\s|｜/／])([一二三四五六七八九十百零]{1,6})[、．.:：]"),
    Form.ARABIC: re.compile(r"(?<![^\s|｜/／])([0-9０-９]{1,4})[、．.:：)）](?![0-9０-９])"),
}
"""The numbers in a line of contents, each after a blank."""
_SHORTEST: Final = 3
"""Entries of a table of contents."""
_SHORTEST_NAMED: Final = 2
"""Entries of one below its name, 目錄."""
_RECURRING: Final = 0.6
"""Share of a table's entries that stand again further down."""
_LABEL: Final = re.compile(r"第.{1,6}[章回节節卷篇]|[一二三四五六七八九十\d][、．.]")
_PROSE: Final = re.compile("[。！？；]")
_MOST_READ: Final = 300
"""Code points of a paragraph that tell whether it is text."""
_LONGEST_ENTRY: Final = 60
"""Code points of a line within a table that is no candidate."""


def without_contents(text: str, found: list[Candidate], paragraphs: Sequence[Paragraph]) -> list[Candidate]:
    """Leave out the entries of tables of contents, and what heads them.

    A table is three or more headings on end most of which stand again further down, or a line that names several.
    """
    listed = [each for each in found if each.form is not Form.ARTICLE]
    left = _without_tables(text, listed, paragraphs)
    if len(left) == len(listed):
        return found
    kept = {each.paragraph for each in left}
    return [each for each in found if each.form is Form.ARTICLE or each.paragraph in kept]


def _without_tables(text: str, found: list[Candidate], paragraphs: Sequence[Paragraph]) -> list[Candidate]:
    lined = _lines_of_contents(text, found)
    found = [each for each in found if each.paragraph not in lined]
    dropped = _listed(text, found, paragraphs)
    left = [each for index, each in enumerate(found) if index not in dropped]
    tables = lined | {found[index].paragraph for index in dropped}
    if tables:
        left = _without_rest(left, tables)
    return [each for each in left if not _heads_table(text, each, paragraphs, tables)]


def _lines_of_contents(text: str, found: Sequence[Candidate]) -> set[int]:
    """The paragraphs that name several headings which stand further down by themselves."""
    several = {each.paragraph: names for each in found if (names := _names(text, each))}
    if not several:
        return set()
    last = {(each.form, each.number): each.paragraph for each in found if each.paragraph not in several}
    return {
        paragraph
        for paragraph, names in several.items()
        if sum(last.get(name, 0) > paragraph for name in names) >= _RECURRING * len(names)
    }


def _names(text: str, each: Candidate) -> list[tuple[Form, int]]:
    """The forms and numbers that a line gives, where it gives two or more in the form that it begins with."""
    stop = each.start + min(each.length, LONGEST_NAMED)
    if each.form in _COUNTS:
        numbers = [parse_numeral(found[1]) or 0 for found in _COUNTS[each.form].finditer(text, each.start, stop)]
        counts = len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))
        return [(each.form, number) for number in numbers] if counts else []
    if each.form in SERIES or text.find("第", each.start + 2, stop) < 0:
        return []
    names = labels(text[each.start : stop])
    return names if len(names) > len({form for form, _ in names}) else []


def _listed(text: str, found: Sequence[Candidate], paragraphs: Sequence[Paragraph]) -> set[int]:
    """The candidates, by index, that are entries of a table with a line for each, and what heads it."""
    runs = [run for run in _adjacent(text, found, paragraphs) if len(run) >= _SHORTEST_NAMED]
    if not runs:
        return set()
    bare = [_bare(text, each) for each in found]
    last = {title: index for index, title in enumerate(bare)}
    last_label = {(each.form, each.mark, each.number): index for index, each in enumerate(found)}
    dropped: set[int] = set()
    for run in runs:
        heads = [index for index in (run[0] - 1, *run) if index >= 0 and _NAME.fullmatch(bare[index])]
        above = found[run[0]].paragraph - 1
        named = bool(heads) or (above >= 0 and _is_name(text, paragraphs[above]))
        recurring = [
            index
            for index in run
            if last[bare[index]] > run[-1]
            or (named and found[index].number and last_label[_label(found[index])] > run[-1])
        ]
        entries = len(run) - sum(index in heads for index in run)
        if entries >= (_SHORTEST_NAMED if named else _SHORTEST) and len(recurring) >= _RECURRING * entries:
            dropped.update(recurring, heads)
    return dropped


def _adjacent(text: str, found: Sequence[Candidate], paragraphs: Sequence[Paragraph]) -> Iterator[list[int]]:
    """The runs of candidates, by index, that stand below each other without text between.

    A run ends before a title that it has, and before a number that its first numbered entry's form has in it: there
    the text itself begins.
    """
    run: list[int] = []
    said: set[object] = set()
    top: tuple[Form, str] | None = None
    for index, candidate in enumerate(found):
        if not candidate.whole:
            continue
        title, label = _bare(text, candidate), _label(candidate)
        again = title in said or (top == label[:2] and label in said)
        if run and (again or not _goes_on(text, found[run[-1]], candidate, paragraphs)):
            yield run
            run, said, top = [], set(), None
        run.append(index)
        said.update((title, label))
        if top is None and candidate.number:
            top = label[:2]
    if run:
        yield run


def _bare(text: str, candidate: Candidate) -> str:
    """What a candidate says, without white space and the number of a page."""
    return _PAGE.sub("", "".join(text[candidate.start : candidate.end].split()))


def _label(candidate: Candidate) -> tuple[Form, str, int]:
    return candidate.form, candidate.mark, candidate.number


def _without_rest(left: Sequence[Candidate], tables: set[int]) -> list[Candidate]:
    """The candidates without the last entries of a table, which are fewer than make one by themselves."""
    last = {_label(each): each.paragraph for each in left}
    kept: list[Candidate] = []
    for each in left:
        recurs = each.number > 0 and last[_label(each)] > each.paragraph
        if recurs and each.paragraph - 1 in tables:
            tables.add(each.paragraph)
        else:
            kept.append(each)
    return kept


def _goes_on(text: str, before: Candidate, after: Candidate, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a candidate stands below another one with nothing but a line or two like an entry between them."""
    between = paragraphs[before.paragraph + 1 : after.paragraph]
    return len(between) <= 2 and all(_is_entry(text, each) for each in between)


def _is_entry(text: str, paragraph: Paragraph) -> bool:
    return paragraph.end - paragraph.start <= _LONGEST_ENTRY and text[paragraph.end - 1] not in "。！？”」…"


def _is_name(text: str, paragraph: Paragraph) -> bool:
    return paragraph.end - paragraph.start <= 10 and _NAME.fullmatch(text[paragraph.start : paragraph.end]) is not None


def _heads_table(text: str, each: Candidate, paragraphs: Sequence[Paragraph], tables: set[int]) -> bool:
    """Whether a candidate is the name of a table, 目錄, and no text stands below it."""
    if each.form is not Form.FIXED:
        return False
    title = text[each.start : each.end].strip()
    if not _NAME.fullmatch(title):
        return _NAME.match(title) is not None and len(_LABEL.findall(title)) > 1
    below = each.paragraph + 1
    if below in tables or below == len(paragraphs):
        return True
    start, end = paragraphs[below].start, paragraphs[below].end
    return _PROSE.search(text, start, min(end, start + _MOST_READ)) is None
