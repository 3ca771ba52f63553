"""Collation: the differences between two texts, in code points of their repaired texts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.corpus.model import Layer
from tuibrowser.hanzi.fold import code_points, fold, fold_table
from tuibrowser.study.collating.alignment import align
from tuibrowser.study.collating.articles import ArticleChange, article_changes, articles_of, is_renumbered, pairs_of
from tuibrowser.study.collating.moves import moves

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Document, DocumentText
    from tuibrowser.study.collating.alignment import Step
    from tuibrowser.study.collating.articles import Article

    Array = npt.NDArray[Any]


class DifferenceKind(StrEnum):
    """How two texts differ at a place. VARIANT: the same character in another script or form."""

    CHANGE = "change"
    ONLY_A = "only_a"
    ONLY_B = "only_b"
    MOVED = "moved"
    VARIANT = "variant"


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of each text, in code points of the repaired text; that of a text that has nothing there is empty."""

    kind: DifferenceKind
    a: tuple[int, int]
    b: tuple[int, int]
    a_text: str
    b_text: str
    a_line: int
    b_line: int
    a_place: int | None = None
    """Of what moved, the place in the first text at which the second has it."""

    def record(self) -> dict[str, object]:
        """The difference as its JSON object."""
        return {
            "kind": self.kind.value,
            "a": list(self.a),
            "b": list(self.b),
            "a_text": self.a_text,
            "b_text": self.b_text,
            "a_line": self.a_line,
            "b_line": self.b_line,
        }


@dataclass(frozen=True, slots=True)
class Side:
    """A text that is collated: its name, its texts, and its significant characters."""

    name: str
    text: DocumentText
    ids: Array
    """uint16: their fold ids."""
    at: Array
    """int64: where they stand in the repaired text."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points from one significant character up to another; an empty span stands behind the one before."""
        if start < end:
            return int(self.at[start]), int(self.at[end - 1]) + 1
        before = int(self.at[start - 1]) + 1 if start else 0
        return before, before

    def line(self, offset: int) -> int:
        """The line of the raw text, from 1, at an offset into the repaired text."""
        return self.text.line_of(self.text.alignment.to_source(offset))


@dataclass(frozen=True, slots=True)
class Collation:
    """Two texts and their differences in the order of the first; moved stretches stand where the first has them.

    Punctuation and blanks are no difference. `aligned` are the shares of the significant characters of each text that
    the other has. `variants_left_out` counts the places where the same character is written in another form that are
    not among the differences.
    """

    a: Side
    b: Side
    differences: tuple[Difference, ...]
    aligned: tuple[float, float]
    variants_left_out: int
    renumbered: int
    """Articles that have another number; the numbers of articles are not among the differences."""
    articles: tuple[ArticleChange, ...]
    elapsed_ms: float

    def record(self) -> dict[str, object]:
        """The collation as its JSON object."""
        return {
            "a": self.a.name,
            "b": self.b.name,
            "elapsed_ms": round(self.elapsed_ms, 3),
            "aligned": {"a": round(self.aligned[0], 4), "b": round(self.aligned[1], 4)},
            "differences": [each.record() for each in self.differences],
            "variants_left_out": self.variants_left_out,
            "renumbered": self.renumbered,
            "articles": [each.record() for each in self.articles],
        }


def collate(a: tuple[Document, DocumentText], b: tuple[Document, DocumentText], *, variants: bool = False) -> Collation:
    """Collate two documents; differences of script and form are told where `variants` are wanted."""
    began = perf_counter()
    one, other = _side(*a), _side(*b)
    articles = articles_of(*a, one.ids, one.at), articles_of(*b, other.ids, other.at)
    pairs = pairs_of(*articles)
    if pairs:
        one, other = _without_names(one, articles[0]), _without_names(other, articles[1])
    steps = align(one.ids, other.ids)
    moved = moves(one.ids, other.ids, steps)
    differences = list(_differences(one, other, steps, moved))
    differences += [each for some in moved for each in _differences(one, other, some, [])]
    differences += [_moved(one, other, steps, moved, number) for number in range(len(moved))]
    equal = [step for each in (steps, *moved) for step in each if step.equal]
    forms = list(_variants(one, other, equal))
    found = sorted([*differences, *(forms if variants else ())], key=lambda each: (each.a, each.b))
    matched = sum(step.end - step.start for step in equal)
    return Collation(
        one,
        other,
        tuple(found),
        (matched / max(1, len(one.ids)), matched / max(1, len(other.ids))),
        0 if variants else len(forms),
        sum(is_renumbered(articles[0][left], articles[1][right]) for left, right in pairs.items()),
        article_changes(*articles, pairs),
        (perf_counter() - began) * 1000,
    )


