"""Collation: the differences between two texts, in code points of their repaired texts."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter, itemgetter
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.loading.layers import aside_spans
from tuibrowser.hanzi.fold import LOST, code_points, fold, fold_table
from tuibrowser.study.collating.alignment import align, slid
from tuibrowser.study.collating.articles import ArticleChange, article_changes, articles_of, is_renumbered, pairs_of
from tuibrowser.study.collating.moves import moves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Document, DocumentText
    from tuibrowser.study.collating.alignment import Step
    from tuibrowser.study.collating.articles import Article

    Array = npt.NDArray[Any]
    _Found = tuple["DifferenceKind", int, int, int, int, int]
    """A difference in significant characters: its start and end in both texts, and the place in the first where the
    second has it; only of what moved is that another one."""


class DifferenceKind(StrEnum):
    """How two texts differ at a place.

    LOST: one text has □, the mark of a lost character, for one of the other. VARIANT: the same character in another
    script or form.
    """

    CHANGE = "change"
    ONLY_A = "only_a"
    ONLY_B = "only_b"
    MOVED = "moved"
    LOST = "lost"
    VARIANT = "variant"


_CHANGE, _ONLY_A, _ONLY_B, _MOVED, _LOST, _VARIANT = DifferenceKind
_END: Final = itemgetter(1)
_OTHER_START: Final = attrgetter("other_start")


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of each text, in code points of the repaired text; that of a text that has nothing there is empty.

    `a_text` and `b_text` leave out what is not compared.
    """

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
class Witness:
    """A document that is collated, or the stretch of it from one code point of its raw text to another."""

    document: Document
    text: DocumentText
    span: tuple[int, int] | None = None

    @property
    def extent(self) -> tuple[int, int]:
        """The stretch of the repaired text that is collated."""
        return (0, len(self.text.repaired)) if self.span is None else self.text.alignment.target_span(*self.span)


@dataclass(frozen=True, slots=True)
class Side:
    """A text that is collated: its name, its texts, and the significant characters of the stretch collated."""

    name: str
    text: DocumentText
    extent: tuple[int, int]
    """The stretch of the repaired text."""
    ids: Array
    """uint16: their fold ids."""
    at: Array
    """int64: where they stand in the repaired text."""
    aside: tuple[tuple[int, int], ...]
    """The stretches of furniture and apparatus that are not compared, in the repaired text, ascending."""
    passed: int
    """The significant characters in these."""

    def read(self, start: int, end: int) -> str:
        """The repaired text from one code point to another, without what is not compared."""
        parts, at = [], start
        for low, high in self.aside[bisect_right(self.aside, start, key=_END) :]:
            if low >= end:
                break
            parts.append(self.text.repaired[at : max(at, low)])
            at = min(high, end)
        return "".join((*parts, self.text.repaired[at:end]))

    def spans(self, starts: Array, ends: Array) -> tuple[Array, Array]:
        """The code points from some significant characters up to others; an empty span stands behind the one before."""
        begins = np.append(self.at, self.extent[1])
        behind = np.concatenate((np.array(self.extent[:1]), self.at + 1))
        return np.where(starts < ends, begins.take(starts), behind.take(starts)), behind.take(ends)

    def line_starts(self) -> frozenset[int]:
        """The significant characters with which lines of the repaired text begin."""
        ends = np.flatnonzero(code_points(self.text.repaired) == ord("\n"))
        return frozenset((0, *np.searchsorted(self.at, ends).tolist()))

    def lines(self, offsets: Array) -> Array:
        """The lines of the raw text, from 1, at some offsets into the repaired text."""
        edits = np.array(self.text.alignment.edits, np.int64).reshape(-1, 3)
        starts, ends, lengths = edits.T
        low = starts + np.cumsum(lengths - ends + starts) - (lengths - ends + starts)
        at = np.searchsorted(low, offsets, "right") - 1
        if not len(edits):
            sources = offsets
        else:
            within = np.minimum(offsets - low[at], np.maximum(ends - starts - 1, 0)[at])
            beyond = offsets - (low + lengths)[at] + ends[at]
            sources = np.where(at < 0, offsets, np.where(offsets < (low + lengths)[at], starts[at] + within, beyond))
        return np.searchsorted(np.array(self.text.line_starts), sources, "right")


