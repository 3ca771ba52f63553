"""Series: tell which candidates are headings by how they follow each other; lists are numbered like headings."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.outlines.forms import PLACED, SERIES, Candidate, Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_MIN_ARTICLES: Final = 3
"""Articles that make a text a law, in which （一） numbers the items of an article."""
_LONGEST_IN_LAW: Final = 20
"""Code points of a bare title 一、適用範圍 in a law."""
_MIN_FIT: Final = 0.6
"""Share of a series' members that read like titles."""
_MOSTLY_FIT: Final = 0.75
"""The share from which on a short member counts as a title though it does not read like one."""
_LONGEST_UNFIT: Final = 30
_MOST_FIXED: Final = 6
"""Headings such as 序 and 附錄; where more stand than numbered ones they name something else, as 尾聲 in plays."""
_MAX_ADJACENT: Final = 0.5
"""Share of a series' members that follow each other without text between; more make a list."""
_MOST_SKIPPED: Final = 1
"""Numbers that may be missing in a series before a member that may be an item of a list."""
_MOST_SKIPPED_BY_TITLE: Final = 20
"""Numbers that may be missing before a member that is nothing but a title."""
_STEP_OF_ITEMS: Final = 2
"""Paragraphs from one number to the next where each stands above an item and not a section."""
_FEWEST_LATE: Final = 4
"""Members of a series that begins later than at one: a part of a longer text."""
_NESTED: Final = 0.25
"""Added to the rank of a series for standing within another of its form."""
_UNITS: Final = frozenset((Form.PART, Form.VOLUME, Form.CHAPTER, Form.SECTION))
_FEWEST_MIXED: Final = 3
"""Members that a series needs if its numbers are marked in several ways."""
_MOST_OPEN: Final = 8
"""Series of one form that may stand within each other."""
_OF_POEMS: Final = "其"
"""The mark of 其二, which in a text with headings of other forms numbers the poems in it."""