def _side(document: Document, text: DocumentText) -> Side:
    """The significant characters of a document that are no furniture and no apparatus."""
    ids = fold(text.repaired)
    kept = ids >= fold_table().gap_end
    for span in text.layers:
        if span.layer in (Layer.FURNITURE, Layer.APPARATUS):
            start, end = text.alignment.target_span(span.start, span.end)
            kept[start:end] = False
    at = np.flatnonzero(kept)
    return Side(document.name, text, ids.take(at), at)


def _without_names(side: Side, articles: Sequence[Article]) -> Side:
    """A text without the names of its articles, whose new numbers would lead an alignment astray."""
    kept = np.ones(len(side.ids), bool)
    for article in articles:
        kept[slice(*article.label)] = False
    return replace(side, ids=side.ids.compress(kept), at=side.at.compress(kept))


def _differences(
    one: Side, other: Side, steps: Sequence[Step], moved: Sequence[Sequence[Step]]
) -> Iterator[Difference]:
    """The differences in some steps; of what moved nothing is told here."""
    gone = [(each[0].start, each[-1].end) for each in moved]
    come = [(each[0].other_start, each[-1].other_end) for each in moved]
    for step in steps:
        if step.equal:
            continue
        left, right = _without(step.start, step.end, gone), _without(step.other_start, step.other_end, come)
        if len(left) == len(right) == 1:
            yield _difference(one, other, left[0], right[0])
            continue
        for span in left:
            yield _difference(one, other, span, (step.other_start, step.other_start))
        for span in right:
            yield _difference(one, other, (step.end, step.end), span)


def _without(start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a stretch beside some others."""
    spans = []
    for first, last in sorted(taken):
        if first < end and last > start:
            if first > start:
                spans.append((start, first))
            start = last
    return [*spans, (start, end)] if start < end else spans


def _difference(one: Side, other: Side, left: tuple[int, int], right: tuple[int, int]) -> Difference:
    kind = DifferenceKind.CHANGE
    if left[0] == left[1]:
        kind = DifferenceKind.ONLY_B
    elif right[0] == right[1]:
        kind = DifferenceKind.ONLY_A
    return _told(kind, one, other, one.span(*left), other.span(*right))


def _moved(one: Side, other: Side, steps: Sequence[Step], moved: Sequence[Sequence[Step]], number: int) -> Difference:
    """One of the stretches that moved; its place in the first text is behind what the second has before it."""
    came = [(each[0].other_start, each[-1].other_end) for each in moved]
    start, end = came[number]
    there = next(step for step in steps if step.other_start <= start < step.other_end)
    at = there.end if _without(there.other_start, start, came) else there.start
    left = one.span(moved[number][0].start, moved[number][-1].end)
    told = _told(DifferenceKind.MOVED, one, other, left, other.span(start, end))
    return replace(told, a_place=one.span(at, at)[0])


def _variants(one: Side, other: Side, equal: Sequence[Step]) -> Iterator[Difference]:
    """The stretches of characters in a row that are written in another form."""
    points, other_points = code_points(one.text.repaired), code_points(other.text.repaired)
    for step in equal:
        left, right = one.at[step.start : step.end], other.at[step.other_start : step.other_end]
        unlike = np.flatnonzero(points.take(left) != other_points.take(right))
        for run in np.split(unlike, np.flatnonzero(np.diff(unlike) > 1) + 1) if len(unlike) else ():
            first, last = int(run[0]), int(run[-1]) + 1
            spans = (
                one.span(step.start + first, step.start + last),
                other.span(step.other_start + first, step.other_start + last),
            )
            yield _told(DifferenceKind.VARIANT, one, other, *spans)


def _told(kind: DifferenceKind, one: Side, other: Side, a: tuple[int, int], b: tuple[int, int]) -> Difference:
    return Difference(
        kind, a, b, one.text.repaired[slice(*a)], other.text.repaired[slice(*b)], one.line(a[0]), other.line(b[0])
    )
