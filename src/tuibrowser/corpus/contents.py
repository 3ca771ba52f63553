"""Tables of contents: candidates that only name the headings further down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.forms import SERIES, Candidate, Form
from tuibrowser.corpus.units import labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Paragraph

_NAME: Final = re.compile(r"[【\[]?(?:章[节節])?[目][ \u3000]{0,6}[录錄次][】\]]?[:：]?|[Cc]ontents|CONTENTS")
_PAGE: Final = re.compile(r"[\s.．…·。—_-]*[（(]?\d{0,4}[)）]?$")
_SHORTEST: Final = 3
"""Entries of a table of contents."""
_RECURRING: Final = 0.6
"""Share of a table's entries that stand again further down."""
_LONGEST_ENTRY: Final = 60
"""Code points of a line within a table that is no candidate."""


def without_contents(text: str, found: list[Candidate], paragraphs: Sequence[Paragraph]) -> list[Candidate]:
    """Leave out the entries of tables of contents, and what heads them.

    A table is three or more headings on end most of which stand again further down, or a line that names several.
    """
    lined = _lines_of_contents(text, found)
    found = [each for each in found if each.paragraph not in lined]
    bare = [_PAGE.sub("", re.sub(r"\s+", "", text[each.start : each.end])) for each in found]
    dropped = _listed(text, found, bare, paragraphs)
    left = [each for index, each in enumerate(found) if index not in dropped]
    tables = lined | {found[index].paragraph for index in dropped}
    left = _without_rest(left, tables)
    return [each for each in left if not _heads_table(text, each, paragraphs, tables)]


def _lines_of_contents(text: str, found: Sequence[Candidate]) -> set[int]:
    """The paragraphs that name several headings which stand further down by themselves."""
    names = {each.paragraph: labels(text[each.start : each.start + each.length]) for each in found if _may_list(each)}
    several = {paragraph for paragraph, each in names.items() if len(each) > len({form for form, _ in each})}
    if not several:
        return set()
    last = {(each.form, each.number): each.paragraph for each in found if each.paragraph not in several}
    return {
        paragraph
        for paragraph in several
        if sum(last.get(label, 0) > paragraph for label in names[paragraph]) >= _RECURRING * len(names[paragraph])
    }


def _may_list(candidate: Candidate) -> bool:
    return candidate.form not in SERIES and candidate.form not in (Form.ARTICLE, Form.FIXED, Form.HASHED)


def _listed(text: str, found: Sequence[Candidate], bare: Sequence[str], paragraphs: Sequence[Paragraph]) -> set[int]:
    """The candidates, by index, that are entries of a table with a line for each."""
    last = {title: index for index, title in enumerate(bare)}
    last_label = {(each.form, each.mark, each.number): index for index, each in enumerate(found)}
    dropped: set[int] = set()
    run: list[int] = []

    def recurs(index: int, *, named: bool) -> bool:
        each = found[index]
        by_label = named and each.number > 0 and last_label[each.form, each.mark, each.number] > run[-1]
        return by_label or last[bare[index]] > run[-1]

    def close() -> None:
        first = found[run[0]]
        named = any(_NAME.fullmatch(bare[index]) for index in (run[0] - 1, run[0]) if index >= 0) or (
            first.paragraph > 0 and _is_name(text, paragraphs[first.paragraph - 1])
        )
        recurring = [index for index in run if recurs(index, named=named)]
        entries = len(run) - sum(_NAME.fullmatch(bare[index]) is not None for index in run)
        if entries >= _SHORTEST and len(recurring) >= _RECURRING * entries:
            dropped.update(recurring)
            dropped.update(index for index in (run[0] - 1, *run) if index >= 0 and _NAME.fullmatch(bare[index]))

    for index, candidate in enumerate(found):
        if not candidate.whole:
            continue
        if run and (
            not _goes_on(text, found[run[-1]], candidate, paragraphs)
            or bare[index] in {bare[each] for each in run}
            or _begins_again(candidate, [found[each] for each in run])
        ):
            close()
            run = []
        run.append(index)
    if run:
        close()
    return dropped


def _without_rest(left: Sequence[Candidate], tables: set[int]) -> list[Candidate]:
    """The candidates without the last entries of a table, which are fewer than make one by themselves."""
    last = {(each.form, each.mark, each.number): each.paragraph for each in left}
    kept: list[Candidate] = []
    for each in left:
        recurs = each.number > 0 and last[each.form, each.mark, each.number] > each.paragraph
        if recurs and each.paragraph - 1 in tables:
            tables.add(each.paragraph)
        else:
            kept.append(each)
    return kept


def _goes_on(text: str, before: Candidate, after: Candidate, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a candidate stands below another one with nothing but a line or two like an entry between them."""
    between = paragraphs[before.paragraph + 1 : after.paragraph]
    return len(between) <= 2 and all(_is_entry(text, each) for each in between)


def _begins_again(candidate: Candidate, run: Sequence[Candidate]) -> bool:
    """Whether a candidate has the number of an entry at the highest level: the text itself begins with it."""
    top = next((each for each in run if each.number), None)
    if top is None or (candidate.form, candidate.mark) != (top.form, top.mark):
        return False
    return any((each.form, each.mark, each.number) == (top.form, top.mark, candidate.number) for each in run)


def _is_entry(text: str, paragraph: Paragraph) -> bool:
    return paragraph.end - paragraph.start <= _LONGEST_ENTRY and text[paragraph.end - 1] not in "。！？”」…"


def _is_name(text: str, paragraph: Paragraph) -> bool:
    return paragraph.end - paragraph.start <= 10 and _NAME.fullmatch(text[paragraph.start : paragraph.end]) is not None


def _heads_table(text: str, each: Candidate, paragraphs: Sequence[Paragraph], tables: set[int]) -> bool:
    """Whether a candidate is the name of a table, 目錄, and no text stands below it."""
    if each.form is not Form.FIXED or not _NAME.fullmatch(text[each.start : each.end].strip()):
        return False
    below = each.paragraph + 1
    return below in tables or below == len(paragraphs) or _is_entry(text, paragraphs[below])