def headings_among(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that are headings, in order."""
    articles = _articles(found)
    law = len(articles) >= _MIN_ARTICLES
    first_article = articles[0].paragraph if law else 0
    kept = articles + _sure([each for each in found if each.form is not Form.ARTICLE and each.form not in SERIES])
    units = sum(each.form not in (Form.ARTICLE, Form.FIXED) for each in kept)
    if sum(each.form is Form.FIXED for each in kept) > max(_MOST_FIXED, units):
        kept = [each for each in kept if each.form is not Form.FIXED]
    members = [
        each._replace(sure=not law)
        for each in found
        if each.form in SERIES and (not law or each.paragraph < first_article or _bare_title(each))
    ]
    if units:
        members = [each for each in members if each.mark != _OF_POEMS]
    breaks = [each.paragraph for each in kept if each.form in _UNITS]
    for series in _series(members, breaks):
        sure = not law and sum(each.fit for each in series) >= _MOSTLY_FIT * len(series)
        kept += [each for each in series if (each.fit and (each.whole or not law)) or (sure and _may_head(each))]
    return sorted(kept, key=lambda candidate: candidate.paragraph)


def _may_head(candidate: Candidate) -> bool:
    """Whether a member that does not read like a title is short enough to be one among titles."""
    return not candidate.fit and candidate.length <= _LONGEST_UNFIT and candidate.form is not Form.NUMBER_ALONE


def _bare_title(candidate: Candidate) -> bool:
    return candidate.form is Form.CHINESE and candidate.bare and candidate.length <= _LONGEST_IN_LAW


def _articles(found: Sequence[Candidate]) -> list[Candidate]:
    """Articles; those without a space after 條 only where they go on counting; one alone must be the first."""
    articles: list[Candidate] = []
    last = 0
    for each in found:
        if each.form is Form.ARTICLE and (not each.mark or last <= each.number <= last + 1):
            articles.append(each)
            last = each.number
    alone = len(articles) == 1 and (articles[0].number != 1 or articles[0].mark)
    return [] if alone else articles


def _sure(units: Sequence[Candidate]) -> list[Candidate]:
    """The units that are headings by themselves, and those of the others that something speaks for.

    That is a neighbour in number, or, for what is named and decorated (in plays 【尾聲】 is a tune), another unit.
    """
    numbers = Counter((each.form, each.mark, each.number) for each in units)
    unsure = {(each.form, each.mark, each.paragraph) for each in units if not each.sure and each.whole}

    is_book = any(each.sure and each.form in _UNITS for each in units)

    def has_neighbour(each: Candidate) -> bool:
        if each.form is Form.FIXED:
            return is_book
        if each.mark.startswith(PLACED):
            return any(numbers[each.form, each.mark, other] for other in range(1, 13) if other != each.number)
        if each.whole and any((each.form, each.mark, each.paragraph + step) in unsure for step in (-1, 1)):
            return False
        return any(numbers[each.form, each.mark, each.number + step] for step in (-1, 1))

    return [each for each in units if each.sure or has_neighbour(each)]


@dataclass(slots=True)
class _Run:
    """Members of a series so far, in their order in the text."""

    members: list[Candidate]
    around: tuple[_Run, ...] = ()
    """The series of its form that were open when it began."""
    resumed: bool = False
    """Whether it went on after another series of its form within it."""
    last: int = 0
    numbers: set[int] = field(default_factory=set)

    def add(self, each: Candidate) -> None:
        self.members.append(each)
        self.numbers.add(each.number)
        self.last = max(self.last, each.number)

    def takes(self, each: Candidate) -> bool:
        """Whether a number may go on in this series that is not the next one: skipped to, given twice or late."""
        number, is_title = each.number, _is_title(each)
        if number > self.last:
            return number <= self.last + 1 + (_MOST_SKIPPED_BY_TITLE if is_title else _MOST_SKIPPED)
        late = self.members[0].number < number and number not in self.numbers
        return is_title and (late or (number == self.last and _is_title(self.members[-1])))


def _is_title(candidate: Candidate) -> bool:
    """Whether nothing in a member says that it is an item of a list; in a law it may always be one."""
    return candidate.sure and candidate.fit and candidate.whole and candidate.bare


def _series(members: Sequence[Candidate], breaks: Sequence[int]) -> Iterator[list[Candidate]]:
    """Series of two members or more that are no lists; the ranks of those within another one of the form are lower.

    Numbers that are marked in several ways, 1、 2． 3：, are one series where each follows the one before it. Where
    there are decimal numbers, 2.1 may stand without 2.2.
    """
    taken: set[int] = set()
    for run in _whole_runs(members, breaks, lambda each: (each.form, "")):
        if len({each.mark for each in run}) > 1 and _is_unbroken(run):
            taken.update(each.paragraph for each in run)
            yield run
    left = [each for each in members if each.paragraph not in taken]
    for run in _whole_runs(left, breaks, lambda each: (each.form, each.mark)):
        taken.update(each.paragraph for each in run)
        yield run
    if any(each.form is Form.DECIMAL and each.paragraph in taken for each in left):
        yield [each for each in left if each.form is Form.DECIMAL and each.number == 1 and each.paragraph not in taken]


def _is_unbroken(run: Sequence[Candidate]) -> bool:
    """Whether titles count up without a gap from where they begin."""
    return len(run) >= _FEWEST_MIXED and all(
        _is_title(each) and each.number == number for number, each in enumerate(run, run[0].number)
    )


def _whole_runs(
    members: Sequence[Candidate], breaks: Sequence[int], key: Callable[[Candidate], tuple[Form, str]]
) -> Iterator[list[Candidate]]:
    by_key: dict[tuple[Form, str], list[Candidate]] = defaultdict(list)
    for each in members:
        by_key[key(each)].append(each)
    for same in by_key.values():
        for run in _runs(same, breaks):
            if _is_series(run.members) and not _is_list(run.members):
                depth = sum(each.resumed for each in run.around)
                yield [each._replace(rank=each.rank + _NESTED * depth) for each in run.members]


def _runs(members: Iterable[Candidate], breaks: Sequence[int]) -> list[_Run]:
    """The members divided into runs that count up; one may stand within another that goes on after it.

    `breaks` are the paragraphs of headings that divide the text; a run that begins after one stands within none.
    """
    runs: list[_Run] = []
    opened: list[_Run] = []
    for each in members:
        run = _run_for(each, opened)
        if run is None:
            if opened and _is_between(breaks, opened[-1].members[-1].paragraph, each.paragraph):
                opened = opened[-1:]
                run = _Run([])
            else:
                run = _Run([], tuple(opened))
            runs.append(run)
            opened = [*opened, run][-_MOST_OPEN:]
        elif run is not opened[-1]:
            run.resumed = True
            del opened[opened.index(run) + 1 :]
        run.add(each)
    return runs


def _is_between(breaks: Sequence[int], first: int, last: int) -> bool:
    return bisect_left(breaks, first) < bisect_left(breaks, last)


def _run_for(each: Candidate, opened: Sequence[_Run]) -> _Run | None:
    """The run that a member goes on, the innermost first; None where it begins one."""
    for run in reversed(opened):
        if each.number == run.last + 1:
            return run
    if opened and (each.number > 1 or opened[-1].last == 1) and opened[-1].takes(each):
        return opened[-1]
    return None


def _is_series(run: Sequence[Candidate]) -> bool:
    if run[0].number <= 1:
        return len(run) > 1
    return len(run) >= _FEWEST_LATE and _is_unbroken(run)


def _is_list(run: Sequence[Candidate]) -> bool:
    """Whether members do not read like titles, or follow each other without text between, or number paragraphs."""
    if sum(each.fit for each in run) < _MIN_FIT * len(run):
        return True
    if run[0].form is Form.NUMBER_ALONE and median(_steps(run)) <= _STEP_OF_ITEMS:
        return True
    adjacent = sum(
        after.paragraph == before.paragraph + 1 and (before.whole or not before.fit) for before, after in pairwise(run)
    )
    return adjacent > _MAX_ADJACENT * (len(run) - 1)


def _steps(run: Sequence[Candidate]) -> list[int]:
    """How many paragraphs on each member stands after the one before it."""
    return [after.paragraph - before.paragraph for before, after in pairwise(run)]