@dataclass(frozen=True, slots=True)
class Collation:
    """Two texts and their differences in the order of the first; moved stretches stand where the first has them.

    Punctuation and blanks are no difference. `aligned` are the shares of the significant characters of each text that
    the other has; those that are lost in either count neither way. `variants_left_out` counts the places where the same
    character is written in another form that are not among the differences.
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
            "not_compared": {"a": self.a.passed, "b": self.b.passed},
            "articles": [each.record() for each in self.articles],
        }


def collate(
    a: Witness, b: Witness, *, variants: bool = False, progress: Callable[[int, int], object] = lambda _done, _all: None
) -> Collation:
    """Collate two texts; differences of script and form are told where `variants` are wanted.

    `progress` is called now and then with the characters of the first that are done, and all of them. What it raises
    ends the collation.
    """
    began = perf_counter()
    one, other = _side(a), _side(b)
    articles = articles_of(a.document, one), articles_of(b.document, other)
    pairs = pairs_of(*articles)
    if pairs:
        one, other = _without_names(one, articles[0]), _without_names(other, articles[1])
    steps = align(one.ids, other.ids, progress)
    steps = slid(steps, one.ids, other.ids, one.line_starts(), other.line_starts())
    moved = moves(one.ids, other.ids, steps)
    found = [each for some in (steps, *moved) for each in _differences(some, moved if some is steps else [])]
    is_lost = [side.ids == fold(LOST)[0] for side in (one, other)]
    found = [each for some in found for each in _parted(some, *is_lost)]
    lost = sum(end - start for kind, start, end, *_ in found if kind is _LOST)
    found += _moves(steps, moved)
    equal = [step for each in (steps, *moved) for step in each if step.equal]
    forms = _variants(one, other, equal)
    if variants:
        found += ((_VARIANT, *row, row[0]) for row in forms.tolist())
    matched = sum(step.end - step.start for step in equal)
    return Collation(
        one,
        other,
        tuple(_told(one, other, found)),
        (matched / max(1, len(one.ids) - lost), matched / max(1, len(other.ids) - lost)),
        0 if variants else len(forms),
        sum(is_renumbered(articles[0][left], articles[1][right]) for left, right in pairs.items()),
        article_changes(*articles, pairs),
        (perf_counter() - began) * 1000,
    )


def _side(witness: Witness) -> Side:
    """The significant characters of a text that are no furniture and no apparatus; all where it is nothing else."""
    text, (first, last) = witness.text, witness.extent
    ids = fold(text.repaired)
    kept = ids >= fold_table().gap_end
    kept[:first] = kept[last:] = False
    whole = kept.copy()
    spans = aside_spans(text, witness.document.title)
    aside = tuple((max(first, low), min(last, high)) for low, high in spans if low < last and high > first)
    for low, high in aside:
        kept[low:high] = False
    if not kept.any():
        kept, aside = whole, ()
    at = np.flatnonzero(kept)
    passed = int(np.count_nonzero(whole)) - len(at)
    return Side(witness.document.name, text, (first, last), ids.take(at), at, aside, passed)


def _without_names(side: Side, articles: Sequence[Article]) -> Side:
    """A text without the names of its articles, whose new numbers would lead an alignment astray."""
    kept = np.ones(len(side.ids), bool)
    for article in articles:
        kept[slice(*article.label)] = False
    return replace(side, ids=side.ids.compress(kept), at=side.at.compress(kept))


def _differences(steps: Sequence[Step], moved: Sequence[Sequence[Step]]) -> Iterator[_Found]:
    """The differences in some steps; of what moved nothing is told here."""
    gone = sorted((each[0].start, each[-1].end) for each in moved)
    come = _came(moved)
    for step in steps:
        if step.equal:
            continue
        left, right = _without(step.start, step.end, gone), _without(step.other_start, step.other_end, come)
        if len(left) == len(right) == 1:
            yield _CHANGE, *left[0], *right[0], left[0][0]
            continue
        for span in left:
            yield _ONLY_A, *span, step.other_start, step.other_start, span[0]
        for span in right:
            yield _ONLY_B, step.end, step.end, *span, step.end


def _parted(found: _Found, lost: Array, other_lost: Array) -> Iterator[_Found]:
    """A change of as many characters as the other text has as what is lost in either, and what is not."""
    kind, start, end, low, high, _ = found
    if kind is not _CHANGE or end - start != high - low:
        yield found
        return
    is_lost = lost[start:end] | other_lost[low:high]
    bounds = (0, *(np.flatnonzero(np.diff(is_lost)) + 1).tolist(), end - start)
    for first, last in pairwise(bounds):
        yield _LOST if is_lost[first] else _CHANGE, start + first, start + last, low + first, low + last, start + first


def _without(start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a stretch beside some others, which are sorted and disjoint."""
    spans = []
    for first, last in taken[bisect_right(taken, start, key=_END) :]:
        if first >= end:
            break
        if first > start:
            spans.append((start, first))
        start = last
    return [*spans, (start, end)] if start < end else spans


