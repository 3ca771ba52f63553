"""Series: which candidates are headings, by how they follow each other; lists are numbered like headings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.candidates import SERIES, Candidate, Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MIN_ARTICLES: Final = 3
"""Articles that make a text a law, in which （一） numbers the items of an article."""
_LONGEST_IN_LAW: Final = 20
"""Code points of a bare title 一、適用範圍 in a law."""
_MAX_ADJACENT: Final = 0.5
"""Share of a series' members that follow each other without text between; more make a list."""
_FORMS_WITHOUT_PARENT: Final = frozenset((Form.CHAPTER, Form.PART, Form.VOLUME))


def headings_among(found: Sequence[Candidate], paragraphs: int) -> list[Candidate]:
    """The candidates that are headings, in order. `paragraphs` is how many the text has."""
    articles = _articles(found)
    law = len(articles) >= _MIN_ARTICLES
    first_article = min((each.paragraph for each in articles), default=0)
    kept = list(articles) if law or len(articles) == 1 else []
    kept += [each for each in found if each.form is not Form.ARTICLE and each.form not in SERIES]
    members = [
        each
        for each in found
        if each.form in SERIES and (not law or each.paragraph < first_article or _bare_title(each))
    ]
    for series in _series(members, kept):
        kept += [each for each in series if each.whole or not law]
    return sorted(kept, key=lambda candidate: candidate.paragraph)


def _bare_title(candidate: Candidate) -> bool:
    return candidate.form is Form.CHINESE and candidate.whole and candidate.weight <= _LONGEST_IN_LAW


def _articles(found: Sequence[Candidate]) -> list[Candidate]:
    """Articles; those without a space after 條 only where they go on counting."""
    articles: list[Candidate] = []
    last = 0
    for each in found:
        if each.form is not Form.ARTICLE:
            continue
        if each.mark == 0 or last <= each.number <= last + 1:
            articles.append(each)
            last = each.number
    return articles


def _series(members: Sequence[Candidate], kept: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """Series that begin at 1, have two members or more, and are no lists."""
    runs: dict[tuple[Form, int], list[Candidate]] = defaultdict(list)
    done: list[list[Candidate]] = []
    for each in members:
        key = (each.form, each.mark)
        run = runs[key]
        if run and run[-1].number < each.number <= run[-1].number + 2:
            run.append(each)
            continue
        if run:
            done.append(run)
        runs[key] = [each] if each.number == 1 else []
    done += [run for run in runs.values() if run]
    yield from (run for run in done if len(run) > 1 and not _is_list(run))


def _is_list(run: Sequence[Candidate]) -> bool:
    """Whether most members follow each other directly, or are sentences rather than titles."""
    whole = [each for each in run if each.whole]
    adjacent = sum(
        after.paragraph == before.paragraph + 1 for before, after in zip(run, run[1:], strict=False) if before.whole
    )
    return bool(whole) and adjacent > _MAX_ADJACENT * (len(run) - 1)
