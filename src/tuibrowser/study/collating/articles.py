"""Articles: which articles of a law another version of it adds, deletes, changes or moves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import Indel

from tuibrowser.corpus.model import HeadingKind
from tuibrowser.hanzi.fold import fold
from tuibrowser.search.parallels.passage import as_text
from tuibrowser.study.collating.alignment import longest_rising

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.model import Document
    from tuibrowser.study.collating.collation import Side

_FEWEST: Final = 2
"""Articles of a text that is made of articles."""
_ALIKE: Final = 0.5
"""How much two articles have in common, of both together, if they are versions of each other."""
_MOST_COMPARED: Final = 200_000
"""Pairs of articles without an equal that are compared; beyond it they are paired by their names alone."""


class ArticleKind(StrEnum):
    """What became of an article."""

    ADDED = "added"
    DELETED = "deleted"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article that the other text has not, or has otherwise; its name and its line in each text, None where none."""

    kind: ArticleKind
    a: str | None
    b: str | None
    a_line: int | None
    b_line: int | None

    def record(self) -> dict[str, object]:
        """The change as its JSON object."""
        return {"kind": self.kind.value, "a": self.a, "b": self.b, "a_line": self.a_line, "b_line": self.b_line}


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its name, its line, the significant characters of its name, and what it says, folded."""

    name: str
    line: int
    label: tuple[int, int]
    body: str


def articles_of(document: Document, side: Side) -> list[Article]:
    """The articles in what is collated of a document; each goes up to the next heading of any kind."""
    text, (low, high) = side.text, side.extent
    starts = [text.alignment.to_target(heading.start) for heading in document.headings]
    ends = [text.alignment.to_target(heading.end) for heading in document.headings]
    bounds = np.searchsorted(side.at, [*starts, high]).tolist()
    bodies = np.searchsorted(side.at, ends).tolist() if ends else []
    return [
        Article(
            heading.title,
            text.line_of(heading.start),
            (bounds[number], bodies[number]),
            as_text(side.ids[bodies[number] : bounds[number + 1]]),
        )
        for number, heading in enumerate(document.headings)
        if heading.kind is HeadingKind.ARTICLE and low <= starts[number] < high
    ]


def pairs_of(left: Sequence[Article], right: Sequence[Article]) -> dict[int, int]:
    """The articles of two texts that are versions of each other: those that say the same, then those most alike.

    What is left is paired by name: it was written anew. None where a text is not made of articles.
    """
    if min(len(left), len(right)) < _FEWEST:
        return {}
    pairs = dict(_equal(left, right))
    rest = [number for number in range(len(left)) if number not in pairs]
    others = sorted(set(range(len(right))) - set(pairs.values()))
    alike = []
    if len(rest) * len(others) <= _MOST_COMPARED:
        for one, other in product(rest, others):
            share = Indel.normalized_similarity(left[one].body, right[other].body, score_cutoff=_ALIKE)
            if share >= _ALIKE:
                alike.append((-share, abs(one - other), one, other))
    taken = set(pairs.values())
    for *_, one, other in sorted(alike):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    named = {_name(right[other]): other for other in others if other not in taken}
    for one in rest:
        if one not in pairs and (same := named.pop(_name(left[one]), None)) is not None:
            pairs[one] = same
    return pairs


def _equal(left: Sequence[Article], right: Sequence[Article]) -> Iterator[tuple[int, int]]:
    """Articles that say the same, in the order of both where several do."""
    there: dict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(right):
        there[article.body].append(number)
    for number, article in enumerate(left):
        if waiting := there[article.body]:
            yield number, waiting.pop(0)


def _name(article: Article) -> bytes:
    return fold(article.name).tobytes()


def is_renumbered(one: Article, other: Article) -> bool:
    """Whether two versions of an article have different names, script and form aside."""
    return _name(one) != _name(other)


def article_changes(
    left: Sequence[Article], right: Sequence[Article], pairs: dict[int, int]
) -> tuple[ArticleChange, ...]:
    """The changes of articles in the order of the second text, deleted ones behind the one that stood before them."""
    if min(len(left), len(right)) < _FEWEST:
        return ()
    return tuple(_changes(left, right, pairs))


def _changes(left: Sequence[Article], right: Sequence[Article], pairs: dict[int, int]) -> Iterator[ArticleChange]:
    back = {other: one for one, other in pairs.items()}
    order = sorted(pairs)
    in_order = {order[at] for at in longest_rising([pairs[one] for one in order])}
    following: dict[int, list[int]] = defaultdict(list)
    last = -1
    for number in range(len(left)):
        last = pairs.get(number, last)
        if number not in pairs:
            following[last].append(number)
    for number in (-1, *range(len(right))):
        if number >= 0:
            yield from _change(left, right[number], back.get(number), in_order)
        for gone in following[number]:
            yield ArticleChange(ArticleKind.DELETED, left[gone].name, None, left[gone].line, None)


def _change(left: Sequence[Article], here: Article, one: int | None, in_order: set[int]) -> Iterator[ArticleChange]:
    """What became of an article of the second text: nothing, where it stands in its place unchanged."""
    if one is None:
        yield ArticleChange(ArticleKind.ADDED, None, here.name, None, here.line)
        return
    there = left[one]
    names = (there.name, here.name, there.line, here.line)
    if one not in in_order:
        yield ArticleChange(ArticleKind.MOVED, *names)
    if there.body != here.body:
        yield ArticleChange(ArticleKind.CHANGED, *names)
