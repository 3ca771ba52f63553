"""The outline: which paragraphs of a text are headings, or begin with one, and how deep they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.candidates import candidates
from tuibrowser.corpus.forms import SERIES, Candidate, Form
from tuibrowser.corpus.model import Heading, HeadingKind
from tuibrowser.corpus.series import headings_among
from tuibrowser.corpus.unnumbered import unnumbered
from tuibrowser.hanzi.alike import ideographs, usual

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from tuibrowser.corpus.assemble import Assembled

_CONTENTS: Final = re.compile(r"[目][ \u3000]{0,6}[录錄次]|[Cc]ontents|CONTENTS")
_PAGE: Final = re.compile(r"[\s.．…·。—_-]*[（(]?\d{0,4}[)）]?$")
_MIN_ARTICLES: Final = 3
_INDENTED: Final = 0.95
"""Share of the text of a law that is indented where its headings stand at the margin."""
_SHORTEST_CONTENTS: Final = 3
"""Entries of a table of contents."""
_RECURRING: Final = 0.6
"""Share of a table's entries that stand again further down."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a text, in order, and the numbers of the paragraphs that are one as a whole."""

    headings: tuple[Heading, ...]
    paragraphs: frozenset[int]


def outline(
    raw: str,
    made: Assembled,
    marked: Mapping[int, int],
    skipped: Container[int],
    marked_up: bool,
) -> Outline:
    """The outline of an assembled text.

    `marked` gives the levels of the paragraphs that are headings by markup, by number; `skipped` are paragraphs
    that are no headings whatever they look like, such as the title. Where `marked_up` says so, sections come from
    the markup alone, and only articles are looked for.
    """
    text, paragraphs = usual(made.repaired), made.paragraphs
    found = [
        candidate
        for candidate in candidates(text, paragraphs)
        if candidate.paragraph not in skipped and candidate.paragraph not in marked
    ]
    if marked_up:
        chosen = [each for each in headings_among(found) if each.form is Form.ARTICLE]
    else:
        chosen = headings_among(_at_the_margin(raw, _without_contents(text, found), made))
        if not chosen:
            chosen = unnumbered(text, paragraphs, skipped)
    chosen += [
        Candidate(number, Form.MARKUP, level, each.start, each.end, each.end - each.start)
        for number, level in marked.items()
        for each in (paragraphs[number],)
        if number not in skipped
    ]
    chosen.sort(key=lambda candidate: candidate.paragraph)
    levels = _levels(chosen)
    headings = tuple(_heading(made, candidate, level) for candidate, level in zip(chosen, levels, strict=True))
    return Outline(headings, frozenset(each.paragraph for each in chosen if each.whole))


def _heading(made: Assembled, candidate: Candidate, level: int) -> Heading:
    paragraph = made.paragraphs[candidate.paragraph]
    if candidate.start == paragraph.start and candidate.end == paragraph.end:
        start, end = paragraph.raw_start, paragraph.raw_end
    else:
        start, end = made.alignment.source_span(candidate.start, candidate.end)
    title = ideographs(made.repaired[candidate.start : candidate.end])
    kind = HeadingKind.ARTICLE if candidate.form is Form.ARTICLE else HeadingKind.SECTION
    return Heading(level, start, end, _one_line(title), kind)


def _one_line(title: str) -> str:
    """A title with each stretch of white space as one space; the ideographic space divides, too."""
    return " ".join(title.split())


def _levels(chosen: Sequence[Candidate]) -> list[int]:
    """The depth of each heading: one more than the nearest one before it of a higher rank.

    A form without a rank of its own (第一， 甲、) takes that of 一、 where it opens the outline, and stands below
    the heading it first follows otherwise.
    """
    levels: list[int] = []
    open_ranks: list[float] = []
    ranks: dict[tuple[Form, float], float] = {}
    for candidate in chosen:
        key = (candidate.form, candidate.rank if candidate.form is Form.MARKUP else 0)
        rank: float
        if candidate.form is Form.MARKUP or candidate.rank:
            rank = candidate.rank
        else:
            if key not in ranks:
                ranks[key] = open_ranks[-1] + 0.5 if open_ranks else Form.CHINESE.rank
            rank = ranks[key]
        while open_ranks and open_ranks[-1] >= rank:
            open_ranks.pop()
        open_ranks.append(rank)
        levels.append(len(open_ranks))
    return levels


def _at_the_margin(raw: str, found: list[Candidate], made: Assembled) -> list[Candidate]:
    """Leave out what is indented, where a law sets its articles at the margin and all of their text indented."""
    articles = [each for each in found if each.form is Form.ARTICLE and each.whole]
    if len(articles) < _MIN_ARTICLES or any(_is_indented(raw, made, each.paragraph) for each in articles):
        return found
    headed = {each.paragraph for each in found}
    text = [number for number in range(articles[0].paragraph, len(made.paragraphs)) if number not in headed]
    indented = sum(_is_indented(raw, made, number) for number in text)
    if indented < _INDENTED * len(text):
        return found
    return [
        each
        for each in found
        if not ((each.form in SERIES or each.form is Form.FIXED) and _is_indented(raw, made, each.paragraph))
    ]


def _is_indented(raw: str, made: Assembled, number: int) -> bool:
    start = made.paragraphs[number].raw_start
    return raw[start].isspace() or (start > 0 and raw[start - 1] in " \t\u3000")


def _without_contents(text: str, found: list[Candidate]) -> list[Candidate]:
    """Leave out tables of contents: three or more headings on end, most of which stand again further down."""
    bare = [_PAGE.sub("", re.sub(r"\s+", "", text[each.start : each.end])) for each in found]
    last = {title: index for index, title in enumerate(bare)}
    dropped: set[int] = set()
    run: list[int] = []

    def close() -> None:
        recurring = [index for index in run if last[bare[index]] > run[-1]]
        if len(run) >= _SHORTEST_CONTENTS and len(recurring) >= _RECURRING * len(run):
            dropped.update(recurring)
            dropped.update(index for index in (run[0] - 1, *run) if index >= 0 and _CONTENTS.match(bare[index]))

    for index, candidate in enumerate(found):
        if not candidate.whole:
            continue
        if run and (candidate.paragraph != found[run[-1]].paragraph + 1 or bare[index] in {bare[each] for each in run}):
            close()
            run = []
        run.append(index)
    if run:
        close()
    return [candidate for index, candidate in enumerate(found) if index not in dropped]
