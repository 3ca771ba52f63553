"""The outline: which paragraphs of a text are headings, or begin with one, and how deep they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import Heading, HeadingKind
from tuibrowser.corpus.outlines.candidates import HEADLESS, candidates
from tuibrowser.corpus.outlines.contents import without_contents
from tuibrowser.corpus.outlines.decoration import undecorated
from tuibrowser.corpus.outlines.forms import SERIES, Candidate, Form
from tuibrowser.corpus.outlines.gaps import filling
from tuibrowser.corpus.outlines.series import headings_among
from tuibrowser.corpus.outlines.unnumbered import beside_numbered, unnumbered
from tuibrowser.corpus.paragraphs.spacing import Spacing
from tuibrowser.hanzi.alike import ideographs, is_common, zeros

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from tuibrowser.corpus.paragraphs.assemble import Assembled

_MIN_ARTICLES: Final = 3
_INDENTED: Final = 0.95
"""Share of the text of a law that is indented where its headings stand at the margin."""
_MANY_MORE: Final = 5
"""Headings without a number to each numbered one that make a series one of items."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a text, in order, and the numbers of the paragraphs that are one as a whole."""

    headings: tuple[Heading, ...]
    paragraphs: frozenset[int]


_NOTHING: Final = Outline((), frozenset())


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
    the markup and from what fills the gaps in its series, and only articles are looked for.
    """
    if not marked and not _may_have_headings(made, skipped):
        return _NOTHING
    shown, paragraphs = made.repaired if is_common(raw) else ideographs(made.repaired), made.paragraphs
    text = zeros(shown)
    if marked_up:
        marked = {**marked, **filling(text, paragraphs, marked)}
    spacing = Spacing(raw, paragraphs)
    found = [
        candidate
        for candidate in candidates(text, paragraphs, spacing)
        if candidate.paragraph not in skipped and candidate.paragraph not in marked
    ]
    if not found:
        chosen = [] if marked_up else _with_unnumbered(text, made, skipped, spacing, [])
    elif marked_up:
        chosen = [each for each in headings_among(found) if each.form is Form.ARTICLE]
    else:
        chosen = headings_among(_at_the_margin(raw, without_contents(text, found, paragraphs), made))
        chosen = _with_named(_with_unnumbered(text, made, skipped, spacing, chosen))
    chosen += [
        Candidate(number, Form.MARKUP, level, each.start, each.end, each.end - each.start)
        for number, level in marked.items()
        for each in (paragraphs[number],)
        if number not in skipped
    ]
    chosen.sort(key=lambda candidate: candidate.paragraph)
    levels = _levels(chosen)
    headings = tuple(_heading(made, shown, candidate, level) for candidate, level in zip(chosen, levels, strict=True))
    return Outline(headings, frozenset(each.paragraph for each in chosen if each.whole))


def _may_have_headings(made: Assembled, skipped: Container[int]) -> bool:
    """Whether a paragraph is of a kind that may be a heading, and not skipped."""
    for number, paragraph in enumerate(made.paragraphs):
        if paragraph.kind not in HEADLESS and number not in skipped:
            return True
    return False


def _with_unnumbered(
    text: str, made: Assembled, skipped: Container[int], spacing: Spacing, chosen: list[Candidate]
) -> list[Candidate]:
    """The headings with those that have no number.

    Where a book numbers its headings there are none. A series may also be one of items below headings that have none,
    where these are many more.
    """
    if any(each.form not in SERIES and each.form is not Form.FIXED for each in chosen):
        return chosen
    known = {each.paragraph for each in chosen}
    numbered = sum(each.form in SERIES for each in chosen)
    others = [each for each in unnumbered(text, made.paragraphs, skipped, spacing) if each.paragraph not in known]
    if len(others) < _MANY_MORE * numbered:
        others = beside_numbered(text, made.paragraphs, skipped, spacing, chosen)
    return [*chosen, *others]


def _heading(made: Assembled, shown: str, candidate: Candidate, level: int) -> Heading:
    paragraph = made.paragraphs[candidate.paragraph]
    if candidate.start == paragraph.start and candidate.end == paragraph.end:
        start, end = paragraph.raw_start, paragraph.raw_end
    else:
        start, end = made.alignment.source_span(candidate.start, candidate.end)
    title = shown[candidate.start : candidate.end]
    kind = HeadingKind.ARTICLE if candidate.form is Form.ARTICLE else HeadingKind.SECTION
    return Heading(level, start, end, _one_line(undecorated(title)), kind)


def _one_line(title: str) -> str:
    """A title with each stretch of white space as one space; the ideographic space divides, too."""
    return " ".join(title.split())


def _with_named(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The headings with those like 前言 ranked beside chapters, or beside the highest ones of a text without them."""
    others = [each for each in chosen if each.form is not Form.FIXED]
    if any(each.form is Form.CHAPTER for each in others):
        return list(chosen)
    rank = min((each.rank for each in others if each.rank and each.form is not Form.ARTICLE), default=Form.FIXED.rank)
    return [each._replace(rank=rank) if each.form is Form.FIXED else each for each in chosen]


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
