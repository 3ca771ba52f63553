"""Matched: the matches of a query in segments of this process, as the source of what is shown."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.answering.bonds import are_bound
from tuibrowser.search.answering.repeats import LocalSurroundings, beside_the_same, bounds_of, prints_of
from tuibrowser.search.answering.rows import Rows, names, none, places
from tuibrowser.search.answering.source import MOST_COMPARED, Located, weighed
from tuibrowser.search.index.arrays import among, ascending, distinct, expand, in_order_of
from tuibrowser.search.index.segment import HEADING_BLOCK, by_segment, unsigned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.search.answering.repeats import Surroundings
    from tuibrowser.search.index.segment import Segment
    from tuibrowser.search.matching.found import Found
    from tuibrowser.search.model import HitKind

    Array = npt.NDArray[Any]

HEADING_BONUS: Final = 0.05
"""Cost that a match in a heading saves: less than the difference of any two kinds."""


class Matched:
    """The `Source` of segments of this process, ordered by cost or, where there are `ranks` of documents, by these.

    Of the first matches that cost the same those come first that seem to be whole words by what is usual in all
    `segments`. `total` is how many matches there are elsewhere too.
    """

    def __init__(
        self,
        found: Sequence[tuple[Segment, Found]],
        segments: Sequence[Segment],
        ranks: Array | None = None,
        total: int | None = None,
    ) -> None:
        self.found = [(segment, matches) for segment, matches in found if len(matches)]
        self.total = sum(len(matches) for _, matches in self.found) if total is None else total
        self._segments = segments
        self._ranks = ranks
        self._repeats = self.total <= MOST_COMPARED

    @cached_property
    def kinds(self) -> Mapping[int, HitKind]:
        """The kind of each list of matches, by its number."""
        return {number: matches.kind for number, (_, matches) in enumerate(self.found)}

    @cached_property
    def _of(self) -> Sequence[Segment]:
        """The segment of each list."""
        return [segment for segment, _ in self.found]

    # The first

    def first(self, wanted: int) -> Rows:
        """The first matches, so many, in order."""
        rows = self.unweighed(wanted)
        if self._ranks is None:
            rows = weighed(rows, lambda some: are_bound(self._segments, *self.edges(some)), self.kinds)
        return rows

    def unweighed(self, wanted: int) -> Rows:
        """The same, in the order of their costs, documents and places alone."""
        whose, at, starts, ends, numbers, costs, first = self._candidates(wanted)
        order = np.lexsort((starts, numbers, first))[:wanted]
        whose, at, starts, ends, numbers, costs, first = (
            column.take(order) for column in (whose, at, starts, ends, numbers, costs, first)
        )
        prints = prints_of(self.found, (whose, starts, ends, numbers), repeats=self._repeats)
        return Rows(whose, at, starts, ends, numbers, costs, first, prints)

    def edges(self, rows: Rows) -> tuple[Array, Array]:
        """The ids left and right of the beginning of each match and then of its end."""
        sides = np.empty((4, len(rows)), np.uint16)
        for segment, here in by_segment(self._of, rows.whose):
            starts, ends = rows.starts[here], rows.ends[here]
            edges = np.stack((starts - 1, ends - 1, starts, ends))
            sides[:, here] = segment.fold.take(segment.codes.take(edges, mode="clip"))
        return sides[:2].ravel(), sides[2:].ravel()

    def _candidates(self, wanted: int) -> Sequence[Array]:
        columns, ranks = [], self._ranks
        for number, (segment, matches) in enumerate(self.found):
            if ranks is None:
                at = _cheapest(segment, matches, wanted)
            elif len(matches) > wanted:
                at = np.argsort(ranks[segment.numbers[segment.document_index(matches.starts)]], kind="stable")[:wanted]
            else:
                at = np.arange(len(matches))
            columns.append(_columns_of(number, segment, matches, at))
        *rest, numbers, costs = map(np.concatenate, zip(*columns, strict=True))
        return *rest, numbers, costs, costs if ranks is None else ranks[numbers]

    # The same

    def like(self, seeds: Rows, new: Rows, known: Array) -> Rows:
        """Matches that may be the same as some."""
        around = LocalSurroundings(self.found, new.whose, new.starts, new.ends) if self._repeats else None
        return self.like_these((seeds.whose, seeds.starts), new.whose, around, known)

    def like_these(self, seeds: tuple[Array, Array], new: Array, around: Surroundings | None, known: Array) -> Rows:
        """The same, of seeds given by their lists and starts, and new ones by what stands around them.

        `new` are the lists of those of the new ones that are in some.
        """
        others = self._in_paragraphs(*seeds)
        if around is not None and len(around.before):
            fewest = np.bincount(new, minlength=len(self.found)).tolist()
            others += beside_the_same(self.found, around, fewest)
        named = distinct(np.concatenate([np.empty(0, np.int64), *(names(number, at) for number, at in others)]))
        return self.rows_of(named.compress(~among(named, known)))

    def mates(self, rows: Rows) -> Rows:
        """The other matches of the strings of some in the paragraphs of these."""
        inside = self._in_paragraphs(rows.whose, rows.starts)
        named = distinct(np.concatenate([np.empty(0, np.int64), *(names(number, at) for number, at in inside)]))
        others = self.rows_of(named.compress(~among(named, rows.names())))
        return others.rows(among(others.prints[:, 0], rows.prints[:, 0]))

    def rows_of(self, named: Array) -> Rows:
        """The rows of matches by their names, without their costs."""
        if not len(named):
            return none(2 if self._repeats else 1)
        whose, indices = places(named)
        starts, ends, numbers = (np.empty(len(named), np.int64) for _ in range(3))
        for number in distinct(whose).tolist():
            segment, matches = self.found[number]
            here = np.flatnonzero(whose == number)
            at = indices.take(here)
            starts[here], ends[here] = matches.starts.take(at), matches.ends.take(at)
            numbers[here] = segment.numbers.take(segment.document_index(starts.take(here)))
        prints = prints_of(self.found, (whose, starts, ends, numbers), repeats=self._repeats)
        unknown = np.zeros(len(named))
        return Rows(whose, indices, starts, ends, numbers, unknown, unknown, prints)

    def _in_paragraphs(self, whose: Array, starts: Array) -> list[tuple[int, Array]]:
        """The matches in the paragraphs of some: the number of each list, and which of it; none where there are no
        others."""
        inside = []
        for segment, here in by_segment(self._of, whose) if len(whose) else ():
            low, high = bounds_of(segment, distinct(segment.paragraph_index(starts[here])))
            for number, (other, matches) in enumerate(self.found):
                if other is segment:
                    first, last = matches.starts.searchsorted(low), matches.starts.searchsorted(high)
                    inside.append((number, first, last))
        if sum(int((last - first).sum()) for _, first, last in inside) <= len(whose):
            return []
        return [(number, expand(first, last)) for number, first, last in inside]

    # In the raw texts

    def located(self, rows: Rows) -> Located:
        """Where some matches stand in the raw texts."""
        marked = self._marked(rows)
        lengths = [len(spans) for spans in marked]
        starts, ends = np.array([span for spans in marked for span in spans], np.int64).reshape(-1, 2).T
        paragraphs, begins, stops = self._raw_places(np.repeat(rows.whose, lengths), starts, ends)
        spans = list(zip(begins.tolist(), stops.tolist(), strict=True))
        lasts = np.cumsum(lengths).tolist()
        firsts = [0, *lasts[:-1]]
        return Located(
            paragraphs.take(firsts).tolist() if lengths else [],
            [spans[first:last] for first, last in zip(firsts[: len(lasts)], lasts, strict=True)],
        )

    def offsets(self, whose: Array, starts: Array) -> Array:
        """int64: where matches begin in the raw texts."""
        return self._raw_places(whose, starts, starts)[1]

    def _marked(self, rows: Rows) -> list[list[tuple[int, int]]]:
        """Return the spans that each of some matches marks."""
        marked: list[list[tuple[int, int]]] = [[]] * len(rows)
        for number in np.unique(rows.whose).tolist():
            here = np.flatnonzero(rows.whose == number)
            for row, spans in zip(here.tolist(), self.found[number][1].spans(rows.at[here]), strict=True):
                marked[row] = spans
        return marked

    def _raw_places(self, whose: Array, starts: Array, ends: Array) -> tuple[Array, Array, Array]:
        """Return, for each span, its paragraph, counted in its document, and the span in its raw text."""
        raw = tuple(np.empty(len(whose), np.int64) for _ in range(3))
        for segment, here in by_segment(self._of, whose) if len(whose) else ():
            documents, begins, stops = segment.source_spans(starts[here], ends[here])
            first = segment.para.searchsorted(segment.docs[documents])
            within = segment.paragraph_index(starts[here]) - first
            for column, values in zip(raw, (within, begins, stops), strict=True):
                column[here] = values
        return raw[0], raw[1], raw[2]


def _columns_of(number: int, segment: Segment, matches: Found, at: Array) -> tuple[Array, ...]:
    """The columns of some matches of one kind in a segment; a match in a heading costs less."""
    starts = matches.starts.take(at)
    numbers = segment.numbers.take(segment.document_index(starts)).astype(np.int64)
    costs = matches.costs.take(at) - HEADING_BONUS * _in_heading(segment, starts)
    return np.full(len(at), number), at, starts, matches.ends.take(at), numbers, costs


def _in_heading(segment: Segment, positions: Array) -> Array:
    """Whether positions are in headings."""
    inside: Array = segment.near_headings.take(positions // HEADING_BLOCK, mode="clip")
    if not inside.any():
        return inside
    rows = np.flatnonzero(inside)
    here = unsigned(positions.take(rows))
    starts, ends = segment.head_columns
    at = starts.searchsorted(here, "right") - 1
    inside[rows] = (at >= 0) & (here < ends.take(at, mode="clip"))
    return inside


def _cheapest(segment: Segment, matches: Found, wanted: int) -> Array:
    """Indices of the matches that cost least, and of as many of those that a heading may lift above them, ascending."""
    if len(matches) <= wanted:
        return np.arange(len(matches))
    costs = matches.costs
    if matches.alike:
        return distinct(np.concatenate((np.arange(wanted), _first_in_headings(segment, matches.starts, wanted))))
    limit = np.partition(costs, wanted - 1)[wanted - 1]
    below = np.flatnonzero(costs < limit)
    chosen = [below, np.flatnonzero(costs == limit)[: wanted - len(below)]]
    liftable = np.flatnonzero((costs >= limit) & (costs <= limit + HEADING_BONUS))
    lifted = liftable.compress(_in_heading(segment, matches.starts.take(liftable)))
    by_cost = ascending(in_order_of(costs.take(lifted)))
    chosen.append(lifted.take(by_cost[:wanted]))
    return distinct(np.concatenate(chosen))


_BLOCK = 1 << 14
"""Matches looked up at a time among the headings."""


def _first_in_headings(segment: Segment, positions: Array, wanted: int) -> Array:
    """Indices of the first of these ascending positions that are in headings."""
    found, count = [np.empty(0, np.int64)], 0
    for start in range(0, len(positions), _BLOCK):
        found.append(np.flatnonzero(_in_heading(segment, positions[start : start + _BLOCK])) + start)
        count += len(found[-1])
        if count >= wanted:
            break
    return np.concatenate(found)[:wanted]
