"""Series: which candidates are headings, by how they follow each other; lists are numbered like headings."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.forms import SERIES, Candidate, Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MIN_ARTICLES: Final = 3
"""Articles that make a text a law, in which （一） numbers the items of an article."""
_LONGEST_IN_LAW: Final = 20
"""Code points of a bare title 一、適用範圍 in a law."""
_MIN_FIT: Final = 0.6
"""Share of a series' members that read like titles."""
_MOST_FIXED: Final = 6
"""Headings such as 序 and 附錄; where more stand than numbered ones they name something else, as 尾聲 in plays."""
_MAX_ADJACENT: Final = 0.5
"""Share of a series' members that follow each other without text between; more make a list."""


def headings_among(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that are headings, in order."""
    articles = _articles(found)
    law = len(articles) >= _MIN_ARTICLES
    first_article = articles[0].paragraph if law else 0
    kept = articles + [each for each in found if each.form is not Form.ARTICLE and each.form not in SERIES]
    units = sum(each.form not in (Form.ARTICLE, Form.FIXED) for each in kept)
    if sum(each.form is Form.FIXED for each in kept) > max(_MOST_FIXED, units):
        kept = [each for each in kept if each.form is not Form.FIXED]
    members = [
        each
        for each in found
        if each.form in SERIES and (not law or each.paragraph < first_article or _bare_title(each))
    ]
    for series in _series(members):
        kept += [each for each in series if each.fit and (each.whole or not law)]
    return sorted(kept, key=lambda candidate: candidate.paragraph)


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


def _series(members: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Series that begin at 1, have two members or more, and are no lists."""
    runs: dict[tuple[Form, str], list[Candidate]] = defaultdict(list)
    done: list[list[Candidate]] = []
    for each in members:
        key = (each.form, each.mark)
        run = runs[key]
        if run and run[-1].number < each.number <= run[-1].number + 2:
            run.append(each)
            continue
        done.append(run)
        runs[key] = [each] if each.number == 1 else []
    done += runs.values()
    return (run for run in done if len(run) > 1 and not _is_list(run))


def _is_list(run: Sequence[Candidate]) -> bool:
    """Whether members do not read like titles, or follow each other without text between."""
    if sum(each.fit for each in run) < _MIN_FIT * len(run):
        return True
    adjacent = sum(
        after.paragraph == before.paragraph + 1 and (before.whole or not before.fit) for before, after in pairwise(run)
    )
    return adjacent > _MAX_ADJACENT * (len(run) - 1)
