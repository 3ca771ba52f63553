"""Articles: which articles of a law another version of it adds, deletes, changes or moves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.model import HeadingKind
from tuibrowser.hanzi.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Document, DocumentText
    from tuibrowser.study.collating.alignment import Step

    Array = npt.NDArray[Any]
    Placed = tuple[Document, DocumentText, Array]
    """A document, its texts, and where its significant characters stand in the repaired text."""

_FEWEST: Final = 2
"""Articles of a text that is made of articles."""
_SHARE: Final = 0.5
"""The share of the shorter of two articles that they have alike if they are versions of each other."""


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
class _Article:
    name: str
    line: int
    start: int
    end: int
    """Significant characters from one number up to another, the name of the article included."""
    body: int
    """The first behind the name."""


def article_changes(
    one: Placed, other: Placed, steps: Sequence[Step], moved: Sequence[Sequence[Step]]
) -> tuple[ArticleChange, ...]:
    """The changes of articles in the order of the second text, deleted ones behind the one that stood before them."""
    left, right = _articles(*one), _articles(*other)
    if min(len(left), len(right)) < _FEWEST:
        return ()
    owners, other_owners = _owners(left, len(one[2])), _owners(right, len(other[2]))
    shared: Counter[tuple[int, int]] = Counter()
    in_place: Counter[tuple[int, int]] = Counter()
    for group, is_moved in ((steps, False), *((each, True) for each in moved)):
        for step in group:
            if step.equal:
                pairs = zip(
                    owners[step.start : step.end].tolist(),
                    other_owners[step.other_start : step.other_end].tolist(),
                    strict=True,
                )
                counted = Counter(pair for pair in pairs if min(pair) >= 0)
                shared += counted
                in_place += Counter() if is_moved else counted
    partners = dict(_partners(left, right, shared))
    return tuple(_changes(left, right, partners, shared, in_place))


def _articles(document: Document, text: DocumentText, at: Array) -> list[_Article]:
    """The articles of a document; each goes up to the next heading of any kind."""
    starts = [text.alignment.to_target(heading.start) for heading in document.headings]
    ends = [text.alignment.to_target(heading.end) for heading in document.headings]
    bounds = np.searchsorted(at, [*starts, len(text.repaired)]).tolist()
    bodies = np.searchsorted(at, ends).tolist() if ends else []
    return [
        _Article(heading.title, text.line_of(heading.start), bounds[number], bounds[number + 1], bodies[number])
        for number, heading in enumerate(document.headings)
        if heading.kind is HeadingKind.ARTICLE
    ]


def _owners(articles: Sequence[_Article], length: int) -> Array:
    """int64: the article in whose body each significant character stands; -1 where in none."""
    owners = np.full(length, -1, np.int64)
    for number, article in enumerate(articles):
        owners[article.body : article.end] = number
    return owners


def _partners(
    left: Sequence[_Article], right: Sequence[_Article], shared: Counter[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Pairs of articles that are versions of each other: those that share most, then those of the same name."""
    taken: set[tuple[str, int]] = set()
    for (one, other), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        shorter = min(_length(left[one]), _length(right[other]))
        if count >= _SHARE * shorter and taken.isdisjoint((("a", one), ("b", other))):
            taken |= {("a", one), ("b", other)}
            yield one, other
    # An article that was written anew under the same name is a changed one.
    rest = {fold(article.name).tobytes(): at for at, article in enumerate(right) if ("b", at) not in taken}
    for at, article in enumerate(left):
        if ("a", at) not in taken and (same := rest.pop(fold(article.name).tobytes(), None)) is not None:
            yield at, same


def _length(article: _Article) -> int:
    return article.end - article.body


def _changes(
    left: Sequence[_Article],
    right: Sequence[_Article],
    partners: dict[int, int],
    shared: Counter[tuple[int, int]],
    in_place: Counter[tuple[int, int]],
) -> Iterator[ArticleChange]:
    back = {other: one for one, other in partners.items()}
    following: dict[int, list[int]] = {}
    last = -1
    for number in range(len(left)):
        if number in partners:
            last = partners[number]
        else:
            following.setdefault(last, []).append(number)
    for number in (-1, *range(len(right))):
        if number >= 0:
            yield from _change(left, right, back.get(number), number, shared, in_place)
        for gone in following.get(number, ()):
            yield ArticleChange(ArticleKind.DELETED, left[gone].name, None, left[gone].line, None)


def _change(
    left: Sequence[_Article],
    right: Sequence[_Article],
    one: int | None,
    other: int,
    shared: Counter[tuple[int, int]],
    in_place: Counter[tuple[int, int]],
) -> Iterator[ArticleChange]:
    """What became of an article of the second text: nothing, where it stands in its place unchanged."""
    here = right[other]
    if one is None:
        yield ArticleChange(ArticleKind.ADDED, None, here.name, None, here.line)
        return
    there, count = left[one], shared[one, other]
    names = (there.name, here.name, there.line, here.line)
    if count and count > 2 * in_place[one, other]:
        yield ArticleChange(ArticleKind.MOVED, *names)
    if not count == _length(there) == _length(here):
        yield ArticleChange(ArticleKind.CHANGED, *names)