def _came(moved: Sequence[Sequence[Step]]) -> list[tuple[int, int]]:
    """Where the second text has what moved, in its order."""
    return sorted((each[0].other_start, each[-1].other_end) for each in moved)


def _moves(steps: Sequence[Step], moved: Sequence[Sequence[Step]]) -> Iterator[_Found]:
    """The stretches that moved; the place of each in the first text is behind what the second has before it."""
    came = _came(moved)
    for each in moved:
        start = each[0].other_start
        there = steps[bisect_right(steps, start, key=_OTHER_START) - 1]
        at = there.end if _without(there.other_start, start, came) else there.start
        yield _MOVED, each[0].start, each[-1].end, start, each[-1].other_end, at


def _variants(one: Side, other: Side, equal: Sequence[Step]) -> Array:
    """The stretches of characters in a row that are written in another form: starts and ends in both, a row each."""
    starts, ends, other_starts = (
        np.array([getattr(step, name) for step in equal], np.int64) for name in ("start", "end", "other_start")
    )
    lengths = ends - starts
    begins = np.cumsum(lengths) - lengths
    places = np.arange(int(lengths.sum()))
    left = places + np.repeat(starts - begins, lengths)
    right = places + np.repeat(other_starts - begins, lengths)
    points, other_points = code_points(one.text.repaired), code_points(other.text.repaired)
    unlike = np.flatnonzero(points.take(one.at.take(left)) != other_points.take(other.at.take(right)))
    is_first = np.zeros(len(places) + 1, bool)
    is_first[begins] = True
    breaks = np.append(True, (np.diff(unlike) > 1) | is_first.take(unlike[1:]))[: len(unlike)]
    first = np.flatnonzero(breaks)
    firsts, lasts = unlike.take(first), unlike.take(np.append(first[1:], len(unlike))[: len(first)] - 1)
    return np.stack((left.take(firsts), left.take(lasts) + 1, right.take(firsts), right.take(lasts) + 1), axis=1)


def _told(one: Side, other: Side, found: list[_Found]) -> Iterator[Difference]:
    """The differences in the order of the first text."""
    found.sort(key=lambda each: each[1:])
    rows = np.array([each[1:] for each in found], np.int64).reshape(-1, 5)
    a_starts, a_ends = one.spans(rows[:, 0], rows[:, 1])
    b_starts, b_ends = other.spans(rows[:, 2], rows[:, 3])
    places = one.spans(rows[:, 4], rows[:, 4])[0]
    columns = (a_starts, a_ends, b_starts, b_ends, one.lines(a_starts), other.lines(b_starts), places)
    for (kind, *_), (start, end, low, high, line, other_line, place) in zip(
        found, np.stack(columns, axis=1).tolist(), strict=True
    ):
        yield Difference(
            kind,
            (start, end),
            (low, high),
            one.read(start, end),
            other.read(low, high),
            line,
            other_line,
            place if kind is _MOVED else None,
        )
