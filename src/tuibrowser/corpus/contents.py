"""Tables of contents: candidates that only name the headings further down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.forms import SERIES, Candidate, Form
from tuibrowser.corpus.units import LONGEST_NAMED, labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    names = {
        each.paragraph: labels(text[each.start : each.start + each.length]) for each in found if _may_list(text, each)
    }
    several = {paragraph for paragraph, each in names.items() if len(each) > len({form for form, _ in each})}
    if not several:
        return set()
    last = {(each.form, each.number): each.paragraph for each in found if each.paragraph not in several}
    return {
        paragraph
        for paragraph in several
        if sum(last.get(label, 0) > paragraph for label in names[paragraph]) >= _RECURRING * len(names[paragraph])
    }


def _may_list(text: str, candidate: Candidate) -> bool:
    stop = candidate.start + min(candidate.length, LONGEST_NAMED)
    return candidate.form not in SERIES and text.find("第", candidate.start + 2, stop) >= 0


def _listed(text: str, found: Sequence[Candidate], paragraphs: Sequence[Paragraph]) -> set[int]:
    """The candidates, by index, that are entries of a table with a line for each, and what heads it."""
    runs = [run for run in _adjacent(text, found, paragraphs) if len(run) >= _SHORTEST]
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
        if entries >= _SHORTEST and len(recurring) >= _RECURRING * entries:
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
    if each.form is not Form.FIXED or not _NAME.fullmatch(text[each.start : each.end].strip()):
        return False
    below = each.paragraph + 1
    return below in tables or below == len(paragraphs) or _is_entry(text, paragraphs[below])
